using System.Runtime.ExceptionServices;
using Ldn.Grids;

namespace Ldn.Passes;

/// <summary>How far the pass has come, in cells of the units that some zone touches.</summary>
public readonly record struct PassProgress(long CellsDone, long CellsInAll);

/// <summary>
/// The pass over the rasters: units of the run's grid, each run to completion on one of N workers, every input block read once for all periods
/// together, units that no zone touches never read.
/// </summary>
public static class IndicatorPass
{
    /// <summary>Units are multiples of this many cells, counted from the run grid's corner.</summary>
    public const int UnitCells = 512;

    /// <summary>Cells of a step where rasters are striped: enough rows to be worth a call, few enough to stay in the cache.</summary>
    private const int StripedStepCells = 256 * 1024;

    /// <summary>The units of a plan, row by row, without those that no zone touches.</summary>
    public static IReadOnlyList<Window> Units(PassPlan plan)
    {
        Window extent = plan.Extent;
        int width = Striped(plan) ? extent.Width : UnitCells;
        var units = new List<Window>();
        for (int row = extent.Row; row < extent.EndRow; row += UnitCells)
        {
            for (int column = extent.Column; column < extent.EndColumn; column += width)
            {
                Window unit = new Window(column, row, width, UnitCells).Intersect(extent);
                if (plan.Places.Touches(unit))
                    units.Add(unit);
            }
        }

        return units;
    }

    /// <summary>
    /// How many workers fit into the memory the run may plan for: each holds its unit of every output, a step of every input, and decoded blocks.
    /// </summary>
    /// <exception cref="LdnException">Exit 3: not even one fits.</exception>
    public static int Workers(PassPlan plan, IReadOnlyList<OutputPlan> outputs, int threads, long memoryBytes)
    {
        (int width, int rows, int stepRows) = Shape(plan, Units(plan));
        long worker = outputs.Sum(o => (long)width * rows * o.CellSize)
            + plan.Inputs.Sum(i => ((long)width * stepRows * (i.Raster.OutputType.Size() + 1)) + i.Raster.CacheBytes);
        long fit = memoryBytes / Math.Max(1, worker);
        return fit >= 1 ? (int)Math.Min(threads, fit) : throw LdnException.Input(
            $"the rasters need {worker >> 20} MB for one worker, and the run may use {memoryBytes >> 20} MB",
            "give more with --memory, or rewrite striped rasters as tiles (gdal_translate -co TILED=YES)");
    }

    /// <summary>Runs the pass over some units and returns the merged tallies; the outputs are written but not completed.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled between two blocks.</exception>
    public static PassResult Run(
        PassPlan plan, IReadOnlyList<Window> units, IReadOnlyList<OutputPlan> outputs, int threads,
        IProgress<PassProgress>? progress, CancellationToken cancellation)
    {
        (int unitWidth, int unitRows, int stepRows) = Shape(plan, units);
        long all = units.Sum(u => (long)u.Width * u.Height), done = 0;
        int next = -1;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        ExceptionDispatchInfo? failure = null;
        var results = new PassResult?[Math.Clamp(threads, 1, Math.Max(1, units.Count))];

        void Work(int index)
        {
            try
            {
                using var worker = new PassWorker(plan, outputs, unitWidth, unitRows, stepRows);
                for (int unit = Interlocked.Increment(ref next); unit < units.Count; unit = Interlocked.Increment(ref next))
                {
                    worker.Process(units[unit], stop.Token);
                    long cells = (long)units[unit].Width * units[unit].Height;
                    progress?.Report(new PassProgress(Interlocked.Add(ref done, cells), all));
                }

                results[index] = worker.Result;
            }
            catch (Exception e)
            {
                Interlocked.CompareExchange(ref failure, ExceptionDispatchInfo.Capture(e), null);
                stop.Cancel();
            }
        }

        Thread[] threadsBeside = [.. Enumerable.Range(1, results.Length - 1).Select(i => new Thread(() => Work(i)))];
        foreach (Thread thread in threadsBeside)
            thread.Start();
        Work(0);
        foreach (Thread thread in threadsBeside)
            thread.Join();
        cancellation.ThrowIfCancellationRequested();
        failure?.Throw();
        PassResult merged = PassResult.Empty(plan);
        foreach (PassResult? result in results)
            merged.Merge(result!);
        return merged;
    }

    private static (int Width, int Rows, int StepRows) Shape(PassPlan plan, IReadOnlyList<Window> units)
    {
        int width = units.Count == 0 ? UnitCells : units.Max(u => u.Width), rows = units.Count == 0 ? UnitCells : units.Max(u => u.Height);
        return (width, rows, Striped(plan) ? Math.Clamp(StripedStepCells / width, 1, rows) : rows);
    }

    private static bool Striped(PassPlan plan) => plan.Inputs.Any(i => i.Raster.IsStriped);
}
