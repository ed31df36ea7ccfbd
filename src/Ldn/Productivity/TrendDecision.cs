namespace Ldn.Productivity;

/// <summary>
/// The end of <see cref="TrendLaw"/> for a chunk: from valid years, S, tie term and slope to Z, P and condition. Without ties, which |S| is significant and what P is depend on
/// the number of years alone and are looked up. One a worker.
/// </summary>
internal sealed class TrendDecision
{
    private readonly ProductivityOptions _options;
    private readonly double _smallestSlope;

    // By number of valid years; nothing is significant below the minimum.
    private readonly int[] _criticalS;
    private readonly double[]?[] _p;

    public TrendDecision(ProductivityOptions options, int years)
    {
        _options = options;
        _smallestSlope = options.Significance == TrendSignificance.TrendsEarth ? TrendLaw.SmallestSlope(options) : -1;
        _criticalS = new int[years + 1];
        _p = new double[]?[years + 1];
        for (int n = 0; n <= years; n++)
            _criticalS[n] = n < options.MinYears ? int.MaxValue : Critical(n);
    }

    /// <summary>Writes the conditions of a chunk's pixels.</summary>
    public void Conditions(SeriesChunk chunk, Span<byte> conditions)
    {
        ReadOnlySpan<int> valid = chunk.Valid.Span[..conditions.Length], s = chunk.S.Span[..conditions.Length];
        ReadOnlySpan<int> ties = chunk.TieTerm.Span[..conditions.Length];
        ReadOnlySpan<double> slopes = chunk.Slope.Span[..conditions.Length];
        bool withTies = _options.Significance == TrendSignificance.TwoSided;
        for (int p = 0; p < conditions.Length; p++)
        {
            double slope = slopes[p];
            bool significant = Math.Abs(s[p]) >= _criticalS[valid[p]] & Math.Abs(slope) > _smallestSlope;

            // Ties make |Z| larger: they can only add to what is significant without them.
            if (withTies && ties[p] != 0 && !significant && valid[p] >= _options.MinYears)
                significant = Math.Abs(Z(valid[p], s[p], ties[p])) > TrendLaw.CriticalZ;
            int sign = (slope > 0 ? 1 : 0) - (slope < 0 ? 1 : 0);
            int condition = ConditionCode.Stable + (significant ? sign : 0);
            conditions[p] = (byte)(valid[p] < _options.MinYears ? ConditionCode.NoData : condition);
        }
    }

    /// <summary>Writes S, <see cref="TrendLaw.NoS"/> where there is no data.</summary>
    public void S(SeriesChunk chunk, Span<short> values)
    {
        for (int p = 0; p < values.Length; p++)
            values[p] = chunk.Valid.Span[p] < _options.MinYears ? TrendLaw.NoS : (short)chunk.S.Span[p];
    }

    /// <summary>Writes the slope, NaN where there is no data.</summary>
    public void Slope(SeriesChunk chunk, Span<float> values)
    {
        for (int p = 0; p < values.Length; p++)
            values[p] = chunk.Valid.Span[p] < _options.MinYears ? float.NaN : (float)chunk.Slope.Span[p];
    }

    /// <summary>Writes Z, NaN where there is no data.</summary>
    public void Z(SeriesChunk chunk, Span<float> values)
    {
        for (int p = 0; p < values.Length; p++)
        {
            int n = chunk.Valid.Span[p];
            values[p] = n < _options.MinYears ? float.NaN : (float)Z(n, chunk.S.Span[p], chunk.TieTerm.Span[p]);
        }
    }

    /// <summary>Writes P, NaN where there is no data.</summary>
    public void P(SeriesChunk chunk, Span<float> values)
    {
        for (int p = 0; p < values.Length; p++)
        {
            int n = chunk.Valid.Span[p], s = chunk.S.Span[p], ties = chunk.TieTerm.Span[p];
            values[p] = n < _options.MinYears ? float.NaN : (float)(ties == 0 ? TableOfP(n)[Math.Abs(s)] : MannKendall.P(Z(n, s, ties)));
        }
    }

    private static double Z(int n, int s, int ties) => MannKendall.Z(s, MannKendall.Variance(n, ties));

    private double[] TableOfP(int n) =>
        _p[n] ??= [.. Enumerable.Range(0, (n * (n - 1) / 2) + 1).Select(s => MannKendall.P(Z(n, s, 0)))];

    /// <summary>Smallest |S| that is significant without ties; beyond every S where none is.</summary>
    private int Critical(int n)
    {
        if (_options.Significance == TrendSignificance.TrendsEarth)
            return TrendsEarthSignificance.CriticalS(n);
        int s = 0;
        while (s <= n * n && Z(n, s, 0) <= TrendLaw.CriticalZ)
            s++;
        return s;
    }
}
