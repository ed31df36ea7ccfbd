namespace Ldn.Zones;

/// <summary>
/// A run of cells of one row: columns <paramref name="Start"/> (inclusive) to <paramref name="End"/> (exclusive), from 0.
/// </summary>
internal readonly record struct RowSpan(int Row, int Start, int End)
{
    /// <summary>Cells in the run.</summary>
    public int Length => End - Start;
}

/// <summary>Sets of cells as sorted, disjoint, maximal row spans.</summary>
internal static class RowSpans
{
    /// <summary>The union of spans in any order: sorted, overlapping and touching ones merged, empty ones dropped.</summary>
    public static RowSpan[] Union(ReadOnlySpan<RowSpan> spans)
    {
        RowSpan[] sorted = spans.ToArray();
        long[] keys = new long[sorted.Length];
        for (int i = 0; i < keys.Length; i++)
            keys[i] = ((long)sorted[i].Row << 32) + sorted[i].Start;
        Array.Sort(keys, sorted);
        int count = 0;
        foreach (RowSpan span in sorted)
        {
            if (span.End <= span.Start)
                continue;
            if (count > 0 && sorted[count - 1].Row == span.Row && span.Start <= sorted[count - 1].End)
                sorted[count - 1] = sorted[count - 1] with { End = Math.Max(sorted[count - 1].End, span.End) };
            else
                sorted[count++] = span;
        }

        return sorted.AsSpan(0, count).ToArray();
    }

    /// <summary>
    /// The cells in both of two sets of spans, each sorted and without overlaps (as <see cref="Union"/> gives them).
    /// </summary>
    public static RowSpan[] Intersect(ReadOnlySpan<RowSpan> left, ReadOnlySpan<RowSpan> right)
    {
        var both = new List<RowSpan>();
        for (int l = 0, r = 0; l < left.Length && r < right.Length;)
        {
            if (left[l].Row != right[r].Row)
            {
                _ = left[l].Row < right[r].Row ? l++ : r++;
                continue;
            }

            int start = Math.Max(left[l].Start, right[r].Start), end = Math.Min(left[l].End, right[r].End);
            if (start < end)
                both.Add(new RowSpan(left[l].Row, start, end));
            _ = left[l].End < right[r].End ? l++ : r++;
        }

        return [.. both];
    }

    /// <summary>Number of cells.</summary>
    public static long CellCount(ReadOnlySpan<RowSpan> spans)
    {
        long cells = 0;
        foreach (RowSpan span in spans)
            cells += span.Length;
        return cells;
    }
}
