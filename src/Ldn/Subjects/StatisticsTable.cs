using Ldn.Indicator;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>statistics.csv: figures from elsewhere beside the degradation of their time (method §11); beside, not because of.</summary>
public static class StatisticsTable
{
    public static Column<string> Variable { get; } = Column.Text("variable", "What is told.");

    public static Column<double> Value { get; } = Column.Number("value", "As given.");

    public static Column<string> Unit { get; } = Column.Text("unit", "As given.");

    public static ResultTable Beside(RunStatistics run, IReadOnlyList<PeriodFigures[]> figures)
    {
        var table = Columns.Table("statistics", "Statistics beside the results",
        [
            Columns.ZoneId, Columns.ZoneKind, Columns.Year, Variable, Value, Unit,
            Columns.Period.Meaning("First period that ends in the year or after it; the last one for later years."),
            Columns.Degraded.Meaning("Degraded land of that period as reported."),
            Columns.Improved.Meaning("Improved land of that period as reported."), Columns.DegradedOfLand, Columns.Basis,
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
                [
                    .. Columns.Of(zone), Columns.Year.Is(s.Year), Variable.Is(s.Variable), Value.Is(s.Value), Unit.Is(s.Unit),
                    .. Columns.Of(run.Job, period), Columns.Degraded.Is(degraded.Area), Columns.Improved.Is(reported.Of(Condition.Improved).Area),
                    Columns.DegradedOfLand.Is(degraded.ShareOf(reported.Land)), Columns.AsReported(period),
                ]);
            }
        }

        return table;
    }
}
