using Ldn.Csv;

namespace Ldn.LandCover;

/// <summary>Reads <c>code,name,color,unccd</c> and says which row is wrong.</summary>
internal static class LegendTable
{
    public const string NoData = "nodata";

    public static readonly string[] Columns = ["code", "name", "color", "unccd"];

    public static Legend Read(CsvTable table, string name)
    {
        if (Columns.Except(table.Columns).FirstOrDefault() is { } missing)
            throw Fault.InputTable.Error(
                $"table {table.Name}: no column {missing}", $"a legend has the columns {string.Join(",", Columns)}");

        var classes = new List<LegendClass>();
        var noData = new List<LegendNoData>();
        var rows = new Dictionary<int, int>();
        foreach (CsvRow row in table.Rows)
        {
            int code = table.Integer(row, "code");
            if (!rows.TryAdd(code, row.Line))
                throw Fault.InputTable.Error(
                    $"table {table.Name}, row {row.Line}: code {code} is given twice, first in row {rows[code]}");
            string text = table.Text(row, "name"), unccd = table.Text(row, "unccd"), color = Color(table, row);
            if (unccd.Equals(NoData, StringComparison.OrdinalIgnoreCase))
            {
                noData.Add(new LegendNoData(code, text, color));
                continue;
            }

            if (unccd is not [>= '1' and <= '7'])
                throw table.Wrong(row, "unccd", $"a UNCCD class 1…7 or {NoData}");
            if (text.Length == 0)
                throw Fault.InputTable.Error($"table {table.Name}, row {row.Line}: class {code} has no name");
            if (classes.Count == Legend.MaxClasses)
                throw Fault.InputTable.Error($"table {table.Name}, row {row.Line}: more than {Legend.MaxClasses} classes",
                    "merge classes, or leave out those that do not occur");
            var nested = (UnccdClass)(unccd[0] - '0');
            classes.Add(new LegendClass(code, text, color.Length == 0 ? nested.Color() : color, nested));
        }

        if (classes.Count == 0)
            throw Fault.InputTable.Error(
                $"table {table.Name} has no class", $"a legend needs at least one row with unccd 1…7, not only {NoData}");
        return Legend.Create(name, classes, noData);
    }

    /// <summary>A CSV field, quoted where it must be.</summary>
    public static string Quote(string field) =>
        field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;

    private static string Color(CsvTable table, CsvRow row)
    {
        string color = table.Text(row, "color");
        bool valid = color.Length == 0 || (color.Length == 7 && color[0] == '#' && color.Skip(1).All(char.IsAsciiHexDigit));
        return valid ? color : throw table.Wrong(row, "color", "a colour such as #1a2b3c");
    }
}
