using Ldn.Counting;
using Ldn.Indicator;

namespace Ldn.Tables;

/// <summary>
/// combinations.csv: the reported figure under every combination of the rules, from the same pass (firmness U1).
/// </summary>
internal static class Combinations
{
    public static Column<string> Missing { get; } = Column.Text(
        "missing", "Policy on missing data: strict, precautionary or available; empty where it cannot act.");

    public static Column<string> SocThreshold { get; } = Column.Text(
        "soc_threshold", "Threshold of soil-carbon change, per cent; empty where it cannot act.");

    public static Column<string> SocInclusive { get; } = Column.Text(
        "soc_inclusive", "Whether a change of exactly the threshold counts; empty where it cannot act.");

    public static Column<string> LpdTable { get; } = Column.Text(
        "lpd_table", "How trend, state and performance are combined; empty where they are not.");

    public static Column<string> Product { get; } = Column.Text(
        "product", "The productivity product; empty for the job's own.");

    public static Column<bool> InForce { get; } = Column.Flag("in_force", "Whether these are the rules the run was made under.");

    public static ResultTable Table(RunStatistics run)
    {
        Cell[][]? rules = null;
        return Columns.Table("combinations", "The indicator under every combination of rules",
        [
            Columns.ZoneId, Columns.ZoneName, Columns.ZoneKind, Columns.Period, Missing, SocThreshold, SocInclusive, LpdTable,
            Product, Columns.Degraded, Columns.Stable, Columns.Improved, Columns.NoData,
            Columns.DegradedOfLand.Meaning("Degraded share of total land under these rules."), InForce, Columns.Basis,
        ]).MadeBy(run.Zones.Count, (table, z) =>
        {
            RuleCombinations combinations = run.Combinations;
            rules ??= [.. combinations.All.Select(Of)];
            for (int p = 0; p < run.Job.Periods.Count; p++)
            {
                Cell[] keys = [.. Columns.Of(run.Zones[z]), .. Columns.Of(run.Job, p), Columns.AsReported(p), .. rules[0]];
                PairAreas[] areas = combinations.Of(z, p);
                for (int c = 0; c < areas.Length; c++)
                {
                    PairAreas of = areas[c];
                    Area degraded = of.Reported(p == 0, Condition.Degraded);
                    rules[c].CopyTo(keys, keys.Length - rules[c].Length);
                    table.Add(
                        keys, Columns.Degraded.Is(degraded), Columns.Stable.Is(of.Reported(p == 0, Condition.Stable)),
                        Columns.Improved.Is(of.Reported(p == 0, Condition.Improved)),
                        Columns.NoData.Is(of.Reported(p == 0, Condition.NoData)),
                        Columns.DegradedOfLand.Is(degraded.PercentOf(of.Land(p == 0))), InForce.Is(c == combinations.InForce));
                }
            }
        });
    }

    /// <summary>What a combination is, as words.</summary>
    private static Cell[] Of(RuleCombination rules) =>
    [
        Missing.Is(rules.Missing is { } policy ? RuleCombination.Text(policy) : ""),
        SocThreshold.Is(rules.SocThreshold is { } threshold ? RuleCombination.Text(threshold) : ""),
        SocInclusive.Is(rules.SocInclusive is { } inclusive ? RuleCombination.Text(inclusive) : ""),
        LpdTable.Is(rules.LpdTable ?? ""), Product.Is(rules.Product ?? ""),
    ];
}
