using System.Globalization;
using Ldn.Reports.TrendsEarth;
using Ldn.Tables;

namespace Ldn.Reports.Workbook;

/// <summary>
/// prais_&lt;zone&gt;.xlsx: the forms of one country as they look on the platform, a sheet a form, behind a checklist of what is
/// filled, what another year's map stands in for, and what is missing and why.
/// </summary>
internal static class PraisWorkbook
{
    /// <summary>Every form of SO1 to SO3 with what is missing where it is not filled, as the texts call it.</summary>
    private static readonly (string Form, string Missing)[] s_forms =
    [
        ("CP-1.T1", "cover"), ("CP-1.T2", "people"), ("SO1-1.T1", "words"), ("SO1-1.T2", "own_legend"), ("SO1-1.T3", "cover"),
        ("SO1-1.T4", "cover"), ("SO1-1.T5", "cover"), ("SO1-1.T6", "cover_report"), ("SO1-1.T7", "cover"), ("SO1-2.T1", "lpd"),
        ("SO1-2.T2", "lpd_report"), ("SO1-2.T3", "productivity"), ("SO1-3.T1", "stocks"), ("SO1-3.T2", "carbon"),
        ("SO1-4.T1", "report"), ("SO1-4.T2", "report"), ("SO1-4.confidence", "confidence"), ("SO1-4.T3", "corrections"),
        ("SO1-4.T4", "hotspots"), ("SO1-4.T5", "brightspots"), ("SO1-VT.T1", "targets"), ("SO1.IA.T1", "activities"),
        ("SO2-1, SO2-2", "not_rasters"), ("SO2-3.T1", "population"), ("SO3-1.T1", "drought"), ("SO3-1.T2", "drought"),
        ("SO3-2.T1", "drought_people"), ("SO3-2.T2", "drought_sexes"), ("SO3-2.T3", "drought_sexes"),
        ("SO3-3.T1", "vulnerability"), ("SO4", "not_rasters"), ("sources", "sources"),
    ];

    /// <summary>Widths of columns: the first of a form, which holds words, and all others.</summary>
    private const double FirstWidth = 46, Width = 16;

    /// <summary>Writes the workbook of each country; names of files as the archive has them.</summary>
    public static void WriteAll(Func<string, string> path, RunDocument document, Texts texts)
    {
        IReadOnlyList<string> zones = PraisRows.Zones(document.Prais);
        string[] names = ArchiveFiles.ZoneNames(zones);
        for (int z = 0; z < zones.Count; z++)
            WorkbookReport.Book(
                path($"prais_{names[z]}.xlsx"), $"{document.Name}: PRAIS, {zones[z]}",
                Sheets(document, zones[z], texts["prais.checklist_alone"], texts), []);
    }

    /// <summary>The checklist and a sheet a form.</summary>
    public static IReadOnlyList<(string Name, Action<TextWriter> Sheet)> Sheets(
        RunDocument document, string zone, string checklist, Texts texts)
    {
        var rows = new PraisRows(document.Prais, zone);
        var forms = new PraisForms(rows, texts);
        return
        [
            (checklist, writer => Checklist(writer, document, zone, rows, forms, texts)),
            .. forms.All.GroupBy(f => f.Name)
                .Select(g => (g.Key, (Action<TextWriter>)(writer => Form(writer, [.. g], forms.StandIns(g.Key), texts)))),
        ];
    }

    private static void Checklist(
        TextWriter writer, RunDocument document, string zone, PraisRows rows, PraisForms forms, Texts texts)
    {
        double[] widths = [18, 46, 12, 34, 70];
        Begin(writer, widths);
        var sheet = new SheetWriter(writer);
        Title(sheet, 1, texts.Format("prais.title", Name(document, zone)));
        Line(sheet, 2, texts.Format("prais.intro", document.Name));
        sheet.BeginRow(4);
        foreach (string head in new[] { "form", "holds", "filled", "stand_ins", "missing" })
            sheet.Text(texts["prais." + head], SheetStyles.Header);
        sheet.EndRow();
        int row = 5;
        foreach ((string form, string missing) in s_forms)
        {
            bool filled = rows.Has(form);
            string title = texts["prais.form." + form], standIns = filled ? forms.StandIns(form) : "",
            why = filled ? "" : texts["prais.missing." + missing];
            sheet.BeginRow(row++, SheetStyles.WrappedHeight([(title, widths[1]), (standIns, widths[3]), (why, widths[4])]));
            sheet.Text(form, SheetStyles.Label);
            foreach (string text in new[] { title, texts[filled ? "prais.yes" : "prais.no"], standIns, why })
                sheet.Text(text, SheetStyles.Note);
            sheet.EndRow();
        }

        row++;
        foreach (string note in document.Notes)
            Line(sheet, row++, texts.Note(note));
        End(writer);
    }

    /// <summary>Name and id of a zone.</summary>
    private static string Name(RunDocument document, string zone)
    {
        Row? row = document.Table("headline")?.Rows.FirstOrDefault(r => r[Columns.ZoneId] == zone);
        return row?[Columns.ZoneName] is { } name && name != zone ? $"{name} ({zone})" : zone;
    }

    private static void Form(TextWriter writer, IReadOnlyList<PraisForm> parts, string standIns, Texts texts)
    {
        double[] widths = [.. Enumerable.Range(0, parts.Max(p => p.Heads.Count)).Select(c => c == 0 ? FirstWidth : Width)];
        Begin(writer, widths);
        var sheet = new SheetWriter(writer);
        int row = 1;
        foreach (PraisForm part in parts)
        {
            Title(sheet, row++, $"{part.Name}  {part.Title}");
            sheet.BeginRow(row, SheetStyles.WrappedHeight(part.Heads.Select((head, c) => (head, widths[c]))));
            foreach (string head in part.Heads)
                sheet.Text(head, SheetStyles.Header);
            sheet.EndRow();
            TableSheet.WriteBody(sheet, part.Table, row + 1, part.Table.Rows.Count, (_, _) => null);
            row += part.Table.Rows.Count + 2;
        }

        if (standIns.Length > 0)
            Line(sheet, row, texts.Format("prais.stand_ins_of", standIns));
        End(writer);
    }

    private static void Line(SheetWriter sheet, int row, string text)
    {
        sheet.BeginRow(row);
        sheet.Text(text, SheetStyles.Plain);
        sheet.EndRow();
    }

    private static void Begin(TextWriter writer, IReadOnlyList<double> widths)
    {
        writer.Write("""<sheetViews><sheetView showGridLines="0" workbookViewId="0"/></sheetViews><cols>""");
        for (int c = 0; c < widths.Count; c++)
            writer.Write(
                FormattableString.Invariant($"<col min=\"{c + 1}\" max=\"{c + 1}\" width=\"{widths[c]}\" customWidth=\"1\"/>"));
        writer.Write("</cols><sheetData>");
    }

    private static void Title(SheetWriter sheet, int row, string text)
    {
        sheet.BeginRow(row, SheetStyles.TitleHeight);
        sheet.Text(text, SheetStyles.Title);
        sheet.EndRow();
    }

    private static void End(TextWriter writer)
    {
        writer.Write("</sheetData>");
        writer.Write("""<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/>""");
    }
}

/// <summary>The rows of one country in the tables of prais.json, as far as the forms ask for them.</summary>
internal sealed class PraisRows(IReadOnlyList<ResultTable> tables, string zone)
{
    public IReadOnlyList<ResultTable> Tables => tables;

    /// <summary>The zones that report: those that the tables have rows of.</summary>
    public static IReadOnlyList<string> Zones(IReadOnlyList<ResultTable> tables) =>
    [
        .. tables.Where(t => t.Name == "SO1-4.T2")
            .SelectMany(t => t.Rows.Select(r => (string)r.Values[Index(t, "zone_id")]!)).Distinct(),
    ];

    public static int Index(ResultTable table, string column) => table.Columns.ToList().FindIndex(c => c.Name == column);

    /// <summary>
    /// The table of a form; null where it has no row, as of zones that are sea alone: read back, it has no columns either.
    /// </summary>
    public ResultTable? Find(string name) => tables.FirstOrDefault(t => t.Name == name && t.Rows.Count > 0);

    /// <summary>Whether a form is filled; a level of confidence is where it was assessed.</summary>
    public bool Has(string name) => Find(name) is { } table
        && Of(table).Any(r => name != "SO1-4.confidence" || r[Index(table, "level")] is not null);

    /// <summary>
    /// Rows of the country, or all of a table that is nobody's; rows that the form does not ask for are left out.
    /// </summary>
    public IEnumerable<IReadOnlyList<object?>> Of(ResultTable table)
    {
        int of = Index(table, "zone_id"), asked = Index(table, "asked");
        return table.Rows.Select(r => r.Values)
            .Where(r => (of < 0 || Equals(r[of], zone)) && (asked < 0 || !Equals(r[asked], false)));
    }

    public string[] Periods(ResultTable table) => [.. Of(table).Select(r => (string)r[Index(table, "period")]!).Distinct()];

    /// <summary>Years of a period as the table tells them; null where they are not known.</summary>
    public string? Years(ResultTable table, string period) =>
        Of(table).First(r => Equals(r[Index(table, "period")], period))[Index(table, "years")] as string;

    /// <summary>The year of the map that stands in for a row's, as "2022 (for 2023)"; null where none does.</summary>
    public static string? StandIn(ResultTable table, IReadOnlyList<object?> row)
    {
        int year = Index(table, "year"), data = Index(table, "data_year");
        return data < 0 || Equals(row[year], row[data])
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"{row[data]} (for {row[year]})");
    }
}

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
