using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ldn.Lanes;

/// <summary>Halves a class raster: each cell takes the most frequent class of the 2 × 2 cells it covers.</summary>
internal static class ModeReduction
{
    /// <summary>
    /// target[i] for one row. 0 is no data and counts only where all are; of equally frequent classes the smallest wins. A last
    /// column or row without a partner counts alone (pass the same row twice for the latter).
    /// </summary>
    /// <param name="upper">Upper source row.</param>
    /// <param name="lower">Lower source row, of the same length.</param>
    /// <param name="target">⌈length ÷ 2⌉ cells.</param>
    public static void Row(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, Span<byte> target) =>
        Row(upper, lower, target, Simd.Widest);

    internal static void Row(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, Span<byte> target, SimdLevel level)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(lower.Length, upper.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(target.Length, (upper.Length + 1) / 2);
        int pairs = upper.Length / 2, i = level switch
        {
            SimdLevel.Vector512 => Vectors<Lanes512<byte>>(upper, lower, target),
            SimdLevel.Vector256 => Vectors<Lanes256<byte>>(upper, lower, target),
            SimdLevel.Vector128 => Vectors<Lanes128<byte>>(upper, lower, target),
            _ => 0,
        };
        for (; i < pairs; i++)
        {
            byte a = upper[2 * i], b = upper[(2 * i) + 1], c = lower[2 * i], d = lower[(2 * i) + 1];
            target[i] = a == b && c == d && a == c ? a : Of(a, b, c, d);
        }

        if (pairs < target.Length)
            target[pairs] = Of(upper[^1], upper[^1], lower[^1], lower[^1]);
    }

    /// <summary>
    /// The same, whole vectors at a time; returns how many cells that were. The four are sorted, with no data as the largest:
    /// then equal ones stand side by side, and the first pair is the most frequent class, or as frequent as any; without a pair
    /// the smallest is the answer.
    /// </summary>
    private static int Vectors<T>(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, Span<byte> target)
        where T : struct, ILanes<T, byte>
    {
        ref byte above = ref MemoryMarshal.GetReference(upper);
        ref byte below = ref MemoryMarshal.GetReference(lower);
        ref byte result = ref MemoryMarshal.GetReference(target);
        T noData = T.Broadcast(byte.MaxValue), one = T.Broadcast(1);
        int i = 0;
        for (; i <= (upper.Length / 2) - T.Count; i += T.Count)
        {
            (T a, T b) = Pairs<T>(ref above, 2 * i);
            (T c, T d) = Pairs<T>(ref below, 2 * i);
            (a, b) = (T.Min(a, b), T.Max(a, b));
            (c, d) = (T.Min(c, d), T.Max(c, d));
            (a, c) = (T.Min(a, c), T.Max(a, c));
            (b, d) = (T.Min(b, d), T.Max(b, d));
            (b, c) = (T.Min(b, c), T.Max(b, c));
            T last = T.Select(T.Equal(c, d), T.Select(T.Equal(c, noData), a, c), a);
            T middle = T.Select(T.Equal(b, c), T.Select(T.Equal(b, noData), last, b), last);
            T.Store(T.Select(T.Equal(a, b), a, middle) + one, ref result, i);
        }

        return i;
    }

    /// <summary>The even and the odd cells of two vectors, less 1, so that no data (0) becomes the largest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (T Even, T Odd) Pairs<T>(ref byte cells, int index)
        where T : struct, ILanes<T, byte>
    {
        T one = T.Broadcast(1);
        return T.Unzip(T.Load(ref cells, index) - one, T.Load(ref cells, index + T.Count) - one);
    }

    private static byte Of(byte a, byte b, byte c, byte d)
    {
        Span<byte> cells = [a, b, c, d];
        byte best = 0;
        int most = 0;
        foreach (byte candidate in cells)
        {
            int count = cells.Count(candidate);
            if (candidate != 0 && (count > most || (count == most && candidate < best)))
                (best, most) = (candidate, count);
        }

        return best;
    }
}
