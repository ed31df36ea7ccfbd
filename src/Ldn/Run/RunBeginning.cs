using System.Globalization;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Run.Shards;

namespace Ldn.Run;

/// <summary>What a run is about to do, once its plan stands and before the first cell: nothing of it changes a figure.</summary>
public sealed class RunBeginning
{
    private readonly RunPlan _plan;
    private readonly PassPlan _pass;
    private readonly IReadOnlyList<OpenOutput> _outputs;

    internal RunBeginning(
        RunPlan plan, PassPlan pass, IReadOnlyList<Window> units, IReadOnlyList<OpenOutput> outputs, int workers)
    {
        (_plan, _pass, _outputs, Workers) = (plan, pass, outputs, workers);
        Units = units.Count;
        Cells = units.Sum(u => (long)u.Width * u.Height);
        MemoryBytes = CostEstimate.ProgramBytes + ReadAhead.BytesOf(pass)
            + (workers * IndicatorPass.WorkerBytes(pass, units, outputs.Select(o => o.Output.CellSize)));
    }

    /// <summary>The job's name.</summary>
    public string Job => _plan.Job.Name;

    /// <summary>Size in cells of what is computed and written.</summary>
    public (int Width, int Height) Size => (_pass.Extent.Width, _pass.Extent.Height);

    /// <summary>Cells of the units that some zone touches: those that are read.</summary>
    public long Cells { get; }

    /// <summary>Such units.</summary>
    public int Units { get; }

    /// <summary>Threads that compute: as many as asked for, or as fit into the memory.</summary>
    public int Workers { get; }

    /// <summary>Memory that the run will take, as far as it can be foreseen.</summary>
    public long MemoryBytes { get; }

    /// <summary>
    /// What <c>-v</c> tells: grid, readers and alignment of the inputs, rules, zones, what is counted and written.
    /// </summary>
    public IEnumerable<string> Explained()
    {
        Grid grid = _pass.Grid;
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"grid: {grid.Width} x {grid.Height} cells of {grid.CellWidth:G6} x {Math.Abs(grid.CellHeight):G6} in "
                + $"{grid.Crs.Name}, like {_plan.Job.Grid.Like}; "
                + $"of it columns {_pass.Extent.Column} to {_pass.Extent.EndColumn - 1} and rows "
                + $"{_pass.Extent.Row} to {_pass.Extent.EndRow - 1}, {Units} units with zones");
        foreach (RasterInput input in _pass.Inputs)
            yield return Described(input);
        foreach (string rule in Rules())
            yield return rule;
        yield return $"zones: {_plan.Zones.Count(z => z.Kind == "zone")}, groups: {_plan.Zones.Count(z => z.Kind == "group")}; "
            + $"sets of polygons that hold cells together: {_plan.PlaceIndex.Count - 1}, in {_pass.Places.SpanCount} runs of "
            + "cells";
        if (_pass.Questions.Count > 0)
            yield return $"counted beyond the indicator: {string.Join(", ", _pass.Questions.Select(Described))}";
        yield return _outputs.Count == 0 ? "rasters: none"
            : $"rasters: {string.Join(", ", _outputs.Select(o => o.Output.Name))} ({_plan.Job.Outputs.Compression})";
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
    private IEnumerable<string> Rules()
    {
        Job job = _plan.Job;
        if (job.LandCover is { } cover)
        {
            yield return $"land cover: legend {cover.Legend.Name} of {cover.Legend.Count} classes, "
                + (_pass.RegionOfPlace.Count == 0 ? "one transition matrix"
                    : $"{_pass.Transitions.Count} transition matrices by region")
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
            yield return $"soil organic carbon: {soil.Kind.ToString().ToLowerInvariant()}, degraded from a loss {threshold}";
        }

        yield return $"rules: profile {job.Rules.Profile}, missing sub-indicators "
            + $"{job.Rules.Missing.ToString().ToLowerInvariant()}, unmapped values "
            + $"{(job.Rules.UnmappedIsNoData ? "no data" : "an error")}";
    }

    private static string Described(Question question) =>
        $"{question.Name} ({question.Planes.Sum(p => p.Bytes)} bytes a key, {question.SumCount} sums)";
}
