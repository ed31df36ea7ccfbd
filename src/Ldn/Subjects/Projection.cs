using Ldn.Counting;

namespace Ldn.Subjects;

/// <summary>A figure of a year.</summary>
/// <param name="Value">In the unit of the metric.</param>
internal readonly record struct DatedFigure(int Year, Ratio Value);

/// <summary>Straight lines through two dates (method §10).</summary>
internal static class Projection
{
    /// <summary>
    /// The value in <paramref name="year"/> of the line from <paramref name="first"/> to <paramref name="last"/>; null where both
    /// are of one year. The line is not bent where it leaves what is possible: that it does is the message.
    /// </summary>
    public static Ratio? At(DatedFigure first, DatedFigure last, int year) => first.Year == last.Year
        ? null
        : last.Value + ((last.Value - first.Value) * new Ratio(year - last.Year, last.Year - first.Year));

    /// <summary>How much more would be degraded than in the baseline: what restoration has to make good until then.</summary>
    public static Ratio Shortfall(Ratio projected, Ratio baseline) => projected > baseline ? projected - baseline : 0;
}
