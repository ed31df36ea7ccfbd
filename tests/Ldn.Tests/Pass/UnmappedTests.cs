using Ldn.Counting;
using Ldn.Pass;
using Ldn.Rasters;

namespace Ldn.Tests.Pass;

/// <summary>Values without meaning: counted inside zones only, exactly, whatever the order of the parts.</summary>
internal sealed class UnmappedTests
{
    [Test]
    public void UnknownClassesAndImpossibleStocksAreCountedInsideZonesOnly()
    {
        using var run = new WorldRun(new WorldOptions(31) { Soil = "float32", Periods = 1 });
        World world = run.World;
        int[] inside = [.. Enumerable.Range(0, world.Cells).Where(c => world.ZonesAt(c).Any()).Take(5)];
        int outside = Enumerable.Range(0, world.Cells).First(c => !world.ZonesAt(c).Any());
        short[] cover = [.. world.Covers[0].Select(v => (short)v)];
        float[] stock = [.. world.Stocks[1].Select(v => v < 0 ? -3.4e38f : v)];
        (cover[inside[0]], cover[inside[1]], cover[inside[2]], cover[outside]) = (77, 77, -5, 78);
        (stock[inside[3]], stock[outside]) = (-2.5f, -9);
        Replace(world, "cover0", CellType.Int16, cover, null);
        Replace(world, "stock1", CellType.Float32, stock, -3.4e38);

        using Ldn.Run.RunPlan plan = Ldn.Run.RunPlanner.Plan(run.Plan.Job, world.Geodata);
        PassResult result = IndicatorPass.Run(plan.Pass, IndicatorPass.Units(plan.Pass), [], 2, null, CancellationToken.None);
        Area Area(params int[] cells) => Ldn.Counting.Area.Sum(
            cells.Select(c => new Area(plan.Pass.Areas.OfRow(c / world.Grid.Width))));
        Assert.That(result.Unmapped.Rows.Select(r => (plan.Pass.Inputs[r.Input].File, r.Value, r.Pixels, r.Area)), Is
            .EqualTo(new[]
        {
            ("cover0", -5.0, 1L, Area(inside[2])),
            ("cover0", 77.0, 2L, Area(inside[0], inside[1])),
            ("stock1", -2.5, 1L, Area(inside[3])),
        }));
    }

    /// <summary>
    /// Beyond the values listed one by one the rest is one figure; which are listed must not depend on who found them first.
    /// </summary>
    [Test]
    public void MoreValuesThanAreListedMergeToTheSameInAnyOrder()
    {
        var random = new Random(5);
        (int Input, double Value)[] values = [
            .. Enumerable.Range(0, 4000).Select(_ => (random.Next(2), (double)random.Next(3000)))];
        Dictionary<(int, double), long> counts = values.CountBy(v => v).ToDictionary(v => v.Key, v => (long)v.Value);
        string[] contents = [.. Enumerable.Range(0, 4).Select(parts =>
        {
            var all = new UnmappedValues();
            foreach (var part in values.OrderBy(_ => random.Next()).Chunk(1 + (parts * 900)))
            {
                var one = new UnmappedValues();
                foreach ((int input, double value) in part)
                    one.Add(input, value, 1, new Area(10));
                all.Merge(one);
            }

            Assert.That(all.Rows.Sum(r => r.Pixels), Is.EqualTo(values.Length), "nothing is lost");
            foreach ((int input, double value, long pixels, Area area) in all.Rows.Where(r => !double.IsNaN(r.Value)))
                Assert.That(
                    (pixels, area), Is.EqualTo((counts[(input, value)], new Area(10 * counts[(input, value)]))),
                    "what is listed is whole");
            return string.Join('\n', all.Rows);
        })];
        Assert.That(contents.Distinct().Count(), Is.EqualTo(1));
    }

    private static void Replace(World world, string name, CellType type, Array values, double? noData) =>
        world.Geodata.Rasters[name] = new MemoryRaster(world.Grid, type, values) { NoData = noData };
}
