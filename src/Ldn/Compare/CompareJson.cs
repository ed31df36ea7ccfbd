using System.Text.Encodings.Web;
using System.Text.Json;
using Ldn.Counting;

namespace Ldn.Compare;

/// <summary>A comparison as one JSON document (<c>ldn schema compare</c>).</summary>
internal static class CompareJson
{
    /// <param name="stream">Stays open.</param>
    /// <param name="found">The comparison.</param>
    /// <param name="folder">Where its files are; null where none were written.</param>
    /// <param name="tolerance">Percentage points that the headline may differ by; null where none were given.</param>
    /// <param name="sentences">What the page says of each zone and pair of periods, in the order of the changes.</param>
    public static void Write(
        Stream stream, Comparison found, string? folder, decimal? tolerance, IReadOnlyList<string> sentences)
    {
        using var json = new Utf8JsonWriter(
            stream, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteNumber("schema_version", 1);
        WriteSide(json, "before", found.Before);
        WriteSide(json, "after", found.After);
        if (folder is not null)
            json.WriteString("out", folder);
        json.WriteNumber("values", found.Table.Rows.Count);
        json.WriteNumber("differing", found.Differing);
        if (tolerance is { } points)
        {
            json.WriteNumber("tolerance", points);
            json.WriteStartArray("beyond");
            foreach (HeadlineChange change in Tolerance.Beyond(found, points))
            {
                json.WriteStartObject();
                json.WriteString("zone_id", change.Zone.Id);
                json.WriteString("period", found.After.Periods[change.Pair.Final].Id);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        if (found.Missing is { } missing)
            json.WriteString("attribution_missing", missing);
        json.WriteStartArray("headline");
        for (int i = 0; i < found.Changes.Count; i++)
            WriteChange(json, found, found.Changes[i], sentences[i]);
        json.WriteEndArray();
        json.WriteStartArray("notes");
        foreach (string note in found.Notes)
            json.WriteStringValue(note);
        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        stream.WriteByte((byte)'\n');
    }

    private static void WriteSide(Utf8JsonWriter json, string which, Side side)
    {
        json.WriteStartObject(which);
        json.WriteString("name", side.Name);
        json.WriteString("path", side.File);
        if (side.Program.Length > 0)
            json.WriteString("program", side.Program);
        json.WriteEndObject();
    }

    private static void WriteChange(Utf8JsonWriter json, Comparison found, HeadlineChange change, string sentence)
    {
        json.WriteStartObject();
        json.WriteString("zone_id", change.Zone.Id);
        json.WriteString("zone_name", change.Zone.Name);
        json.WriteString("zone_kind", change.Zone.Kind);
        json.WriteString("period_before", found.Before.Periods[change.Pair.Before].Id);
        json.WriteString("period", found.After.Periods[change.Pair.Final].Id);
        Write(json, "before_pct", change.Before);
        Write(json, "after_pct", change.After);
        Write(json, "points", change.Points);
        json.WriteString("sentence", sentence);
        json.WriteStartArray("parts");
        foreach (Part part in change.Parts)
        {
            json.WriteStartObject();
            json.WriteString("factor", part.Factor.Name());
            json.WritePropertyName("contribution_km2");
            json.WriteRawValue(part.Contribution.ToString());
            json.WritePropertyName("low_km2");
            json.WriteRawValue(part.Low.ToString());
            json.WritePropertyName("high_km2");
            json.WriteRawValue(part.High.ToString());
            if (part.Points is { } points)
                json.WriteNumber("points", Math.Round(points, 6));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Ratio? value)
    {
        json.WritePropertyName(name);
        if (value is { } number)
            json.WriteRawValue(number.ToString());
        else
            json.WriteNullValue();
    }
}

/// <summary>Whether headlines moved further than they may.</summary>
internal static class Tolerance
{
    /// <summary>
    /// The headlines of a period of both sides whose exact shares of land differ by more than so many percentage points, or of
    /// which one is undefined. A period that the side before does not have is news and not a difference.
    /// </summary>
    public static IEnumerable<HeadlineChange> Beyond(Comparison found, decimal points) => found.Changes.Where(
        c => c.Pair.New is null && (c.Before is null != c.After is null
            || (c.Points is { } moved && (moved > (Ratio)points || moved < (Ratio)(-points)))));
}
