using System.Globalization;
using Ldn.Counting;
using Ldn.Tables;

namespace Ldn.Reports.Page;

/// <summary>
/// A table of the run as an HTML table, with its CSV to download. Cells show rounded numbers and carry the exact ones.
/// </summary>
internal static class TableView
{
    /// <summary>Rows of one table on the page; a browser on a phone must still scroll it.</summary>
    public const int MostRows = 1000;

    public static View Of(ResultTable table, Texts texts)
    {
        bool whole = table.Rows.Count <= MostRows;
        return new View
        {
            ["id"] = "table-" + table.Name,
            ["name"] = table.Name,
            ["title"] = texts.Title(table),
            ["rows_text"] = whole
                ? texts.Format("report.rows", table.Rows.Count)
                : texts.Format("report.rows_cut", MostRows, table.Rows.Count, table.Name + ".csv"),
            ["file"] = table.Name + ".csv",
            ["csv"] = (Action<TextWriter>)(writer => WriteAddress(writer, table, whole)),
            ["columns"] = table.Columns.Select(c => new View
            {
                ["column"] = c.Name,
                ["caption"] = texts.Caption(c),
                ["tip"] = c.Description.Length > 0 ? $"{c.Name}: {c.Description}" : c.Name,
                ["number"] = c.Type != ColumnType.Text,
            }).ToArray(),
            ["rows"] = (Action<TextWriter>)(writer => WriteRows(writer, table, texts)),
            ["empty"] = table.Rows.Count == 0,
        };
    }

    /// <summary>
    /// A cell shows words of the language and rounded numbers, by whose exact value it is sorted; the file to download holds what
    /// both stand for. End tags that HTML can do without are left out: there are tens of thousands of cells.
    /// </summary>
    private static void WriteRows(TextWriter writer, ResultTable table, Texts texts)
    {
        foreach (Row row in table.Rows.Take(MostRows))
        {
            writer.Write("<tr>");
            for (int c = 0; c < row.Values.Count; c++)
            {
                switch (Cell.Told(table.Columns[c], row.Values[c]))
                {
                    case null:
                        writer.Write("<td>");
                        break;
                    case string text when table.Columns[c].IsYear:
                        writer.Write($"<td>{Html.Escape(texts.Find("word." + text) ?? text)}");
                        break;
                    case string text:
                        writer.Write($"<td>{Html.Escape(texts.Word(table.Columns[c].Name, text) ?? text)}");
                        break;
                    case object number:
                        string exact = Cell.Format(number), shown = Shown(number, table.Columns[c], texts.Numbers);
                        writer.Write(exact == shown ? $"<td>{shown}" : $"<td data-n={exact}>{shown}");
                        break;
                }
            }

            writer.Write("\n");
        }
    }

    private static string Shown(object cell, Column column, Numbers numbers) => cell switch
    {
        Area area => numbers.Area(area),
        Ratio ratio => numbers.Of(ratio.ToDouble(), column.Type == ColumnType.Percent ? "F2" : "0.###"),
        long year when column.IsYear => Cell.Format(year),
        long number => numbers.Whole(number),
        double number => numbers.Of(number, column.Type == ColumnType.Percent ? "F2" : "0.###"),
        _ => Cell.Format(cell),
    };

    /// <summary>
    /// Where the CSV file is: an address that holds its bytes itself or, for a table not shown whole, the file beside the page.
    /// </summary>
    private static void WriteAddress(TextWriter writer, ResultTable table, bool whole)
    {
        if (!whole)
        {
            writer.Write(Html.Escape(Uri.EscapeDataString(table.Name) + ".csv"));
            return;
        }

        using var bytes = new MemoryStream();
        CsvReport.Write(bytes, table);
        writer.Write("data:text/csv;charset=utf-8,");
        Span<char> coded = ['%', '0', '0'];
        foreach (byte b in bytes.GetBuffer().AsSpan(0, (int)bytes.Length))
        {
            if (
                char.IsAsciiLetterOrDigit((char)b)
                    || b is (byte)',' or (byte)'.' or (byte)'-' or (byte)'_' or (byte)';' or (byte)':' or (byte)'/')
            {
                writer.Write((char)b);
                continue;
            }

            b.TryFormat(coded[1..], out _, "X2", CultureInfo.InvariantCulture);
            writer.Write(coded);
        }
    }
}
