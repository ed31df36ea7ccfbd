namespace Ldn.Reports.Workbook;

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
