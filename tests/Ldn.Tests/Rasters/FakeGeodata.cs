using Ldn.Rasters;

namespace Ldn.Tests.Rasters;

/// <summary>
/// A closed-form projection: degrees to map units and back; NaN or a wrapped longitude where its inverse gives that.
/// </summary>
internal sealed record Projection(
    string Name, double A, double B, Func<double, double, (double X, double Y)> Forward, Func<double, double,
    (double Lon, double Lat)> Inverse)
{
    public Crs Crs => new(Name, Name, false, A, B);
}

/// <summary>
/// Geodata in memory: a CRS is known by its WKT, which here is just a name; every geographic system has the same longitudes and
/// latitudes.
/// </summary>
internal sealed class FakeGeodata(params Projection[] projections) : IGeodata
{
    public static readonly Crs Wgs84 = new("WGS 84", "WGS 84", true, 6378137, 6356752.314245179);

    /// <summary>Points transformed so far, over all transforms.</summary>
    public long Transformed;

    public bool SameCrs(Crs left, Crs right) => left.Wkt == right.Wkt;

    public Crs GeographicOf(Crs crs) =>
        crs.IsGeographic ? crs : new Crs("geographic of " + crs.Wkt, "geographic", true, crs.SemiMajorAxis, crs.SemiMinorAxis);

    public ICoordinateTransform CreateTransform(Crs from, Crs to) => new Transform(this, Find(from), Find(to));

    public IRasterSource OpenRaster(string name) => throw new NotSupportedException();

    public IReadOnlyList<string> BandNames(string name) => throw new NotSupportedException();

    public VectorLayer ReadPolygons(string name, string? layer) => throw new NotSupportedException();

    public IRasterSink CreateRaster(string path, RasterDescription description) => throw new NotSupportedException();

    private Projection? Find(Crs crs) => crs.IsGeographic ? null : projections.Single(p => p.Name == crs.Wkt);

    private sealed class Transform(FakeGeodata owner, Projection? from, Projection? to) : ICoordinateTransform
    {
        private int _busy;

        void ICoordinateTransform.Transform(Span<double> x, Span<double> y)
        {
            Assert.That(Interlocked.Exchange(ref _busy, 1), Is.Zero, "a transform used by two threads at once");
            Interlocked.Add(ref owner.Transformed, x.Length);
            for (int i = 0; i < x.Length; i++)
            {
                (double lon, double lat) = from?.Inverse(x[i], y[i]) ?? (x[i], y[i]);
                (double u, double v) = to?.Forward(lon, lat) ?? (lon, lat);
                (x[i], y[i]) = double.IsFinite(u) && double.IsFinite(v) ? (u, v) : (double.NaN, double.NaN);
            }
            Volatile.Write(ref _busy, 0);
        }

        public void Dispose()
        {
        }
    }
}

/// <summary>
/// Closed forms of projections, from their textbook definitions. Forward, longitudes are taken within ±180°, as PROJ does.
/// </summary>
internal static class Projections
{
    public const double R = 6371007.181;
    private const double Degree = Math.PI / 180;

    /// <summary>Inverse wraps longitudes outside ±180° instead of failing, as PROJ's does.</summary>
    public static readonly Projection Sinusoidal = new("sinusoidal", R, R,
        (lon, lat) => (R * Wrap(lon) * Degree * Math.Cos(lat * Degree), R * lat * Degree),
        (x, y) => Math.Abs(y / R) > Math.PI / 2
            ? (double.NaN, double.NaN)
            : (Wrap(x / (R * Math.Cos(y / R)) / Degree), y / R / Degree));

    public static readonly Projection Mollweide = new("mollweide", R, R, MollweideForward, (x, y) =>
    {
        double sin = y / (Math.Sqrt(2) * R);
        if (Math.Abs(sin) > 1)
            return (double.NaN, double.NaN);
        double theta = Math.Asin(sin), lon = Math.PI * x / (2 * R * Math.Sqrt(2) * Math.Cos(theta));
        return Math.Abs(lon) > Math.PI
            ? (double.NaN, double.NaN)
            : (lon / Degree, Math.Asin(((2 * theta) + Math.Sin(2 * theta)) / Math.PI) / Degree);
    });

    public static readonly Projection EqualAreaCylindrical = new("cylindrical", R, R,
        (lon, lat) => (R * Wrap(lon) * Degree, R * Math.Sin(lat * Degree)),
        (x, y) => Math.Abs(y / R) > 1 ? (double.NaN, double.NaN) : (Wrap(x / R / Degree), Math.Asin(y / R) / Degree));

    /// <summary>North pole at the origin; areal scale ((1 + sin φ) / 2)⁻².</summary>
    public static readonly Projection PolarStereographic = new("stereographic", R, R,
        (lon, lat) =>
        {
            double rho = 2 * R * Math.Tan((90 - lat) * Degree / 2);
            return (rho * Math.Sin(lon * Degree), -rho * Math.Cos(lon * Degree));
        },
        (x, y) => (Math.Atan2(x, -y) / Degree, 90 - (2 * Math.Atan(Math.Sqrt((x * x) + (y * y)) / (2 * R)) / Degree)));

    /// <summary>Transverse Mercator of the sphere, k = 1 on the central meridian: areal scale cosh⁻²(x / R).</summary>
    public static readonly Projection TransverseMercator = new("transverse", R, R,
        (lon, lat) => (
            R * Math.Atanh(Math.Cos(lat * Degree) * Math.Sin(lon * Degree)),
            R * Math.Atan2(Math.Tan(lat * Degree), Math.Cos(lon * Degree))),
        (x, y) => (
            Math.Atan2(Math.Sinh(x / R), Math.Cos(y / R)) / Degree, Math.Asin(Math.Sin(y / R) / Math.Cosh(x / R)) / Degree));

    public static Projection Mercator(double a, double b, double unit = 1)
    {
        double e = Math.Sqrt(1 - (b * b / (a * a)));
        return new Projection("mercator", a, b,
            (lon, lat) => (a * Wrap(lon) * Degree / unit, a * Isometric(lat * Degree, e) / unit),
            (x, y) =>
            {
                double target = y * unit / a, phi = Math.Atan(Math.Sinh(target));
                for (int i = 0; i < 12; i++)
                    phi -= (Isometric(phi, e) - target) * Math.Cos(phi) * (
                        1 - (e * e * Math.Sin(phi) * Math.Sin(phi))) / (1 - (e * e));
                return (Wrap(x * unit / a / Degree), phi / Degree);
            });
    }

    public static double Isometric(double phi, double e) => Math.Asinh(Math.Tan(phi)) - (e * Math.Atanh(e * Math.Sin(phi)));

    private static double Wrap(double lon) => lon is >= -180 and <= 180 ? lon : lon - (360 * Math.Floor((lon + 180) / 360));

    private static (double, double) MollweideForward(double lon, double lat)
    {
        double target = Math.PI * Math.Sin(lat * Degree), low = -Math.PI / 2, high = Math.PI / 2;
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            if ((2 * middle) + Math.Sin(2 * middle) < target)
                low = middle;
            else
                high = middle;
        }
        return (2 * Math.Sqrt(2) / Math.PI * R * Wrap(lon) * Degree * Math.Cos(low), Math.Sqrt(2) * R * Math.Sin(low));
    }
}
