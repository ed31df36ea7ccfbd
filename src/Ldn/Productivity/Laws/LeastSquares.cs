namespace Ldn.Productivity.Laws;

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
