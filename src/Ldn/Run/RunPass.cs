using Ldn.Pass;
using Ldn.Productivity;
using Ldn.Rasters;

namespace Ldn.Run;

/// <summary>
/// The pass of a run over all of its units or some: the memory it may take decides its bands and workers, and a series that two
/// stages need waits between them on disk. Disposing closes the rasters.
/// </summary>
internal sealed class RunPass : IDisposable
{
    private readonly IReadOnlyList<Window> _units;

    private RunPass(PassPlan plan, IReadOnlyList<Window> units, IReadOnlyList<OpenOutput> outputs, int workers) =>
        (Plan, _units, Outputs, Workers) = (plan, units, outputs, workers);

    public PassPlan Plan { get; }

    public IReadOnlyList<OpenOutput> Outputs { get; }

    public int Workers { get; }

    /// <summary>The limits of performance by period, once it is executed; none where nothing needs them.</summary>
    public IReadOnlyList<PerformanceLimits> Limits { get; private set; } = [];

    /// <summary>Begins to write the outputs.</summary>
    /// <param name="plan">What is computed.</param>
    /// <param name="units">Where.</param>
    /// <param name="outputs">Rasters to write.</param>
    /// <param name="create">Begins one of them.</param>
    /// <param name="how">Threads and memory.</param>
    public static RunPass Open(
        PassPlan plan, IReadOnlyList<Window> units, IReadOnlyList<Output> outputs, Func<Output, OpenOutput> create,
        ComputeOptions how)
    {
        var open = new List<OpenOutput>();
        try
        {
            foreach (Output output in outputs)
                open.Add(create(output));
            plan = IndicatorPass.InBands(plan, units, open, how.MemoryBytes);
            return new RunPass(plan, units, open, IndicatorPass.Workers(plan, units, open, how.Threads, how.MemoryBytes));
        }
        catch
        {
            foreach (OpenOutput output in open)
                output.Sink.Dispose();
            throw;
        }
    }

    /// <summary>One worker over a sample of the units, without outputs.</summary>
    public static RunPass Sample(PassPlan plan, IReadOnlyList<Window> some, long memoryBytes) =>
        new(IndicatorPass.InBands(plan, some, [], memoryBytes), some, [], 1);

    /// <summary>Computes every unit, with a first stage where the plan needs one and its limits are not known yet.</summary>
    /// <param name="spool">Path of the file between two stages.</param>
    /// <param name="firstStage">Told how far the first stage has come.</param>
    /// <param name="pass">Told how far the pass has come.</param>
    /// <param name="cancellation">Cancels between two blocks.</param>
    /// <exception cref="LdnException">Exit 3: what is counted takes more memory than there is.</exception>
    public PassResult Execute(
        string spool, IProgress<PassProgress>? firstStage, IProgress<PassProgress>? pass, CancellationToken cancellation) =>
        MemoryLimit.Within(
            () => $"counting {Plan.Questions.Count} questions beyond the indicator "
                + $"({string.Join(", ", Plan.Questions.Take(8).Select(q => q.Name))}) in {Plan.Places.SpanCount} runs of cells",
            "ask less at once: fewer zones, fewer drivers or a coarser quantum of theirs",
            () => Passes(spool, firstStage, pass, cancellation));

    private PassResult Passes(
        string spool, IProgress<PassProgress>? firstStage, IProgress<PassProgress>? pass, CancellationToken cancellation)
    {
        Limits = Plan.Limits;
        if (!Plan.NeedsLimits)
            return IndicatorPass.Run(Plan, _units, Outputs, Workers, pass, cancellation);
        using var between = SeriesSpool.Create(spool, Plan, Outputs);
        PassPlan plan = between is null ? Plan : Plan with { Series = [Plan.Series[0] with { Spool = between }] };
        plan = PerformancePass.Complete(plan, _units, Outputs, Workers, firstStage, cancellation);
        Limits = plan.Limits;
        return IndicatorPass.Run(plan, _units, Outputs, Workers, pass, cancellation);
    }

    /// <summary>Lays the rasters out once every unit is there.</summary>
    public void CompleteRasters(IProgress<PassProgress>? progress, CancellationToken cancellation)
    {
        const long One = 1000;
        for (int i = 0; i < Outputs.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            long done = i * One;
            Outputs[i].Sink.Complete(
                share => progress?.Report(new PassProgress(done + (long)(share * One), Outputs.Count * One)), cancellation);
        }

        progress?.Report(new PassProgress(1, 1));
    }

    public void Dispose()
    {
        foreach (OpenOutput output in Outputs)
            output.Sink.Dispose();
    }
}
