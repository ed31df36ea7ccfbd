using Ldn.Indicator;

namespace Ldn.Productivity.Laws;

/// <summary>
/// Performance: a pixel's mean against the 90th percentile of its ecological unit (method §4.2). Means are whole multiples of the
/// quantum ("keys"), the percentile is kept in tenths of it, so every comparison is of integers and no tiling, sharding or SIMD
/// level can change one.
/// </summary>
internal static class PerformanceLaw
{
    /// <summary>Key of a pixel without a mean.</summary>
    public const long NoKey = long.MinValue;

    /// <summary>Limit of a pixel without an ecological unit, or of a unit without pixels: no data.</summary>
    public const long NoLimit = 0;

    /// <summary>Tenth of the percentile: the ninetieth.</summary>
    public const int Tenth = 9;

    // Whole numbers up to here are exact in double precision, and twenty times them in 64 bits.
    private const double LargestKey = 1L << 53;

    /// <summary>
    /// Mean over the window's valid years (at least <see cref="ProductivityOptions.MinYears"/>), NaN otherwise.
    /// </summary>
    public static double WindowMean(ReadOnlySpan<double> series, ProductivityOptions options)
    {
        (double mean, int count) = ValidValues.Mean(series);
        return count < options.MinYears ? double.NaN : mean;
    }

    /// <summary>The mean in quanta, rounded to nearest (ties to even); <see cref="NoKey"/> for NaN.</summary>
    /// <exception cref="LdnException">Exit 2: the quantum is far too small for such values.</exception>
    public static long Key(double mean, double quantum)
    {
        if (double.IsNaN(mean))
            return NoKey;
        double key = Math.Round(mean / quantum);
        if (!(Math.Abs(key) <= LargestKey))
        {
            throw Fault.Series.Error($"--quantum {quantum} is too small for values such as {mean}",
                "give a larger quantum, such as a ten-thousandth of the values");
        }

        return (long)key;
    }

    /// <summary>
    /// 1 degraded where mean ÷ percentile &lt; 0.5 (≤ when inclusive), 2 otherwise; 0 without a mean or where the percentile is
    /// not above 0.
    /// </summary>
    /// <param name="key">From <see cref="Key"/>.</param>
    /// <param name="limitTenths">90th percentile of the unit in tenths of a quantum, from
    /// <see cref="PercentileHistogram.QuantileTenths"/>.</param>
    /// <param name="inclusive">Whether exactly half is degraded.</param>
    public static byte Condition(long key, long limitTenths, bool inclusive)
    {
        if (key == NoKey || limitTenths <= 0)
            return ConditionCode.NoData;
        long twentieths = 20 * key;
        return twentieths < limitTenths
            || (inclusive && twentieths == limitTenths) ? ConditionCode.Degraded : ConditionCode.Stable;
    }

    /// <summary>Pixel by pixel: <see cref="Key"/> of each mean, <see cref="Condition"/> against each limit.</summary>
    public static void Evaluate(
        ReadOnlySpan<double> means, ReadOnlySpan<long> limitTenths, ProductivityOptions options, Span<byte> conditions)
    {
        limitTenths = limitTenths[..means.Length];
        conditions = conditions[..means.Length];
        for (int i = 0; i < means.Length; i++)
            conditions[i] = Condition(Key(means[i], options.Quantum), limitTenths[i], options.PerformanceInclusive);
    }
}
