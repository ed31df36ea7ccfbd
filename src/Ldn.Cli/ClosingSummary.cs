using System.Globalization;
using Ldn.Compute;
using Ldn.Summaries;

namespace Ldn.Cli;

/// <summary>The table that closes a run on the terminal: the reported figure of every zone and period.</summary>
internal static class ClosingSummary
{
    private const int MostRows = 60;

    public static void Write(ComputeResult result)
    {
        ResultTable headline = result.Table("headline");
        string[] names = ["zone_name", "period", "land_km2", "degraded_km2", "degraded_pct_of_land", "improved_km2", "no_data_pct"];
        string[] titles = ["zone", "period", "land km2", "degraded km2", "degraded %", "improved km2", "no data %"];
        int[] columns = [.. names.Select(n => headline.Columns.ToList().FindIndex(c => c.Name == n))];
        List<string[]> rows = [titles, .. headline.Rows.Take(MostRows).Select(row => columns.Select(c => Cell(row[c])).ToArray())];
        int[] widths = [.. Enumerable.Range(0, titles.Length).Select(c => rows.Max(r => r[c].Length))];
        foreach (string[] row in rows)
            Console.Error.WriteLine("  " + string.Join("  ", row.Select((cell, c) => c < 2 ? cell.PadRight(widths[c]) : cell.PadLeft(widths[c]))).TrimEnd());
        if (headline.Rows.Count > MostRows)
            Console.Error.WriteLine($"  and {headline.Rows.Count - MostRows} more rows in headline.csv");
        foreach (string note in result.Job.Notes)
            Console.Error.WriteLine($"  note: {note}");
        foreach (string warning in result.Warnings)
            Console.Error.WriteLine($"  warning: {warning}");
        Console.Error.WriteLine($"  written: {result.Folder}");
    }

    private static string Cell(object? cell) => cell switch
    {
        null => "",
        Int128 area => ((double)area / 1e12).ToString("N0", CultureInfo.InvariantCulture),
        double number => number.ToString("F2", CultureInfo.InvariantCulture),
        _ => ResultTable.Format(cell),
    };
}
