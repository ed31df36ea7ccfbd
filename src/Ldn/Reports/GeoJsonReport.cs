using System.Text.Encodings.Web;
using System.Text.Json;
using Ldn.Tables;

namespace Ldn.Reports;

/// <summary>
/// zones.geojson (RFC 7946): the zones in longitude and latitude with their headline figures. Coordinates keep every digit they
/// were read with.
/// </summary>
internal static class GeoJsonReport
{
    private static readonly JsonWriterOptions s_options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true
    };

    public static void Write(string path, IReadOnlyList<ZoneShape> shapes, ZoneFigures figures)
    {
        using FileStream file = new(path, FileMode.Create, FileAccess.Write);
        using var json = new Utf8JsonWriter(file, s_options);
        json.WriteStartObject();
        json.WriteString("type", "FeatureCollection");
        json.WriteString("name", "zones");
        json.WriteStartArray("features");
        foreach (ZoneShape shape in shapes)
        {
            json.WriteStartObject();
            json.WriteString("type", "Feature");
            json.WriteStartObject("properties");
            json.WriteString("zone_id", shape.Id);
            json.WriteString("zone_name", shape.Name);
            json.WriteString("groups", string.Join(';', shape.Groups));
            if (figures.Values.TryGetValue(shape.Id, out object?[]? cells))
                for (int c = 0; c < cells.Length; c++)
                    WriteFigure(json, figures.Columns[c].Name, cells[c]);
            json.WriteEndObject();
            json.WriteStartObject("geometry");
            json.WriteString("type", "MultiPolygon");
            json.WriteStartArray("coordinates");
            foreach (IReadOnlyList<double[]> polygon in shape.Polygons)
                WritePolygon(json, polygon);
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndObject();
            json.Flush();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteFigure(Utf8JsonWriter json, string name, object? cell)
    {
        json.WritePropertyName(name);
        if (cell is null)
            json.WriteNullValue();
        else if (cell is string text)
            json.WriteStringValue(text);
        else
            json.WriteRawValue(Cell.Format(cell), skipInputValidation: true);
    }

    private static void WritePolygon(Utf8JsonWriter json, IReadOnlyList<double[]> polygon)
    {
        json.WriteStartArray();
        foreach (double[] ring in polygon)
        {
            json.WriteStartArray();
            for (int i = 0; i + 1 < ring.Length; i += 2)
            {
                json.WriteStartArray();
                json.WriteNumberValue(ring[i]);
                json.WriteNumberValue(ring[i + 1]);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
