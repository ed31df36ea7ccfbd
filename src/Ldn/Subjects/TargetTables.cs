using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>targets.csv: each national target with its verdict and the figures behind it (method §10).</summary>
public static class TargetTables
{
    public static ResultTable Targets(RunStatistics run)
    {
        var table = new ResultTable("targets", "National targets",
        [
            new("id", ColumnType.Text, "Target."),
            new("zone_id", ColumnType.Text, "Zone or group it is set for."),
            new("text", ColumnType.Text, "What it says."),
            new("metric", ColumnType.Text, "What it is measured by."),
            new("comparator", ColumnType.Text, "How the figure is compared with the value."),
            new("value", ColumnType.Number, "Value that is aimed at."),
            new("year", ColumnType.Integer, "Year by which."),
            new("baseline_year", ColumnType.Integer, "Year of the baseline's figure."),
            new("baseline", ColumnType.Number, "The baseline's figure."),
            new("latest_year", ColumnType.Integer, "Year of the latest figure."),
            new("latest", ColumnType.Number, "The latest figure."),
            new("projected", ColumnType.Number, "Figure in the target's year on the line through the two, where one was drawn."),
            new("verdict", ColumnType.Text, "met, on_track, off_track or not_assessable."),
            new("reason", ColumnType.Text, "Why, where the figures alone do not say."),
        ]);
        if (run.Job.Strata is not { Targets.Count: > 0 } strata)
            return table;
        ITargetSource[] sources = [new RunTargetFigures(run), new DriverTargetFigures(run)];
        for (int t = 0; t < strata.Targets.Count; t++)
        {
            Target target = strata.Targets[t];
            int zone = run.Zones.Select(z => z.Id).ToList().IndexOf(target.ZoneId);
            TargetFigures figures = sources.Select(s => s.Of(target.Metric, zone)).FirstOrDefault(f => f is not null)
                ?? TargetFigures.None($"the run has no {Subject(target.Metric)}");
            TargetResult result = target.Judge(figures);
            table.Add(
                target.Id, target.ZoneId, target.Text, target.Metric.ToString(), target.Comparator, target.Value, (long)target.Year, (long?)figures.BaselineYear,
                figures.Baseline, (long?)figures.LatestYear, figures.Latest, result.Projected, result.Name, result.Reason);
        }

        return table;
    }

    private static string Subject(TargetMetric metric) => metric.Kind switch
    {
        TargetMetricKind.CategoryArea => $"categorical layer '{metric.Layer}'",
        TargetMetricKind.Mean => $"continuous layer '{metric.Layer}'",
        TargetMetricKind.ActivityArea => $"activities of type '{metric.Layer}'",
        _ => $"figures of {metric}",
    };
}
