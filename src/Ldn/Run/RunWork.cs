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

    /// <summary>Time that tables and reports take, whatever the pace of the pass.</summary>
    public static TimeSpan Ending(bool reports) => TimeSpan.FromMicroseconds((Tables + (reports ? Reports : 0)) / 1000);

    /// <summary>Nanoseconds of reading a shard's part, and of a cell of a raster that is put together.</summary>
    private const long Part = 20_000_000, RasterCell = 10;

    /// <summary>A merge: reading the parts, putting rasters together, tables and reports.</summary>
    public static IReadOnlyList<(RunPhase Phase, long Work)> OfMerge(int parts, IReadOnlyList<Output> rasters, bool reports) =>
    [
        (RunPhase.Pass, parts * Part),
        (RunPhase.Rasters, rasters.Sum(r => (long)r.Raster.Grid.Width * r.Raster.Grid.Height * RasterCell * r.CellSize)),
        (RunPhase.Reports, Tables + (reports ? Reports : 0)),
    ];
}
