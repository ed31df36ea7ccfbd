using Ldn.Indicator;

namespace Ldn.Productivity.Laws;

/// <summary>
/// The state of one pixel. Without enough valid years everything is no data: change <see cref="StateLaw.NoChange"/>, z NaN,
/// condition 0.
/// </summary>
/// <param name="Change">Percentile classes by which the recent mean lies above the earlier one, −9…9; 0 under
/// <see cref="StateMethod.ZScore"/>.</param>
/// <param name="Z">Standardised difference of the means; NaN under <see cref="StateMethod.Percentile"/>.</param>
/// <param name="Condition">1 degraded, 2 stable, 3 improved, 0 no data.</param>
public readonly record struct StateResult(int Change, double Z, byte Condition);

/// <summary>
/// State: the recent years of a window against those before (method §4.2). Always of the series itself, whatever the trend's
/// method.
/// </summary>
public static class StateLaw
{
    /// <summary>Change of a pixel without data.</summary>
    public const sbyte NoChange = sbyte.MinValue;

    /// <summary>Classes by which the mean must move to count.</summary>
    public const int SmallestChange = 2;

    /// <summary>|z| beyond which the difference of the means counts.</summary>
    public const double CriticalZ = 1.96;

    /// <summary>Fewer valid recent years give no state.</summary>
    internal const int FewestRecentYears = 2;

    /// <summary>Evaluates one pixel: one value a year of the window; not finite = missing.</summary>
    public static StateResult Evaluate(ReadOnlySpan<double> series, ProductivityOptions options)
    {
        ReadOnlySpan<double> history = series[..^options.RecentYears], recent = series[^options.RecentYears..];
        (double historyMean, int historyYears) = ValidValues.Mean(history);
        (double recentMean, int recentYears) = ValidValues.Mean(recent);
        if (recentYears < FewestRecentYears || historyYears < FewestHistoryYears(history.Length, options))
            return new StateResult(NoChange, double.NaN, ConditionCode.NoData);

        Span<double> sorted = stackalloc double[SeriesWindow.MostYears];
        sorted = sorted[..ValidValues.Copy(history, sorted)];
        sorted.Sort();
        double noise = PercentileClasses.NoiseOf(sorted);
        if (options.State == StateMethod.ZScore)
        {
            double z = ZScore(sorted.Length, history, historyMean, recentMean, noise, options.RecentYears);
            return new StateResult(0, z, Condition(z < -CriticalZ, z > CriticalZ));
        }

        int change = 0;
        if (Math.Abs(recentMean - historyMean) > options.StateMinimumInForce + noise)
        {
            Span<double> extended = stackalloc double[sorted.Length + 2];
            PercentileClasses.Extend(sorted, extended);
            change = PercentileClasses.Of(recentMean, extended, noise) - PercentileClasses.Of(historyMean, extended, noise);
        }

        return new StateResult(change, double.NaN, Condition(change <= -SmallestChange, change >= SmallestChange));
    }

    /// <summary>
    /// What <see cref="Evaluate"/> decides from, for a person to read: the means (NaN without a valid year) and, under
    /// <see cref="StateMethod.Percentile"/>, the nine limits and both classes (empty and 0 without enough valid years).
    /// </summary>
    internal static StateFigures Figures(ReadOnlySpan<double> series, ProductivityOptions options)
    {
        ReadOnlySpan<double> history = series[..^options.RecentYears], recent = series[^options.RecentYears..];
        (double historyMean, int historyYears) = ValidValues.Mean(history);
        (double recentMean, int recentYears) = ValidValues.Mean(recent);
        var means = new StateFigures(historyMean, recentMean, [], 0, 0);
        if (
            options.State == StateMethod.ZScore || recentYears < FewestRecentYears
                || historyYears < FewestHistoryYears(history.Length, options))
            return means;
        double[] sorted = new double[historyYears], extended = new double[historyYears + 2];
        ValidValues.Copy(history, sorted);
        Array.Sort(sorted);
        double noise = PercentileClasses.NoiseOf(sorted);
        PercentileClasses.Extend(sorted, extended);
        return means with
        {
            Limits = [.. Enumerable.Range(1, PercentileClasses.Limits).Select(k => PercentileClasses.Limit(k, extended))],
            HistoryClass = PercentileClasses.Of(historyMean, extended, noise),
            RecentClass = PercentileClasses.Of(recentMean, extended, noise),
        };
    }

    /// <summary>The trend's minimum, but never more than the history is long.</summary>
    internal static int FewestHistoryYears(int historyLength, ProductivityOptions options) =>
        Math.Min(options.MinYears, historyLength);

    internal static byte Condition(bool falls, bool rises) =>
        falls ? ConditionCode.Degraded : rises ? ConditionCode.Improved : ConditionCode.Stable;

    /// <summary>
    /// z = (recent − history) / (sd of the history ÷ √ recent years); population sd; 0 where the history does not vary.
    /// </summary>
    private static double ZScore(
        int years, ReadOnlySpan<double> history, double historyMean, double recentMean, double noise, int recentYears)
    {
        double squares = 0;
        foreach (double value in history)
        {
            if (!double.IsFinite(value))
                continue;
            double difference = value - historyMean;
            squares += difference * difference;
        }

        double sd = Math.Sqrt(squares / years);
        return sd <= noise ? 0 : (recentMean - historyMean) / (sd / Math.Sqrt(recentYears));
    }
}

/// <summary>Figures that a state is decided from (<see cref="StateLaw.Figures"/>).</summary>
/// <param name="HistoryMean">Mean of the valid years before.</param>
/// <param name="RecentMean">Mean of the valid recent years.</param>
/// <param name="Limits">Between the ten classes, ascending.</param>
/// <param name="HistoryClass">1…10.</param>
/// <param name="RecentClass">1…10.</param>
internal sealed record StateFigures(
    double HistoryMean, double RecentMean, IReadOnlyList<double> Limits, int HistoryClass, int RecentClass);

/// <summary>
/// Ten classes of a value between the 10th, 20th, … 90th percentile of a sample (linear interpolation between order statistics,
/// Hyndman–Fan type 7): 1 + the number of limits below the value (method §4.2, state and FAO-WOCAT).
/// </summary>
internal static class PercentileClasses
{
    /// <summary>Limits between classes.</summary>
    public const int Limits = 9;

    /// <summary>Share of the range by which state extends its sample at both ends.</summary>
    public const double Extension = 0.05;

    /// <summary>
    /// Where limit <paramref name="k"/> (1…9) of a sample of <paramref name="size"/> lies: between the order statistics Index and
    /// Index + 1 (from 0), at Fraction of the way. Whole-number arithmetic, so that a limit that is an order statistic is exactly
    /// it.
    /// </summary>
    public static (int Index, double Fraction) Position(int k, int size)
    {
        int tenths = (size - 1) * k;
        return (tenths / 10, tenths % 10 / 10.0);
    }

    /// <summary>The sample, sorted, with a value a twentieth of its range beyond each end.</summary>
    public static void Extend(ReadOnlySpan<double> sorted, Span<double> extended)
    {
        double low = sorted[0], high = sorted[^1], beyond = Extension * (high - low);
        extended[0] = low - beyond;
        sorted.CopyTo(extended[1..]);
        extended[sorted.Length + 1] = high + beyond;
    }

    /// <summary>Class 1…10 of a value; a limit within <paramref name="noise"/> of it is not below it.</summary>
    public static int Of(double value, ReadOnlySpan<double> sorted, double noise)
    {
        int result = 1;
        for (int k = 1; k <= Limits; k++)
            if (Limit(k, sorted) < value - noise)
                result++;
        return result;
    }

    /// <summary>The limit <paramref name="k"/> (1…9) of a sorted sample.</summary>
    public static double Limit(int k, ReadOnlySpan<double> sorted)
    {
        (int index, double fraction) = Position(k, sorted.Length);
        return sorted[index] + (fraction * (sorted[index + 1] - sorted[index]));
    }

    /// <summary><see cref="ValidValues.Noise"/> of the largest value of a sorted sample.</summary>
    public static double NoiseOf(ReadOnlySpan<double> sorted) =>
        ValidValues.Noise * Math.Max(Math.Abs(sorted[0]), Math.Abs(sorted[^1]));
}
