using System.Text.Json;
using Ldn.Rasters;
using Ldn.Zones;

namespace Ldn.Tests.Zones;

/// <summary>Closed-form systems in place of a projection library: a Crs's WKT is the key.</summary>
internal sealed class FakeGeodata : IGeodata
{
    public const double Radius = 6371007.181;

    public static readonly Crs LonLat = new("lonlat", "lon/lat", true, 6378137, 6356752.314245);
    public static readonly Crs Shifted = LonLat with { Wkt = "shifted", Name = "another datum" };

    public static Crs Sinusoidal(double meridian) => Plane($"sinusoidal {meridian}");

    public static Crs Mercator(double meridian) => Plane($"mercator {meridian}");

    public static Crs PolarEqualArea() => Plane("polar 0");

    /// <summary>Two lobes, torn along its meridian also in the middle, as Goode's is.</summary>
    public static Crs Interrupted() => Plane("interrupted 0");

    public bool SameCrs(Crs left, Crs right) => left.Wkt == right.Wkt;

    public Crs GeographicOf(Crs crs) => LonLat;

    public ICoordinateTransform CreateTransform(Crs from, Crs to) => new Transformer(from.Wkt.Split(' '), to.Wkt.Split(' '));

    public IRasterSource OpenRaster(string name) => throw new NotSupportedException();

    public IReadOnlyList<string> BandNames(string name) => throw new NotSupportedException();

    public VectorLayer ReadPolygons(string name, string? layer) => throw new NotSupportedException();

    public IRasterSink CreateRaster(string path, RasterDescription description) => throw new NotSupportedException();

    private static Crs Plane(string wkt) => new(wkt, wkt, false, Radius, Radius);

    private sealed class Transformer(string[] from, string[] to) : ICoordinateTransform
    {
        public void Transform(Span<double> x, Span<double> y)
        {
            for (int i = 0; i < x.Length; i++)
            {
                (double lon, double lat) = Inverse(from, x[i], y[i]);
                (x[i], y[i]) = Forward(to, lon, lat);
                if (!double.IsFinite(x[i]) || !double.IsFinite(y[i]))
                    x[i] = y[i] = double.NaN;
            }
        }

        public void Dispose()
        {
        }

        private static (double X, double Y) Forward(string[] crs, double lon, double lat)
        {
            double meridian = crs.Length > 1 ? double.Parse(crs[1]) : 0;
            double across = lon - meridian;
            if (Math.Abs(across) > 180)
                across = Math.IEEERemainder(across, 360);
            double lambda = across * Math.PI / 180, phi = lat * Math.PI / 180;
            return crs[0] switch
            {
                "lonlat" => (lon, lat),
                "shifted" => (lon + 0.5 > 180 ? lon + 0.5 - 360 : lon + 0.5, lat),
                "sinusoidal" => (Radius * lambda * Math.Cos(phi), Radius * phi),
                "interrupted" => (Radius * ((lambda * Math.Cos(phi)) + (lambda >= 0 ? 0.5 : 0)), Radius * phi),
                "mercator" => Math.Abs(lat) > 89
                    ? (double.NaN, double.NaN)
                    : (Radius * lambda, Radius * Math.Log(Math.Tan((Math.PI / 4) + (phi / 2)))),
                "polar" => (
                    2 * Radius * Math.Sin((Math.PI / 4) - (phi / 2)) * Math.Sin(lambda),
                    -2 * Radius * Math.Sin((Math.PI / 4) - (phi / 2)) * Math.Cos(lambda)),
                _ => throw new NotSupportedException(crs[0]),
            };
        }

        private static (double Lon, double Lat) Inverse(string[] crs, double x, double y)
        {
            double meridian = crs.Length > 1 ? double.Parse(crs[1]) : 0;
            (double lambda, double phi) = crs[0] switch
            {
                "lonlat" => (x * Math.PI / 180, y * Math.PI / 180),
                "shifted" => ((x - 0.5) * Math.PI / 180, y * Math.PI / 180),
                "sinusoidal" => (x / Radius / Math.Cos(y / Radius), y / Radius),
                "interrupted" => (x / Radius / Math.Cos(y / Radius), y / Radius),
                "mercator" => (x / Radius, (2 * Math.Atan(Math.Exp(y / Radius))) - (Math.PI / 2)),
                "polar" => (Math.Atan2(x, -y), (Math.PI / 2) - (2 * Math.Asin(Math.Sqrt((x * x) + (y * y)) / (2 * Radius)))),
                _ => throw new NotSupportedException(crs[0]),
            };
            double lon = meridian + (lambda * 180 / Math.PI);
            return (Math.Abs(lon) > 180 && crs[0] != "lonlat" ? Math.IEEERemainder(lon, 360) : lon, phi * 180 / Math.PI);
        }
    }
}

internal static class ZoneData
{
    public static readonly Grid FiveMinutes = new(4320, 828, -180, 84, 1.0 / 12, -1.0 / 12, FakeGeodata.LonLat);

    /// <summary>The six countries, read by a few lines of JSON.</summary>
    public static VectorLayer Countries()
    {
        using var document = JsonDocument.Parse(File.ReadAllText(TestData.Real("boundaries/neasia_countries_50m.geojson")));
        var features = new List<VectorFeature>();
        foreach (JsonElement feature in document.RootElement.GetProperty("features").EnumerateArray())
        {
            JsonElement properties = feature.GetProperty("properties");
            var polygons = feature.GetProperty("geometry").GetProperty("coordinates").EnumerateArray()
                .Select(polygon => (IReadOnlyList<double[]>)[.. polygon.EnumerateArray().Select(ring =>
                    ring.EnumerateArray().SelectMany(point => point.EnumerateArray().Take(2).Select(v => v.GetDouble()))
                        .ToArray())])
                .ToList();
            features.Add(
                new VectorFeature(
                    [properties.GetProperty("iso3").GetString(), properties.GetProperty("name").GetString()], polygons));
        }

        return new VectorLayer(
            "neasia_countries_50m.geojson", "neasia_countries_50m", FakeGeodata.LonLat, ["iso3", "name"], features);
    }

    public static VectorFeature Feature(params double[][] rings) => new([], [rings]);

    /// <summary>Square kilometres on WGS 84 of spans of a geographic grid (method §9).</summary>
    public static double Area(Grid grid, RowSpan[] spans) => spans.Sum(span =>
        span.Length * CellArea(
            grid.CentreY(span.Row) - Math.Abs(grid.CellHeight / 2), grid.CentreY(span.Row) + Math.Abs(grid.CellHeight / 2),
            grid.CellWidth)) / 1e6;

    private static double CellArea(double south, double north, double width)
    {
        const double A = 6378137, B = 6356752.3142;
        double e = Math.Sqrt(1 - (B * B / (A * A)));
        double Q(double degrees)
        {
            double sin = Math.Sin(degrees * Math.PI / 180), u = e * sin;
            return Math.PI * B * B * ((2 * Math.Atanh(u) / (2 * e)) + (sin / ((1 + u) * (1 - u))));
        }

        return (Q(north) - Q(south)) * width / 360;
    }
}
