using Ldn.Rasters;

namespace Ldn.Zones;

/// <summary>
/// Transforms rings with as many points between their vertices as it takes for no edge to be off by more than 0.1 cell of the
/// grid (method §9): an edge is halved while its transformed midpoint lies off the straight line. Edges are judged from their
/// lesser end, so neighbours get the same points on a shared edge.
/// </summary>
/// <param name="transform">From the ring's system to the grid's.</param>
/// <param name="grid">Gives the size of a cell; a geographic one makes x periodic.</param>
/// <param name="longestStep">Edges longer than this (source units) are cut up before anything is judged.</param>
internal sealed class EdgeDensifier(ICoordinateTransform transform, Grid grid, double longestStep)
{
    /// <summary>Half of what the method allows, since the midpoint need not be the worst point.</summary>
    private const double Tolerance = 0.05;

    /// <summary>
    /// Longer edges (cells) are judged at their quarters too: a symmetric bend crosses its chord in the middle.
    /// </summary>
    private const double LongInCells = 16;

    /// <summary>Halvings after which an edge that still does not close has a break in it.</summary>
    private const int DeepestLevel = 32;

    private readonly List<double> _x = [];
    private readonly List<double> _y = [];
    private readonly List<double> _targetX = [];
    private readonly List<double> _targetY = [];
    private readonly List<int> _next = [];
    private readonly double _period = grid.Crs.IsGeographic ? 360 / grid.CellWidth : 0;

    /// <summary>Transforms a ring.</summary>
    /// <param name="ring">Open ring of source coordinates.</param>
    /// <param name="feature">How messages name the feature.</param>
    /// <returns>Coordinates of the grid's CRS, x and y apart; null where no vertex can be transformed: the ring lies outside of
    /// the projection's domain.</returns>
    /// <exception cref="LdnException">Exit 3: some points can be transformed and some cannot; the ring crosses a break of the
    /// projection.</exception>
    public (double[] X, double[] Y)? Densify(List<(double X, double Y)> ring, string feature)
    {
        foreach (List<double> list in (ReadOnlySpan<List<double>>)[_x, _y, _targetX, _targetY])
            list.Clear();
        _next.Clear();
        foreach ((double x, double y) in ring)
            AddPoint(x, y);
        TransformFrom(0);
        int failed = 0;
        for (int i = 0; i < ring.Count; i++)
            failed += double.IsFinite(_targetX[i]) && double.IsFinite(_targetY[i]) ? 0 : 1;
        if (failed == ring.Count)
            return null;
        if (failed > 0)
            throw Untransformable(feature);
        var open = new List<Segment>(ring.Count);
        for (int i = 0; i < ring.Count; i++)
        {
            _next[i] = (i + 1) % ring.Count;
            open.Add(new Segment(i, _next[i], LevelsNeeded(i, _next[i])));
        }

        for (int level = 0; open.Count > 0; level++)
            open = Halve(open, level, feature);
        return InOrder();
    }

    private List<Segment> Halve(List<Segment> open, int level, string feature)
    {
        int first = _x.Count;
        foreach (Segment segment in open)
            AddPoint((_x[segment.From] + _x[segment.To]) / 2, (_y[segment.From] + _y[segment.To]) / 2);
        TransformFrom(first);
        var still = new List<Segment>();
        for (int s = 0; s < open.Count; s++)
        {
            Segment segment = open[s];
            int middle = first + s;
            if (!double.IsFinite(_targetX[middle]) || !double.IsFinite(_targetY[middle]))
                throw Untransformable(feature);
            if (level >= segment.LevelsNeeded && IsStraight(segment.From, middle, segment.To))
                continue;
            if (level > segment.LevelsNeeded + DeepestLevel)
            {
                // In degrees the only break left is the pole, where all longitudes are one point and no row's centre lies
                // between.
                if (grid.Crs.IsGeographic)
                    continue;
                throw Fault.Polygons.Error(
                    $"{feature}: an edge crosses a break of the grid's CRS ({grid.Crs.Name})",
                    "cut the polygon there, or use a grid that does not reach the break");
            }

            _next[segment.From] = middle;
            _next[middle] = segment.To;
            still.Add(new Segment(segment.From, middle, segment.LevelsNeeded));
            still.Add(new Segment(middle, segment.To, segment.LevelsNeeded));
        }

        return still;
    }

    private int LevelsNeeded(int from, int to)
    {
        double length = Math.Max(Math.Abs(_x[to] - _x[from]), Math.Abs(_y[to] - _y[from]));
        int levels = length > longestStep ? (int)Math.Ceiling(Math.Log2(length / longestStep)) : 0;
        double chord = Math.Max(
            Math.Abs(InCells(_targetX[to] - _targetX[from])), Math.Abs((_targetY[to] - _targetY[from]) / grid.CellHeight));
        return chord > LongInCells ? levels + 1 : levels;
    }

    /// <summary>
    /// Whether the transformed midpoint lies on the chord, and near its middle: after a jump it would lie at one end.
    /// </summary>
    private bool IsStraight(int from, int middle, int to)
    {
        // One direction for both neighbours: rounding must not let one split what the other does not.
        if (_x[from] > _x[to] || (_x[from] == _x[to] && _y[from] > _y[to]))
            (from, to) = (to, from);
        double chordX = InCells(_targetX[to] - _targetX[from]), chordY = (_targetY[to] - _targetY[from]) / grid.CellHeight;
        double offX = InCells(_targetX[middle] - _targetX[from]) - (chordX / 2);
        double offY = ((_targetY[middle] - _targetY[from]) / grid.CellHeight) - (chordY / 2);
        double off = Math.Sqrt((offX * offX) + (offY * offY));
        if (off <= Tolerance)
            return true;
        double chord = Math.Sqrt((chordX * chordX) + (chordY * chordY));
        double across = Math.Abs((offX * chordY) - (offY * chordX));
        return across <= Tolerance * chord && off <= chord / 4;
    }

    private double InCells(double x)
    {
        double cells = x / grid.CellWidth;
        return _period > 0 ? cells - (_period * Math.Round(cells / _period)) : cells;
    }

    private void AddPoint(double x, double y)
    {
        _x.Add(x);
        _y.Add(y);
        _targetX.Add(x);
        _targetY.Add(y);
        _next.Add(-1);
    }

    private void TransformFrom(int first) => transform.Transform(
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_targetX)[first..],
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_targetY)[first..]);

    private (double[] X, double[] Y) InOrder()
    {
        var order = new List<int>();
        int at = 0;
        do
        {
            order.Add(at);
            at = _next[at];
        }
        while (at != 0);
        return ([.. order.Select(i => _targetX[i])], [.. order.Select(i => _targetY[i])]);
    }

    private LdnException Untransformable(string feature) => Fault.Polygons.Error(
        $"{feature}: part of it cannot be transformed to the grid's CRS ({grid.Crs.Name})",
        "clip the polygon to the area the projection is made for");

    private readonly record struct Segment(int From, int To, int LevelsNeeded);
}
