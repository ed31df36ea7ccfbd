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
public sealed class SeveritySubject : Subject<SeverityAsked>
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
public sealed record SeverityAsked(SeverityTable Grades, CostTable? Cost) : IAsked
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
