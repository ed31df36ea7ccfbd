using System.Globalization;
using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>severity.csv and cost.csv: grades of degraded land and what it costs a year (method §10), by the period's own condition.</summary>
public static class SeverityTables
{
    private const string Ungraded = "ungraded";
    private const double SquareMillimetresPerHectare = 1e10;

    public static ResultTable Severity(RunStatistics run)
    {
        var table = new ResultTable("severity", "Severity of land degradation",
        [
            new("zone_id", ColumnType.Text, "Zone or group."),
            new("zone_kind", ColumnType.Text, "zone or group."),
            new("period", ColumnType.Text, "baseline, report_1, …"),
            new("grade", ColumnType.Text, "Grade, the lightest first; ungraded where the table of grades has no row for such land."),
            new("pixels", ColumnType.Integer, "Cells of the run's grid."),
            new("area_km2", ColumnType.Area, "Land that is degraded in the period's own condition, in this grade."),
            new("share_of_degraded_pct", ColumnType.Percent, "Of all such land."),
        ]);
        for (int p = 0; p < run.Job.Periods.Count; p++)
        {
            Dictionary<(int Zone, string Grade, int Cover), Amount> sums = Graded(run, p);
            for (int z = 0; z < run.Zones.Count && run.Job.Strata?.Severity is not null; z++)
            {
                Amount[] grades = [.. Grades(run).Select(g => sums.Where(s => s.Key.Zone == z && s.Key.Grade == g).Aggregate(new Amount(), (sum, s) => sum + s.Value))];
                Amount all = grades.Aggregate(new Amount(), (sum, g) => sum + g);
                foreach ((string grade, Amount amount) in Grades(run).Zip(grades))
                    if (grade != Ungraded || amount.Pixels > 0)
                        table.Add(run.Zones[z].Id, run.Zones[z].Kind, run.Job.Periods[p].Id, grade, amount.Pixels, amount.Area, amount.ShareOf(all));
            }
        }

        CrossTables.SortByZone(table, run);
        return table;
    }

    public static ResultTable Cost(RunStatistics run)
    {
        var table = new ResultTable("cost", "Cost of land degradation",
        [
            new("zone_id", ColumnType.Text, "Zone or group."),
            new("zone_kind", ColumnType.Text, "zone or group."),
            new("period", ColumnType.Text, "baseline, report_1, …"),
            new("land_cover", ColumnType.Text, "Legend code in the period's final year; no_data; all."),
            new("grade", ColumnType.Text, "Grade of degradation; all."),
            new("area_km2", ColumnType.Area, "Degraded land."),
            new("usd_per_ha_year", ColumnType.Number, "Cost by the user's table; empty where it has no row for such land, and for all."),
            new("usd_per_year", ColumnType.Number, "Cost times area; of all, the sum over what has a cost."),
        ]);
        for (int p = 0; p < run.Job.Periods.Count && run.Job.Strata?.Cost is not null; p++)
        {
            Dictionary<(int Zone, string Grade, int Cover), Amount> sums = Graded(run, p);
            for (int z = 0; z < run.Zones.Count; z++)
                AddCosts(table, run, p, z, [.. sums.Where(s => s.Key.Zone == z).OrderBy(s => s.Key.Cover).ThenBy(s => Grades(run).ToList().IndexOf(s.Key.Grade)).Select(s => (s.Key.Grade, s.Key.Cover, s.Value))]);
        }

        CrossTables.SortByZone(table, run);
        return table;
    }

    private static void AddCosts(ResultTable table, RunStatistics run, int p, int z, List<(string Grade, int Cover, Amount Amount)> rows)
    {
        CostTable costs = run.Job.Strata!.Cost!;
        SummaryZone zone = run.Zones[z];
        double sum = 0;
        var area = new Amount();
        foreach ((string grade, int cover, Amount amount) in rows)
        {
            int? code = cover == 0 || run.Legend is null ? null : run.Legend.ClassAt(cover).Code;
            double? perHectare = costs.UsdPerHectare(code, grade), cost = perHectare * ((double)amount.Area / SquareMillimetresPerHectare);
            table.Add(
                zone.Id, zone.Kind, run.Job.Periods[p].Id, code?.ToString(CultureInfo.InvariantCulture) ?? (run.Legend is null ? "all" : "no_data"), grade,
                amount.Area, perHectare, cost);
            sum += cost ?? 0;
            area += amount;
        }

        table.Add(zone.Id, zone.Kind, run.Job.Periods[p].Id, "all", "all", area.Area, null, sum);
    }

    private static IEnumerable<string> Grades(RunStatistics run) => run.Job.Strata!.Severity!.Grades.Append(Ungraded);

    /// <summary>Degraded land of a period by zone, grade and final land cover (legend index, 0 where it is not known).</summary>
    private static Dictionary<(int Zone, string Grade, int Cover), Amount> Graded(RunStatistics run, int period)
    {
        var sums = new Dictionary<(int Zone, string Grade, int Cover), Amount>();
        if (run.Job.Strata?.Severity is not { } severity || run.Answer(Questions.Severity(run.Job.Periods[period].Id)) is not { } answer)
            return sums;
        foreach (TallyRow row in answer.Rows)
        {
            var pair = new ConditionPair((byte)answer.Code(row, 0));
            if (pair.PeriodWater || pair.Period != Condition.Degraded)
                continue;
            string grade = severity.Grade((int)answer.Code(row, 1), (int)answer.Code(row, 2)) ?? Ungraded;
            int cover = answer.Question.Planes.Count > 3 ? (int)answer.Code(row, 3) : 0;
            foreach (int zone in run.ZonesOf(row))
                CrossTables.Add(sums, (zone, grade, cover), RunStatistics.AmountOf(row));
        }

        return sums;
    }
}
