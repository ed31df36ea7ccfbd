namespace Ldn.Cli.Tests.Worlds;

/// <summary>
/// Cell areas on an ellipsoid by the closed formula of the zone between two parallels, in plain double precision.
/// </summary>
internal static class ReferenceArea
{
    public const double Wgs84A = 6378137, Wgs84B = 6356752.314245179;

    /// <summary>km² between two latitudes over a width in degrees.</summary>
    public static double Cell(double south, double north, double width, double a = Wgs84A, double b = Wgs84B)
    {
        double e = Math.Sqrt(1 - (b / a * (b / a)));
        return Math.Abs(Zone(north, b, e) - Zone(south, b, e)) * Math.Abs(width) / 360 / 1e6;
    }

    private static double Zone(double latitude, double b, double e)
    {
        double u = e * Math.Sin(latitude * Math.PI / 180);
        return Math.PI * b * b * ((Math.Atanh(u) / e) + (u / e / (1 - (u * u))));
    }
}
