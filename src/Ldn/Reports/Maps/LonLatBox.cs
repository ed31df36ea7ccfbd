using System.Text.Json;
using Ldn.Rasters;

namespace Ldn.Reports.Maps;

/// <summary>
/// Where a grid lies on Earth, in degrees, longitudes within ±180. A box over the antimeridian has its west edge in the east: its
/// <see cref="West"/> is the greater, and its outline is cut there (RFC 7946 §3.1.9, §5.2).
/// </summary>
internal readonly record struct LonLatBox(double West, double South, double East, double North)
{
    private const double Turn = 360;

    /// <summary>The box of a grid, rounded far below a cell.</summary>
    public static LonLatBox Of(Grid grid, IGeodata geodata)
    {
        List<(double Longitude, double Latitude)> points = GridPoints.LonLat(grid, geodata);
        double south = points.Min(p => p.Latitude), north = points.Max(p => p.Latitude);
        (double west, double east) = grid.Crs.IsGeographic
            ? (points.Min(p => p.Longitude), points.Max(p => p.Longitude))
            : Arc([.. points.Select(p => p.Longitude)]);
        if (!grid.Crs.IsGeographic)
        {
            // All around a pole, which is a corner of no cell: it bounds the box all the same.
            (south, north) = (Holds(-90) ? -90 : south, Holds(90) ? 90 : north);
            if (Math.Abs(south) == 90 || Math.Abs(north) == 90)
                (west, east) = (-180, 180);
        }

        return Within(Math.Round(west, 7), Math.Round(south, 7), Math.Round(east, 7), Math.Round(north, 7));

        bool Holds(double pole)
        {
            double[] x = [0], y = [pole];
            using ICoordinateTransform transform = geodata.CreateTransform(ZoneShapes.Wgs84, grid.Crs);
            transform.Transform(x, y);
            double column = (x[0] - grid.OriginX) / grid.CellWidth, row = (y[0] - grid.OriginY) / grid.CellHeight;
            return column > 0 && column < grid.Width && row > 0 && row < grid.Height;
        }
    }

    /// <summary>A box with longitudes of any turn, west before east.</summary>
    public static LonLatBox Within(double west, double south, double east, double north)
    {
        (south, north) = (Math.Max(south, -90), Math.Min(north, 90));
        if (east - west >= Turn)
            return new(-180, south, 180, north);
        double turns = Math.Floor((west + 180) / Turn) * Turn;
        (west, east) = (west - turns, east - turns);
        return new(west, south, east > 180 ? east - Turn : east, north);
    }

    /// <summary>The members <c>bbox</c> and <c>geometry</c> of a GeoJSON feature.</summary>
    public void Write(Utf8JsonWriter json)
    {
        json.WriteStartArray("bbox");
        foreach (double edge in new[] { West, South, East, North })
            json.WriteNumberValue(edge);
        json.WriteEndArray();
        json.WriteStartObject("geometry");
        bool cut = West > East;
        json.WriteString("type", cut ? "MultiPolygon" : "Polygon");
        json.WriteStartArray("coordinates");
        if (cut)
        {
            foreach ((double west, double east) in new[] { (West, 180.0), (-180.0, East) }.Where(p => p.Item1 < p.Item2))
            {
                json.WriteStartArray();
                WriteRing(json, west, east);
                json.WriteEndArray();
            }
        }
        else
        {
            WriteRing(json, West, East);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteRing(Utf8JsonWriter json, double west, double east)
    {
        json.WriteStartArray();
        foreach ((double x, double y) in new[] { (west, South), (east, South), (east, North), (west, North), (west, South) })
        {
            json.WriteStartArray();
            json.WriteNumberValue(x);
            json.WriteNumberValue(y);
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }

    /// <summary>
    /// The arc that holds all longitudes: what is left beside the widest gap, or all around where no gap is wider than points lie
    /// apart.
    /// </summary>
    private static (double West, double East) Arc(double[] longitudes)
    {
        double[] sorted = [.. longitudes.Select(x => x - (Math.Floor((x + 180) / Turn) * Turn)).Distinct().Order()];
        (double west, double gap) = (sorted[0], sorted[0] + Turn - sorted[^1]);
        double east = sorted[^1];
        for (int i = 1; i < sorted.Length; i++)
            if (sorted[i] - sorted[i - 1] > gap)
                (gap, west, east) = (sorted[i] - sorted[i - 1], sorted[i], sorted[i - 1] + Turn);
        return gap <= Turn / GridPoints.Steps ? (-180, 180) : (west, east);
    }
}
