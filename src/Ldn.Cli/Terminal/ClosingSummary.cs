using System.Globalization;
using Ldn.Counting;
using Ldn.Run;
using Ldn.Tables;

namespace Ldn.Cli.Terminal;

/// <summary>The table that closes a run on the terminal: the reported figure of every zone and period, as many columns as there is room for.</summary>
internal static class ClosingSummary
{
    private const int MostRows = 60;
    private const string Indent = "  ", Gap = "  ";

    private static readonly (Column Column, string Head, string Unit)[] s_columns =
    [
        (Columns.ZoneName, "zone", ""), (Columns.Period, "period", ""), (Columns.Land, "land", "km2"), (Columns.Degraded, "degraded", "km2"),
        (Columns.DegradedOfLand, "degraded", "%"), (Columns.Improved, "improved", "km2"), (ConditionTables.NoDataShare, "no data", "%"),
    ];

    /// <summary>What a narrow terminal does without, the first to go first.</summary>
    private static readonly Column[] s_dispensable = [Columns.Improved, ConditionTables.NoDataShare, Columns.Land, Columns.Degraded];

    public static void Write(ComputeResult result)
    {
        ResultTable headline = result.Table("headline");
        foreach (string line in Lines(headline, Console.IsErrorRedirected ? int.MaxValue : Console.WindowWidth))
            Console.Error.WriteLine(line);
        if (headline.Rows.Count > MostRows)
            Console.Error.WriteLine($"  and {headline.Rows.Count - MostRows} more rows in headline.csv");
        foreach (string note in result.Job.Notes)
            Console.Error.WriteLine($"  note: {note}");
        foreach (string warning in result.Warnings)
            Console.Error.WriteLine($"  warning: {warning}");
        Console.Error.WriteLine($"  written: {result.Folder}");
    }

    /// <summary>Two lines of heads, then one a row; columns are left out while a line is longer than <paramref name="width"/> characters.</summary>
    internal static IReadOnlyList<string> Lines(ResultTable headline, int width)
    {
        List<Shown> columns = [.. s_columns.Select(c => Shown.Of(headline, c.Column, c.Head, c.Unit))];
        foreach (Column column in s_dispensable.TakeWhile(_ => Indent.Length + columns.Sum(c => c.Width + Gap.Length) - Gap.Length > width))
            columns.RemoveAll(c => c.Name == column.Name);
        return [.. Enumerable.Range(0, columns[0].Cells.Length).Select(row => (Indent + string.Join(Gap, columns.Select(c => c.Padded(row)))).TrimEnd())];
    }

    private static string Cell(object? cell) => cell switch
    {
        null => "",
        Area area => area.SquareKilometres.ToString("N0", CultureInfo.InvariantCulture),
        Ratio share => share.ToDouble().ToString("F2", CultureInfo.InvariantCulture),
        _ => Ldn.Tables.Cell.Format(cell),
    };

    /// <summary>A column as text, its heads first.</summary>
    private sealed record Shown(string Name, string[] Cells, int Width, bool IsText)
    {
        public static Shown Of(ResultTable table, Column column, string head, string unit)
        {
            string[] cells = [head, unit, .. table.Rows.Take(MostRows).Select(row => Cell(row[column]))];
            return new Shown(column.Name, cells, cells.Max(c => c.Length), column.Type == ColumnType.Text);
        }

        public string Padded(int row) => IsText ? Cells[row].PadRight(Width) : Cells[row].PadLeft(Width);
    }
}
