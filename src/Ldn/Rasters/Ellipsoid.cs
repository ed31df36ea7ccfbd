namespace Ldn.Rasters;

/// <summary>The figure of the Earth a CRS stands on, and the two things areas need of it (method §9).</summary>
internal readonly struct Ellipsoid
{
    private readonly double _a;
    private readonly double _b;
    private readonly double _e2;
    private readonly double _e;

    public Ellipsoid(double semiMajorAxis, double semiMinorAxis)
    {
        _a = semiMajorAxis;
        // Published ellipsoids state b to 0.1 mm; libraries derive it from the flattening with more digits. Rounding makes WGS 84
        // exactly the method's (b = 6356752.3142 m) whoever supplies it; the area changes by less than 1e-11.
        _b = semiMajorAxis == semiMinorAxis ? semiMinorAxis : Math.Round(semiMinorAxis, 4);
        _e2 = 1 - (_b / _a * (_b / _a));
        _e = Math.Sqrt(Math.Abs(_e2));
    }

    /// <summary>
    /// Q(φ₂) − Q(φ₁): the area in m² of the surface between two parallels (degrees), negative where the second is the southern
    /// one; clipped at the poles. Written as differences throughout, so that narrow rows keep all their digits.
    /// </summary>
    public double Zone(double latitude1, double latitude2)
    {
        double lat1 = Math.Clamp(latitude1, -90, 90), lat2 = Math.Clamp(latitude2, -90, 90);
        double s1 = Math.Sin(double.DegreesToRadians(lat1)), s2 = Math.Sin(double.DegreesToRadians(lat2));
        double step = 2 * Math.Cos(
            double.DegreesToRadians((lat1 + lat2) / 2)) * Math.Sin(double.DegreesToRadians((lat2 - lat1) / 2));
        double v1 = _e2 * s1 * s1, v2 = _e2 * s2 * s2, product = _e2 * s1 * s2, u = _e * step / (1 - product);
        double meridional = _e2 > 0 ? Math.Atanh(u) / _e : _e2 < 0 ? Math.Atan(u) / _e : step;
        return Math.PI * _b * _b * (meridional + (step * (1 + product) / ((1 - v1) * (1 - v2))));
    }

    /// <summary>
    /// Geocentric position in metres of a point of the surface given in degrees: smooth at the poles and at ±180°, unlike
    /// longitude.
    /// </summary>
    public Cartesian Position(double longitude, double latitude)
    {
        (double sinLon, double cosLon) = Math.SinCos(double.DegreesToRadians(longitude));
        (double sinLat, double cosLat) = Math.SinCos(double.DegreesToRadians(latitude));
        double n = _a / Math.Sqrt(1 - (_e2 * sinLat * sinLat));
        return new Cartesian(n * cosLat * cosLon, n * cosLat * sinLon, n * (1 - _e2) * sinLat);
    }
}

/// <summary>A vector in metres.</summary>
internal readonly record struct Cartesian(double X, double Y, double Z)
{
    public double Length => Math.Sqrt((X * X) + (Y * Y) + (Z * Z));

    public static Cartesian operator +(Cartesian a, Cartesian b) => new(a.X + b.X, a.Y + b.Y, a.Z + b.Z);

    public static Cartesian operator -(Cartesian a, Cartesian b) => new(a.X - b.X, a.Y - b.Y, a.Z - b.Z);

    public static Cartesian operator *(double k, Cartesian a) => new(k * a.X, k * a.Y, k * a.Z);

    public static Cartesian Cross(Cartesian a, Cartesian b) =>
        new((a.Y * b.Z) - (a.Z * b.Y), (a.Z * b.X) - (a.X * b.Z), (a.X * b.Y) - (a.Y * b.X));
}
