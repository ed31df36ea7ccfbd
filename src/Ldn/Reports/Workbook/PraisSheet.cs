using Ldn.Tables;

namespace Ldn.Reports.Workbook;

/// <summary>
/// The tables of the UNCCD's reporting platform one below the other, each under its own name, as a desk officer copies them over.
/// </summary>
internal static class PraisSheet
{
    public const string Name = "PRAIS";

    public static void Write(TextWriter writer, IReadOnlyList<ResultTable> tables)
    {
        writer.Write("""<sheetViews><sheetView workbookViewId="0"/></sheetViews>""");
        writer.Write(
            $"<cols><col min=\"1\" max=\"{tables.Max(t => t.Columns.Count)}\" width=\"20\" "
                + "customWidth=\"1\"/></cols><sheetData>");
        var sheet = new SheetWriter(writer);
        int row = 1;
        foreach (ResultTable table in tables)
        {
            sheet.BeginRow(row, SheetStyles.TitleHeight);
            sheet.Text($"{table.Name}  {table.Title}", SheetStyles.Title);
            sheet.EndRow();
            TableSheet.WriteRows(sheet, table, row + 1, table.Rows.Count, (_, _) => null);

            // A line between two tables.
            row += table.Rows.Count + 3;
        }

        writer.Write("</sheetData>");
        writer.Write("""<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>""");
    }
}
