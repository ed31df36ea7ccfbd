using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>Degradation by aridity class, which in drylands is desertification, and how aridity itself changes (method §11). Land only.</summary>
public static class DrylandTables
{
    private static readonly AridityClass[] s_classes =
        [AridityClass.HyperArid, AridityClass.Arid, AridityClass.SemiArid, AridityClass.DrySubHumid, AridityClass.Humid, AridityClass.NoData];

    /// <summary>drylands.csv: each class, then drylands in the Convention's sense, with hyper-arid land, and all land.</summary>
    public static ResultTable Desertification(RunStatistics run)
    {
        var table = new ResultTable("drylands", "Degradation by aridity class: desertification",
        [
            new("zone_id", ColumnType.Text, "Zone or group."),
            new("zone_kind", ColumnType.Text, "zone or group."),
            new("period", ColumnType.Text, "baseline, report_1, …"),
            new("aridity_year", ColumnType.Integer, "Date of the aridity: the closest to the period's final year, the earlier of two."),
            new("aridity", ColumnType.Text, "Class; drylands (arid, semi-arid and dry sub-humid), drylands_and_hyper_arid, all."),
            new("land_km2", ColumnType.Area, "Land without water, no data included."),
            new("degraded_km2", ColumnType.Area, "By condition in the baseline, by status afterwards; in drylands, desertified land."),
            new("stable_km2", ColumnType.Area, "Likewise."),
            new("improved_km2", ColumnType.Area, "Likewise."),
            new("no_data_km2", ColumnType.Area, "Likewise."),
            new("degraded_pct_of_land", ColumnType.Percent, "Degraded share of the land of the class."),
        ]);
        for (int p = 0; p < run.Job.Periods.Count; p++)
        {
            if (run.Answer(Questions.Drylands(run.Job.Periods[p].Id)) is not { } answer)
                continue;
            IReadOnlyList<int?> years = run.Strata!.Drivers!.AridityYears;
            var sums = new Int128[run.Zones.Count, AridityClasses.Count, ReportedClasses.Count];
            foreach (TallyRow row in answer.Rows)
                foreach (int zone in run.ZonesOf(row))
                    sums[zone, answer.Code(row, 1), ReportedClasses.Of(answer.Code(row, 0), p, run.Job.Rules.Status)] += (Int128)row.Area;
            for (int z = 0; z < run.Zones.Count; z++)
            {
                object?[] keys = [run.Zones[z].Id, run.Zones[z].Kind, run.Job.Periods[p].Id, (long?)years[DriverFrame.Serving(years, run.Job.Periods[p].FinalYear)]];
                foreach (AridityClass aridity in s_classes)
                    Add(table, keys, aridity.Name(), sums, z, aridity);
                Add(table, keys, "drylands", sums, z, [.. s_classes.Where(c => c.IsDryland())]);
                Add(table, keys, "drylands_and_hyper_arid", sums, z, [.. s_classes.Where(c => c.IsDryland() || c == AridityClass.HyperArid)]);
                Add(table, keys, "all", sums, z, s_classes);
            }
        }

        CrossTables.SortByZone(table, run);
        return table;
    }

    /// <summary>aridity.csv: area of each class at each date.</summary>
    public static ResultTable ByDate(RunStatistics run)
    {
        var table = new ResultTable("aridity", "Aridity classes by date",
        [
            new("zone_id", ColumnType.Text, "Zone or group."),
            new("zone_kind", ColumnType.Text, "zone or group."),
            new("year", ColumnType.Integer, "Date of the aridity; empty for a single one without a year."),
            new("aridity", ColumnType.Text, "Class, or no_data."),
            new("pixels", ColumnType.Integer, "Cells of the run's grid."),
            new("area_km2", ColumnType.Area, "Land without water of the baseline's initial year."),
            new("share_of_land_pct", ColumnType.Percent, "Of that land."),
        ]);
        if (run.Answer(Questions.AridityDates) is not { } answer)
            return table;
        IReadOnlyList<int?> years = run.Strata!.Drivers!.AridityYears;
        for (int d = 0; d < years.Count; d++)
        {
            Amount[,] sums = Land(run, answer, row => (int)answer.Code(row, d + 1), AridityClasses.Count);
            for (int z = 0; z < run.Zones.Count; z++)
            {
                Amount land = s_classes.Aggregate(new Amount(), (sum, c) => sum + sums[z, (int)c]);
                foreach (AridityClass c in s_classes)
                    table.Add(run.Zones[z].Id, run.Zones[z].Kind, (long?)years[d], c.Name(), sums[z, (int)c].Pixels, sums[z, (int)c].Area, sums[z, (int)c].ShareOf(land));
            }
        }

        CrossTables.SortByZone(table, run);
        return table;
    }

    /// <summary>aridity_transitions.csv: from each date to the next, and from the first to the last; zero rows left out.</summary>
    public static ResultTable Transitions(RunStatistics run)
    {
        var table = new ResultTable("aridity_transitions", "Transitions between aridity classes",
        [
            new("zone_id", ColumnType.Text, "Zone or group."),
            new("zone_kind", ColumnType.Text, "zone or group."),
            new("from_year", ColumnType.Integer, "Earlier date."),
            new("to_year", ColumnType.Integer, "Later date."),
            new("from_aridity", ColumnType.Text, "Class at the earlier date, or no_data."),
            new("to_aridity", ColumnType.Text, "Class at the later date, or no_data."),
            new("pixels", ColumnType.Integer, "Cells of the run's grid."),
            new("area_km2", ColumnType.Area, "Land without water of the baseline's initial year."),
        ]);
        if (run.Answer(Questions.AridityDates) is not { } answer)
            return table;
        IReadOnlyList<int?> years = run.Strata!.Drivers!.AridityYears;
        IEnumerable<(int From, int To)> pairs = Enumerable.Range(0, years.Count - 1).Select(i => (i, i + 1));
        foreach ((int from, int to) in years.Count > 2 ? pairs.Append((0, years.Count - 1)) : pairs)
        {
            const int n = AridityClasses.Count;
            Amount[,] sums = Land(run, answer, row => ((int)answer.Code(row, from + 1) * n) + (int)answer.Code(row, to + 1), n * n);
            for (int z = 0; z < run.Zones.Count; z++)
                foreach (AridityClass before in s_classes)
                    foreach (AridityClass after in s_classes)
                        if (sums[z, ((int)before * n) + (int)after] is { Pixels: > 0 } amount)
                            table.Add(run.Zones[z].Id, run.Zones[z].Kind, (long?)years[from], (long?)years[to], before.Name(), after.Name(), amount.Pixels, amount.Area);
        }

        CrossTables.SortByZone(table, run);
        return table;
    }

    /// <summary>Land of the baseline's initial year by zone and a class of the row.</summary>
    internal static Amount[,] Land(RunStatistics run, StratumAnswer answer, Func<TallyRow, int> classOf, int classes)
    {
        var sums = new Amount[run.Zones.Count, classes];
        foreach (TallyRow row in answer.Rows)
            if (ReportedClasses.IsLand(answer.Code(row, 0)))
                foreach (int zone in run.ZonesOf(row))
                    sums[zone, classOf(row)] += RunStatistics.AmountOf(row);
        return sums;
    }

    private static void Add(ResultTable table, object?[] keys, string name, Int128[,,] sums, int zone, params AridityClass[] classes)
    {
        Int128 Of(Condition condition) => classes.Aggregate((Int128)0, (sum, c) => sum + sums[zone, (int)c, (int)condition]);
        Int128 degraded = Of(Condition.Degraded), stable = Of(Condition.Stable), improved = Of(Condition.Improved), none = Of(Condition.NoData);
        Int128 land = degraded + stable + improved + none;
        table.Add([.. keys, name, land, degraded, stable, improved, none, Amount.Share(degraded, land)]);
    }
}
