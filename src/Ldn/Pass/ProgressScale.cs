namespace Ldn.Pass;

/// <summary>What a run is at, in the order it comes.</summary>
public enum RunPhase
{
    /// <summary>Opens the inputs, cuts the zones, chooses the grid.</summary>
    Inputs,

    /// <summary>Finds the limits that need a look at the whole run first, such as percentiles of performance.</summary>
    Limits,

    /// <summary>The pass: conditions, tallies and rasters, cell by cell.</summary>
    Pass,

    /// <summary>Lays the rasters out.</summary>
    Rasters,

    /// <summary>Makes tables, maps and reports.</summary>
    Reports,
}

/// <summary>
/// How far a run has come, in cells of the units that some zone touches, each weighing what it costs (<see cref="PassWork"/>).
/// </summary>
/// <param name="CellsDone">Of the whole run.</param>
/// <param name="CellsInAll">Of the whole run.</param>
/// <param name="Phase">What it is at.</param>
/// <param name="PhaseShare">Part of that which is done, 0 to 1.</param>
public readonly record struct PassProgress(
    long CellsDone, long CellsInAll, RunPhase Phase = RunPhase.Pass, double PhaseShare = 0)
{
    /// <summary>Part that is done of the work whose pace tells how long the rest of it takes, 0 to 1.</summary>
    public double PacedShare { get; init; }

    /// <summary>What the rest takes that has no pace in common with it; zero where there is none.</summary>
    public TimeSpan Ending { get; init; }
}

/// <summary>
/// One scale from 0 to 100 % for the phases of a run, each with its share of the work, so that the time left can be told from the
/// work left. Reports may come from several threads and never go back.
/// </summary>
/// <param name="progress">Who is told; null for nobody.</param>
/// <param name="work">The phases in order, each with its work in one unit for all, such as <see cref="PassWork"/>.</param>
internal sealed class ProgressScale(IProgress<PassProgress>? progress, params IReadOnlyList<(RunPhase Phase, long Work)> work)
{
    private readonly Lock _lock = new();
    private (long Done, int Stage) _reported = (-1, -1);

    /// <summary>
    /// Time that the last phase takes whatever the pace of the others: reports of a small run cost what those of a large one do,
    /// while cells are slow as long as everything is done for the first time. Zero where it has the pace of the rest.
    /// </summary>
    public TimeSpan Ending { get; init; }

    /// <summary>The progress of one phase, whose own total may be in any unit; null where nobody is told.</summary>
    /// <param name="stage">Its place in the order given.</param>
    public IProgress<PassProgress>? Stage(int stage)
    {
        if (progress is null)
            return null;
        var part = new StageProgress(this, stage);
        if (work[stage].Work > 0)
            part.Report(new PassProgress(0, 1));
        return part;
    }

    private void Report(int stage, double share, long done)
    {
        lock (_lock)
        {
            if ((done, stage).CompareTo(_reported) <= 0)
                return;
            _reported = (done, stage);
            long all = work.Sum(w => w.Work), paced = Ending > TimeSpan.Zero ? all - work[^1].Work : all;
            progress!.Report(new PassProgress(done, all, work[stage].Phase, share)
            {
                PacedShare = paced == 0 ? 1 : Math.Min(1, (double)done / paced),
                Ending = all == paced ? TimeSpan.Zero : Ending * ((double)(all - Math.Max(done, paced)) / (all - paced)),
            });
        }
    }

    private sealed class StageProgress(ProgressScale scale, int stage) : IProgress<PassProgress>
    {
        private readonly long _before = scale.WorkBefore(stage), _work = scale.WorkBefore(stage + 1) - scale.WorkBefore(stage);

        public void Report(PassProgress value)
        {
            bool none = value.CellsInAll == 0;
            scale.Report(
                stage, none ? 1 : (double)value.CellsDone / value.CellsInAll,
                _before + (none ? _work : (long)((Int128)_work * value.CellsDone / value.CellsInAll)));
        }
    }

    private long WorkBefore(int stage) => work.Take(stage).Sum(w => w.Work);
}
