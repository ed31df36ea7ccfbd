using System.Text.Json.Nodes;

namespace Ldn.Cli.Tests.Cluster;

/// <summary>
/// Plans and parts, as they are written, follow the schemas that are published, which are judged by another program.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class PlanSchemaTests
{
    private const string Judge = """
        import json, sys
        try:
            from jsonschema import Draft202012Validator
        except ImportError as e:
            sys.exit("No module named " + str(e))
        schema = json.load(open(sys.argv[1]))
        Draft202012Validator.check_schema(schema)
        for file in sys.argv[2:]:
            print(sum(1 for _ in Draft202012Validator(schema).iter_errors(json.load(open(file)))))
        """;

    [Test]
    public void PlansAndPartsFollowTheirSchemas()
    {
        using ShardedJob job = ShardedJob.Sample(1100, 900, "--tables", "csv", "--rasters", "indicator");
        using var server = new RangeServer(job.Work["data"]);
        job.BehindServer(server);
        LdnProcess.Run(
            job.Work.Folder,
            ["plan", "data/remote.json", "--shards", "2", "-o", "remote/plan.json", "--hash-remote", "-q", .. job.Flags],
            new Dictionary<string, string> { ["no_proxy"] = "127.0.0.1" }).Succeeded();
        job.Plan(2).Succeeded();
        job.Shards(2);
        Follows(job.Work, "plan", "run/plan.json", "remote/plan.json");
        Follows(job.Work, "part", "run/plan.parts/00000/part.json", "run/plan.parts/00001/part.json");
        DoesNotFollow(job.Work, "plan", "run/plan.json", plan => plan.Remove("windows"));
        DoesNotFollow(job.Work, "plan", "remote/plan.json", plan => plan["remote"]![0]!["sha256"] = "none");
        DoesNotFollow(
            job.Work, "part", "run/plan.parts/00000/part.json",
            part => part["tallies"]!.AsObject().First(t => t.Value!["rows"]!.AsArray().Count > 0).Value!["rows"]![0]![1] = 5);
        DoesNotFollow(job.Work, "part", "run/plan.parts/00000/part.json", part => part.Remove("covered"));
    }

    [Test]
    public void HistogramsFollowTheSchemaOfParts()
    {
        using ShardedJob job = ShardedJob.Series("--rasters", "none", "--tables", "csv");
        job.Plan(2).Succeeded();
        job.Shards(2, "--stage", "1");
        Follows(job.Work, "part", "run/plan.parts/00000/stage1.json", "run/plan.parts/00001/stage1.json");
        Follows(job.Work, "plan", "run/plan.json");
        DoesNotFollow(
            job.Work, "part", "run/plan.parts/00000/stage1.json", part => part["histograms"]![0]![0]!.AsArray().RemoveAt(3));
    }

    private static void Follows(Workspace work, string schema, params string[] files) =>
        Assert.That(Errors(work, schema, files), Is.All.EqualTo("0"));

    /// <summary>A schema that accepts everything would pass the check above.</summary>
    private static void DoesNotFollow(Workspace work, string schema, string file, Action<JsonObject> spoil)
    {
        JsonObject spoilt = JsonNode.Parse(File.ReadAllText(work[file]))!.AsObject();
        spoil(spoilt);
        work.Text("spoilt.json", spoilt.ToJsonString());
        Assert.That(Errors(work, schema, "spoilt.json"), Is.All.Not.EqualTo("0"));
    }

    private static string[] Errors(Workspace work, string schema, params string[] files)
    {
        work.Text($"{schema}.schema.json", LdnProcess.Run(work.Folder, ["schema", schema]).Succeeded().Out);
        LdnResult result = LdnProcess.Tool(work.Folder, "/usr/bin/python3", ["-c", Judge, $"{schema}.schema.json", .. files]);
        if (result.Error.Contains("No module named", StringComparison.Ordinal))
            Assert.Ignore("python3-jsonschema is not installed");
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        return result.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
