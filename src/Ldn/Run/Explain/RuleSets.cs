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
    public static IReadOnlyList<RuleSet> All(RunPlan plan)
    {
        Job job = plan.Job;
        IndicatorTables inForce = plan.Pass.Tables;
        bool soil = job.SoilCarbon is not null;
        double?[] thresholds = soil
            ? [.. RuleCombinations.Thresholds.Append(job.Rules.SocThreshold).Distinct().Order().Select(t => (double?)t)] : [null];
        string?[] tables = [.. ProductivityEvidence.Combinations(job)];
        var sets = new List<RuleSet>();
        foreach (MissingDataPolicy missing in Enum.GetValues<MissingDataPolicy>())
        {
            foreach (double? threshold in thresholds)
            {
                // At least no change is every change: an inclusive threshold of 0 is no rule.
                foreach (bool? inclusive in threshold is null ? [null] : threshold > 0 ? new bool?[] { false, true } : [false])
                {
                    foreach (string? table in tables.DefaultIfEmpty())
                    {
                        sets.Add(new RuleSet(missing, threshold, inclusive, table, new IndicatorTables(
                            inForce.UsesLandCover,
                            table is null ? inForce.ProductivityConditions : ProductivityEvidence.Conditions(job, table),
                            threshold is { } t ? plan.Pass.SoilCarbonRank.Conditions(t, inclusive ?? false) : null, missing,
                            inForce.MaskWater)));
                    }
                }
            }
        }

        return sets;
    }

    /// <summary>How many rules differ from those in force.</summary>
    public int Changes(Rules rules) =>
        (Missing != rules.Missing ? 1 : 0) + (Threshold is { } t && t != rules.SocThreshold ? 1 : 0)
        + (Inclusive is { } i && i != rules.SocInclusive ? 1 : 0) + (LpdTable is { } l && l != rules.LpdTable ? 1 : 0);

    /// <summary>The one rule that differs from those in force, in words.</summary>
    public string Change(Rules rules) =>
        Missing != rules.Missing
            ? $"missing data by the policy {Missing.ToString().ToLowerInvariant()} instead of "
                + rules.Missing.ToString().ToLowerInvariant()
            : Threshold is { } t && t != rules.SocThreshold
                ? FormattableString.Invariant($"a soil threshold of {t} % instead of {rules.SocThreshold} %")
                : Inclusive is { } i && i != rules.SocInclusive
                    ? i ? "exactly the soil threshold counting as a change" : "exactly the soil threshold counting as no change"
                    : $"the LPD table {LpdTable} instead of {rules.LpdTable}";
}
