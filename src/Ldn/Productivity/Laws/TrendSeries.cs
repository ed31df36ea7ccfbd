namespace Ldn.Productivity.Laws;

/// <summary>
/// Makes the series of which the trend is taken from a pixel's values and its climate (method §4.2). NaN: missing.
/// </summary>
public static class TrendSeries
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
