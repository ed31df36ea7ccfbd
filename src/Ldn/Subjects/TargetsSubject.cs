using Ldn.Csv;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Reports.Page;
using Ldn.Tables;
using Ldn.Tables.Prais;
using Ldn.Zones;

namespace Ldn.Subjects;

/// <summary>
/// National targets, each with its verdict and the figures behind it, and where degradation is heading (method §10). Job:
/// <c>targets</c>, a CSV or JSON; <c>strata.targetYear</c>, the year of the projection, 2030 where there are land types or
/// targets. Tables: projection.csv, targets.csv.
/// </summary>
public sealed class TargetsSubject : Subject<TargetsAsked>
{
    private const int DefaultYear = 2030;
    private static readonly SectionKey<string> s_targets = new(
        "targets", SubjectJson.Default.String,
        "A CSV or JSON of targets", "\"targets.csv\"");
    private static readonly SectionKey<int?> s_year = new(
        "strata.targetYear", SubjectJson.Default.NullableInt32,
        "Year of the projection", "2030");

    /// <inheritdoc/>
    public override IReadOnlyList<SectionKey> Keys => [s_targets, s_year];

    /// <inheritdoc/>
    public override IReadOnlyList<PageSection> Sections => [new TargetsSection(), new ProjectionSection()];

    /// <inheritdoc/>
    public override IEnumerable<ResultTable> Kinds(RunStatistics empty) =>
        [NeutralityTables.Projection(empty, null, null), TargetTables.Targets(empty, [], [])];

    /// <inheritdoc/>
    protected override TargetsAsked? Read(JobSections sections)
    {
        string? file = sections.Get(s_targets) is { } name ? sections.Files.Resolved(name) : null;
        IReadOnlyList<Target> targets = file is null ? [] : TargetTable.Load(file);
        CheckCodes(targets, [.. sections.Job.LandCover?.Legend.Classes.Select(c => c.Code) ?? []]);
        int? year = sections.Get(s_year)
            ?? (targets.Count > 0 || sections.Job.Asks<LandTypesAsked>() is not null ? DefaultYear : null);
        return file is null && year is null ? null : new TargetsAsked(file, targets, year);
    }

    private protected override Inquiry Open(TargetsAsked asked, Opening opening) => new TargetsInquiry(asked, opening.Others);

    private static void CheckCodes(IEnumerable<Target> targets, int[] classes)
    {
        foreach (Target target in targets)
        {
            bool cover = target.Metric.Kind is TargetMetricKind.LandCoverArea or TargetMetricKind.LandCoverPercent
                or TargetMetricKind.Mean;
            if (cover && !target.Metric.Nested && classes.Length > 0 && target.Metric.Code is { } code && !classes.Contains(code))
                throw Fault.Job.Error(
                    $"target {target.Id}: {target.Metric} names {code}, which is no class of the legend",
                    $"classes are {string.Join(", ", classes)}");
            if (target.Metric is { Kind: TargetMetricKind.LpdPercent, Code: < 1 or > 5 })
                throw Fault.Job.Error(
                    $"target {target.Id}: {target.Metric} names no class of land productivity dynamics", "classes are 1 to 5");
        }
    }
}

/// <summary>
/// Targets, each for a zone or group of the run, and the year to which degradation is projected; null where no projection is
/// asked for.
/// </summary>
public sealed record TargetsAsked(string? File, IReadOnlyList<Target> Targets, int? TargetYear) : IAsked
{
    /// <inheritdoc/>
    public IEnumerable<(string Layer, string File)> Files => File is null ? [] : [("targets", File)];
}

/// <summary>
/// Asks nothing of its own but the stocks of <c>soc_t</c>: other figures come from what every run knows and from the subjects
/// that are an <see cref="ITargetSource"/>.
/// </summary>
internal sealed class TargetsInquiry(TargetsAsked asked, Inquiries others) : Inquiry
{
    private const int MostListed = 30;

    /// <exception cref="LdnException">Exit 2: a target is set for what is no zone of the run.</exception>
    public override void AddMembers(IMembers members)
    {
        string[] known = [.. members.Zones.Select(z => z.Id)];
        if (asked.Targets.FirstOrDefault(t => !known.Contains(t.ZoneId)) is { } target)
        {
            throw Fault.Job.Error(
                $"target {target.Id} is set for '{target.ZoneId}', which is no zone or group of the "
                    + $"run{NearestName.Hint(target.ZoneId, known)}",
                $"there are {string.Join(", ", known.Take(MostListed))}{(known.Length > MostListed ? ", …" : "")}");
        }
    }

    public override IEnumerable<Question> Ask(IReadOnlyList<PeriodPlan> periods, PlaceIndex places) =>
        asked.Targets.Any(t => t.Metric.Kind == TargetMetricKind.SoilCarbon) ? RunTargetFigures.StockQuestions(periods) : [];

    public override IEnumerable<ResultTable> Prais(PraisFrame frame) => asked.Targets.Count > 0
        ? [
            PraisPlaces.Targets(
                frame, asked.Targets, TargetTables.Targets(frame.Run, asked.Targets, others.OfType<ITargetSource>()))] : [];

    public override IEnumerable<ResultTable> Report(RunStatistics run)
    {
        if (asked.TargetYear is { } year && run.Job.Periods.Count > 1)
            yield return NeutralityTables.Projection(run, others.Of<LandTypesInquiry>()?.Types, year);
        if (asked.Targets.Count > 0)
            yield return TargetTables.Targets(run, asked.Targets, others.OfType<ITargetSource>());
    }
}
