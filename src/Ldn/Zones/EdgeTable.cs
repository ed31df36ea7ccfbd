using System.Runtime.InteropServices;
using Ldn.Rasters;

namespace Ldn.Zones;

/// <summary>
/// The edges of one polygon, swept row by row with a list of active edges: memory grows with edges and spans, not with crossings.
/// Edges left of the window only flip the parity a row starts with, two numbers each however tall they are; edges right of it,
/// above or below are dropped.
/// </summary>
internal sealed class EdgeTable(Window window)
{
    private readonly List<Edge> _edges = [];
    private readonly List<int> _leftFlips = [];

    /// <summary>First row and index of each edge in one number: sorting plain numbers beats sorting edges.</summary>
    private readonly List<long> _order = [];
    private int[] _active = new int[16];
    private int _activeCount;
    private int[] _columns = new int[16];

    public void Clear()
    {
        _edges.Clear();
        _leftFlips.Clear();
        _order.Clear();
        _activeCount = 0;
    }

    /// <summary>Adds a ring of checked coordinates; an open one is closed.</summary>
    public void Add(ReadOnlySpan<double> ring)
    {
        if (ring.Length < 6 || window.IsEmpty)
            return;
        double x = ring[^2], y = ring[^1];
        for (int i = 0; i < ring.Length; i += 2)
        {
            AddEdge(x, y, ring[i], ring[i + 1]);
            x = ring[i];
            y = ring[i + 1];
        }
    }

    /// <summary>Appends the polygon's spans, row by row, left to right.</summary>
    public void Emit(List<RowSpan> spans)
    {
        Span<long> order = CollectionsMarshal.AsSpan(_order);
        order.Sort();
        _leftFlips.Sort();
        int nextEdge = 0, nextFlip = 0;
        int first = order.Length > 0 ? RowOf(order[0]) : int.MaxValue;
        if (_leftFlips.Count > 0)
            first = Math.Min(first, _leftFlips[0]);
        for (int row = first; row < window.EndRow; row++)
        {
            while (nextFlip < _leftFlips.Count && _leftFlips[nextFlip] <= row)
                nextFlip++;
            for (; nextEdge < order.Length && RowOf(order[nextEdge]) <= row; nextEdge++)
                Activate((int)order[nextEdge]);
            bool startsInside = nextFlip % 2 != 0;
            if (_activeCount > 0 || startsInside)
                EmitRow(row, startsInside, spans);
            else if (nextEdge < order.Length || nextFlip < _leftFlips.Count)
            {
                // Nothing here: go on to the next row where something begins.
                int edge = nextEdge < order.Length ? RowOf(order[nextEdge]) : int.MaxValue;
                row = Math.Min(edge, nextFlip < _leftFlips.Count ? _leftFlips[nextFlip] : int.MaxValue) - 1;
            }
            else
                return;
        }
    }

    private void AddEdge(double x0, double y0, double x1, double y1)
    {
        // Downwards whichever way the ring runs, so that both neighbours of a shared edge compute the same crossings.
        if (y0 > y1)
            (x0, y0, x1, y1) = (x1, y1, x0, y0);
        int first = RowAtOrBelow(y0), end = RowAtOrBelow(y1);
        if (first >= end || Math.Min(x0, x1) > window.EndColumn)
            return;
        if (Math.Max(x0, x1) <= window.Column)
        {
            _leftFlips.Add(first);
            _leftFlips.Add(end);
        }
        else
        {
            _order.Add(((long)first << 32) | (uint)_edges.Count);
            _edges.Add(new Edge(end, x0, y0, x1 - x0, y1 - y0));
        }
    }

    private static int RowOf(long order) => (int)(order >> 32);

    private void Activate(int edge)
    {
        if (_activeCount == _active.Length)
            Array.Resize(ref _active, 2 * _activeCount);
        _active[_activeCount++] = edge;
    }

    /// <summary>The first row of the window whose centre is at or below y.</summary>
    private int RowAtOrBelow(double y) => (int)Math.Clamp(Math.Ceiling(y - 0.5), window.Row, window.EndRow);

    private void EmitRow(int row, bool startsInside, List<RowSpan> spans)
    {
        if (_columns.Length < _activeCount + 2)
            _columns = new int[(2 * _activeCount) + 2];
        int count = 0, kept = 0;
        if (startsInside)
            _columns[count++] = window.Column;
        double centre = row + 0.5;
        Span<Edge> edges = CollectionsMarshal.AsSpan(_edges);
        for (int i = 0; i < _activeCount; i++)
        {
            ref Edge edge = ref edges[_active[i]];
            if (edge.End <= row)
                continue;
            _active[kept++] = _active[i];

            // Multiplied before divided: a crossing that falls exactly on a centre comes out exactly.
            double x = edge.X + ((centre - edge.Y) * edge.Dx / edge.Dy);
            _columns[count++] = (int)Math.Clamp(Math.Floor(x - 0.5) + 1, window.Column, window.EndColumn);
        }

        _activeCount = kept;

        // An odd count means that the closing edge lies right of the window.
        if (count % 2 != 0)
            _columns[count++] = window.EndColumn;
        _columns.AsSpan(0, count).Sort();
        int open = -1;
        for (int i = 0; i < count; i += 2)
        {
            int start = _columns[i], end = _columns[i + 1];
            if (start == end)
                continue;
            if (open >= 0 && spans[open].End == start)
                spans[open] = spans[open] with { End = end };
            else
            {
                open = spans.Count;
                spans.Add(new RowSpan(row, start, end));
            }
        }
    }

    /// <summary>An edge running downwards, crossed in the rows up to End (exclusive).</summary>
    private readonly record struct Edge(int End, double X, double Y, double Dx, double Dy);
}

/// <summary>
/// Scan conversion of polygons to row spans (method §9): a cell belongs to the polygon that holds its centre. Coordinates are in
/// cells: x in columns, y in rows, the centre of cell (c, r) at (c + 0.5, r + 0.5). A centre exactly on an edge goes to exactly
/// one side: a row's centre line meets an edge from its upper end (inclusive) to its lower end (exclusive), and a cell is inside
/// from left &lt; centre to centre ≤ right. Each crossing is computed from the upper end of its edge, so the two polygons that
/// share an edge see the same number, whichever way they run along it. Inside is even-odd within a polygon (outer ring and
/// holes), the union over a feature's polygons.
/// </summary>
internal static class PolygonSpans
{
    /// <summary>Magnitudes beyond this could overflow in products; no grid comes near it.</summary>
    private const double Largest = 1e100;

    /// <summary>Converts one feature.</summary>
    /// <param name="polygons">Polygons, each a list of rings, each x and y alternating, closed or not.</param>
    /// <param name="window">Cells to consider; geometry may lie anywhere.</param>
    /// <param name="feature">How messages name the feature, for example <c>feature 3 (RUS)</c>.</param>
    /// <returns>Sorted, disjoint, maximal spans inside the window; empty where no centre is inside.</returns>
    /// <exception cref="LdnException">Exit 3: a coordinate is not a number, infinite or absurdly large; a ring has a lone
    /// ordinate.</exception>
    public static RowSpan[] Scan(IReadOnlyList<IReadOnlyList<double[]>> polygons, Window window, string feature)
    {
        var spans = new List<RowSpan>();
        var table = new EdgeTable(window);
        int filled = 0;
        foreach (IReadOnlyList<double[]> polygon in polygons)
        {
            table.Clear();
            foreach (double[] ring in polygon)
            {
                Check(ring, feature);
                table.Add(ring);
            }

            int before = spans.Count;
            table.Emit(spans);
            if (spans.Count > before)
                filled++;
        }

        return filled > 1 ? RowSpans.Union(CollectionsMarshal.AsSpan(spans)) : [.. spans];
    }

    /// <summary>Refuses coordinates that are no places.</summary>
    /// <exception cref="LdnException">Exit 3, naming the feature.</exception>
    internal static void Check(double[] ring, string feature)
    {
        if (ring.Length % 2 != 0)
            throw Fault.Polygons.Error($"{feature}: a ring has {ring.Length} ordinates, not pairs of x and y");
        foreach (double value in ring)
            if (!(Math.Abs(value) < Largest))
                throw Fault.Polygons.Error($"{feature}: a vertex has the coordinate {value}", "repair the geometry");
    }
}
