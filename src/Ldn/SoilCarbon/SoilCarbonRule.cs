namespace Ldn.SoilCarbon;

/// <summary>
/// When a change of soil organic carbon counts (method §5): by more than <paramref name="ThresholdPercent"/> per cent of the initial stock or,
/// if <paramref name="Inclusive"/>, by at least so much. The default is PRAIS's: exactly ±10 % is stable.
/// </summary>
/// <remarks>
/// The laws return condition bytes (method §1): <see cref="Degraded"/>, <see cref="Stable"/>, <see cref="Improved"/>, <see cref="NoData"/>,
/// or <see cref="Invalid"/> for a value that cannot be; callers count those and raise the error, which needs to name values and pixels.
/// </remarks>
public sealed record SoilCarbonRule(double ThresholdPercent = 10, bool Inclusive = false)
{
    public const byte NoData = 0;
    public const byte Degraded = 1;
    public const byte Stable = 2;
    public const byte Improved = 3;

    /// <summary>A negative or infinite stock, or a change below −100 % or infinite: an error of the input, not a condition.</summary>
    public const byte Invalid = 255;

    /// <summary>Per cent of the initial stock; 0 ≤ t &lt; 100, and above 0 where the rule is inclusive.</summary>
    /// <exception cref="LdnException">Exit 2: outside that range.</exception>
    public double ThresholdPercent { get; } = Checked(ThresholdPercent, Inclusive);

    /// <summary>True where a change of exactly the threshold counts as a change.</summary>
    public bool Inclusive { get; } = Inclusive;

    /// <summary>
    /// Condition from two stocks in the same unit (t C/ha); NaN is no data. Degraded if 100·final &lt; (100 − t)·initial, improved if
    /// 100·final &gt; (100 + t)·initial (≤ and ≥ where inclusive), with the products in double: exact for integer and 32-bit floating stocks and
    /// whole t, where a quotient would put some exact ties on the wrong side. Initial stock 0 or either no data is no data. An impossible stock is
    /// <see cref="Invalid"/> whatever the other one is. (method §5)
    /// </summary>
    public byte FromStocks(double initial, double final)
    {
        if (Impossible(initial) || Impossible(final))
            return Invalid;
        if (double.IsNaN(initial) || double.IsNaN(final) || initial == 0)
            return NoData;
        double scaled = 100 * final, lower = (100 - ThresholdPercent) * initial, upper = (100 + ThresholdPercent) * initial;
        return Inclusive ? Condition(scaled <= lower, scaled >= upper) : Condition(scaled < lower, scaled > upper);
    }

    /// <summary>
    /// Condition from a change in per cent of the initial stock; NaN is no data, below −100 or infinite is <see cref="Invalid"/>. (method §5)
    /// </summary>
    public byte FromChange(double percent)
    {
        if (percent < -100 || double.IsInfinity(percent))
            return Invalid;
        if (double.IsNaN(percent))
            return NoData;
        return Inclusive
            ? Condition(percent <= -ThresholdPercent, percent >= ThresholdPercent)
            : Condition(percent < -ThresholdPercent, percent > ThresholdPercent);
    }

    /// <summary>
    /// Change in per cent, (final − initial) / initial × 100, for maps and tables; never for the condition. NaN where either is NaN or initial is 0.
    /// </summary>
    public static double ChangePercent(double initial, double final) =>
        initial == 0 ? double.NaN : (final - initial) / initial * 100;

    private static byte Condition(bool degraded, bool improved) => degraded ? Degraded : improved ? Improved : Stable;

    private static bool Impossible(double stock) => stock < 0 || double.IsInfinity(stock);

    private static double Checked(double threshold, bool inclusive) =>
        threshold is >= 0 and < 100 && (threshold > 0 || !inclusive)
            ? threshold
            : throw LdnException.Usage($"soil carbon threshold {threshold} is not {(inclusive ? "above 0 and" : "at least 0 and")} below 100 per cent",
                inclusive && threshold == 0 ? "an inclusive threshold of 0 would call unchanged stocks changed" : "the usual threshold is 10");
}
