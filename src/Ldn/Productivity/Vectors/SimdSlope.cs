using System.Runtime.CompilerServices;
using Ldn.Lanes;
using Ldn.Productivity.Laws;

namespace Ldn.Productivity.Vectors;

/// <summary><see cref="LeastSquares"/> for a chunk, the same operations in the same order.</summary>
internal static class SimdSlope
{
    /// <summary>
    /// Fills <see cref="SeriesChunk.Slope"/> from <see cref="SeriesChunk.Trend"/>; needs <see cref="SeriesChunk.Complete"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LeastSquares<TLanes>(SeriesChunk chunk)
        where TLanes : struct, ILanes<TLanes, double>
    {
        if (chunk.Complete)
            Complete<TLanes>(chunk);
        else
            for (int p = 0; p < chunk.Pixels; p += TLanes.Count)
                TLanes.Store(WithGaps<TLanes>(chunk, p), ref chunk.Slope.First, p);
    }

    /// <summary>The value of the first valid year of each lane, NaN where there is none.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TLanes FirstValid<TLanes>(ref double plane, int years)
        where TLanes : struct, ILanes<TLanes, double>
    {
        TLanes first = TLanes.Broadcast(double.NaN);
        for (int t = years - 1; t >= 0; t--)
        {
            TLanes value = TLanes.Load(ref plane, t * SeriesChunk.Stride);
            first = TLanes.Select(TLanes.Equal(value, value), value, first);
        }

        return first;
    }

    /// <summary>
    /// Two vectors at a time, since each sum waits for the one before; the second may lie beyond the pixels in use, where nobody
    /// looks.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Complete<TLanes>(SeriesChunk chunk)
        where TLanes : struct, ILanes<TLanes, double>
    {
        double n = 0, t1 = 0, t2 = 0;
        for (int t = 0; t < chunk.Years; t++)
        {
            n += 1;
            t1 += t;
            t2 += (double)t * t;
        }

        TLanes years = TLanes.Broadcast(n), times = TLanes.Broadcast(t1), spread = TLanes.Broadcast((n * t2) - (t1 * t1));
        for (int p = 0; p < chunk.Pixels; p += 2 * TLanes.Count)
        {
            ref double plane = ref chunk.Trend.Span[p];
            TLanes first = TLanes.Load(ref plane, 0), second = TLanes.Load(ref plane, TLanes.Count);
            TLanes u1 = TLanes.Zero, tu = TLanes.Zero, v1 = TLanes.Zero, tv = TLanes.Zero;
            for (int t = 0, row = 0; t < chunk.Years; t++, row += SeriesChunk.Stride)
            {
                TLanes u = TLanes.Load(ref plane, row) - first, v = TLanes.Load(ref plane, row + TLanes.Count) - second;
                TLanes time = TLanes.Broadcast(t);
                u1 += u;
                tu += time * u;
                v1 += v;
                tv += time * v;
            }

            TLanes.Store(((years * tu) - (times * u1)) / spread, ref chunk.Slope.First, p);
            TLanes.Store(((years * tv) - (times * v1)) / spread, ref chunk.Slope.First, p + TLanes.Count);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TLanes WithGaps<TLanes>(SeriesChunk chunk, int p)
        where TLanes : struct, ILanes<TLanes, double>
    {
        ref double plane = ref chunk.Trend.Span[p];
        TLanes first = FirstValid<TLanes>(ref plane, chunk.Years);
        TLanes n = TLanes.Zero, t1 = TLanes.Zero, t2 = TLanes.Zero, u1 = TLanes.Zero, tu = TLanes.Zero;
        for (int t = 0; t < chunk.Years; t++)
        {
            TLanes value = TLanes.Load(ref plane, t * SeriesChunk.Stride);
            TLanes valid = TLanes.Equal(value, value);
            TLanes u = (value - first) & valid;
            n += TLanes.Broadcast(1) & valid;
            t1 += TLanes.Broadcast(t) & valid;
            t2 += TLanes.Broadcast((double)t * t) & valid;
            u1 += u;
            tu += TLanes.Broadcast(t) * u;
        }

        // Fewer than two valid years: 0 ÷ 0, which is the NaN of the law.
        return ((n * tu) - (t1 * u1)) / ((n * t2) - (t1 * t1));
    }
}

/// <summary>
/// <see cref="TheilSen"/> for a chunk: the slopes of all pairs go through a network that leaves their median in place. The slopes
/// of missing pairs are +∞ and −∞ in turn, which keeps the median of the others in the middle.
/// </summary>
internal sealed class SimdTheilSen
{
    private readonly int _pairs;
    private readonly SortingNetwork _network;
    private readonly AlignedBuffer<double> _slopes;

    public SimdTheilSen(int years, int lanes)
    {
        _pairs = years * (years - 1) / 2;
        _network = SortingNetwork.Median(_pairs);
        _slopes = new AlignedBuffer<double>(_pairs * lanes);
    }

    /// <summary>
    /// Fills <see cref="SeriesChunk.Slope"/> from <see cref="SeriesChunk.Trend"/>. Has no meaning with fewer than two valid
    /// years.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TLanes>(SeriesChunk chunk)
        where TLanes : struct, ILanes<TLanes, double>
    {
        for (int p = 0; p < chunk.Pixels; p += TLanes.Count)
        {
            TLanes odd = Slopes<TLanes>(chunk, p);
            ref double slopes = ref _slopes.First;
            _network.Run<TLanes>(ref slopes);

            int middle = SortingNetwork.LowMiddle(_pairs) * TLanes.Count;
            TLanes low = TLanes.Load(ref slopes, middle), high = TLanes.Load(ref slopes, middle + TLanes.Count);
            TLanes single = _pairs % 2 == 0 ? low : high;
            TLanes sum = TLanes.Select(odd, single, low) + TLanes.Select(odd, single, high);
            TLanes.Store((TLanes.Broadcast(0.5) * sum) + TLanes.Zero, ref chunk.Slope.First, p);
        }
    }

    /// <summary>Fills the slopes of all pairs; the mask says which lanes have an odd number of valid ones.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private TLanes Slopes<TLanes>(SeriesChunk chunk, int p)
        where TLanes : struct, ILanes<TLanes, double>
    {
        ref double plane = ref chunk.Trend.Span[p];
        ref double slopes = ref _slopes.First;
        TLanes above = TLanes.Broadcast(double.PositiveInfinity), below = TLanes.Broadcast(double.NegativeInfinity);
        TLanes one = TLanes.Broadcast(1), filler = above, valid = TLanes.Zero;
        int pair = 0;
        for (int i = 0; i < chunk.Years; i++)
        {
            TLanes earlier = TLanes.Load(ref plane, i * SeriesChunk.Stride);
            for (int j = i + 1; j < chunk.Years; j++)
            {
                TLanes slope = (TLanes.Load(ref plane, j * SeriesChunk.Stride) - earlier) / TLanes.Broadcast(j - i);
                TLanes known = TLanes.Equal(slope, slope);
                valid += one & known;
                TLanes.Store(TLanes.Select(known, slope, filler), ref slopes, pair);
                TLanes other = TLanes.Select(TLanes.Equal(filler, above), below, above);
                filler = TLanes.Select(known, filler, other);
                pair += TLanes.Count;
            }
        }

        // Whole numbers up to 8128: half of an odd one differs from itself rounded down. Rounding is by the usual addition of
        // 2⁵².
        TLanes half = valid * TLanes.Broadcast(0.5), shift = TLanes.Broadcast(1L << 52);
        TLanes rounded = (half + shift) - shift;
        return TLanes.Less(TLanes.Zero, TLanes.Abs(half - rounded));
    }
}
