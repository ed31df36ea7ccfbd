using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Pass;

namespace Ldn.Tables;

/// <summary>
/// sensitivity.csv: the reported figure under each alternative rule, one changed at a time, from the same pass (method §12).
/// </summary>
public static class Sensitivity
{
    /// <summary>
    /// Figures of one zone under one variant: areas by status in three classes, then by condition; each from no data to improved.
    /// </summary>
    private const int Figures = 8;

    /// <summary>Figures held at once, 32 bytes each.</summary>
    private const int MostFigures = 1 << 20;

    /// <summary>What a joint code comes to beside the conditions 0…3.</summary>
    private const byte Water = 4;

    /// <summary>Thresholds whose edges every pass ranks, beside the one in force.</summary>
    public static IReadOnlyList<double> Thresholds { get; } = [5, 10, 15];

    public static Column<string> Rule { get; } = Column.Text("rule", "The one rule that is changed.");

    public static Column<string> Option { get; } = Column.Text("option", "Its value; the one in force is among them.");

    private static readonly (Condition Condition, Column<Area> Column)[] s_ownConditions =
    [
        .. new[] { Condition.Degraded, Condition.Stable, Condition.Improved, Condition.NoData }.Select(
            (c, i) => (c, Column.Area($"condition_{c.Name()}_km2", i == 0 ? "The period's own condition." : "Likewise."))),
    ];

    public static ResultTable Table(RunStatistics run) => Table(run, MostFigures);

    internal static ResultTable Table(RunStatistics run, int mostFigures)
    {
        var table = Columns.Table("sensitivity", "The indicator under alternative rules",
        [
            Columns.ZoneId, Columns.ZoneKind, Columns.Period, Rule, Option,
            Columns.Degraded.Meaning("Reported figure: by condition in the baseline, by status afterwards."), Columns.Stable,
            Columns.Improved,
            Columns.NoData, .. s_ownConditions.Select(c => c.Column),
            Columns.Basis.Meaning(
                "What the reported figures count by: condition, of the period itself; or status, against the baseline."),
        ]);
        (string Rule, string Option, IndicatorTables Tables)[] variants = [.. Variants(run)];
        // Figures of every variant at once, but no more of them than memory should hold where zones are many.
        int together = Math.Clamp(mostFigures / Math.Max(1, run.Zones.Count * Figures), 1, variants.Length);
        foreach ((string Rule, string Option, IndicatorTables Tables)[] some in variants.Chunk(together))
        {
            Amount[][][] figures = [
                .. Enumerable.Range(0, run.Job.Periods.Count).Select(p => Count(run, p, [.. some.Select(v => v.Tables)]))];
            for (int v = 0; v < some.Length; v++)
            {
                for (int p = 0; p < run.Job.Periods.Count; p++)
                {
                    for (int z = 0; z < run.Zones.Count; z++)
                    {
                        Amount[] ofZone = figures[p][z];
                        Area Own(Condition c) => ofZone[(v * Figures) + 4 + (int)c].Area;
                        Area Status(Condition c) => ofZone[(v * Figures) + (int)c].Area;
                        table.Add(
                        [
                            .. Columns.Of(run.Zones[z]), .. Columns.Of(run.Job, p), Rule.Is(some[v].Rule),
                            Option.Is(some[v].Option),
                            .. Columns.Of(p == 0 ? Own : Status),
                            .. s_ownConditions.Select(own => own.Column.Is(Own(own.Condition))), Columns.AsReported(p),
                        ]);
                    }
                }
            }
        }

        run.SortByZone(table);
        return table;
    }

    /// <summary>
    /// The figures of a period under several rule sets, by zone, from one walk over the joint codes: of noise they are as many as
    /// cells, so that each row must cost little.
    /// </summary>
    private static Amount[][] Count(RunStatistics run, int period, IndicatorTables[] variants)
    {
        byte[][] states = [.. variants.Select(States)];
        byte[] threeClasses = new byte[16];
        for (int pair = 0; pair < threeClasses.Length; pair++)
            threeClasses[pair] = (byte)StatusLaw.Of((Condition)(pair & 3), (Condition)(pair >> 2), run.Job.Rules.Status)
                .ThreeClass();
        Amount[][] figures = [.. run.Zones.Select(_ => new Amount[variants.Length * Figures])];
        foreach (TallyRow row in run.Pairs(period).Rows())
        {
            Amount amount = RunStatistics.AmountOf(row);
            (byte land, byte soil) = period == 0 ? (row.Plane(0), row.Plane(1)) : (row.Plane(2), row.Plane(3));
            int before = Evidence.Code(row.Plane(0), row.Plane(1)), now = Evidence.Code(land, soil);
            PlaceRecode? recode = run.RecodeOf(row.Place);
            for (int v = 0; v < variants.Length; v++)
            {
                byte from = recode is null ? states[v][before] : State(recode.Apply(variants[v], 0, row.Plane(0), row.Plane(1)));
                byte to = recode is null ? states[v][now] : State(recode.Apply(variants[v], period, land, soil));
                if (to == Water)
                    continue;
                foreach (int zone in run.ZonesOf(row))
                {
                    Amount[] sums = figures[zone];
                    sums[(v * Figures) + 4 + to] += amount;
                    if (from != Water)
                        sums[(v * Figures) + threeClasses[from | (to << 2)]] += amount;
                }
            }
        }

        return figures;
    }

    /// <summary>The indicator of every joint code under a rule set, or <see cref="Water"/>.</summary>
    private static byte[] States(IndicatorTables tables)
    {
        byte[] land = new byte[Evidence.Codes], soil = new byte[Evidence.Codes], states = new byte[Evidence.Codes];
        for (int code = 0; code < states.Length; code++)
            (land[code], soil[code]) = ((byte)(code / Evidence.Limit), (byte)(code % Evidence.Limit));
        IndicatorKernel.Indicator(land, soil, states, tables);
        for (int code = 0; code < states.Length; code++)
            if (Evidence.Water(land[code]))
                states[code] = Water;
        return states;
    }

    private static byte State(Outcome outcome) => outcome.Water ? Water : (byte)outcome.Indicator;

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
            t.UsesLandCover, t.ProductivityConditions, run.SoilCarbonRank.Conditions(threshold, inclusive), t.Policy,
            t.MaskWater);
    }

    private static string ResultNumber(double number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
