using Ldn.Rasters;

namespace Ldn.Pass;

/// <summary>
/// The pass over the rasters: units of the run's grid, each run to completion on one of N workers, every input block read once
/// for all periods together, units that no zone touches never read.
/// </summary>
internal static class IndicatorPass
{
    /// <summary>Units begin and end at multiples of this many cells, counted from the run grid's corner.</summary>
    public const int UnitCells = 512;

    private const int FewestBandRows = 8;

    /// <summary>The units of a plan, row by row, without those that no zone touches.</summary>
    public static IReadOnlyList<Window> Units(PassPlan plan)
    {
        Window extent = plan.Extent;
        (int width, int height) = UnitShape.IsStriped(plan)
            ? (plan.Grid.Width, UnitCells)
            : (UnitShape.Side(plan), UnitShape.Side(plan));
        var units = new List<Window>();
        for (int row = extent.Row / height * height; row < extent.EndRow; row += height)
        {
            for (int column = extent.Column / width * width; column < extent.EndColumn; column += width)
            {
                Window unit = new Window(column, row, width, height).Intersect(extent);
                if (plan.Places.Touches(unit))
                    units.Add(unit);
            }
        }

        return units;
    }

    /// <summary>
    /// The plan with units in bands of as many rows as fit into the memory the run may plan for: units of striped inputs are as
    /// wide as the grid.
    /// </summary>
    public static PassPlan InBands(
        PassPlan plan, IReadOnlyList<Window> units, IReadOnlyList<OpenOutput> outputs, long memoryBytes)
    {
        int[] sizes = [.. outputs.Select(o => o.Output.CellSize)];
        PassPlan fitting = plan;
        for (
            int rows = UnitShape.Of(plan, units).Rows / 2; rows >= FewestBandRows
                && WorkerBytes(fitting, units, sizes) > memoryBytes; rows /= 2)
            fitting = plan with { BandRows = rows };
        return fitting;
    }

    /// <summary>
    /// How many workers fit into the memory the run may plan for, at least one: each holds its unit of every output, a step of
    /// every input, and decoded blocks.
    /// </summary>
    /// <exception cref="LdnException">Exit 3: a single block of an input is larger than that memory.</exception>
    public static int Workers(
        PassPlan plan, IReadOnlyList<Window> units, IReadOnlyList<OpenOutput> outputs, int threads, long memoryBytes)
    {
        foreach (RasterInput input in plan.Inputs)
        {
            long block = (long)input.Source.BlockWidth * input.Source.BlockHeight * input.Source.CellType.Size();
            if (block > memoryBytes)
            {
                throw Fault.Cells.Error(
                    $"one block of {input.Layer} ({input.File}) takes {block >> 20} MB, and the run may use {memoryBytes >> 20} "
                        + "MB",
                    "rewrite it as tiles (gdal_translate -co TILED=YES), or give more with --memory");
            }
        }

        long worker = WorkerBytes(plan, units, outputs.Select(o => o.Output.CellSize));
        long beside = plan.ComputingBytes.Shared + ReadAhead.BytesOf(plan);
        return (int)Math.Clamp((memoryBytes - beside) / Math.Max(1, worker), 1, threads);
    }

    /// <summary>
    /// Memory of one worker: its unit of every output, of the given bytes a cell, a step of every input, and decoded blocks.
    /// </summary>
    public static long WorkerBytes(PassPlan plan, IReadOnlyList<Window> units, IEnumerable<int> outputCellSizes)
    {
        UnitShape shape = UnitShape.Of(plan, units);
        return outputCellSizes.Sum(size => (long)shape.Width * shape.Rows * size)
            + plan.Inputs.Sum(i => ((long)shape.StepCells * (i.Raster.OutputType.Size() + 1)) + i.Raster.CacheBytes)
            + plan.ComputingBytes.OfWorker;
    }

    /// <summary>
    /// Runs the pass over some units and returns the merged tallies; the outputs are written but not completed.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled between two blocks.</exception>
    public static PassResult Run(
        PassPlan plan, IReadOnlyList<Window> units, IReadOnlyList<OpenOutput> outputs, int threads,
        IProgress<PassProgress>? progress, CancellationToken cancellation)
    {
        UnitShape shape = UnitShape.Of(plan, units);
        IReadOnlyList<PassWorker> workers = UnitWorkers.Run(
            plan, PassWorker.Wanted(plan), units, shape, threads, () => new PassWorker(plan, outputs, shape),
            PassWork.Of(plan, outputs), progress, cancellation);
        PassResult merged = PassResult.Empty(plan);
        foreach (PassWorker worker in workers)
            merged.Merge(worker.Result);
        if (plan.Spool is { } spool)
            merged.Finds.Merge(spool.Finds);
        return merged;
    }
}
