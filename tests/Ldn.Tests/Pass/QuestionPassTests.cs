using Ldn.Counting;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Questions;
using Ldn.Rasters;
using Ldn.Run;
using Ldn.Subjects;
using Ldn.Tables;

namespace Ldn.Tests.Pass;

/// <summary>Questions beyond the indicator over random worlds, against the naive reference cell by cell.</summary>
[Category("Slow")]
internal sealed class QuestionPassTests
{
    private static readonly LayerInput Bytes = new("types0", null, null, "bytes", new Dictionary<string, string>());
    private static readonly LayerInput Wide = Bytes with { File = "types1", Name = "wide" };
    private static readonly LayerInput Polygons = Bytes with { File = "types2", Id = "code", Name = "polygons" };

    private static IEnumerable<WorldOptions> Worlds()
    {
        LayerInput[][] layers = [[Bytes], [Wide], [Polygons], [Wide, Polygons, Bytes]];
        int i = 0;
        foreach (WorldOptions options in IndicatorPassTests.Worlds().Where(w => w.Width < 1000))
            yield return options with
            {
                Asked = [new LandTypesAsked(layers[i++ % layers.Length]), new ResponseAsked("risk"),
                new SeverityAsked(SeverityTable.Default, null)]
            };
    }

    [TestCaseSource(nameof(Worlds))]
    public void LandTypesAreThoseOfTheNaiveReference(object options)
    {
        using var world = new WorldRun((WorldOptions)options);
        RunStatistics run = world.Statistics(world.Run(world.Units, [], 2));
        int periods = world.Plan.Job.Periods.Count;
        for (int p = periods > 1 ? 1 : 0; p < periods; p++)
        {
            var found = new Dictionary<string, (long, UInt128)>();
            Answer answer = run.Answer(LandTypesInquiry.Question(world.Plan.Job.Periods[p].Id))!;
            LandTypes types = world.Plan.Subjects.Of<LandTypesInquiry>()!.Types;
            foreach (TallyRow row in answer.Rows)
                foreach (int zone in run.ZonesOf(row))
                    Add(
                        found,
                        $"{run.Zones[zone].Id} {types.Of(row.Place, types.Rasters is null ? 0 : answer.Code(row, 1))?.Id} "
                            + $"{Text((byte)answer.Code(row, 0))}",
                        row.Pixels, (UInt128)row.Area.SquareMillimetres);

            var expected = new Dictionary<string, (long, UInt128)>();
            Each(world, (cell, zones, area) =>
            {
                string text = $"{Type(world, cell)} {Pair(world, cell, p)}";
                foreach (string zone in zones)
                    Add(expected, $"{zone} {text}", 1, area);
            });
            Assert.That(found.Where(f => !f.Key.StartsWith('G')), Is.EquivalentTo(expected));
            Assert.That(expected, Has.Count.GreaterThan(30), "the world is rich enough to mean something");
        }
    }

    [TestCaseSource(nameof(Worlds))]
    public void ResponseCodesAreThoseOfTheNaiveReference(object options)
    {
        using var world = new WorldRun((WorldOptions)options);
        RunStatistics run = world.Statistics(world.Run(world.Units, [], 2));
        for (int p = 0; p < world.Plan.Job.Periods.Count; p++)
        {
            Answer answer = run.Answer(ResponseInquiry.Question(world.Plan.Job.Periods[p].Id))!;
            var found = new Dictionary<string, (long, UInt128)>();
            foreach (TallyRow row in answer.Rows)
                Add(
                    found, $"{Text((byte)answer.Code(row, 0))} {answer.Code(row, 1)} {answer.Code(row, 2)}", row.Pixels,
                    (UInt128)row.Area.SquareMillimetres);
            var expected = new Dictionary<string, (long, UInt128)>();
            var naive = new NaiveWorld(world.World);
            Each(world, (cell, _, area) =>
            {
                bool classes = world.World.Options.Productivity == ProductivityKind.Lpd && !naive.At(cell, p).Water;
                int lpd = classes && world.World.Productivity[p][cell] is >= 1 and <= 5 and var c ? c : 0;
                Add(expected, $"{Pair(world, cell, p)} {lpd} {(world.World.Risk[cell] > 0 ? 1 : 0)}", 1, area);
            });
            Assert.That(found, Is.EquivalentTo(expected));
        }
    }

    [TestCaseSource(nameof(Worlds))]
    public void DegradedSubIndicatorsAreCountedAfterCorrections(object options)
    {
        using var world = new WorldRun((WorldOptions)options);
        RunStatistics run = world.Statistics(world.Run(world.Units, [], 2));
        var naive = new NaiveWorld(world.World);
        for (int p = 0; p < world.Plan.Job.Periods.Count; p++)
        {
            Answer answer = run.Answer(SeverityInquiry.Question(world.Plan.Job.Periods[p].Id))!;
            var found = new Dictionary<string, (long, UInt128)>();
            foreach (TallyRow row in answer.Rows)
                Add(
                    found, $"{Text((byte)answer.Code(row, 0))} {answer.Code(row, 1)}", row.Pixels,
                    (UInt128)row.Area.SquareMillimetres);
            var expected = new Dictionary<string, (long, UInt128)>();
            Each(world, (cell, _, area) =>
            {
                (bool water, char[] layers) = naive.At(cell, p);
                IEnumerable<char> subs = world.World.Options.LandCover ? layers.Skip(1) : layers.Skip(2);
                Add(expected, $"{Pair(world, cell, p)} {(water ? 0 : subs.Count(c => c == '-'))}", 1, area);
            });
            Assert.That(found, Is.EquivalentTo(expected));
        }
    }

    [TestCaseSource(nameof(Worlds))]
    public void ThreadsAndShardsChangeNothing(object options)
    {
        using var world = new WorldRun((WorldOptions)options);
        string whole = WorldRun.Content(world.Run(world.Units, [], 1));
        Assert.That(whole, Does.Contain("answers_0"));
        var merged = PassResult.Empty(world.Plan.Pass);
        foreach (Window unit in world.Units.Reverse())
            merged.Merge(world.Run([unit], [], 3));
        Assert.That(WorldRun.Content(merged), Is.EqualTo(whole));
    }

    [Test]
    public void OverlappingPolygonsOfLandTypesAreAnErrorThatNamesThem()
    {
        using var world = new WorldRun(new WorldOptions(1));
        VectorLayer layer = world.World.Geodata.Layers["types2"];
        world.World.Geodata.Layers[
            "types2"] = layer with { Features = [.. layer.Features, layer.Features[0] with { Attributes = ["again"] }] };
        Job job = world.Plan.Job with { Asked = [new LandTypesAsked([Polygons])] };
        LdnException error = Assert.Throws<LdnException>(() => RunPlanner.Plan(job, world.World.Geodata))!;
        Assert.That(
            (error.ExitCode, error.Message),
            Is.EqualTo((ExitCode.Input, "land types polygons: the polygons of 'west' and 'again' overlap")));
    }

    [Test]
    public void WhatIsNoWholeNumberInsideTheZonesIsAnErrorThatNamesIt()
    {
        using var world = new WorldRun(new WorldOptions(1) { Asked = [new LandTypesAsked([Wide with { File = "types3" }])] }, w =>
            w.Geodata.Rasters["types3"] = new MemoryRaster(
                w.Grid, CellType.Float32, w.Types[1].Select(v => v == 70000 ? 1.5f : v).ToArray())
            {
                NoData = -5
            });
        LdnException error = Assert.Throws<LdnException>(() => world.Run(world.Units, [], 1))!;
        Assert.That(error.ExitCode, Is.EqualTo(ExitCode.Input));
        Assert.That(
            error.Message, Does.StartWith("land types wide (types3) holds 1.5 inside the zones, which is no whole number"));
    }

    /// <summary>A run that can never end well stops while most of it lies ahead.</summary>
    [Test]
    public void ADriverOfTooManyValuesStopsThePassEarly()
    {
        var drivers = new DriversAsked([new DriverInput("rain", "types1", "mm", false, 1, Resampling.Nearest)]);
        using var world = new WorldRun(
            IndicatorPassTests.Worlds().First(w => w.Width is > 512 and < 1000) with { Asked = [drivers] });
        Question[] strict = [.. world.Plan.Pass.Questions.Select(
            q => new Question(
                q.Name, [.. q.Planes.Select(p => p is QuantumPlane steps ? steps with { MostRows = 3 } : p)], q.Sums))];
        var seen = new Progress();
        LdnException error = Assert.Throws<LdnException>(
            () => IndicatorPass.Run(
                world.Plan.Pass with { Questions = strict }, world.Units, [], 1, seen, CancellationToken.None))!;
        Assert.That(
            (error.ExitCode, error.Message),
            Is.EqualTo((ExitCode.Input, "driver rain has more than 3 different values in different places at steps of 1")));
        Assert.That(error.Remedy, Does.Contain("larger quantum"));
        Assert.That(seen.Last.CellsDone, Is.LessThan(seen.Last.CellsInAll));
    }

    /// <summary>Every cell of some zone, with the ids of the zones that hold it.</summary>
    private static void Each(WorldRun world, Action<int, string[], UInt128> visit)
    {
        Grid grid = world.World.Grid;
        var areas = new ulong[grid.Width];
        for (int row = 0; row < grid.Height; row++)
        {
            world.Plan.Pass.Areas.Fill(row, 0, areas);
            for (int column = 0; column < grid.Width; column++)
            {
                string[] zones = [.. world.World.ZonesAt((row * grid.Width) + column).Distinct().Select(z => $"{z}")];
                if (zones.Length > 0)
                    visit((row * grid.Width) + column, zones, areas[column]);
            }
        }
    }

    private sealed class Progress : IProgress<PassProgress>
    {
        public PassProgress Last { get; private set; } = new(0, 1);

        public void Report(PassProgress value) => Last = value;
    }

    private static string Type(WorldRun world, int cell)
    {
        string?[] parts = [.. world.World.Options.Asked.OfType<LandTypesAsked>().Single().Layers.Select(layer => layer.File switch
        {
            "types0" => world.World.Types[0][cell] is not 0 and var code ? $"{code}" : null,
            "types1" => world.World.Types[1][cell] is not -5 and var code ? $"{code}" : null,
            _ => world.World.PolygonType(cell),
        })];
        return parts.Contains(null) ? "" : string.Join('/', parts);
    }

    /// <summary>Conditions of the baseline and the period: . - 0 +, and W for water.</summary>
    private static string Pair(WorldRun world, int cell, int period)
    {
        var naive = new NaiveWorld(world.World);
        return string.Concat(
            new[] { 0, period }.Select(p => naive.At(cell, p) is var (water, layers) && water ? 'W' : layers[0]));
    }

    private static string Text(byte code)
    {
        var pair = new ConditionPair(code);
        return $"{(pair.BaselineWater ? 'W' : ".-0+"[(int)pair.Baseline])}{(pair.PeriodWater ? 'W' : ".-0+"[(int)pair.Period])}";
    }

    private static void Add(Dictionary<string, (long Pixels, UInt128 Area)> sums, string key, long pixels, UInt128 area)
    {
        (long p, UInt128 a) = sums.GetValueOrDefault(key);
        sums[key] = (p + pixels, a + area);
    }
}
