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
