using Ldn.Indicator;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>statistics.csv: figures from elsewhere beside the degradation of their time (method §11); beside, not because of.</summary>
public static class StatisticsTable
{
    public static ResultTable Beside(RunStatistics run, IReadOnlyList<PeriodFigures[]> figures)
    {
        var table = new ResultTable("statistics", "Statistics beside the results",
        [
            new("zone_id", ColumnType.Text, "Zone or group."),
            new("zone_kind", ColumnType.Text, "zone or group."),
            new("year", ColumnType.Integer, "Year of the figure."),
            new("variable", ColumnType.Text, "What is told."),
            new("value", ColumnType.Number, "As given."),
            new("unit", ColumnType.Text, "As given."),
            new("period", ColumnType.Text, "First period that ends in the year or after it; the last one for later years."),
            new("degraded_km2", ColumnType.Area, "Degraded land of that period as reported."),
            new("improved_km2", ColumnType.Area, "Improved land of that period as reported."),
            new("degraded_pct_of_land", ColumnType.Percent, "Degraded share of total land."),
        ]);
        for (int z = 0; z < run.Zones.Count; z++)
        {
            SummaryZone zone = run.Zones[z];
            foreach (Statistic s in (run.Job.Strata?.Drivers.Statistics ?? []).Where(s => s.ZoneId == zone.Id).OrderBy(s => s.Variable, StringComparer.Ordinal).ThenBy(s => s.Year))
            {
                int period = run.Job.Periods.ToList().FindIndex(p => p.FinalYear >= s.Year);
                period = period < 0 ? run.Job.Periods.Count - 1 : period;
                ReportedFigures reported = figures[period][z].Reported(period == 0);
                Amount degraded = reported.Of(Condition.Degraded);
                table.Add(
                    zone.Id, zone.Kind, (long)s.Year, s.Variable, s.Value, s.Unit, run.Job.Periods[period].Id, degraded.Area, reported.Of(Condition.Improved).Area,
                    degraded.ShareOf(reported.Land));
            }
        }

        return table;
    }
}
