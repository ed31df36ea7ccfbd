using Ldn.Counting;
using Ldn.Indicator;
using Ldn.LandCover;
using Ldn.Subjects;

namespace Ldn.Tables;

/// <summary>
/// The tables of the UNCCD's reporting platform (PRAIS 4) that follow from a run, under their own names, one row group a zone. Groups of zones do not report and
/// are left out. Areas in km² of the run; land-cover classes are the UNCCD's seven.
/// </summary>
public static class PraisTables
{
    private static readonly Column s_zone = new("zone_id", ColumnType.Text, "Reporting country or zone.");
    private static readonly Column s_period = new("period", ColumnType.Text, "baseline, report_1, …");

    public static IReadOnlyList<ResultTable> All(RunStatistics run, ResultTable? corrections)
    {
        PeriodFigures[][] figures = run.Figures();
        var tables = new List<ResultTable>();
        if (run.Legend is { } legend)
        {
            tables.Add(TotalArea(run, legend));
            tables.Add(LegendTable(legend));
            tables.Add(Matrices(run));
            tables.Add(CoverByYear(run, legend));
            tables.AddRange(Changes(run, legend));
            tables.Add(Degradation(run, figures, SubIndicator.LandCover, "SO1-1.T7", "Land-cover degradation"));
        }

        if (run.Job.Productivity is { } productivity)
        {
            byte[]? classes = ProductivityEvidence.LpdClass(productivity.Kind, run.Job.Rules.LpdTable);
            if (classes is not null && run.Legend is not null)
                tables.AddRange(PraisProductivity.ByCover(run, run.Legend, classes));
            tables.Add(Degradation(run, figures, SubIndicator.Productivity, "SO1-2.T3", "Land productivity degradation"));
        }

        if (run.Job.SoilCarbon is not null)
        {
            if (run.Carbon.Count > 0 && run.Legend is { } legendOfCarbon)
                tables.Add(CarbonByClass(run, legendOfCarbon));
            tables.Add(Degradation(run, figures, SubIndicator.SoilCarbon, "SO1-3.T2", "Soil organic carbon degradation"));
        }

        if (run.Job.Periods.Count > 1)
            tables.Add(StatusMatrix(run));
        tables.Add(DegradedLand(run, figures));
        if (corrections is not null)
            tables.Add(corrections with { Name = "SO1-4.T3", Title = "False positives and negatives" });
        if (run.Job.Strata?.Hotspots is not null)
            tables.AddRange(HotspotTables.Prais(run));
        tables.AddRange(PraisPeople.All(run));
        PraisChecks.Run(tables);
        return tables;
    }

    /// <summary>The zones that report, with their index among all.</summary>
    internal static IEnumerable<(int Index, SummaryZone Zone)> Reporting(RunStatistics run) =>
        run.Zones.Select((zone, index) => (index, zone)).Where(z => z.zone.Kind == "zone");

    /// <summary>Area of each UNCCD class (0 no data) per zone, from one plane of a period's transitions.</summary>
    internal static Amount[,] ByClass(RunStatistics run, Legend legend, int period, int plane)
    {
        byte[] nesting = legend.UnccdTable();
        var sums = new Amount[run.Zones.Count, UnccdClasses.Count + 1];
        foreach (TallyRow row in run.Result.Transitions[period].Rows())
            foreach (int zone in run.ZonesOf(row))
                sums[zone, nesting[row.Plane(plane)]] += RunStatistics.AmountOf(row);
        return sums;
    }

    /// <summary>Every dated land cover that a period uses: year, period and plane of its transitions; each year once.</summary>
    internal static IEnumerable<(int Year, int Period, int Plane)> CoverYears(RunStatistics run) =>
        run.Job.Periods.SelectMany((p, i) => new[] { (p.LandCover!.First, i, 0), (p.LandCover.Last, i, 1) }).DistinctBy(y => y.Item1).OrderBy(y => y.Item1);

    internal static string ClassName(int unccd) => unccd == 0 ? "no_data" : ((UnccdClass)unccd).Id();

    private static ResultTable TotalArea(RunStatistics run, Legend legend)
    {
        var table = new ResultTable("CP-1.T1", "Land area and water area by year",
        [
            s_zone, new("year", ColumnType.Integer, "Year of the land cover."), new("land_km2", ColumnType.Area, "Total land area."),
            new("water_km2", ColumnType.Area, "Water bodies."), new("total_km2", ColumnType.Area, "Country area in the run."),
        ]);
        foreach ((int year, int period, int plane) in CoverYears(run))
        {
            Amount[,] areas = ByClass(run, legend, period, plane);
            foreach ((int z, SummaryZone zone) in Reporting(run))
            {
                Int128 total = Enumerable.Range(0, UnccdClasses.Count + 1).Aggregate((Int128)0, (sum, c) => sum + areas[z, c].Area);
                Int128 water = areas[z, (int)UnccdClass.WaterBody].Area;
                table.Add(zone.Id, (long)year, total - water, water, total);
            }
        }

        CrossTables.SortByZone(table, run);
        return table;
    }

    private static ResultTable LegendTable(Legend legend)
    {
        var table = new ResultTable("SO1-1.T2", "Land-cover legend and its nesting in the UNCCD classes",
        [
            new("code", ColumnType.Integer, "Code of the legend."), new("name", ColumnType.Text, "Name of the class."), new("unccd", ColumnType.Text, "UNCCD class."),
        ]);
        foreach (LegendClass c in legend.Classes)
            table.Add((long)c.Code, c.Name, c.Unccd.Id());
        return table;
    }

    private static ResultTable Matrices(RunStatistics run)
    {
        LandCoverMatrices matrices = LandCoverMatrices.Of(run.Job);
        var table = new ResultTable("SO1-1.T3", "Land-cover transition matrix",
        [
            new("region", ColumnType.Text, "Region of the matrix; all where there is one."), new("from", ColumnType.Integer, "Initial code."),
            new("to", ColumnType.Integer, "Final code."), new("condition", ColumnType.Text, "degraded, stable or improved."),
        ]);
        foreach ((string region, TransitionMatrix matrix) in matrices.All)
            for (int from = 1; from <= matrix.Count; from++)
                for (int to = 1; to <= matrix.Count; to++)
                    table.Add(region, (long)matrix.Legend.ClassAt(from).Code, (long)matrix.Legend.ClassAt(to).Code, ((Condition)(matrix[from, to] + 2)).Name());
        return table;
    }

    private static ResultTable CoverByYear(RunStatistics run, Legend legend)
    {
        var table = new ResultTable("SO1-1.T4", "Land cover by class and year",
        [
            s_zone, new("year", ColumnType.Integer, "Year of the land cover."), new("land_cover", ColumnType.Text, "UNCCD class, or no_data."),
            new("area_km2", ColumnType.Area, "True area."),
        ]);
        foreach ((int year, int period, int plane) in CoverYears(run))
        {
            Amount[,] areas = ByClass(run, legend, period, plane);
            foreach ((int z, SummaryZone zone) in Reporting(run))
                foreach (int c in Enumerable.Range(1, UnccdClasses.Count).Append(0))
                    table.Add(zone.Id, (long)year, ClassName(c), areas[z, c].Area);
        }

        CrossTables.SortByZone(table, run);
        return table;
    }

    private static IEnumerable<ResultTable> Changes(RunStatistics run, Legend legend)
    {
        byte[] nesting = legend.UnccdTable();
        for (int t = 5; t <= 6; t++)
        {
            int[] periods = t == 5 ? [0] : [.. Enumerable.Range(1, run.Job.Periods.Count - 1)];
            var table = new ResultTable($"SO1-1.T{t}", t == 5 ? "Land-cover change in the baseline" : "Land-cover change in the reporting periods",
            [
                s_zone, s_period, new("from", ColumnType.Text, "UNCCD class in the initial year, or no_data."),
                new("to", ColumnType.Text, "UNCCD class in the final year, or no_data."), new("area_km2", ColumnType.Area, "True area."),
            ]);
            foreach (int p in periods)
            {
                var sums = new Dictionary<(int Zone, int From, int To), Amount>();
                foreach (TallyRow row in run.Result.Transitions[p].Rows())
                    foreach (int zone in run.ZonesOf(row))
                        CrossTables.Add(sums, (zone, nesting[row.Plane(0)], nesting[row.Plane(1)]), RunStatistics.AmountOf(row));
                foreach (((int z, int from, int to), Amount amount) in sums.Where(s => run.Zones[s.Key.Zone].Kind == "zone").OrderBy(s => s.Key))
                    table.Add(run.Zones[z].Id, run.Job.Periods[p].Id, ClassName(from), ClassName(to), amount.Area);
            }

            CrossTables.SortByZone(table, run);
            if (periods.Length > 0)
                yield return table;
        }
    }

    private static ResultTable Degradation(RunStatistics run, IReadOnlyList<PeriodFigures[]> figures, SubIndicator sub, string name, string title)
    {
        var table = new ResultTable(name, title,
        [
            s_zone, s_period, new("land_km2", ColumnType.Area, "Total land area."), new("degraded_km2", ColumnType.Area, "By condition in the baseline, by status afterwards."),
            new("stable_km2", ColumnType.Area, "Likewise."), new("improved_km2", ColumnType.Area, "Likewise."), new("no_data_km2", ColumnType.Area, "Likewise."),
            new("degraded_pct", ColumnType.Percent, "Of total land."),
        ]);
        int layer = Layers.Of(sub);
        foreach ((int z, SummaryZone zone) in Reporting(run))
        {
            for (int p = 0; p < run.Job.Periods.Count; p++)
            {
                PeriodFigures f = figures[p][z];
                Amount land = p == 0 ? f.Land : f.StatusLand;
                Amount Of(Condition c) => p == 0 ? f.Condition(layer, c) : f.StatusCondition(layer, c);
                table.Add(
                    zone.Id, run.Job.Periods[p].Id, land.Area, Of(Condition.Degraded).Area, Of(Condition.Stable).Area, Of(Condition.Improved).Area,
                    Of(Condition.NoData).Area, Of(Condition.Degraded).ShareOf(land));
            }
        }

        return table;
    }

    private static ResultTable CarbonByClass(RunStatistics run, Legend legend)
    {
        var table = new ResultTable("SO1-3.T1", "Soil organic carbon by land-cover class and year",
        [
            s_zone, new("year", ColumnType.Integer, "Year of the stock."), new("land_cover", ColumnType.Text, "UNCCD class."),
            new("soc_t_per_ha", ColumnType.Number, "Mean stock, t C/ha."), new("soc_area_km2", ColumnType.Area, "Area with a known stock."),
        ]);
        byte[] nesting = legend.UnccdTable();
        for (int q = 0; q < run.Carbon.Count; q++)
        {
            // A stand-in year may be met over two land covers; the first, which is its own period's, counts.
            if (run.Carbon.Take(q).Any(c => c.StockYear == run.Carbon[q].StockYear))
                continue;
            var sums = new Dictionary<(int Zone, int Class), (Int128 Stock, Int128 Known)>();
            foreach (TallyRow row in run.Result.Carbon[q].Rows())
            {
                foreach (int zone in run.ZonesOf(row))
                {
                    (Int128 stock, Int128 known) = sums.GetValueOrDefault((zone, nesting[row.Plane(0)]));
                    sums[(zone, nesting[row.Plane(0)])] = (stock + row.Sums.Span[0], known + row.Sums.Span[1]);
                }
            }

            foreach (((int z, int c), (Int128 stock, Int128 known)) in sums.OrderBy(s => s.Key))
                if (run.Zones[z].Kind == "zone" && c is not 0 and not (int)UnccdClass.WaterBody)
                    table.Add(
                        run.Zones[z].Id, (long)run.Carbon[q].StockYear, ClassName(c),
                        known == 0 ? null : (double)stock * CarbonTables.TonnesPerUnit / ((double)known / 1e10), known);
        }

        CrossTables.SortByZone(table, run);
        return table;
    }

    private static ResultTable StatusMatrix(RunStatistics run)
    {
        ResultTable status = CrossTables.Status(run);
        var table = new ResultTable("SO1-4.T1", "Status matrix of SDG indicator 15.3.1",
            [s_zone, s_period, .. status.Columns.Skip(4).Take(3), status.Columns[8]]);
        foreach (object?[] row in status.Rows.Where(r => (string)r[1]! == "zone" && (string)r[3]! == "sdg_15_3_1"))
            table.Add(row[0], row[2], row[4], row[5], row[6], row[8]);
        return table;
    }

    private static ResultTable DegradedLand(RunStatistics run, IReadOnlyList<PeriodFigures[]> figures)
    {
        var table = new ResultTable("SO1-4.T2", "Degraded land (SDG indicator 15.3.1)",
        [
            s_zone, s_period, new("year", ColumnType.Integer, "Final year of the period, where it is told."), new("land_km2", ColumnType.Area, "Total land area."),
            new("degraded_km2", ColumnType.Area, "Total degraded land."), new("degraded_pct", ColumnType.Percent, "Of total land."),
            new("change_km2", ColumnType.Area, "Minus the baseline's."), new("change_pct", ColumnType.Percent, "Percentage points."),
        ]);
        foreach ((int z, SummaryZone zone) in Reporting(run))
        {
            ReportedFigures baseline = figures[0][z].Reported(true);
            double? before = baseline.Of(Condition.Degraded).ShareOf(baseline.Land);
            for (int p = 0; p < run.Job.Periods.Count; p++)
            {
                ReportedFigures r = figures[p][z].Reported(p == 0);
                Amount degraded = r.Of(Condition.Degraded);
                int? year = run.Job.Periods[p].FinalYear;
                table.Add(
                    zone.Id, run.Job.Periods[p].Id, (long?)year, r.Land.Area, degraded.Area, degraded.ShareOf(r.Land),
                    p == 0 ? null : degraded.Area - baseline.Of(Condition.Degraded).Area, p == 0 ? null : degraded.ShareOf(r.Land) - before);
            }
        }

        return table;
    }
}
