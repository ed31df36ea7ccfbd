namespace Ldn.Zones;

/// <summary>Joins a row's spans with zones that come as a raster and are known only when the block has been read.</summary>
public static class PlaceOverlay
{
    /// <summary>
    /// Appends to <paramref name="output"/> the spans of the columns <paramref name="firstColumn"/> … + length of
    /// <paramref name="memberPerColumn"/>: the static spans of the row, each cell's raster member added. Sorted, non-overlapping and maximal like the row itself;
    /// cells in no member are left out. Several raster layers: overlay one after the other, each on the spans of the one before.
    /// </summary>
    /// <param name="index">Gives new sets their numbers; may be shared by all workers.</param>
    /// <param name="row">The row's spans; parts outside the columns are ignored.</param>
    /// <param name="memberPerColumn">The member of each column, or −1 for none.</param>
    /// <param name="firstColumn">Column of the first value.</param>
    /// <param name="output">Receives the spans after what it holds already.</param>
    public static void Overlay(
        PlaceIndex index, ReadOnlySpan<PlaceSpan> row, ReadOnlySpan<int> memberPerColumn, int firstColumn, List<PlaceSpan> output)
    {
        int rowStart = output.Count, endColumn = firstColumn + memberPerColumn.Length;
        int next = PlaceSpans.FirstEndingAfter(row, firstColumn);
        for (int column = firstColumn; column < endColumn;)
        {
            int member = memberPerColumn[column - firstColumn];
            int same = memberPerColumn[(column - firstColumn)..].IndexOfAnyExcept(member);
            int runEnd = same < 0 ? endColumn : column + same;
            while (column < runEnd)
            {
                bool covered = next < row.Length && row[next].Start <= column;
                int end = covered ? Math.Min(runEnd, row[next].End)
                    : next < row.Length ? Math.Min(runEnd, row[next].Start)
                    : runEnd;
                int place = covered ? row[next].Place : 0;
                if (member >= 0)
                    place = index.With(place, member);
                if (place != 0)
                    PlaceSpans.Append(output, rowStart, new PlaceSpan(column, end, place));
                if (covered && row[next].End == end)
                    next++;
                column = end;
            }
        }
    }
}
