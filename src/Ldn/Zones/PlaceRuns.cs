using Ldn.Rasters;

namespace Ldn.Zones;

/// <summary>
/// Cells of a window, counted row by row from its corner, that lie in one place: Start (inclusive) to End (exclusive), all in one
/// row.
/// </summary>
public readonly record struct PlaceRun(int Start, int End, int Place)
{
    public int Length => End - Start;
}

/// <summary>Goes through the spans that meet a window, clipped to it: row by row, left to right.</summary>
public ref struct PlaceRuns
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
