using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Questions;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>
/// Figures for targets from what every run knows: degraded and improved land as reported, net gains, soil carbon, land cover and
/// LPD classes; the baseline's and the latest period's.
/// </summary>
internal sealed class RunTargetFigures
{
    private readonly RunStatistics _run;
    private (int Zone, PeriodFigures[] Figures) _latest = (-1, []);

    public RunTargetFigures(RunStatistics run) => _run = run;

    public TargetFigures? Of(TargetMetric metric, int zone) => OfIndicator(metric, p => Figures(zone)[p]) ?? metric.Kind switch
    {
        TargetMetricKind.SoilCarbon => _run.Carbon.Count == 0
            ? TargetFigures.None("the run has no stocks of soil carbon")
            : Dated(Final(p => p.SoilCarbon), p => Carbon(p, zone)),
        TargetMetricKind.LandCoverArea => Cover(() => Dated(Final(p => p.LandCover), p => CoverArea(p, zone, metric).Area)),
        TargetMetricKind.LandCoverPercent => Cover(
            () => Dated(Final(p => p.LandCover), p => CoverArea(p, zone, metric).ShareOf(FinalLand(p, zone)))),
        TargetMetricKind.LpdPercent => Classes is { } classes
            ? Dated(Final(p => p.Productivity), p => LpdShare(p, zone, classes, metric.Code!.Value))
            : TargetFigures.None("the run has no classes of land productivity dynamics"),
        _ => null,
    };

    private PeriodFigures[] Figures(int zone)
    {
        if (_latest.Zone != zone)
            _latest = (zone, _run.FiguresOf(zone));
        return _latest.Figures;
    }

    /// <summary>Metrics of the indicator's areas alone, from any figures of it; null for others.</summary>
    /// <param name="metric">The metric.</param>
    /// <param name="of">The figures of a period.</param>
    public TargetFigures? OfIndicator(TargetMetric metric, Func<int, PeriodFigures> of)
    {
        ReportedFigures Reported(int period) => of(period).Reported(period == 0);
        return metric.Kind switch
        {
            TargetMetricKind.DegradedPercent => Dated(
                p => p.FinalYear, p => Reported(p) is var r ? r.Of(Condition.Degraded).ShareOf(r.Land) : null),
            TargetMetricKind.DegradedArea => Dated(p => p.FinalYear, p => Reported(p).Of(Condition.Degraded).Area),
            TargetMetricKind.ImprovedArea => Dated(p => p.FinalYear, p => Reported(p).Of(Condition.Improved).Area),
            TargetMetricKind.NetArea => _run.Job.Periods.Count == 1
                ? TargetFigures.None("no reporting period")
                : Dated(p => p.FinalYear, p => p == 0 ? 0 : Net(of(p))),
            _ => null,
        };
    }

    /// <summary>The final year of a sub-indicator; null where nobody named it.</summary>
    private static Func<Period, int?> Final(Func<Period, YearSpan?> of) =>
        period => of(period) is { IsNamed: true } years ? years.Last : null;

    private byte[]? Classes => ProductivityEvidence.LpdClasses(_run.Job);

    /// <summary>The figures of the first and the latest period; of a single period there is no line.</summary>
    private TargetFigures Dated(Func<Period, int?> year, Func<int, Ratio?> figure)
    {
        (int? Year, Ratio? Value)[] all = [.. _run.Job.Periods.Select((p, i) => (year(p), figure(i)))];
        return new TargetFigures(
            all.Length == 1 ? null : all[0].Year, all.Length == 1 ? null : all[0].Value, all[^1].Year, all[^1].Value)
        {
            Dated = [
                .. all.Where(f => f is { Year: not null, Value: not null })
                    .Select(f => new DatedFigure(f.Year!.Value, f.Value!.Value))],
        };
    }

    /// <summary>Gains minus losses; at the baseline nothing is gained or lost yet.</summary>
    private static Ratio Net(PeriodFigures figures) => Balance.Of(s => figures.Status(0, s).Area).Delta;

    /// <summary>
    /// Soil carbon of the period's final year in t C on land whose stock is known at both dates that are compared: the final
    /// years of the baseline and of the period; for the baseline's figure those of the baseline and the latest period, of a
    /// single period its own two. Water of either period is left out.
    /// </summary>
    private Ratio? Carbon(int period, int zone)
    {
        int pair = period == 0 ? _run.Job.Periods.Count - 1 : period;
        if (_run.Answer(StockQuestion(_run.Job.Periods[pair].Id)) is not { } answer)
            return null;
        Int128 stock = 0, known = 0;
        foreach (TallyRow row in answer.Rows.Where(r => !new ConditionPair((byte)answer.Code(r, 0)).StatusWater))
        {
            if (!_run.ZonesOf(row).Contains(zone))
                continue;
            stock += row.Sums.Span[period == 0 && pair > 0 ? 0 : 1];
            known += row.Sums.Span[2];
        }

        return known == 0 ? null : stock * (Ratio.AsWritten(PassResult.StockQuantum) / Area.PerHectare);
    }

    /// <summary>What <c>soc_t</c> asks of a run: the stocks at both dates of each pair of periods.</summary>
    public static IEnumerable<Question> StockQuestions(IReadOnlyList<PeriodPlan> periods)
    {
        for (int p = Math.Min(1, periods.Count - 1); p < periods.Count; p++)
            if (periods[0].SoilCarbon is { IsChange: false } first && periods[p].SoilCarbon is { IsChange: false } last)
                yield return new Question(
                    StockQuestion(periods[p].Period.Id), [new ConditionsPlane(p)],
                    new StockChangeSum(p == 0 ? first.Initial : first.Final, last.Final));
    }

    private static string StockQuestion(string period) => "target_stocks_" + period;

    private TargetFigures Cover(Func<TargetFigures> figures) =>
        _run.Legend is null ? TargetFigures.None("the run has no land cover") : figures();

    /// <summary>A class in the period's final year.</summary>
    private Amount CoverArea(int period, int zone, TargetMetric metric) =>
        Sum(
            _run.Result.Transitions[period], zone,
            row => row.Plane(1) is not 0 and var index && metric.Means(_run.Legend!.ClassAt(index)));

    /// <summary>The zone without the water of the period's final year.</summary>
    private Amount FinalLand(int period, int zone)
    {
        byte[] water = _run.Legend!.WaterTable();
        return Sum(_run.Result.Transitions[period], zone, row => water[row.Plane(1)] == 0);
    }

    /// <summary>Share of total land, land without a class included.</summary>
    private Ratio? LpdShare(int period, int zone, byte[] classes, int wanted)
    {
        bool alone = _run.Job.Periods.Count == 1;
        Tally tally = _run.Result.Conditions[alone ? 0 : Math.Max(1, period)];
        int plane = period == 0 ? 0 : 2;
        Amount land = Sum(tally, zone, row => !Evidence.Water(row.Plane(plane)));
        Amount inClass = Sum(tally, zone, row => !Evidence.Water(row.Plane(plane))
            && Evidence.Productivity(row.Plane(plane)) is var evidence && evidence < classes.Length
                && classes[evidence] == wanted);
        return inClass.ShareOf(land);
    }

    private Amount Sum(Tally tally, int zone, Func<TallyRow, bool> counts)
    {
        var sum = new Amount();
        foreach (TallyRow row in tally.Rows())
            if (_run.ZonesOf(row).Contains(zone) && counts(row))
                sum += RunStatistics.AmountOf(row);
        return sum;
    }
}
