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

    /// <summary>
    /// Condition of a trend with enough valid years: significance decides whether, the slope's sign decides which way.
    /// </summary>
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

/// <summary>
/// Makes the series of which the trend is taken from a pixel's values and its climate (method §4.2). NaN: missing.
/// </summary>
internal static class TrendSeries
{
    /// <summary>Makes the series of one pixel.</summary>
    /// <param name="method">Which series.</param>
    /// <param name="series">One value a year; not finite = missing.</param>
    /// <param name="climate">One value a year; not finite = missing. Not looked at by <see cref="TrendMethod.Trend"/>.</param>
    /// <param name="result">One value a year, finite or NaN.</param>
    public static void Make(TrendMethod method, ReadOnlySpan<double> series, ReadOnlySpan<double> climate, Span<double> result)
    {
        switch (method)
        {
            case TrendMethod.Restrend:
                Residuals(series, climate, result);
                break;
            case TrendMethod.Rue or TrendMethod.Wue:
                for (int t = 0; t < series.Length; t++)
                    result[t] = climate[t] > 0 && double.IsFinite(climate[t]) ? FiniteOrNaN(series[t] / climate[t]) : double.NaN;
                break;
            default:
                for (int t = 0; t < series.Length; t++)
                    result[t] = FiniteOrNaN(series[t]);
                break;
        }
    }

    /// <summary>
    /// Residuals of the least squares of the series on climate over the years that have both, up to a constant, which no trend
    /// sees. Climate that never changes explains nothing. A residual that is rounding noise (<see cref="ValidValues.Noise"/>) is
    /// 0: a series that climate explains fully has no trend left.
    /// </summary>
    private static void Residuals(ReadOnlySpan<double> series, ReadOnlySpan<double> climate, Span<double> result)
    {
        double y0 = double.NaN, c0 = double.NaN, largest = 0;
        double n = 0, u1 = 0, v1 = 0, v2 = 0, vu = 0;
        for (int t = 0; t < series.Length; t++)
        {
            if (!double.IsFinite(series[t]) || !double.IsFinite(climate[t]))
                continue;
            if (n == 0)
                (y0, c0) = (series[t], climate[t]);
            double u = series[t] - y0, v = climate[t] - c0;
            n += 1;
            u1 += u;
            v1 += v;
            v2 += v * v;
            vu += v * u;
            largest = Math.Max(largest, Math.Abs(series[t]));
        }

        double spread = (n * v2) - (v1 * v1);
        double perClimate = spread > 0 ? ((n * vu) - (v1 * u1)) / spread : 0;
        double noise = ValidValues.Noise * largest;
        for (int t = 0; t < series.Length; t++)
        {
            if (!double.IsFinite(series[t]) || !double.IsFinite(climate[t]))
            {
                result[t] = double.NaN;
                continue;
            }

            double residual = (series[t] - y0) - (perClimate * (climate[t] - c0));
            result[t] = Math.Abs(residual) <= noise ? 0 : FiniteOrNaN(residual);
        }
    }

    private static double FiniteOrNaN(double value) => double.IsFinite(value) ? value : double.NaN;
}

/// <summary>Ordinary least squares of one series (method §4.2).</summary>
public static class LeastSquares
{
    /// <summary>
    /// Change a year of the least-squares line through the valid values; NaN with fewer than two. Sums run in year order over
    /// differences from the first valid value, so a constant series has slope exactly 0.
    /// </summary>
    public static double Slope(ReadOnlySpan<double> series)
    {
        double first = double.NaN, n = 0, t1 = 0, t2 = 0, u1 = 0, tu = 0;
        for (int t = 0; t < series.Length; t++)
        {
            if (!double.IsFinite(series[t]))
                continue;
            if (n == 0)
                first = series[t];
            double u = series[t] - first;
            n += 1;
            t1 += t;
            t2 += (double)t * t;
            u1 += u;
            tu += t * u;
        }

        return n < 2 ? double.NaN : ((n * tu) - (t1 * u1)) / ((n * t2) - (t1 * t1));
    }
}

/// <summary>The Theil–Sen estimator of one series (method §4.2).</summary>
public static class TheilSen
{
    /// <summary>
    /// Median of (y_j − y_i) / (j − i) over all pairs of valid years, the mean of the two middle ones where their number is even;
    /// NaN with fewer than two valid years. Never −0.
    /// </summary>
    public static double Slope(ReadOnlySpan<double> series) => Slope(series, new double[series.Length * (series.Length - 1) / 2]);

    /// <summary>The same with scratch memory for all pairs given.</summary>
    public static double Slope(ReadOnlySpan<double> series, Span<double> scratch)
    {
        int pairs = 0;
        for (int i = 0; i < series.Length; i++)
        {
            for (int j = i + 1; j < series.Length; j++)
                if (double.IsFinite(series[i]) && double.IsFinite(series[j]))
                    scratch[pairs++] = (series[j] - series[i]) / (j - i);
        }

        if (pairs == 0)
            return double.NaN;
        Span<double> slopes = scratch[..pairs];
        slopes.Sort();
        double low = slopes[(pairs - 1) / 2], high = slopes[pairs / 2];
        return (0.5 * (low + high)) + 0.0;
    }
}
