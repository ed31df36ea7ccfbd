using System.Globalization;
using Ldn.Counting;
using Ldn.Indicator;
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
internal sealed class FirmnessSubject : Subject<FirmnessAsked>
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
internal sealed record FirmnessAsked(string? PointsFile, IReadOnlyList<GroundPoint> Points) : IAsked
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

/// <summary>
/// How firm the latest figure is: the verdict, a tornado of what moves the figure when it alone is changed, and below it
/// everything together, the band of chance and the intervals, each called what it is, on one scale with the figure.
/// </summary>
internal sealed class FirmnessSection : PageSection
{
    /// <summary>Percentage points that are no move: they round to 0.0 %.</summary>
    private const double Least = 0.05;

    private const string Section = "section.firmness.";
    private static readonly CultureInfo s_invariant = CultureInfo.InvariantCulture;

    /// <inheritdoc/>
    public override string Table => "firmness";

    internal override SectionContent? Of(SectionPage page)
    {
        Row? row = page.Latest(Table).FirstOrDefault(r => r[FirmnessTable.Question] == "figure");
        if (row?[FirmnessTable.Answer] is not { Length: > 0 } answer || Of(row, FirmnessTable.NoDataLow, FirmnessTable.NoDataHigh)
            is not { } bounds || !double.TryParse(answer, s_invariant, out double figure))
            return null;
        string period = row[Columns.Period]!;
        Texts texts = page.Texts;
        Line[] tornado = [.. Alone(page, period, figure).OrderByDescending(l => l.Spread.Width)];
        Spread? chance = Of(row, FirmnessTable.ChanceLow, FirmnessTable.ChanceHigh),
            sample = Of(row, FirmnessTable.SampleLow, FirmnessTable.SampleHigh),
            soil = Of(row, FirmnessTable.SoilLow, FirmnessTable.SoilHigh);
        var figures = new FirmnessFigures(
            row[FirmnessTable.Verdict] ?? "open", figure, row[FirmnessTable.Tried] ?? 0,
            row[FirmnessTable.Agreeing]?.ToDouble() ?? 0, bounds, chance, sample, soil,
            tornado is [{ Spread.Width: >= Least } first, ..] ? (first.Name, first.Spread) : null)
        {
            FewOrders = page.Rows("chance").Any(r => r[ChanceTable.Orders] < ChanceBands.OrdersOfBand),
            SoilByFactors = page.Rows("soil_error").Any(r => r[SoilErrorTable.Rho] is null),
        };
        Line[] lines = [.. tornado, .. Together(row, bounds, chance, sample, soil, texts)];
        double from = Math.Min(figure, lines.Min(l => l.Spread.Low)), to = Math.Max(figure, lines.Max(l => l.Spread.High));
        string note = texts[Section + "note"];
        if (row[FirmnessTable.NotTried] is { Length: > 0 } untried)
            note = FirmnessWords.Join(
                texts,
                [
                    note,
                    texts.Format("confidence.untried", string.Join(
                        ", ", untried.Split(';').Select(what => texts.Find("untried." + what) ?? what))),
                ]);
        return new SectionContent(
            FirmnessWords.Verdict(figures, texts),
            new Html(string.Concat(FirmnessWords.More(figures, texts).Select(s => $"<p>{Html.Escape(s)}</p>"))),
            new SmallTable(
                [
                    (texts[Section + "changed"], false), (texts[Section + "kind"], false), ("", false),
                    (texts[Section + "from"], true), (texts[Section + "to"], true),
                ],
                [
                    .. lines.Select(l => new object[]
                    {
                        l.Name, texts[Section + l.Kind],
                        Charts.Span(l.Spread.Low, l.Spread.High, figure, from, to, Color(l.Kind)),
                        texts.Numbers.Percent(l.Spread.Low), texts.Numbers.Percent(l.Spread.High),
                    }),
                ]),
            note);
    }

    /// <summary>What one change alone makes of the figure: a rule, the product, the size of cells.</summary>
    private static IEnumerable<Line> Alone(SectionPage page, string period, double figure)
    {
        foreach (var rule in page.Figures.Sensitivity(page.Zone.Id, period).GroupBy(s => s.Rule))
            yield return Line(page.Texts.Find("rule." + rule.Key) ?? rule.Key, rule.Select(s => s.Share));
        Row[] combinations = [.. page.Rows("combinations").Where(r => r[Columns.Period] == period)];
        Row? inForce = Array.Find(combinations, r => r[Combinations.InForce] == true);
        double[] products = inForce is null ? [] : [
            .. combinations.Where(r => r[Combinations.Product] is { Length: > 0 } && Rules(r) == Rules(inForce))
                .Select(r => r[Columns.DegradedOfLand]?.ToDouble()).OfType<double>()];
        if (products.Length > 0)
            yield return Line(page.Texts["untried.products"], products);

        double[] coarse = [
            .. page.Rows("resolution").Where(r => r[Columns.Period] == period)
                .Select(r => r[Columns.DegradedOfLand]?.ToDouble()).OfType<double>()];
        if (coarse.Length > 0)
            yield return Line(page.Texts["untried.resolution"], coarse);

        Line Line(string name, IEnumerable<double> shares)
        {
            double[] all = [.. shares, figure];
            return new Line(name, "range", new Spread(all.Min(), all.Max()));
        }

        static (string?, string?, string?) Rules(Row row) =>
            (row[Combinations.Missing], row[Combinations.SocThreshold], row[Combinations.SocInclusive]);
    }

    private static IEnumerable<Line> Together(
        Row row, Spread bounds, Spread? chance, Spread? sample, Spread? soil, Texts texts)
    {
        if (row[FirmnessTable.Tried] > 1 && Of(row, FirmnessTable.Low, FirmnessTable.High) is { } range)
            yield return new Line(texts[Section + "all"], "range", range);
        yield return new Line(texts.Class(Condition.NoData.Name()), "bounds", bounds);
        if (chance is { } band)
            yield return new Line(texts["untried.chance"], "band", band);
        if (sample is { } seen)
            yield return new Line(texts["untried.sample"], "interval", seen);
        if (soil is { } error)
            yield return new Line(texts["untried.soil_error"], "interval", error);
    }

    private static Spread? Of(Row row, Column<Ratio> low, Column<Ratio> high) =>
        row[low] is { } from && row[high] is { } to ? new Spread(from.ToDouble(), to.ToDouble()) : null;

    private static string Color(string kind) => kind switch
    {
        "band" => "#c8a24a",
        "interval" => "#2f6f9f",
        "bounds" => "#9a9a9a",
        _ => Palette.Of("degraded"),
    };

    /// <summary>A line of the picture; the kind is range, bounds, band or interval.</summary>
    private readonly record struct Line(string Name, string Kind, Spread Spread);
}
