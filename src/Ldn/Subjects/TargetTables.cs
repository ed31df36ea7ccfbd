using Ldn.Counting;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>targets.csv: each national target with its verdict and the figures behind it (method §10).</summary>
internal static class TargetTables
{
    public static Column<string> Id { get; } = Column.Text("id", "Target.");

    public static Column<string> Text { get; } = Column.Text("text", "What it says.");

    public static Column<string> Metric { get; } = Column.Text("metric", "What it is measured by.");

    public static Column<string> Comparator { get; } = Column.Text("comparator", "How the figure is compared with the value.");

    public static Column<double> Value { get; } = Column.Number("value", "Value that is aimed at.");

    public static Column<Ratio> Baseline { get; } = Column.Exact("baseline", "The baseline's figure.");

    public static Column<Ratio> Latest { get; } = Column.Exact("latest", "The latest figure.");

    public static Column<Ratio> Projected { get; } = Column.Exact(
        "projected", "Figure in the target's year on the line through the two, where one was drawn.");

    public static Column<string> Verdict { get; } = Column.Text(
        "verdict", "met, met_now_at_risk, on_track, off_track or not_assessable.");

    public static Column<string> Reason { get; } = Column.Text("reason", "Why, where the figures alone do not say.");

    public static ResultTable Targets(RunStatistics run, IReadOnlyList<Target> targets, IEnumerable<ITargetSource> others)
    {
        var table = Columns.Table("targets", "National targets",
        [
            Id, Columns.ZoneId.Meaning("Zone or group it is set for."), Text, Metric, Comparator, Value,
            Columns.Year.Meaning("Year by which."),
            Columns.BaselineYear.Meaning("Year of the baseline's figure."), Baseline,
            Columns.LatestYear.Meaning("Year of the latest figure."),
            Latest, Projected, Verdict, Reason,
        ]);
        if (targets.Count == 0)
            return table;
        var own = new RunTargetFigures(run);
        foreach (Target target in targets)
        {
            int zone = run.Zones.Select(z => z.Id).ToList().IndexOf(target.ZoneId);
            TargetFigures figures = own.Of(target.Metric, zone)
                ?? others.Select(s => s.Of(run, target.Metric, zone)).FirstOrDefault(f => f is not null)
                ?? TargetFigures.None($"the run has no {Subject(target.Metric)}");
            TargetResult result = target.Judge(figures);
            table.Add(
            [
                Id.Is(target.Id), .. Columns.Of(run.Zones[zone]), Text.Is(target.Text), Metric.Is(target.Metric.ToString()),
                Comparator.Is(target.Comparator), Value.Is(target.Value), Columns.Year.Is(target.Year),
                Columns.BaselineYear.Is(figures.BaselineYear), Baseline.Is(figures.Baseline),
                Columns.LatestYear.Is(figures.LatestYear),
                Latest.Is(figures.Latest), Projected.Is(result.Projected), Verdict.Is(result.Name), Reason.Is(result.Reason),
            ]);
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
