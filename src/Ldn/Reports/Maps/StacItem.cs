using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ldn.Rasters;

namespace Ldn.Reports.Maps;

/// <summary>
/// stac-item.json: the run as one item of a SpatioTemporal Asset Catalog 1.0.0. Its dates are the years of the periods, never the
/// clock's.
/// </summary>
internal static class StacItem
{
    /// <summary>Writes the item; false without rasters or without years, for an item must say where and when.</summary>
    public static bool Write(string path, RunDocument document, IReadOnlyList<RunRaster> rasters, IGeodata geodata)
    {
        (int First, int Last)[] years = [.. document.Periods.Select(p => p.Span).OfType<(int First, int Last)>()];
        if (rasters.Count == 0 || years.Length == 0)
            return false;
        double[] box = Box(rasters[0].Grid, geodata);
        using FileStream file = new(path, FileMode.Create, FileAccess.Write);
        using var json = new Utf8JsonWriter(
            file,
            new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteString("stac_version", "1.0.0");
        json.WriteString("id", Id(document.Name));
        json.WriteStartArray("bbox");
        foreach (double edge in box)
            json.WriteNumberValue(edge);
        json.WriteEndArray();
        WriteGeometry(json, box);
        json.WriteStartObject("properties");
        json.WriteString("title", document.Name);
        json.WriteString("description", "SDG indicator 15.3.1: " + string.Join(", ", document.Periods.Select(p => p.Id)));
        json.WriteNull("datetime");
        json.WriteString(
            "start_datetime", string.Create(CultureInfo.InvariantCulture, $"{years.Min(y => y.First):D4}-01-01T00:00:00Z"));
        json.WriteString(
            "end_datetime", string.Create(CultureInfo.InvariantCulture, $"{years.Max(y => y.Last):D4}-12-31T23:59:59Z"));
        json.WriteEndObject();
        json.WriteStartArray("links");
        json.WriteEndArray();
        json.WriteStartObject("assets");
        foreach (RunRaster raster in rasters)
        {
            bool single = Path.GetExtension(raster.Path) == ".tif";
            Asset(
                json, raster.Name, Path.GetFileName(raster.Path),
                single ? "image/tiff; application=geotiff; profile=cloud-optimized" : "application/xml", "data");
            Asset(json, raster.Name + "_quicklook", RasterCompanions.QuicklookName(raster), "image/png", "thumbnail");
            Asset(json, raster.Name + "_sld", RasterCompanions.StyleName(raster), "application/vnd.ogc.sld+xml", "style");
            Asset(json, raster.Name + "_qml", raster.Name + ".qml", "application/xml", "style");
        }

        Asset(json, "summary", "summary.json", "application/json", "metadata");
        json.WriteEndObject();
        json.WriteEndObject();
        return true;
    }

    private static void Asset(Utf8JsonWriter json, string key, string file, string type, string role)
    {
        json.WriteStartObject(key);
        json.WriteString("href", "./" + file);
        json.WriteString("type", type);
        json.WriteStartArray("roles");
        json.WriteStringValue(role);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteGeometry(Utf8JsonWriter json, double[] box)
    {
        json.WriteStartObject("geometry");
        json.WriteString("type", "Polygon");
        json.WriteStartArray("coordinates");
        json.WriteStartArray();
        foreach ((int x, int y) in new[] { (0, 1), (2, 1), (2, 3), (0, 3), (0, 1) })
        {
            json.WriteStartArray();
            json.WriteNumberValue(box[x]);
            json.WriteNumberValue(box[y]);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>West, south, east, north in degrees, rounded outward far below a cell.</summary>
    private static double[] Box(Grid grid, IGeodata geodata)
    {
        List<(double Longitude, double Latitude)> points = GridPoints.LonLat(grid, geodata);
        double west = points.Min(p => p.Longitude), east = points.Max(p => p.Longitude);
        return [.. new[] { west, points.Min(p => p.Latitude), east, points.Max(p => p.Latitude) }.Select(v => Math.Round(v, 7))];
    }

    private static string Id(string name)
    {
        string id = string.Concat(name.Select(c => char.IsAsciiLetterOrDigit(c) ? char.ToLowerInvariant(c) : '-')).Trim('-');
        return id.Length == 0 ? "ldn-run" : id;
    }
}
