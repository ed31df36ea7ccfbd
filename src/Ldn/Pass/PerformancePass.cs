using Ldn.Productivity;
using Ldn.Rasters;

namespace Ldn.Pass;

/// <summary>
/// The first stage of performance (method §4.2): a pass over the series alone that finds how productive each ecological unit of a
/// zone can be. Histograms of parts of a run merge into those of the whole.
/// </summary>
internal static class PerformancePass
{
    /// <summary>
    /// The plan with the limits it needs; the plan itself where nothing needs them. With a spool it is filled for the pass that
    /// writes the outputs.
    /// </summary>
    /// <exception cref="OperationCanceledException">The token was cancelled between two blocks.</exception>
    public static PassPlan Complete(
        PassPlan plan, IReadOnlyList<Window> units, IReadOnlyList<OpenOutput> outputs, int threads,
        IProgress<PassProgress>? progress, CancellationToken cancellation) =>
        plan.NeedsLimits
            ? plan.WithLimits([.. Run(plan, units, outputs, threads, progress, cancellation).Select(h => h.Limits())])
            : plan;

    /// <summary>Histograms of the means of each period.</summary>
    public static IReadOnlyList<PerformanceHistograms> Run(
        PassPlan plan, IReadOnlyList<Window> units, IReadOnlyList<OpenOutput> outputs, int threads,
        IProgress<PassProgress>? progress, CancellationToken cancellation)
    {
        UnitShape shape = UnitShape.Of(plan, units);
        IReadOnlyList<PerformanceWorker> workers = UnitWorkers.Run(
            plan, PerformanceWorker.Wanted(plan), units, shape, threads, () => new PerformanceWorker(plan, outputs, shape),
            PassWork.OfPerformance(plan), progress, cancellation);
        foreach (PerformanceWorker other in workers.Skip(1))
            for (int p = 0; p < other.Histograms.Length; p++)
                workers[0].Histograms[p].Merge(other.Histograms[p]);
        return workers[0].Histograms;
    }
}

/// <summary>
/// One worker of the stage: reads every series that performance is judged of, unit rasters and the water of each period's first
/// year, nothing else.
/// </summary>
internal sealed class PerformanceWorker : StepWorker
{
    private readonly SliceSeries[] _series;
    private readonly byte[] _water;
    private readonly ValueWatch _watch;
    private readonly ValueFinds _finds = new();

    public PerformanceWorker(PassPlan plan, IReadOnlyList<OpenOutput> outputs, UnitShape shape)
        : base(plan, shape, Wanted(plan))
    {
        _series =
        [
            .. plan.Series.Where(s => s.HasPerformance)
                .Select(s => new SliceSeries(plan, s, shape.SliceCells, outputs, firstStage: true)),
        ];
        _water = new byte[shape.SliceCells];
        _watch = new ValueWatch(plan, plan.Spool is null ? new HashSet<int>() : [.. plan.Series[0].YearInputs], shape.Width);
        Histograms = [.. plan.Periods.Select(_ => new PerformanceHistograms())];
    }

    public PerformanceHistograms[] Histograms { get; }

    protected override void End(Window unit)
    {
        if (Plan.Spool is { } spool)
            for (int i = 0; i < Covered.Length; i++)
                if (Covered[i])
                    spool.Covered[i] = true;
    }

    protected override void ProcessSlice(Window unit, Window slice)
    {
        int count = slice.Width * slice.Height;
        SliceSeries[] here = _series.Length == 1 ? _series : [.. _series.Where(s => s.Judges(slice))];
        foreach (SliceSeries series in here)
            series.Read(count, Cells);
        // What the pass will not read again is looked at here.
        _watch.Count(slice, Cells, false, _finds);
        Span<byte> water = _water.AsSpan(0, count);
        for (int p = 0; p < Histograms.Length; p++)
        {
            Water(Plan.Periods[p], water);
            foreach (SliceSeries series in here)
                series.AddMeans(p, slice, water, Histograms[p]);
        }
    }

    /// <summary>Leaves with the spool what was found of values, once.</summary>
    public override void Dispose()
    {
        Plan.Spool?.Leave(_finds);
        base.Dispose();
    }

    /// <summary>The inputs the stage reads.</summary>
    internal static HashSet<int> Wanted(PassPlan plan)
    {
        HashSet<int> wanted = [.. WaterInputs(plan, plan.Periods)];
        foreach (SeriesPlan series in plan.Series.Where(s => s.HasPerformance))
        {
            wanted.UnionWith(series.Units);
            foreach (SeriesPeriod period in series.Periods)
                wanted.UnionWith(period.Years.SelectMany(year => series.Years[year]));
        }

        if (plan.Spool is not null)
            wanted.UnionWith(plan.Series[0].YearInputs);
        return wanted;
    }
}
