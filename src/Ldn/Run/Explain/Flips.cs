using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Productivity.Laws;
using Ldn.Tables;

namespace Ldn.Run.Explain;

/// <summary>
/// What single change of an input or a rule would give the indicator of a cell and period another condition. Whether it would is
/// decided by the run's own tables and corrections on the changed joint code; how far it is away, by the limit that the value
/// would have to cross.
/// </summary>
internal sealed class Flips(RunPlan plan, int period, PlaceRecode? recode, byte land, byte soil, Condition indicator)
{
    private static readonly Condition[] s_known = [Condition.Degraded, Condition.Stable, Condition.Improved];

    private Rules Rules => plan.Job.Rules;

    /// <summary>The indicator of a joint code under a set of rules, corrections included.</summary>
    public Condition Under(IndicatorTables tables, byte landByte, byte soilByte) =>
        (recode?.Apply(tables, period, landByte, soilByte) ?? tables.Of(landByte, soilByte)).Indicator;

    /// <summary>All of them, the smallest first; those whose distance is not known last.</summary>
    public IReadOnlyList<FlipStory> All(
        IReadOnlyList<RuleSet> rules, LandCoverStory? cover, ProductivityStory? productivity, SoilStory? carbon) =>
    [
        .. Cover(cover).Concat(Productivity(productivity)).Concat(Soil(carbon)).Concat(ByRule(rules, carbon))
            .OrderBy(f => f.Distance ?? double.PositiveInfinity),
    ];

    /// <summary>A change of evidence that flips, told; nothing where it does not.</summary>
    private IEnumerable<FlipStory> If(byte landByte, byte soilByte, string of, double? distance, Saying what)
    {
        Condition becomes = Under(plan.Pass.Tables, landByte, soilByte);
        if (becomes != indicator)
            yield return new FlipStory(what, of, becomes.Name(), distance);
    }

    private IEnumerable<FlipStory> Cover(LandCoverStory? cover)
    {
        if (cover is null || !plan.Pass.Tables.UsesLandCover)
            return [];
        bool known = cover.From?.Class is not null && cover.To?.Class is not null;
        return s_known.Where(c => c != Evidence.LandCover(land)).SelectMany(c =>
        {
            Saying what = !known ? new Saying("flip.cover.unknown", new Term(c.Name()))
                : c == Condition.Stable ? new Saying("flip.cover.same", cover.From!.Class!)
                : new Saying("flip.cover.other", cover.From!.Class!, new Term(c.Name()));
            return If(
                (byte)((land & ~3) | (int)c), soil, SubIndicator.LandCover.Name(), known ? 1 : null, what);
        });
    }

    private IEnumerable<FlipStory> Productivity(ProductivityStory? productivity)
    {
        if (productivity is null || plan.Pass.Tables.ProductivityConditions is not { } conditions)
            yield break;
        int evidence = Evidence.Productivity(land);
        ProductivityKind kind = plan.Job.Productivity!.EvidenceKind;
        string of = SubIndicator.Productivity.Name();
        if (kind == ProductivityKind.Parts && evidence > 0)
        {
            foreach (FlipStory flip in Parts(productivity, evidence, of))
                yield return flip;
            yield break;
        }

        // Of classes that mean the same the nearest is told.
        foreach (Condition other in s_known)
        {
            int[] classes = [
                .. Enumerable.Range(1, kind == ProductivityKind.Lpd ? 5 : kind == ProductivityKind.Parts ? 18 : 3)
                    .Where(e => conditions[e] == other && e != evidence).OrderBy(e => Math.Abs(e - evidence))];
            if (classes.Length == 0 || (evidence > 0 && conditions[evidence] == other))
                continue;
            Saying what = kind == ProductivityKind.Lpd && evidence > 0
                ? new Saying("flip.lpd", $"{classes[0]}", LpdName(classes[0]), $"{evidence}", LpdName(evidence))
                : evidence > 0
                ? new Saying("flip.productivity", new Term(other.Name()), new Term(conditions[evidence].Name()))
                : new Saying("flip.productivity.unknown", new Term(other.Name()));
            double? distance = evidence == 0 ? null : kind == ProductivityKind.Lpd ? Math.Abs(classes[0] - evidence) : 1;
            foreach (FlipStory flip in If(With(classes[0]), soil, of, distance, what))
                yield return flip;
        }
    }

    /// <summary>Trend, state or performance alone of another condition.</summary>
    private IEnumerable<FlipStory> Parts(ProductivityStory story, int evidence, string of)
    {
        (byte trend, byte state, byte performance) = LpdParts.Decode((byte)evidence);
        foreach (Condition c in s_known)
        {
            if ((byte)c != trend)
                foreach (FlipStory flip in If(
                    With(LpdParts.Encode((byte)c, state, performance)), soil, of, TrendDistance(story.Series?.Trend, c),
                    new Saying(
                        "flip.trend", new Term(c.Name()), new Term(((Condition)trend).Name()), TrendLimit(story.Series?.Trend))))
                    yield return flip;
            if ((byte)c != state)
                foreach (FlipStory flip in If(
                    With(LpdParts.Encode(trend, (byte)c, performance)), soil, of, StateDistance(story.Series?.State, c),
                    new Saying(
                        "flip.state", new Term(c.Name()), new Term(((Condition)state).Name()),
                        StateLimit(story.Series?.State, c))))
                    yield return flip;
            if ((byte)c != performance && c != Condition.Improved)
                foreach (FlipStory flip in If(
                    With(LpdParts.Encode(trend, state, (byte)c)), soil, of, PerformanceDistance(story.Series?.Performance),
                    new Saying(
                        "flip.performance", new Term(c == Condition.Degraded ? "degraded" : "not_degraded"),
                        PerformanceLimit(story.Series?.Performance))))
                    yield return flip;
        }
    }

    private IEnumerable<FlipStory> Soil(SoilStory? carbon)
    {
        // What would turn a verdict of the statistical test is no one change.
        if (carbon is null or { Test: not null } || plan.Pass.Tables.SoilCarbonConditions is not { } conditions)
            yield break;
        double threshold = Rules.SocThreshold;
        foreach (Condition other in s_known.Where(c => soil == 0 || c != conditions[soil]))
        {
            // The nearest rank of that condition: from below, from above, or between the limits.
            int[] ranks = [.. Enumerable.Range(1, plan.Pass.SoilCarbonRank.Highest)
                .Where(r => conditions[r] == other).OrderBy(r => Math.Abs(r - soil))];
            if (ranks.Length == 0)
                continue;
            double limit = other == Condition.Degraded || (other == Condition.Stable && carbon.ChangePct < 0)
                ? -threshold : threshold;
            Saying what = soil == 0
                ? new Saying("flip.soil.unknown", new Term(other.Name()))
                : new Saying(
                    "flip.soil", Side(other, limit), new Figure(limit, "0.##"),
                    carbon.ChangePct is { } now ? new Figure(now, "0.##") : (object)"",
                    FinalStock(carbon, limit));
            double? distance = soil == 0 || carbon.ChangePct is not { } change || threshold == 0 ? null
                : Math.Abs(change - limit) / threshold;
            foreach (FlipStory flip in If(land, (byte)ranks[0], SubIndicator.SoilCarbon.Name(), distance, what))
                yield return flip;
        }
    }

    private IEnumerable<FlipStory> ByRule(IReadOnlyList<RuleSet> rules, SoilStory? carbon)
    {
        foreach (RuleSet set in rules.Where(r => r.Changes(Rules) == 1))
        {
            Condition becomes = Under(set.Tables, land, soil);
            if (becomes == indicator)
                continue;
            bool threshold = set.Threshold is { } t && t != Rules.SocThreshold;
            bool inclusive = set.Inclusive is { } i && i != Rules.SocInclusive;
            double? distance = threshold && Rules.SocThreshold > 0
                ? Math.Abs(set.Threshold!.Value - Rules.SocThreshold) / Rules.SocThreshold
                : inclusive && carbon is not null ? 0 : 1;
            yield return new FlipStory(set.Change(Rules), "rules", becomes.Name(), distance);
        }
    }

    /// <summary>
    /// On which side of a limit a change has a condition: exactly the limit counts only where the rule says so.
    /// </summary>
    private Saying Side(Condition other, double limit)
    {
        bool at = Rules.SocInclusive == (other != Condition.Stable);
        bool below = other == Condition.Degraded || (other == Condition.Stable && limit > 0);
        return new Saying("flip." + (at ? "at_" : "") + (below ? "below" : "above"));
    }

    private byte With(int evidence) =>
        (byte)((land & ((1 << Evidence.ProductivityShift) - 1)) | (evidence << Evidence.ProductivityShift));

    private static Term LpdName(int lpd) => new(IndicatorOutputs.Lpd.Look.NamedClasses[lpd - 1].Name);

    private static Saying FinalStock(SoilStory carbon, double limit) =>
        carbon is { Initial.Stock: { } initial, Final.Stock: { } final }
            ? new Saying("flip.stock", new Figure(initial * (100 + limit) / 100, "0.##"), new Figure(final, "0.##"))
            : Saying.None;

    /// <summary>The statistic of a trend and what it must reach: Z, or S under Trends.Earth's rule.</summary>
    private static (string Name, double Value, double Critical)? Statistic(TrendStory? trend) =>
        trend is not { Critical: { } critical, S: { } s, Z: { } z } ? null
        : trend.Significance == "two-sided" ? ("Z", z, critical) : ("S", s, critical);

    private static double? TrendDistance(TrendStory? trend, Condition other)
    {
        if (Statistic(trend) is not var (_, value, critical) || !(critical > 0))
            return 1;
        double limit = other == Condition.Degraded ? -critical : other == Condition.Improved ? critical
            : Math.CopySign(critical, value);
        return Math.Abs(value - limit) / critical;
    }

    private static Saying TrendLimit(TrendStory? trend) => Statistic(trend) is var (name, value, critical)
        ? new Saying("flip.counts", name, new Figure(value, "0.###"), new Figure(critical, "0.##")) : Saying.None;

    /// <summary>Where the recent mean would have to be: the limit of the classes, or of z.</summary>
    private static double? RecentLimit(StateStory? state, Condition other)
    {
        if (state is not { Limits: { } limits, HistoryClass: { } history, RecentClass: { } recent })
            return null;
        // Two classes make a change: limit k (from 1) lies between the classes k and k + 1.
        int limit = other switch
        {
            Condition.Degraded => history - 2,
            Condition.Improved => history + 1,
            _ => recent < history ? history - 2 : history + 1,
        };
        return limit is >= 1 and <= 9 ? limits[limit - 1] : null;
    }

    private static double? StateDistance(StateStory? state, Condition other)
    {
        if (state is null)
            return 1;
        if (state.Z is { } z)
        {
            double critical = StateLaw.CriticalZ;
            double limit = other == Condition.Degraded ? -critical : other == Condition.Improved ? critical
                : Math.CopySign(critical, z);
            return Math.Abs(z - limit) / critical;
        }

        return RecentLimit(state, other) is { } at && at != 0 && state.RecentMean is { } mean
            ? Math.Abs(mean - at) / Math.Abs(at) : null;
    }

    private static Saying StateLimit(StateStory? state, Condition other) =>
        state is null ? Saying.None
        : state.Z is { } z ? new Saying("flip.counts", "z", new Figure(z, "0.###"), new Figure(StateLaw.CriticalZ))
        : RecentLimit(state, other) is { } limit && state.RecentMean is { } mean
            ? new Saying("flip.recent", new Figure(limit, "0.####"), new Figure(mean, "0.####")) : Saying.None;

    private static double? PerformanceDistance(PerformanceStory? performance) =>
        performance is null ? 1
        : performance.Ratio is { } ratio ? Math.Abs(ratio - performance.Limit) / performance.Limit : null;

    private static Saying PerformanceLimit(PerformanceStory? performance) =>
        performance is { Mean: { } mean, P90: { } p90 }
            ? new Saying("flip.mean", new Figure(performance.Limit * p90, "0.####"), new Figure(mean, "0.####")) : Saying.None;
}

/// <summary>One choice of the rules that act on joint codes; null where a run has nothing that a rule could act on.</summary>
internal sealed record RuleSet(
    MissingDataPolicy Missing, double? Threshold, bool? Inclusive, string? LpdTable, IndicatorTables Tables)
{
    /// <summary>
    /// Every combination of missing-data policy, soil threshold (5, 10, 15 and the one in force), inclusive or not, and LPD table
    /// that can act in a run.
    /// </summary>
    public static IReadOnlyList<RuleSet> All(RunPlan plan) =>
    [
        .. RuleCombinations.Choices(plan.Job, product: null).Select(rules => new RuleSet(
            rules.Missing ?? plan.Pass.Tables.Policy, rules.SocThreshold, rules.SocInclusive, rules.LpdTable,
            RuleCombinations.Tables(plan.Job, plan.Pass.Tables, plan.Pass.SoilEvidence, rules))),
    ];

    /// <summary>How many rules differ from those in force.</summary>
    public int Changes(Rules rules) =>
        (Missing != rules.Missing ? 1 : 0) + (Threshold is { } t && t != rules.SocThreshold ? 1 : 0)
        + (Inclusive is { } i && i != rules.SocInclusive ? 1 : 0) + (LpdTable is { } l && l != rules.LpdTable ? 1 : 0);

    /// <summary>The one rule that differs from those in force, in words.</summary>
    public Saying Change(Rules rules) =>
        Missing != rules.Missing
            ? new Saying("flip.missing", Missing.ToString().ToLowerInvariant(), rules.Missing.ToString().ToLowerInvariant())
            : Threshold is { } t && t != rules.SocThreshold
                ? new Saying("flip.threshold", new Figure(t), new Figure(rules.SocThreshold))
                : Inclusive is { } i && i != rules.SocInclusive
                    ? new Saying(i ? "flip.inclusive" : "flip.exclusive")
                    : new Saying("flip.table", LpdTable!, rules.LpdTable);
}
