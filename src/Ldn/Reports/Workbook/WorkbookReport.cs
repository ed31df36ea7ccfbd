using System.Globalization;
using System.IO.Compression;
using System.Text;
using Ldn.Tables;

namespace Ldn.Reports.Workbook;

/// <summary>
/// summary.xlsx: a cover and one sheet a table, in the parts of Office Open XML that every spreadsheet reads. Written here rather
/// than through a library so that the bytes depend on the figures alone: fixed order, fixed dates, no random identifiers.
/// </summary>
internal static class WorkbookReport
{
    /// <summary>The earliest date a ZIP archive can hold.</summary>
    private static readonly DateTimeOffset s_epoch = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    private const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    private const string Package = "http://schemas.openxmlformats.org/package/2006";
    private const string Declaration = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""" + "\n";

    public static void Write(string path, RunDocument document, Texts texts)
    {
        (string Name, Action<TextWriter> Sheet)[] sheets =
        [
            (texts["workbook.cover"], writer => CoverSheet.Write(writer, document, texts)),
            (texts["report.contents"], writer => ContentsSheet.Write(writer, document, texts)),
            .. document.Tables.Select(t => (t.Name, (Action<TextWriter>)(writer => TableSheet.Write(writer, t, texts.Title(t))))),
            .. PraisRows.Zones(document.Prais) is [var only]
                ? PraisWorkbook.Sheets(document, only, texts["prais.checklist"], texts)
                : [],
            .. document.Prais.Count == 0
                ? []
                : new (string, Action<TextWriter>)[] { (PraisSheet.Name, writer => PraisSheet.Write(writer, document.Prais)) },
        ];
        Book(path, document.Name, sheets, document.Tables, firstTable: 2);
    }

    /// <summary>
    /// A workbook of some sheets; from the first table's on as many as there are tables have a filter and heads that repeat in
    /// print.
    /// </summary>
    internal static void Book(
        string path, string title, IReadOnlyList<(string Name, Action<TextWriter> Sheet)> sheets,
        IReadOnlyList<ResultTable> tables, int firstTable = 1)
    {
        string[] names = SheetNames([.. sheets.Select(s => s.Name)]);
        using FileStream file = new(path, FileMode.Create, FileAccess.ReadWrite);
        using var zip = new ZipArchive(file, ZipArchiveMode.Create);
        Part(zip, "[Content_Types].xml", w => w.Write(ContentTypes(sheets.Count)));
        Part(zip, "_rels/.rels", w => w.Write(Relationships(
            ("officeDocument", $"{Office}/officeDocument", "xl/workbook.xml"),
            ("core", $"{Package}/relationships/metadata/core-properties", "docProps/core.xml"))));
        Part(zip, "docProps/core.xml", w => w.Write(Core(title)));
        Part(zip, "xl/workbook.xml", w => w.Write(WorkbookPart(names, tables, firstTable)));
        Part(zip, "xl/_rels/workbook.xml.rels", w => w.Write(Relationships(
            [.. Enumerable.Range(1, sheets.Count).Select(i => ($"s{i}", $"{Office}/worksheet", $"worksheets/sheet{i}.xml")), ("styles", $"{Office}/styles", "styles.xml")])));
        Part(zip, "xl/styles.xml", w => w.Write(Declaration + SheetStyles.Xml(Main)));
        for (int i = 0; i < sheets.Count; i++)
        {
            Part(zip, $"xl/worksheets/sheet{i + 1}.xml", w =>
            {
                w.Write(Declaration);
                w.Write($"<worksheet xmlns=\"{Main}\"><sheetPr><pageSetUpPr fitToPage=\"1\"/></sheetPr>");
                sheets[i].Sheet(w);
                w.Write("</worksheet>");
            });
        }
    }

    /// <summary>Names as spreadsheets accept them: at most 31 characters, none of []:*?/\, each once whatever its case.</summary>
    internal static string[] SheetNames(IReadOnlyList<string> wanted)
    {
        const int most = 31;
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        return [.. wanted.Select(name =>
        {
            string clean = string.Concat(name.Select(c => "[]:*?/\\'".Contains(c) || char.IsControl(c) ? '_' : c));
            clean = clean.Length == 0 ? "_" : clean[..Math.Min(most, clean.Length)];
            string free = clean;
            for (int n = 2; !taken.Add(free); n++)
            {
                string suffix = $"_{n}";
                free = clean[..Math.Min(most - suffix.Length, clean.Length)] + suffix;
            }

            return free;
        })];
    }

    /// <summary>Writes a part of an archive, dated so that the same content gives the same bytes.</summary>
    internal static void Part(ZipArchive zip, string name, Action<TextWriter> write)
    {
        ZipArchiveEntry entry = zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = s_epoch;
        using var writer = new StreamWriter(entry.Open(), new UTF8Encoding(false), 1 << 14) { NewLine = "\n" };
        write(writer);
    }

    private static string ContentTypes(int sheets)
    {
        const string type = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
        var xml = new StringBuilder(Declaration);
        xml.Append(CultureInfo.InvariantCulture, $"<Types xmlns=\"{Package}/content-types\">")
            .Append("""<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>""")
            .Append("""<Default Extension="xml" ContentType="application/xml"/>""")
            .Append("""<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>""")
            .Append(
                CultureInfo.InvariantCulture, $"<Override PartName=\"/xl/workbook.xml\" ContentType=\"{type}sheet.main+xml\"/>")
            .Append(CultureInfo.InvariantCulture, $"<Override PartName=\"/xl/styles.xml\" ContentType=\"{type}styles+xml\"/>");
        for (int i = 1; i <= sheets; i++)
            xml.Append(
                CultureInfo.InvariantCulture,
                $"<Override PartName=\"/xl/worksheets/sheet{i}.xml\" ContentType=\"{type}worksheet+xml\"/>");
        return xml.Append("</Types>").ToString();
    }

    private static string Relationships(params IEnumerable<(string Id, string Type, string Target)> relationships) =>
        $"{Declaration}<Relationships xmlns=\"{Package}/relationships\">"
        + string.Concat(relationships.Select(r => $"<Relationship Id=\"{r.Id}\" Type=\"{r.Type}\" Target=\"{r.Target}\"/>"))
        + "</Relationships>";

    private static string Core(string title) =>
        $"{Declaration}<cp:coreProperties xmlns:cp=\"{Package}/metadata/core-properties\" "
            + "xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
        + " xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\">"
        + $"<dc:title>{SheetWriter.Escape(title)}</dc:title><dc:creator>ldn</dc:creator>"
        + "<dcterms:created xsi:type=\"dcterms:W3CDTF\">1980-01-01T00:00:00Z</dcterms:created></cp:coreProperties>";

    private static string WorkbookPart(string[] names, IReadOnlyList<ResultTable> tables, int firstTable)
    {
        var xml = new StringBuilder(Declaration);
        xml.Append(CultureInfo.InvariantCulture, $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><sheets>");
        for (int i = 0; i < names.Length; i++)
            xml.Append(
                CultureInfo.InvariantCulture,
                $"<sheet name=\"{SheetWriter.Escape(names[i])}\" sheetId=\"{i + 1}\" r:id=\"s{i + 1}\"/>");
        xml.Append("</sheets><definedNames>");

        // Spreadsheets keep an autofilter's range under this name as well; without it some offer to repair the file.
        for (int i = firstTable; i < firstTable + tables.Count; i++)
        {
            ResultTable table = tables[i - firstTable];
            if (table.Columns.Count == 0)
                continue;
            string range =
                $"$A${TableSheet.HeaderRow}:${SheetWriter.ColumnName(table.Columns.Count - 1)}${TableSheet.LastRow(table)}";
            string sheet = $"'{SheetWriter.Escape(names[i])}'";
            xml.Append(
                CultureInfo.InvariantCulture,
                $"<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{i}\" hidden=\"1\">{sheet}!{range}</definedName>")
                .Append("<definedName name=\"_xlnm.Print_Titles\" ")
                .Append(
                    CultureInfo.InvariantCulture,
                    $"localSheetId=\"{i}\">{sheet}!${TableSheet.HeaderRow}:${TableSheet.HeaderRow}</definedName>");
        }

        return xml.Append("</definedNames><calcPr calcId=\"0\" fullCalcOnLoad=\"1\"/></workbook>").ToString();
    }
}

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

/// <summary>
/// The first sheet: what was computed, for which periods, under which rules, from which files, and what to know about it.
/// </summary>
internal static class CoverSheet
{
    private const int LabelWidth = 36;
    private const int ValueWidth = 90;

    public static void Write(TextWriter writer, RunDocument document, Texts texts)
    {
        writer.Write("""<sheetViews><sheetView showGridLines="0" tabSelected="1" workbookViewId="0"/></sheetViews>""");
        writer.Write(
            $"<cols><col min=\"1\" max=\"1\" width=\"{LabelWidth}\" customWidth=\"1\"/><col min=\"2\" max=\"2\" "
                + $"width=\"{ValueWidth}\" customWidth=\"1\"/></cols><sheetData>");
        var sheet = new SheetWriter(writer);
        int row = 0;
        void Line(string label, string value, int style = SheetStyles.Label)
        {
            sheet.BeginRow(
                ++row,
                style == SheetStyles.Title
                    ? SheetStyles.TitleHeight
                    : SheetStyles.WrappedHeight([(label, LabelWidth), (value, ValueWidth)]));
            sheet.Text(label, style);
            if (value.Length > 0)
                sheet.Text(value, SheetStyles.Note);
            sheet.EndRow();
        }

        void Heading(string text)
        {
            row++;
            Line(text, "", SheetStyles.Title);
        }

        Line(document.Name, "", SheetStyles.Title);
        Line(texts["indicator.sdg_15_3_1"], texts["report.subtitle"]);
        if (document.Synthetic)
            Line(texts["report.attention"], texts["note.synthetic"]);
        if (document.Partial)
            Line(texts["report.attention"], texts["note.partial"]);
        if (document.Preset is { } preset)
            Line(texts["report.preset"], preset);
        Line(texts["report.program"], document.Program);
        Headline(document, texts, Heading, (label, value) => Line(label, value));
        Heading(texts["report.periods"]);
        foreach (DocumentPeriod period in document.Periods)
            Line(
                texts.Period(period.Id),
                string.Join("; ", period.Years.Select(y => $"{texts.Indicator(y.SubIndicator)} {y.Years}")));
        Heading(texts["report.rules"]);
        foreach ((string name, string value) in document.Rules)
            Line(texts.Find("rule." + name) ?? name, texts.RuleValue(value));
        Heading(texts["report.notes"]);
        foreach (string note in document.Notes)
            Line("", texts.Note(note));
        foreach (string caveat in texts.Caveats)
            Line("", caveat);
        Heading(texts["report.inputs"]);
        foreach (DocumentInput input in document.Inputs)
            Line(texts.Layer(input.Layer), input.Sha256 is null ? input.File : $"{input.File}  SHA-256 {input.Sha256}");
        writer.Write("</sheetData>");
        writer.Write("""<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="portrait" fitToHeight="0"/>""");
    }

    /// <summary>The message of each zone and how sure it is, as on the page; of many zones the first.</summary>
    private static void Headline(RunDocument document, Texts texts, Action<string> heading, Action<string, string> line)
    {
        const int most = 60;
        var figures = new Page.Figures(document);
        if (figures.Subjects.Count == 0)
            return;
        heading(texts["report.overview"]);
        foreach (Page.Subject subject in figures.Subjects.Take(most))
            line(
                subject.Name, $"{Page.Lead.Of(subject, document, figures, texts)} "
                    + Page.Lead.Confidence(subject, document, figures, texts));
    }
}
