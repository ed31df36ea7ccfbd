using Ldn.Rasters;

namespace Ldn.Zones;

/// <summary>
/// Brings polygons onto a grid, in cell coordinates for <see cref="PolygonSpans"/> (method §9). In longitudes and latitudes,
/// neighbouring vertices more than 180° apart are read as a step over the antimeridian; rings may run beyond ±180°; what lies a
/// whole turn from the grid is shifted to where the grid lies, to two places if need be; a ring round a pole is closed by way of
/// it. Into another CRS, edges get intermediate points until none is off by more than 0.1 cell, after a cut to the grid's
/// footprint and along the projection's seam: parts elsewhere on earth are dropped, whether they could be projected or not. For
/// one thread at a time.
/// </summary>
internal sealed class PolygonProjector : IDisposable
{
    /// <summary>Points on a seam are moved by this (degrees, 0.1 mm) to the side their polygon lies on.</summary>
    private const double Nudge = 1e-9;

    /// <summary>No edge in degrees is judged whole beyond this length.</summary>
    private const double LongestStep = 2;

    private readonly Grid _grid;
    private readonly Crs _source;
    private readonly ICoordinateTransform? _toGeographic;
    private readonly ICoordinateTransform? _toGrid;
    private readonly GridFootprint? _footprint;
    private readonly EdgeDensifier? _densifier;

    /// <param name="source">CRS of the polygons.</param>
    /// <param name="grid">Grid to bring them to.</param>
    /// <param name="geodata">Compares and transforms systems.</param>
    public PolygonProjector(Crs source, Grid grid, IGeodata geodata)
    {
        _grid = grid;
        _source = source;
        if (geodata.SameCrs(source, grid.Crs))
            return;
        if (!source.IsGeographic)
        {
            _toGrid = geodata.CreateTransform(source, grid.Crs);
            _densifier = new EdgeDensifier(_toGrid, grid, double.PositiveInfinity);
            return;
        }

        Crs geographic = grid.Crs.IsGeographic ? grid.Crs : geodata.GeographicOf(grid.Crs);
        if (!geodata.SameCrs(source, geographic))
            _toGeographic = geodata.CreateTransform(source, geographic);
        if (grid.Crs.IsGeographic)
            return;
        _toGrid = new NormalLongitude(geodata.CreateTransform(geographic, grid.Crs));
        using ICoordinateTransform inverse = geodata.CreateTransform(grid.Crs, geographic);
        _footprint = GridFootprint.Of(grid, inverse, _toGrid);
        _densifier = new EdgeDensifier(_toGrid, grid, LongestStep);
    }

    /// <summary>
    /// The cells of the grid whose centres a feature holds: <see cref="Project"/> and <see cref="PolygonSpans.Scan"/> in one.
    /// </summary>
    /// <param name="feature">The feature, in the source CRS.</param>
    /// <param name="name">How messages name it.</param>
    /// <param name="window">Cells to consider; the whole grid when null.</param>
    /// <exception cref="LdnException">Exit 3, as for the two.</exception>
    public RowSpan[] Spans(VectorFeature feature, string name, Window? window = null) =>
        PolygonSpans.Scan(Project(feature.Polygons, name), window ?? _grid.Extent, name);

    /// <summary>
    /// Polygons in cell coordinates of the grid (x in columns, y in rows); their number may differ, the even-odd inside is what
    /// counts.
    /// </summary>
    /// <exception cref="LdnException">
    /// Exit 3: coordinates that are no numbers; latitudes beyond ±90° or longitudes beyond ±720°; a polygon that reaches from the
    /// domain of the grid's projection into where it has no values, or across one of its breaks other than a meridian.
    /// </exception>
    public IReadOnlyList<IReadOnlyList<double[]>> Project(IReadOnlyList<IReadOnlyList<double[]>> polygons, string name)
    {
        var result = new List<IReadOnlyList<double[]>>(polygons.Count);
        foreach (IReadOnlyList<double[]> polygon in polygons)
        {
            if (_source.IsGeographic)
                ProjectGeographic(polygon, name, result);
            else
                ProjectPlane(polygon, name, result);
        }

        return result;
    }

    public void Dispose()
    {
        _toGeographic?.Dispose();
        _toGrid?.Dispose();
    }

    private void ProjectPlane(IReadOnlyList<double[]> polygon, string name, List<IReadOnlyList<double[]>> result)
    {
        var plane = new List<double[]>();
        var round = new List<LonLatRing>();
        foreach (double[] ring in polygon)
        {
            PolygonSpans.Check(ring, name);
            if (_densifier is null)
            {
                plane.Add(ToCells(ring.Length / 2, i => ring[2 * i], i => ring[(2 * i) + 1]));
                continue;
            }

            List<(double X, double Y)> points = Open(ring);
            if (points.Count < 3 || _densifier.Densify(points, name) is not { } projected)
                continue;
            if (_grid.Crs.IsGeographic)
                round.Add(LonLatRing.Continue(projected.X, projected.Y, wholeTurnsAreEdges: false, name));
            else
                plane.Add(ToCells(projected.X.Length, i => projected.X[i], i => projected.Y[i]));
        }

        if (plane.Count > 0)
            result.Add(plane);
        if (round.Count > 0)
            AddRound(round, result);
    }

    private void ProjectGeographic(IReadOnlyList<double[]> polygon, string name, List<IReadOnlyList<double[]>> result)
    {
        var rings = new List<LonLatRing>(polygon.Count);
        foreach (double[] ring in polygon)
            if (LonLatRing.Unwrap(ring, name) is { } unwrapped)
                rings.Add(_toGeographic is null ? unwrapped : Moved(unwrapped, name));
        if (rings.Count == 0)
            return;
        if (_grid.Crs.IsGeographic)
            AddRound(rings, result);
        else
            AddCut(rings, name, result);
    }

    private LonLatRing Moved(LonLatRing ring, string name)
    {
        double[] lon = [.. ring.Lon], lat = [.. ring.Lat];
        _toGeographic!.Transform(lon, lat);
        return lon.AsSpan().ContainsAny(double.NaN, double.PositiveInfinity)
            ? throw Fault.Polygons.Error($"{name}: part of it cannot be transformed to the grid's datum")
            : ring.Moved(lon, lat);
    }

    /// <summary>
    /// Repeats rings at every whole turn that meets a geographic grid. All in one even-odd polygon, so that a hole counts
    /// wherever its turn lies. A polygon wider than the earth overlaps itself: there each turn is a polygon of its own, and their
    /// union is taken.
    /// </summary>
    private void AddRound(List<LonLatRing> rings, List<IReadOnlyList<double[]>> result)
    {
        List<LonLatRing> closed = [.. rings.Select(ring => ring.ClosedByPole())];
        double west = _grid.OriginX, east = west + (_grid.Width * _grid.CellWidth);
        foreach (List<(LonLatRing Ring, int Turn)> polygon in Turns(closed, west, east))
        {
            result.Add([.. polygon.Select(copy => ToCells(
                copy.Ring.Lon.Length,
                i => copy.Ring.Lon[i] + (360.0 * (copy.Ring.Turn[i] + copy.Turn)),
                i => copy.Ring.Lat[i]))]);
        }
    }

    /// <summary>The rings at each turn that brings them between two meridians, as even-odd polygons.</summary>
    private static IEnumerable<List<(LonLatRing Ring, int Turn)>> Turns(List<LonLatRing> rings, double west, double east)
    {
        var copies = new List<(LonLatRing Ring, int Turn)>();
        foreach (LonLatRing ring in rings)
            for (int turn = (int)Math.Ceiling((west - ring.Max) / 360); ring.Min + (360.0 * turn) <= east; turn++)
                copies.Add((ring, turn));
        bool overlapsItself = rings[0].Max - rings[0].Min > 360 + 1e-6;
        return overlapsItself ? copies.GroupBy(copy => copy.Turn).Select(group => group.ToList()) : [copies];
    }

    private void AddCut(List<LonLatRing> rings, string name, List<IReadOnlyList<double[]>> result)
    {
        List<LonLatRing> closed = [.. rings.Select(ring => ring.ClosedByPole())];
        foreach (Strip strip in _footprint!.Strips)
        {
            foreach (List<(LonLatRing Ring, int Turn)> polygon in Turns(closed, strip.West, strip.East))
            {
                var pieces = new List<double[]>();
                foreach ((LonLatRing ring, int turn) in polygon)
                {
                    List<(double X, double Y)> piece = Cut(ring, turn, strip);
                    if (piece.Count > 2 && _densifier!.Densify(piece, name) is { } projected)
                        pieces.Add(ToCells(projected.X.Length, i => projected.X[i], i => projected.Y[i]));
                }

                if (pieces.Count > 0)
                    result.Add(pieces);
            }
        }
    }

    private List<(double X, double Y)> Cut(LonLatRing ring, int turn, Strip strip)
    {
        var points = new List<(double X, double Y)>(ring.Lon.Length);
        for (int i = 0; i < ring.Lon.Length; i++)
            points.Add((ring.Lon[i] + (360.0 * (ring.Turn[i] + turn)), ring.Lat[i]));
        points = RingClip.ByX(points, strip.West, keepGreater: true);
        points = RingClip.ByX(points, strip.East, keepGreater: false);
        points = RingClip.ByY(points, _footprint!.South, keepGreater: true);
        points = RingClip.ByY(points, _footprint.North, keepGreater: false);
        return _footprint.HasSeam
            ? points.ConvertAll(point => (Math.Clamp(point.X, strip.West + Nudge, strip.East - Nudge), point.Y))
            : points;
    }

    private double[] ToCells(int count, Func<int, double> x, Func<int, double> y)
    {
        double[] cells = new double[2 * count];
        for (int i = 0; i < count; i++)
        {
            cells[2 * i] = (x(i) - _grid.OriginX) / _grid.CellWidth;
            cells[(2 * i) + 1] = (y(i) - _grid.OriginY) / _grid.CellHeight;
        }

        return cells;
    }

    private static List<(double X, double Y)> Open(double[] ring)
    {
        var points = new List<(double X, double Y)>(ring.Length / 2);
        for (int i = 0; i < ring.Length; i += 2)
            points.Add((ring[i], ring[i + 1]));
        if (points.Count > 1 && points[0] == points[^1])
            points.RemoveAt(points.Count - 1);
        return points;
    }

    /// <summary>Gives every meridian one number before it is projected.</summary>
    private sealed class NormalLongitude(ICoordinateTransform inner) : ICoordinateTransform
    {
        public void Transform(Span<double> x, Span<double> y)
        {
            foreach (ref double lon in x)
                lon = GridFootprint.Normal(lon);
            inner.Transform(x, y);
        }

        public void Dispose() => inner.Dispose();
    }
}

/// <summary>
/// Clips a ring to a half-plane (Sutherland–Hodgman): what lies beyond is flattened onto the boundary, which leaves even-odd
/// insides right on the kept side, for concave and self-crossing rings too. Rings are x and y alternating, open.
/// </summary>
internal static class RingClip
{
    /// <summary>Keeps x ≥ limit (or ≤).</summary>
    public static List<(double X, double Y)> ByX(List<(double X, double Y)> ring, double limit, bool keepGreater) =>
        Clip(ring, limit, keepGreater, byX: true);

    /// <summary>Keeps y ≥ limit (or ≤).</summary>
    public static List<(double X, double Y)> ByY(List<(double X, double Y)> ring, double limit, bool keepGreater) =>
        Clip(ring, limit, keepGreater, byX: false);

    private static List<(double X, double Y)> Clip(List<(double X, double Y)> ring, double limit, bool keepGreater, bool byX)
    {
        bool Inside((double X, double Y) point)
        {
            double value = byX ? point.X : point.Y;
            return keepGreater ? value >= limit : value <= limit;
        }

        if (ring.TrueForAll(Inside))
            return ring;
        var kept = new List<(double X, double Y)>(ring.Count + 4);
        if (ring.Count == 0)
            return kept;
        (double X, double Y) previous = ring[^1];
        bool previousInside = Inside(previous);
        foreach ((double X, double Y) point in ring)
        {
            bool inside = Inside(point);
            if (inside != previousInside)
                kept.Add(byX ? CrossX(previous, point, limit) : CrossY(previous, point, limit));
            if (inside)
                kept.Add(point);
            (previous, previousInside) = (point, inside);
        }

        return kept;
    }

    /// <summary>From the lesser end, so that both neighbours of a shared edge cut it at the same point.</summary>
    private static (double X, double Y) CrossX((double X, double Y) a, (double X, double Y) b, double limit)
    {
        if (a.X > b.X)
            (a, b) = (b, a);
        return (limit, a.Y + ((limit - a.X) * (b.Y - a.Y) / (b.X - a.X)));
    }

    private static (double X, double Y) CrossY((double X, double Y) a, (double X, double Y) b, double limit)
    {
        if (a.Y > b.Y)
            (a, b) = (b, a);
        return (a.X + ((limit - a.Y) * (b.X - a.X) / (b.Y - a.Y)), limit);
    }
}
