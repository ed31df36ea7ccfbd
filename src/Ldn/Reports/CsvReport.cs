using System.Buffers;
using System.Globalization;
using CsvHelper;
using Ldn.Tables;

namespace Ldn.Reports;

/// <summary>
/// Writes a table as CSV: UTF-8, commas, line feeds, dot decimals. Text that a spreadsheet would run as a formula is defused by
/// an apostrophe before it; a plain number, such as the zone id -1, is no formula and stays as it is.
/// </summary>
internal static class CsvReport
{
    private static readonly CsvWriterOptions s_options = CsvWriterOptions.Default with { NewLine = "\n" };
    private static readonly SearchValues<char> s_openers = SearchValues.Create("=+-@\t\r\n＝＋－＠");

    private const NumberStyles PlainNumber = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    public static void Write(string path, ResultTable table)
    {
        using CsvWriter csv = Begin(path, table);
        Write(csv, table);
    }

    /// <summary>The same bytes into a stream, which stays open.</summary>
    public static void Write(Stream stream, ResultTable table)
    {
        using CsvWriter csv = CsvWriter.Create(stream, s_options, true);
        WriteHeader(csv, table);
        Write(csv, table);
    }

    /// <summary>Begins a file to which rows are added one by one.</summary>
    internal static CsvWriter Begin(string path, ResultTable table)
    {
        CsvWriter csv = CsvWriter.ToFile(path, s_options);
        WriteHeader(csv, table);
        return csv;
    }

    /// <summary>Adds a row.</summary>
    internal static void Write(CsvWriter csv, RowText row)
    {
        for (int c = 0; c < row.Count; c++)
        {
            if (row.IsEmpty(c))
                csv.WriteField("");
            else
                csv.WriteField(row.Words(c) is { } words ? words.Csv : row.Number(c));
        }

        csv.EndRecord();
    }

    private static void Write(CsvWriter csv, ResultTable table)
    {
        var text = new RowText(table);
        foreach (Row row in table.Walk())
            Write(csv, text.Read(row));
    }

    private static void WriteHeader(CsvWriter csv, ResultTable table) => csv.WriteHeader([.. table.Columns.Select(c => c.Name)]);

    /// <summary>Text that no spreadsheet takes for a formula.</summary>
    internal static string Defused(string text) =>
        text.Length > 0 && s_openers.Contains(text[0])
            && !double.TryParse(text, PlainNumber, CultureInfo.InvariantCulture, out _) ? "'" + text : text;
}
