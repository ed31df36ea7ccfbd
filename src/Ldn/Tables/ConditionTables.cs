using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Jobs;

namespace Ldn.Tables;

/// <summary>summary.csv and headline.csv: areas by condition and status, and the reported figure (method §7, §9).</summary>
internal static class ConditionTables
{
    private static readonly Condition[] Classes = [Condition.Degraded, Condition.Stable, Condition.Improved, Condition.NoData];

    public static Column<Ratio> ShareOfValid { get; } = Column.Percent("share_of_valid_pct", "Of land with data.");

    public static Column<Area> Valid { get; } = Column.Area("valid_km2", "Land with data.");

    public static Column<Area> Water { get; } = Column.Area(
        "water_km2", "Water of the initial year; for a reporting period of either initial year.");

    public static Column<Ratio> DegradedOfValid { get; } = Column.Percent(
        "degraded_pct_of_valid", "Degraded share of land with data.");

    public static Column<Ratio> NoDataShare { get; } = Column.Percent("no_data_pct", "Share of total land without data.");

    public static Column<Area> Change { get; } = Column.Area("degraded_change_km2", "Degraded area minus the baseline's.");

    public static Column<Ratio> ChangeOfShare { get; } = Column.Percent(
        "degraded_change_pct_of_land", "Degraded share minus the baseline's, percentage points.");

    public static Column<Area> FinalYearLand { get; } = Column.Area(
        "final_year_land_km2", "Zone without water of the period's final year.");

    public static Column<Ratio> DegradedOfOfficialLand { get; } = Column.Percent(
        "degraded_pct_of_official_land", "Degraded share of the official land area, where a table gives it.");

    public static Column<Ratio> DegradedOfFinalYearLand { get; } = Column.Percent(
        "degraded_pct_of_final_year_land", "Degraded share of the land of the period's final year, by which PRAIS divides.");

    public static Column<Area> ChangeOnCommonLand { get; } = Column.Area(
        "degraded_change_on_common_land_km2",
        "Degraded area minus the baseline's, both on land that is water in neither initial year.");

    public static Column<Area> LeftAccount { get; } = Column.Area(
        "degraded_left_account_km2", "Degraded in the baseline and water in the period: no longer in its account.");

    /// <summary>Every class of every indicator, period and zone, zero rows included.</summary>
    public static ResultTable Summary(RunStatistics run) => Summary().MadeBy(run.Zones.Count, (table, z) =>
    {
        PeriodFigures[] figures = run.FiguresOf(z);
        Cell[] zone = Columns.Of(run.Zones[z]);
        for (int p = 0; p < figures.Length; p++)
        {
            PeriodFigures f = figures[p];
            Cell[] keys = [.. zone, .. Columns.Of(run.Job, p)];
            foreach (int layer in LayersOf(run.Job))
                AddConditions(table, keys, LayerName(layer), c => f.Condition(layer, c), f.Water);
            if (p == 0)
                continue;
            AddConditions(table, keys, "status", c => f.StatusCondition(0, c), f.StatusWater);
            AddStatus(table, keys, f);
            foreach (int layer in LayersOf(run.Job).Skip(1))
                AddConditions(table, keys, "status_" + LayerName(layer), c => f.StatusCondition(layer, c), f.StatusWater);
        }
    });

    private static ResultTable Summary() => Columns.Table("summary", "Areas by condition and status",
        [
            Columns.ZoneId, Columns.ZoneName, Columns.ZoneKind, Columns.Period, Columns.Indicator, Columns.Class, Columns.Pixels,
            Columns.TrueArea, Columns.ShareOfLand.Meaning("Of the zone without water."), ShareOfValid, Columns.Basis,
        ]);

    /// <summary>The rows of summary.csv for status rasters made elsewhere: 3 and 7 classes per period.</summary>
    public static ResultTable StatusSummary(RunStatistics run, IReadOnlyList<PeriodFigures[]> figures)
    {
        ResultTable table = Summary();
        for (int z = 0; z < run.Zones.Count; z++)
        {
            for (int p = 0; p < run.Job.Periods.Count; p++)
            {
                PeriodFigures f = figures[p][z];
                Cell[] keys = [.. Columns.Of(run.Zones[z]), .. Columns.Of(run.Job, p)];
                AddConditions(table, keys, "status", c => f.StatusCondition(0, c), f.StatusWater);
                AddStatus(table, keys, f);
            }
        }

        return table;
    }

    /// <summary>
    /// Figures by period and zone of status rasters made elsewhere, whose classes stand where others have their productivity.
    /// </summary>
    public static PeriodFigures[][] StatusFigures(RunStatistics run)
    {
        PeriodFigures[][] figures = [.. run.Job.Periods.Select(_ => run.Zones.Select(_ => new PeriodFigures()).ToArray())];
        for (int p = 0; p < figures.Length; p++)
        {
            foreach (TallyRow row in run.Result.Conditions[figures.Length == 1 ? 0 : Math.Max(1, p)].Rows())
            {
                byte land = row.Plane(p == 0 ? 0 : 2);
                foreach (int zone in run.ZonesOf(row))
                {
                    if ((land & Evidence.WaterBit) != 0)
                        figures[p][zone].AddStatusWater(RunStatistics.AmountOf(row));
                    else
                        figures[p][zone].AddStatus(0, (Status)Evidence.Productivity(land), RunStatistics.AmountOf(row));
                }
            }
        }

        return figures;
    }

    /// <summary>
    /// One row per zone and period: the figure a country reports, with every denominator. The first period is the baseline unless
    /// the figures are those of <paramref name="statuses"/> alone, of which no change follows.
    /// </summary>
    /// <param name="run">The run.</param>
    /// <param name="figuresOf">Figures of a zone by period.</param>
    /// <param name="statuses">Whether the figures are of statuses alone.</param>
    /// <param name="name">Name of the table.</param>
    /// <param name="title">Its title.</param>
    public static ResultTable Headline(
        RunStatistics run, Func<int, IReadOnlyList<PeriodFigures>> figuresOf, bool statuses = false, string name = "headline",
        string title = "SDG indicator 15.3.1: land that is degraded") => Columns.Table(name, title,
        [
            Columns.ZoneId, Columns.ZoneName, Columns.ZoneKind, Columns.Period,
            Columns.Land.Meaning("Total land: the zone without water, land without data included."), Valid, Water,
            Columns.NoData.Meaning("Land without data."), Columns.Degraded, Columns.Stable, Columns.Improved,
            Columns.DegradedOfLand.Meaning(
                "SDG 15.3.1: degraded share of total land, by its own condition in the baseline, by status against the baseline "
                    + "afterwards."), DegradedOfValid, NoDataShare,
            Change, ChangeOfShare, FinalYearLand, DegradedOfOfficialLand, DegradedOfFinalYearLand, ChangeOnCommonLand,
            LeftAccount, Columns.Basis,
        ]).MadeBy(run.Zones.Count, (table, z) =>
        {
            SummaryZone zone = run.Zones[z];
            IReadOnlyList<PeriodFigures> figures = figuresOf(z);
            ReportedFigures baseline = figures[0].Reported(!statuses);
            for (int p = 0; p < run.Job.Periods.Count; p++)
            {
                PeriodFigures f = figures[p];
                ReportedFigures r = f.Reported(p == 0 && !statuses);
                Amount degraded = r.Of(Condition.Degraded), before = baseline.Of(Condition.Degraded);
                Ratio? share = degraded.ShareOf(r.Land), shareBefore = before.ShareOf(baseline.Land);
                bool compared = p > 0 && !statuses;
                Area? finalLand = run.Legend is null ? null : f.Land.Area + f.Water.Area - f.FinalWater.Area;
                table.Add(
                [
                    .. Columns.Of(zone), .. Columns.Of(run.Job, p), .. Columns.Of(c => r.Of(c).Area),
                    Columns.Land.Is(r.Land.Area),
                    Valid.Is(r.Valid.Area), Water.Is(r.Water.Area), Columns.DegradedOfLand.Is(share),
                    DegradedOfValid.Is(degraded.ShareOf(r.Valid)),
                    NoDataShare.Is(r.Of(Condition.NoData).ShareOf(r.Land)),
                    Change.Is(compared ? degraded.Area - before.Area : null),
                    ChangeOfShare.Is(compared ? share - shareBefore : null),
                    FinalYearLand.Is(finalLand),
                    DegradedOfOfficialLand.Is(zone.OfficialLand is { } official ? degraded.Area.PercentOf(official) : null),
                    DegradedOfFinalYearLand.Is(finalLand is { } land ? degraded.Area.PercentOf(land) : null),
                    ChangeOnCommonLand.Is(compared ? degraded.Area - f.DegradedBefore.Area : null),
                    LeftAccount.Is(compared ? f.DegradedBecomeWater.Area : null),
                    statuses ? Columns.ByStatus : Columns.AsReported(p),
                ]);
            }
        });

    /// <summary>The layers a job computes: the indicator, then its sub-indicators.</summary>
    public static IEnumerable<int> LayersOf(Job job) => job.SubIndicators.Select(Layers.Of).Prepend(0);

    public static string LayerName(int layer) => Layers.Sub(layer) is { } sub ? sub.Name() : "sdg_15_3_1";

    private static void AddConditions(ResultTable table, Cell[] keys, string indicator, Func<Condition, Amount> of, Amount water)
    {
        Amount valid = of(Condition.Degraded) + of(Condition.Stable) + of(Condition.Improved),
        land = valid + of(Condition.NoData);
        foreach (Condition condition in Classes)
            AddRow(table, keys, indicator, condition.Name(), of(condition), land, condition == Condition.NoData ? null : valid);
        AddRow(table, keys, indicator, "water", water, null, null);
    }

    private static void AddStatus(ResultTable table, Cell[] keys, PeriodFigures figures)
    {
        Amount land = figures.StatusLand, valid = figures.Reported(false).Valid;
        foreach (Status status in Enum.GetValues<Status>().Where(s => s != Status.NoData))
            AddRow(table, keys, "status_expanded", status.Name(), figures.Status(0, status), land, valid);
        AddRow(table, keys, "status_expanded", "no_data", figures.Status(0, Status.NoData), land, null);
        AddRow(table, keys, "status_expanded", "water", figures.StatusWater, null, null);
    }

    private static void AddRow(
        ResultTable table, Cell[] keys, string indicator, string name, Amount amount, Amount? land, Amount? valid) => table.Add(
            keys, Columns.Indicator.Is(indicator), Columns.Class.Is(name), Columns.Pixels.Is(amount.Pixels),
            Columns.TrueArea.Is(amount.Area),
            indicator.StartsWith("status", StringComparison.Ordinal) ? Columns.ByStatus : Columns.ByCondition,
            Columns.ShareOfLand.Is(land is { } l ? amount.ShareOf(l) : null),
            ShareOfValid.Is(valid is { } v ? amount.ShareOf(v) : null));
}
