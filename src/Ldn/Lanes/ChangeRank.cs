using System.Runtime.Intrinsics;
using Ldn.Indicator;

namespace Ldn.Lanes;

/// <summary>
/// Soil-carbon evidence: where a relative change lies among all thresholds of interest, so that the condition under any of them, inclusive or
/// not, is a lookup. With distinct edges e₀ &lt; e₁ &lt; … in per cent, rank 1 is below e₀, 2 exactly at e₀, 3 between e₀ and e₁, and so on;
/// 0 is no data (either stock missing, or the initial one 0). The tests are products in double: 100·final against (100 + e)·initial,
/// exact for integer and 32-bit floating stocks (method §5).
/// </summary>
public sealed class ChangeRank
{
    private readonly double[] _edges;
    private readonly double[] _factors;
    private readonly int[]? _wholeFactors;

    /// <param name="thresholds">Thresholds in per cent, each at least 0 and below 100; at most 7 different ones.</param>
    public ChangeRank(params ReadOnlySpan<double> thresholds)
    {
        var edges = new SortedSet<double>();
        foreach (double threshold in thresholds)
        {
            if (!(threshold is >= 0 and < 100))
                throw Fault.SoilRule.Error($"soil carbon threshold {threshold} % is not in 0 … 100", "give a per cent value such as 10");
            edges.Add(threshold);
            edges.Add(-threshold + 0.0);
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(edges.Count, 14);
        _edges = [.. edges];
        _factors = [.. edges.Select(e => 100 + e)];
        if (_factors.All(f => f == Math.Floor(f)))
            _wholeFactors = [.. _factors.Select(f => (int)f)];
    }

    /// <summary>Largest rank.</summary>
    public int Highest => 1 + (2 * _edges.Length);

    /// <summary>Evidence of one pixel from two stocks (t C/ha, same unit; NaN is no data; both at least 0).</summary>
    public byte OfStocks(double initial, double final)
    {
        if (!(initial > 0) || double.IsNaN(final))
            return 0;
        int rank = 1;
        double left = 100 * final;
        foreach (double factor in _factors)
        {
            double right = factor * initial;
            rank += (left >= right ? 1 : 0) + (left > right ? 1 : 0);
        }

        return (byte)rank;
    }

    /// <summary>Evidence of one pixel from a change in per cent (NaN is no data; at least −100).</summary>
    public byte OfChange(double percent)
    {
        if (double.IsNaN(percent))
            return 0;
        int rank = 1;
        foreach (double edge in _edges)
            rank += (percent >= edge ? 1 : 0) + (percent > edge ? 1 : 0);
        return (byte)rank;
    }

    /// <summary>
    /// The condition of each evidence value (<see cref="Evidence.Limit"/> entries) under one of the thresholds. No change is stable whatever the rule:
    /// callers refuse an inclusive threshold of 0.
    /// </summary>
    public Condition[] Conditions(double threshold, bool inclusive)
    {
        int lower = Array.BinarySearch(_edges, -threshold + 0.0), upper = Array.BinarySearch(_edges, threshold);
        if (lower < 0 || upper < 0)
            throw new ArgumentException($"no threshold {threshold} among those ranked", nameof(threshold));
        int atLower = 2 + (2 * lower), atUpper = 2 + (2 * upper);
        var conditions = new Condition[Evidence.Limit];
        for (int rank = 1; rank < conditions.Length; rank++)
        {
            bool degraded = rank < atLower || (inclusive && rank == atLower && threshold > 0);
            bool improved = rank > atUpper || (inclusive && rank == atUpper && threshold > 0);
            conditions[rank] = degraded ? Condition.Degraded : improved ? Condition.Improved : Condition.Stable;
        }

        return conditions;
    }

    /// <summary>rank[i] from two stock spans of 32-bit floats, NaN no data.</summary>
    public void OfStocks(ReadOnlySpan<float> initial, ReadOnlySpan<float> final, Span<byte> rank)
    {
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
            i = FloatBlocks(initial, final, rank);
        for (; i < rank.Length; i++)
            rank[i] = OfStocks((double)initial[i], final[i]);
    }

    /// <summary>rank[i] from two stock spans of doubles, NaN no data.</summary>
    public void OfStocks(ReadOnlySpan<double> initial, ReadOnlySpan<double> final, Span<byte> rank)
    {
        for (int i = 0; i < rank.Length; i++)
            rank[i] = OfStocks(initial[i], final[i]);
    }

    /// <summary>
    /// rank[i] from two stock spans of 16-bit integers; <paramref name="noDataInitial"/> and <paramref name="noDataFinal"/> mark no data
    /// (int.MinValue where there is none). Whole thresholds only: the caller widens otherwise.
    /// </summary>
    public void OfStocks(
        ReadOnlySpan<short> initial, ReadOnlySpan<short> final, int noDataInitial, int noDataFinal, Span<byte> rank)
    {
        int[] factors = _wholeFactors ?? throw new InvalidOperationException("whole thresholds only");
        int i = 0;
        if (Vector256.IsHardwareAccelerated)
            i = ShortBlocks(initial, final, noDataInitial, noDataFinal, factors, rank);
        for (; i < rank.Length; i++)
            rank[i] = initial[i] == noDataInitial || final[i] == noDataFinal ? (byte)0 : OfStocks((double)initial[i], final[i]);
    }

    /// <summary>Whether <see cref="OfStocks(ReadOnlySpan{short}, ReadOnlySpan{short}, int, int, Span{byte})"/> may be used.</summary>
    public bool WholeThresholds => _wholeFactors is not null;

    private int FloatBlocks(ReadOnlySpan<float> initial, ReadOnlySpan<float> final, Span<byte> rank)
    {
        Span<Vector256<long>> parts = stackalloc Vector256<long>[2];
        int i = 0;
        for (; i <= rank.Length - 8; i += 8)
        {
            Vector256<float> i8 = Vector256.Create(initial.Slice(i, 8)), f8 = Vector256.Create(final.Slice(i, 8));
            (Vector256<double> i0, Vector256<double> i1) = Vector256.Widen(i8);
            (Vector256<double> f0, Vector256<double> f1) = Vector256.Widen(f8);
            parts[0] = Rank4(i0, f0);
            parts[1] = Rank4(i1, f1);
            Vector128<short> packed = Vector128.Narrow(
                Vector256.Narrow(parts[0], parts[1]).GetLower(), Vector256.Narrow(parts[0], parts[1]).GetUpper());
            Vector128.Narrow(packed, packed).AsByte().GetLower().CopyTo(rank[i..]);
        }

        return i;
    }

    private Vector256<long> Rank4(Vector256<double> initial, Vector256<double> final)
    {
        Vector256<double> left = final * Vector256.Create(100.0);
        Vector256<long> rank = Vector256<long>.One;
        foreach (double factor in _factors)
        {
            Vector256<double> right = initial * Vector256.Create(factor);
            rank -= Vector256.GreaterThanOrEqual(left, right).AsInt64() + Vector256.GreaterThan(left, right).AsInt64();
        }

        Vector256<double> known = Vector256.GreaterThan(initial, Vector256<double>.Zero) & Vector256.Equals(final, final);
        return rank & known.AsInt64();
    }

    private static int ShortBlocks(
        ReadOnlySpan<short> initial, ReadOnlySpan<short> final, int noDataInitial, int noDataFinal, int[] factors, Span<byte> rank)
    {
        int i = 0;
        for (; i <= rank.Length - 16; i += 16)
        {
            (Vector256<int> i0, Vector256<int> i1) = Vector256.Widen(Vector256.Create(initial.Slice(i, 16)));
            (Vector256<int> f0, Vector256<int> f1) = Vector256.Widen(Vector256.Create(final.Slice(i, 16)));
            Vector256<short> ranks = Vector256.Narrow(
                Rank8(i0, f0, noDataInitial, noDataFinal, factors), Rank8(i1, f1, noDataInitial, noDataFinal, factors));
            Vector128.Narrow(ranks.GetLower(), ranks.GetUpper()).AsByte().CopyTo(rank[i..]);
        }

        return i;
    }

    private static Vector256<int> Rank8(
        Vector256<int> initial, Vector256<int> final, int noDataInitial, int noDataFinal, int[] factors)
    {
        Vector256<int> left = final * 100;
        Vector256<int> rank = Vector256<int>.One;
        foreach (int factor in factors)
        {
            Vector256<int> right = initial * factor;
            rank -= Vector256.GreaterThanOrEqual(left, right) + Vector256.GreaterThan(left, right);
        }

        Vector256<int> known = Vector256.GreaterThan(initial, Vector256<int>.Zero)
            & ~Vector256.Equals(initial, Vector256.Create(noDataInitial)) & ~Vector256.Equals(final, Vector256.Create(noDataFinal));
        return rank & known;
    }
}
