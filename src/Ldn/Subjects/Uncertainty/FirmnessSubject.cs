using Ldn.Jobs;
using Ldn.Rasters;
using Ldn.Reports;
using Ldn.Reports.Page;
using Ldn.Tables;
using Ldn.Tables.Prais;

namespace Ldn.Subjects.Uncertainty;

/// <summary>
/// How firm the answers of a run are (firmness U7), told in every run. Job: <c>uncertainty.points</c>, what was seen at sampled
/// points. Tables: firmness.csv, PRAIS SO1-4.confidence.
/// </summary>
public sealed class FirmnessSubject : Subject<FirmnessAsked>
{
    private static readonly SectionKey<string> s_points = new(
        "uncertainty.points", SubjectJson.Default.String,
        "Points of 'ldn sample-points' for the latest period with the column reference filled in", "\"points.csv\"");

    /// <inheritdoc/>
    public override IReadOnlyList<SectionKey> Keys => [s_points];

    /// <inheritdoc/>
    public override IReadOnlyList<PageSection> Sections => [new FirmnessSection()];

    /// <inheritdoc/>
    public override IEnumerable<ResultTable> Kinds(RunStatistics empty) => [FirmnessTable.Empty()];

    /// <inheritdoc/>
    protected override FirmnessAsked Read(JobSections sections)
    {
        string? points = sections.Get(s_points) is { } file ? sections.Files.Resolved(file) : null;
        return new FirmnessAsked(points, points is null ? [] : GroundPoint.Load(points));
    }

    private protected override Inquiry Open(FirmnessAsked asked, Opening opening) =>
        new FirmnessInquiry(asked, opening.Job, opening.Geodata, opening.Others);
}

/// <summary>Points that were looked at; none where the job names none.</summary>
public sealed record FirmnessAsked(string? PointsFile, IReadOnlyList<GroundPoint> Points) : IAsked
{
    /// <inheritdoc/>
    public IEnumerable<(string Layer, string File)> Files => PointsFile is null ? [] : [("points", PointsFile)];
}

/// <summary>
/// Asks nothing of the pass: every combination is a marginal of what it counts anyway. A point is a member of one cell, so that
/// the pass tells what the map says there.
/// </summary>
internal sealed class FirmnessInquiry(FirmnessAsked asked, Job job, IGeodata geodata, Inquiries others) : Inquiry
{
    private int _firstPoint;
    private ResultTable? _table;

    /// <exception cref="LdnException">Exit 3: a point lies outside the zones.</exception>
    public override void AddMembers(IMembers members) => _firstPoint = GroundPoint.Add(asked.Points, members, geodata);

    /// <summary>Strata whose interval has no variance to rest on.</summary>
    public override IEnumerable<string> Notes =>
        asked.Points.GroupBy(p => p.Stratum).Where(g => g.Count() == 1).Select(g => g.Key).ToArray() is { Length: > 0 } single
            ? [$"points: {string.Join(", ", single)} with a single point, which has no variance: give each stratum two at least"]
            : [];

    public override IEnumerable<ResultTable> Report(RunStatistics run) => run.Job.IndicatorIsGiven ? [] : [Table(run)];

    public override IEnumerable<ResultTable> Prais(PraisFrame frame)
    {
        ILookup<(string?, string?), Row> figures = Table(frame.Run).Walk(frame.Zones.Select(z => z.Index).Append(-1).Max() + 1)
            .Where(r => r[FirmnessTable.Question] == "figure")
            .ToLookup(r => (r[Columns.ZoneId], r[Columns.Period]));
        var english = Texts.Load("en");
        return [PraisDegradation.Confidence(frame, (zone, period) => figures[(zone, period)].FirstOrDefault() is { } row
            ? (row[FirmnessTable.Confidence], FirmnessTable.Reason(row, english)) : (null, english["reason.unasked"]))];
    }

    private ResultTable Table(RunStatistics run)
    {
        if (_table is not null)
            return _table;
        GroundSample? sample = asked.Points.Count > 0 ? new GroundSample(run, asked.Points, _firstPoint) : null;
        var judge = new FirmnessJudge(run, others, job.Asks<TargetsAsked>()?.Targets ?? [], sample);
        return _table = FirmnessTable.Empty().MadeBy(run.Zones.Count, (table, z) =>
        {
            for (int p = 0; p < run.Job.Periods.Count; p++)
                foreach (FirmnessRow row in judge.Of(z, p))
                    table.Add([.. Columns.Of(run.Zones[z]), .. Columns.Of(run.Job, p), .. FirmnessTable.Cells(row)]);
        });
    }
}
