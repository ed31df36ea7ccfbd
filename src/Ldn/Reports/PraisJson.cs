using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Ldn.Tables;

namespace Ldn.Reports;

/// <summary>prais.json: the tables of the UNCCD's reporting platform under their own names.</summary>
public static class PraisJson
{
    public static byte[] Write(string name, IReadOnlyList<string> notes, IEnumerable<ResultTable> tables)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(
            buffer,
            new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteNumber("schema_version", 1);
        json.WriteString("name", name);
        json.WriteStartArray("notes");
        foreach (string note in notes)
            json.WriteStringValue(note);
        json.WriteEndArray();
        json.WriteStartObject("tables");
        foreach (ResultTable table in tables)
        {
            json.WriteStartObject(table.Name);
            json.WriteString("title", table.Title);
            json.WritePropertyName("rows");
            json.WriteRawValue(SummaryJson.Rows(table), skipInputValidation: true);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return [.. buffer.WrittenSpan, (byte)'\n'];
    }

    /// <summary>The tables of a prais.json; column types are what names and values say.</summary>
    public static IReadOnlyList<ResultTable> Read(ReadOnlyMemory<byte> prais)
    {
        using JsonDocument json = JsonDocument.Parse(prais);
        return [.. json.RootElement.GetProperty("tables").EnumerateObject().Select(t =>
            TableReader.Read(
                t.Name, t.Value.GetProperty("rows"), null) with { Title = t.Value.GetProperty("title").GetString()! })];
    }
}
