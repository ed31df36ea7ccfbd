using Ldn.Pass;
using Ldn.Rasters;

namespace Ldn.Tests.Pass;

/// <summary>Blocks from far away come before they are read, together, and never more of them than may be held.</summary>
internal sealed class ReadAheadTests
{
    private static readonly WorldOptions s_options = new(27) { Width = 1300, Height = 700, Block = 256, Periods = 2 };

    [Test]
    public void BlocksAreNearWhenTheyAreReadAndNeighboursComeTogether([Values(1, 3)] int threads, [Values] bool striped)
    {
        var network = new MemoryNetwork { Holds = 100_000_000 };
        using WorldRun world = Far(s_options with { Striped = striped }, network, out string expected);
        Assert.That(WorldRun.Content(world.Run(world.Units, world.Outputs(), threads)), Is.EqualTo(expected));
        Assert.That(network.Missed, Is.Zero, "blocks that nobody had brought");
        Assert.That(network.Fetched.Sum(r => r.Count), Is.EqualTo((long)network.BlocksRead * MemoryNetwork.BlockBytes));
        Assert.That(network.Fetched, Has.Count.LessThanOrEqualTo(network.BlocksRead / 2));
        Assert.That(network.OpenFetchers, Is.Zero);
    }

    /// <summary>A unit of 512 cells takes 4 blocks of each input: nothing goes on before what is held has been read.</summary>
    [Test]
    public void NoMoreIsHeldThanMay([Values(1, 3)] int threads)
    {
        var network = new MemoryNetwork { Holds = 2_000_000 };
        using WorldRun world = Far(s_options, network, out string expected);
        Assert.That(WorldRun.Content(world.Run(world.Units, world.Outputs(), threads)), Is.EqualTo(expected));
        Assert.That(network.Missed, Is.Zero);
        Assert.That(network.MostNear, Is.LessThanOrEqualTo(network.Holds / 2));
    }

    /// <summary>What is more than may be held at all is left to who reads it.</summary>
    [Test]
    public void UnitsBeyondWhatMayBeHeldAreReadAsEver()
    {
        var network = new MemoryNetwork { Holds = 20_000 };
        using WorldRun world = Far(s_options, network, out string expected);
        Assert.That(WorldRun.Content(world.Run(world.Units, world.Outputs(), 2)), Is.EqualTo(expected));
        Assert.That(network.Fetched, Is.Empty);
        Assert.That(network.Missed, Is.EqualTo(network.BlocksRead).And.GreaterThan(100));
    }

    /// <summary>Fetches that fail change no figure, and are given up.</summary>
    [Test]
    public void FetchesThatFailFailForNobody([Values] bool throws)
    {
        var network = new MemoryNetwork { Comes = _ => throws ? throw new IOException("no network") : false };
        using WorldRun world = Far(s_options, network, out string expected);
        Assert.That(WorldRun.Content(world.Run(world.Units, world.Outputs(), 2)), Is.EqualTo(expected));
        Assert.That(network.Fetched, Has.Count.InRange(8, 8 + FewAtOnce.Most), "given up");
        Assert.That(network.Missed, Is.EqualTo(network.BlocksRead));
    }

    [Test]
    public void WhoWaitsForAFetchCanBeCancelled()
    {
        using var cancellation = new CancellationTokenSource();
        var network = new MemoryNetwork
        {
            Comes = _ =>
            {
                cancellation.Cancel();
                return true;
            },
        };
        using WorldRun world = Far(s_options, network, out _);
        Assert.Throws<OperationCanceledException>(
            () => IndicatorPass.Run(world.Plan.Pass, world.Units, world.Outputs(), 2, null, cancellation.Token));
        Assert.That(network.OpenFetchers, Is.Zero);
    }

    /// <summary>A world whose rasters lie behind a network, and what a run over it gives without one.</summary>
    private static WorldRun Far(WorldOptions options, MemoryNetwork network, out string expected)
    {
        var world = new WorldRun(options);
        expected = WorldRun.Content(world.Run(world.Units, world.Outputs(), 2));
        foreach (MemoryRaster raster in world.World.Geodata.Rasters.Values)
            raster.Network = network;
        return world;
    }
}
