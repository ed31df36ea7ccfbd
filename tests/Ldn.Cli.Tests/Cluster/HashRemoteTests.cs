using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace Ldn.Cli.Tests.Cluster;

/// <summary>
/// What provenance says of remote inputs: size and time of change, and with --hash-remote the hash of their bytes, in one process
/// and in shards.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class HashRemoteTests
{
    private static readonly string[] Flags = ["--tables", "csv,json", "--rasters", "none"];

    private static readonly Dictionary<string,
    string> s_hasty = new() { ["GDAL_HTTP_RETRY_DELAY"] = "0.1", ["no_proxy"] = "127.0.0.1" };

    [Test]
    public void SizeAndTimeStandForRemoteInputsUnlessHashesAreAskedFor([Values] bool hash, [Values] bool shards)
    {
        using ShardedJob job = ShardedJob.Sample(700, 600, Flags);
        File.SetLastWriteTimeUtc(job.Work["data/lc2000.tif"], new DateTime(2024, 2, 29, 23, 59, 58, DateTimeKind.Utc));
        using var server = new RangeServer(job.Work["data"]);
        job.BehindServer(server);
        string[] flags = hash ? [.. Flags, "--hash-remote"] : Flags;
        if (shards)
        {
            Run(job, ["plan", "data/remote.json", "--shards", "2", "-o", "run/plan.json", .. flags]);
            Run(job, ["compute", "--plan", "run/plan.json", "--shard", "0"]);
            Run(job, ["compute", "--plan", "run/plan.json", "--shard", "1"]);
            Run(job, ["merge", "run/plan.json", "--out", "result"]);
        }
        else
        {
            Run(job, ["compute", "data/remote.json", "--out", "result", .. flags]);
        }

        JsonNode provenance = JsonNode.Parse(File.ReadAllText(job.Work["result/provenance.json"]))!;
        JsonNode[] remote = [
            .. provenance["inputs"]!.AsArray()
                .Where(i => ((string)i!["path"]!).StartsWith("/vsicurl/", StringComparison.Ordinal))!];
        Assert.That(remote, Has.Length.GreaterThan(10));
        foreach (JsonNode input in remote)
        {
            string name = ((string)input["path"]!).Split('/')[^1];
            byte[] bytes = File.ReadAllBytes(job.Work["data/" + name]);
            Assert.That((long)input["bytes"]!, Is.EqualTo(bytes.LongLength), name);
            Assert.That(
                (string?)input["sha256"], Is.EqualTo(hash ? Convert.ToHexStringLower(SHA256.HashData(bytes)) : null), name);
        }

        JsonNode dated = remote.First(i => ((string)i["path"]!).EndsWith("lc2000.tif", StringComparison.Ordinal));
        Assert.That((string)dated["modified"]!, Is.EqualTo("2024-02-29T23:59:58Z"));
        JsonNode zones = provenance["inputs"]!.AsArray().First(i => (string)i!["layer"]! == "zones")!;
        Assert.That((zones["sha256"], zones["modified"]), Is.Not.EqualTo(((JsonNode?)null, (JsonNode?)null)));
        Assert.That(zones["modified"], Is.Null, "of a file of this machine the hash says more");
    }

    /// <summary>Half an answer while hashing is asked for again and never hashed.</summary>
    [Test]
    public void AHashIsThatOfTheWholeFile()
    {
        using ShardedJob job = ShardedJob.Sample(700, 600, Flags);
        using var server = new RangeServer(job.Work["data"], Mishap.Cut, 9);
        job.BehindServer(server);
        Run(job, ["compute", "data/remote.json", "--out", "result", "--hash-remote", .. Flags]);
        Assert.That(server.Mishaps, Is.GreaterThan(3));
        foreach (JsonNode? input in JsonNode.Parse(File.ReadAllText(job.Work["result/provenance.json"]))!["inputs"]!.AsArray())
        {
            string name = ((string)input!["path"]!).Split('/')[^1];
            Assert.That(
                (string)input["sha256"]!,
                Is.EqualTo(Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(job.Work["data/" + name])))), name);
        }
    }

    private static void Run(ShardedJob job, string[] arguments) =>
        LdnProcess.Run(job.Work.Folder, [.. arguments, "-q"], s_hasty).Succeeded();
}
