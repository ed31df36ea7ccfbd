namespace Ldn.Cli;

/// <summary>
/// How long a run will still take, from the share done so far. Time counts from the first report on, so that what came before it (opening inputs, cutting
/// zones) is not held against the work left. The clock is the caller's.
/// </summary>
internal sealed class TimeLeft
{
    private (double Share, TimeSpan At)? _first;

    /// <param name="share">Part of the work that is done, 0 to 1.</param>
    /// <param name="now">Time on any clock that runs evenly.</param>
    /// <returns>Null where nothing is known yet.</returns>
    public TimeSpan? Of(double share, TimeSpan now)
    {
        _first ??= (share, now);
        (double from, TimeSpan began) = _first.Value;
        return share > from ? (now - began) * ((1 - share) / (share - from)) : null;
    }
}
