using System.Runtime.CompilerServices;
using Ldn.Lanes;
using Ldn.Productivity.Laws;

namespace Ldn.Productivity.Vectors;

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
        TLanes.Select(TLanes.LessOrEqual(TLanes.Abs(value), TLanes.Broadcast(double.MaxValue)), value, TLanes.Broadcast(double.NaN));
}
