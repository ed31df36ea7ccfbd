namespace Ldn.Productivity.Laws;

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
