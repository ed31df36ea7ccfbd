namespace Ldn.Productivity.Laws;

/// <summary>
/// The Mann–Kendall test of one series (method §4.2). A year whose value is not finite is missing and skipped; the order of years
/// counts, their distance does not.
/// </summary>
public static class MannKendall
{
    /// <summary>Number of valid years.</summary>
    public static int ValidYears(ReadOnlySpan<double> series)
    {
        int valid = 0;
        foreach (double value in series)
            if (double.IsFinite(value))
                valid++;
        return valid;
    }

    /// <summary>S: pairs of valid years that rise minus those that fall.</summary>
    public static int S(ReadOnlySpan<double> series)
    {
        int s = 0;
        for (int i = 0; i < series.Length; i++)
        {
            if (!double.IsFinite(series[i]))
                continue;
            for (int j = i + 1; j < series.Length; j++)
                if (double.IsFinite(series[j]))
                    s += series[j].CompareTo(series[i]);
        }

        return s;
    }

    /// <summary>Σ t (t − 1)(2t + 5) over the groups of t equal values: what ties take off 18 Var(S).</summary>
    public static int TieTerm(ReadOnlySpan<double> series)
    {
        Span<double> sorted = stackalloc double[SeriesWindow.MostYears];
        sorted = sorted[..ValidValues.Copy(series, sorted)];
        sorted.Sort();
        int term = 0;
        for (int start = 0, end; start < sorted.Length; start = end)
        {
            for (end = start + 1; end < sorted.Length && sorted[end] == sorted[start]; end++)
            {
            }

            int ties = end - start;
            term += ties * (ties - 1) * ((2 * ties) + 5);
        }

        return term;
    }

    /// <summary>
    /// Var(S) of <paramref name="validYears"/> values with the given <see cref="TieTerm"/> (0: none are equal).
    /// </summary>
    public static double Variance(int validYears, int tieTerm) =>
        ((validYears * (validYears - 1) * ((2 * validYears) + 5)) - tieTerm) / 18.0;

    /// <summary>Z = (S − sign S) / √Var(S); 0 where the variance is 0.</summary>
    public static double Z(int s, double variance) => variance > 0 ? (s - Math.Sign(s)) / Math.Sqrt(variance) : 0;

    /// <summary>Two-sided probability of a standard normal value beyond ±z.</summary>
    public static double P(double z) => NormalTail.Erfc(Math.Abs(z) / Math.Sqrt(2));
}
