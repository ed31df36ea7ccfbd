using System.Runtime.CompilerServices;
using Ldn.Lanes;

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
        for (int p = 0; p < chunk.Pixels; p += TLanes.Count)
        {
            TLanes slope = chunk.Complete ? Complete<TLanes>(chunk, p) : WithGaps<TLanes>(chunk, p);
            TLanes.Store(slope, ref chunk.Slope.First, p);
        }
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static TLanes Complete<TLanes>(SeriesChunk chunk, int p)
        where TLanes : struct, ILanes<TLanes, double>
    {
        ref double plane = ref chunk.Trend.Span[p];
        double n = 0, t1 = 0, t2 = 0;
        TLanes first = TLanes.Load(ref plane, 0), u1 = TLanes.Zero, tu = TLanes.Zero, time = TLanes.Zero, one = TLanes.Broadcast(1);
        for (int t = 0; t < chunk.Years; t++)
        {
            TLanes u = TLanes.Load(ref plane, t * SeriesChunk.Stride) - first;
            n += 1;
            t1 += t;
            t2 += (double)t * t;
            u1 += u;
            tu += time * u;
            time += one;
        }

        return ((TLanes.Broadcast(n) * tu) - (TLanes.Broadcast(t1) * u1)) / TLanes.Broadcast((n * t2) - (t1 * t1));
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
