using System.Globalization;
using Ldn.Gdal.Interop;
using Ldn.Rasters;

namespace Ldn.Gdal;

/// <summary>
/// Makes invalid polygons valid as OGR does with GEOS (<c>ogr2ogr -makevalid</c>), and tells by feature what that moved. What
/// steps over the antimeridian is not judged: as drawn on a plane it crosses itself, and is read otherwise (method §9).
/// </summary>
internal sealed unsafe class PolygonRepair(string name, Crs crs, bool swapped)
{
    private const int Polygon = 3, MultiPolygon = 6, GeometryCollection = 7, MostListed = 5;

    /// <summary>Areas that differ by less are called the same (rounding of intersections).</summary>
    private const double Unmoved = 1e-9;

    private static readonly bool s_hasGeos = GdalApi.OGRGetGEOSVersion(out _, out _, out _) != 0;

    private readonly List<(int Feature, string Why, double Drawn, double Valid)> _repaired = [];

    /// <summary>The polygons of a geometry, made valid where they are not.</summary>
    /// <param name="geometry">Polygons, or a collection that holds some; curves have been made lines.</param>
    /// <param name="feature">Its number for messages.</param>
    /// <param name="polygons">Receives them.</param>
    /// <returns>False where there is no polygon type in it.</returns>
    /// <exception cref="LdnException">Exit 3, naming the feature: coordinates that are no numbers, polygons beyond
    /// repair.</exception>
    public bool TryRead(nint geometry, int feature, List<IReadOnlyList<double[]>> polygons)
    {
        if (!PolygonReader.TryRead(geometry, swapped, polygons))
            return false;
        if (polygons.Exists(polygon => polygon.Any(ring => !Array.TrueForAll(ring, double.IsFinite))))
            throw Fault.Polygons.Error($"{name}: feature {feature} has coordinates that are not finite numbers");
        if (polygons.Count == 0 || !s_hasGeos || !IsJudged(geometry, polygons))
            return true;
        if (polygons is [[var only]] && SimpleRing.IsCertain(only))
            return true;
        using ErrorScope errors = ErrorScope.Open();
        // Of the rings as they were read: closed, and none without an area's worth of points, which GEOS would not take.
        byte[] wkb = VectorWriter.WellKnownBinary(polygons);
        _ = GdalApi.OGR_G_CreateFromWkb(wkb, 0, out nint read, wkb.Length);
        List<IReadOnlyList<double[]>> repaired = [];
        string why;
        try
        {
            if (GdalApi.OGR_G_IsValid(read) != 0)
                return true;
            why = GdalFailure.Cause(errors);
            using GeometryHandle valid = GdalApi.OGR_G_MakeValid(read);
            if (valid.IsInvalid)
                throw Fault.Polygons.Error(
                    $"{name}: feature {feature} is no valid polygon ({why}), and cannot be made one",
                    "repair it in a GIS, such as with 'Fix geometries' of QGIS");
            _ = PolygonReader.TryRead(valid.Pointer, swapped: false, repaired);
        }
        finally
        {
            GdalApi.OGR_G_DestroyGeometry(read);
        }

        double drawn = polygons.Sum(Area), after = repaired.Sum(Area);
        _repaired.Add((feature, why, drawn, after));
        polygons.Clear();
        polygons.AddRange(repaired);
        return true;
    }

    /// <summary>What was repaired, whole sentences for the user.</summary>
    public IEnumerable<string> Remarks()
    {
        if (_repaired.Count == 0)
            yield break;
        foreach (var (feature, why, drawn, valid) in _repaired.Take(MostListed))
        {
            string area = valid == 0 ? $"it encloses nothing then, {Shown(drawn)} as drawn"
                : Math.Abs(valid - drawn) <= Unmoved * Math.Max(valid, drawn) ? $"its area of {Shown(valid)} stays"
                : $"{Shown(Math.Abs(valid - drawn))} moved: {Shown(drawn)} as drawn (outer rings less holes), {Shown(valid)} now";
            yield return Fault.Taken.Say($"{name}: feature {feature} is no valid polygon ({why}) and was made valid: {area}");
        }

        if (_repaired.Count > MostListed)
            yield return Fault.Taken.Say(
                $"{name}: {_repaired.Count - MostListed} more features were made valid, "
                + $"{Shown(_repaired.Skip(MostListed).Sum(r => Math.Abs(r.Valid - r.Drawn)))} moved: "
                + $"{string.Join(", ", _repaired.Skip(MostListed).Take(20).Select(r => r.Feature))}"
                + (_repaired.Count > MostListed + 20 ? ", …" : ""));
    }

    private static string Shown(double km2) => string.Create(CultureInfo.InvariantCulture, $"{km2:G6} km2");

    private bool IsJudged(nint geometry, List<IReadOnlyList<double[]>> polygons)
    {
        if (GdalApi.OGR_GT_Flatten(GdalApi.OGR_G_GetGeometryType(geometry))
            is not (Polygon or MultiPolygon or GeometryCollection))
            return false;
        if (!crs.IsGeographic)
            return true;
        foreach (double[] ring in polygons.SelectMany(p => p))
        {
            double least = ring[0], greatest = ring[0];
            for (int i = 2; i < ring.Length; i += 2)
            {
                if (Math.Abs(ring[i] - ring[i - 2]) > 180)
                    return false;
                (least, greatest) = (Math.Min(least, ring[i]), Math.Max(greatest, ring[i]));
            }

            if (greatest - least > 360)
                return false;
        }

        return true;
    }

    /// <summary>Area of a polygon, outer ring less holes, in km²: on the authalic sphere, or in the plane of metres.</summary>
    private double Area(IReadOnlyList<double[]> polygon) =>
        Math.Abs(polygon.Select((ring, i) => (i == 0 ? 1 : -1) * Math.Abs(Area(ring))).Sum());

    private double Area(double[] ring)
    {
        const double radius = 6371.0072;
        double sum = 0;
        for (int i = 0; i + 3 < ring.Length; i += 2)
        {
            double x = ring[i], y = ring[i + 1], nextX = ring[i + 2], nextY = ring[i + 3];
            sum += crs.IsGeographic
                ? double.DegreesToRadians(nextX - x) * (Math.Sin(double.DegreesToRadians(y))
                    + Math.Sin(double.DegreesToRadians(nextY)))
                : ((x - ring[0]) * (nextY - ring[1]) - (nextX - ring[0]) * (y - ring[1])) / 1e6;
        }

        return crs.IsGeographic ? sum / 2 * radius * radius : sum / 2;
    }
}

/// <summary>
/// Tells of most rings, in a hundredth of the time that GEOS takes, that they are valid polygons: closed, and touching themselves
/// nowhere. What rounding could turn is left to GEOS, so that a ring is never called valid that it would call invalid.
/// </summary>
internal static class SimpleRing
{
    /// <summary>Pairs of edges looked at, for each edge: beyond, a ring winds so much that GEOS is faster.</summary>
    private const int MostPairs = 64;

    /// <summary>Above the rounding error of an orientation, relative to the two products it is the difference of.</summary>
    private const double Doubt = 1e-15;

    private const double Underflow = 1e-290;

    /// <summary>Whether a ring is certainly a valid polygon.</summary>
    /// <param name="ring">x and y alternating, finite, the last point the first.</param>
    public static bool IsCertain(double[] ring)
    {
        int edges = (ring.Length / 2) - 1;
        if (edges < 3)
            return false;
        var lefts = new double[edges];
        var order = new int[edges];
        for (int e = 0; e < edges; e++)
            (lefts[e], order[e]) = (Math.Min(ring[2 * e], ring[(2 * e) + 2]), e);
        Array.Sort(lefts, order);
        long pairs = (long)MostPairs * edges;
        for (int i = 0; i < edges; i++)
        {
            int edge = order[i];
            double right = Math.Max(ring[2 * edge], ring[(2 * edge) + 2]);
            double low = Math.Min(ring[(2 * edge) + 1], ring[(2 * edge) + 3]),
                high = Math.Max(ring[(2 * edge) + 1], ring[(2 * edge) + 3]);
            for (int j = i + 1; j < edges && lefts[j] <= right; j++)
            {
                if (--pairs < 0)
                    return false;
                int other = order[j];
                double y = ring[(2 * other) + 1], nextY = ring[(2 * other) + 3];
                if (Math.Max(y, nextY) < low || Math.Min(y, nextY) > high)
                    continue;
                bool meet = other == edge + 1 || (edge == edges - 1 && other == 0)
                    ? MeetOnlyInBetween(ring, edge, other)
                    : edge == other + 1 || (other == edges - 1 && edge == 0) ? MeetOnlyInBetween(ring, other, edge)
                    : AreApart(ring, edge, other);
                if (!meet)
                    return false;
            }
        }

        return true;
    }

    /// <summary>Whether an edge and the one that follows it share the point between them alone.</summary>
    private static bool MeetOnlyInBetween(double[] ring, int edge, int next)
    {
        if (Side(ring, edge, (2 * next) + 2) != 0)
            return true;

        // On one line, or nearly: they go on, and do not turn back.
        double x = ring[(2 * edge) + 2] - ring[2 * edge], y = ring[(2 * edge) + 3] - ring[(2 * edge) + 1];
        double nextX = ring[(2 * next) + 2] - ring[2 * next], nextY = ring[(2 * next) + 3] - ring[(2 * next) + 1];
        return (x * nextX) + (y * nextY) > 0.5 * Math.Sqrt(((x * x) + (y * y)) * ((nextX * nextX) + (nextY * nextY)));
    }

    /// <summary>Whether both ends of one edge lie on the same side of the other.</summary>
    private static bool AreApart(double[] ring, int edge, int other) =>
        Side(ring, edge, 2 * other) * Side(ring, edge, (2 * other) + 2) > 0
        || Side(ring, other, 2 * edge) * Side(ring, other, (2 * edge) + 2) > 0;

    /// <summary>On which side of an edge a point lies: 1 or -1, or 0 where rounding could decide.</summary>
    private static int Side(double[] ring, int edge, int point)
    {
        int at = 2 * edge;
        double first = (ring[at + 2] - ring[at]) * (ring[point + 1] - ring[at + 1]),
            second = (ring[at + 3] - ring[at + 1]) * (ring[point] - ring[at]), side = first - second;
        return Math.Abs(side) > (Doubt * (Math.Abs(first) + Math.Abs(second))) + Underflow
            ? Math.Sign(side) : 0;
    }
}
