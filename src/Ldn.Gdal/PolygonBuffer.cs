using System.Globalization;
using Ldn.Gdal.Interop;
using Ldn.Rasters;

namespace Ldn.Gdal;

/// <summary>
/// Widens polygons by a distance on the ground: GEOS's buffer in an azimuthal equidistant system around the polygons, whose lengths are true to 1e-5 over 100 km and
/// to one in a thousand over 1000 km.
/// </summary>
internal static class PolygonBuffer
{
    /// <summary>Segments of a quarter circle: an arc is off its circle by at most 0.12 % of the distance.</summary>
    private const int QuarterSegments = 16;

    /// <summary>See <see cref="IGeodata.Widen"/>.</summary>
    public static (Crs Crs, VectorFeature Feature) Widen(Crs crs, VectorFeature feature, double metres, string name)
    {
        GdalLibrary.EnsureReady();
        Crs wgs84 = SpatialReferences.FromDefinition("EPSG:4326");
        double[][][] polygons = Moved([.. feature.Polygons.Select(p => p.ToArray())], crs, wgs84, name);
        (double longitude, double latitude) = Centre(polygons);
        Crs around = SpatialReferences.FromDefinition(string.Create(
            CultureInfo.InvariantCulture, $"+proj=aeqd +lat_0={latitude:F6} +lon_0={longitude:F6} +datum=WGS84 +units=m +no_defs"));
        byte[] wkb = VectorWriter.WellKnownBinary(Moved(polygons, wgs84, around, name));
        using ErrorScope errors = ErrorScope.Open();
        _ = GdalApi.OGR_G_CreateFromWkb(wkb, 0, out nint geometry, wkb.Length);
        try
        {
            using GeometryHandle widened = GdalApi.OGR_G_Buffer(geometry, metres, QuarterSegments);
            List<IReadOnlyList<double[]>> rings = [];
            if (widened.IsInvalid || !PolygonReader.TryRead(widened.Pointer, swapped: false, rings))
                throw Fault.Polygons.Error($"{name}: its polygons cannot be widened: {GdalFailure.Cause(errors)}", "repair the geometry, such as with ogr2ogr -makevalid; GDAL needs GEOS for it");
            return (around, new VectorFeature(feature.Attributes, rings));
        }
        finally
        {
            GdalApi.OGR_G_DestroyGeometry(geometry);
        }
    }

    private static double[][][] Moved(double[][][] polygons, Crs from, Crs to, string name)
    {
        using var transform = new CoordinateTransform(from, to);
        return [.. polygons.Select(polygon => polygon.Select(ring =>
        {
            double[] x = [.. ring.Where((_, i) => i % 2 == 0)], y = [.. ring.Where((_, i) => i % 2 == 1)];
            transform.Transform(x, y);
            if (x.Any(double.IsNaN))
                throw Fault.Polygons.Error($"{name}: a vertex has no place on Earth", "repair the geometry, or declare its true coordinate system");
            return x.Zip(y).SelectMany(p => new[] { p.First, p.Second }).ToArray();
        }).ToArray())];
    }

    /// <summary>The middle of the extent, longitudes taken the short way round from the first.</summary>
    private static (double Longitude, double Latitude) Centre(double[][][] polygons)
    {
        double first = polygons[0][0][0];
        double[] x = [.. polygons.SelectMany(p => p[0].Where((_, i) => i % 2 == 0)).Select(v => first + Math.IEEERemainder(v - first, 360))];
        double[] y = [.. polygons.SelectMany(p => p[0].Where((_, i) => i % 2 == 1))];
        return (Math.IEEERemainder((x.Min() + x.Max()) / 2, 360), (y.Min() + y.Max()) / 2);
    }
}
