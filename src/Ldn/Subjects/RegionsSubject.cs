using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Reports.Page;
using Ldn.Tables;
using Ldn.Tables.Prais;

namespace Ldn.Subjects;

/// <summary>
/// Regions that are assessed by rules of their own (drought §6). Job: <c>regions</c>, which the job itself is resolved by.
/// Tables: regions.csv, region_parameters.csv, PRAIS SO1.subnational. Asks nothing of the pass, whose places know the regions.
/// </summary>
internal sealed class RegionsSubject : Subject<RegionsAsked>
{
    /// <inheritdoc/>
    public override IReadOnlyList<SectionKey> Keys => [RegionsResolver.Key];

    /// <inheritdoc/>
    public override IReadOnlyList<PageSection> Sections { get; } = [new RegionsSectionOfPage()];

    /// <inheritdoc/>
    public override bool NeedsSubIndicators => true;

    /// <inheritdoc/>
    public override IEnumerable<ResultTable> Kinds(RunStatistics empty) =>
        [RegionTables.Areas(empty), RegionTables.Parameters(empty.Job.Regions)];

    /// <inheritdoc/>
    protected override RegionsAsked? Read(JobSections sections) =>
        sections.Job.Regions is { } regions ? new RegionsAsked(regions) : null;

    private protected override Inquiry Open(RegionsAsked asked, Opening opening) => new RegionsInquiry();
}

/// <summary>The regions of a job.</summary>
internal sealed record RegionsAsked(RegionSet Regions) : IAsked
{
    /// <inheritdoc/>
    public IEnumerable<(string Layer, string File)> Files => [("regions", Regions.Zones)];
}

/// <summary>Regions in one run.</summary>
internal sealed class RegionsInquiry : Inquiry
{
    public override IEnumerable<ResultTable> Report(RunStatistics run) =>
        [RegionTables.Areas(run), RegionTables.Parameters(run.Job.Regions, run.Regions)];

    public override IEnumerable<ResultTable> Prais(PraisFrame frame) => [Toggles(frame.Run.Job.Regions!, frame.Run.Job)];

    /// <summary>Every cell of land is counted in one region, so regions sum to the zone, integer for integer.</summary>
    public override void Check(RunStatistics run)
    {
        for (int p = 0; p < run.Job.Periods.Count; p++)
        {
            PeriodFigures[] all = run.Figures(p, run.Tables);
            PeriodFigures[][] regions = RegionTables.Figures(run, p);
            for (int z = 0; z < all.Length; z++)
            {
                Area land = Area.Sum(regions.Select(r => r[z].Land.Area));
                if (land != all[z].Land.Area)
                    throw new InvalidOperationException(
                        $"{run.Zones[z].Id}: land {all[z].Land.Area.SquareMillimetres} mm2, that of its regions "
                            + $"{land.SquareMillimetres} mm2");
            }
        }
    }

    /// <summary>The questions of the forms whether an assessment is sub-national.</summary>
    private static ResultTable Toggles(RegionSet set, Job job)
    {
        var table = new ResultTable("SO1.subnational", "Assessed by region",
        [
            new("form", ColumnType.Text, "SO1-1 land cover, SO1-2 productivity, SO1-3 soil organic carbon."),
            new("subnational", ColumnType.Text, "yes where rules or inputs of the sub-indicator differ by region, else no."),
            new("regions", ColumnType.Text, "Ids of the regions, separated by semicolons; empty where none differs."),
        ]);
        foreach (SubIndicator sub in job.SubIndicators)
        {
            bool differs = set.InUse.Select(r => RegionTables.Told(r, sub)).Distinct().Skip(1).Any();
            table.Add(
                $"SO1-{(int)sub + 1}", differs ? "yes" : "no",
                differs ? string.Join(';', set.InUse.Select(r => r.Id)) : null);
        }

        return table;
    }
}

/// <summary>regions.csv and region_parameters.csv.</summary>
internal static class RegionTables
{
    public static Column<string> RegionId { get; } = Column.Text(
        "region_id", "Region; default is land in none, where the job's own rules hold.");

    public static Column<string> RegionName { get; } = Column.Text("region_name", "Its name.");

    public static Column<Ratio> ShareOfRegion { get; } = Column.Percent(
        "share_of_region_pct", "Of the region's land in the zone.");

    private static readonly Column<string> s_subIndicator = Column.Text(
        "sub_indicator", "land_cover, productivity or soil_organic_carbon.");

    public static Column<string> Parameter { get; } = Column.Text("parameter", "Key as in the job.");

    public static Column<string> Value { get; } = Column.Text("value", "What is in force there.");

    private static readonly Condition[] s_classes =
        [Condition.Degraded, Condition.Stable, Condition.Improved, Condition.NoData];

    /// <summary>Areas by region and class as in summary.csv; a region without a cell in a zone has no rows there.</summary>
    public static ResultTable Areas(RunStatistics run)
    {
        var table = Columns.Table("regions", "Condition by region",
        [
            RegionId, RegionName, Columns.ZoneId, Columns.ZoneKind, Columns.Period, Columns.Indicator, Columns.Class,
            Columns.Pixels, Columns.TrueArea, ShareOfRegion, Columns.Basis,
        ]);
        if (run.Regions is not { } regions)
            return table;
        PeriodFigures[][][] figures = [.. Enumerable.Range(0, run.Job.Periods.Count).Select(p => Figures(run, p))];
        foreach (int region in regions.Numbers)
        {
            for (int z = 0; z < run.Zones.Count; z++)
            {
                for (int p = 0; p < run.Job.Periods.Count; p++)
                {
                    PeriodFigures of = figures[p][region][z];
                    if (of.Land.Pixels + of.Water.Pixels == 0)
                        continue;
                    Cell[] keys = [
                        RegionId.Is(regions.Id(region)), RegionName.Is(regions.Names[region]), .. Columns.Of(run.Zones[z]),
                        .. Columns.Of(run.Job, p)];
                    foreach (int layer in ConditionTables.LayersOf(run.Job))
                        Add(table, keys, ConditionTables.LayerName(layer), c => of.Condition(layer, c), of.Water);
                    foreach (int layer in p == 0 ? [] : ConditionTables.LayersOf(run.Job))
                        Add(
                            table, keys, layer == 0 ? "status" : "status_" + ConditionTables.LayerName(layer),
                            c => of.StatusCondition(layer, c), of.StatusWater);
                }
            }
        }

        return table;
    }

    /// <summary>Every parameter that holds in a region.</summary>
    public static ResultTable Parameters(RegionSet? set, RegionPlaces? places = null)
    {
        var table = new ResultTable(
            "region_parameters", "Parameters in force by region", [RegionId, RegionName, s_subIndicator, Parameter, Value]);
        foreach (Region region in set?.InUse ?? [])
        {
            int number = set!.All.ToList().IndexOf(region) + 1;
            foreach (RegionParameter of in region.Parameters)
                table.Add(
                [
                    RegionId.Is(region.Id), RegionName.Is(places?.Names[number] ?? region.Id),
                    s_subIndicator.Is(of.SubIndicator.Name()), Parameter.Is(of.Key), Value.Is(of.Value),
                ]);
        }

        return table;
    }

    /// <summary>Figures of a period by number of region and zone.</summary>
    public static PeriodFigures[][] Figures(RunStatistics run, int period) =>
        run.FiguresBy(period, run.Regions!.RegionOfPlace, run.Regions.Set.All.Count + 1);

    /// <summary>All that holds in a region of one sub-indicator, as one text.</summary>
    public static string Told(Region region, SubIndicator sub) => string.Join(
        '\n', region.Parameters.Where(p => p.SubIndicator == sub).Select(p => p.Key + "=" + p.Value));

    private static void Add(ResultTable table, Cell[] keys, string indicator, Func<Condition, Amount> of, Amount water)
    {
        Amount land = s_classes.Aggregate(default(Amount), (sum, c) => sum + of(c));
        Cell basis = indicator.StartsWith("status", StringComparison.Ordinal) ? Columns.ByStatus : Columns.ByCondition;
        foreach (Condition condition in s_classes)
            table.Add(
            [
                .. keys, Columns.Indicator.Is(indicator), Columns.Class.Is(condition.Name()), .. Columns.Of(of(condition)),
                ShareOfRegion.Is(of(condition).ShareOf(land)), basis,
            ]);
        table.Add(
        [
            .. keys, Columns.Indicator.Is(indicator), Columns.Class.Is("water"), .. Columns.Of(water), ShareOfRegion.Is(null),
            basis,
        ]);
    }
}

/// <summary>Degraded land of each region of a zone, by the rules that hold in it.</summary>
internal sealed class RegionsSectionOfPage : PageSection
{
    /// <inheritdoc/>
    public override string Table => "regions";

    internal override SectionContent? Of(SectionPage page)
    {
        // What is reported: the condition of the baseline, the status of a reporting period.
        var regions = page.Latest(Table).GroupBy(r => r[RegionTables.RegionId]!)
            .Select(g => (Id: g.Key, Rows: g.Where(r => r[Columns.Indicator] == Reported(g)).ToList()))
            .Select(g => (g.Id, Name: g.Rows[0][RegionTables.RegionName]!, Areas: g.Rows
                .Where(r => r[Columns.Class] != "water").Select(r => (r[Columns.Class]!, r[Columns.TrueArea])).ToArray()))
            .Select(g => (g.Id, g.Name, g.Areas, Land: Area.Sum(g.Areas.Select(a => a.Item2 ?? Area.Zero))))
            .Where(g => !g.Land.IsZero).ToList();
        if (regions.Count == 0)
            return null;
        var worst = regions.MaxBy(g => Degraded(g.Areas, g.Land));
        ILookup<string, Row> rules = page.Document.Tables.FirstOrDefault(t => t.Name == "region_parameters") is { } parameters
            ? parameters.Rows.ToLookup(r => r[RegionTables.RegionId]!) : Array.Empty<Row>().ToLookup(_ => "");
        return new SectionContent(
            page.Texts.Format("section.regions", worst.Name, page.Numbers.Percent(Degraded(worst.Areas, worst.Land))),
            Charts.Bars(page.Numbers, [.. regions.Select(g => (g.Name, page.Parts(g.Areas)))]),
            new SmallTable(
                [page.Name(RegionTables.RegionName), page.Number(Columns.Land), page.Number(Columns.DegradedOfLand),
                    page.Name(RegionTables.Parameter)],
                [.. regions.Select(g => new object[]
                {
                    g.Name, page.Numbers.Area(g.Land), page.Numbers.Percent(Degraded(g.Areas, g.Land)),
                    Own(rules, g.Id),
                })]),
            page.Texts["section.regions.note"]);

        static string Reported(IEnumerable<Row> rows) =>
            rows.Any(r => r[Columns.Indicator] == "status") ? "status" : "sdg_15_3_1";
        static double Degraded((string, Area? Area)[] areas, Area land) =>
            areas.First(a => a.Item1 == "degraded").Area?.PercentOf(land)?.ToDouble() ?? 0;
    }

    /// <summary>The parameters that are not the same in all regions.</summary>
    private static string Own(ILookup<string, Row> rules, string region) => string.Join(
        "; ", rules[region].Select(Text).Where(text => rules.Any(other => !other.Select(Text).Contains(text))));

    private static string Text(Row row) => $"{row[RegionTables.Parameter]} {row[RegionTables.Value]}";
}
