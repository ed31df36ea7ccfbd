using System.Globalization;
using Ldn.Tables;

namespace Ldn.Reports.Workbook;

/// <summary>
/// One table as a sheet: title and what the columns hold above, then a frozen header with a filter, then the rows.
/// </summary>
internal static class TableSheet
{
    /// <summary>Row of the column names; above it the title and the columns' descriptions.</summary>
    public const int HeaderRow = 3;

    /// <summary>What a sheet can hold, without the rows above the data.</summary>
    private const int MostRows = 1_048_576 - HeaderRow;

    private const double LeastWidth = 9;
    private const double MostWidth = 46;

    public static int LastRow(ResultTable table) => HeaderRow + Math.Min(table.Rows.Count, MostRows);

    public static void Write(TextWriter writer, ResultTable table, string title)
    {
        string last = SheetWriter.ColumnName(Math.Max(0, table.Columns.Count - 1));
        writer.Write(
            $"<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"{HeaderRow}\" topLeftCell=\"A{HeaderRow + 1}\" "
                + "activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>");
        if (table.Columns.Count > 0)
        {
            writer.Write("<cols>");
            for (int c = 0; c < table.Columns.Count; c++)
                writer.Write(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"<col min=\"{c + 1}\" max=\"{c + 1}\" width=\"{Width(table, c):F1}\" customWidth=\"1\"/>"));
            writer.Write("</cols>");
        }

        writer.Write("<sheetData>");
        var sheet = new SheetWriter(writer);
        sheet.BeginRow(1, SheetStyles.TitleHeight);
        sheet.Text(
            table.Rows.Count > MostRows
                ? $"{title} (first {MostRows} of {table.Rows.Count} rows; all are in {table.Name}.csv)"
                : title,
            SheetStyles.Title);
        sheet.EndRow();
        sheet.BeginRow(
            2,
            SheetStyles.WrappedHeight(
                table.Columns.Select((c, i) => (c.Description, Width(table, i))).DefaultIfEmpty(("", LeastWidth))));
        foreach (Column column in table.Columns)
            sheet.Text(column.Description, SheetStyles.Note);
        sheet.EndRow();
        var formulas = SheetFormulas.For(table, HeaderRow + 1);
        WriteRows(sheet, table, HeaderRow, Math.Min(table.Rows.Count, MostRows), formulas.Of);
        writer.Write("</sheetData>");
        if (table.Columns.Count > 0)
            writer.Write($"<autoFilter ref=\"A{HeaderRow}:{last}{LastRow(table)}\"/>");
        writer.Write("""<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>""");
    }

    /// <summary>
    /// The names of the columns in row <paramref name="header"/>, the first <paramref name="count"/> rows below.
    /// </summary>
    public static void WriteRows(SheetWriter sheet, ResultTable table, int header, int count, Func<int, Column, string?> formula)
    {
        sheet.BeginRow(header);
        foreach (Column column in table.Columns)
            sheet.Text(column.Name, SheetStyles.Header);
        sheet.EndRow();
        WriteBody(sheet, table, header + 1, count, formula);
    }

    /// <summary>The first <paramref name="count"/> rows from row <paramref name="first"/> of the sheet on.</summary>
    public static void WriteBody(SheetWriter sheet, ResultTable table, int first, int count, Func<int, Column, string?> formula)
    {
        for (int r = 0; r < count; r++)
        {
            sheet.BeginRow(first + r);
            for (int c = 0; c < table.Columns.Count; c++)
                WriteCell(
                    sheet, Cell.Told(table.Columns[c], table.Rows[r].Values[c]), Style(table.Columns[c]),
                    formula(r, table.Columns[c]));
            sheet.EndRow();
        }
    }

    private static void WriteCell(SheetWriter sheet, object? cell, int style, string? formula)
    {
        if (cell is null)
            sheet.Empty();
        else if (cell is string or bool)
            sheet.Text(Cell.Format(cell), SheetStyles.Plain);
        else if (formula is not null)
            sheet.Formula(formula, Cell.Format(cell), style);
        else
            sheet.Number(Cell.Format(cell), style);
    }

    /// <summary>Years are no amounts: their thousands are not set apart.</summary>
    private static int Style(Column column) => column.Type switch
    {
        ColumnType.Integer => column.IsYear ? SheetStyles.Plain : SheetStyles.Integer,
        // People are shown whole; the cell holds the figure as it is.
        ColumnType.Number when column.Name.EndsWith("persons", StringComparison.Ordinal) => SheetStyles.Integer,
        ColumnType.Area or ColumnType.Number => SheetStyles.Area,
        ColumnType.Percent => SheetStyles.Percent,
        _ => SheetStyles.Plain,
    };

    private static double Width(ResultTable table, int column)
    {
        const int sampled = 200;
        int longest = table.Rows.Take(sampled)
            .Select(r => r.Values[column] is string text ? text.Length : r.Values[column] is null ? 0 : 14).DefaultIfEmpty()
                .Max();
        return Math.Clamp(Math.Max(longest, table.Columns[column].Name.Length) + 3, LeastWidth, MostWidth);
    }
}
