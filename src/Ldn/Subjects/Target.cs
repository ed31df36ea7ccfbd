using Ldn.Counting;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>How far a target has come (method §10).</summary>
internal enum TargetVerdict
{
    Met,

    /// <summary>Met now, and missed in its year if things go on as they did.</summary>
    MetNowAtRisk,
    OnTrack,
    OffTrack,
    NotAssessable,
}

/// <summary>One national target: the metric is to compare so with the value in that year.</summary>
/// <param name="Comparator">&lt;=, &lt;, &gt;= or &gt;.</param>
/// <param name="Value">In the unit of the metric: per cent, km², t C, or that of the layer.</param>
internal sealed record Target(
    string Id, string ZoneId, string Text, TargetMetric Metric, string Comparator, double Value, int Year)
{
    public static IReadOnlyList<string> Comparators { get; } = ["<=", "<", ">=", ">"];

    /// <summary>Whether a figure, exact as it is, meets the target as it is written.</summary>
    public bool Holds(Ratio figure) => Comparator switch
    {
        "<=" => figure <= Ratio.AsWritten(Value),
        "<" => figure < Ratio.AsWritten(Value),
        ">=" => figure >= Ratio.AsWritten(Value),
        _ => figure > Ratio.AsWritten(Value),
    };

    /// <summary>
    /// Judges the target. A year in the past: by the period that ends nearest to it. Otherwise met where it holds for the latest
    /// figure, though at risk where the line from the baseline's to the latest figure misses it in its year; else, while its year
    /// is not reached, on track where that line meets it; else off track. Not assessable without a latest figure, or where a line
    /// would have to be drawn through one date.
    /// </summary>
    public TargetResult Judge(TargetFigures figures)
    {
        if (figures.Latest is not { } latest)
            return new TargetResult(TargetVerdict.NotAssessable, null, figures.Missing ?? "no figure in the latest period");
        if (figures.LatestYear is { } now && Year < now && figures.Dated.Count > 0)
        {
            DatedFigure nearest = figures.Dated.OrderBy(f => Math.Abs(f.Year - Year)).ThenBy(f => f.Year).First();
            return new TargetResult(
                Holds(nearest.Value) ? TargetVerdict.Met : TargetVerdict.OffTrack, null,
                $"its year is past: judged by {nearest.Year}");
        }

        Ratio? projected = figures is { LatestYear: { } year, Baseline: { } baseline, BaselineYear: { } from } && Year > year
            ? Projection.At(new(from, baseline), new(year, latest), Year) : null;
        if (Holds(latest))
            return projected is { } line
                && !Holds(line) ? new(TargetVerdict.MetNowAtRisk, line, "") : new(TargetVerdict.Met, null, "");
        if (figures.LatestYear is not { } reached)
            return new TargetResult(TargetVerdict.NotAssessable, null, "the year of the latest figure is not told");
        if (Year <= reached)
            return new TargetResult(TargetVerdict.OffTrack, null, "its year is reached");
        if (projected is not { } then)
            return new TargetResult(TargetVerdict.NotAssessable, null, "a single date, through which no line can be drawn");
        return new TargetResult(Holds(then) ? TargetVerdict.OnTrack : TargetVerdict.OffTrack, then, "");
    }
}

/// <summary>
/// The figures of a metric in a zone: the baseline's and the latest period's, null where there is none; then
/// <paramref name="Missing"/> says why.
/// </summary>
/// <param name="Baseline">In the unit of the metric.</param>
/// <param name="Latest">In the unit of the metric.</param>
internal sealed record TargetFigures(int? BaselineYear, Ratio? Baseline, int? LatestYear, Ratio? Latest, string? Missing = null)
{
    /// <summary>The figure of every period whose year is told, in their order.</summary>
    public IReadOnlyList<DatedFigure> Dated { get; init; } = [];

    /// <summary>No figures at all.</summary>
    public static TargetFigures None(string why) => new(null, null, null, null, why);

    /// <summary>A figure of one date alone, told under the run's last year.</summary>
    public static TargetFigures OfLast(RunStatistics run, Ratio? figure) =>
        new(null, null, run.Job.Periods[^1].FinalYear, figure);
}

/// <summary>
/// The verdict, the figure in the target's year where a line was drawn, and a word of explanation where one is needed.
/// </summary>
/// <param name="Projected">In the unit of the metric; null where no line was drawn.</param>
internal sealed record TargetResult(TargetVerdict Verdict, Ratio? Projected, string Reason)
{
    public string Name => Verdict switch
    {
        TargetVerdict.Met => "met",
        TargetVerdict.MetNowAtRisk => "met_now_at_risk",
        TargetVerdict.OnTrack => "on_track",
        TargetVerdict.OffTrack => "off_track",
        _ => "not_assessable",
    };
}

/// <summary>A subject that gives figures which targets are tested against.</summary>
internal interface ITargetSource
{
    /// <summary>Figures of a metric in a zone (its index among the run's), or null where it does not know the metric.</summary>
    TargetFigures? Of(RunStatistics run, TargetMetric metric, int zone);
}
