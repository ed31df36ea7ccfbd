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
    public const int MostRows = 2000;

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
            ["rows"] = (Action<TextWriter>)(writer => WriteRows(writer, table)),
            ["empty"] = table.Rows.Count == 0,
        };
    }

    private static void WriteRows(TextWriter writer, ResultTable table)
    {
        foreach (Row row in table.Rows.Take(MostRows))
        {
            writer.Write("<tr>");
            for (int c = 0; c < row.Values.Count; c++)
            {
                writer.Write(row.Values[c] switch
                {
                    null => "<td></td>",
                    string text => $"<td>{Html.Escape(text)}</td>",
                    object number =>
                        "<td class=\"n\"><data "
                            + $"value=\"{Cell.Format(number)}\">{Shown(number, table.Columns[c].Type)}</data></td>",
                });
            }

            writer.Write("</tr>\n");
        }
    }

    private static string Shown(object cell, ColumnType type) => cell switch
    {
        Area area => Numbers.Area(area),
        Ratio ratio => ratio.ToDouble().ToString(type == ColumnType.Percent ? "F2" : "0.###", CultureInfo.InvariantCulture),
        long number => number.ToString(type == ColumnType.Integer ? "N0" : "D", CultureInfo.InvariantCulture),
        double number => number.ToString(type == ColumnType.Percent ? "F2" : "0.###", CultureInfo.InvariantCulture),
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
