using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Questions;
using Ldn.Rasters;
using Ldn.Reports.Page;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Subjects;

/// <summary>
/// How much land calls for which response: avoid, reduce, reverse (method §10). Job: <c>strata.responseHierarchy</c>, without
/// which it is told where there are land types, targets or <c>strata.risk</c>, a raster above 0 where land is at risk. Table:
/// response_hierarchy.csv; rasters.
/// </summary>
internal sealed class ResponseSubject : Subject<ResponseAsked>
{
    private const string Option = "risk";
    private static readonly SectionKey<string> s_risk = new(
        "strata.risk", SubjectJson.Default.String,
        "A raster above 0 where land is at risk, for the response hierarchy", "\"risk.tif\"");
    private static readonly SectionKey<bool?> s_hierarchy = new(
        "strata.responseHierarchy", SubjectJson.Default.NullableBoolean,
        "Whether the response hierarchy is told; it is where there are land types, targets or risk", "true");

    /// <inheritdoc/>
    public override IReadOnlyList<SectionKey> Keys => [s_risk, s_hierarchy];

    /// <inheritdoc/>
    public override IReadOnlyList<InputName> Inputs => [new(Option, TellsGrid: true)];

    /// <inheritdoc/>
    public override IReadOnlyList<PageSection> Sections => [new ResponseSection()];

    /// <inheritdoc/>
    public override IEnumerable<ResultTable> Kinds(RunStatistics empty) => [ResponseInquiry.Hierarchy(empty)];

    /// <inheritdoc/>
    protected override ResponseAsked? Read(JobSections sections)
    {
        string? risk = sections.Get(s_risk);
        bool called = risk is not null || sections.Job.Asks<LandTypesAsked>() is not null
            || sections.Job.Asks<TargetsAsked>() is { Targets.Count: > 0 };
        return sections.Get(s_hierarchy)
            ?? called ? new ResponseAsked(risk is null ? null : sections.Files.Resolved(risk)) : null;
    }

    private protected override Inquiry Open(ResponseAsked asked, Opening opening) =>
        new ResponseInquiry(
            asked.Risk is { } file ? new PositivePlane(opening.Inputs.Open("risk", Option, file, Resampling.Nearest)) : null);
}

/// <summary>That the response hierarchy is told; with a layer of risk or without.</summary>
internal sealed record ResponseAsked(string? Risk) : IAsked;

/// <summary>
/// One question a period: conditions, LPD class, then risk where a layer of it is given. Table: response_hierarchy.csv.
/// </summary>
internal sealed class ResponseInquiry(PositivePlane? risk) : Inquiry
{
    private static readonly Response[] s_order = [Response.Reverse, Response.Reduce, Response.Avoid, Response.NoData];

    public static Column<string> ResponseName { get; } = Column.Text(
        "response", "reverse: degraded; reduce: not degraded, but stressed (LPD 3) or at risk; avoid: the rest; no_data.");

    public static string Question(string period) => "response_" + period;

    public override IEnumerable<Question> Ask(IReadOnlyList<PeriodPlan> periods, PlaceIndex places) =>
        periods.Select((period, p) =>
        new Question(
            Question(period.Period.Id),
            [new ConditionsPlane(p), new LpdPlane(p), .. risk is not null ? [risk] : Array.Empty<Plane>()]));

    public override IEnumerable<ResultTable> Report(RunStatistics run) => [Hierarchy(run)];

    public static ResultTable Hierarchy(RunStatistics run)
    {
        var table = Columns.Table("response_hierarchy", "Response hierarchy: avoid, reduce, reverse",
        [
            Columns.ZoneId, Columns.ZoneKind, Columns.Period, ResponseName, Columns.Pixels, Columns.TrueArea, Columns.ShareOfLand,
            Columns.Basis,
        ]);
        for (int p = 0; p < run.Job.Periods.Count; p++)
        {
            if (run.Answer(Question(run.Job.Periods[p].Id)) is not { } answer)
                continue;
            var sums = new Amount[run.Zones.Count, s_order.Length];
            foreach (TallyRow row in answer.Rows)
            {
                if (Of(answer.Question, row.Key, p, run.Job.Rules.Status) is not { } response)
                    continue;
                foreach (int zone in run.ZonesOf(row))
                    sums[zone, (int)response] += RunStatistics.AmountOf(row);
            }

            for (int z = 0; z < run.Zones.Count; z++)
            {
                Amount land = s_order.Aggregate(new Amount(), (sum, r) => sum + sums[z, (int)r]);
                foreach (Response response in s_order)
                {
                    Amount amount = sums[z, (int)response];
                    table.Add(
                    [
                        .. Columns.Of(run.Zones[z]), .. Columns.Of(run.Job, p), ResponseName.Is(response.Name()),
                        .. Columns.Of(amount),
                        Columns.ShareOfLand.Is(amount.ShareOf(land)), Columns.AsReported(p),
                    ]);
                }
            }
        }

        run.SortByZone(table);
        return table;
    }

    /// <summary>The response of a key of the question; null for water.</summary>
    private static Response? Of(Question question, ulong key, int period, StatusRule rule)
    {
        var pair = new ConditionPair((byte)question.Code(key, 0));
        return pair.StatusWater ? null : ResponseHierarchy.Of(
            period == 0 ? pair.Baseline : pair.Status(rule).ThreeClass(), (int)question.Code(key, 1),
            question.Planes.Count > 2 && question.Code(key, 2) != 0);
    }
}

/// <summary>
/// The response hierarchy: what to avoid, to reduce, to reverse. Its map is among the layers of the zone's map.
/// </summary>
internal sealed class ResponseSection : PageSection
{
    private static readonly Response[] s_responses = [Response.Reverse, Response.Reduce, Response.Avoid];

    /// <inheritdoc/>
    public override string Table => "response_hierarchy";

    internal override SectionContent? Of(SectionPage page)
    {
        IReadOnlyList<Row> latest = page.Latest(Table);
        if (latest.All(r => r[Columns.TrueArea] is null or { IsZero: true }))
            return null;
        return new SectionContent(
            page.Texts.Format(
                "section.response_hierarchy",
                [.. s_responses.Reverse().Select(r => (object)page.Numbers.Percent(Share(latest, r.Name())))]),
            Charts.Bars(page.Numbers, [.. page.Periods(Table).Select(p => (page.Label(p.Period), Segments(p.Rows)))]),
            new SmallTable(
                [page.Name(ResponseInquiry.ResponseName), page.Number(Columns.TrueArea), page.Number(Columns.ShareOfLand)],
                [
                    .. latest.Where(r => r[Columns.TrueArea] is not null).Select(r => new object[]
                    {
                        page.Texts.Class(r[ResponseInquiry.ResponseName]!), page.Numbers.Area(r[Columns.TrueArea]!.Value),
                        page.Numbers.Percent(r[Columns.ShareOfLand]?.ToDouble()),
                    }),
                ]));

        IReadOnlyList<Segment> Segments(IReadOnlyList<Row> rows) =>
        [
            .. s_responses.Select(r => (Name: r.Name(), Color: r.Color())).Append(("no_data", Palette.NoData))
                .Select(c => new Segment(page.Texts.Class(c.Item1), Share(rows, c.Item1) ?? 0, c.Item2, "")),
        ];
    }

    private static double? Share(IReadOnlyList<Row> rows, string name) =>
        rows.FirstOrDefault(r => r[ResponseInquiry.ResponseName] == name)?[Columns.ShareOfLand]?.ToDouble();
}
