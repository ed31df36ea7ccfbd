using System.Numerics;
using System.Runtime.CompilerServices;
using Ldn.Indicator;
using Ldn.Lanes;
using Ldn.Productivity.Laws;

namespace Ldn.Productivity.Vectors;

/// <summary>
/// <see cref="MannKendall"/> for a chunk: comparisons counted in integer lanes. A missing value compares as neither above nor
/// below, so gaps cost nothing.
/// </summary>
internal static class SimdMannKendall
{
    /// <summary>t (t − 1)(2t + 5) of a group of two.</summary>
    private const int TermOfPair = 18;

    /// <summary>
    /// Fills <see cref="SeriesChunk.Valid"/>, <see cref="SeriesChunk.S"/>, <see cref="SeriesChunk.TieTerm"/> and
    /// <see cref="SeriesChunk.Complete"/> from planes of stored or physical values.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TLanes, T>(SeriesChunk chunk, AlignedBuffer<T> planes)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, INumber<T>
    {
        TLanes one = TLanes.Broadcast(T.One), half = TLanes.Broadcast(T.One / (T.One + T.One));
        TLanes years = TLanes.Broadcast(T.CreateTruncating(chunk.Years)),
        perPair = TLanes.Broadcast(T.CreateTruncating(TermOfPair));
        TLanes fewestOfThree = TLanes.Broadcast(T.CreateTruncating(3));
        TLanes incomplete = TLanes.Zero;
        for (int p = 0; p < chunk.Pixels; p += TLanes.Count)
        {
            (TLanes rising, TLanes falling, TLanes valid) = Count<TLanes, T>(ref Unsafe.Add(ref planes.First, p), chunk.Years);
            TLanes.StoreNarrowed(valid, ref chunk.Valid.First, p);
            TLanes.StoreNarrowed(rising - falling, ref chunk.S.First, p);
            incomplete |= TLanes.Less(valid, years);

            // What neither rises nor falls is equal. Three equal values make three equal pairs, so that fewer are pairs alone.
            TLanes equal = (valid * (valid - one) * half) - rising - falling;
            if (TLanes.Any(TLanes.LessOrEqual(fewestOfThree, equal)))
                TieTerms<TLanes, T>(chunk, planes, p);
            else
                TLanes.StoreNarrowed(perPair * equal, ref chunk.TieTerm.First, p);
        }

        chunk.Complete = !TLanes.Any(incomplete);
    }

    /// <summary>
    /// Rising and falling pairs and valid years of a vector. Two earlier years share the loads of the later ones.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TLanes Rising, TLanes Falling, TLanes Valid) Count<TLanes, T>(ref T plane, int years)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged
    {
        TLanes rising = TLanes.Zero, falling = TLanes.Zero, valid = TLanes.Zero;
        int i = 0, row = 0;
        for (; i < years - 1; i += 2, row += 2 * SeriesChunk.Stride)
        {
            TLanes first = TLanes.Load(ref plane, row), second = TLanes.Load(ref plane, row + SeriesChunk.Stride);
            valid = TLanes.CountEqual(valid, first, first);
            valid = TLanes.CountEqual(valid, second, second);
            rising = TLanes.CountLess(rising, first, second);
            falling = TLanes.CountLess(falling, second, first);
            for (int j = i + 2, later = row + (2 * SeriesChunk.Stride); j < years; j++, later += SeriesChunk.Stride)
            {
                TLanes value = TLanes.Load(ref plane, later);
                rising = TLanes.CountLess(rising, first, value);
                falling = TLanes.CountLess(falling, value, first);
                rising = TLanes.CountLess(rising, second, value);
                falling = TLanes.CountLess(falling, value, second);
            }
        }

        if (i < years)
        {
            TLanes last = TLanes.Load(ref plane, row);
            valid = TLanes.CountEqual(valid, last, last);
        }

        return (TLanes.Values(rising), TLanes.Values(falling), TLanes.Values(valid));
    }

    /// <summary>
    /// A value with c others equal to it adds c (2c + 7): over a group of t = c + 1 values that is t (t − 1)(2t + 5). Exact in
    /// single precision up to 128 years.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void TieTerms<TLanes, T>(SeriesChunk chunk, AlignedBuffer<T> planes, int p)
        where TLanes : struct, ILanes<TLanes, T>
        where T : unmanaged, INumber<T>
    {
        TLanes two = TLanes.Broadcast(T.CreateTruncating(2)), seven = TLanes.Broadcast(T.CreateTruncating(7)),
        one = TLanes.Broadcast(T.One);
        TLanes term = TLanes.Zero;
        ref T plane = ref Unsafe.Add(ref planes.First, p);
        for (int i = 0; i < chunk.Years; i++)
        {
            TLanes value = TLanes.Load(ref plane, i * SeriesChunk.Stride);
            TLanes equal = TLanes.Zero;
            for (int j = 0; j < chunk.Years; j++)
                equal = TLanes.CountEqual(equal, value, TLanes.Load(ref plane, j * SeriesChunk.Stride));

            // A value equals itself, a missing one nothing.
            TLanes others = TLanes.Max(TLanes.Values(equal) - one, TLanes.Zero);
            term += others * ((two * others) + seven);
        }

        TLanes.StoreNarrowed(term, ref chunk.TieTerm.First, p);
    }
}

/// <summary>The end of <see cref="TrendLaw"/> for a chunk: from valid years, S, tie term and slope to the condition.</summary>
internal sealed class SimdTrendDecision
{
    private readonly ProductivityOptions _options;
    private readonly double _smallestSlope;
    private readonly SignificanceTable _table;
    private readonly AlignedBuffer<double> _critical;

    public SimdTrendDecision(ProductivityOptions options, int years, int lanes)
    {
        _options = options;
        _smallestSlope = options.Significance == TrendSignificance.TrendsEarth ? TrendLaw.SmallestSlope(options) : -1;
        _table = new SignificanceTable(options, years);
        _critical = new AlignedBuffer<double>(lanes);
    }

    /// <summary>Fills <see cref="SeriesChunk.TrendCondition"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TLanes>(SeriesChunk chunk)
        where TLanes : struct, ILanes<TLanes, double>
    {
        bool withTies = _options.Significance == TrendSignificance.TwoSided;
        TLanes one = TLanes.Broadcast(1), stable = TLanes.Broadcast(ConditionCode.Stable),
        fewest = TLanes.Broadcast(_options.MinYears);
        TLanes smallest = TLanes.Broadcast(_smallestSlope), complete = TLanes.Broadcast(_table.CriticalS(chunk.Years));
        TLanes criticalZ = TLanes.Broadcast(TrendLaw.CriticalZ);
        for (int p = 0; p < chunk.Pixels; p += TLanes.Count)
        {
            TLanes s = TLanes.LoadWidened(ref chunk.S.First, p), slope = TLanes.Load(ref chunk.Slope.First, p);
            TLanes valid = TLanes.LoadWidened(ref chunk.Valid.First, p), ties = TLanes.LoadWidened(ref chunk.TieTerm.First, p);
            TLanes critical = chunk.Complete ? complete : Critical<TLanes>(chunk, p);
            TLanes significant = TLanes.LessOrEqual(critical, TLanes.Abs(s)) & TLanes.Less(smallest, TLanes.Abs(slope));

            // Ties make |Z| larger, so they can only add to what is significant without them.
            TLanes tied = TLanes.Less(TLanes.Zero, ties);
            if (withTies && TLanes.Any(tied))
                significant |= tied & TLanes.Less(criticalZ, TLanes.Abs(Z(valid, s, ties)));

            TLanes rising = significant & one & TLanes.Less(TLanes.Zero, slope),
            falling = significant & one & TLanes.Less(slope, TLanes.Zero);
            TLanes.StoreNarrowed(
                (stable + rising - falling) & TLanes.LessOrEqual(fewest, valid), ref chunk.TrendCondition.First, p);
        }
    }

    /// <summary>Z with tie correction, 0 without variance: whole numbers up to the division, so the bits are the law's.</summary>
    private static TLanes Z<TLanes>(TLanes n, TLanes s, TLanes ties)
        where TLanes : struct, ILanes<TLanes, double>
    {
        TLanes one = TLanes.Broadcast(1);
        TLanes variance = ((n * (n - one) * (n + n + TLanes.Broadcast(5))) - ties) / TLanes.Broadcast(18);
        TLanes sign = (one & TLanes.Less(TLanes.Zero, s)) - (one & TLanes.Less(s, TLanes.Zero));
        return ((s - sign) / TLanes.Sqrt(variance)) & TLanes.Less(TLanes.Zero, variance);
    }

    private TLanes Critical<TLanes>(SeriesChunk chunk, int p)
        where TLanes : struct, ILanes<TLanes, double>
    {
        ReadOnlySpan<float> valid = chunk.Valid.Span.Slice(p, TLanes.Count);
        Span<double> critical = _critical.Span;
        for (int lane = 0; lane < valid.Length; lane++)
            critical[lane] = _table.CriticalS((int)valid[lane]);
        return TLanes.Load(ref _critical.First, 0);
    }
}

/// <summary><see cref="TrendSeries"/> for a chunk, the same operations in the same order.</summary>
internal static class SimdTrendSeries
{
    /// <summary>
    /// Fills <see cref="SeriesChunk.Trend"/> from <see cref="SeriesChunk.Series"/> and <see cref="SeriesChunk.Climate"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Run<TLanes>(SeriesChunk chunk, TrendMethod method)
        where TLanes : struct, ILanes<TLanes, double>
    {
        for (int p = 0; p < chunk.Pixels; p += TLanes.Count)
        {
            ref double series = ref chunk.Series.Span[p], climate = ref chunk.Climate.Span[p], result = ref chunk.Trend.Span[p];
            if (method == TrendMethod.Restrend)
                Residuals<TLanes>(ref series, ref climate, ref result, chunk.Years);
            else
                Efficiency<TLanes>(ref series, ref climate, ref result, chunk.Years);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Efficiency<TLanes>(ref double series, ref double climate, ref double result, int years)
        where TLanes : struct, ILanes<TLanes, double>
    {
        for (int t = 0; t < years; t++)
        {
            int row = t * SeriesChunk.Stride;
            TLanes c = TLanes.Load(ref climate, row);
            TLanes ratio = FiniteOrNaN(TLanes.Load(ref series, row) / c);
            TLanes.Store(TLanes.Select(TLanes.Less(TLanes.Zero, c), ratio, TLanes.Broadcast(double.NaN)), ref result, row);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Residuals<TLanes>(ref double series, ref double climate, ref double result, int years)
        where TLanes : struct, ILanes<TLanes, double>
    {
        TLanes nan = TLanes.Broadcast(double.NaN), y0 = nan, c0 = nan;
        for (int t = years - 1; t >= 0; t--)
        {
            TLanes y = TLanes.Load(ref series, t * SeriesChunk.Stride), c = TLanes.Load(ref climate, t * SeriesChunk.Stride);
            TLanes both = TLanes.Equal(y, y) & TLanes.Equal(c, c);
            y0 = TLanes.Select(both, y, y0);
            c0 = TLanes.Select(both, c, c0);
        }

        TLanes n = TLanes.Zero, u1 = n, v1 = n, v2 = n, vu = n, largest = n;
        for (int t = 0; t < years; t++)
        {
            TLanes y = TLanes.Load(ref series, t * SeriesChunk.Stride), c = TLanes.Load(ref climate, t * SeriesChunk.Stride);
            TLanes both = TLanes.Equal(y, y) & TLanes.Equal(c, c);
            TLanes u = (y - y0) & both, v = (c - c0) & both;
            n += TLanes.Broadcast(1) & both;
            u1 += u;
            v1 += v;
            v2 += v * v;
            vu += v * u;
            largest = TLanes.Max(largest, TLanes.Abs(y) & both);
        }

        TLanes spread = (n * v2) - (v1 * v1);
        TLanes perClimate = TLanes.Select(TLanes.Less(TLanes.Zero, spread), ((n * vu) - (v1 * u1)) / spread, TLanes.Zero);
        TLanes noise = TLanes.Broadcast(ValidValues.Noise) * largest;
        for (int t = 0; t < years; t++)
        {
            int row = t * SeriesChunk.Stride;
            TLanes residual = (TLanes.Load(ref series, row) - y0) - (perClimate * (TLanes.Load(ref climate, row) - c0));
            TLanes known = FiniteOrNaN(residual);
            TLanes.Store(TLanes.Select(TLanes.LessOrEqual(TLanes.Abs(residual), noise), TLanes.Zero, known), ref result, row);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLanes FiniteOrNaN<TLanes>(TLanes value)
        where TLanes : struct, ILanes<TLanes, double> =>
        TLanes.Select(
            TLanes.LessOrEqual(TLanes.Abs(value), TLanes.Broadcast(double.MaxValue)), value, TLanes.Broadcast(double.NaN));
}
