using System.Runtime.CompilerServices;
using Ldn.Lanes;
using Ldn.Productivity.Laws;

namespace Ldn.Productivity.Vectors;

/// <summary>Means over years for a chunk, summed in year order (see <see cref="ValidValues.Mean"/>).</summary>
internal static class SimdMeans
{
    /// <summary>
    /// Mean of the valid ones among years [<paramref name="from"/>, <paramref name="to"/>) of a vector, NaN where there are none,
    /// and their number.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TLanes Mean, TLanes Count) Of<TLanes>(ref double plane, int from, int to)
        where TLanes : struct, ILanes<TLanes, double>
    {
        TLanes sum = TLanes.Zero, count = TLanes.Zero;
        for (int t = from; t < to; t++)
        {
            TLanes value = TLanes.Load(ref plane, t * SeriesChunk.Stride);
            TLanes valid = TLanes.Equal(value, value);
            sum += value & valid;
            count += TLanes.Broadcast(1) & valid;
        }

        return (sum / count, count);
    }

    /// <summary>The same where no year is missing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TLanes OfComplete<TLanes>(ref double plane, int from, int to)
        where TLanes : struct, ILanes<TLanes, double>
    {
        TLanes sum = TLanes.Zero;
        for (int t = from; t < to; t++)
            sum += TLanes.Load(ref plane, t * SeriesChunk.Stride);
        return sum / TLanes.Broadcast(to - from);
    }

    /// <summary>Adds the valid ones of so many values, a whole number of vectors, to sums and counts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Accumulate<TLanes>(ReadOnlySpan<double> values, Span<double> sums, Span<double> counts)
        where TLanes : struct, ILanes<TLanes, double>
    {
        ref double source = ref Unsafe.AsRef(in values[0]);
        ref double sum = ref sums[..values.Length][0];
        ref double count = ref counts[..values.Length][0];
        TLanes one = TLanes.Broadcast(1);
        for (int p = 0; p < values.Length; p += TLanes.Count)
        {
            TLanes value = TLanes.Load(ref source, p);
            TLanes valid = TLanes.Equal(value, value);
            TLanes.Store(TLanes.Load(ref sum, p) + (value & valid), ref sum, p);
            TLanes.Store(TLanes.Load(ref count, p) + (one & valid), ref count, p);
        }
    }

    /// <summary><see cref="PerformanceLaw.WindowMean"/>: fills <see cref="SeriesChunk.Mean"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Window<TLanes>(SeriesChunk chunk, int minYears)
        where TLanes : struct, ILanes<TLanes, double>
    {
        for (int p = 0; p < chunk.Pixels; p += TLanes.Count)
        {
            ref double plane = ref chunk.Series.Span[p];
            if (chunk.SeriesComplete)
            {
                TLanes.Store(OfComplete<TLanes>(ref plane, 0, chunk.Years), ref chunk.Mean.First, p);
                continue;
            }

            (TLanes mean, TLanes count) = Of<TLanes>(ref plane, 0, chunk.Years);
            TLanes known = TLanes.LessOrEqual(TLanes.Broadcast(minYears), count);
            TLanes.Store(TLanes.Select(known, mean, TLanes.Broadcast(double.NaN)), ref chunk.Mean.First, p);
        }
    }
}
