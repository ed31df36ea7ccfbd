namespace Ldn.Reports.Maps;

/// <summary>Rings of longitude and latitude as points on the globe.</summary>
internal static class GeographicRing
{
    /// <summary>A straight edge in degrees is a curve on the map: no step is longer than this.</summary>
    private const double LongestStep = 1;

    private const double Degree = Math.PI / 180;

    /// <summary>The points of a ring with long edges divided. Edges of more than 180° go the short way round.</summary>
    public static IEnumerable<(double Longitude, double Latitude)> Points(double[] ring)
    {
        for (int i = 0; i + 1 < ring.Length; i += 2)
        {
            (double longitude, double latitude) = (ring[i], ring[i + 1]);
            if (i > 0)
            {
                double across = longitude - ring[i - 2], up = latitude - ring[i - 1];
                across -= 360 * Math.Round(across / 360);
                int steps = (int)Math.Ceiling(Math.Max(Math.Abs(across), Math.Abs(up)) / LongestStep);
                for (int step = 1; step < steps; step++)
                    yield return (ring[i - 2] + (across * step / steps), ring[i - 1] + (up * step / steps));
            }

            yield return (longitude, latitude);
        }
    }

    /// <summary>The middle of points on the globe; where they balance out all around it, longitude and latitude 0.</summary>
    public static (double Longitude, double Latitude) Centre(IReadOnlyList<(double Longitude, double Latitude)> points)
    {
        double x = 0, y = 0, z = 0;
        foreach ((double longitude, double latitude) in points)
        {
            (double sin, double cos) = Math.SinCos(latitude * Degree);
            x += cos * Math.Cos(longitude * Degree);
            y += cos * Math.Sin(longitude * Degree);
            z += sin;
        }

        double length = Math.Sqrt((x * x) + (y * y) + (z * z));
        return length < 1e-6 * points.Count ? (0, 0) : (Math.Atan2(y, x) / Degree, Math.Asin(z / length) / Degree);
    }

    /// <summary>
    /// Whether an edge lies on the 180° meridian: where data sets cut a country that goes on beyond it, not where it ends.
    /// </summary>
    public static bool IsCut(double longitude, double nextLongitude)
    {
        const double near = 1e-6;
        return Math.Abs(Math.Abs(longitude) - 180) < near && Math.Abs(Math.Abs(nextLongitude) - 180) < near;
    }
}
