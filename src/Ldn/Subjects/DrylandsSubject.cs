using System.Text.Json;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Questions;
using Ldn.Rasters;
using Ldn.Reports.Page;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Subjects;

/// <summary>
/// Degradation by aridity class, which in drylands is desertification, and how aridity changes (method §11). Job:
/// <c>strata.aridity</c>, a raster of P/PET or one a date by year. Tables: drylands.csv, aridity.csv and, of several dates,
/// aridity_transitions.csv.
/// </summary>
internal sealed class DrylandsSubject : Subject<DrylandsAsked>
{
    private const string Option = "aridity";

    /// <summary>Dates of aridity that fit beside the conditions into one key.</summary>
    private const int MostDates = 7;

    private static readonly SectionKey<JsonElement?> s_aridity = new(
        "strata.aridity", SubjectJson.Default.NullableJsonElement,
        "A raster of precipitation over potential evapotranspiration, or one a date by year", "\"aridity.tif\"");

    /// <inheritdoc/>
    public override IReadOnlyList<SectionKey> Keys => [s_aridity];

    /// <inheritdoc/>
    public override IReadOnlyList<InputName> Inputs => [new(Option) { Words = ["aridity"] }];

    /// <inheritdoc/>
    public override IReadOnlyList<PageSection> Sections => [new DrylandsSection()];

    /// <inheritdoc/>
    public override IEnumerable<ResultTable> Kinds(RunStatistics empty) =>
        [DrylandTables.Desertification(empty, []), DrylandTables.ByDate(empty, []), DrylandTables.Transitions(empty, [])];

    /// <inheritdoc/>
    protected override DrylandsAsked? Read(JobSections sections)
    {
        if (sections.Get(s_aridity) is not { } aridity)
            return null;
        if (aridity.ValueKind == JsonValueKind.String)
            return new DrylandsAsked([(null, sections.Files.Resolved(aridity.GetString()!))]);
        if (
            aridity.ValueKind != JsonValueKind.Object
                || aridity.EnumerateObject().Any(p => p.Value.ValueKind != JsonValueKind.String))
            throw Fault.Job.Error(
                "strata.aridity is neither a file nor files by year",
                "give \"aridity.tif\", or { \"2000\": \"a.tif\", \"2015\": \"b.tif\" }");
        (int? Year, string File)[] dates =
        [
            .. sections.Files.Dated(
                aridity.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString()!), null,
                s_aridity.Path).Files.Select(f => ((int?)f.Key, f.Value)),
        ];
        return dates.Length == 0 ? null : dates.Length <= MostDates ? new DrylandsAsked(dates)
            : throw Fault.Job.Error($"strata.aridity has {dates.Length} dates", $"give up to {MostDates}");
    }

    private protected override Inquiry Open(DrylandsAsked asked, Opening opening) => new DrylandsInquiry(
        [.. asked.Dates.Select(d => d.Year)],
        [.. asked.Dates.Select(
            d => new AridityPlane(opening.Inputs
            .Open($"aridity{(d.Year is null ? "" : $" {d.Year}")}", Option, d.File, Resampling.Nearest,
            LayerValues.Aridity)))]);
}

/// <summary>P/PET by date, ascending; a single one may be without a year.</summary>
internal sealed record DrylandsAsked(IReadOnlyList<(int? Year, string File)> Dates) : IAsked;

/// <summary>
/// One question a period: conditions, aridity class of the date that stands for it; and one over all dates, on land of the
/// baseline.
/// </summary>
internal sealed class DrylandsInquiry(IReadOnlyList<int?> years, IReadOnlyList<AridityPlane> planes) : Inquiry
{
    /// <summary>Conditions of the baseline, then the aridity class of each date.</summary>
    public const string Dates = "aridity_dates";

    public static string Question(string period) => "drylands_" + period;

    public override IEnumerable<Question> Ask(IReadOnlyList<PeriodPlan> periods, PlaceIndex places)
    {
        for (int p = 0; p < periods.Count; p++)
            yield return new Question(
                Question(periods[p].Period.Id), [new ConditionsPlane(p), planes[Serving(years, periods[p].Period.FinalYear)]]);
        yield return new Question(Dates, [new ConditionsPlane(0), .. planes]);
    }

    public override IEnumerable<ResultTable> Report(RunStatistics run)
    {
        yield return DrylandTables.Desertification(run, years);
        yield return DrylandTables.ByDate(run, years);
        if (years.Count > 1)
            yield return DrylandTables.Transitions(run, years);
    }
}

/// <summary>Degraded land by aridity class: in drylands, desertification.</summary>
internal sealed class DrylandsSection : PageSection
{
    /// <inheritdoc/>
    public override string Table => "drylands";

    internal override SectionContent? Of(SectionPage page)
    {
        Row[] rows = [.. page.Latest(Table).Where(r => r[Columns.Land] is { IsZero: false })];
        if (rows.FirstOrDefault(r => r[Columns.Aridity] == "all") is not { } all)
            return null;
        string whole = page.Numbers.Percent(all[Columns.DegradedOfLand]?.ToDouble());
        string sentence = rows.FirstOrDefault(r => r[Columns.Aridity] == "drylands") is { } drylands
            ? page.Texts.Format("section.drylands", page.Numbers.Percent(drylands[Columns.DegradedOfLand]?.ToDouble()), whole)
            : page.Texts["section.drylands.none"];
        return new SectionContent(
            sentence, Charts.Bars(page.Numbers, [.. rows.Select(r => (Name(r), page.Conditions(r)))]),
            new SmallTable(
                [
                    page.Name(Columns.Aridity), page.Number(Columns.Land), page.Number(Columns.Degraded),
                    page.Number(Columns.DegradedOfLand),
                ],
                [
                    .. rows.Select(r => new object[]
                    {
                        Name(r), page.Numbers.Area(r[Columns.Land]!.Value), page.Numbers.Area(r[Columns.Degraded]!.Value),
                        page.Numbers.Percent(r[Columns.DegradedOfLand]?.ToDouble()),
                    }),
                ]));

        string Name(Row row) => page.Texts.Word("aridity", row[Columns.Aridity]!) ?? row[Columns.Aridity]!;
    }
}
