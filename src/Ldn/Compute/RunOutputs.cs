using Ldn.Conditions;
using Ldn.Grids;
using Ldn.Jobs;
using Ldn.Passes;

namespace Ldn.Compute;

/// <summary>Creates the rasters that a job asks for, named as the interface contract says (§3).</summary>
internal static class RunOutputs
{
    public static IReadOnlyList<OutputPlan> Create(RunPlan plan, OutputFolder folder, IGeodata geodata, int threads)
    {
        Job job = plan.Job;
        var outputs = new List<OutputPlan>();

        void Add(OutputKind kind, int period, string name, string description)
        {
            bool status = kind == OutputKind.Status, signed = job.Outputs.SignedEncoding && !status;
            var raster = new RasterDescription(
                plan.Pass.Grid.Crop(plan.Pass.Extent), signed ? CellType.Int16 : CellType.Byte, signed ? ConditionEncoding.SignedNoData : 0,
                description, status ? StatusClasses() : ConditionClasses(signed), job.Outputs.Compression, threads);
            outputs.Add(new OutputPlan(kind, period, signed, geodata.CreateRaster(folder[name + ".tif"], raster)));
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
        }

        return outputs;
    }

    private static RasterClass[] ConditionClasses(bool signed) =>
        [.. new[] { Condition.Degraded, Condition.Stable, Condition.Improved }.Select(
            c => new RasterClass(signed ? ConditionEncoding.Signed(c) : (int)c, c.Name(), c.Color()))];

    private static RasterClass[] StatusClasses() =>
        [.. Enum.GetValues<Status>().Where(s => s != Status.NoData).Select(s => new RasterClass((int)s, s.Name().Replace('_', ' '), s.Color()))];
}
