using Ldn.Indicator;
using Ldn.Jobs;

namespace Ldn.Tables;

/// <summary>sensitivity.csv: the reported figure under each alternative rule, one changed at a time, from the same pass (method §12).</summary>
public static class Sensitivity
{
    /// <summary>Thresholds whose edges every pass ranks, beside the one in force.</summary>
    public static IReadOnlyList<double> Thresholds { get; } = [5, 10, 15];

    public static ResultTable Table(RunStatistics run)
    {
        var table = new ResultTable("sensitivity", "The indicator under alternative rules",
        [
            new("zone_id", ColumnType.Text, "Zone or group."),
            new("zone_kind", ColumnType.Text, "zone or group."),
            new("period", ColumnType.Text, "baseline, report_1, …"),
            new("rule", ColumnType.Text, "The one rule that is changed."),
            new("option", ColumnType.Text, "Its value; the one in force is among them."),
            new("degraded_km2", ColumnType.Area, "Reported figure: by condition in the baseline, by status afterwards."),
            new("stable_km2", ColumnType.Area, "Likewise."),
            new("improved_km2", ColumnType.Area, "Likewise."),
            new("no_data_km2", ColumnType.Area, "Likewise."),
            new("condition_degraded_km2", ColumnType.Area, "The period's own condition."),
            new("condition_stable_km2", ColumnType.Area, "Likewise."),
            new("condition_improved_km2", ColumnType.Area, "Likewise."),
            new("condition_no_data_km2", ColumnType.Area, "Likewise."),
        ]);
        foreach ((string rule, string option, IndicatorTables tables) in Variants(run))
        {
            for (int p = 0; p < run.Job.Periods.Count; p++)
            {
                PeriodFigures[] figures = run.Figures(p, tables);
                for (int z = 0; z < run.Zones.Count; z++)
                {
                    ReportedFigures reported = figures[z].Reported(p == 0);
                    table.Add(
                        run.Zones[z].Id, run.Zones[z].Kind, run.Job.Periods[p].Id, rule, option,
                        reported.Of(Condition.Degraded).Area, reported.Of(Condition.Stable).Area,
                        reported.Of(Condition.Improved).Area, reported.Of(Condition.NoData).Area,
                        figures[z].Condition(0, Condition.Degraded).Area, figures[z].Condition(0, Condition.Stable).Area,
                        figures[z].Condition(0, Condition.Improved).Area, figures[z].Condition(0, Condition.NoData).Area);
                }
            }
        }

        CrossTables.SortByZone(table, run);
        return table;
    }

    private static IEnumerable<(string Rule, string Option, IndicatorTables Tables)> Variants(RunStatistics run)
    {
        Rules rules = run.Job.Rules;
        IndicatorTables t = run.Tables;
        foreach (MissingDataPolicy policy in Enum.GetValues<MissingDataPolicy>())
        {
            yield return ("missing", policy.ToString().ToLowerInvariant(),
                new IndicatorTables(t.UsesLandCover, t.ProductivityConditions, t.SoilCarbonConditions, policy, t.MaskWater));
        }

        if (run.Job.SoilCarbon is not null)
        {
            foreach (double threshold in Thresholds.Append(rules.SocThreshold).Distinct().Order())
                yield return ("soc_threshold", ResultNumber(threshold), Soil(threshold, rules.SocInclusive));
            // At least no change is every change: an inclusive threshold of 0 is no rule.
            foreach (bool inclusive in rules.SocThreshold > 0 ? new[] { false, true } : [false])
                yield return ("soc_inclusive", inclusive ? "true" : "false", Soil(rules.SocThreshold, inclusive));
        }

        foreach (string name in ProductivityEvidence.Combinations(run.Job))
        {
            Condition[]? conditions = ProductivityEvidence.Conditions(run.Job, name);
            yield return ("lpd_table", name,
                new IndicatorTables(t.UsesLandCover, conditions, t.SoilCarbonConditions, t.Policy, t.MaskWater));
        }

        IndicatorTables Soil(double threshold, bool inclusive) => new(
            t.UsesLandCover, t.ProductivityConditions, run.SoilCarbonRank.Conditions(threshold, inclusive), t.Policy, t.MaskWater);
    }

    private static string ResultNumber(double number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
