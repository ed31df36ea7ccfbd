using System.Globalization;
using System.Text.Json;
using Ldn.Tables;

namespace Ldn.Reports;

/// <summary>Reads a table back from summary.json. Its columns are those of the published schema; of a table that is not in it, what the names and values say.</summary>
internal static class TableReader
{
    private const decimal SquareMillimetresPerSquareKilometre = 1e12m;

    /// <param name="name">Name of the table.</param>
    /// <param name="array">Its rows, objects of the same members.</param>
    /// <param name="schema">Title and columns as published; null where they are not.</param>
    public static ResultTable Read(string name, JsonElement array, ResultTable? schema)
    {
        var known = schema?.Columns.ToDictionary(c => c.Name) ?? [];
        List<JsonElement> rows = [.. array.EnumerateArray()];
        Column[] columns = rows.Count == 0
            ? [.. schema?.Columns ?? []]
            : [.. rows[0].EnumerateObject().Select(c => known.GetValueOrDefault(c.Name) ?? new Column(c.Name, TypeOf(c.Name, rows), ""))];
        var table = new ResultTable(name, schema?.Title ?? Title(name), columns);
        foreach (JsonElement row in rows)
        {
            var cells = new object?[columns.Length];
            int c = 0;
            foreach (JsonProperty cell in row.EnumerateObject())
            {
                cells[c] = Cell(cell.Value, columns[c].Type);
                c++;
            }

            table.Add(cells);
        }

        return table;
    }

    private static object? Cell(JsonElement value, ColumnType type) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.String => value.GetString(),
        JsonValueKind.True or JsonValueKind.False => value.GetBoolean(),
        JsonValueKind.Number => type switch
        {
            ColumnType.Integer => value.GetInt64(),
            ColumnType.Area => (Int128)(value.GetDecimal() * SquareMillimetresPerSquareKilometre),
            _ => value.GetDouble(),
        },
        _ => value.ToString(),
    };

    private static ColumnType TypeOf(string name, List<JsonElement> rows)
    {
        JsonElement[] values = [.. rows.Select(r => r.GetProperty(name)).Where(v => v.ValueKind != JsonValueKind.Null)];
        if (values.Length > 0 && Array.TrueForAll(values, v => v.ValueKind is JsonValueKind.True or JsonValueKind.False))
            return ColumnType.Flag;
        if (values.Length == 0 || Array.Exists(values, v => v.ValueKind != JsonValueKind.Number))
            return ColumnType.Text;
        if (name.EndsWith("_km2", StringComparison.Ordinal))
            return ColumnType.Area;
        if (name.EndsWith("_pct", StringComparison.Ordinal) || name.Contains("_pct_", StringComparison.Ordinal))
            return ColumnType.Percent;
        return Array.TrueForAll(values, v => long.TryParse(v.GetRawText(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))
            ? ColumnType.Integer
            : ColumnType.Number;
    }

    private static string Title(string name)
    {
        string words = name.Replace('_', ' ');
        return char.ToUpperInvariant(words[0]) + words[1..];
    }
}
