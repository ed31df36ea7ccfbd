using System.Globalization;
using Ldn.Csv;

namespace Ldn.LandCover;

/// <summary>Reads <c>from,&lt;code&gt;,…</c> and says which row or column is wrong.</summary>
internal static class TransitionMatrixTable
{
    private const string From = "from";

    public static TransitionMatrix Read(CsvTable table, Legend legend)
    {
        if (table.Columns[0] != From)
            throw Fault.InputTable.Error($"table {table.Name}: the first column is '{table.Columns[0]}', not '{From}'",
                "write the header as from,<code>,<code>,… with the codes of the legend");

        string[] headers = [.. table.Columns.Skip(1)];
        CheckNotUnccd(table, legend, headers);
        var columns = new Dictionary<int, string>();
        foreach (string header in headers)
        {
            int index = Index(legend, header) ?? throw NotAClass(legend, $"table {table.Name}, column {header}", header);
            if (!columns.TryAdd(index, header))
                throw Fault.InputTable.Error($"table {table.Name}: columns {columns[index]} and {header} are the same class");
        }

        var rows = new Dictionary<int, CsvRow>();
        foreach (CsvRow row in table.Rows)
        {
            string code = table.Text(row, From);
            int index = Index(legend, code) ?? throw NotAClass(legend, $"table {table.Name}, row {row.Line}", code);
            if (!rows.TryAdd(index, row))
                throw Fault.InputTable.Error(
                    $"table {table.Name}, row {row.Line}: class {code} is given twice, first in row {rows[index].Line}");
        }

        RequireAll(table, legend, "column", columns.Keys);
        RequireAll(table, legend, "row", rows.Keys);

        int n = legend.Count;
        var cells = new sbyte[n * n];
        for (int from = 1; from <= n; from++)
            for (int to = 1; to <= n; to++)
                cells[((from - 1) * n) + to - 1] = Cell(table, rows[from], columns[to]);
        return new TransitionMatrix(legend, cells);
    }

    private static sbyte Cell(CsvTable table, CsvRow row, string column) => table.Text(row, column) switch
    {
        // The minus sign of word processors means what it shows.
        "-1" or "\u22121" => -1,
        "0" => 0,
        "1" or "+1" => 1,
        _ => throw table.Wrong(row, column, "-1, 0 or 1"),
    };

    private static int? Index(Legend legend, string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int code)
            && legend.IndexOf(code) is > 0 and int index
            ? index
            : null;

    private static LdnException NotAClass(Legend legend, string where, string code) =>
        Fault.InputTable.Error($"{where}: '{code}' is not a class of legend {legend.Name}", $"its classes are {Codes(legend)}");

    /// <summary>
    /// A 7×7 matrix for a legend with other codes is the likeliest mistake, and with a legend such as IGBP, whose codes hold 1…7
    /// too, would otherwise only be reported as missing classes.
    /// </summary>
    private static void CheckNotUnccd(CsvTable table, Legend legend, string[] headers)
    {
        string[] unccd = [.. UnccdClasses.All.Select(c => $"{(int)c}")];
        bool isUnccdMatrix = headers.Length == unccd.Length && unccd.All(headers.Contains);
        bool isUnccdLegend = legend.Count == unccd.Length && legend.Classes.All(c => UnccdClasses.IsCode(c.Code));
        if (isUnccdMatrix && !isUnccdLegend)
            throw Fault.InputTable.Error($"table {table.Name} is written in the UNCCD classes 1…7, but legend {legend.Name} has "
                + "codes of its own",
                $"write a row and a column for each of its codes ({Codes(legend)}), or use the legend's default matrix");
    }

    private static void RequireAll(CsvTable table, Legend legend, string what, ICollection<int> given)
    {
        LegendClass[] missing = [.. legend.Classes.Where((_, i) => !given.Contains(i + 1))];
        if (missing.Length > 0)
            throw Fault.InputTable.Error($"table {table.Name}: no {what} for {Classes(missing)}",
                $"legend {legend.Name} has {legend.Count} classes; the matrix needs a row and a column for each");
    }

    private static string Classes(LegendClass[] missing)
    {
        string list = string.Join(", ", missing.Take(5).Select(c => $"{c.Code} ({c.Name})"));
        return missing.Length > 5 ? $"{list} and {missing.Length - 5} more" : list;
    }

    private static string Codes(Legend legend) =>
        string.Join(", ", legend.Classes.Take(12).Select(c => c.Code)) + (legend.Count > 12 ? ", …" : "");
}
