using Ldn.Reports.TrendsEarth;
using Ldn.Tables;

namespace Ldn.Reports.Workbook;

/// <summary>
/// prais_&lt;zone&gt;.xlsx: the forms of one country as they look on the platform, a sheet a form, behind a checklist of what is
/// filled, what another year's map stands in for, and what is missing and why.
/// </summary>
internal static class PraisWorkbook
{
    private const string Words = "words and decisions of the country: to be written on the platform";

    /// <summary>Every form of SO1 to SO3 with what it takes to fill it.</summary>
    private static readonly (string Form, string Title, string Missing)[] s_forms =
    [
        ("CP-1.T1", "Land area and water area", "no land cover in the run"),
        ("CP-1.T2", "Population", "no strata.officialPopulation and no strata.population in the job"),
        ("SO1-1.T1", "Processes of degradation", Words),
        ("SO1-1.T2", "Country's own legend", "not needed: the UNCCD's seven classes serve"),
        ("SO1-1.T3", "Transition matrix", "no land cover in the run"), ("SO1-1.T4", "Land cover", "no land cover in the run"),
        ("SO1-1.T5", "Land cover change, baseline", "no land cover in the run"),
        ("SO1-1.T6", "Land cover change, reporting period", "no land cover, or no reporting period, in the run"),
        ("SO1-1.T7", "Land cover degradation", "no land cover in the run"),
        ("SO1-2.T1", "Land productivity by land cover, baseline", "no classes of land productivity dynamics in the run"),
        (
            "SO1-2.T2", "Land productivity by land cover, reporting period",
            "no classes of land productivity dynamics, or no reporting period, in the run"),
        ("SO1-2.T3", "Land productivity degradation", "productivity left out"),
        ("SO1-3.T1", "Soil organic carbon stock", "no stocks in the run"),
        ("SO1-3.T2", "Soil organic carbon degradation", "soil carbon left out"),
        ("SO1-4.T1", "Status matrix", "no reporting period in the run"),
        ("SO1-4.T2", "Degraded land", ""),
        ("SO1-4.confidence", "Level of confidence", "not assessed in this run: to be judged by the country, with reasons"),
        ("SO1-4.T3", "False positives and negatives", "no corrections in the job"),
        ("SO1-4.T4", "Hotspots", "no strata.hotspots in the job"),
        ("SO1-4.T5", "Brightspots", "no strata.hotspots in the job, or none found"),
        ("SO1-VT.T1", "Voluntary targets", "no targets in the job"),
        ("SO1.IA.T1", "Implemented actions", "no activities in the job"),
        ("SO2-1, SO2-2", "Income, drinking water", "not from rasters"),
        ("SO2-3.T1", "Population exposed to land degradation", "no strata.population in the job"),
        ("SO3-1.T1", "Land by drought class", "no strata.drought in the job"),
        ("SO3-1.T2", "Land under drought", "no strata.drought in the job"),
        ("SO3-2.T1", "Population in drought, total", "no strata.drought with strata.population in the job"),
        ("SO3-2.T2", "Population in drought, female", "no strata.drought with female population in the job"),
        ("SO3-2.T3", "Population in drought, male", "no strata.drought with male population in the job"),
        ("SO3-3.T1", "Drought vulnerability", "no vulnerability index in the run"),
        ("SO4", "Global benefits", "not from rasters"),
        (
            "sources", "Sources of the data (Annex II)",
            "no sources in the job: the platform asks for them where national data are used"),
    ];

    /// <summary>Writes the workbook of each country; names of files as the archive has them.</summary>
    public static void WriteAll(Func<string, string> path, RunDocument document)
    {
        IReadOnlyList<string> zones = PraisForms.Zones(document.Prais);
        string[] names = ArchiveFiles.ZoneNames(zones);
        for (int z = 0; z < zones.Count; z++)
            WorkbookReport.Book(
                path($"prais_{names[z]}.xlsx"), $"{document.Name}: PRAIS, {zones[z]}", Sheets(document, zones[z], "Checklist"),
                []);
    }

    /// <summary>The checklist and a sheet a form.</summary>
    public static IReadOnlyList<(string Name, Action<TextWriter> Sheet)> Sheets(
        RunDocument document, string zone, string checklist)
    {
        var forms = new PraisForms(document.Prais, zone);
        return
        [
            (checklist, writer => Checklist(writer, document, zone, forms)),
            .. forms.All.GroupBy(f => f.Name)
                .Select(g => (g.Key, (Action<TextWriter>)(writer => Form(writer, [.. g], forms.StandIns(g.Key))))),
        ];
    }

    private static void Checklist(TextWriter writer, RunDocument document, string zone, PraisForms forms)
    {
        double[] widths = [18, 46, 12, 34, 70];
        Begin(writer, widths);
        var sheet = new SheetWriter(writer);
        Title(sheet, 1, $"PRAIS, 2026 cycle: {zone}");
        sheet.BeginRow(2);
        sheet.Text(
            document.Name + ". Copy the figures; PRAIS computes the shares itself where its form shows none to type.",
            SheetStyles.Plain);
        sheet.EndRow();
        sheet.BeginRow(4);
        foreach (string head in new[] { "Form", "What it holds", "Filled", "Stand-ins", "Missing, and why" })
            sheet.Text(head, SheetStyles.Header);
        sheet.EndRow();
        int row = 5;
        foreach ((string form, string title, string missing) in s_forms)
        {
            bool filled = form != "SO1-4.confidence" && forms.Has(form);
            string standIns = filled ? forms.StandIns(form) : "", why = filled ? "" : missing;
            sheet.BeginRow(row++, SheetStyles.WrappedHeight([(title, widths[1]), (standIns, widths[3]), (why, widths[4])]));
            sheet.Text(form, SheetStyles.Label);
            sheet.Text(title, SheetStyles.Note);
            sheet.Text(filled ? "yes" : "no", SheetStyles.Note);
            sheet.Text(standIns, SheetStyles.Note);
            sheet.Text(why, SheetStyles.Note);
            sheet.EndRow();
        }

        row++;
        foreach (string note in document.Notes)
        {
            sheet.BeginRow(row++);
            sheet.Text(note, SheetStyles.Plain);
            sheet.EndRow();
        }

        End(writer);
    }

    private static void Form(TextWriter writer, IReadOnlyList<PraisForm> parts, string standIns)
    {
        int columns = parts.Max(p => p.Table.Columns.Count);
        Begin(writer, [.. Enumerable.Range(0, columns).Select(c => c == 0 ? 34.0 : 16.0)]);
        var sheet = new SheetWriter(writer);
        int row = 1;
        foreach (PraisForm part in parts)
        {
            Title(sheet, row++, $"{part.Name}  {part.Title}");
            sheet.BeginRow(row, SheetStyles.WrappedHeight(part.Table.Columns.Select((c, i) => (c.Name, i == 0 ? 34.0 : 16.0))));
            foreach (Column column in part.Table.Columns)
                sheet.Text(column.Name, SheetStyles.Header);
            sheet.EndRow();
            TableSheet.WriteBody(sheet, part.Table, row + 1, part.Table.Rows.Count, (_, _) => null);
            row += part.Table.Rows.Count + 2;
        }

        if (standIns.Length > 0)
        {
            sheet.BeginRow(row);
            sheet.Text("Stand-ins: " + standIns, SheetStyles.Plain);
            sheet.EndRow();
        }

        End(writer);
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
