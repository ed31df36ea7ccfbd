namespace Ldn.Productivity.Laws;

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
