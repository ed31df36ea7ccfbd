using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Tables;

namespace Ldn.Run.Explain;

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
