using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Run;
using Ldn.Tables;
using Ldn.Tests.Pass;

namespace Ldn.Tests.Tables;

/// <summary>What must hold of the tables of any run, shown on random worlds.</summary>
public class InvariantTests
{
    private static IEnumerable<WorldOptions> Worlds()
    {
        yield return new WorldOptions(41) { Corrections = true };
        yield return new WorldOptions(42) { Productivity = ProductivityKind.Parts, Policy = MissingDataPolicy.Available, Map = "mercator" };
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
            int members = Enumerable.Range(0, world.World.Cells).Count(cell => world.World.ZonesAt(cell).Any(z => $"{z}" == zone.Id || In(zone.Id, z)));
            foreach (Period period in run.Job.Periods)
            {
                var rows = summary.Rows.Where(r => (string)r[0]! == zone.Id && (string)r[3]! == period.Id).GroupBy(r => (string)r[4]!).ToList();
                Assert.That(rows, Has.Count.EqualTo(run.Job.SubIndicators.Count() + 1 + (period.IsBaseline ? 0 : 2 + run.Job.SubIndicators.Count())));
                object?[] reported = headline.Rows.Single(r => (string)r[0]! == zone.Id && (string)r[3]! == period.Id);
                foreach (IGrouping<string, object?[]> indicator in rows)
                {
                    Assert.That(indicator.Sum(r => (long)r[6]!), Is.EqualTo(members), $"{zone.Id} {period.Id} {indicator.Key}: pixels");
                    bool status = indicator.Key.StartsWith("status", StringComparison.Ordinal);
                    if (status == !period.IsBaseline)
                    {
                        Assert.That(Sum(indicator.Where(r => (string)r[5]! != "water")), Is.EqualTo(reported[4]), $"{zone.Id} {period.Id} {indicator.Key}: land");
                        Assert.That(Sum(indicator.Where(r => (string)r[5]! == "water")), Is.EqualTo(reported[6]), $"{zone.Id} {period.Id} {indicator.Key}: water");
                    }
                }

                Assert.That((Int128)reported[5]! + (Int128)reported[7]!, Is.EqualTo(reported[4]), "valid + no data = land");
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
            Assert.That(Figures(sensitivity, "missing", policy.ToString().ToLowerInvariant()), Is.EqualTo(Figures(headline)), $"{policy}");
        }

        Assert.That(
            Sensitivity.Table(Run(world), mostFigures: 1).Rows, Is.EqualTo(sensitivity.Rows), "one variant after the other, as for many zones");
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
        Dictionary<string, (long, Int128)> before = Sums(whole, id => id), after = Sums(split, id => id == "4" ? "2" : id);

        // Group G2 names its members; the new zone 4 is in none, so that only zones are compared.
        foreach (string key in before.Keys.Where(k => k[0] != 'G'))
            Assert.That(after[key], Is.EqualTo(before[key]), key);
    }

    [Test]
    public void TheOrderOfReportingPeriodsDoesNotMatter()
    {
        using var world = new WorldRun(new WorldOptions(45) { Corrections = true });
        Dictionary<string, (long, Int128)> before = Sums(Run(world), id => id);
        Job turned = world.Plan.Job with { Periods = [world.Plan.Job.Periods[0], .. world.Plan.Job.Periods.Skip(1).Reverse()] };
        using RunPlan plan = RunPlanner.Plan(turned, world.World.Geodata);
        var run = new RunStatistics(
            plan.Job, plan.Zones, plan.PlaceIndex, plan.Pass.Recodes, plan.Pass.Tables, plan.Pass.SoilCarbonRank,
            IndicatorPass.Run(plan.Pass, IndicatorPass.Units(plan.Pass), [], 2, null, CancellationToken.None));
        Dictionary<string, (long, Int128)> after = Sums(run, id => id);
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
        ILookup<string, object?[]> cross = HandRun.Table(run, "crosstab_subindicators").Rows.ToLookup(r => $"{r[0]} {r[2]} {r[7]}");
        foreach (object?[] row in HandRun.Table(run, "summary").Rows.Where(r => (string)r[4]! == "sdg_15_3_1"))
        {
            string key = $"{row[0]} {row[3]} {row[5]}";
            Assert.That(cross[key].Sum(r => (long)r[8]!), Is.EqualTo(row[6]), key);
            Assert.That(cross[key].Aggregate((Int128)0, (sum, r) => sum + (Int128)r[9]!), Is.EqualTo(row[7]), key);
        }
    }

    private static RunStatistics Run(WorldRun world) => world.Statistics(world.Run(world.Units, [], 2));

    private static bool In(string group, int zone) => group == "G2" || (group == "G1" && zone is 1 or 10);

    private static Int128 Sum(IEnumerable<object?[]> rows) => rows.Aggregate((Int128)0, (sum, r) => sum + (Int128)r[7]!);

    private static string[] Figures(ResultTable headline) => [.. headline.Rows.Select(r => $"{r[0]} {r[3]} {r[8]} {r[9]} {r[10]} {r[7]}")];

    private static string[] Figures(ResultTable sensitivity, string rule, string option) =>
        [.. sensitivity.Rows.Where(r => (string)r[3]! == rule && (string)r[4]! == option).Select(r => $"{r[0]} {r[2]} {r[5]} {r[6]} {r[7]} {r[8]}")];

    private static Dictionary<string, (long, Int128)> Sums(RunStatistics run, Func<string, string> zone)
    {
        var sums = new Dictionary<string, (long Pixels, Int128 Area)>();
        foreach (object?[] row in HandRun.Table(run, "summary").Rows)
        {
            string key = $"{zone((string)row[0]!)} {row[3]} {row[4]} {row[5]}";
            (long pixels, Int128 area) = sums.GetValueOrDefault(key);
            sums[key] = (pixels + (long)row[6]!, area + (Int128)row[7]!);
        }

        return sums;
    }
}
