using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Questions;
using Ldn.Reports.Page;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Subjects;

/// <summary>
/// Change of soil carbon as carbon dioxide (method §11). Job: <c>strata.climate</c>, true or false. Table: climate.csv. The
/// question is also that of activities.
/// </summary>
internal sealed class ClimateSubject : Subject<ClimateAsked>
{
    private static readonly SectionKey<bool?> s_climate = new(
        "strata.climate", SubjectJson.Default.NullableBoolean,
        "Whether the change of soil carbon is told in t of carbon and of carbon dioxide", "true");

    /// <inheritdoc/>
    public override IReadOnlyList<SectionKey> Keys => [s_climate];

    /// <inheritdoc/>
    public override IReadOnlyList<PageSection> Sections => [new ClimateSection()];

    /// <inheritdoc/>
    public override IEnumerable<ResultTable> Kinds(RunStatistics empty) => [ClimateInquiry.Change(empty)];

    /// <inheritdoc/>
    protected override ClimateAsked? Read(JobSections sections) => sections.Get(s_climate) == true ? new ClimateAsked() : null;

    private protected override Inquiry Open(ClimateAsked asked, Opening opening) => new ClimateInquiry();
}

/// <summary>That the change of soil carbon is told in t of carbon and of carbon dioxide.</summary>
internal sealed record ClimateAsked : IAsked;

/// <summary>
/// climate.csv: change of soil carbon over each period in t C and t CO₂e, on land where both its stocks are known.
/// </summary>
internal sealed class ClimateInquiry : Inquiry
{
    private const string All = "all";
    private static readonly string[] s_classes = [
        All, .. new[] { Condition.Degraded, Condition.Stable, Condition.Improved, Condition.NoData }.Select(c => c.Name())];

    public static Column<long> FirstYear { get; } = Column.Integer(
        "first_year", "Year of the initial stock: of the map, where one stands in.");

    public static Column<long> LastYear { get; } = Column.Integer("last_year", "Year of the final stock, likewise.");

    public static Column<double> Initial { get; } = Column.Number("soc_initial_t", "Soil organic carbon at the beginning, t C.");

    public static Column<double> Final { get; } = Column.Number("soc_final_t", "At the end.");

    /// <summary>Name of the question of a period: conditions; sums of <see cref="StockChangeSum"/>.</summary>
    public static string Question(string period) => "carbon_change_" + period;

    /// <summary>The question for each period whose stocks are compared.</summary>
    public static IEnumerable<Question> Questions(IReadOnlyList<PeriodPlan> periods)
    {
        for (int p = 0; p < periods.Count; p++)
            if (periods[p].SoilCarbon is { IsChange: false } soil)
                yield return new Question(
                    Question(periods[p].Period.Id), [new ConditionsPlane(p)], new StockChangeSum(soil.Initial, soil.Final));
    }

    public override IEnumerable<Question> Ask(IReadOnlyList<PeriodPlan> periods, PlaceIndex places) => Questions(periods);

    public override IEnumerable<ResultTable> Report(RunStatistics run) => [Change(run)];

    public static ResultTable Change(RunStatistics run)
    {
        var table = Columns.Table("climate", "Soil organic carbon change and its carbon dioxide equivalent",
        [
            Columns.ZoneId, Columns.ZoneKind, Columns.Period, FirstYear, LastYear,
            Columns.Class.Meaning("Condition in the period itself, or all land."), Columns.SoilArea, Initial, Final,
            Columns.SoilChange,
            Columns.SoilChangeCo2, Columns.SoilChangePerHectare, Columns.Basis,
        ]);
        for (int p = 0; p < run.Job.Periods.Count; p++)
        {
            if (run.Answer(Question(run.Job.Periods[p].Id)) is not { } answer)
                continue;
            var sums = new Int128[run.Zones.Count, s_classes.Length, 3];
            foreach (TallyRow row in answer.Rows)
            {
                var pair = new ConditionPair((byte)answer.Code(row, 0));
                if (pair.PeriodWater)
                    continue;
                foreach (int zone in run.ZonesOf(row))
                {
                    for (int s = 0; s < 3; s++)
                    {
                        sums[zone, 0, s] += row.Sums.Span[s];
                        sums[zone, Array.IndexOf(s_classes, pair.Period.Name()), s] += row.Sums.Span[s];
                    }
                }
            }

            for (int z = 0; z < run.Zones.Count; z++)
                for (int c = 0; c < s_classes.Length; c++)
                    Add(table, run, z, p, s_classes[c], sums[z, c, 0], sums[z, c, 1], new Area(sums[z, c, 2]));
        }

        run.SortByZone(table);
        return table;
    }

    private static int? Served(RunStatistics run, int? year) =>
        year is { } y ? PeriodYears.Serving(run.Job, SubIndicator.SoilCarbon, y) : null;

    private static void Add(
        ResultTable table, RunStatistics run, int zone, int period, string name, Int128 initial, Int128 final, Area area)
    {
        double change = (double)(final - initial) * CarbonTables.TonnesPerUnit;
        table.Add(
        [
            .. Columns.Of(run.Zones[zone]), .. Columns.Of(run.Job, period),
            FirstYear.Is(Served(run, run.Job.Periods[period].SoilCarbon?.First)),
            LastYear.Is(Served(run, run.Job.Periods[period].SoilCarbon?.Last)), Columns.Class.Is(name), Columns.SoilArea.Is(area),
            Initial.Is((double)initial * CarbonTables.TonnesPerUnit), Final.Is((double)final * CarbonTables.TonnesPerUnit),
            Columns.SoilChange.Is(change), Columns.SoilChangeCo2.Is(change * CarbonTables.CarbonDioxide),
            Columns.SoilChangePerHectare.Is(area.IsZero ? null : change / area.Hectares), Columns.ByCondition,
        ]);
    }
}

/// <summary>Soil carbon lost and gained, in t of carbon and of carbon dioxide.</summary>
internal sealed class ClimateSection : PageSection
{
    private static readonly string[] s_classes = ["degraded", "stable", "improved", "all"];

    /// <inheritdoc/>
    public override string Table => "climate";

    internal override SectionContent? Of(SectionPage page)
    {
        Row[] rows = [
            .. page.Latest(Table).Where(r => s_classes.Contains(r[Columns.Class]) && r[Columns.SoilArea] is { IsZero: false })];
        if (Array.Find(rows, r => r[Columns.Class] == "all") is not { } all)
            return null;
        double most = rows.Max(r => Math.Abs(r[Columns.SoilChange]!.Value)), change = all[Columns.SoilChange]!.Value;
        return new SectionContent(
            page.Texts.Format(
                change < 0 ? "section.climate.lost" : "section.climate.gained", page.Numbers.InWords(Math.Abs(change)),
                page.Numbers.InWords(Math.Abs(all[Columns.SoilChangeCo2]!.Value)), all[ClimateInquiry.FirstYear] ?? 0,
                all[ClimateInquiry.LastYear] ?? 0),
            null,
            new SmallTable(
                [
                    page.Name(Columns.Class), (page.Texts["report.losses_gains"], false), (page.Texts["unit.t_c"], true),
                    (page.Texts["unit.t_co2e"], true), (page.Texts["unit.t_c_ha"], true),
                ],
                [
                    .. rows.OrderBy(r => Array.IndexOf(s_classes, r[Columns.Class])).Select(r => new object[]
                    {
                        page.Texts.Word("class", r[Columns.Class]!) ?? "", Bar(page, r, most),
                        Signed(page, r[Columns.SoilChange]!.Value),
                        Signed(page, r[Columns.SoilChangeCo2]!.Value),
                        r[Columns.SoilChangePerHectare] is { } each ? page.Numbers.Of(each, "+0.00;−0.00;0") : "–",
                    }),
                ]));
    }

    private static Html Bar(SectionPage page, Row row, double most)
    {
        double change = row[Columns.SoilChange]!.Value;
        return Charts.Diverging(
            Math.Max(0, -change), Palette.Of("degraded"), Math.Max(0, change), Palette.Of("improved"), most,
            $"{Signed(page, change)} {page.Texts["unit.t_c"]}");
    }

    private static string Signed(SectionPage page, double tonnes) =>
        tonnes < 0 ? "−" + Tonnes(page, -tonnes) : tonnes > 0 ? "+" + Tonnes(page, tonnes) : "0";

    private static string Tonnes(SectionPage page, double tonnes) => page.Numbers.Whole(tonnes);
}
