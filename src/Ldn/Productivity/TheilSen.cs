namespace Ldn.Productivity;

/// <summary>The Theil–Sen estimator of one series (method §4.2).</summary>
public static class TheilSen
{
    /// <summary>
    /// Median of (y_j − y_i) / (j − i) over all pairs of valid years, the mean of the two middle ones where their number is even; NaN with fewer than
    /// two valid years. Never −0.
    /// </summary>
    public static double Slope(ReadOnlySpan<double> series)
    {
        var slopes = new List<double>(series.Length * (series.Length - 1) / 2);
        for (int i = 0; i < series.Length; i++)
        {
            for (int j = i + 1; j < series.Length; j++)
                if (double.IsFinite(series[i]) && double.IsFinite(series[j]))
                    slopes.Add((series[j] - series[i]) / (j - i));
        }

        if (slopes.Count == 0)
            return double.NaN;
        slopes.Sort();
        double low = slopes[(slopes.Count - 1) / 2], high = slopes[slopes.Count / 2];
        return (0.5 * (low + high)) + 0.0;
    }
}
