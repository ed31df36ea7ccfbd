namespace Ldn.Productivity.Laws;

/// <summary>
/// The Mann–Kendall test under named corrections for autocorrelation (firmness U2), offered as alternatives: none of them repairs
/// a series of 16 years. Years whose value is not finite are missing and skipped.
/// </summary>
internal static class AutocorrelatedTrend
{
    /// <summary>Beyond ±1.96 / √n an autocorrelation of n values counts (Hamed and Rao 1998).</summary>
    private const double CriticalZ = TrendLaw.CriticalZ;

    /// <summary>
    /// Z under a correction. Hamed–Rao 1998: Var(S) times n/n*, from the autocorrelations of the ranks of the series without its
    /// Theil–Sen line, those that are significant. Yue–Wang 2004: likewise from those of its values, all lags. Pre-whitening: Z
    /// of y(t+1) − r₁ y(t), r₁ the first autocorrelation of the series itself. 0, no trend, where n/n* is not above 0.
    /// </summary>
    /// <param name="correction">Which one.</param>
    /// <param name="series">One value a year; at least four valid ones.</param>
    public static double Z(Autocorrelation correction, ReadOnlySpan<double> series)
    {
        Span<double> values = stackalloc double[SeriesWindow.MostYears];
        values = values[..ValidValues.Copy(series, values)];
        int n = values.Length;
        Span<double> rest = stackalloc double[n];
        if (correction == Autocorrelation.PreWhitening)
        {
            values.CopyTo(rest);
            double first = Centre(rest, values) ? Lag(rest, 1) : 0;
            for (int i = 0; i < n - 1; i++)
                rest[i] = values[i + 1] - (first * values[i]);
            rest = rest[..(n - 1)];
            return MannKendall.Z(MannKendall.S(rest), MannKendall.Variance(n - 1, MannKendall.TieTerm(rest)));
        }

        double variance = MannKendall.Variance(n, MannKendall.TieTerm(values));
        if (correction != Autocorrelation.Ignored)
            variance *= Factor(correction, values, rest);
        return MannKendall.Z(MannKendall.S(values), variance);
    }

    /// <summary>n/n*: how many values of the series are worth one that is independent.</summary>
    private static double Factor(Autocorrelation correction, ReadOnlySpan<double> values, Span<double> rest)
    {
        int n = values.Length;
        double slope = TheilSen.Slope(values);
        for (int i = 0; i < n; i++)
            rest[i] = values[i] - (slope * i);
        bool byRank = correction == Autocorrelation.HamedRao;
        if (!Centre(rest, values))
            return 1;
        if (byRank)
        {
            Rank(rest);
            Centre(rest, rest);
        }

        double sum = 0, limit = CriticalZ / Math.Sqrt(n);
        for (int lag = 1; lag < n; lag++)
        {
            double r = Lag(rest, lag);
            if (!byRank)
                sum += (1 - ((double)lag / n)) * r;
            else if (Math.Abs(r) > limit)
                sum += (double)(n - lag) * (n - lag - 1) * (n - lag - 2) * r;
        }

        return 1 + (2 * (byRank ? sum / ((double)n * (n - 1) * (n - 2)) : sum));
    }

    /// <summary>
    /// Takes off the mean; false where nothing but rounding noise of <paramref name="scale"/> is left, which has no
    /// autocorrelation.
    /// </summary>
    private static bool Centre(Span<double> values, ReadOnlySpan<double> scale)
    {
        double mean = 0, most = 0, largest = 0;
        foreach (double value in scale)
            largest = Math.Max(largest, Math.Abs(value));
        foreach (double value in values)
            mean += value;
        mean /= values.Length;
        foreach (ref double value in values)
        {
            value -= mean;
            most = Math.Max(most, Math.Abs(value));
        }

        return most > ValidValues.Noise * largest;
    }

    /// <summary>The autocorrelation of values with mean 0, every lag divided by the same sum of squares.</summary>
    private static double Lag(ReadOnlySpan<double> centred, int lag)
    {
        double squares = 0, products = 0;
        for (int i = 0; i < centred.Length; i++)
            squares += centred[i] * centred[i];
        for (int i = lag; i < centred.Length; i++)
            products += centred[i] * centred[i - lag];
        return products / squares;
    }

    /// <summary>Ranks from 1, equal values their mean rank.</summary>
    private static void Rank(Span<double> values)
    {
        Span<double> ranks = stackalloc double[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int below = 0, equal = 0;
            foreach (double other in values)
            {
                below += other < values[i] ? 1 : 0;
                equal += other == values[i] ? 1 : 0;
            }

            ranks[i] = below + ((equal + 1) / 2.0);
        }

        ranks.CopyTo(values);
    }
}
