using System.Globalization;
using Ldn.Gdal.Interop;
using Ldn.Rasters;

namespace Ldn.Gdal;

/// <summary>
/// Widens polygons by a distance on the ground: GEOS's buffer in an azimuthal equidistant system around the polygons, whose
/// lengths are true to 1e-5 over 100 km and to one in a thousand over 1000 km.
/// </summary>
internal static class PolygonBuffer
{
    /// <summary>Segments of a quarter circle: an arc is off its circle by at most 0.12 % of the distance.</summary>
    private const int QuarterSegments = 16;

    /// <summary>A chord of so many degrees is off its parallel by 2 m at most.</summary>
    private const double DegreesBetweenVertices = 0.1;

    /// <summary>See <see cref="IGeodata.Widen"/>.</summary>
    public static (Crs Crs, VectorFeature Feature) Widen(Crs crs, VectorFeature feature, double metres, string name)
    {
        GdalLibrary.EnsureReady();
        Crs wgs84 = SpatialReferences.FromDefinition("EPSG:4326");
        double[][][] given = [.. feature.Polygons.Select(p => p.ToArray())], corners = Moved(given, crs, wgs84, name);
        double[][][] polygons = Moved(Densified(given, corners, crs.IsGeographic), crs, wgs84, name);
        (double longitude, double latitude) = Centre(polygons);
        Crs around = SpatialReferences.FromDefinition(string.Create(
            CultureInfo.InvariantCulture,
            $"+proj=aeqd +lat_0={latitude:F6} +lon_0={longitude:F6} +datum=WGS84 +units=m +no_defs"));
        byte[] wkb = VectorWriter.WellKnownBinary(Moved(polygons, wgs84, around, name));
        using ErrorScope errors = ErrorScope.Open();
        _ = GdalApi.OGR_G_CreateFromWkb(wkb, 0, out nint geometry, wkb.Length);
        try
        {
            using GeometryHandle widened = GdalApi.OGR_G_Buffer(geometry, metres, QuarterSegments);
            List<IReadOnlyList<double[]>> rings = [];
            if (widened.IsInvalid || !PolygonReader.TryRead(widened.Pointer, swapped: false, rings))
                throw Fault.Polygons.Error(
                    $"{name}: its polygons cannot be widened: {GdalFailure.Cause(errors)}",
                    "repair the geometry, such as with ogr2ogr -makevalid; GDAL needs GEOS for it");
            return (around, new VectorFeature(feature.Attributes, rings));
        }
        finally
        {
            GdalApi.OGR_G_DestroyGeometry(geometry);
        }
    }

    /// <summary>
    /// The polygons with vertices along their edges, which are straight in their own system: between corners the azimuthal system
    /// would cut across, by 11 % of the area of a ring of 20 km where a parallel of 64° N is followed for 8°.
    /// </summary>
    private static double[][][] Densified(double[][][] polygons, double[][][] corners, bool geographic) =>
        [.. polygons.Select((polygon, p) => polygon.Select((ring, r) => Densified(ring, corners[p][r], geographic)).ToArray())];

    private static double[] Densified(double[] ring, double[] corners, bool geographic)
    {
        List<double> dense = [];
        for (int i = 0; i + 2 < ring.Length; i += 2)
        {
            double degrees = Math.Max(
                Math.Abs(Math.IEEERemainder(corners[i + 2] - corners[i], 360)), Math.Abs(corners[i + 3] - corners[i + 1]));
            int pieces = Math.Max(1, (int)Math.Ceiling(degrees / DegreesBetweenVertices));
            double x = ring[i + 2] - ring[i], y = ring[i + 3] - ring[i + 1];
            if (geographic)
                x = Math.IEEERemainder(x, 360);
            for (int k = 0; k < pieces; k++)
                dense.AddRange([ring[i] + (x * k / pieces), ring[i + 1] + (y * k / pieces)]);
        }

        dense.AddRange(ring[^2..]);
        return [.. dense];
    }

    private static double[][][] Moved(double[][][] polygons, Crs from, Crs to, string name)
    {
        using var transform = new CoordinateTransform(from, to);
        return [.. polygons.Select(polygon => polygon.Select(ring =>
        {
            double[] x = [.. ring.Where((_, i) => i % 2 == 0)], y = [.. ring.Where((_, i) => i % 2 == 1)];
            transform.Transform(x, y);
            if (x.Any(double.IsNaN))
                throw Fault.Polygons.Error(
                    $"{name}: a vertex has no place on Earth", "repair the geometry, or declare its true coordinate system");
            return x.Zip(y).SelectMany(p => new[] { p.First, p.Second }).ToArray();
        }).ToArray())];
    }

    /// <summary>The middle of the extent, longitudes taken the short way round from the first.</summary>
    private static (double Longitude, double Latitude) Centre(double[][][] polygons)
    {
        double first = polygons[0][0][0];
        double[] x = [
            .. polygons.SelectMany(p => p[0].Where((_, i) => i % 2 == 0))
                .Select(v => first + Math.IEEERemainder(v - first, 360))];
        double[] y = [.. polygons.SelectMany(p => p[0].Where((_, i) => i % 2 == 1))];
        return (Math.IEEERemainder((x.Min() + x.Max()) / 2, 360), (y.Min() + y.Max()) / 2);
    }
}
