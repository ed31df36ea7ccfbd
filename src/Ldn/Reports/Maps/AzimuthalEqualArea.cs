namespace Ldn.Reports.Maps;

/// <summary>
/// Lambert's azimuthal equal-area projection of the sphere, for display. It has no seam but the point opposite its centre, so
/// land that crosses 180° stays in one piece; latitudes are taken as spherical, which no eye can tell.
/// </summary>
internal sealed class AzimuthalEqualArea
{
    /// <summary>Radius in metres of the sphere with the area of WGS 84.</summary>
    public const double Radius = 6_371_007.181;

    private const double Degree = Math.PI / 180;
    private readonly double _longitude;
    private readonly double _sin;
    private readonly double _cos;

    /// <summary>Centre in degrees.</summary>
    public AzimuthalEqualArea(double longitude, double latitude)
    {
        _longitude = longitude * Degree;
        (_sin, _cos) = Math.SinCos(latitude * Degree);
    }

    /// <summary>Degrees to metres from the centre; NaN at the point opposite of it.</summary>
    public (double X, double Y) Forward(double longitude, double latitude)
    {
        (double sin, double cos) = Math.SinCos(latitude * Degree);
        (double sinAway, double cosAway) = Math.SinCos((longitude * Degree) - _longitude);
        double near = 1 + (_sin * sin) + (_cos * cos * cosAway);
        if (near < 1e-9)
            return (double.NaN, double.NaN);
        double k = Radius * Math.Sqrt(2 / near);
        return (k * cos * sinAway, k * ((_cos * sin) - (_sin * cos * cosAway)));
    }

    /// <summary>Metres to degrees, longitude in −180…180; NaN beyond the disk of the whole Earth.</summary>
    public (double Longitude, double Latitude) Inverse(double x, double y)
    {
        double rho = Math.Sqrt((x * x) + (y * y));
        if (rho > 2 * Radius)
            return (double.NaN, double.NaN);
        if (rho < 1e-6)
            return (Wrap(_longitude / Degree), Math.Asin(_sin) / Degree);

        // The angle from the centre is 2 asin t.
        double t = rho / (2 * Radius), sin = 2 * t * Math.Sqrt(1 - (t * t)), cos = 1 - (2 * t * t);
        double latitude = Math.Asin(Math.Clamp((cos * _sin) + (y * sin * _cos / rho), -1, 1));
        double longitude = _longitude + Math.Atan2(x * sin, (rho * _cos * cos) - (y * _sin * sin));
        return (Wrap(longitude / Degree), latitude / Degree);
    }

    private static double Wrap(double longitude) => longitude - (360 * Math.Floor((longitude + 180) / 360));
}
