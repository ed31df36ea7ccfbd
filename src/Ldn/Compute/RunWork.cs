using Ldn.Grids;
using Ldn.Passes;

namespace Ldn.Compute;

/// <summary>What the stages of a run cost beside each other (<see cref="PassWork"/>): the scale of its progress.</summary>
internal static class RunWork
{
    /// <summary>First stage of performance (0 where there is none), pass, layout of the rasters.</summary>
    public static IEnumerable<long> Of(PassPlan plan, IReadOnlyList<Window> units, IReadOnlyList<OutputPlan> outputs)
    {
        yield return plan.Series is { HasPerformance: true } ? PassWork.OfPerformance(plan).Of(units) : 0;
        yield return PassWork.Of(plan, outputs).Of(units);
        yield return PassWork.OfLayout(outputs, (long)plan.Extent.Width * plan.Extent.Height);
    }
}
