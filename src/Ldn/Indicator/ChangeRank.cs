using System.Numerics;
using System.Runtime.InteropServices;
using Ldn.Lanes;

namespace Ldn.Indicator;

/// <summary>
/// Soil-carbon evidence: where a relative change lies among all thresholds of interest, so that the condition under any of them,
/// inclusive or not, is a lookup. With distinct edges e₀ &lt; e₁ &lt; … in per cent, rank 1 is below e₀, 2 exactly at e₀, 3
/// between e₀ and e₁, and so on; 0 is no data (either stock missing, or the initial one 0). The tests are products in double:
/// 100·final against (100 + e)·initial, exact for integer and 32-bit floating stocks (method §5).
/// </summary>
public sealed class ChangeRank : ISoilEvidence
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
                throw Fault.SoilRule.Error(
                    $"soil carbon threshold {threshold} % is not in 0 … 100",
                    "give --soc-threshold, in a job rules.socThreshold, a per cent value such as 10");
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

    /// <summary>A change in per cent that has a rank: the edge, or one between two edges or beyond them.</summary>
    public double Change(int rank) => rank % 2 == 0 ? _edges[(rank / 2) - 1]
        : rank == 1 ? _edges[0] - 1
        : rank == Highest ? _edges[^1] + 1
        : (_edges[(rank / 2) - 1] + _edges[rank / 2]) / 2;

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
    /// The condition of each evidence value (<see cref="Evidence.Limit"/> entries) under one of the thresholds. No change is
    /// stable whatever the rule: callers refuse an inclusive threshold of 0.
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

        // Of so many thresholds that ranks reach them, verdicts of the test are none of this evidence.
        return Evidence.IsTested(Highest) ? conditions : Evidence.WithVerdicts(conditions);
    }

    /// <summary>rank[i] from two stock spans of 32-bit floats or of doubles, NaN no data.</summary>
    public void OfStocks<T>(ReadOnlySpan<T> initial, ReadOnlySpan<T> final, Span<byte> rank)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => OfStocks(initial, final, rank, Simd.Widest);

    internal void OfStocks<T>(ReadOnlySpan<T> initial, ReadOnlySpan<T> final, Span<byte> rank, SimdLevel level)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        CheckLengths(initial.Length, final.Length, rank.Length);
        int i = level switch
        {
            SimdLevel.Vector512 => Vectors<Lanes512<double>, T>(initial, final, rank),
            SimdLevel.Vector256 => Vectors<Lanes256<double>, T>(initial, final, rank),
            SimdLevel.Vector128 => Vectors<Lanes128<double>, T>(initial, final, rank),
            _ => 0,
        };
        for (; i < rank.Length; i++)
            rank[i] = OfStocks(double.CreateTruncating(initial[i]), double.CreateTruncating(final[i]));
    }

    /// <summary>
    /// rank[i] from two stock spans of 16-bit integers; <paramref name="noDataInitial"/> and <paramref name="noDataFinal"/> mark
    /// no data (int.MinValue where there is none). Whole thresholds only: the caller widens otherwise.
    /// </summary>
    public void OfStocks(
        ReadOnlySpan<short> initial, ReadOnlySpan<short> final, int noDataInitial, int noDataFinal, Span<byte> rank) =>
        OfStocks(initial, final, noDataInitial, noDataFinal, rank, Simd.Widest);

    internal void OfStocks(
        ReadOnlySpan<short> initial, ReadOnlySpan<short> final, int noDataInitial, int noDataFinal, Span<byte> rank,
        SimdLevel level)
    {
        int[] factors = _wholeFactors ?? throw new InvalidOperationException("whole thresholds only");
        CheckLengths(initial.Length, final.Length, rank.Length);
        int i = level switch
        {
            SimdLevel.Vector512 => Vectors<Lanes512<int>>(initial, final, noDataInitial, noDataFinal, factors, rank),
            SimdLevel.Vector256 => Vectors<Lanes256<int>>(initial, final, noDataInitial, noDataFinal, factors, rank),
            SimdLevel.Vector128 => Vectors<Lanes128<int>>(initial, final, noDataInitial, noDataFinal, factors, rank),
            _ => 0,
        };
        for (; i < rank.Length; i++)
            rank[i] = initial[i] == noDataInitial || final[i] == noDataFinal ? (byte)0 : OfStocks((double)initial[i], final[i]);
    }

    /// <summary>
    /// Whether <see cref="OfStocks(ReadOnlySpan{short}, ReadOnlySpan{short}, int, int, Span{byte})"/> may be used.
    /// </summary>
    public bool WholeThresholds => _wholeFactors is not null;

    private static void CheckLengths(int initial, int final, int rank)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(initial, rank, nameof(initial));
        ArgumentOutOfRangeException.ThrowIfLessThan(final, rank, nameof(final));
    }

    /// <summary>Edges passed less edges not reached: one exactly met is neither, which is the rank between.</summary>
    private int Vectors<TLanes, T>(ReadOnlySpan<T> initial, ReadOnlySpan<T> final, Span<byte> rank)
        where TLanes : struct, ILanes<TLanes, double>
        where T : unmanaged
    {
        ref T from = ref MemoryMarshal.GetReference(initial);
        ref T to = ref MemoryMarshal.GetReference(final);
        ref byte target = ref MemoryMarshal.GetReference(rank);
        TLanes hundred = TLanes.Broadcast(100), middle = TLanes.Broadcast(1 + _factors.Length);
        int i = 0;
        for (; i <= rank.Length - TLanes.Count; i += TLanes.Count)
        {
            TLanes before = TLanes.LoadWidened(ref from, i), after = TLanes.LoadWidened(ref to, i);
            TLanes left = after * hundred, above = TLanes.Zero, below = TLanes.Zero;
            foreach (double factor in _factors)
            {
                TLanes right = before * TLanes.Broadcast(factor);
                above = TLanes.CountLess(above, right, left);
                below = TLanes.CountLess(below, left, right);
            }

            TLanes known = TLanes.Less(TLanes.Zero, before) & TLanes.Equal(after, after);
            TLanes.StoreNarrowed((middle + TLanes.Values(above) - TLanes.Values(below)) & known, ref target, i);
        }

        return i;
    }

    private static int Vectors<TLanes>(
        ReadOnlySpan<short> initial, ReadOnlySpan<short> final, int noDataInitial, int noDataFinal, int[] factors,
        Span<byte> rank)
        where TLanes : struct, ILanes<TLanes, int>
    {
        ref short from = ref MemoryMarshal.GetReference(initial);
        ref short to = ref MemoryMarshal.GetReference(final);
        ref byte target = ref MemoryMarshal.GetReference(rank);
        TLanes hundred = TLanes.Broadcast(100), middle = TLanes.Broadcast(1 + factors.Length);
        TLanes noInitial = TLanes.Broadcast(noDataInitial), noFinal = TLanes.Broadcast(noDataFinal);
        int i = 0;
        for (; i <= rank.Length - TLanes.Count; i += TLanes.Count)
        {
            TLanes before = TLanes.LoadWidened(ref from, i), after = TLanes.LoadWidened(ref to, i);
            TLanes left = after * hundred, above = TLanes.Zero, below = TLanes.Zero;
            foreach (int factor in factors)
            {
                TLanes right = before * TLanes.Broadcast(factor);
                above = TLanes.CountLess(above, right, left);
                below = TLanes.CountLess(below, left, right);
            }

            TLanes unknown = TLanes.LessOrEqual(
                before, TLanes.Zero) | TLanes.Equal(before, noInitial) | TLanes.Equal(after, noFinal);
            TLanes.StoreNarrowed(TLanes.Select(unknown, TLanes.Zero, middle + above - below), ref target, i);
        }

        return i;
    }
}
