using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Run;
using Ldn.Tables;
using Ldn.Tests.Pass;

namespace Ldn.Tests.Tables;

/// <summary>What must hold of the tables of any run, shown on random worlds.</summary>
[Category("Slow")]
internal sealed class InvariantTests
{
    private static IEnumerable<WorldOptions> Worlds()
    {
        yield return new WorldOptions(41) { Corrections = true };
        yield return new WorldOptions(42)
        {
            Productivity = ProductivityKind.Parts,
            Policy = MissingDataPolicy.Available,
            Map = "mercator"
        };
        yield return new WorldOptions(43) { LandCover = false, Policy = MissingDataPolicy.Precautionary, Soil = "change" };
        yield return new WorldOptions(44) { Regions = true, Status = StatusRule.Progress2022, Soil = "float32" };
    }

    [TestCaseSource(nameof(Worlds))]
    public void TheClassesAddUpToLandAndWithWaterToTheZone(object options)
    {
        using var world = new WorldRun((WorldOptions)options);
        RunStatistics run = Run(world);
        ResultTable summary = HandRun.Table(run, "summary"), headline = HandRun.Table(run, "headline");
        foreach (SummaryZone zone in run.Zones)
        {
            int members = Enumerable.Range(0, world.World.Cells)
                .Count(cell => world.World.ZonesAt(cell).Any(z => $"{z}" == zone.Id || In(zone.Id, z)));
            foreach (Period period in run.Job.Periods)
            {
                var rows = summary.Rows.Where(r => r[Columns.ZoneId] == zone.Id && r[Columns.Period] == period.Id)
                    .GroupBy(r => r[Columns.Indicator]!).ToList();
                Assert.That(
                    rows,
                    Has.Count.EqualTo(
                        run.Job.SubIndicators.Count() + 1 + (period.IsBaseline ? 0 : 2 + run.Job.SubIndicators.Count())));
                Row reported = headline.Rows.Single(r => r[Columns.ZoneId] == zone.Id && r[Columns.Period] == period.Id);
                foreach (IGrouping<string, Row> indicator in rows)
                {
                    Assert.That(
                        indicator.Sum(r => r[Columns.Pixels]), Is.EqualTo(members),
                        $"{zone.Id} {period.Id} {indicator.Key}: pixels");
                    bool status = indicator.Key.StartsWith("status", StringComparison.Ordinal);
                    if (status == !period.IsBaseline)
                    {
                        Assert.That(
                            Sum(indicator.Where(r => r[Columns.Class] != "water")), Is.EqualTo(reported[Columns.Land]),
                            $"{zone.Id} {period.Id} {indicator.Key}: land");
                        Assert.That(
                            Sum(indicator.Where(r => r[Columns.Class] == "water")), Is.EqualTo(reported[ConditionTables.Water]),
                            $"{zone.Id} {period.Id} {indicator.Key}: water");
                    }
                }

                Assert.That(
                    reported[ConditionTables.Valid] + reported[Columns.NoData], Is.EqualTo(reported[Columns.Land]),
                    "valid + no data = land");
            }
        }
    }

    /// <summary>Each alternative of the sensitivity table is the headline of a run that was made under it.</summary>
    [TestCaseSource(nameof(Worlds))]
    public void TheSensitivityTableSaysWhatARunUnderThatRuleSays(object options)
    {
        var chosen = (WorldOptions)options;
        using var world = new WorldRun(chosen);
        ResultTable sensitivity = HandRun.Table(Run(world), "sensitivity");
        foreach (MissingDataPolicy policy in Enum.GetValues<MissingDataPolicy>())
        {
            using var other = new WorldRun(chosen with { Policy = policy });
            ResultTable headline = HandRun.Table(Run(other), "headline");
            Assert.That(
                Figures(sensitivity, "missing", policy.ToString().ToLowerInvariant()), Is.EqualTo(Figures(headline)),
                $"{policy}");
        }

        string[] inForce = Figures(HandRun.Table(Run(world), "headline"));
        Assert.That(Figures(sensitivity, "soc_threshold", "10"), Is.EqualTo(inForce));
        Assert.That(Figures(sensitivity, "soc_inclusive", "false"), Is.EqualTo(inForce));
        Assert.That(Figures(sensitivity, "soc_inclusive", "true"), Is.Not.EqualTo(inForce), "ties of exactly 10 % occur");
        if (chosen.Productivity == ProductivityKind.Parts)
            Assert.That(Figures(sensitivity, "lpd_table", "gpg-v1"), Is.EqualTo(inForce));
    }

    [TestCaseSource(nameof(Worlds))]
    public void SplittingAZoneChangesNoSum(object options)
    {
        using var world = new WorldRun((WorldOptions)options);
        RunStatistics whole = Run(world);

        // Zone 2 is torn at random, cell by cell, into 2 and 4.
        var random = new Random(6);
        int[] torn = [.. world.World.Layers[0].Select(z => z == 2 && random.Next(2) == 0 ? 4 : z)];
        world.World.Geodata.Rasters["zones0"] = new MemoryRaster(world.World.Grid, CellType.Int32, torn) { NoData = 0 };
        using RunPlan plan = RunPlanner.Plan(world.Plan.Job, world.World.Geodata);
        var split = new RunStatistics(
            plan.Job, plan.Zones, plan.PlaceIndex, plan.Pass.Recodes, plan.Pass.Tables, plan.Pass.SoilCarbonRank,
            IndicatorPass.Run(plan.Pass, IndicatorPass.Units(plan.Pass), [], 2, null, CancellationToken.None));
        Dictionary<string, (long, Area)> before = Sums(whole, id => id), after = Sums(split, id => id == "4" ? "2" : id);

        // Group G2 names its members; the new zone 4 is in none, so that only zones are compared.
        foreach (string key in before.Keys.Where(k => k[0] != 'G'))
            Assert.That(after[key], Is.EqualTo(before[key]), key);
    }

    [Test]
    public void TheOrderOfReportingPeriodsDoesNotMatter()
    {
        using var world = new WorldRun(new WorldOptions(45) { Corrections = true });
        Dictionary<string, (long, Area)> before = Sums(Run(world), id => id);
        Job turned = world.Plan.Job with { Periods = [world.Plan.Job.Periods[0], .. world.Plan.Job.Periods.Skip(1).Reverse()] };
        using RunPlan plan = RunPlanner.Plan(turned, world.World.Geodata);
        var run = new RunStatistics(
            plan.Job, plan.Zones, plan.PlaceIndex, plan.Pass.Recodes, plan.Pass.Tables, plan.Pass.SoilCarbonRank,
            IndicatorPass.Run(plan.Pass, IndicatorPass.Units(plan.Pass), [], 2, null, CancellationToken.None));
        Dictionary<string, (long, Area)> after = Sums(run, id => id);
        Assert.That(after.Keys.Order(), Is.EqualTo(before.Keys.Order()));
        foreach (string key in before.Keys)
            Assert.That(after[key], Is.EqualTo(before[key]), key);
    }

    /// <summary>The cross table carries every rule: the indicator's areas follow from it.</summary>
    [TestCaseSource(nameof(Worlds))]
    public void TheCrossTableAddsUpToTheSummary(object options)
    {
        if (((WorldOptions)options).Corrections)
            options = ((WorldOptions)options) with { Corrections = false };
        using var world = new WorldRun((WorldOptions)options);
        RunStatistics run = Run(world);
        ILookup<string, Row> cross = HandRun.Table(run, "crosstab_subindicators").Rows.ToLookup(
            r => $"{r[Columns.ZoneId]} {r[Columns.Period]} {r[Columns.Indicator]}");
        foreach (Row row in HandRun.Table(run, "summary").Rows.Where(r => r[Columns.Indicator] == "sdg_15_3_1"))
        {
            string key = $"{row[Columns.ZoneId]} {row[Columns.Period]} {row[Columns.Class]}";
            Assert.That(cross[key].Sum(r => r[Columns.Pixels]), Is.EqualTo(row[Columns.Pixels]), key);
            Assert.That(Sum(cross[key]), Is.EqualTo(row[Columns.TrueArea]), key);
        }
    }

    private static RunStatistics Run(WorldRun world) => world.Statistics(world.Run(world.Units, [], 2));

    private static bool In(string group, int zone) => group == "G2" || (group == "G1" && zone is 1 or 10);

    private static Area Sum(IEnumerable<Row> rows) => Area.Sum(rows.Select(r => r[Columns.TrueArea]!.Value));

    private static string[] Figures(ResultTable headline) => [.. headline.Rows.Select(Figures)];

    private static string[] Figures(ResultTable sensitivity, string rule, string option) =>
        [.. sensitivity.Rows.Where(r => r[Sensitivity.Rule] == rule && r[Sensitivity.Option] == option).Select(Figures)];

    private static string Figures(Row r) =>
        $"{r[Columns.ZoneId]} {r[Columns.Period]} {r[Columns.Degraded]} {r[Columns.Stable]} {r[Columns.Improved]} "
            + $"{r[Columns.NoData]}";

    private static Dictionary<string, (long, Area)> Sums(RunStatistics run, Func<string, string> zone)
    {
        var sums = new Dictionary<string, (long Pixels, Area Area)>();
        foreach (Row row in HandRun.Table(run, "summary").Rows)
        {
            string key = $"{zone(row[Columns.ZoneId]!)} {row[Columns.Period]} {row[Columns.Indicator]} {row[Columns.Class]}";
            (long pixels, Area area) = sums.GetValueOrDefault(key);
            sums[key] = (pixels + row[Columns.Pixels]!.Value, area + row[Columns.TrueArea]!.Value);
        }

        return sums;
    }
}
