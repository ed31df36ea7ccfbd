using MathNet.Numerics;

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
    public static double P(double z) => SpecialFunctions.Erfc(Math.Abs(z) / Math.Sqrt(2));
}

/// <summary>
/// What without ties depends on the number of valid years alone: which |S| is significant, and P. One a worker; the probabilities
/// of a number of years are made on first use.
/// </summary>
internal sealed class SignificanceTable
{
    private readonly int[] _criticalS;
    private readonly double[]?[] _p;

    public SignificanceTable(ProductivityOptions options, int years)
    {
        _p = new double[]?[years + 1];
        _criticalS = new int[years + 1];
        for (int n = 0; n <= years; n++)
            _criticalS[n] = n < options.MinYears ? int.MaxValue : Critical(n, options.Significance);
    }

    /// <summary>
    /// Smallest |S| that is significant with so many valid years; beyond every S where none is, and below the least years.
    /// </summary>
    public int CriticalS(int validYears) => _criticalS[validYears];

    /// <summary>Two-sided probability of S.</summary>
    public double P(int validYears, int s, int tieTerm) => tieTerm == 0
        ? (_p[validYears] ??= Probabilities(validYears))[Math.Abs(s)]
        : MannKendall.P(Z(validYears, s, tieTerm));

    public static double Z(int validYears, int s, int tieTerm) => MannKendall.Z(s, MannKendall.Variance(validYears, tieTerm));

    private static double[] Probabilities(int validYears) =>
        [.. Enumerable.Range(0, (validYears * (validYears - 1) / 2) + 1).Select(s => MannKendall.P(Z(validYears, s, 0)))];

    private static int Critical(int validYears, TrendSignificance significance)
    {
        if (significance == TrendSignificance.TrendsEarth)
            return TrendsEarthSignificance.CriticalS(validYears);
        int s = 0;
        while (s <= validYears * validYears && Z(validYears, s, 0) <= TrendLaw.CriticalZ)
            s++;
        return s;
    }
}

/// <summary>
/// The significance rule of Trends.Earth (method §4.2): tabulated values of |S|, one-sided 95 %, without tie correction.
/// </summary>
internal static class TrendsEarthSignificance
{
    /// <summary>Most years the table covers.</summary>
    public const int MostYears = 50;

    private static ReadOnlySpan<byte> K95 =>
    [
        4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 31, 33, 36, 40, 43, 47, 50, 54, 59,
        63, 66, 70, 75, 79, 84, 88, 93, 97, 102, 106, 111, 115, 120, 126, 131, 137, 142, 146, 151, 157, 162, 168, 173, 179, 186,
        190, 197,
    ];

    /// <summary>
    /// Smallest |S| that counts with <paramref name="validYears"/> (4…50): the table's value, above it for 4 and 5 years.
    /// </summary>
    public static int CriticalS(int validYears) => K95[validYears - ProductivityOptions.FewestYears] + (validYears <= 5 ? 1 : 0);
}
