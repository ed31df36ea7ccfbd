using Ldn.Counting;

namespace Ldn.Subjects;

/// <summary>How far a target has come (method §10).</summary>
public enum TargetVerdict
{
    Met,
    OnTrack,
    OffTrack,
    NotAssessable,
}

/// <summary>One national target: the metric is to compare so with the value in that year.</summary>
/// <param name="Comparator">&lt;=, &lt;, &gt;= or &gt;.</param>
public sealed record Target(string Id, string ZoneId, string Text, TargetMetric Metric, string Comparator, double Value, int Year)
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
    /// Judges the target. Met: it holds for the latest figure, whatever the year. Otherwise, while its year is not reached: on track where the line from the
    /// baseline's to the latest figure meets it in that year; else off track. Not assessable without a latest figure, or where a line would have to be drawn through one date.
    /// </summary>
    public TargetResult Judge(TargetFigures figures)
    {
        if (figures.Latest is not { } latest)
            return new TargetResult(TargetVerdict.NotAssessable, null, figures.Missing ?? "no figure in the latest period");
        if (Holds(latest))
            return new TargetResult(TargetVerdict.Met, null, "");
        if (figures.LatestYear is not { } year)
            return new TargetResult(TargetVerdict.NotAssessable, null, "the year of the latest figure is not told");
        if (Year <= year)
            return new TargetResult(TargetVerdict.OffTrack, null, "its year is reached");
        if (figures.Baseline is not { } baseline || figures.BaselineYear is not { } from || Projection.At(new(from, baseline), new(year, latest), Year) is not { } projected)
            return new TargetResult(TargetVerdict.NotAssessable, null, "a single date, through which no line can be drawn");
        return new TargetResult(Holds(projected) ? TargetVerdict.OnTrack : TargetVerdict.OffTrack, projected, "");
    }
}

/// <summary>
/// The figures of a metric in a zone: the baseline's and the latest period's, null where there is none; then <paramref name="Missing"/> says why.
/// </summary>
public sealed record TargetFigures(int? BaselineYear, Ratio? Baseline, int? LatestYear, Ratio? Latest, string? Missing = null)
{
    /// <summary>No figures at all.</summary>
    public static TargetFigures None(string why) => new(null, null, null, null, why);
}

/// <summary>The verdict, the figure in the target's year where a line was drawn, and a word of explanation where one is needed.</summary>
public sealed record TargetResult(TargetVerdict Verdict, Ratio? Projected, string Reason)
{
    public string Name => Verdict switch
    {
        TargetVerdict.Met => "met",
        TargetVerdict.OnTrack => "on_track",
        TargetVerdict.OffTrack => "off_track",
        _ => "not_assessable",
    };
}

/// <summary>Gives the figures that targets are tested against.</summary>
public interface ITargetSource
{
    /// <summary>Figures of a metric in a zone (its index among the run's), or null where this source does not know the metric.</summary>
    TargetFigures? Of(TargetMetric metric, int zone);
}
