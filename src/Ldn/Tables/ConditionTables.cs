using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Subjects;

namespace Ldn.Tables;

/// <summary>summary.csv and headline.csv: areas by condition and status, and the reported figure (method §7, §9).</summary>
public static class ConditionTables
{
    private static readonly Condition[] Classes = [Condition.Degraded, Condition.Stable, Condition.Improved, Condition.NoData];

    /// <summary>Every class of every indicator, period and zone, zero rows included.</summary>
    public static ResultTable Summary(RunStatistics run, IReadOnlyList<PeriodFigures[]> figures)
    {
        var table = new ResultTable("summary", "Areas by condition and status",
        [
            new("zone_id", ColumnType.Text, "Zone or group."),
            new("zone_name", ColumnType.Text, "Its name."),
            new("zone_kind", ColumnType.Text, "zone or group."),
            new("period", ColumnType.Text, "baseline, report_1, …"),
            new("indicator", ColumnType.Text, "Indicator, sub-indicator, or status of either."),
            new("class", ColumnType.Text, "Condition or status class, no_data, or water."),
            new("pixels", ColumnType.Integer, "Cells of the run's grid."),
            new("area_km2", ColumnType.Area, "True area."),
            new("share_of_land_pct", ColumnType.Percent, "Of the zone without water."),
            new("share_of_valid_pct", ColumnType.Percent, "Of land with data."),
        ]);
        for (int z = 0; z < run.Zones.Count; z++)
        {
            SummaryZone zone = run.Zones[z];
            for (int p = 0; p < figures.Count; p++)
            {
                PeriodFigures f = figures[p][z];
                string period = run.Job.Periods[p].Id;
                foreach (int layer in LayersOf(run.Job))
                    AddConditions(table, zone, period, LayerName(layer), c => f.Condition(layer, c), f.Water);
                if (p == 0)
                    continue;
                AddConditions(table, zone, period, "status", c => f.StatusCondition(0, c), f.StatusWater);
                AddStatus(table, zone, period, f);
                foreach (int layer in LayersOf(run.Job).Skip(1))
                    AddConditions(table, zone, period, "status_" + LayerName(layer), c => f.StatusCondition(layer, c), f.StatusWater);
            }
        }

        return table;
    }

    /// <summary>The rows of summary.csv for status rasters made elsewhere: 3 and 7 classes per period.</summary>
    public static ResultTable StatusSummary(RunStatistics run, IReadOnlyList<PeriodFigures[]> figures)
    {
        ResultTable table = Summary(run, []);
        for (int z = 0; z < run.Zones.Count; z++)
        {
            for (int p = 0; p < run.Job.Periods.Count; p++)
            {
                PeriodFigures f = figures[p][z];
                AddConditions(table, run.Zones[z], run.Job.Periods[p].Id, "status", c => f.StatusCondition(0, c), f.StatusWater);
                AddStatus(table, run.Zones[z], run.Job.Periods[p].Id, f);
            }
        }

        return table;
    }

    /// <summary>Figures by period and zone of status rasters made elsewhere, whose classes stand where others have their productivity.</summary>
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
    /// One row per zone and period: the figure a country reports, with every denominator. The first period is the baseline unless the figures are
    /// those of <paramref name="statuses"/> alone, of which no change follows.
    /// </summary>
    public static ResultTable Headline(
        RunStatistics run, IReadOnlyList<PeriodFigures[]> figures, bool statuses = false, string name = "headline", string title = "SDG indicator 15.3.1: land that is degraded")
    {
        var table = new ResultTable(name, title,
        [
            new("zone_id", ColumnType.Text, "Zone or group."),
            new("zone_name", ColumnType.Text, "Its name."),
            new("zone_kind", ColumnType.Text, "zone or group."),
            new("period", ColumnType.Text, "baseline, report_1, …"),
            new("land_km2", ColumnType.Area, "Total land: the zone without water, land without data included."),
            new("valid_km2", ColumnType.Area, "Land with data."),
            new("water_km2", ColumnType.Area, "Water of the initial year; for a reporting period of either initial year."),
            new("no_data_km2", ColumnType.Area, "Land without data."),
            new("degraded_km2", ColumnType.Area, "By condition in the baseline, by status afterwards."),
            new("stable_km2", ColumnType.Area, "Likewise."),
            new("improved_km2", ColumnType.Area, "Likewise."),
            new("degraded_pct_of_land", ColumnType.Percent, "SDG 15.3.1: degraded share of total land."),
            new("degraded_pct_of_valid", ColumnType.Percent, "Degraded share of land with data."),
            new("no_data_pct", ColumnType.Percent, "Share of total land without data."),
            new("degraded_change_km2", ColumnType.Area, "Degraded area minus the baseline's."),
            new("degraded_change_pct_of_land", ColumnType.Percent, "Degraded share minus the baseline's, percentage points."),
            new("final_year_land_km2", ColumnType.Area, "Zone without water of the period's final year."),
            new("degraded_pct_of_official_land", ColumnType.Percent, "Degraded share of the official land area, where a table gives it."),
        ]);
        for (int z = 0; z < run.Zones.Count; z++)
        {
            SummaryZone zone = run.Zones[z];
            ReportedFigures baseline = figures[0][z].Reported(!statuses);
            for (int p = 0; p < run.Job.Periods.Count; p++)
            {
                PeriodFigures f = figures[p][z];
                ReportedFigures r = f.Reported(p == 0 && !statuses);
                Amount degraded = r.Of(Condition.Degraded), before = baseline.Of(Condition.Degraded);
                double? share = degraded.ShareOf(r.Land), shareBefore = before.ShareOf(baseline.Land);
                table.Add(
                    zone.Id, zone.Name, zone.Kind, run.Job.Periods[p].Id, r.Land.Area, r.Valid.Area, r.Water.Area, r.Of(Condition.NoData).Area,
                    degraded.Area, r.Of(Condition.Stable).Area, r.Of(Condition.Improved).Area,
                    share, degraded.ShareOf(r.Valid), r.Of(Condition.NoData).ShareOf(r.Land),
                    p == 0 || statuses ? null : degraded.Area - before.Area,
                    p == 0 || statuses ? null : share - shareBefore,
                    run.Legend is null ? null : f.Land.Area + f.Water.Area - f.FinalWater.Area,
                    zone.OfficialLandKm2 is { } official and > 0 ? (double)degraded.Area / 1e12 / official * 100 : null);
            }
        }

        return table;
    }

    /// <summary>The layers a job computes: the indicator, then its sub-indicators.</summary>
    public static IEnumerable<int> LayersOf(Job job) => job.SubIndicators.Select(Layers.Of).Prepend(0);

    public static string LayerName(int layer) => Layers.Sub(layer) is { } sub ? sub.Name() : "sdg_15_3_1";

    private static void AddConditions(
        ResultTable table, SummaryZone zone, string period, string indicator, Func<Condition, Amount> of, Amount water)
    {
        Amount valid = of(Condition.Degraded) + of(Condition.Stable) + of(Condition.Improved), land = valid + of(Condition.NoData);
        foreach (Condition condition in Classes)
            AddRow(table, zone, period, indicator, condition.Name(), of(condition), land, condition == Condition.NoData ? null : valid);
        AddRow(table, zone, period, indicator, "water", water, null, null);
    }

    private static void AddStatus(ResultTable table, SummaryZone zone, string period, PeriodFigures figures)
    {
        Amount land = figures.StatusLand, valid = figures.Reported(false).Valid;
        foreach (Status status in Enum.GetValues<Status>().Where(s => s != Status.NoData))
            AddRow(table, zone, period, "status_expanded", status.Name(), figures.Status(0, status), land, valid);
        AddRow(table, zone, period, "status_expanded", "no_data", figures.Status(0, Status.NoData), land, null);
        AddRow(table, zone, period, "status_expanded", "water", figures.StatusWater, null, null);
    }

    private static void AddRow(
        ResultTable table, SummaryZone zone, string period, string indicator, string name, Amount amount, Amount? land, Amount? valid) =>
        table.Add(
            zone.Id, zone.Name, zone.Kind, period, indicator, name, amount.Pixels, amount.Area,
            land is { } l ? amount.ShareOf(l) : null, valid is { } v ? amount.ShareOf(v) : null);
}
