using Ldn.Counting;
using Ldn.Jobs;
using Ldn.Questions;
using Ldn.SoilCarbon;
using Ldn.Tables;

namespace Ldn.Subjects.Uncertainty;

/// <summary>
/// What uncertain factors leave of the figure where the stock follows from land cover (firmness U5). The reference stock cancels
/// in the change; only F(from, to) is uncertain, and its error is the same in a whole climate zone: all cells of a transition
/// flip together.
/// </summary>
/// <remarks>Land that changed its cover more than once stays as observed.</remarks>
internal sealed class FactorError
{
    private readonly StockModelInput _model;
    private readonly Job _job;
    private readonly LandCoverTimeline _timeline;

    public FactorError(Job job)
    {
        (_job, _model) = (job, job.SoilCarbon!.Model!);
        _timeline = LandCoverTimeline.Create(
            _model.ReferenceYear, _model.Covers.Files.Keys.Concat(_model.Covers.StandIns.Keys).Distinct(),
            job.Periods.Max(p => p.SoilCarbon!.Last), _model.Placement);
    }

    /// <summary>A class of the factor table.</summary>
    public LandCover.LegendClass ClassAt(int index) => _model.Factors.ClassAt(index);

    /// <summary>Dated covers that decide.</summary>
    public int Covers => _timeline.CoverYears.Count;

    /// <summary>
    /// What one row of <see cref="FactorErrorPlane"/> tells: the one change of its covers within the period; null where there is
    /// none, or more than one, or a factor without an error.
    /// </summary>
    public FactorChange? Of(TallyRow row, int period)
    {
        int zone = row.Plane(1), changes = 0, from = 0, to = 0, at = 0;
        (byte[] covers, int first, int last) = CoversOf(row, period);
        for (int k = 0; k < last; k++)
            if (covers[k] != covers[k + 1])
                (changes, from, to, at) = (changes + 1, covers[k], covers[k + 1], k);
        if (changes != 1 || covers[0] == 0 || _model.Factors.ErrorOf(from, to) is not { } error)
            return null;
        double factor = _model.Factors.Factor(from, to, CropFactor(zone));
        int begin = Math.Max(at, first);
        int steps = Math.Min(last - begin, Math.Max(0, StockRecurrence.TransitionYears + at - begin));
        return double.IsNaN(factor) ? null : new FactorChange(zone, from, to, begin - at, steps, factor, error, IsDegraded);

        // The change of the period with the factor z standard deviations away; error_pct is two of them.
        bool IsDegraded(double z)
        {
            double moved = Math.Max(1e-9, factor * (1 + (z * error / 200)));
            return Degraded(covers, first, last, (_, _) => moved);
        }
    }

    /// <summary>Per cent of land of each zone and period with all factors low, and high; null without land.</summary>
    public (double Low, double High)?[][] Intervals(RunStatistics run)
    {
        var intervals = new (double, double)?[run.Job.Periods.Count][];
        for (int p = 0; p < intervals.Length; p++)
        {
            var land = new Area[run.Zones.Count];
            var low = new Area[run.Zones.Count];
            var high = new Area[run.Zones.Count];
            foreach (TallyRow row in run.Answer(FactorErrorInquiry.Question(run.Job.Periods[p].Id))!.Rows)
            {
                var turn = (SoilTurn)row.Plane(0);
                if (turn == SoilTurn.NoLand)
                    continue;
                bool less = turn == SoilTurn.Always, more = less;
                if (turn == SoilTurn.BySoil)
                {
                    if (Of(row, p) is { } change)
                        (less, more) = (change.IsDegraded(SoilErrorFigures.Z), change.IsDegraded(-SoilErrorFigures.Z));
                    else
                        less = more = Observed(row, p);
                }

                foreach (int zone in run.ZonesOf(row))
                {
                    land[zone] += row.Area;
                    low[zone] += less ? row.Area : Area.Zero;
                    high[zone] += more ? row.Area : Area.Zero;
                }
            }

            intervals[p] = [.. land.Select((all, z) => Sorted(low[z].PercentOf(all), high[z].PercentOf(all)))];
        }

        return intervals;

        static (double, double)? Sorted(Ratio? a, Ratio? b) => a is not { } one || b is not { } other ? null
            : (Math.Min(one.ToDouble(), other.ToDouble()), Math.Max(one.ToDouble(), other.ToDouble()));
    }

    /// <summary>
    /// What stays as it is: several changes, or a factor that has no error, as the model without errors tells it.
    /// </summary>
    private bool Observed(TallyRow row, int period)
    {
        (byte[] covers, int first, int last) = CoversOf(row, period);
        double crop = CropFactor(row.Plane(1));
        return Degraded(covers, first, last, (from, to) => _model.Factors.Factor(from, to, crop));
    }

    /// <summary>The cover of each year up to the end of a period, and the steps of its first and last year.</summary>
    private (byte[] Covers, int First, int Last) CoversOf(TallyRow row, int period)
    {
        YearSpan years = _job.Periods[period].SoilCarbon!;
        int last = _timeline.StepOf(years.Last);
        return (
            [.. Enumerable.Range(0, last + 1).Select(k => row.Plane(2 + _timeline.CoverOfStep[k]))],
            _timeline.StepOf(years.First), last);
    }

    private double CropFactor(int zone) =>
        _model.ConstantFactor ?? (_model.Factors.UsesCropFactor ? ClimateZones.CropFactors[zone] : 1);

    private bool Degraded(byte[] covers, int first, int last, Func<int, int, double> factor)
    {
        var stocks = new double[covers.Length];
        StockRecurrence.Run(1, covers, factor, stocks);
        double change = (stocks[last] - stocks[first]) / stocks[first] * 100;
        return _job.Rules.SocInclusive ? change <= -_job.Rules.SocThreshold : change < -_job.Rules.SocThreshold;
    }
}

/// <summary>One change of cover under a factor that is uncertain.</summary>
/// <param name="ClimateZone">0 where none is told apart.</param>
/// <param name="From">Class of the factor table.</param>
/// <param name="To">Likewise.</param>
/// <param name="StepsBefore">Years before the period in which it acted already.</param>
/// <param name="Steps">Years of the period in which it acts.</param>
/// <param name="Factor">F.</param>
/// <param name="ErrorPercent">Two standard deviations, per cent of F.</param>
/// <param name="IsDegraded">Whether the period's change degrades with F so many standard deviations away.</param>
internal sealed record FactorChange(
    int ClimateZone, int From, int To, int StepsBefore, int Steps, double Factor, double ErrorPercent,
    Func<double, bool> IsDegraded)
{
    private const double Farthest = 8;

    /// <summary>That the transition degrades: the lower the factor, the less carbon is left.</summary>
    public double Probability()
    {
        if (!IsDegraded(-Farthest))
            return 0;
        if (IsDegraded(Farthest))
            return 1;
        double low = -Farthest, high = Farthest;
        for (int i = 0; i < 60; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = IsDegraded(middle) ? (middle, high) : (low, middle);
        }

        return SoilErrorFigures.Phi(low);
    }
}

/// <summary>One question a period; the tables of factors that are uncertain.</summary>
internal sealed class FactorErrorInquiry(Job job) : SoilErrorInquiry
{
    private readonly FactorError _error = new(job);
    private (double Low, double High)?[][]? _intervals;

    public static string Question(string period) => "factor_error_" + period;

    public override IEnumerable<Pass.Question> Ask(IReadOnlyList<Pass.PeriodPlan> periods, Zones.PlaceIndex places) =>
        periods.Select((p, i) => new Pass.Question(Question(p.Period.Id), [new FactorErrorPlane(i, _error.Covers)]));

    public override (double Low, double High)? Interval(RunStatistics run, int zone, int period) =>
        (_intervals ??= _error.Intervals(run))[period][zone];

    public override IEnumerable<ResultTable> Report(RunStatistics run) =>
    [
        SoilErrorTable.Of(run, [null], (zone, period, _) => Interval(run, zone, period)),
        FactorErrorTable.Of(run, _error),
    ];
}

/// <summary>
/// soil_transitions.csv: how probable it is that a transition of land cover counts as degradation of soil carbon.
/// </summary>
internal static class FactorErrorTable
{
    public static Column<long> ClimateZone { get; } = Column.Integer(
        "climate_zone", "IPCC climate zone, whose cells share one error; 0 where none is told apart.");

    public static Column<long> Steps { get; } = Column.Integer("steps", "Years of the period in which the change acts.");

    public static Column<long> StepsBefore { get; } = Column.Integer(
        "steps_before", "Years before the period in which the change acted already.");

    public static Column<double> Factor { get; } = Column.Number("factor", "Stock after 20 years, of the stock before.");

    public static Column<double> ErrorPercent { get; } = Column.Number(
        "error_pct", "Error of the factor as given, two standard deviations, per cent.");

    public static Column<double> Probability { get; } = Column.Number(
        "probability", "That the change of soil carbon counts as degraded, by the error of the factor.");

    public static ResultTable Of(RunStatistics run, FactorError? error)
    {
        var table = Columns.Table("soil_transitions", "Transitions of land cover and how surely they degrade soil carbon",
        [
            Columns.ZoneId, Columns.ZoneName, Columns.ZoneKind, Columns.Period, ClimateZone,
            Columns.FromClass.Meaning("Class of the factor table before."), Columns.ToClass.Meaning("Class after."), Steps,
            Columns.TrueArea, Factor, ErrorPercent, Probability, Columns.FromClassName, Columns.ToClassName, StepsBefore,
        ]);
        for (int p = 0; p < (error is null ? 0 : run.Job.Periods.Count); p++)
        {
            // All that its probability depends on.
            Dictionary<
                (int Zone, int Climate, int From, int To, int Before, int Steps), (Area Area, FactorChange Change)> areas = [];
            foreach (TallyRow row in run.Answer(FactorErrorInquiry.Question(run.Job.Periods[p].Id))!.Rows)
                if ((SoilTurn)row.Plane(0) != SoilTurn.NoLand && error!.Of(row, p) is { } change)
                    foreach (int zone in run.ZonesOf(row))
                    {
                        var key = (zone, change.ClimateZone, change.From, change.To, change.StepsBefore, change.Steps);
                        Area before = areas.TryGetValue(key, out (Area Area, FactorChange) known) ? known.Area : Area.Zero;
                        areas[key] = (before + row.Area, change);
                    }

            foreach ((var key, (Area area, FactorChange change)) in areas.OrderBy(a => a.Key))
                table.Add(
                [
                    .. Columns.Of(run.Zones[key.Zone]), .. Columns.Of(run.Job, p), ClimateZone.Is(key.Climate),
                    Columns.FromClass.Is(Code(key.From)), Columns.ToClass.Is(Code(key.To)), Steps.Is(key.Steps),
                    Columns.TrueArea.Is(area), Factor.Is(change.Factor), ErrorPercent.Is(change.ErrorPercent),
                    Probability.Is(change.Probability()), Columns.FromClassName.Is(error!.ClassAt(key.From).Name),
                    Columns.ToClassName.Is(error.ClassAt(key.To).Name), StepsBefore.Is(key.Before),
                ]);
        }

        run.SortByZone(table);
        return table;

        string Code(int index) => error!.ClassAt(index).Code.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
