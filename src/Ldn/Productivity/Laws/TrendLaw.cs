using Ldn.Indicator;

namespace Ldn.Productivity.Laws;

/// <summary>
/// The trend of one pixel. Without enough valid years everything but <paramref name="ValidYears"/> is no data:
/// S <see cref="TrendLaw.NoS"/>, Z, P and slope NaN, condition 0.
/// </summary>
/// <param name="ValidYears">Valid years in the window, after the method's own gaps (climate).</param>
/// <param name="S">Mann–Kendall S.</param>
/// <param name="Z">Standardised S, with tie correction.</param>
/// <param name="P">Two-sided probability of Z.</param>
/// <param name="Slope">Units of the series a year.</param>
/// <param name="Condition">1 degraded, 2 stable, 3 improved, 0 no data.</param>
public readonly record struct TrendResult(int ValidYears, int S, double Z, double P, double Slope, byte Condition);

/// <summary>Trend (trajectory) of one series (method §4.2), after the series was made by <see cref="TrendSeries"/>.</summary>
public static class TrendLaw
{
    /// <summary>S of a pixel without data.</summary>
    public const short NoS = short.MinValue;

    /// <summary>|Z| beyond which a trend is significant, two-sided 95 %.</summary>
    public const double CriticalZ = 1.96;

    /// <summary>Evaluates one pixel: one value a year of the window; not finite = missing.</summary>
    public static TrendResult Evaluate(ReadOnlySpan<double> series, ProductivityOptions options)
    {
        int valid = MannKendall.ValidYears(series);
        if (valid < options.MinYears)
            return new TrendResult(valid, NoS, double.NaN, double.NaN, double.NaN, ConditionCode.NoData);

        int s = MannKendall.S(series);
        double z = MannKendall.Z(s, MannKendall.Variance(valid, MannKendall.TieTerm(series)));
        double slope = options.Slope == SlopeEstimator.Ols ? LeastSquares.Slope(series) : TheilSen.Slope(series);
        return new TrendResult(valid, s, z, MannKendall.P(z), slope, Condition(valid, s, z, slope, options));
    }

    /// <summary>Condition of a trend with enough valid years: significance decides whether, the slope's sign decides which way.</summary>
    internal static byte Condition(int valid, int s, double z, double slope, ProductivityOptions options)
    {
        bool significant = options.Significance == TrendSignificance.TwoSided
            ? Math.Abs(z) > CriticalZ
            : Math.Abs(s) >= TrendsEarthSignificance.CriticalS(valid) && Math.Abs(slope) > SmallestSlope(options);
        return !significant || slope == 0 ? ConditionCode.Stable : slope < 0 ? ConditionCode.Degraded : ConditionCode.Improved;
    }

    /// <summary>
    /// The slope that a slope must exceed under <see cref="TrendSignificance.TrendsEarth"/>; a tie does not (see
    /// <see cref="ValidValues.Noise"/>).
    /// </summary>
    internal static double SmallestSlope(ProductivityOptions options) => options.SlopeMinimumInForce * (1 + ValidValues.Noise);
}
