using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.RegularExpressions;
using Ldn.Indicator;
using Ldn.Rasters;

namespace Ldn.Reports.Maps;

/// <summary>
/// stac-item.json: the run as one item of a SpatioTemporal Asset Catalog 1.0.0, with the extensions of that generation for
/// projection, raster bands, classes and processing. Its dates are the years of the periods, never the clock's.
/// </summary>
internal static partial class StacItem
{
    /// <summary>Schemas of the extensions whose fields the item has.</summary>
    private static readonly string[] s_extensions =
    [
        "https://stac-extensions.github.io/projection/v1.1.0/schema.json",
        "https://stac-extensions.github.io/raster/v1.1.0/schema.json",
        "https://stac-extensions.github.io/classification/v1.1.0/schema.json",
        "https://stac-extensions.github.io/processing/v1.1.0/schema.json",
    ];

    /// <summary>Writes the item; false without rasters or without years, for an item must say where and when.</summary>
    public static bool Write(string path, RunDocument document, IReadOnlyList<RunRaster> rasters, IGeodata geodata)
    {
        (int First, int Last)[] years = [.. document.Periods.Select(p => p.Span).OfType<(int First, int Last)>()];
        if (rasters.Count == 0 || years.Length == 0)
            return false;
        Grid grid = rasters[0].Grid;
        using FileStream file = new(path, FileMode.Create, FileAccess.Write);
        using var json = new Utf8JsonWriter(
            file,
            new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteString("stac_version", "1.0.0");
        Strings(json, "stac_extensions", s_extensions);
        json.WriteString("id", Id(document.Name));
        LonLatBox.Of(grid, geodata).Write(json);
        json.WriteStartObject("properties");
        json.WriteString("title", document.Name);
        json.WriteString("description", "SDG indicator 15.3.1: " + string.Join(", ", document.Periods.Select(p => p.Id)));
        json.WriteNull("datetime");
        json.WriteString(
            "start_datetime", string.Create(CultureInfo.InvariantCulture, $"{years.Min(y => y.First):D4}-01-01T00:00:00Z"));
        json.WriteString(
            "end_datetime", string.Create(CultureInfo.InvariantCulture, $"{years.Max(y => y.Last):D4}-12-31T23:59:59Z"));
        WriteProjection(json, grid);
        WriteProcessing(json, document);
        json.WriteEndObject();
        json.WriteStartArray("links");
        json.WriteEndArray();
        json.WriteStartObject("assets");
        foreach (RunRaster raster in rasters)
        {
            bool single = Path.GetExtension(raster.Path) == ".tif";
            Asset(
                json, raster.Name, Path.GetFileName(raster.Path),
                single ? "image/tiff; application=geotiff; profile=cloud-optimized" : "application/xml", "data", () =>
                {
                    if (raster.Grid != grid)
                        WriteProjection(json, raster.Grid);
                    WriteBand(json, raster);
                });
            Asset(json, raster.Name + "_quicklook", RasterCompanions.QuicklookName(raster), "image/png", "thumbnail");
            Asset(json, raster.Name + "_sld", RasterCompanions.StyleName(raster), "application/vnd.ogc.sld+xml", "style");
            Asset(json, raster.Name + "_qml", raster.Name + ".qml", "application/xml", "style");
        }

        Asset(json, "summary", "summary.json", "application/json", "metadata");
        json.WriteEndObject();
        json.WriteEndObject();
        return true;
    }

    private static void Asset(
        Utf8JsonWriter json, string key, string file, string type, string role, Action? more = null)
    {
        json.WriteStartObject(key);
        json.WriteString("href", "./" + file);
        json.WriteString("type", type);
        Strings(json, "roles", [role]);
        more?.Invoke();
        json.WriteEndObject();
    }

    /// <summary>
    /// Reference system, extent, shape (rows, columns) and transform of a grid. A system without a number is told in words alone.
    /// </summary>
    private static void WriteProjection(Utf8JsonWriter json, Grid grid)
    {
        double right = grid.OriginX + (grid.Width * grid.CellWidth), end = grid.OriginY + (grid.Height * grid.CellHeight);
        if (EpsgOf(grid.Crs.Wkt) is { } code)
            json.WriteNumber("proj:epsg", code);
        else
            json.WriteNull("proj:epsg");
        json.WriteString("proj:wkt2", grid.Crs.Wkt);
        Numbers(json, "proj:bbox", grid.OriginX, Math.Min(grid.OriginY, end), right, Math.Max(grid.OriginY, end));
        Numbers(json, "proj:shape", grid.Height, grid.Width);
        Numbers(json, "proj:transform", grid.CellWidth, 0, grid.OriginX, 0, grid.CellHeight, grid.OriginY);
    }

    private static void WriteProcessing(Utf8JsonWriter json, RunDocument document)
    {
        string[] program = document.Program.Split(' ', 2);
        json.WriteString("processing:level", "L4");
        json.WriteStartObject("processing:software");
        json.WriteString(program[0], program.Length > 1 ? program[1] : "");
        json.WriteEndObject();
        json.WriteString(
            "processing:lineage",
            $"one out, all out of {string.Join(", ", document.SubIndicators.Select(s => s.Replace('_', ' ')))}; "
                + string.Join(", ", document.Rules.Select(r => $"{r.Name} {r.Value}"))
                + ". Inputs, with hashes, and options are in provenance.json");
    }

    /// <summary>The one band of a raster: how its cells are stored and, for classes, what they mean.</summary>
    private static void WriteBand(Utf8JsonWriter json, RunRaster raster)
    {
        int noData = raster.Signed ? ConditionEncoding.SignedNoData : raster.Kind.NoData;
        json.WriteStartArray("raster:bands");
        json.WriteStartObject();
        json.WriteString("data_type", raster.Kind.HoldsValues ? "float32" : raster.Signed ? "int16" : "uint8");
        if (raster.Kind.HoldsValues)
            json.WriteString("nodata", "nan");
        else
            json.WriteNumber("nodata", noData);
        json.WriteString("sampling", "area");
        if (!raster.Kind.HoldsValues)
        {
            json.WriteStartArray("classification:classes");
            foreach (RasterClass c in raster.Classes)
                WriteClass(json, c.Value, c.Name, c.Color, false);
            WriteClass(json, noData, "no_data", null, true);
            json.WriteEndArray();
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteClass(Utf8JsonWriter json, int value, string name, string? color, bool noData)
    {
        json.WriteStartObject();
        json.WriteNumber("value", value);
        json.WriteString("name", name);
        json.WriteString("description", name.Replace('_', ' '));
        if (color is not null)
            json.WriteString("color_hint", color.TrimStart('#').ToUpperInvariant());
        if (noData)
            json.WriteBoolean("nodata", true);
        json.WriteEndObject();
    }

    private static void Numbers(Utf8JsonWriter json, string name, params IEnumerable<double> values)
    {
        json.WriteStartArray(name);
        foreach (double value in values)
            json.WriteNumberValue(value);
        json.WriteEndArray();
    }

    private static void Strings(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (string value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }

    /// <summary>The number of a reference system in the EPSG registry, from the end of its definition; null without.</summary>
    internal static int? EpsgOf(string wkt) =>
        Epsg().Match(wkt) is { Success: true } match ? int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) : null;

    [GeneratedRegex("""(?:ID|AUTHORITY)\["EPSG","?(\d{4,6})"?\]\]\s*$""")]
    private static partial Regex Epsg();

    private static string Id(string name)
    {
        string id = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')).Trim('-');
        return id.Length == 0 ? "ldn-run" : id;
    }
}

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

/// <summary>Points all over a grid in longitude and latitude, from which its place on Earth is seen.</summary>
internal static class GridPoints
{
    /// <summary>Steps of the lattice along each side of the grid.</summary>
    public const int Steps = 24;

    /// <summary>A lattice over the grid, its corners included; points off the map are left out.</summary>
    public static List<(double Longitude, double Latitude)> LonLat(Grid grid, IGeodata geodata)
    {
        const int count = (Steps + 1) * (Steps + 1);
        double[] x = new double[count], y = new double[count];
        for (int i = 0; i < count; i++)
        {
            x[i] = grid.OriginX + (grid.Width * grid.CellWidth * (i % (Steps + 1)) / Steps);
            y[i] = grid.OriginY + (grid.Height * grid.CellHeight * (i / (Steps + 1)) / Steps);
        }

        if (!geodata.SameCrs(grid.Crs, ZoneShapes.Wgs84))
        {
            using ICoordinateTransform transform = geodata.CreateTransform(grid.Crs, ZoneShapes.Wgs84);
            transform.Transform(x, y);
        }

        return [.. x.Zip(y).Where(p => double.IsFinite(p.First)).Select(p => (p.First, p.Second))];
    }
}
