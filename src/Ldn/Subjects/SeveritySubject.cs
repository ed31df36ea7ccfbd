using Ldn.Csv;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Questions;
using Ldn.Reports.Page;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Subjects;

/// <summary>
/// Grades of degraded land and what it costs a year (method §10), by the period's own condition. Job: <c>strata.severity</c>,
/// default or a CSV of degraded_sub_indicators, lpd, grade; <c>strata.cost</c>, a CSV of land_cover, grade, usd_per_ha_year.
/// Tables: severity.csv, cost.csv.
/// </summary>
internal sealed class SeveritySubject : Subject<SeverityAsked>
{
    private const string Default = "default";
    private static readonly SectionKey<string> s_severity = new(
        "strata.severity", SubjectJson.Default.String,
        "Grades of degradation: default, or a CSV of degraded_sub_indicators,lpd,grade", "\"default\"");
    private static readonly SectionKey<string> s_cost = new(
        "strata.cost", SubjectJson.Default.String,
        "A CSV of land_cover,grade,usd_per_ha_year", "\"cost.csv\"");

    /// <inheritdoc/>
    public override IReadOnlyList<SectionKey> Keys => [s_severity, s_cost];

    /// <inheritdoc/>
    public override bool NeedsSubIndicators => true;

    /// <inheritdoc/>
    public override IReadOnlyList<PageSection> Sections => [new SeveritySection(), new CostSection()];

    /// <inheritdoc/>
    public override IEnumerable<ResultTable> Kinds(RunStatistics empty) =>
        [SeverityTables.Severity(empty, null), SeverityTables.Cost(empty, null)];

    /// <inheritdoc/>
    protected override SeverityAsked? Read(JobSections sections)
    {
        (string? severity, string? cost) = (sections.Get(s_severity), sections.Get(s_cost));
        if (severity is null && cost is null)
            return null;
        string? grades = severity is null or Default ? null : sections.Files.Resolved(severity),
        costs = cost is null ? null : sections.Files.Resolved(cost);
        SeverityTable table = grades is null ? SeverityTable.Default : SeverityTable.Load(grades);
        return new SeverityAsked(
            table,
            costs is null
                ? null
                : CostTable.Load(costs, [.. sections.Job.LandCover?.Legend.Classes.Select(c => c.Code) ?? []], table.Grades))
        {
            Files = [
                .. new[]
                {
                    ("severity", grades), ("cost", costs)
                }.Where(f => f.Item2 is not null).Select(f => (f.Item1, f.Item2!))],
        };
    }

    private protected override Inquiry Open(SeverityAsked asked, Opening opening) => new SeverityInquiry(asked);
}

/// <summary>Grades of degradation, and what it costs by land cover and grade where that is asked for.</summary>
internal sealed record SeverityAsked(SeverityTable Grades, CostTable? Cost) : IAsked
{
    /// <inheritdoc/>
    public IEnumerable<(string Layer, string File)> Files { get; init; } = [];
}

/// <summary>
/// One question a period: conditions, number of degraded sub-indicators, LPD class, the baseline's two likewise, then the final
/// land cover where the run has one.
/// </summary>
internal sealed class SeverityInquiry(SeverityAsked asked) : Inquiry
{
    public static string Question(string period) => "severity_" + period;

    public override IEnumerable<Question> Ask(IReadOnlyList<PeriodPlan> periods, PlaceIndex places) =>
        periods.Select((period, p) => new Question(
        Question(period.Period.Id),
        [
            new ConditionsPlane(p), new DegradedCountPlane(p), new LpdPlane(p),
            .. p > 0 ? [new DegradedCountPlane(0), new LpdPlane(0)] : Array.Empty<Plane>(),
            .. period.ToCover >= 0 ? [new CoverPlane(period.ToCover)] : Array.Empty<Plane>(),
        ]));

    public override IEnumerable<ResultTable> Report(RunStatistics run)
    {
        yield return SeverityTables.Severity(run, asked);
        if (asked.Cost is not null)
            yield return SeverityTables.Cost(run, asked);
    }
}

/// <summary>How severe the degradation is, by grade.</summary>
internal sealed class SeveritySection : PageSection
{
    /// <summary>From the lightest to the heaviest, readable without colour.</summary>
    private static readonly string[] s_colors = ["#e5d0e0", "#c38ab4", "#8f3a74", "#4a0d38"];

    /// <inheritdoc/>
    public override string Table => "severity";

    internal override SectionContent? Of(SectionPage page)
    {
        Row[] latest = [.. page.Latest(Table)];
        string[] grades = [.. latest.Select(r => r[Columns.Grade]!).Where(g => g != "ungraded")];
        if (grades.Length == 0 || Array.TrueForAll(latest, r => r[Columns.TrueArea] is null or { IsZero: true }))
            return null;
        return new SectionContent(
            page.Texts.Format("section.severity", Name(grades[^1]), page.Numbers.Percent(Share(latest, grades[^1]))),
            Charts.Bars(page.Numbers, [.. page.Periods(Table).Select(p => (page.Label(p.Period), Segments(p.Rows)))]),
            new SmallTable(
                [page.Name(Columns.Grade), page.Number(Columns.TrueArea), page.Number(SeverityTables.ShareOfDegraded)],
                [
                    .. latest.Select(r => new object[]
                    {
                        Name(r[Columns.Grade]!), page.Numbers.Area(r[Columns.TrueArea] ?? Counting.Area.Zero),
                        page.Numbers.Percent(r[SeverityTables.ShareOfDegraded]?.ToDouble()),
                    }),
                ]));

        string Name(string grade) => page.Texts.Word("grade", grade) ?? grade;
        IReadOnlyList<Segment> Segments(IReadOnlyList<Row> rows) =>
        [
            .. rows.Select(r => (Grade: r[Columns.Grade]!, Share: r[SeverityTables.ShareOfDegraded]?.ToDouble() ?? 0))
                .Select(g => new Segment(Name(g.Grade), g.Share, Color(Array.IndexOf(grades, g.Grade), grades.Length), "")),
        ];
    }

    private static double? Share(IEnumerable<Row> rows, string grade) =>
        rows.FirstOrDefault(r => r[Columns.Grade] == grade)?[SeverityTables.ShareOfDegraded]?.ToDouble();

    /// <summary>Spread over the colours, however many grades there are.</summary>
    private static string Color(int grade, int grades) =>
        grade < 0 ? Palette.NoData : s_colors[grades < 2 ? ^1 : grade * (s_colors.Length - 1) / (grades - 1)];
}

/// <summary>What the degradation costs a year, by land cover.</summary>
internal sealed class CostSection : PageSection
{
    private const int Most = 8;
    private const string All = "all";

    /// <inheritdoc/>
    public override string Table => "cost";

    internal override SectionContent? Of(SectionPage page)
    {
        IReadOnlyList<Row> latest = page.Latest(Table);
        if (
            latest.FirstOrDefault(r => r[SeverityTables.LandCover] == All && r[Columns.Grade] == All)
                is not { } all || all[SeverityTables.UsdPerYear] is not { } total)
            return null;
        var covers = latest.Where(r => r[SeverityTables.LandCover] != All && r[SeverityTables.UsdPerYear] is > 0)
            .GroupBy(r => r[SeverityTables.LandCover]!)
            .Select(c => (Name: Name(c.First()), Usd: c.Sum(r => r[SeverityTables.UsdPerYear]!.Value)))
            .OrderByDescending(c => c.Usd).Take(Most).ToList();
        double most = covers.Select(c => c.Usd).DefaultIfEmpty().Max();
        return new SectionContent(
            page.Texts.Format("section.cost", page.Numbers.InWords(total)), null,
            new SmallTable(
                [page.Name(SeverityTables.LandCover), ("", false), page.Number(SeverityTables.UsdPerYear)],
                [
                    .. covers.Select(c => new object[]
                    {
                        c.Name, Charts.Single(c.Usd, most, Palette.Of("degraded"), strong: true), Usd(c.Usd),
                    }),
                ]));

        static string Name(Row row) =>
            row[Columns.LandCoverName] is { Length: > 0 } name ? name : row[SeverityTables.LandCover]!;
        string Usd(double usd) => page.Numbers.Whole(usd);
    }
}

/// <summary>
/// Grades of degradation (method §10): from the number of degraded sub-indicators and the LPD class of a cell to a grade. Of the
/// rows that fit, the first counts.
/// </summary>
internal sealed class SeverityTable
{
    private const int MostSubIndicators = 3;
    private const int MostClasses = 5;
    private readonly IReadOnlyList<(int? Degraded, int? Lpd, string Grade)> _rows;

    private SeverityTable(IReadOnlyList<(int? Degraded, int? Lpd, string Grade)> rows, IReadOnlyList<string> grades) =>
        (_rows, Grades) = (rows, grades);

    /// <summary>
    /// One degraded sub-indicator is weak, two medium, three strong; one grade up where productivity is declining (LPD 1).
    /// </summary>
    public static SeverityTable Default { get; } = new(
        [(1, 1, "medium"), (2, 1, "strong"), (3, 1, "very_strong"), (1, null, "weak"), (2, null, "medium"), (3, null, "strong")],
        ["weak", "medium", "strong", "very_strong"]);

    /// <summary>All grades, the lightest first; of a user's table in the order in which it names them.</summary>
    public IReadOnlyList<string> Grades { get; }

    /// <summary>Reads a table of degraded_sub_indicators, lpd, grade; an empty field fits any.</summary>
    /// <exception cref="LdnException">Exit 2: unreadable, a column missing, a number out of range, no grade.</exception>
    public static SeverityTable Load(string path) => Parse(CsvTable.Read(path, "degraded_sub_indicators", "lpd", "grade"));

    /// <inheritdoc cref="Load"/>
    public static SeverityTable Parse(CsvTable table)
    {
        var rows = new List<(int? Degraded, int? Lpd, string Grade)>();
        foreach (CsvRow row in table.Rows)
        {
            string grade = table.Text(row, "grade");
            if (grade.Length == 0)
                throw table.Wrong(row, "grade", "the name of a grade");
            rows.Add(
                (
                    Number(table, row, "degraded_sub_indicators", MostSubIndicators), Number(table, row, "lpd", MostClasses),
                    grade));
        }

        return new SeverityTable(rows, [.. rows.Select(r => r.Grade).Distinct()]);
    }

    /// <summary>The grade of degraded land, or null where no row fits.</summary>
    /// <param name="degraded">Degraded sub-indicators, 0…3.</param>
    /// <param name="lpd">LPD class 1…5, 0 where it is not known.</param>
    public string? Grade(int degraded, int lpd)
    {
        foreach ((int? rowDegraded, int? rowLpd, string grade) in _rows)
            if ((rowDegraded is null || rowDegraded == degraded) && (rowLpd is null || rowLpd == lpd))
                return grade;
        return null;
    }

    private static int? Number(CsvTable table, CsvRow row, string column, int most)
    {
        if (table.Text(row, column).Length == 0)
            return null;
        int number = table.Integer(row, column);
        return number >= 0 && number <= most ? number : throw table.Wrong(row, column, $"a number from 0 to {most}");
    }
}
