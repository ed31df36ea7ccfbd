using Ldn.Grids;
using Ldn.Passes;

namespace Ldn.Compute;

/// <summary>What the stages of a run cost beside each other, in cells read or written: the scale of its progress.</summary>
internal static class RunWork
{
    /// <summary>
    /// Reading an input cell, compressing an output cell into its spool, and laying out an output cell with its share of overviews; measured on class rasters of 108 million cells.
    /// </summary>
    private const int ReadCost = 3, SpoolCost = 4, LayoutCost = 2;

    /// <summary>First stage of performance (0 where there is none), pass, layout of the rasters.</summary>
    public static IEnumerable<long> Of(PassPlan plan, IReadOnlyList<Window> units, IReadOnlyList<OutputPlan> outputs)
    {
        long cells = units.Sum(u => (long)u.Width * u.Height);
        yield return plan.Series is { HasPerformance: true } ? ReadCost * cells * PerformanceWorker.Wanted(plan).Count : 0;
        yield return cells * ((ReadCost * plan.Inputs.Count) + (SpoolCost * outputs.Count));
        yield return LayoutCost * (long)plan.Extent.Width * plan.Extent.Height * outputs.Count;
    }
}
