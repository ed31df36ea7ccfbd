using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Tables;

namespace Ldn.Subjects.Uncertainty;

/// <summary>
/// Puts the questions of a run to all that was tried on them (firmness U7): every combination of rules, land without data, the
/// points that were looked at.
/// </summary>
/// <param name="run">The run.</param>
/// <param name="others">Land types, and the subjects that give figures to targets.</param>
/// <param name="targets">The targets of the job.</param>
/// <param name="sample">What points say of the latest period, or null.</param>
internal sealed class FirmnessJudge(RunStatistics run, Inquiries others, IReadOnlyList<Target> targets, GroundSample? sample)
{
    private readonly ChanceBands? _chance = others.Of<ChanceInquiry>()?.Bands(run);
    private readonly SoilErrorInquiry? _soil = others.Of<SoilErrorInquiry>();

    /// <summary>What the figure is to be known to, percentage points.</summary>
    private const int Margin = 1;

    private const Condition Degraded = Condition.Degraded;
    private readonly LandTypes? _types = others.Of<LandTypesInquiry>()?.Types;
    private readonly RunTargetFigures _targetFigures = new(run);
    private readonly LandTypeBalances?[] _balances = new LandTypeBalances?[run.Job.Periods.Count];

    /// <summary>Every question of a zone in a period, in the order of the table.</summary>
    public IEnumerable<FirmnessRow> Of(int zone, int period)
    {
        PairAreas[] now = run.Combinations.Of(zone, period), before = period == 0 ? now : run.Combinations.Of(zone, 0);
        yield return Figure(zone, period, now);
        if (period > 0)
        {
            yield return Change(zone, period, now, before);
            if (!NeutralityTables.IsOfSeveralCountries(run, run.Zones[zone]))
                yield return Neutral(zone, period, now);
        }

        if (period == run.Job.Periods.Count - 1)
            foreach (Target target in targets.Where(t => t.ZoneId == run.Zones[zone].Id))
                yield return OfTarget(target, zone);
    }

    private static Ratio? Share(PairAreas areas, bool isBaseline) =>
        areas.Reported(isBaseline, Degraded).PercentOf(areas.Land(isBaseline));

    private static Range? Band(ChanceBand? chance) => chance is null ? null : new Range(chance.Low, chance.High);

    private static Ratio Written(double number) => Ratio.AsWritten(Math.Round(number, 9));

    private static Ratio Absolute(Ratio number) => number < 0 ? 0 - number : number;

    private PairAreas InForce(PairAreas[] all) => all[run.Combinations.InForce];

    /// <summary>The areas whose land without data is all land of which something is not known.</summary>
    private PairAreas ForBounds(PairAreas[] all) => all[run.Combinations.ForBounds];

    /// <summary>Whether a figure is beyond what chance gives; null where that was not tried, or by too few orders.</summary>
    private bool? Beyond(ChanceBand? chance) =>
        chance is null ? null : !chance.IsOutside ? false : _chance!.IsBand ? true : null;

    /// <summary>Years can be shuffled where productivity comes from a series.</summary>
    private bool IsSeries => run.Job.OneSeries is not null;

    private bool HasProducts => run.Combinations.All.Any(c => c.Product is not null);

    private FirmnessRow Figure(int zone, int period, PairAreas[] now)
    {
        bool isBaseline = period == 0;
        PairAreas mine = InForce(now);
        if (Share(mine, isBaseline) is not { } figure)
            return new FirmnessRow("figure", "", new Grounds(now.Length, 0, false));
        Ratio[] all = [.. now.Select(a => Share(a, isBaseline)!.Value)];
        Range bounds = NoDataBounds(TargetMetricKind.DegradedPercent, ForBounds(now), isBaseline);
        Ratio unknown = bounds.High - bounds.Low;
        (Range Interval, Range WithNoData)? seen = sample?.Of(zone, period, mine);
        ChanceBand? chance = _chance?.Of(zone, period, "degraded_pct_of_land");
        Range? soil = _soil?.Interval(run, zone, period) is { } interval
            ? new Range(Written(interval.Low), Written(interval.High)) : null;
        Grounds grounds = OfFigure(figure, all, unknown, seen?.WithNoData) with
        {
            SoilAgrees = soil is null ? null : Absolute(soil.Low - figure) <= Margin && Absolute(soil.High - figure) <= Margin,
            OutsideChance = Beyond(chance),
            ChanceCanBeTried = IsSeries,
            Products = HasProducts,
        };
        return new FirmnessRow("figure", figure.ToString(), grounds)
        {
            Chance = Band(chance),
            Alternatives = Range.Of(all),
            NoData = Range.Of([figure, bounds.Low, bounds.High]),
            Sample = seen?.Interval,
            Soil = soil,
            Resolution = others.Of<ResolutionInquiry>() is not null,
        };
    }

    /// <summary>What was tried on a figure that is to be known to 1 point.</summary>
    /// <param name="figure">Per cent of land, like all others.</param>
    /// <param name="all">Under every combination.</param>
    /// <param name="unknown">Land without data.</param>
    /// <param name="seen">The interval of a sample, land without data at its extremes; null without one.</param>
    public static Grounds OfFigure(Ratio figure, IReadOnlyList<Ratio> all, Ratio unknown, Range? seen)
    {
        bool Same(Ratio other) => Absolute(other - figure) <= Margin;
        return new Grounds(all.Count, all.Count(Same), unknown < Margin)
        {
            Sample = seen is null ? null
                : Grounds.Of(Same(seen.Low), Same(seen.High), seen.Low <= figure && figure <= seen.High),
        };
    }

    private FirmnessRow Change(int zone, int period, PairAreas[] now, PairAreas[] before)
    {
        PairAreas mine = InForce(now);
        if (Of(InForce(now), InForce(before)) is not { } change)
            return new FirmnessRow("change", "", new Grounds(now.Length, 0, false));
        bool Same(Ratio other) => other.CompareTo(0) == change.CompareTo(0);
        Ratio[] all = [.. now.Zip(before, (n, b) => Of(n, b)!.Value)];
        Area land = mine.Land(isBaseline: false), landBefore = InForce(before).Land(isBaseline: true);
        PairAreas open = ForBounds(now);
        (var low, var high) = open.Bounds(
            (from, to) => (IsDegraded(from, to) ? 1 : 0, from == (int)Degraded ? 1 : 0), landBefore.SquareMillimetres,
            land.SquareMillimetres);
        Ratio At((Area First, Area Second) sums) =>
            sums.First.PercentOf(land)!.Value - sums.Second.PercentOf(landBefore)!.Value;
        Range bounds = Range.Of([change, At(low), At(high)])!;
        Ratio unknown = open.OfThree(Condition.NoData).PercentOf(land)!.Value;
        bool known = Same(bounds.Low) && Same(bounds.High) && (change == 0 || unknown < Absolute(change));
        string answer = change > 0 ? "increase" : change < 0 ? "decrease" : "none";
        ChanceBand? chance = _chance?.Of(zone, period, "degraded_change_pct_of_land");
        var grounds = new Grounds(all.Length, all.Count(Same), known)
        {
            OutsideChance = Beyond(chance),
            ChanceCanBeTried = IsSeries,
            Products = HasProducts,
        };
        return new FirmnessRow("change", answer, grounds)
        {
            Chance = Band(chance),
            Alternatives = Range.Of(all),
            NoData = bounds,
        };

        static Ratio? Of(PairAreas n, PairAreas b) => Share(n, isBaseline: false) - Share(b, isBaseline: true);
    }

    /// <summary>
    /// The net sum of gains and losses is told from the combinations; the verdict is by land type. Where a zone has one land type
    /// alone the two are one; a net loss on typed land says in any case that some type lost.
    /// </summary>
    private FirmnessRow Neutral(int zone, int period, PairAreas[] now)
    {
        PairAreas mine = InForce(now);
        Area land = mine.Land(isBaseline: false);
        LandTypeBalances? balances = _balances[period] ??= LandTypeBalances.Of(run, _types, period);
        NeutralityVerdict verdict = balances?.Verdict(zone) ?? NeutralityVerdict.NotAssessable;
        string answer = NeutralityTables.Name(verdict);
        if (land.IsZero)
            return new FirmnessRow("neutral", answer, new Grounds(now.Length, 0, false));
        bool typed = balances?.Untyped(zone).Balance.Land.IsZero == true;
        bool told = typed && (verdict == NeutralityVerdict.NotNeutral
            || (verdict == NeutralityVerdict.Neutral && balances!.Types(zone).Count() == 1));
        Ratio Share(Area area) => area.PercentOf(land)!.Value;
        Area[] net = [.. now.Select(a => Net(a))];
        PairAreas open = ForBounds(now);
        (var low, var high) = open.Bounds(
            (from, to) =>
            {
                var balance = Balance.Of(StatusOf(from, to), new Area(1));
                return (balance.Gains.IsZero ? 0 : 1, balance.Losses.IsZero ? 0 : 1);
            },
            1, 1);
        Area least = low.First - low.Second, most = high.First - high.Second;
        bool Same(Area other) => other.IsNegative == (verdict == NeutralityVerdict.NotNeutral);
        Area unknown = open.OfThree(Condition.NoData), delta = Net(mine);
        bool known = Same(least) && Same(most) && (unknown.IsZero || unknown < (delta.IsNegative ? -delta : delta));
        return new FirmnessRow(
            "neutral", answer,
            told ? new Grounds(net.Length, net.Count(Same), known)
            {
                ChanceCanBeTried = IsSeries,
                Products = HasProducts
            } : new Grounds(1, 0, false))
        {
            Alternatives = Range.Of(net.Select(Share)),
            NoData = new Range(Share(least), Share(most)),
        };

        Area Net(PairAreas areas) => Balance.Of(areas.Of).Delta;
    }

    private Status StatusOf(int from, int to) => from == PairAreas.Water || to == PairAreas.Water
        ? Status.NoData : StatusLaw.Of((Condition)from, (Condition)to, run.Job.Rules.Status);

    private bool IsDegraded(int from, int to) => StatusOf(from, to).ThreeClass() == Degraded;

    /// <summary>
    /// A target on degraded, improved or net land is judged under every combination; others do not depend on rules.
    /// </summary>
    private FirmnessRow OfTarget(Target target, int zone)
    {
        string question = "target:" + target.Id;
        TargetFigures figures = _targetFigures.Of(target.Metric, zone)
            ?? others.OfType<ITargetSource>().Select(s => s.Of(run, target.Metric, zone)).FirstOrDefault(f => f is not null)
            ?? TargetFigures.None("");
        TargetResult result = target.Judge(figures);
        bool ruled = target.Metric.Kind is TargetMetricKind.DegradedPercent or TargetMetricKind.DegradedArea
            or TargetMetricKind.ImprovedArea or TargetMetricKind.NetArea;
        if (!ruled || result.Verdict == TargetVerdict.NotAssessable)
            return new FirmnessRow(question, result.Name, new Grounds(1, 0, false))
            {
                Alternatives = figures.Latest is { } only ? new Range(only, only) : null,
            };
        PairAreas[][] areas = [.. Enumerable.Range(0, run.Job.Periods.Count).Select(p => run.Combinations.Of(zone, p))];
        TargetFigures[] all = [.. run.Combinations.All.Select((_, c) => _targetFigures.OfIndicator(
            target.Metric, p => areas[p][c].Figures())!)];
        Range[] bounds = [.. areas.Select((a, p) => NoDataBounds(target.Metric.Kind, ForBounds(a), p == 0))];
        bool Same(TargetFigures f) => target.Judge(f).Verdict == result.Verdict;
        bool[] ends = [false, true];
        bool known = ends.All(first => ends.All(last => Same(Corner(figures, bounds, first, last))));
        return new FirmnessRow(
            question, result.Name, new Grounds(all.Length, all.Count(Same), known)
            {
                ChanceCanBeTried = IsSeries,
                Products = HasProducts
            })
        {
            Alternatives = Range.Of(all.Select(f => f.Latest).OfType<Ratio>()),
            NoData = bounds[^1],
        };
    }

    /// <summary>The figures with land without data at one of its extremes in the baseline, and in all later periods.</summary>
    private TargetFigures Corner(TargetFigures figures, Range[] bounds, bool first, bool last)
    {
        Ratio At(int period) => (period == 0 ? first : last) ? bounds[period].High : bounds[period].Low;
        return figures with
        {
            Baseline = figures.Baseline is null ? null : At(0),
            Latest = At(bounds.Length - 1),
            Dated = [
                .. run.Job.Periods.Index().Where(p => p.Item.FinalYear is not null)
                    .Select(p => new DatedFigure(p.Item.FinalYear!.Value, At(p.Index)))],
        };
    }

    private Range NoDataBounds(TargetMetricKind kind, PairAreas areas, bool isBaseline)
    {
        Area unknown = areas.Reported(isBaseline, Condition.NoData);
        Area known = areas.Reported(isBaseline, kind == TargetMetricKind.ImprovedArea ? Condition.Improved : Degraded);
        if (kind == TargetMetricKind.DegradedPercent)
        {
            Area land = areas.Land(isBaseline);
            return new Range(known.PercentOf(land) ?? 0, (known + unknown).PercentOf(land) ?? 0);
        }

        if (kind != TargetMetricKind.NetArea)
            return new Range(known, known + unknown);
        if (isBaseline)
            return new Range(0, 0);
        (var low, var high) = areas.Bounds(
            (from, to) => Balance.Of(StatusOf(from, to), new Area(1)) is var b
                ? (b.Gains.IsZero ? 0 : 1, b.Losses.IsZero ? 0 : 1) : default,
            1, 1);
        return new Range(low.First - low.Second, high.First - high.Second);
    }
}
