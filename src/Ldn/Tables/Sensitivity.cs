using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Productivity;

namespace Ldn.Tables;

/// <summary>
/// sensitivity.csv: the reported figure under each alternative rule, one changed at a time, from the same pass (method §12).
/// </summary>
internal static class Sensitivity
{
    public static Column<string> Rule { get; } = Column.Text("rule", "The one rule that is changed.");

    public static Column<string> Option { get; } = Column.Text("option", "Its value; the one in force is among them.");

    private static readonly (Condition Condition, Column<Area> Column)[] s_ownConditions =
    [
        .. new[] { Condition.Degraded, Condition.Stable, Condition.Improved, Condition.NoData }.Select(
            (c, i) => (c, Column.Area($"condition_{c.Name()}_km2", i == 0 ? "The period's own condition." : "Likewise."))),
    ];

    public static ResultTable Table(RunStatistics run)
    {
        (string Rule, string Option, int Combination)[]? variants = null;
        (string Option, PeriodFigures[][] Figures)[]? tests = null;
        return Columns.Table("sensitivity", "The indicator under alternative rules",
        [
            Columns.ZoneId, Columns.ZoneKind, Columns.Period, Rule, Option,
            Columns.Degraded.Meaning("Reported figure: by condition in the baseline, by status afterwards."), Columns.Stable,
            Columns.Improved,
            Columns.NoData, .. s_ownConditions.Select(c => c.Column),
            Columns.Basis.Meaning(
                "What the reported figures count by: condition, of the period itself; or status, against the baseline."),
        ]).MadeBy(run.Zones.Count, (table, z) =>
        {
            variants ??= [.. Variants(run)];
            tests ??= [.. TrendTests(run)];
            PairAreas[][] areas = [.. Enumerable.Range(0, run.Job.Periods.Count).Select(p => run.Combinations.Of(z, p))];
            Cell[] zone = Columns.Of(run.Zones[z]);
            Cell[][] keys = [.. Enumerable.Range(0, areas.Length).Select(
                p => (Cell[])[.. zone, .. Columns.Of(run.Job, p), Columns.AsReported(p)])];
            foreach ((string rule, string option, int combination) in variants)
            {
                for (int p = 0; p < run.Job.Periods.Count; p++)
                {
                    PairAreas of = areas[p][combination];
                    Cell Own(int own) => s_ownConditions[own].Column.Is(of.Own(s_ownConditions[own].Condition));
                    table.Add(
                        keys[p], Rule.Is(rule), Option.Is(option), Columns.Degraded.Is(of.Reported(p == 0, Condition.Degraded)),
                        Columns.Stable.Is(of.Reported(p == 0, Condition.Stable)),
                        Columns.Improved.Is(of.Reported(p == 0, Condition.Improved)),
                        Columns.NoData.Is(of.Reported(p == 0, Condition.NoData)), Own(0), Own(1), Own(2), Own(3));
                }
            }

            foreach ((string option, PeriodFigures[][] figures) in tests)
                for (int p = 0; p < figures.Length; p++)
                    table.Add(
                    [
                        .. keys[p], Rule.Is("significance"), Option.Is(option),
                        .. Columns.Of(c => figures[p][z].Reported(p == 0).Of(c).Area),
                        .. s_ownConditions.Select(own => own.Column.Is(figures[p][z].Condition(0, own.Condition).Area)),
                    ]);
        });
    }

    /// <summary>
    /// The rule in force on the significance of a trend, then its named corrections for autocorrelation (firmness U2), with the
    /// figures by period and zone; none where none was asked.
    /// </summary>
    private static IEnumerable<(string Option, PeriodFigures[][] Figures)> TrendTests(RunStatistics run)
    {
        bool first = true;
        foreach (Autocorrelation correction in Enum.GetValues<Autocorrelation>().Skip(1))
        {
            PeriodFigures[][] figures = [.. Enumerable.Range(0, run.Job.Periods.Count)
                .Select(p => ReworkedFigures.Of(run, ReworkedFigures.NameOf(correction), p)?.Period).OfType<PeriodFigures[]>()];
            if (figures.Length == 0)
                continue;
            if (first)
                yield return (
                    ProductivityOptions.NameOf(run.Job.Productivity!.Series!.Options.Significance), run.Figures());
            first = false;
            yield return (ProductivityOptions.NameOf(correction), figures);
        }
    }

    /// <summary>The combinations that differ from the one in force by one rule at most, rule by rule.</summary>
    private static IEnumerable<(string Rule, string Option, int Combination)> Variants(RunStatistics run)
    {
        Rules rules = run.Job.Rules;
        foreach (MissingDataPolicy policy in Enum.GetValues<MissingDataPolicy>())
            yield return ("missing", RuleCombination.Text(policy), Of(rules with { Missing = policy }));
        RuleCombination[] all = [.. run.Combinations.All];
        foreach (double threshold in all.Select(c => c.SocThreshold).OfType<double>().Distinct())
            yield return ("soc_threshold", RuleCombination.Text(threshold), Of(rules with { SocThreshold = threshold }));
        foreach (
            bool inclusive in all.Where(c => c.SocThreshold == rules.SocThreshold).Select(c => c.SocInclusive).OfType<bool>()
                .Distinct())
            yield return ("soc_inclusive", RuleCombination.Text(inclusive), Of(rules with { SocInclusive = inclusive }));
        foreach (string table in all.Select(c => c.LpdTable).OfType<string>().Distinct())
            yield return ("lpd_table", table, Of(rules with { LpdTable = table }));

        int Of(Rules r) => run.Combinations.IndexOf(r.Missing, r.SocThreshold, r.SocInclusive, r.LpdTable);
    }
}
