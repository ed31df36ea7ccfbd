using Ldn.Tables;

namespace Ldn.Reports.Page;

/// <summary>
/// The section that a subject has on the page of a zone: one sentence, one chart or map, one small table, and the table of the
/// run where all of it is. It is made from the typed tables of the document alone, so that <c>ldn report</c> makes it again. A
/// subject names its own in <c>Sections</c>; what it says in <c>section.TABLE…</c> of the texts.
/// </summary>
internal abstract class PageSection
{
    /// <summary>Name of the table it tells of, whose title is the section's.</summary>
    public abstract string Table { get; }

    /// <summary>What it says of a zone; null where there are no such figures of it.</summary>
    internal abstract SectionContent? Of(SectionPage page);
}

/// <summary>A section as it is shown.</summary>
/// <param name="Sentence">Its message.</param>
/// <param name="Picture">Chart or map; null where the table holds the bars.</param>
/// <param name="Table">Its figures.</param>
/// <param name="Note">What must be known to read it; null where nothing must.</param>
internal sealed record SectionContent(string Sentence, Html? Picture, SmallTable? Table, string? Note = null);

/// <summary>
/// A table of a few rows. Cells are text or <see cref="Html"/> such as a bar; the first of each row is its head. Columns whose
/// head is right-aligned hold numbers.
/// </summary>
internal sealed record SmallTable(IReadOnlyList<(string Head, bool IsNumber)> Heads, IReadOnlyList<IReadOnlyList<object>> Rows);

/// <summary>What a section is made from: the zone, the document and its figures, the language, and a sheet for maps.</summary>
/// <param name="Zone">Zone or group.</param>
/// <param name="Document">The run.</param>
/// <param name="Figures">Its figures.</param>
/// <param name="Texts">The language.</param>
/// <param name="Sheet">The zone's sheet; null where it has no map.</param>
internal sealed record SectionPage(Subject Zone, RunDocument Document, Figures Figures, Texts Texts, MapSheet? Sheet)
{
    /// <summary>Numbers by the custom of the language.</summary>
    public Numbers Numbers => Texts.Numbers;

    /// <summary>The rows of the zone in a table.</summary>
    public IReadOnlyList<Row> Rows(string table) => [.. Figures.Rows(table, Zone.Id)];

    /// <summary>Its rows of the latest period that the table tells of.</summary>
    public IReadOnlyList<Row> Latest(string table) => Periods(table) is [.., var last] ? last.Rows : [];

    /// <summary>Its rows by period, those without any left out.</summary>
    public IReadOnlyList<(DocumentPeriod Period, IReadOnlyList<Row> Rows)> Periods(string table)
    {
        ILookup<string, Row> rows = Figures.Rows(table, Zone.Id).ToLookup(r => r[Columns.Period]!);
        return [
            .. Document.Periods.Where(p => rows.Contains(p.Id)).Select(p => (p, (IReadOnlyList<Row>)[.. rows[p.Id]]))];
    }

    /// <summary>A period with its years.</summary>
    public string Label(DocumentPeriod period) => Figures.PeriodLabel(period, Texts);

    /// <summary>The head of a column of figures.</summary>
    public (string, bool) Number(Column column) => (Texts.Caption(column), true);

    /// <summary>The head of a column of names.</summary>
    public (string, bool) Name(Column column) => (Texts.Caption(column), false);

    /// <summary>Areas by condition of a row as parts of a bar, in per cent of their sum.</summary>
    public IReadOnlyList<Segment> Conditions(Row row) => Parts(
        [
            ("degraded", row[Columns.Degraded]), ("stable", row[Columns.Stable]), ("improved", row[Columns.Improved]),
            ("no_data", row[Columns.NoData]),
        ]);

    /// <summary>Areas by class as parts of a bar.</summary>
    public IReadOnlyList<Segment> Parts(IReadOnlyList<(string Class, Counting.Area? Area)> areas)
    {
        double all = areas.Sum(a => a.Area?.SquareKilometres ?? 0);
        return
        [
            .. areas.Where(a => a.Area is { IsZero: false }).Select(a => new Segment(
                Texts.Word("class", a.Class) ?? a.Class, a.Area!.Value.SquareKilometres / all * 100, Palette.Of(a.Class),
                $" ({Numbers.Area(a.Area.Value)} {Texts["unit.km2"]})")),
        ];
    }

    /// <summary>A section as the template shows it; null where the zone has none.</summary>
    public View? View(PageSection section)
    {
        if (section.Of(this) is not { } content)
            return null;
        bool[] numbers = [.. (content.Table?.Heads ?? []).Select(h => h.IsNumber)];
        return new View
        {
            ["section_table"] = section.Table,
            ["section_title"] = Texts.Find("table." + section.Table) ?? section.Table,
            ["sentence"] = content.Sentence,
            ["picture"] = content.Picture,
            ["section_note"] = content.Note,
            ["heads"] = (content.Table?.Heads ?? []).Select(h => new View { ["head"] = h.Head, ["number"] = h.IsNumber })
                .ToArray(),
            ["rows_there"] = content.Table is { Rows.Count: > 0 },
            ["lines"] = (content.Table?.Rows ?? []).Select(row => new View
            {
                ["line_head"] = row[0] is Html first ? first : Html.Of((string)row[0]),
                ["cells"] = row.Skip(1).Select((cell, i) => new View
                {
                    ["cell"] = cell is Html html ? html : Html.Of((string)cell),
                    ["number"] = numbers[i + 1],
                    ["bar"] = cell is Html { Markup: var markup } && markup.StartsWith("<svg", StringComparison.Ordinal),
                }).ToArray(),
            }).ToArray(),
        };
    }
}
