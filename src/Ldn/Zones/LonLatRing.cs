namespace Ldn.Zones;

/// <summary>
/// A ring of longitudes and latitudes (degrees) made continuous: vertex i lies at <c>Lon[i] + 360 · Turn[i]</c>, never more than
/// 180° from the one before (but for edges that are a whole turn long, or more, and meant so). The given longitude is kept as it
/// is and the turn beside it, because 360 added and taken away again would not give the same bits, and neighbours would no longer
/// share their edge exactly. Open: the first vertex is not repeated.
/// </summary>
internal sealed class LonLatRing
{
    /// <summary>Beyond two turns coordinates are not degrees.</summary>
    private const double LargestLongitude = 720;

    private const double Tolerance = 1e-9;

    private LonLatRing(double[] lon, double[] lat, int[] turn, int winding)
    {
        Lon = lon;
        Lat = lat;
        Turn = turn;
        Winding = winding;
        (Min, Max) = (double.PositiveInfinity, double.NegativeInfinity);
        for (int i = 0; i < lon.Length; i++)
        {
            Min = Math.Min(Min, lon[i] + (360.0 * turn[i]));
            Max = Math.Max(Max, lon[i] + (360.0 * turn[i]));
        }
    }

    public double[] Lon { get; }

    public double[] Lat { get; }

    public int[] Turn { get; }

    /// <summary>
    /// Whole turns (eastwards positive) between the first vertex and its return: not 0 for a ring round a pole.
    /// </summary>
    public int Winding { get; }

    /// <summary>Least continuous longitude.</summary>
    public double Min { get; }

    /// <summary>Greatest continuous longitude.</summary>
    public double Max { get; }

    /// <summary>Unwraps a ring given as longitude and latitude alternating, closed or not.</summary>
    /// <returns>Null for a ring of fewer than three vertices, which holds nothing.</returns>
    /// <exception cref="LdnException">Exit 3: not degrees.</exception>
    public static LonLatRing? Unwrap(double[] ring, string feature)
    {
        PolygonSpans.Check(ring, feature);
        int count = ring.Length / 2;
        if (count > 1 && ring[0] == ring[^2] && ring[1] == ring[^1])
            count--;
        if (count < 3)
            return null;
        double[] lon = new double[count], lat = new double[count];
        for (int i = 0; i < count; i++)
        {
            lon[i] = ring[2 * i];
            lat[i] = CheckedLatitude(ring[(2 * i) + 1], feature);
            if (Math.Abs(lon[i]) > LargestLongitude)
                throw Fault.Polygons.Error(
                    $"{feature}: a vertex has the longitude {lon[i]}", "the layer may be in metres; declare its CRS");
        }

        return Continue(lon, lat, WholeTurnsAreEdges(lon), feature);
    }

    /// <summary>Makes longitudes continuous by turns.</summary>
    /// <param name="lon">Longitudes, taken over.</param>
    /// <param name="lat">Latitudes, taken over.</param>
    /// <param name="wholeTurnsAreEdges">Whether edges of exactly 360° are long edges, or steps over the seam.</param>
    /// <param name="feature">How messages name the feature.</param>
    public static LonLatRing Continue(double[] lon, double[] lat, bool wholeTurnsAreEdges, string feature)
    {
        int count = lon.Length;
        int[] turn = new int[count];
        for (int i = 1; i < count; i++)
            turn[i] = turn[i - 1] + Jump(lon[i - 1], lon[i], wholeTurnsAreEdges);
        int winding = turn[^1] + Jump(lon[^1], lon[0], wholeTurnsAreEdges);
        return Math.Abs(winding) <= 1
            ? new LonLatRing(lon, lat, turn, winding)
            : throw Fault.Polygons.Error(
                $"{feature}: a ring runs {Math.Abs(winding)} times round the pole", "repair the geometry");
    }

    /// <summary>
    /// The same vertices in another geographic system: <paramref name="lon"/> may come back from any turn, continuity is kept.
    /// </summary>
    public LonLatRing Moved(double[] lon, double[] lat)
    {
        int[] turn = new int[lon.Length];
        for (int i = 0; i < turn.Length; i++)
            turn[i] = (int)Math.Round((Lon[i] + (360.0 * Turn[i]) - lon[i]) / 360);
        return new LonLatRing(lon, lat, turn, Winding);
    }

    /// <summary>
    /// A ring round a pole, closed by way of that pole (the one nearer to its mean latitude): along the meridian of its first
    /// vertex, a whole turn along the pole and back. Other rings as they are.
    /// </summary>
    public LonLatRing ClosedByPole()
    {
        if (Winding == 0)
            return this;
        double pole = Lat.Average() < 0 ? -90 : 90;
        return new LonLatRing(
            [.. Lon, Lon[0], Lon[0], Lon[0]], [.. Lat, Lat[0], pole, pole],
            [.. Turn, Turn[0] + Winding, Turn[0] + Winding, Turn[0]], 0);
    }

    /// <summary>
    /// Whether an edge is so long either way round the earth (180° to 270°) that reading it the short way, across the
    /// antimeridian, may not be what was meant.
    /// </summary>
    public static bool HasDoubtfulEdge(double[] ring)
    {
        for (int i = 2; i + 1 < ring.Length; i += 2)
            if (Math.Abs(ring[i] - ring[i - 2]) is > 180 and < 270)
                return true;
        return false;
    }

    private static int Jump(double from, double to, bool wholeTurnsAreEdges)
    {
        double step = to - from;
        bool isEdge = Math.Abs(step) <= 180 || Math.Abs(step) > 360 + Tolerance || (wholeTurnsAreEdges && IsWholeTurn(step));
        return isEdge ? 0 : -Math.Sign(step);
    }

    private static bool IsWholeTurn(double step) => Math.Abs(Math.Abs(step) - 360) <= Tolerance;

    /// <summary>
    /// An edge of exactly 360° is either the side of a belt round the earth (or the closing of Antarctica along the pole), or the
    /// step from +180 to −180 of a ring that was never cut. It is a step where the ring has other jumps; and where such edges
    /// come in pairs with land on both sides of the seam between them.
    /// </summary>
    private static bool WholeTurnsAreEdges(double[] lon)
    {
        var whole = new List<int>();
        for (int i = 0; i < lon.Length; i++)
        {
            double step = lon[(i + 1) % lon.Length] - lon[i];
            if (IsWholeTurn(step))
                whole.Add(i);
            else if (Math.Abs(step) > 180)
                return false;
        }

        if (whole.Count % 2 != 0)
            return true;
        for (int w = 0; w < whole.Count; w++)
        {
            // The vertices from the end of this edge to the start of the next: all on the seam means nothing lies on that side of
            // it.
            int end = whole[(w + 1) % whole.Count];
            double seam = lon[(whole[w] + 1) % lon.Length];
            bool onSeam = true;
            for (int i = (whole[w] + 1) % lon.Length; onSeam && i != end; i = (i + 1) % lon.Length)
                onSeam = Math.Abs(lon[i] - seam) <= Tolerance;
            if (onSeam)
                return true;
        }

        return false;
    }

    private static double CheckedLatitude(double value, string feature) => Math.Abs(value) <= 90 + Tolerance
        ? Math.Clamp(value, -90, 90)
        : throw Fault.Polygons.Error(
            $"{feature}: a vertex has the latitude {value}, beyond the pole", "check the layer's CRS and axis order");
}
