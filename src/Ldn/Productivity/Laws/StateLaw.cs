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

    /// <summary>The trend's minimum, but never more than the history is long.</summary>
    internal static int FewestHistoryYears(int historyLength, ProductivityOptions options) => Math.Min(options.MinYears, historyLength);

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
