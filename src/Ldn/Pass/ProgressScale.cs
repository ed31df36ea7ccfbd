namespace Ldn.Pass;

/// <summary>
/// One scale from 0 to 100 % for the stages of a run, each with its share of the work, so that the time left can be told from the
/// work left. Reports may come from several threads and never go back.
/// </summary>
/// <param name="progress">Who is told; null for nobody.</param>
/// <param name="work">Work of each stage, in one unit for all, such as <see cref="PassWork"/>.</param>
public sealed class ProgressScale(IProgress<PassProgress>? progress, params IReadOnlyList<long> work)
{
    private readonly Lock _lock = new();
    private long _reported = -1;

    /// <summary>The progress of one stage, whose own total may be in any unit; null where nobody is told.</summary>
    public IProgress<PassProgress>? Stage(int stage)
    {
        if (progress is null)
            return null;
        long before = work.Take(stage).Sum();
        Report(before);
        return new StageProgress(this, before, work[stage]);
    }

    private void Report(long done)
    {
        lock (_lock)
        {
            if (done <= _reported)
                return;
            _reported = done;
            progress!.Report(new PassProgress(done, work.Sum()));
        }
    }

    private sealed class StageProgress(ProgressScale scale, long before, long work) : IProgress<PassProgress>
    {
        public void Report(PassProgress value) =>
            scale.Report(before + (value.CellsInAll == 0 ? work : (long)((Int128)work * value.CellsDone / value.CellsInAll)));
    }
}
