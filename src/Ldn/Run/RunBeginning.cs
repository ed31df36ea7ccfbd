using System.Globalization;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Run.Shards;

namespace Ldn.Run;

/// <summary>What a run is about to do, once its plan stands and before the first cell: nothing of it changes a figure.</summary>
internal sealed class RunBeginning
{
    private readonly RunPlan? _plan;
    private readonly PassPlan? _pass;
    private readonly IReadOnlyList<OpenOutput> _outputs;

    internal RunBeginning(
        RunPlan plan, PassPlan pass, IReadOnlyList<Window> units, IReadOnlyList<OpenOutput> outputs, int workers)
        : this(plan.Job.Name, workers)
    {
        (_plan, _pass, _outputs) = (plan, pass, outputs);
        Units = units.Count;
        Cells = units.Sum(u => (long)u.Width * u.Height);
        MemoryBytes = CostEstimate.ProgramBytes + ReadAhead.BytesOf(pass)
            + (workers * IndicatorPass.WorkerBytes(pass, units, outputs.Select(o => o.Output.CellSize)));
    }

    private RunBeginning(string job, int workers) =>
        (Job, Workers, MemoryBytes, _outputs) = (job, workers, CostEstimate.ProgramBytes, []);

    /// <summary>Of a merge, which computes nothing: how many parts it reads, and what they cover.</summary>
    internal static RunBeginning OfMerge(RunPlan plan, IReadOnlyList<Window> units, int parts, int threads) =>
        new(plan, plan.Pass, units, [], threads) { Parts = parts, MemoryBytes = CostEstimate.ProgramBytes };

    /// <summary>Of tables that are held against each other without any cell.</summary>
    internal static RunBeginning OfTables(string name) => new(name, 1);

    /// <summary>The job's name.</summary>
    public string Job { get; }

    /// <summary>Size in cells of what is computed and written; 0 × 0 where there are no cells.</summary>
    public (int Width, int Height) Size => _pass is null ? (0, 0) : (_pass.Extent.Width, _pass.Extent.Height);

    /// <summary>Cells of the units that some zone touches: those that are read.</summary>
    public long Cells { get; }

    /// <summary>Such units.</summary>
    public int Units { get; }

    /// <summary>Parts that are merged; 0 where cells are computed.</summary>
    public int Parts { get; private init; }

    /// <summary>Threads that compute: as many as asked for, or as fit into the memory.</summary>
    public int Workers { get; }

    /// <summary>Memory that the run will take, as far as it can be foreseen.</summary>
    public long MemoryBytes { get; private init; }

    /// <summary>
    /// What <c>-v</c> tells: grid, readers and alignment of the inputs, rules, zones, what is counted and written.
    /// </summary>
    public IEnumerable<string> Explained() => _plan is null ? [] : Explained(_plan, _pass!);

    private IEnumerable<string> Explained(RunPlan plan, PassPlan pass)
    {
        Grid grid = pass.Grid;
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"grid: {grid.Width} x {grid.Height} cells of {grid.CellWidth:G6} x {Math.Abs(grid.CellHeight):G6} in "
                + $"{grid.Crs.Name}, like {plan.Job.Grid.Like}; "
                + $"of it columns {pass.Extent.Column} to {pass.Extent.EndColumn - 1} and rows "
                + $"{pass.Extent.Row} to {pass.Extent.EndRow - 1}, {Units} units with zones");
        foreach (RasterInput input in pass.Inputs)
            yield return Described(input);
        foreach (string rule in Rules(plan.Job, pass))
            yield return rule;
        yield return $"zones: {plan.Zones.Count(z => z.Kind == "zone")}, groups: {plan.Zones.Count(z => z.Kind == "group")}; "
            + $"sets of polygons that hold cells together: {plan.PlaceIndex.Count - 1}, in {pass.Places.SpanCount} runs of "
            + "cells";
        if (pass.Questions.Count > 0)
            yield return $"counted beyond the indicator: {string.Join(", ", pass.Questions.Select(Described))}";
        if (Parts == 0)
            yield return _outputs.Count == 0 ? "rasters: none"
                : $"rasters: {string.Join(", ", _outputs.Select(o => o.Output.Name))} ({plan.Job.Outputs.Compression})";
    }

    private static string Described(RasterInput input)
    {
        IRasterSource source = input.Source;
        string fills = input.NoData.Length == 0 ? "" : ", no data "
            + string.Join(", ", input.NoData.Select(v => v.ToString("G9", CultureInfo.InvariantCulture)));
        string scale = input.Scale == 1 && input.Offset == 0 ? ""
            : string.Create(CultureInfo.InvariantCulture, $", value = stored x {input.Scale:R} + {input.Offset:R}");
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{input.Layer}: {input.File}, {source.Grid.Width} x {source.Grid.Height} {source.CellType} in blocks of "
                + $"{source.BlockWidth} x {source.BlockHeight}, read by {source.Reader}; {input.Raster.Described}{fills}{scale}");
    }

    /// <summary>The tables that turn values into conditions.</summary>
    private static IEnumerable<string> Rules(Job job, PassPlan pass)
    {
        if (job.LandCover is { } cover)
        {
            yield return $"land cover: legend {cover.Legend.Name} of {cover.Legend.Count} classes, "
                + (pass.RegionOfPlace.Count == 0 ? "one transition matrix"
                    : $"{pass.Transitions.Count} transition matrices by region")
                + (cover.Years.StandIns.Count == 0 ? "" : "; stand-ins "
                    + string.Join(", ", cover.Years.StandIns.Select(s => $"{s.Value} for {s.Key}")));
        }

        if (job.Productivity is { } productivity)
            yield return $"productivity: {productivity.Kind.ToString().ToLowerInvariant()}, table {job.Rules.LpdTable}";
        if (job.SoilCarbon is { } soil)
        {
            string threshold = job.Rules.SocThreshold == Jobs.Rules.ByRegion ? "beyond each region's threshold"
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"of {(job.Rules.SocInclusive ? "" : "more than ")}{job.Rules.SocThreshold:G6} %");
            string test = pass.SoilTest is { } law && job.Rules.SocThreshold != Jobs.Rules.ByRegion
                ? FormattableString.Invariant($"; reporting periods by a test at {law.Test.Level:G6}") : "";
            yield return $"soil organic carbon: {soil.Kind.ToString().ToLowerInvariant()}, degraded from a loss "
                + $"{threshold}{test}";
        }

        yield return $"rules: profile {job.Rules.Profile}, missing sub-indicators "
            + $"{job.Rules.Missing.ToString().ToLowerInvariant()}, unmapped values "
            + $"{(job.Rules.UnmappedIsNoData ? "no data" : "an error")}";
    }

    private static string Described(Question question) =>
        $"{question.Name} ({question.Planes.Sum(p => p.Bytes)} bytes a key, {question.SumCount} sums)";
}
