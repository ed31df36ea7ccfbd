using System.Numerics;
using System.Runtime.CompilerServices;
using Ldn.Lanes;
using Ldn.Productivity.Laws;

namespace Ldn.Productivity.Vectors;

/// <summary>
/// <see cref="MannKendall"/> for a chunk: comparisons counted in integer lanes. A missing value compares as neither above nor
/// below, so gaps cost nothing.
/// </summary>
internal static class SimdMannKendall
{
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
        TLanes years = TLanes.Broadcast(T.CreateTruncating(chunk.Years));
        TLanes incomplete = TLanes.Zero;
        for (int p = 0; p < chunk.Pixels; p += TLanes.Count)
        {
            (TLanes rising, TLanes falling, TLanes valid) = Count<TLanes, T>(ref Unsafe.Add(ref planes.First, p), chunk.Years);
            TLanes.StoreSingles(valid, ref chunk.Valid.First, p);
            TLanes.StoreSingles(rising - falling, ref chunk.S.First, p);
            TLanes.StoreSingles(TLanes.Zero, ref chunk.TieTerm.First, p);
            incomplete |= TLanes.Less(valid, years);
            TLanes pairs = valid * (valid - one) * half;
            if (TLanes.Any(TLanes.Less(rising + falling, pairs)))
                TieTerms<TLanes, T>(chunk, planes, p);
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
        TLanes two = TLanes.Broadcast(T.CreateTruncating(2)), seven = TLanes.Broadcast(T.CreateTruncating(7)), one = TLanes.Broadcast(T.One);
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

        TLanes.StoreSingles(term, ref chunk.TieTerm.First, p);
    }
}
