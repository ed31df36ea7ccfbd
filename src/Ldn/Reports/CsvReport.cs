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
            if (row.Words(c) is { } words)
                csv.WriteField(Defused(words));
            else if (row.IsEmpty(c))
                csv.WriteField("");
            else
                csv.WriteField(row.Number(c));
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

    private static string Defused(string text) =>
        text.Length > 0 && s_openers.Contains(text[0])
            && !double.TryParse(text, PlainNumber, CultureInfo.InvariantCulture, out _) ? "'" + text : text;
}

/// <summary>The cells of a row as files tell them: each number made text once, for all files it goes into.</summary>
internal sealed class RowText(ResultTable table)
{
    private readonly object?[] _cells = new object?[table.Columns.Count];
    private readonly (int Start, int Length)[] _numbers = new (int, int)[table.Columns.Count];
    private byte[] _text = new byte[table.Columns.Count * 32];

    /// <summary>Cells of a row.</summary>
    public int Count => _cells.Length;

    /// <summary>Takes the next row.</summary>
    public RowText Read(Row row)
    {
        int end = 0;
        for (int c = 0; c < _cells.Length; c++)
        {
            object? cell = Cell.Told(table.Columns[c], row.Values[c]);
            _cells[c] = cell;
            if (cell is null or string)
                continue;
            if (_text.Length - end < Cell.LongestNumber)
                Array.Resize(ref _text, (2 * _text.Length) + Cell.LongestNumber);
            int length = Cell.Format(cell, _text.AsSpan(end));
            _numbers[c] = (end, length);
            end += length;
        }

        return this;
    }

    /// <summary>Whether a cell is empty.</summary>
    public bool IsEmpty(int cell) => _cells[cell] is null;

    /// <summary>The words of a cell; null of a number and of an empty cell.</summary>
    public string? Words(int cell) => _cells[cell] as string;

    /// <summary>The text of a cell that is neither empty nor words; valid until the next row.</summary>
    public ReadOnlySpan<byte> Number(int cell) => _text.AsSpan(_numbers[cell].Start, _numbers[cell].Length);
}
