namespace Ldn.Kernels;

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
        for (int i = 0; i < pairs; i++)
        {
            byte a = upper[2 * i], b = upper[(2 * i) + 1], c = lower[2 * i], d = lower[(2 * i) + 1];
            target[i] = a == b && c == d && a == c ? a : Of(a, b, c, d);
        }

        if (pairs < target.Length)
            target[pairs] = Of(upper[^1], upper[^1], lower[^1], lower[^1]);
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
