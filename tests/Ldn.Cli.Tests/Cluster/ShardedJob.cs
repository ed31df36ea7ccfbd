using System.Text.RegularExpressions;
using Ldn.Cli.Tests.Productivity;

namespace Ldn.Cli.Tests.Cluster;

/// <summary>A job in a folder, to be computed in one process and in shards.</summary>
internal sealed class ShardedJob(Workspace work) : IDisposable
{
    /// <summary>The synthetic data set on a grid of several windows.</summary>
    public static ShardedJob Sample(int width = 1300, int height = 1100, params string[] flags)
    {
        var work = new Workspace();
        LdnProcess.Run(work.Folder, ["sample", "data", "--width", $"{width}", "--height", $"{height}", "--seed", "3", "-q"]).Succeeded();
        return new ShardedJob(work) { Flags = flags };
    }

    /// <summary>A short series stretched over several windows.</summary>
    public static ShardedJob Series(params string[] flags)
    {
        const int width = 1200, height = 900;
        var series = new SmallSeries();
        string transform = FormattableString.Invariant($"100, {4.0 / width:R}, 0, 50, 0, {-3.0 / height:R}");
        foreach (int year in SmallSeries.Years)
            series.Work.Virtual($"y{year}.vrt", series.Work[SmallSeries.File(year)], width, height, "UInt16", transform, extra: $"<NoDataValue>{SmallSeries.Gap}</NoDataValue>");
        series.Work.Virtual("units.vrt", series.Work["units.tif"], width, height, "Byte", transform, extra: "<NoDataValue>255</NoDataValue>");
        series.Work.Text("job.json", $$"""
            {
              "periods": { "baseline": { "productivity": [2000, 2015] } },
              "without": [ "land-cover", "soil-carbon" ],
              "productivity": { "kind": "series", "years": {{SmallSeries.JobYears("y{0}.vrt")}}, "scale": 0.0001, "units": ["units.vrt"] },
              "zones": [ { "file": "zones.geojson", "id": "id" } ],
              "grid": { "like": "productivity" }
            }
            """);
        return new ShardedJob(series.Work) { Job = "job.json", Flags = flags };
    }

    public Workspace Work => work;

    public string Job { get; init; } = "data/job.json";

    /// <summary>Flags of both runs.</summary>
    public string[] Flags { get; init; } = [];

    public LdnResult Run(params IEnumerable<string> arguments) => LdnProcess.Run(work.Folder, arguments);

    /// <summary>The result of a single process, every file but provenance.json.</summary>
    public Dictionary<string, byte[]> Single()
    {
        Run(["compute", Job, "--out", "single", "-q", .. Flags]).Succeeded();
        return Contents("single");
    }

    public LdnResult Plan(int shards, params string[] extra) => Run(["plan", Job, "--shards", $"{shards}", "-o", "run/plan.json", "-q", .. Flags, .. extra]);

    public LdnResult Shard(int shard, params string[] extra) => Run(["compute", "--plan", "run/plan.json", "--shard", $"{shard}", "--no-progress", .. extra]);

    /// <summary>Computes shards in an order of their own, with threads of their own.</summary>
    public void Shards(int count, params string[] extra)
    {
        foreach (int shard in Enumerable.Range(0, count).Reverse())
            Shard(shard, ["--threads", $"{1 + (shard % 3)}", .. extra]).Succeeded();
    }

    /// <summary>Writes data/remote.json: the sample's job with every raster behind a server.</summary>
    public void BehindServer(RangeServer server) => work.Text(
        "data/remote.json", Regex.Replace(File.ReadAllText(work["data/job.json"]), "\"([a-z_0-9]+\\.tif)\"", $"\"/vsicurl/{server.Url}$1\""));

    public LdnResult Merge(params string[] extra) => Run(["merge", "run/plan.json", "-q", .. extra]);

    public Dictionary<string, byte[]> Contents(string folder) => Contents(work, folder);

    /// <summary>Every file of a folder but provenance.json, by name.</summary>
    public static Dictionary<string, byte[]> Contents(Workspace work, string folder) => Directory.EnumerateFiles(work[folder])
        .Where(f => Path.GetFileName(f) != "provenance.json").ToDictionary(f => Path.GetFileName(f)!, File.ReadAllBytes);

    /// <summary>Two results have the same files with the same bytes.</summary>
    public static void Same(Dictionary<string, byte[]> actual, Dictionary<string, byte[]> expected)
    {
        Assert.That(actual.Keys.Order(StringComparer.Ordinal), Is.EqualTo(expected.Keys.Order(StringComparer.Ordinal)));
        foreach ((string name, byte[] bytes) in expected)
            Assert.That(actual[name].AsSpan().SequenceEqual(bytes), name);
    }

    public void Dispose() => work.Dispose();
}
