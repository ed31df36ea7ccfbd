using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Run;
using Ldn.Tables;
using Ldn.Tests.Pass;

namespace Ldn.Tests.Tables;

/// <summary>Every combination of rules, told from one pass, is what a run made under these rules says (firmness U1).</summary>
internal sealed class RuleCombinationsTests
{
    private static IEnumerable<WorldOptions> Worlds()
    {
        yield return new WorldOptions(61) { Corrections = true };
        yield return new WorldOptions(62)
        {
            Productivity = ProductivityKind.Parts,
            Policy = MissingDataPolicy.Available,
            Map = "mercator",
            Width = 40
        };
        yield return new WorldOptions(63) { LandCover = false, Policy = MissingDataPolicy.Precautionary, Soil = "change" };
        yield return new WorldOptions(64)
        {
            Regions = true,
            Status = StatusRule.Progress2022,
            Soil = "float32",
            Corrections = true
        };
        yield return new WorldOptions(65) { Periods = 1, MaskWater = false };
    }

    [TestCaseSource(nameof(Worlds))]
    public void EachIsARunUnderItsRules(object options)
    {
        using var world = new WorldRun((WorldOptions)options);
        RunStatistics run = world.Statistics(world.Run(world.Units, [], 2));
        ResultTable table = HandRun.Table(run, "combinations");
        int zones = run.Zones.Count, periods = run.Job.Periods.Count, count = run.Combinations.All.Count;
        Assert.That(table.Rows, Has.Count.EqualTo(zones * periods * count));
        Assert.That(count, Is.EqualTo(3 * 3 * 2 * (run.Job.Productivity?.Kind == ProductivityKind.Parts ? 3 : 1)));
        for (int c = 0; c < count; c++)
        {
            RuleCombination rules = run.Combinations.All[c];
            Job job = world.Plan.Job with
            {
                Rules = world.Plan.Job.Rules with
                {
                    Missing = rules.Missing!.Value,
                    SocThreshold = rules.SocThreshold!.Value,
                    SocInclusive = rules.SocInclusive!.Value,
                    LpdTable = rules.LpdTable ?? world.Plan.Job.Rules.LpdTable,
                },
            };
            using RunPlan plan = RunPlanner.Plan(job, world.World.Geodata);
            var other = new RunStatistics(
                plan.Job, plan.Zones, plan.PlaceIndex, plan.Pass.Recodes, plan.Pass.Tables, plan.Pass.SoilCarbonRank,
                IndicatorPass.Run(plan.Pass, IndicatorPass.Units(plan.Pass), [], 2, null, CancellationToken.None));
            Row[] headline = [.. HandRun.Table(other, "headline").Rows];
            for (int i = 0; i < headline.Length; i++)
            {
                Row row = table.Rows[(i * count) + c];
                Assert.That(Figures(row), Is.EqualTo(Figures(headline[i])), $"{rules}");
                Assert.That(row[Combinations.InForce], Is.EqualTo(c == run.Combinations.InForce));
            }
        }
    }

    /// <summary>What cannot act is empty, and no combination stands twice.</summary>
    [Test]
    public void RulesThatCannotActAreEmpty()
    {
        RunStatistics hand = HandRun.Create();
        Assert.That(hand.Combinations.All.Select(c => c.LpdTable), Has.All.Null);
        Assert.That(hand.Combinations.All, Is.Unique);
        foreach (Row row in HandRun.Table(hand, "combinations").Rows)
            Assert.That((row[Combinations.LpdTable], row[Combinations.Product]), Is.EqualTo(("", "")));
        RunStatistics soilAlone = RunStatistics.Empty();
        Assert.That(soilAlone.Combinations.All.Select(c => c.Missing), Has.All.Not.Null, "land cover and soil carbon");
    }

    /// <summary>Bounds of the change against every way to fill in what is not known, cell by cell.</summary>
    [TestCase(StatusRule.Addendum2025)]
    [TestCase(StatusRule.Progress2022)]
    public void BoundsAreTheExtremesOfAllWorldsThatDataAllow(StatusRule rule)
    {
        var random = new Random(9);
        for (int world = 0; world < 60; world++)
        {
            (int From, int To, long Area)[] cells =
                [.. Enumerable.Range(0, 6).Select(_ => (random.Next(5), random.Next(5), (long)random.Next(1, 9)))];
            var areas = new PairAreas(rule);
            foreach ((int from, int to, long area) in cells)
                areas.Add(from, to, new Area(area));
            long land = cells.Where(c => c.From != 4 && c.To != 4).Sum(c => c.Area), landBefore = cells.Where(c =>
                c.From != 4).Sum(c => c.Area);
            if (land == 0 || landBefore == 0)
                continue;
            (var low, var high) = areas.Bounds((from, to) => (Now(from, to), from == 1 ? 1 : 0), landBefore, land);
            double[] all = [.. Filled(cells, 0).Select(w =>
                ((double)w.Sum(c => Now(c.From, c.To) * c.Area) / land) - ((double)w.Sum(c =>
                    c.From == 1 ? c.Area : 0) / landBefore))];
            Assert.That(At(low), Is.EqualTo(all.Min()).Within(1e-12));
            Assert.That(At(high), Is.EqualTo(all.Max()).Within(1e-12));

            double At((Area First, Area Second) sums) =>
                ((double)sums.First.SquareMillimetres / land) - ((double)sums.Second.SquareMillimetres / landBefore);
        }

        int Now(int from, int to) => from != 4 && to != 4 && StatusLaw.Of((Condition)from, (Condition)to,
            rule).ThreeClass() == Condition.Degraded ? 1 : 0;
    }

    private static IEnumerable<(int From, int To, long Area)[]> Filled((int From, int To, long Area)[] cells, int at)
    {
        if (at == cells.Length)
            return [[.. cells]];
        (int before, int now, long area) = cells[at];
        int[] all = [1, 2, 3];
        return (before == 0 ? all : [before]).SelectMany(x => (now == 0 ? all : [now]).SelectMany(
            y => Filled([.. cells[..at], (x, y, area), .. cells[(at + 1)..]], at + 1)));
    }

    private static string Figures(Row r) =>
        $"{r[Columns.ZoneId]} {r[Columns.Period]} {r[Columns.Degraded]} {r[Columns.Stable]} {r[Columns.Improved]} "
        + $"{r[Columns.NoData]} {r[Columns.DegradedOfLand]}";
}
