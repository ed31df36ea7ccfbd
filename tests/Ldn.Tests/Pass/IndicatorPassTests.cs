using System.Runtime.InteropServices;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Run;
using Ldn.Tables;

namespace Ldn.Tests.Pass;

/// <summary>The pass over random worlds against the naive reference, cell by cell and figure by figure.</summary>
[Category("Slow")]
internal sealed class IndicatorPassTests
{
    /// <summary>In the order of <see cref="NaiveWorld.At"/>.</summary>
    private static readonly List<RasterKind> s_layers =
        [IndicatorOutputs.Indicator, IndicatorOutputs.LandCover, IndicatorOutputs.Productivity, IndicatorOutputs.SoilCarbon];

    internal static IEnumerable<WorldOptions> Worlds()
    {
        yield return new WorldOptions(1);
        yield return new WorldOptions(2)
        {
            Soil = "float32",
            Policy = MissingDataPolicy.Available,
            Periods = 1,
            FullExtent = true
        };
        yield return new WorldOptions(3)
        {
            Soil = "scaled",
            Policy = MissingDataPolicy.Precautionary,
            Map = "mercator",
            Status = StatusRule.Progress2022
        };
        yield return new WorldOptions(4)
        {
            LandCover = false,
            Productivity = ProductivityKind.Condition,
            Soil = "change",
            Map = "equal-area",
            Signed = true
        };
        yield return new WorldOptions(5)
        {
            Regions = true,
            Soil = "coarse",
            Productivity = ProductivityKind.Parts,
            Policy = MissingDataPolicy.Available
        };
        yield return new WorldOptions(6) { Corrections = true, Regions = true, MaskWater = false, Signed = true };
        yield return new WorldOptions(7)
        {
            Corrections = true,
            Map = "mercator",
            Policy = MissingDataPolicy.Precautionary,
            Soil = "float32",
            Periods = 4
        };
        yield return new WorldOptions(8)
        {
            Width = 1030,
            Height = 520,
            Block = 256,
            Periods = 2,
            Corrections = true,
            Soil = "coarse"
        };
        yield return new WorldOptions(9)
        {
            Width = 1100,
            Height = 70,
            Striped = true,
            Map = "mercator",
            Policy = MissingDataPolicy.Available
        };
        yield return new WorldOptions(10)
        {
            Width = 530,
            Height = 515,
            Block = 100,
            Map = "equal-area",
            Periods = 2,
            ZoneColumns = 500,
            Soil = "scaled"
        };
        yield return new WorldOptions(11) { Width = 1300, Height = 530, Block = 1024, Periods = 2, Soil = "float32" };
    }

    [TestCaseSource(nameof(Worlds))]
    public void FiguresAreThoseOfTheNaiveReference(object options)
    {
        using var world = new WorldRun((WorldOptions)options);
        RunStatistics run = world.Statistics(world.Run(world.Units, [], 1));
        RunChecks.TwoRoutes(run);
        Dictionary<string, (long Pixels, UInt128 Area)> expected = Reference(world), found = Found(run);
        foreach (string key in expected.Keys.Union(found.Keys))
            if (expected.GetValueOrDefault(key) != found.GetValueOrDefault(key))
                Assert.Fail($"{key}: expected {expected.GetValueOrDefault(key)}, found {found.GetValueOrDefault(key)}");
        Assert.That(expected, Has.Count.GreaterThan(40), "the world is rich enough to mean something");
    }

    [TestCaseSource(nameof(Worlds))]
    public void RastersAreThoseOfTheNaiveReference(object options)
    {
        using var world = new WorldRun((WorldOptions)options);
        List<OpenOutput> outputs = world.Outputs();
        world.Run(world.Units, outputs, 2);
        foreach (OpenOutput output in outputs)
            CheckRaster(world, output);
    }

    [TestCaseSource(nameof(Worlds))]
    public void ThreadsAndShardsChangeNothing(object options)
    {
        using var world = new WorldRun((WorldOptions)options);
        List<OpenOutput> once = world.Outputs();
        string whole = WorldRun.Content(world.Run(world.Units, once, 1));
        var random = new Random(99);
        for (int parts = 1; parts <= 4; parts++)
        {
            List<OpenOutput> outputs = world.Outputs();
            Assert.That(WorldRun.Content(world.Run(world.Units, outputs, parts)), Is.EqualTo(whole), $"{parts} threads");
            SameRasters(once, outputs);

            outputs = world.Outputs();
            var shards = world.Units.GroupBy(_ => random.Next(parts)).OrderBy(_ => random.Next()).ToList();
            var merged = PassResult.Empty(world.Plan.Pass);
            foreach (IGrouping<int, Window> shard in shards)
                merged.Merge(world.Run([.. shard.Reverse()], outputs, 1 + random.Next(3)));
            Assert.That(WorldRun.Content(merged), Is.EqualTo(whole), $"{shards.Count} shards");
            SameRasters(once, outputs);
        }
    }

    [Test]
    public void EveryBlockIsDecodedOnceHoweverManyPeriodsUseIt(
        [Values(1, 3)] int threads, [Values] bool striped, [Values(400, 200)] int zoneColumns)
    {
        using var world = new WorldRun(new WorldOptions(21)
        {
            Width = 1100,
            Height = 520,
            Block = 256,
            Periods = 4,
            ZoneColumns = zoneColumns,
            Striped = striped,
        });
        foreach (MemoryRaster raster in world.World.Geodata.Rasters.Values)
            raster.Decoded.Clear();
        world.Run(world.Units, world.Outputs(), threads);
        string[] used = [.. world.Plan.Pass.Inputs.Select(i => i.File)];
        Assert.That(used, Is.Unique);
        Assert.That(used, Is.EquivalentTo("cover0 cover1 cover2 cover3 cover4 productivity0 productivity1 productivity2 productivity3 stock0 stock1 stock2 stock3 stock4".Split(' ')));
        foreach ((string name, MemoryRaster raster) in world.World.Geodata.Rasters)
        {
            if (!used.Contains(name))
            {
                Assert.That(raster.Decoded, Is.Empty, $"{name} is in no period");
                continue;
            }

            Assert.That(raster.Decoded.Values, Is.All.EqualTo(1), name);
            int expected = striped ? 520 / 4 : (zoneColumns > 256 ? 2 : 1) * 3;
            Assert.That(raster.Decoded, Has.Count.EqualTo(expected), $"{name}: tiles that hold no zone are not read");
        }
    }

    [TestCase(9)]
    [TestCase(8)]
    public void ShortMemoryMeansNarrowerBandsAndTheSameResult(int seed)
    {
        using var world = new WorldRun(Worlds().Single(w => w.Seed == seed));
        List<OpenOutput> whole = world.Outputs(), bands = world.Outputs();
        string content = WorldRun.Content(world.Run(world.Units, whole, 1));
        PassPlan plan = IndicatorPass.InBands(world.Plan.Pass, world.Units, bands, 1),
        ample = IndicatorPass.InBands(world.Plan.Pass, world.Units, bands, long.MaxValue);
        Assert.That(ample.BandRows, Is.EqualTo(int.MaxValue));
        Assert.That(plan.BandRows, Is.LessThan(16));
        int[] sizes = [.. bands.Select(o => o.Output.CellSize)];
        Assert.That(
            IndicatorPass.WorkerBytes(plan, world.Units, sizes),
            Is.LessThan(IndicatorPass.WorkerBytes(ample, world.Units, sizes)));
        Assert.That(
            WorldRun.Content(IndicatorPass.Run(plan, world.Units, bands, 2, null, CancellationToken.None)), Is.EqualTo(content));
        SameRasters(whole, bands);
    }

    [TestCase(1024)]
    [TestCase(600)]
    public void ATileLargerThanAUnitOfOutputIsDecodedOnceToo(int block)
    {
        using var world = new WorldRun(
            new WorldOptions(23) { Width = 2 * block, Height = block + 20, Block = block, Periods = 2 });
        foreach (MemoryRaster raster in world.World.Geodata.Rasters.Values)
            raster.Decoded.Clear();
        world.Run(world.Units, world.Outputs(), 2);
        string[] used = [.. world.Plan.Pass.Inputs.Select(i => i.File)];
        foreach (string name in used)
        {
            // Tiles of 600 cells begin inside units of 1024: those that two units share are decoded for both.
            int most = block % IndicatorPass.UnitCells == 0 ? 1 : 2;
            Assert.That(world.World.Geodata.Rasters[name].Decoded.Values, Is.All.InRange(1, most), name);
            Assert.That(world.World.Geodata.Rasters[name].Decoded, Has.Count.EqualTo(4), name);
        }
    }

    [Test]
    public void AllHandlesAreClosedAfterwardsAlsoWhenCancelled()
    {
        var world = new WorldRun(new WorldOptions(22));
        world.Run(world.Units, [], 3);
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        Assert.That(
            () => IndicatorPass.Run(world.Plan.Pass, world.Units, [], 2, null, cancelled.Token),
            Throws.InstanceOf<OperationCanceledException>());
        world.Dispose();
        foreach ((string name, MemoryRaster raster) in world.World.Geodata.Rasters)
            Assert.That(raster.OpenHandles, Is.Zero, name);
    }

    private static void SameRasters(List<OpenOutput> left, List<OpenOutput> right)
    {
        foreach ((OpenOutput l, OpenOutput r) in left.Zip(right))
            if (!((MemorySink)l.Sink).Cells.AsSpan().SequenceEqual(((MemorySink)r.Sink).Cells))
                Assert.Fail($"{l.Output.Name} differs");
    }

    private static void CheckRaster(WorldRun run, OpenOutput output)
    {
        var naive = new NaiveWorld(run.World);
        var sink = (MemorySink)output.Sink;
        Window extent = run.Plan.Pass.Extent;
        for (int i = 0; i < extent.Width * extent.Height; i++)
        {
            int cell = ((extent.Row + (i / extent.Width)) * run.World.Grid.Width) + extent.Column + (i % extent.Width);
            int expected = run.World.ZonesAt(cell).Any() ? Value(naive, run.World.Options, output, cell) : 0;
            int found = output.Output.Signed ? MemoryMarshal.Cast<byte, short>(sink.Cells)[i] : sink.Cells[i];
            if (output.Output.Signed)
                expected = expected == 0 ? -32768 : expected - 2;

            // Units that no zone touches are never written; there the sink holds its own no data.
            if (found != expected && Written(run, cell))
                Assert.Fail($"{output.Output.Name}, cell {cell}: {found}, not {expected}");
        }
    }

    private static bool Written(WorldRun run, int cell) => run.Units.Any(
        u => !u.Intersect(new Window(cell % run.World.Grid.Width, cell / run.World.Grid.Width, 1, 1)).IsEmpty);

    private static int Value(NaiveWorld naive, WorldOptions options, OpenOutput output, int cell)
    {
        RasterKind kind = output.Output.Kind;
        int period = int.Parse(string.Concat(output.Output.Name.Where(char.IsDigit)));
        (bool water, char[] layers) = naive.At(cell, period);
        if (kind == IndicatorOutputs.Status)
        {
            (bool before, char[] baseline) = naive.At(cell, 0);
            return water || before ? 0 : naive.Status(baseline[0], layers[0]);
        }

        bool blank = water && (options.MaskWater || (kind == IndicatorOutputs.Indicator || kind == IndicatorOutputs.SoilCarbon));
        return blank ? 0 : ".-0+".IndexOf(layers[s_layers.IndexOf(kind)]);
    }

    /// <summary>Pixels and area per zone, period, layer and class.</summary>
    private static Dictionary<string, (long, UInt128)> Reference(WorldRun run)
    {
        World world = run.World;
        var naive = new NaiveWorld(world);
        var figures = new Dictionary<(int Zone, int Period, int Key), (long Pixels, UInt128 Area)>();
        var areas = new ulong[world.Grid.Width];
        var keys = new List<int>();
        int[] layers = world.Options.LandCover ? [0, 1, 2, 3] : [0, 2, 3];
        for (int cell = 0; cell < world.Cells; cell++)
        {
            if (cell % world.Grid.Width == 0)
                run.Plan.Pass.Areas.Fill(cell / world.Grid.Width, 0, areas);
            int[] zones = [.. world.ZonesAt(cell)];
            if (zones.Length == 0)
                continue;
            zones = [.. zones, .. zones.Contains(1) || zones.Contains(10) ? new[] { -1, -2 } : [-2]];
            (bool baselineWater, char[] baseline) = naive.At(cell, 0);
            for (int p = 0; p < world.Options.Periods; p++)
            {
                (bool water, char[] now) = naive.At(cell, p);
                keys.Clear();
                if (water)
                    keys.Add(-1);
                if (water || baselineWater)
                    keys.Add(-2);
                if (world.Options.LandCover && world.Covers[World.YearsOf(p).Last][cell] == 210)
                    keys.Add(-3);
                foreach (int layer in layers)
                {
                    if (!water)
                        keys.Add((100 * layer) + ".-0+".IndexOf(now[layer]));
                    if (!water && !baselineWater)
                        keys.Add((100 * layer) + 10 + naive.Status(baseline[layer], now[layer]));
                }

                foreach (int zone in zones)
                {
                    foreach (int key in keys)
                    {
                        (long pixels, UInt128 area) = figures.GetValueOrDefault((zone, p, key));
                        figures[(zone, p, key)] = (pixels + 1, area + areas[cell % world.Grid.Width]);
                    }
                }
            }
        }

        return figures.ToDictionary(
            f => $"{(f.Key.Zone < 0 ? $"G{-f.Key.Zone}" : f.Key.Zone)} {f.Key.Period} " + f.Key.Key switch
            {
                -1 => "water",
                -2 => "status water",
                -3 => "final water",
                var key when key % 100 < 10 => $"{key / 100} condition {key % 10}",
                var key => $"{key / 100} status {key % 10}",
            },
            f => f.Value);
    }

    private static Dictionary<string, (long, UInt128)> Found(RunStatistics run)
    {
        var found = new Dictionary<string, (long, UInt128)>();
        for (int p = 0; p < run.Job.Periods.Count; p++)
        {
            PeriodFigures[] figures = run.Figures(p, run.Tables);
            for (int z = 0; z < figures.Length; z++)
            {
                string zone = $"{run.Zones[z].Id} {p}";
                void Add(string key, Amount amount)
                {
                    if (amount.Pixels != 0)
                        found.Add($"{zone} {key}", (amount.Pixels, (UInt128)amount.Area.SquareMillimetres));
                }

                Add("water", figures[z].Water);
                Add("status water", figures[z].StatusWater);
                Add("final water", figures[z].FinalWater);
                foreach (int layer in ConditionTables.LayersOf(run.Job))
                {
                    for (int c = 0; c < 4; c++)
                        Add($"{layer} condition {c}", figures[z].Condition(layer, (Condition)c));
                    for (int s = 0; s < 8; s++)
                        Add($"{layer} status {s}", figures[z].Status(layer, (Status)s));
                }
            }
        }

        return found;
    }
}
