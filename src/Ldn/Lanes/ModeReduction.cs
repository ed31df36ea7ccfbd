using System.Numerics;

namespace Ldn.Lanes;

/// <summary>Halves a class raster: each cell takes the most frequent class of the 2 × 2 cells it covers.</summary>
public static class ModeReduction
{
    /// <summary>
    /// target[i] for one row. 0 is no data and counts only where all are; of equally frequent classes the smallest wins. A last column or row
    /// without a partner counts alone (pass the same row twice for the latter).
    /// </summary>
    /// <param name="upper">Upper source row.</param>
    /// <param name="lower">Lower source row, of the same length.</param>
    /// <param name="target">⌈length ÷ 2⌉ cells.</param>
    public static void Row(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, Span<byte> target)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(lower.Length, upper.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(target.Length, (upper.Length + 1) / 2);
        int pairs = upper.Length / 2;
        for (int i = Vectors(upper, lower, target); i < pairs; i++)
        {
            byte a = upper[2 * i], b = upper[(2 * i) + 1], c = lower[2 * i], d = lower[(2 * i) + 1];
            target[i] = a == b && c == d && a == c ? a : Of(a, b, c, d);
        }

        if (pairs < target.Length)
            target[pairs] = Of(upper[^1], upper[^1], lower[^1], lower[^1]);
    }

    /// <summary>
    /// The same, whole vectors at a time; returns how many cells that were. The four are sorted, with no data as the largest: then equal ones stand side by side, and the
    /// first pair is the most frequent class, or as frequent as any; without a pair the smallest is the answer.
    /// </summary>
    private static int Vectors(ReadOnlySpan<byte> upper, ReadOnlySpan<byte> lower, Span<byte> target)
    {
        int i = 0;
        if (!Vector.IsHardwareAccelerated)
            return i;
        Vector<byte> noData = Vector<byte>.AllBitsSet;
        for (; i <= (upper.Length / 2) - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            (Vector<byte> a, Vector<byte> b) = Pairs(upper[(2 * i)..]);
            (Vector<byte> c, Vector<byte> d) = Pairs(lower[(2 * i)..]);
            (a, b) = (Vector.Min(a, b), Vector.Max(a, b));
            (c, d) = (Vector.Min(c, d), Vector.Max(c, d));
            (a, c) = (Vector.Min(a, c), Vector.Max(a, c));
            (b, d) = (Vector.Min(b, d), Vector.Max(b, d));
            (b, c) = (Vector.Min(b, c), Vector.Max(b, c));
            Vector<byte> middle = Vector.AndNot(Vector.Equals(b, c), Vector.Equals(b, noData));
            Vector<byte> last = Vector.AndNot(Vector.Equals(c, d), Vector.Equals(c, noData));
            Vector<byte> first = Vector.Equals(a, b);
            Vector<byte> most = Vector.ConditionalSelect(first, a, Vector.ConditionalSelect(middle, b, Vector.ConditionalSelect(last, c, a)));
            (most + Vector<byte>.One).CopyTo(target[i..]);
        }

        return i;
    }

    /// <summary>The even and the odd cells of two vectors, less 1, so that no data (0) becomes the largest.</summary>
    private static (Vector<byte> Even, Vector<byte> Odd) Pairs(ReadOnlySpan<byte> cells)
    {
        Vector<ushort> first = Vector.AsVectorUInt16(new Vector<byte>(cells) - Vector<byte>.One);
        Vector<ushort> second = Vector.AsVectorUInt16(new Vector<byte>(cells[Vector<byte>.Count..]) - Vector<byte>.One);
        var low = new Vector<ushort>(byte.MaxValue);
        return (Vector.Narrow(first & low, second & low), Vector.Narrow(first >>> 8, second >>> 8));
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
