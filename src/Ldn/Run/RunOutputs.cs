using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Reports;
using Ldn.Reports.Maps;
using Ldn.Run.TrendsEarth;
using Ldn.Subjects;
using Ldn.Subjects.Uncertainty;

namespace Ldn.Run;

/// <summary>The rasters that a job asks for, named as the interface contract says (§3).</summary>
internal static class RunOutputs
{
    /// <summary>
    /// Every kind of raster that runs write, in the order of catalogues and maps: those of periods, then those of years.
    /// </summary>
    public static IReadOnlyList<RasterKind> Kinds { get; } =
        [.. IndicatorOutputs.Kinds.Concat(NeutralityRasters.Kinds).Append(ProductRasters.Agreement)
            .Append(StockErrorInquiry.Probability).Concat(PraisRasters.Kinds).Concat(DroughtRasters.Kinds)
            .Concat(VulnerabilityRasters.Kinds).OrderBy(kind => kind.OfYear)];

    /// <summary>What reports show of all subjects.</summary>
    public static ReportParts OfReports { get; } = new(Kinds, AllSubjects.Sections);

    /// <summary>Names of the files that a run may write, apart from those of single countries and years.</summary>
    public static IEnumerable<string> FileNames(RunPlan plan, int threads) =>
    [
        OutputFolder.Provenance, OutputFolder.Summary, "summary.xlsx", "zones.geojson", "zones.gpkg", "report.html",
            "brief.html", "prais.json", "stac-item.json", "activities.gpkg", PerformanceTable.FileName, ZoneRows.FileName,
        .. Of(plan, threads).Select(o => o.Name).Concat(Verdicts(plan.Job))
            .SelectMany(name => RasterKind.Endings.Concat(RasterCompanions.Endings).Select(ending => name + ending)),
            .. AllSubjects.Kinds().SelectMany(t => new[] { t.Name + ".csv", t.Name + ParquetReport.Extension }),
    ];

    /// <summary>Rasters of what is known at the end of a run only.</summary>
    private static IEnumerable<string> Verdicts(Job job) =>
        job.Asks<LandTypesAsked>() is null || !job.Outputs.Rasters.HasFlag(RasterOutputs.Neutrality) ? []
        : job.Periods.Skip(1).Select(p => NeutralityRasters.Verdict.Name(p.Id));

    public static IReadOnlyList<Output> Of(RunPlan plan, int threads)
    {
        Job job = plan.Job;
        RasterOutputs asked = job.Outputs.Rasters | (
            job.Outputs.Tables.Contains(TrendsEarthArchive.Name) ? RasterOutputs.Prais : RasterOutputs.None);
        Grid grid = plan.Pass.Grid.Crop(plan.Pass.Extent);
        var neutrality = new NeutralityRasters(job.Rules.Status);
        var outputs = new List<Output>();
        for (int p = 0; p < job.Periods.Count; p++)
        {
            string id = job.Periods[p].Id;
            if (asked.HasFlag(RasterOutputs.Indicator))
                Add(
                    IndicatorOutputs.Indicator, id,
                    // Of a reporting period the figure that is reported is the status.
                    p == 0 ? $"SDG indicator 15.3.1, {id}" : $"condition by SDG indicator 15.3.1 in {id} alone",
                    IndicatorOutputs.FillIndicator(p));
            foreach (SubIndicator sub in asked.HasFlag(RasterOutputs.SubIndicators) ? job.SubIndicators : [])
                Add(
                    IndicatorOutputs.Of(sub), id,
                    p == 0 ? $"{sub.Name().Replace('_', ' ')} sub-indicator, {id}"
                        : $"condition by the {sub.Name().Replace('_', ' ')} sub-indicator in {id} alone",
                    IndicatorOutputs.Fill(sub, p));
            if (p > 0 && asked.HasFlag(RasterOutputs.Status))
                Add(
                    IndicatorOutputs.Status, id, $"status of SDG indicator 15.3.1, {id} against the baseline",
                    IndicatorOutputs.FillStatus(p));
            if (p > 0 && job.Asks<LandTypesAsked>() is not null && asked.HasFlag(RasterOutputs.Neutrality))
            {
                Add(
                    NeutralityRasters.GainsLosses, id,
                    $"gains and losses of land degradation neutrality, {id} against the baseline",
                    neutrality.FillGainsLosses(p));
            }

            if (job.Asks<ResponseAsked>() is not null && asked.HasFlag(RasterOutputs.Response))
                Add(NeutralityRasters.Hierarchy, id, $"response hierarchy, {id}", neutrality.FillResponse(p));
        }

        foreach (
            (RasterKind kind, string of, string caption, OutputFill fill) in asked.HasFlag(RasterOutputs.Parts)
                ? Parts(plan)
                : [])
            Add(kind, of, caption, fill);
        foreach (
            (RasterKind kind, string of, string caption, OutputFill fill) in asked.HasFlag(RasterOutputs.Prais)
                ? PraisRasters.Of(job, plan.Pass, plan.Subjects)
                : [])
            if (!outputs.Exists(o => o.Name == kind.Name(of)))
                Add(kind, of, caption, fill);
        foreach ((RasterKind kind, string of, string caption, OutputFill fill) in plan.Subjects.SelectMany(s => s.Rasters(asked)))
            Add(kind, of, caption, fill);
        if (ArchiveBands.Of(job, plan.Pass, plan.Subjects) is { } bands)
            outputs.AddRange(bands.Outputs(grid, job.Outputs.Compression, threads));
        return outputs;

        void Add(RasterKind kind, string of, string caption, OutputFill fill) =>
            outputs.Add(Output.Of(kind, of, caption, fill, job.Outputs.SignedEncoding, grid, job.Outputs.Compression, threads));
    }

    /// <summary>What the run makes on the way: LPD from its parts, stocks of the model, and the change of stocks.</summary>
    private static IEnumerable<(RasterKind Kind, string Of, string Caption, OutputFill Fill)> Parts(RunPlan plan)
    {
        Job job = plan.Job;
        ProductivityInput[] productivity =
            [.. (job.Regions?.InUse.Select(r => r.Job) ?? [job]).Select(j => j.Productivity).OfType<ProductivityInput>()];
        SeriesInput[] series = [.. productivity.Select(p => p.Series).OfType<SeriesInput>()];
        for (int p = 0; p < job.Periods.Count; p++)
        {
            string id = job.Periods[p].Id;
            if (productivity.Any(of => of is { Kind: ProductivityKind.Parts or ProductivityKind.Series }
                    and not { Series: { HasState: true, HasPerformance: false } })
                    && plan.Pass.LpdClasses.Any(c => c != 0))
                yield return (IndicatorOutputs.Lpd, id, $"land productivity dynamics, {id}", IndicatorOutputs.FillLpd(p));
            if (series.Length > 0)
            {
                // Regions may have windows of their own; what some region has no use for is no data there.
                string years = string.Join(", ", series.Select(s => s.Windows[id].ToString()).Distinct().Append(id));
                foreach ((RasterKind kind, string caption, OutputFill fill) in IndicatorOutputs.OfSeries(
                    p, years, series.Any(s => s.HasState), series.Any(s => s.HasPerformance)))
                {
                    yield return (kind, id, caption, fill);
                }
            }

            if (plan.Pass.Periods[p].SoilCarbon is { IsChange: false })
            {
                yield return (
                    IndicatorOutputs.StockChange, id, $"soil organic carbon change in per cent, {id}",
                    IndicatorOutputs.FillStockChange(p));
            }
        }

        for (int s = 0; s < plan.Pass.Stocks.Count; s++)
        {
            if (plan.Pass.Stocks[s] is { Input: < 0, Year: var year })
                yield return (
                    IndicatorOutputs.Stock, $"{year}", $"soil organic carbon {year}, t C/ha", IndicatorOutputs.FillStock(s));
        }
    }
}
