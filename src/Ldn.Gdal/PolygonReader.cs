using Ldn.Gdal.Interop;

namespace Ldn.Gdal;

/// <summary>Takes GDAL's polygon geometries apart into rings of x and y alternating; heights and measures are dropped.</summary>
internal static unsafe class PolygonReader
{
    private const int Point = 1;
    private const int Polygon = 3;
    private const int MultiPoint = 4;
    private const int MultiPolygon = 6;
    private const int GeometryCollection = 7;
    private const int CurvePolygon = 10;
    private const int MultiSurface = 12;
    private const int PolyhedralSurface = 15;
    private const int Tin = 16;
    private const int Triangle = 17;

    /// <summary>A closed ring with an area has at least this many points.</summary>
    private const int LeastPoints = 4;

    /// <summary>Adds the polygons of a geometry; lines and points inside a collection are passed over.</summary>
    /// <returns>False where there is no polygon type in it at all.</returns>
    public static bool TryRead(nint geometry, bool swapped, List<IReadOnlyList<double[]>> polygons)
    {
        switch (GdalApi.OGR_GT_Flatten(GdalApi.OGR_G_GetGeometryType(geometry)))
        {
            case Polygon or CurvePolygon or Triangle:
                if (Rings(geometry, swapped) is { Count: > 0 } rings)
                    polygons.Add(rings);
                return true;
            case MultiPolygon or GeometryCollection or MultiSurface or PolyhedralSurface or Tin:
                bool any = false;
                for (int i = 0; i < GdalApi.OGR_G_GetGeometryCount(geometry); i++)
                    any |= TryRead(GdalApi.OGR_G_GetGeometryRef(geometry, i), swapped, polygons);
                return any;
            default:
                return false;
        }
    }

    /// <summary>X and y of a point, or of several that are one; null where it is none, or nowhere.</summary>
    public static double[]? TryReadPoint(nint geometry, bool swapped)
    {
        int type = GdalApi.OGR_GT_Flatten(GdalApi.OGR_G_GetGeometryType(geometry));
        if (type == MultiPoint && GdalApi.OGR_G_GetGeometryCount(geometry) == 1)
            return TryReadPoint(GdalApi.OGR_G_GetGeometryRef(geometry, 0), swapped);
        if (type != Point || GdalApi.OGR_G_GetPointCount(geometry) != 1)
            return null;
        double[] point = new double[2];
        fixed (double* first = point)
        {
            double* x = swapped ? first + 1 : first, y = swapped ? first : first + 1;
            _ = GdalApi.OGR_G_GetPoints(geometry, x, 2 * sizeof(double), y, 2 * sizeof(double), null, 0);
        }

        return Array.TrueForAll(point, double.IsFinite) ? point : null;
    }

    private static List<double[]> Rings(nint polygon, bool swapped)
    {
        int count = GdalApi.OGR_G_GetGeometryCount(polygon);
        List<double[]> rings = new(count);
        for (int i = 0; i < count; i++)
        {
            double[]? ring = Ring(GdalApi.OGR_G_GetGeometryRef(polygon, i), swapped);
            if (ring is not null)
                rings.Add(ring);
            else if (i == 0)
                return []; // Holes without an outer ring enclose nothing.
        }

        return rings;
    }

    private static double[]? Ring(nint ring, bool swapped)
    {
        int points = GdalApi.OGR_G_GetPointCount(ring);
        if (points < LeastPoints - 1)
            return null;
        double[] coordinates = new double[2 * points];
        const int stride = 2 * sizeof(double);
        fixed (double* first = coordinates)
        {
            double* x = swapped ? first + 1 : first, y = swapped ? first : first + 1;
            _ = GdalApi.OGR_G_GetPoints(ring, x, stride, y, stride, null, 0);
        }

        if (coordinates[0] != coordinates[^2] || coordinates[1] != coordinates[^1])
            coordinates = [.. coordinates, coordinates[0], coordinates[1]];
        return coordinates.Length >= 2 * LeastPoints ? coordinates : null;
    }
}
