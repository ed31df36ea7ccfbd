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
