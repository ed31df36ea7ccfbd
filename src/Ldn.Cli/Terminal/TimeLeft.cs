using Ldn.Pass;

namespace Ldn.Cli.Terminal;

/// <summary>
/// How long a run will still take, from the pace of the later half of what is done so far: at first a run is slower, for much of
/// its code is not compiled yet, and what came before the first report (opening inputs, cutting zones) is no part of the pace at
/// all. The clock is the caller's.
/// </summary>
internal sealed class TimeLeft
{
    /// <summary>Reports from the middle of the work done so far on.</summary>
    private readonly Queue<(double Share, TimeSpan At)> _later = new();
    private double _first = double.NaN;

    /// <summary>Part of the work that must be done before its pace tells anything.</summary>
    private const double Telling = 0.002;

    /// <summary>Of a run: what has a pace by it, what has none as it is foreseen.</summary>
    public TimeSpan? Of(PassProgress at, TimeSpan now) => at switch
    {
        { Phase: RunPhase.Inputs } => null,
        { PacedShare: >= 1 } => at.Ending,
        _ => Of(at.PacedShare, now) is { } left && at.PacedShare >= Telling ? left + at.Ending : null,
    };

    /// <param name="share">Part of the work that is done, 0 to 1, never less than before.</param>
    /// <param name="now">Time on any clock that runs evenly.</param>
    /// <returns>Null where nothing is known yet.</returns>
    public TimeSpan? Of(double share, TimeSpan now)
    {
        if (double.IsNaN(_first))
            _first = share;
        _later.Enqueue((share, now));
        while (_later.Count > 2 && _later.ElementAt(1).Share <= (_first + share) / 2)
            _later.Dequeue();
        (double from, TimeSpan began) = _later.Peek();
        return share > from ? (now - began) * ((1 - share) / (share - from)) : null;
    }
}
