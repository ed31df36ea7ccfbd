using System.Globalization;
using Ldn.Csv;
using Ldn.LandCover;

namespace Ldn.SoilCarbon;

/// <summary>Reads <c>from,to,factor</c> and says which row or pair is wrong.</summary>
internal static class StockChangeFactorsTable
{
    public static readonly string[] Columns = ["from", "to", "factor"];

    private static readonly StockFactor None = new("1", 1, 0);

    public static StockChangeFactors Read(CsvTable table, Legend? legend)
    {
        if (Columns.Except(table.Columns).FirstOrDefault() is { } missing)
            throw Fault.InputTable.Error(
                $"table {table.Name}: no column {missing}", $"soil carbon factors have the columns {string.Join(",", Columns)}");

        int n = legend?.Count ?? UnccdClasses.Count;
        var factors = new StockFactor?[n * n];
        var rows = new int[n * n];
        foreach (CsvRow row in table.Rows)
        {
            int from = Class(table, row, "from", legend), to = Class(table, row, "to", legend), pair = ((from - 1) * n) + to - 1;
            if (factors[pair] is not null)
                throw Fault.InputTable.Error(
                    $"table {table.Name}, row {row.Line}: the change {Pair(legend, from, to)} is given twice, first in row "
                        + $"{rows[pair]}");
            StockFactor factor = Factor(table, row);
            if (from == to && (factor.Power != 0 || factor.Number != 1))
                throw Fault.InputTable.Error($"table {table.Name}, row {row.Line}: class {Code(legend, from)} to itself is no "
                    + "change, so its factor is 1",
                    "leave the row out");
            factors[pair] = factor with { ErrorPercent = Error(table, row) };
            rows[pair] = row.Line;
        }

        string[] unmapped =
        [
            .. from pair in Enumerable.Range(0, n * n)
               where factors[pair] is null && pair / n != pair % n
               select Pair(legend, (pair / n) + 1, (pair % n) + 1),
        ];
        if (unmapped.Length > 0)
        {
            string more = unmapped.Length > 8 ? $" and {unmapped.Length - 8} more" : "";
            throw Fault.InputTable.Error($"table {table.Name}: no factor for the changes "
                + $"{string.Join(", ", unmapped.Take(8))}{more}",
                "give every change between two classes a row; 1 where carbon stays as it is");
        }

        return new StockChangeFactors(legend, [.. factors.Select(f => f ?? None)]);
    }

    private static int Class(CsvTable table, CsvRow row, string column, Legend? legend)
    {
        int code = table.Integer(row, column);
        if (legend is null)
            return UnccdClasses.IsCode(code)
                ? code
                : throw Unknown("a UNCCD class 1…7", "for legend codes say so: --factor-classes legend");
        int index = legend.IndexOf(code);
        return index > 0
            ? index
            : throw Unknown($"a class of legend {legend.Name}", "for the UNCCD classes 1…7 say so: --factor-classes unccd");

        LdnException Unknown(string expected, string remedy) =>
            Fault.InputTable.Error($"table {table.Name}, row {row.Line}, column {column}: {code} is not {expected}", remedy);
    }

    private static StockFactor Factor(CsvTable table, CsvRow row)
    {
        string text = table.Text(row, "factor");
        bool inverse = text.StartsWith("1/", StringComparison.Ordinal);
        string operand = inverse ? text[2..] : text;
        if (operand == "f")
            return new StockFactor(text, 1, inverse ? -1 : 1);
        if (!double.TryParse(operand, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            throw table.Wrong(row, "factor", "a number, f or 1/f");
        double factor = inverse ? 1 / number : number;
        if (!double.IsFinite(factor) || factor <= 0)
            throw table.Wrong(row, "factor", "a factor above 0");
        return new StockFactor(text, factor, 0);
    }

    /// <summary>Two standard deviations, per cent of the factor; null where the cell is empty or there is no column.</summary>
    private static double? Error(CsvTable table, CsvRow row)
    {
        const string column = "error_pct";
        if (table.Text(row, column) is not { Length: > 0 } text)
            return null;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double error)
            && error >= 0 && double.IsFinite(error) ? error
            : throw table.Wrong(row, column, "two standard deviations of the factor in per cent, from 0");
    }

    private static int Code(Legend? legend, int index) => legend?.ClassAt(index).Code ?? index;

    private static string Pair(Legend? legend, int from, int to) => $"{Code(legend, from)} → {Code(legend, to)}";
}
