using System.Globalization;
using System.Text;
using Ldn.Summaries;

namespace Ldn.Reports.Page;

/// <summary>A table of the run as an HTML table, with its CSV to download. Cells show rounded numbers and carry the exact ones.</summary>
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
            ["csv"] = whole ? new Html(Html.Escape(DataUri(table))) : new Html(Html.Escape(Uri.EscapeDataString(table.Name) + ".csv")),
            ["columns"] = table.Columns.Select(c => new View
            {
                ["column"] = c.Name,
                ["caption"] = texts.Caption(c),
                ["tip"] = c.Description.Length > 0 ? $"{c.Name}: {c.Description}" : c.Name,
                ["number"] = c.Type != ColumnType.Text,
            }).ToArray(),
            ["rows"] = Rows(table),
            ["empty"] = table.Rows.Count == 0,
        };
    }

    private static Html Rows(ResultTable table)
    {
        var html = new StringBuilder();
        foreach (object?[] row in table.Rows.Take(MostRows))
        {
            html.Append("<tr>");
            for (int c = 0; c < row.Length; c++)
            {
                switch (row[c])
                {
                    case null:
                        html.Append("<td></td>");
                        break;
                    case string text:
                        html.Append("<td>").Append(Html.Escape(text)).Append("</td>");
                        break;
                    default:
                        html.Append("<td class=\"n\"><data value=\"").Append(ResultTable.Format(row[c])).Append("\">").Append(Shown(row[c]!, table.Columns[c].Type)).Append("</data></td>");
                        break;
                }
            }

            html.Append("</tr>\n");
        }

        return new Html(html.ToString());
    }

    private static string Shown(object cell, ColumnType type) => cell switch
    {
        Int128 area => Numbers.Area(area),
        long number => number.ToString(type == ColumnType.Integer ? "N0" : "D", CultureInfo.InvariantCulture),
        double number => number.ToString(type == ColumnType.Percent ? "F2" : "0.###", CultureInfo.InvariantCulture),
        _ => ResultTable.Format(cell),
    };

    /// <summary>The bytes of the CSV file, as an address that holds them itself.</summary>
    private static string DataUri(ResultTable table)
    {
        using var bytes = new MemoryStream();
        CsvReport.Write(bytes, table);
        var uri = new StringBuilder("data:text/csv;charset=utf-8,");
        foreach (byte b in bytes.GetBuffer().AsSpan(0, (int)bytes.Length))
        {
            if (char.IsAsciiLetterOrDigit((char)b) || b is (byte)',' or (byte)'.' or (byte)'-' or (byte)'_' or (byte)';' or (byte)':' or (byte)'/')
                uri.Append((char)b);
            else
                uri.Append(CultureInfo.InvariantCulture, $"%{b:X2}");
        }

        return uri.ToString();
    }
}
