using System.Runtime.InteropServices;
using Ldn.Rasters;

namespace Ldn.Zones;

/// <summary>
/// A run of cells of one row that lie in the same place (set of members, never the empty one): columns Start (inclusive) to End
/// (exclusive).
/// </summary>
internal readonly record struct PlaceSpan(int Start, int End, int Place);

/// <summary>
/// Where all polygons of a run lie: for each row the sorted, non-overlapping, maximal runs of cells with one set of members
/// (design: zones are row spans). Cells in no member are in no span. Immutable; memory grows with the spans.
/// </summary>
internal sealed class PlaceSpans
{
    private readonly Window _window;
    private readonly int[] _offsets;
    private readonly PlaceSpan[] _spans;

    private PlaceSpans(Window window, int[] offsets, PlaceSpan[] spans)
    {
        _window = window;
        _offsets = offsets;
        _spans = spans;
        Bounds = FindBounds();
    }

    /// <summary>The smallest window that holds every span, or null where there is none.</summary>
    public Window? Bounds { get; }

    /// <summary>Number of spans in all rows.</summary>
    public int SpanCount => _spans.Length;

    /// <summary>The spans of a row, left to right; none outside the window it was built for.</summary>
    public ReadOnlySpan<PlaceSpan> Row(int row)
    {
        int index = row - _window.Row;
        return (uint)index < (uint)(_offsets.Length - 1)
            ? _spans.AsSpan(_offsets[index], _offsets[index + 1] - _offsets[index])
            : default;
    }

    /// <summary>The place of a cell; 0, that of no member, outside all of them.</summary>
    public int PlaceAt(int row, int column)
    {
        ReadOnlySpan<PlaceSpan> spans = Row(row);
        int at = FirstEndingAfter(spans, column);
        return at < spans.Length && spans[at].Start <= column ? spans[at].Place : 0;
    }

    /// <summary>The spans that meet a window, clipped to it.</summary>
    public PlaceRuns Inside(Window window) => new(this, window);

    /// <summary>Overlays members, each given by its spans in any order.</summary>
    /// <param name="window">Cells to keep.</param>
    /// <param name="members">Member numbers, each once, with its spans as <see cref="PolygonSpans"/> and <see cref="RowSpans"/>
    /// give them.</param>
    /// <param name="index">Gives the places their numbers.</param>
    public static PlaceSpans Build(Window window, IReadOnlyList<(int Member, RowSpan[] Spans)> members, PlaceIndex index)
    {
        if (window.IsEmpty)
            return new PlaceSpans(window, [0], []);
        (int[] starts, long[] events) = SortIntoRows(window, members);
        var spans = new List<PlaceSpan>();
        int[] offsets = new int[window.Height + 1];
        var inside = new List<int>();
        var alone = new Dictionary<int, int>();
        int PlaceOf()
        {
            // Most cells lie in one member only.
            if (inside.Count != 1)
                return inside.Count == 0 ? 0 : index.Intern(CollectionsMarshal.AsSpan(inside));
            ref int place = ref CollectionsMarshal.GetValueRefOrAddDefault(alone, inside[0], out bool known);
            return known ? place : place = index.Intern([inside[0]]);
        }

        for (int row = 0; row < window.Height; row++)
        {
            Span<long> line = events.AsSpan(starts[row], starts[row + 1] - starts[row]);
            line.Sort();
            int rowStart = spans.Count, column = 0, place = 0;
            for (int i = 0; i < line.Length;)
            {
                int at = ColumnOf(line[i]);
                if (place != 0)
                    Append(spans, rowStart, new PlaceSpan(column, at, place));
                for (; i < line.Length && ColumnOf(line[i]) == at; i++)
                    Apply(line[i], inside);
                column = at;
                place = PlaceOf();
            }

            offsets[row + 1] = spans.Count;
        }

        return new PlaceSpans(window, offsets, [.. spans]);
    }

    /// <summary>Whether any span meets the window; blocks that none meets need not be read.</summary>
    public bool Touches(Window window)
    {
        if (Bounds is not { } bounds || bounds.Intersect(window).IsEmpty)
            return false;
        for (int row = Math.Max(window.Row, bounds.Row); row < Math.Min(window.EndRow, bounds.EndRow); row++)
        {
            ReadOnlySpan<PlaceSpan> spans = Row(row);
            int first = FirstEndingAfter(spans, window.Column);
            if (first < spans.Length && spans[first].Start < window.EndColumn)
                return true;
        }

        return false;
    }

    /// <summary>Cells of the window that lie in any member.</summary>
    public long CellCount(Window window)
    {
        long cells = 0;
        if (Bounds is not { } bounds || bounds.Intersect(window).IsEmpty)
            return 0;
        for (int row = Math.Max(window.Row, bounds.Row); row < Math.Min(window.EndRow, bounds.EndRow); row++)
        {
            ReadOnlySpan<PlaceSpan> spans = Row(row);
            for (int i = FirstEndingAfter(spans, window.Column); i < spans.Length && spans[i].Start < window.EndColumn; i++)
                cells += Math.Min(spans[i].End, window.EndColumn) - Math.Max(spans[i].Start, window.Column);
        }

        return cells;
    }

    /// <summary>
    /// Index of the first span of a row that ends right of a column: where a block that starts there begins to read the row.
    /// </summary>
    public static int FirstEndingAfter(ReadOnlySpan<PlaceSpan> row, int column)
    {
        int low = 0, high = row.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (row[middle].End <= column)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    /// <summary>Appends to a row under construction, joining a run to the one it continues.</summary>
    internal static void Append(List<PlaceSpan> spans, int rowStart, PlaceSpan span)
    {
        if (span.End <= span.Start)
            return;
        if (spans.Count > rowStart && spans[^1] is var last && last.End == span.Start && last.Place == span.Place)
            spans[^1] = last with { End = span.End };
        else
            spans.Add(span);
    }

    /// <summary>
    /// Two events a span, bucketed by row: column, then whether it begins, then the member, packed so that they sort by column.
    /// </summary>
    private static (int[] Starts, long[] Events) SortIntoRows(Window window, IReadOnlyList<(int Member, RowSpan[] Spans)> members)
    {
        int[] starts = new int[window.Height + 1];
        foreach ((_, RowSpan[] spans) in members)
            foreach (RowSpan span in spans)
                if (Clip(window, span, out _, out _))
                    starts[span.Row - window.Row + 1] += 2;
        for (int row = 0; row < window.Height; row++)
            starts[row + 1] = checked(starts[row + 1] + starts[row]);
        long[] events = new long[starts[window.Height]];
        int[] next = starts[..^1];
        foreach ((int member, RowSpan[] spans) in members)
        {
            foreach (RowSpan span in spans)
            {
                if (!Clip(window, span, out int start, out int end))
                    continue;
                ref int at = ref next[span.Row - window.Row];
                events[at++] = ((long)start << 32) | 0x80000000L | (uint)member;
                events[at++] = ((long)end << 32) | (uint)member;
            }
        }

        return (starts, events);
    }

    private static bool Clip(Window window, RowSpan span, out int start, out int end)
    {
        start = Math.Max(span.Start, window.Column);
        end = Math.Min(span.End, window.EndColumn);
        return span.Row >= window.Row && span.Row < window.EndRow && start < end;
    }

    private static int ColumnOf(long happening) => (int)(happening >> 32);

    private static void Apply(long happening, List<int> inside)
    {
        int member = (int)(happening & 0x7FFFFFFF);
        int at = CollectionsMarshal.AsSpan(inside).BinarySearch(member);
        bool begins = (happening & 0x80000000L) != 0;
        if (begins == at >= 0)
            throw new ArgumentException($"the spans of member {member} overlap, or the member is given twice");
        if (begins)
            inside.Insert(~at, member);
        else
            inside.RemoveAt(at);
    }

    private Window? FindBounds()
    {
        int left = int.MaxValue, right = int.MinValue, top = -1, bottom = -1;
        for (int row = _window.Row; row < _window.EndRow; row++)
        {
            ReadOnlySpan<PlaceSpan> spans = Row(row);
            if (spans.IsEmpty)
                continue;
            top = top < 0 ? row : top;
            bottom = row;
            left = Math.Min(left, spans[0].Start);
            right = Math.Max(right, spans[^1].End);
        }

        return top < 0 ? null : new Window(left, top, right - left, bottom - top + 1);
    }
}

/// <summary>
/// Cells of a window, counted row by row from its corner, that lie in one place: Start (inclusive) to End (exclusive), all in one
/// row.
/// </summary>
internal readonly record struct PlaceRun(int Start, int End, int Place)
{
    public int Length => End - Start;
}

/// <summary>Goes through the spans that meet a window, clipped to it: row by row, left to right.</summary>
internal ref struct PlaceRuns
{
    private readonly PlaceSpans _places;
    private readonly Window _window;
    private ReadOnlySpan<PlaceSpan> _spans;
    private int _row = -1;
    private int _next;

    internal PlaceRuns(PlaceSpans places, Window window) => (_places, _window) = (places, window);

    public PlaceRun Current { get; private set; }

    public readonly PlaceRuns GetEnumerator() => this;

    public bool MoveNext()
    {
        while (_next >= _spans.Length || _spans[_next].Start >= _window.EndColumn)
        {
            if (++_row >= _window.Height)
                return false;
            _spans = _places.Row(_window.Row + _row);
            _next = PlaceSpans.FirstEndingAfter(_spans, _window.Column);
        }

        PlaceSpan span = _spans[_next++];
        int rowStart = (_row * _window.Width) - _window.Column;
        Current = new PlaceRun(
            rowStart + Math.Max(span.Start, _window.Column), rowStart + Math.Min(span.End, _window.EndColumn), span.Place);
        return true;
    }
}
