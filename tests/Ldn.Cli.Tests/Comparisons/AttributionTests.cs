using System.Numerics;
using Ldn.Compare;
using Ldn.Counting;
using Ldn.Tables;

namespace Ldn.Cli.Tests.Comparisons;

/// <summary>
/// Causes against the program itself: the figure under every set of factors is that of a job which takes these inputs from one
/// run and the others from the other, and contributions are the mean over all orders, by counting them out.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class AttributionTests
{
    private static readonly Column<Area>[] s_quantities =
    [
        Columns.Land, ConditionTables.Valid, ConditionTables.Water, Columns.NoData, Columns.Degraded, Columns.Stable,
        Columns.Improved,
    ];

    [TestCase(11, false, Factor.LandCover, Factor.Productivity, Factor.Zones, TestName = "other legends and regions, one")]
    [TestCase(12, true, Factor.Grid, Factor.LandCover, Factor.Rules, TestName = "other legends and regions, two")]
    [TestCase(1, false, Factor.Zones, Factor.Grid, Factor.LandCover, Factor.Productivity)]
    [TestCase(2, true, Factor.SoilCarbon, Factor.Rules, Factor.Corrections, Factor.Zones)]
    [TestCase(3, true, Factor.Grid, Factor.Rules, Factor.Corrections)]
    public void ContributionsAreTheMeansOverAllOrdersOfRealRuns(int seed, bool corrected, params Factor[] factors)
    {
        using var worlds = new TwoWorlds(seed, ownLegends: seed > 10);
        HoldAgainstAllOrders(worlds, corrected, factors);
    }

    /// <summary>
    /// What differs by region is part of its sub-indicator; of the regions' own thresholds both runs have the same.
    /// </summary>
    [TestCase(ByRegion.Inputs, 21, Factor.Productivity, Factor.SoilCarbon, Factor.Rules)]
    [TestCase(ByRegion.Inputs, 22, Factor.Zones, Factor.Productivity, Factor.SoilCarbon)]
    [TestCase(ByRegion.Thresholds, 23, Factor.Zones, Factor.SoilCarbon, Factor.Rules)]
    public void SoTheyAreWhereRegionsHaveRulesOfTheirOwn(ByRegion byRegion, int seed, params Factor[] factors)
    {
        using var worlds = new TwoWorlds(seed, byRegion: byRegion);
        HoldAgainstAllOrders(worlds, true, factors);
    }

    /// <summary>Other thresholds by region cannot be put in place of each other: tables alone are compared.</summary>
    [Test]
    public void OtherThresholdsByRegionAreNotToldApart()
    {
        using var worlds = new TwoWorlds(24, byRegion: ByRegion.Thresholds);
        string job = worlds.Job([], false);
        worlds.Run(job, "a");
        worlds.Run(job.Replace("\"socThreshold\": 4", "\"socThreshold\": 6", StringComparison.Ordinal), "b");
        Comparison found = worlds.Compare("a", "b");
        Assert.That(found.Missing, Does.Contain("regions have thresholds"));
        Assert.That(found.Changes.SelectMany(c => c.Figures), Is.Empty);
    }

    private static void HoldAgainstAllOrders(TwoWorlds worlds, bool corrected, Factor[] factors)
    {
        ResultTable[] headlines = [.. Enumerable.Range(0, 1 << factors.Length).Select(set => worlds.Run(
            worlds.Job([.. factors.Where((_, i) => (set >> i & 1) != 0)], corrected), $"run{set}"))];
        Comparison found = worlds.Compare("run0", $"run{headlines.Length - 1}", "compare");
        Assert.That(found.Missing, Is.Null);
        Assert.That(found.Changes, Has.Count.EqualTo(3 * 2));
        foreach (HeadlineChange change in found.Changes)
        {
            string period = found.After.Periods[change.Pair.After].Id;
            foreach (Column<Area> column in s_quantities)
            {
                Int128[] values = [.. headlines.Select(h => h.Rows.Single(
                    r => r[Columns.ZoneId] == change.Zone.Id && r[Columns.Period] == period)[column]!.Value.SquareMillimetres)];
                FigureChange figure = change.Figures.Single(f => f.Quantity == column.Name);
                string at = $"{change.Zone.Id} {period} {column.Name}";
                Assert.That(figure.Before.SquareMillimetres, Is.EqualTo(values[0]), at);
                Assert.That(figure.After.SquareMillimetres, Is.EqualTo(values[^1]), at);
                Assert.That(figure.Parts.Select(p => p.Factor), Is.EquivalentTo(factors), at);
                foreach (Part part in figure.Parts)
                    AssertPart(part, Effects(values, Array.IndexOf(factors, part.Factor), factors.Length), at);
                Assert.That(
                    Area.Sum(figure.Parts.Select(p => p.Contribution)),
                    Is.EqualTo(Printed(figure.After) - Printed(figure.Before)), at);
            }
        }

        Assert.That(found.Changes.Any(c => c.Parts.Count(p => !p.Contribution.IsZero) == factors.Length), "a world that tells");
    }

    /// <summary>
    /// A later period is reached by way of the last one that both have: its recalculation by factors, then the change of the run
    /// after itself.
    /// </summary>
    [Test]
    public void ALaterPeriodComesLastAndApart()
    {
        using var worlds = new TwoWorlds(8);
        worlds.Run(worlds.Job([], false), "a");
        string job = worlds.Job([Factor.Productivity, Factor.SoilCarbon], false)
            .Replace("\"report_1\": {", "\"report_2\": { \"landCover\": [2015, 2019], \"productivity\": [2005, 2019], "
                + "\"soilCarbon\": [2015, 2019] }, \"report_1\": {", StringComparison.Ordinal)
            .Replace("\"report_1\": \"lpd", "\"report_2\": \"lpd2015b.tif\", \"report_1\": \"lpd", StringComparison.Ordinal);
        ResultTable headline = worlds.Run(job, "b");
        Comparison found = worlds.Compare("a", "b", "c");
        Assert.That(found.Missing, Is.Null);
        Assert.That(
            found.Pairs.Select(p => (p.Before, p.After, p.New, p.IsSameYears)),
            Is.EqualTo(new (int, int, int?, bool)[] { (0, 0, null, true), (1, 1, null, true), (1, 1, 2, true) }));
        foreach (CommonZone zone in found.Zones)
        {
            HeadlineChange[] changes = [.. found.Changes.Where(c => c.Zone == zone)];
            (HeadlineChange same, HeadlineChange later) = (changes[1], changes[2]);
            Area Of(string period) => headline.Rows.Single(
                r => r[Columns.ZoneId] == zone.Id && r[Columns.Period] == period)[Columns.Degraded]!.Value;
            Part period = later.Parts.Single(p => p.Factor == Factor.Period);
            Int128 off = (period.Contribution - (Of("report_2") - Of("report_1"))).SquareMillimetres;
            Assert.That(Int128.Abs(off), Is.LessThanOrEqualTo((Int128)2_000_000));
            Assert.That(period.FirstIn, Is.Null);
            Assert.That(
                later.Parts.Where(p => p.Factor != Factor.Period).Select(p => (p.Factor, p.FirstIn, p.LastIn, p.Low, p.High)),
                Is.EqualTo(same.Parts.Select(p => (p.Factor, p.FirstIn, p.LastIn, p.Low, p.High))));
            FigureChange figure = later.Figures.Single(f => f.Quantity == Columns.Degraded.Name);
            Assert.That(figure.After, Is.EqualTo(Printed(Of("report_2"))));
            Assert.That(
                Area.Sum(figure.Parts.Select(p => p.Contribution)), Is.EqualTo(Printed(figure.After) - Printed(figure.Before)));
        }

        Assert.That(Tolerance.Beyond(found, 0).Any(c => c.Pair.New is not null), Is.False);
    }

    /// <summary>The merge of a run in shards is as good a result as any: its plan is made again, and nothing differs.</summary>
    [Test]
    public void ARunInShardsIsComparedLikeAnyOther()
    {
        using var worlds = new TwoWorlds(9);
        string job = worlds.Job([], true);
        worlds.Run(worlds.Job([Factor.Productivity], true), "b");
        worlds.Work.Text("job.json", job);
        Assert.That(InProcess.Run(worlds.Work, ["plan", "job.json", "--shards", "1", "-o", worlds.Work["plan.json"]]), Is.Zero);
        Assert.That(InProcess.Run(worlds.Work, ["compute", "--plan", worlds.Work["plan.json"], "--shard", "0"]), Is.Zero);
        Assert.That(InProcess.Run(worlds.Work, ["merge", worlds.Work["plan.json"], "--out", "merged"]), Is.Zero);
        worlds.Run(job, "a");
        Comparison same = worlds.Compare("a", "merged"), other = worlds.Compare("merged", "b");
        Assert.That((same.Differing, same.Missing, other.Missing), Is.EqualTo((0, (string?)null, (string?)null)));
        Assert.That(
            other.Changes.SelectMany(c => c.Parts).Select(p => p.Factor).Distinct(), Is.EqualTo(new[] { Factor.Productivity }));
    }

    [Test]
    public void SwappingTheSidesFlipsEverySign()
    {
        using var worlds = new TwoWorlds(4);
        worlds.Run(worlds.Job([], true), "a");
        worlds.Run(worlds.Job([.. TwoWorlds.Mixable], true), "b");
        Comparison there = worlds.Compare("a", "b", "there", threads: 2), back = worlds.Compare("b", "a", "back");
        foreach ((HeadlineChange one, HeadlineChange other) in there.Changes.Zip(back.Changes))
        {
            foreach ((FigureChange figure, FigureChange turned) in one.Figures.Zip(other.Figures))
            {
                Assert.That(
                    turned.Parts.Select(p => (p.Factor, p.Contribution, p.FirstIn, p.Low)),
                    Is.EqualTo(figure.Parts.Select(p => (p.Factor, -p.Contribution, (Area?)-p.LastIn, -p.High))));
            }
        }

        string[] Cells(string folder, string from, string to) => [.. CsvRows.Read(worlds.Work[$"{folder}/compare_cells.csv"])
            .Select(r => r.Key("zone_id", "period", "basis", from, to, "pixels", "area_km2"))];
        Assert.That(Cells("back", "after", "before"), Is.EquivalentTo(Cells("there", "before", "after")));
        Assert.That(
            there.Table.Rows.Select(r => r.Values[6]).OfType<Ratio>().Aggregate((a, b) => a + b),
            Is.EqualTo(new Ratio(0, 1) - back.Table.Rows.Select(r => r.Values[6]).OfType<Ratio>().Aggregate((a, b) => a + b)));
    }

    [Test]
    public void EqualRunsDifferInNothing()
    {
        using var worlds = new TwoWorlds(5);
        worlds.Run(worlds.Job([], true), "a");
        worlds.Run(worlds.Job([], true), "b");
        Comparison found = worlds.Compare("a", "b", "compare");
        Assert.That(found.Differing, Is.Zero);
        Assert.That(found.Table.Rows, Is.Not.Empty);
        Assert.That(found.Changes.SelectMany(c => c.Figures).SelectMany(f => f.Parts), Is.Empty);
        Assert.That(
            CsvRows.Read(worlds.Work["compare/compare_cells.csv"]).Select(r => (r["before"], r["after"])),
            Has.All.Matches<(string, string)>(c => c.Item1 == c.Item2));
        Assert.That(File.ReadLines(worlds.Work["compare/compare_attribution.csv"]).Count(), Is.EqualTo(1));
    }

    /// <summary>Cells of each class, before and after, are those of the run's own tables.</summary>
    [Test]
    public void CellsAddUpToTheTablesOfBothRuns()
    {
        using var worlds = new TwoWorlds(6);
        worlds.Run(worlds.Job([], false), "a");
        worlds.Run(worlds.Job([Factor.Zones, Factor.LandCover, Factor.Rules], false), "b");
        worlds.Compare("a", "b", "compare");
        List<CsvLine> cells = CsvRows.Read(worlds.Work["compare/compare_cells.csv"]);
        foreach ((string run, string side) in new[] { ("a", "before"), ("b", "after") })
        {
            var counted = cells.Where(c => c[side] != "outside")
                .GroupBy(c => c.Key("zone_id", "period", "basis", side)).ToDictionary(g => g.Key, g => g.Sum(c => c.Pixels));
            foreach (CsvLine row in CsvRows.Read(worlds.Work[$"{run}/summary.csv"]))
            {
                string? basis = row["indicator"] switch { "sdg_15_3_1" => "condition", "status_expanded" => "status", _ => null };
                if (basis is not null)
                    Assert.That(
                        counted.GetValueOrDefault($"{row["zone_id"]}/{row["period"]}/{basis}/{row["class"]}"),
                        Is.EqualTo(row.Pixels), $"{run} {row["zone_id"]} {row["period"]} {basis} {row["class"]}");
            }
        }
    }

    private static void AssertPart(Part part, Int128[] effects, string at)
    {
        Assert.That((part.Low.SquareMillimetres, part.High.SquareMillimetres), Is.EqualTo((effects.Min(), effects.Max())), at);
        Assert.That(part.FirstIn!.Value.SquareMillimetres, Is.EqualTo(effects[0]), at);
        Assert.That(part.LastIn.SquareMillimetres, Is.EqualTo(effects[^1]), at);
        // Printed to a square metre; the mean of 24 orders to the millimetre and beyond.
        BigInteger sum = effects.Aggregate(BigInteger.Zero, (s, e) => s + (BigInteger)e);
        BigInteger off = ((BigInteger)part.Contribution.SquareMillimetres * effects.Length) - sum;
        Assert.That(BigInteger.Abs(off), Is.LessThan(2_000_000 * (BigInteger)effects.Length), at);
    }

    /// <summary>The effect of a factor in every order of all, that in which it is first to begin with, last at the end.</summary>
    private static Int128[] Effects(Int128[] values, int factor, int count) =>
        [.. Orders([.. Enumerable.Range(0, count)]).Select(order => order.TakeWhile(f => f != factor).Sum(f => 1 << f))
            .OrderBy(set => BitOperations.PopCount((uint)set)).Select(set => values[set | 1 << factor] - values[set])];

    private static IEnumerable<int[]> Orders(int[] left) => left.Length == 0 ? [[]]
        : left.SelectMany(first => Orders([.. left.Where(l => l != first)]).Select(rest => rest.Prepend(first).ToArray()));

    private static Area Printed(Area area) =>
        Area.OfSquareKilometres(decimal.Parse(area.ToString(), System.Globalization.CultureInfo.InvariantCulture));
}
