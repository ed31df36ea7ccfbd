using System.Text.Json;
using Ldn.Cli.Tests.BadInput;

namespace Ldn.Cli.Tests.Cluster;

/// <summary>Inputs over HTTP: what a server may do, and what is asked of it.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class RemoteTests
{
    private const string Flags = "--tables csv,json --rasters indicator";

    /// <summary>Short times, so that a test does not wait as a user would.</summary>
    private static readonly Dictionary<string, string> s_hasty = new()
    {
        ["GDAL_HTTP_RETRY_DELAY"] = "0.1",
        ["GDAL_HTTP_LOW_SPEED_TIME"] = "2",
        ["no_proxy"] = "127.0.0.1",
    };

    /// <summary>
    /// Every tenth answer fails or comes in half: in the end the figures are those of local files; until then the program says to
    /// try again, and nothing else.
    /// </summary>
    [TestCase(Mishap.Unavailable)]
    [TestCase(Mishap.Cut)]
    public void FailuresOfTheMomentCostTriesAndNeverAFigure(object mishap)
    {
        using ShardedJob job = ShardedJob.Sample(1300, 1100, Flags.Split(' '));
        Dictionary<string, byte[]> expected = job.Single();
        using var server = new RangeServer(job.Work["data"], (Mishap)mishap, 10);
        job.BehindServer(server);
        Insist(job, ["plan", "data/remote.json", "--shards", "2", "-o", "run/plan.json", "-q", .. job.Flags]);
        foreach (string shard in new[] { "0", "1" })
            Insist(job, "compute", "--plan", "run/plan.json", "--shard", shard, "-q");
        Insist(job, "merge", "run/plan.json", "--cog", "-q");
        Assert.That(server.Mishaps, Is.GreaterThan(0));
        ShardedJob.Same(job.Contents("run/result"), expected);
    }

    [Test]
    public void AServerThatStallsIsTemporary()
    {
        using ShardedJob job = ShardedJob.Sample(1100, 900, Flags.Split(' '));
        using var server = new RangeServer(job.Work["data"], Mishap.Stall, 3);
        job.BehindServer(server);
        LdnResult result = LdnProcess.Run(
            job.Work.Folder, ["compute", "data/remote.json", "--out", "result", "-q", .. job.Flags], new Dictionary<string,
            string>(s_hasty)
            { ["GDAL_HTTP_MAX_RETRY"] = "0" });
        Refusal.Said(result, ExitCode.Temporary, server.Url);
        Assert.That(Path.Exists(job.Work["result"]), Is.False);
    }

    [Test]
    public void ARemoteFileThatChangesBetweenShardsIsRefused()
    {
        using ShardedJob job = ShardedJob.Sample(1100, 900, Flags.Split(' '));
        using var server = new RangeServer(job.Work["data"]);
        job.BehindServer(server);
        Insist(job, ["plan", "data/remote.json", "--shards", "2", "-o", "run/plan.json", "-q", .. job.Flags]);
        Insist(job, "compute", "--plan", "run/plan.json", "--shard", "0", "-q");
        File.SetLastWriteTimeUtc(job.Work["data/lpd2019.tif"], DateTime.UtcNow.AddHours(-3));
        LdnResult refused = LdnProcess.Run(
            job.Work.Folder, ["compute", "--plan", "run/plan.json", "--shard", "1", "-q"], s_hasty);
        Refusal.Said(refused, ExitCode.Input, "lpd2019.tif has changed since the plan was made");
    }

    /// <summary>
    /// The middle of a tile is asked for by the shard it belongs to and, beside what is read ahead, by no other; of tiles in no
    /// shard by none.
    /// </summary>
    [Test]
    public void AShardReadsItsOwnTilesAlone()
    {
        var work = new Workspace();
        LdnProcess.Run(work.Folder, ["sample", "data", "--width", "3000", "--height", "2400", "--compress", "none", "-q"])
            .Succeeded();
        using var job = new ShardedJob(work) { Flags = ["--tables", "csv,json", "--rasters", "none"] };
        using var server = new RangeServer(work["data"]);
        job.BehindServer(server);
        Insist(job, ["plan", "data/remote.json", "--shards", "4", "-o", "run/plan.json", "-q", .. job.Flags]);
        Dictionary<string, long[][]> tiles = Tiles(work);
        var readers = new Dictionary<(string File, long Middle), HashSet<int>>();
        server.TakeRanges();
        for (int shard = 0; shard < 4; shard++)
        {
            Insist(job, "compute", "--plan", "run/plan.json", "--shard", $"{shard}", "-q");
            foreach ((string file, long from, long to) in server.TakeRanges())
                foreach (
                    long middle in tiles.GetValueOrDefault(file, []).Select(t => t[0] + (t[1] / 2))
                        .Where(m => from <= m && m < to))
                    (readers.TryGetValue((file, middle), out HashSet<int>? set) ? set : readers[(file, middle)] = []).Add(shard);
        }

        int all = tiles.Values.Sum(t => t.Length);
        Assert.That(readers, Has.Count.GreaterThan(50).And.Count.LessThan(all), "land lies in some tiles and not in all");

        // Where tiles are asked for one after the other GDAL reads ahead, so that the next shard's first ones may come along.
        Assert.That(readers.Values.Count(s => s.Count > 1), Is.LessThan(readers.Count / 5), "tiles read by two shards");
    }

    /// <summary>Runs as a scheduler does: 75 means once more.</summary>
    private static void Insist(ShardedJob job, params string[] arguments)
    {
        LdnResult result = LdnProcess.Run(job.Work.Folder, arguments, s_hasty);
        for (int tries = 1; result.ExitCode == (int)ExitCode.Temporary && tries < 20; tries++)
            result = LdnProcess.Run(job.Work.Folder, arguments, s_hasty);
        result.Succeeded();
    }

    /// <summary>Offset and length of every tile of every raster.</summary>
    private static Dictionary<string, long[][]> Tiles(Workspace work)
    {
        const string script = """
            import glob, json, os
            from osgeo import gdal
            files = {}
            for path in glob.glob("data/*.tif"):
                dataset = gdal.Open(path)  # a band does not keep its data set open
                band = dataset.GetRasterBand(1)
                (w, h) = band.GetBlockSize()
                item = lambda name, x, y: int(band.GetMetadataItem(f"{name}_{x}_{y}", "TIFF") or 0)
                files[os.path.basename(path)] = [[item("BLOCK_OFFSET", x, y), item("BLOCK_SIZE", x, y)]
                    for x in range(-(-band.XSize // w)) for y in range(-(-band.YSize // h)) if item("BLOCK_SIZE", x, y) > 0]
            print(json.dumps(files))
            """;
        LdnResult result = LdnProcess.Tool(work.Folder, "/usr/bin/python3", "-c", script);
        if (result.Error.Contains("No module named", StringComparison.Ordinal))
            Assert.Ignore("python3-gdal is not installed");
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        return JsonSerializer.Deserialize<Dictionary<string, long[][]>>(result.Out)!;
    }
}
