using Ldn.Gdal.Interop;
using Ldn.Rasters;

namespace Ldn.Gdal;

/// <summary>
/// Whether two systems give the same coordinates to the same place. GDAL's own comparison goes by the definitions; where it says
/// no because one system is spelled otherwise, ellipsoid and datum are compared and points are taken both ways.
/// </summary>
internal static class CrsComparison
{
    /// <summary>Ellipsoids are the same to a tenth of a millimetre: closer than WGS 84 and GRS 80 are.</summary>
    private const double AxisTolerance = 5e-5;

    private const double PointTolerance = 1e-9;

    public static unsafe bool Same(Crs left, Crs right)
    {
        if (left.Wkt == right.Wkt)
            return true;
        if (left.IsGeographic != right.IsGeographic
            || Math.Abs(left.SemiMajorAxis - right.SemiMajorAxis) > AxisTolerance
            || Math.Abs(left.SemiMinorAxis - right.SemiMinorAxis) > AxisTolerance)
            return false;
        using ErrorScope errors = ErrorScope.Open();
        using SpatialReferenceHandle one = SpatialReferences.Open(left), other = SpatialReferences.Open(right);
        using StringList options = new(
            "IGNORE_DATA_AXIS_TO_SRS_AXIS_MAPPING=YES", "IGNORE_COORDINATE_EPOCH=YES",
            "CRITERION=EQUIVALENT_EXCEPT_AXIS_ORDER_GEOGCRS");
        if (GdalApi.OSRIsSameEx(one, other, options.Pointer) != 0)
            return true;
        return DatumsAgree(SpatialReferences.DatumName(one), SpatialReferences.DatumName(other))
            && PointsAgree(left, right) && PointsAgree(right, left);
    }

    /// <summary>
    /// A datum without a name of its own is defined by its ellipsoid alone; two named ones must be the same one.
    /// </summary>
    internal static bool DatumsAgree(string left, string right)
    {
        string one = Plain(left), other = Plain(right);
        return one == other || IsAnonymous(one) || IsAnonymous(other);
    }

    private static bool IsAnonymous(string plain) =>
        plain.Length == 0 || plain.Contains("unknown", StringComparison.Ordinal)
            || plain.Contains("notspecified", StringComparison.Ordinal)
        || plain.Contains("unnamed", StringComparison.Ordinal) || plain.Contains("custom", StringComparison.Ordinal);

    /// <summary>Lower-case letters and digits, without the D_ of Esri's names.</summary>
    private static string Plain(string name)
    {
        string text = name.StartsWith("D_", StringComparison.Ordinal) ? name[2..] : name;
        return string.Concat(text.Where(char.IsLetterOrDigit)).ToLowerInvariant();
    }

    /// <summary>
    /// Points all over the globe in the first system's coordinates, as far as it holds them well (there and back again), must
    /// keep their coordinates in the second.
    /// </summary>
    private static bool PointsAgree(Crs from, Crs to)
    {
        const int step = 15, margin = 7;
        int columns = 360 / step, rows = 180 / step, count = columns * rows;
        double[] longitude = new double[count], latitude = new double[count];
        for (int i = 0; i < count; i++)
        {
            longitude[i] = -180 + margin + (step * (i % columns)) + (0.1 * (i / columns));
            latitude[i] = -90 + margin + (step * (i / columns));
        }

        Crs geographic = SpatialReferences.GeographicOf(from);
        double[] x = [.. longitude], y = [.. latitude];
        Transform(geographic, from, x, y);
        double[] backX = [.. x], backY = [.. y];
        Transform(from, geographic, backX, backY);
        double[] thereX = [.. x], thereY = [.. y];
        Transform(from, to, thereX, thereY);

        int compared = 0;
        for (int i = 0; i < count; i++)
        {
            if (!(Math.Abs(backX[i] - longitude[i]) < 1e-8 && Math.Abs(backY[i] - latitude[i]) < 1e-8))
                continue;
            double tolerance = PointTolerance * (1 + Math.Max(Math.Abs(x[i]), Math.Abs(y[i])));
            if (!(Math.Abs(thereX[i] - x[i]) <= tolerance && Math.Abs(thereY[i] - y[i]) <= tolerance))
                return false;
            compared++;
        }

        return compared >= 3;
    }

    private static void Transform(Crs from, Crs to, double[] x, double[] y)
    {
        using CoordinateTransform transform = new(from, to);
        transform.Transform(x, y);
    }
}
