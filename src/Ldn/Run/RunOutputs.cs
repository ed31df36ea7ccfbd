using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Reports.Maps;
using Ldn.Subjects;

namespace Ldn.Run;

/// <summary>A raster that a run writes: what it holds (see <see cref="OutputPlan"/>), its name without extension, and what it looks like as a whole.</summary>
internal sealed record RunOutput(OutputKind Kind, int Index, bool Signed, string Name, RasterDescription Raster)
{
    /// <summary>Begins to write it.</summary>
    public OutputPlan Create(string path, IGeodata geodata) => new(Kind, Index, Signed, geodata.CreateRaster(path, Raster));
}

/// <summary>The rasters that a job asks for, named as the interface contract says (§3).</summary>
internal static class RunOutputs
{
    public static IReadOnlyList<RunOutput> Of(RunPlan plan, int threads)
    {
        Job job = plan.Job;
        var outputs = new List<RunOutput>();

        void Add(OutputKind kind, int index, string name, string description)
        {
            bool signed = job.Outputs.SignedEncoding && kind is not (OutputKind.Status or OutputKind.Lpd or OutputKind.GainsLosses or OutputKind.Response);
            bool continuous = OutputPlan.HoldsValues(kind);
            var look = RasterLook.Of(Layer(kind), signed);
            var raster = new RasterDescription(
                plan.Pass.Grid.Crop(plan.Pass.Extent), continuous ? CellType.Float32 : signed ? CellType.Int16 : CellType.Byte,
                continuous ? double.NaN : signed ? ConditionEncoding.SignedNoData : 0, description, look.NamedClasses, job.Outputs.Compression, threads)
            {
                Ramp = look.Ramp,
            };
            outputs.Add(new RunOutput(kind, index, signed && !continuous, name, raster));
        }

        for (int p = 0; p < job.Periods.Count; p++)
        {
            string id = job.Periods[p].Id;
            if (job.Outputs.Rasters.HasFlag(RasterOutputs.Indicator))
                Add(OutputKind.Indicator, p, id + "_indicator", $"SDG indicator 15.3.1, {id}");
            if (job.Outputs.Rasters.HasFlag(RasterOutputs.SubIndicators))
                foreach (SubIndicator sub in job.SubIndicators)
                    Add(OutputPlan.Of(sub), p, $"{id}_{sub.Name()}", $"{sub.Name().Replace('_', ' ')} sub-indicator, {id}");
            if (p > 0 && job.Outputs.Rasters.HasFlag(RasterOutputs.Status))
                Add(OutputKind.Status, p, "status_" + id, $"status of SDG indicator 15.3.1, {id} against the baseline");
            if (p > 0 && job.Strata is { LandTypes.Count: > 0 } && job.Outputs.Rasters.HasFlag(RasterOutputs.Neutrality))
                Add(OutputKind.GainsLosses, p, "gains_losses_" + id, $"gains and losses of land degradation neutrality, {id} against the baseline");
            if (job.Strata is { ResponseHierarchy: true } && job.Outputs.Rasters.HasFlag(RasterOutputs.Response))
                Add(OutputKind.Response, p, "response_" + id, $"response hierarchy, {id}");
        }

        if (job.Outputs.Rasters.HasFlag(RasterOutputs.Parts))
            AddParts(plan, Add);
        return outputs;
    }

    /// <summary>What the run makes on the way: LPD from its parts, stocks of the model, and the change of stocks.</summary>
    private static void AddParts(RunPlan plan, Action<OutputKind, int, string, string> add)
    {
        for (int p = 0; p < plan.Job.Periods.Count; p++)
        {
            string id = plan.Job.Periods[p].Id;
            if (plan.Job.Productivity is { Kind: ProductivityKind.Parts or ProductivityKind.Series } && plan.Pass.LpdClasses.Any(c => c != 0))
                add(OutputKind.Lpd, p, id + "_lpd", $"land productivity dynamics, {id}");
            if (plan.Job.Productivity?.Series is { } series)
                AddSeries(series, p, id, add);
            if (plan.Pass.Periods[p].SoilCarbon is { IsChange: false })
                add(OutputKind.StockChange, p, "soc_change_" + id, $"soil organic carbon change in per cent, {id}");
        }

        for (int s = 0; s < plan.Pass.Stocks.Count; s++)
            if (plan.Pass.Stocks[s].Input < 0)
                add(OutputKind.Stock, s, $"soc_{plan.Pass.Stocks[s].Year}", $"soil organic carbon {plan.Pass.Stocks[s].Year}, t C/ha");
    }

    private static void AddSeries(SeriesInput series, int p, string id, Action<OutputKind, int, string, string> add)
    {
        string years = $"{series.Windows[id]}, {id}";
        add(OutputKind.Trend, p, id + "_trend", $"productivity trend {years}");
        add(OutputKind.TrendSlope, p, id + "_trend_slope", $"slope of the productivity trend, units of its series a year, {years}");
        add(OutputKind.TrendS, p, id + "_trend_s", $"Mann-Kendall S of the productivity trend {years}");
        add(OutputKind.TrendZ, p, id + "_trend_z", $"Mann-Kendall Z of the productivity trend, ties corrected, {years}");
        add(OutputKind.TrendP, p, id + "_trend_p", $"two-sided probability of Z of the productivity trend {years}");
        if (!series.HasPerformance)
            return;
        add(OutputKind.State, p, id + "_state", $"productivity state {years}");
        add(OutputKind.Performance, p, id + "_performance", $"productivity performance {years}");
    }

    /// <summary>The name by which <see cref="RasterLook"/> knows what a raster holds.</summary>
    private static string Layer(OutputKind kind) => kind switch
    {
        OutputKind.Indicator => "sdg_15_3_1",
        OutputKind.LandCover => SubIndicator.LandCover.Name(),
        OutputKind.Productivity => SubIndicator.Productivity.Name(),
        OutputKind.SoilCarbon => SubIndicator.SoilCarbon.Name(),
        OutputKind.Status => "status",
        OutputKind.Lpd => "lpd",
        OutputKind.Stock => "soc",
        OutputKind.StockChange => "soc_change",
        OutputKind.Trend => "trend",
        OutputKind.State => "state",
        OutputKind.Performance => "performance",
        OutputKind.TrendSlope => "trend_slope",
        OutputKind.TrendS => "trend_s",
        OutputKind.TrendZ => "trend_z",
        OutputKind.TrendP => "trend_p",
        OutputKind.GainsLosses => "gains_losses",
        OutputKind.Response => "response",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
