using Ldn.Counting;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>
/// Figures for targets from the layers beside the indicator: area of a category, mean of a continuous layer, area of activities. Each is of one date, that of its
/// layer, told under the run's last year.
/// </summary>
internal sealed class DriverTargetFigures(RunStatistics run) : ITargetSource
{
    public TargetFigures? Of(TargetMetric metric, int zone) => metric.Kind switch
    {
        TargetMetricKind.CategoryArea => Category(metric, zone),
        TargetMetricKind.Mean => Mean(metric, zone),
        TargetMetricKind.ActivityArea => ActivityTables.AreaOfType(run, metric.Layer!) is { } areas ? Single(areas[zone]) : null,
        _ => null,
    };

    private TargetFigures Single(Ratio? figure) => new(null, null, run.Job.Periods[^1].FinalYear, figure);

    /// <summary>All cells of the value, water included.</summary>
    private TargetFigures? Category(TargetMetric metric, int zone)
    {
        IReadOnlyList<CategoryLayer> layers = run.Strata?.Drivers?.Categories ?? [];
        int index = layers.ToList().FindIndex(l => l.Name == metric.Layer);
        if (index < 0)
            return null;
        StratumAnswer answer = run.Answer(Questions.Category(index, run.Job.Periods[^1].Id))!;
        string value = metric.Code!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
        var area = Area.Zero;
        foreach (TallyRow row in answer.Rows)
            if (run.ZonesOf(row).Contains(zone) && DriverTables.TypeOf(layers[index], answer, row)?.Id == value)
                area += row.Area;
        return Single(area);
    }

    /// <summary>Over all land of the zone, or over a class of the last land cover.</summary>
    private TargetFigures? Mean(TargetMetric metric, int zone)
    {
        IReadOnlyList<DriverLayer> layers = run.Strata?.Drivers?.Drivers ?? [];
        int index = layers.ToList().FindIndex(l => l.Name == metric.Layer && l.Steps is not null);
        if (index < 0)
            return null;
        if (metric.Code is null)
            return Single(OverLand(index, layers[index].Steps!, zone));
        if (run.Legend is not { } legend || run.Answer(Questions.DriverByCover(index)) is not { } answer)
            return TargetFigures.None("the run has no land cover");
        Int128 sum = 0, area = 0;
        foreach (TallyRow row in answer.Rows)
        {
            if (!run.ZonesOf(row).Contains(zone) || answer.Code(row, 0) is not (> 0 and ulong cover) || !RunTargetFigures.IsMeant(legend.ClassAt((int)cover), metric))
                continue;
            sum += row.Sums.Span[0];
            area += row.Sums.Span[1];
        }

        return Single(area == 0 ? null : new Ratio(sum, area) * Ratio.AsWritten(layers[index].Steps!.Quantum));
    }

    private Ratio? OverLand(int index, QuantumPlane steps, int zone)
    {
        int period = run.Job.Periods.Count - 1;
        StratumAnswer answer = run.Answer(Questions.Driver(index, run.Job.Periods[period].Id))!;
        var histogram = new StepHistogram();
        foreach (TallyRow row in answer.Rows)
            if (run.ZonesOf(row).Contains(zone) && answer.Code(row, 1) is > 0 and ulong code
                && ReportedClasses.Of(answer.Code(row, 0), period, run.Job.Rules.Status) != ReportedClasses.Water)
                histogram.Add(steps.Steps(code), row.Area);
        return histogram.IsEmpty ? null : histogram.Mean() * Ratio.AsWritten(steps.Quantum);
    }
}
