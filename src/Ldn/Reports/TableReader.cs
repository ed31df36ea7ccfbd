using System.Globalization;
using System.Text.Json;
using Ldn.Counting;
using Ldn.Jobs;
using Ldn.Tables;

namespace Ldn.Reports;

/// <summary>
/// Reads a table back from summary.json. Its columns are those of the published schema; of a table that is not in it, what the
/// names and values say.
/// </summary>
internal static class TableReader
{
    /// <param name="name">Name of the table.</param>
    /// <param name="array">Its rows, objects of the same members.</param>
    /// <param name="schema">Title and columns as published; null where they are not.</param>
    public static ResultTable Read(string name, JsonElement array, ResultTable? schema)
    {
        var known = schema?.Columns.ToDictionary(c => c.Name) ?? [];
        List<JsonElement> rows = [.. array.EnumerateArray()];
        Column[] columns = rows.Count == 0
            ? [.. schema?.Columns ?? []]
            : [.. rows[0].EnumerateObject().Select(c => known.GetValueOrDefault(c.Name) ?? Typed(c.Name, rows))];

        // A run of an older version lacks columns: they are there, and empty.
        Column[] lacking = [.. (schema?.Columns ?? []).Where(c => Array.TrueForAll(columns, there => there.Name != c.Name))];
        var table = new ResultTable(name, schema?.Title ?? Title(name), [.. columns, .. lacking]);
        foreach (JsonElement row in rows)
        {
            var cells = new object?[table.Columns.Count];
            int c = 0;
            foreach (JsonProperty cell in row.EnumerateObject())
            {
                cells[c] = Value(cell.Value, columns[c]);
                c++;
            }

            table.Add(cells);
        }

        return table;
    }

    private static object? Value(JsonElement value, Column column) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => column.IsYear && YearSpan.Read(value.GetString()!) is { } year
            ? (long)year
            : value.GetString(),
        JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
        JsonValueKind.Number => column switch
        {
            Column<long> => value.GetInt64(),
            Column<Area> => Area.OfSquareKilometres(value.GetDecimal()),
            Column<Ratio> => (Ratio)value.GetDecimal(),
            _ => value.GetDouble(),
        },
        _ => value.ToString(),
    };

    private static Column Typed(string name, List<JsonElement> rows)
    {
        JsonElement[] values = [.. rows.Select(r => r.GetProperty(name)).Where(v => v.ValueKind != JsonValueKind.Null)];
        if (values.Length > 0 && Array.TrueForAll(values, v => v.ValueKind is JsonValueKind.True or JsonValueKind.False))
            return Column.Flag(name, "");
        if (values.Length > 0 && Column.Integer(name, "").IsYear && Array.TrueForAll(values, IsYear))
            return Column.Integer(name, "");
        if (values.Length == 0 || Array.Exists(values, v => v.ValueKind != JsonValueKind.Number))
            return Column.Text(name, "");
        if (name.EndsWith("_km2", StringComparison.Ordinal))
            return Column.Area(name, "");
        if (name.EndsWith("_pct", StringComparison.Ordinal) || name.Contains("_pct_", StringComparison.Ordinal))
            return Column.Percent(name, "");
        return Array.TrueForAll(
            values, v => long.TryParse(v.GetRawText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            ? Column.Integer(name, "")
            : Column.Number(name, "");
    }

    private static bool IsYear(JsonElement value) => value.ValueKind == JsonValueKind.Number
        ? value.TryGetInt64(out _)
        : value.ValueKind == JsonValueKind.String && YearSpan.Read(value.GetString()!) is not null;

    private static string Title(string name)
    {
        string words = name.Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
