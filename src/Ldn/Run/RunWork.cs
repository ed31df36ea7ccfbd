using Ldn.Pass;
using Ldn.Rasters;

namespace Ldn.Run;

/// <summary>What the stages of a run cost beside each other (<see cref="PassWork"/>): the scale of its progress.</summary>
internal static class RunWork
{
    /// <summary>
    /// Nanoseconds, as <see cref="PassWork"/> counts, of making and writing the tables and the reports of a run of usual size.
    /// </summary>
    private const long Tables = 400_000_000, Reports = 800_000_000;

    /// <summary>
    /// First stage of performance (0 where there is none), pass, layout of the rasters, tables and reports. Tables and reports,
    /// which one thread makes alone, weigh as often as there are workers to share the rest.
    /// </summary>
    public static IEnumerable<(RunPhase Phase, long Work)> Of(
        PassPlan plan, IReadOnlyList<Window> units, IReadOnlyList<OpenOutput> outputs, bool reports, int workers)
    {
        yield return (
            RunPhase.Limits, plan.Series is { HasPerformance: true } ? PassWork.OfPerformance(plan).Of(units) : 0);
        yield return (RunPhase.Pass, PassWork.Of(plan, outputs).Of(units));
        yield return (RunPhase.Rasters, PassWork.OfLayout(outputs, (long)plan.Extent.Width * plan.Extent.Height));
        yield return (RunPhase.Reports, workers * (Tables + (reports ? Reports : 0)));
    }
}
