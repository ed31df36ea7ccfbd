using System.Globalization;
using System.Text;
using Ldn.Tables;

namespace Ldn.Reports.Workbook;

/// <summary>The second sheet: every other sheet with what it holds and how many rows, each a link to it.</summary>
internal static class ContentsSheet
{
    public static void Write(TextWriter writer, RunDocument document, Texts texts)
    {
        writer.Write("<sheetViews><sheetView showGridLines=\"0\" workbookViewId=\"0\"/></sheetViews>");
        writer.Write("<cols><col min=\"1\" max=\"1\" width=\"32\" customWidth=\"1\"/>");
        writer.Write("<col min=\"2\" max=\"2\" width=\"80\" customWidth=\"1\"/>");
        writer.Write("<col min=\"3\" max=\"3\" width=\"12\" customWidth=\"1\"/></cols><sheetData>");
        var sheet = new SheetWriter(writer);
        var links = new StringBuilder();
        int row = 1;
        sheet.BeginRow(row, SheetStyles.TitleHeight);
        sheet.Text(texts["report.sheets"], SheetStyles.Title);
        sheet.EndRow();
        string[] names = WorkbookReport.SheetNames([.. document.Tables.Select(t => t.Name)]);
        foreach ((int i, ResultTable table) in document.Tables.Index())
        {
            sheet.BeginRow(++row);
            sheet.Text(table.Name, SheetStyles.Label);
            sheet.Text(texts.Title(table), SheetStyles.Note);
            sheet.Number(table.Rows.Count.ToString(CultureInfo.InvariantCulture), SheetStyles.Integer);
            sheet.EndRow();
            links.Append(
                CultureInfo.InvariantCulture, $"<hyperlink ref=\"A{row}\" location=\"'{SheetWriter.Escape(names[i])}'!A1\"/>");
        }

        if (document.Prais.Count > 0)
        {
            sheet.BeginRow(++row);
            sheet.Text(PraisSheet.Name, SheetStyles.Label);
            sheet.Text(texts["report.prais"], SheetStyles.Note);
            sheet.EndRow();
        }

        writer.Write("</sheetData>");
        if (links.Length > 0)
            writer.Write($"<hyperlinks>{links}</hyperlinks>");
        writer.Write("""<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>""");
        writer.Write("""<pageSetup paperSize="9" orientation="portrait" fitToHeight="0"/>""");
    }
}
