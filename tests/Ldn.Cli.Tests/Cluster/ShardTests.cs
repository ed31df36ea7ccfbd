using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ldn.Cli.Tests.BadInput;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Cluster;

/// <summary>A run in shards ends in the bytes of a single process, whatever it computes.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ShardTests
{
    private static readonly string[] EveryRaster = ["--rasters", "indicator,sub-indicators,status,parts"];

    [Test]
    public void SeveralPeriods([Values(1, 4)] int shards)
    {
        using ShardedJob job = ShardedJob.Sample();
        Equal(job, shards);
    }

    [Test]
    public void SignedRastersWithParts()
    {
        using ShardedJob job = ShardedJob.Sample(
            flags: ["--tables", "html", "--encoding", "signed", "--compress", "deflate", "--language", "ru", .. EveryRaster]);
        Equal(job, 3);
    }

    /// <summary>
    /// Whatever a job can ask beyond the indicator: people, drylands, drivers of each kind, drought, activities, corrections,
    /// targets, land types, severity and cost.
    /// </summary>
    [Test]
    public void EverythingAJobCanAsk()
    {
        using ShardedJob job = ShardedJob.SampleWithEverything(
            "--rasters", "indicator,sub-indicators,status,neutrality,response,parts", "--tables",
            "csv,json,html,gpkg,prais,trends-earth");
        Equal(job, 5);
        string[] tables =
        [
            "activities", "activities_by_stakeholder", "activities_by_type", "aridity", "aridity_transitions", "categories",
            "climate", "corrections", "cost", "drivers", "drought", "drought_blocks",
            "drylands", "hotspots", "neutrality", "population", "projection", "response_hierarchy", "severity", "statistics",
            "targets",
        ];
        foreach (string table in tables)
            Assert.That(File.ReadLines(job.Work[$"run/result/{table}.csv"]).Count(), Is.GreaterThan(1), table);
    }

    /// <summary>Regions with a product, a threshold and a matrix of their own.</summary>
    [Test]
    public void RegionsWithRulesOfTheirOwn()
    {
        using ShardedJob job = ShardedJob.Sample(flags: ["--tables", "csv,json,html,prais", .. EveryRaster]);
        JsonNode config = JsonNode.Parse(File.ReadAllText(job.Work["data/job.json"]))!;
        JsonNode zones = config["zones"]![0]!;
        config["regions"] = JsonNode.Parse($$"""
            {
              "zones": {{zones["file"]!.ToJsonString()}}, "id": {{zones["id"]!.ToJsonString()}},
              "define": {
                "CHN": { "rules": { "socThreshold": 5 } },
                "MNG": { "productivity": { "periods": {
                  "baseline": "lpd2019.tif", "report_1": "lpd2015.tif", "report_2": "lpd2019.tif" } } },
                "RUS": { "rules": { "socThreshold": 15, "socInclusive": true } }, "JPN": {}, "KOR": {}, "PRK": {}
              }
            }
            """);
        job.Work.Text("data/job.json", config.ToJsonString());
        Equal(job, 4);
        Assert.That(File.ReadLines(job.Work["run/result/regions.csv"]).Count(), Is.GreaterThan(1));
    }

    /// <summary>On clusters inputs are often links: what they lead to is stamped, not they.</summary>
    [Test]
    public void InputsBehindLinks()
    {
        using ShardedJob job = ShardedJob.Sample(flags: ["--rasters", "indicator"]);
        Directory.Move(job.Work["data"], job.Work["kept"]);
        Directory.CreateDirectory(job.Work["data"]);
        foreach (string file in Directory.GetFiles(job.Work["kept"]))
            File.CreateSymbolicLink(job.Work["data/" + Path.GetFileName(file)], file);
        Equal(job, 2);
        File.AppendAllText(job.Work["kept/targets.csv"], "\n");
        Refusal.Said(job.Merge("--overwrite"), ExitCode.Input, "targets.csv has changed");
    }

    /// <summary>Percentiles of the whole run: the histograms of all shards come first.</summary>
    [Test]
    public void ProductivityInTwoStages()
    {
        using ShardedJob job = ShardedJob.Series(EveryRaster);
        Dictionary<string, byte[]> expected = job.Single();
        job.Plan(3).Succeeded();
        Refusal.Said(job.Shard(1), ExitCode.Incomplete, "shards 0, 1, 2 missing", "--stage 1");
        job.Shards(3, "--stage", "1");
        File.Delete(job.Work["run/plan.parts/00001/stage1.json"]);
        Refusal.Said(job.Shard(0), ExitCode.Incomplete, "shard 1 missing");
        job.Shard(1, "--stage", "1").Succeeded();
        job.Shards(3);
        job.Merge("--cog").Succeeded();
        Assert.That(expected.Keys, Does.Contain("baseline_performance.tif").And.Contain("baseline_trend_z.tif"));
        ShardedJob.Same(job.Contents("run/result"), expected);
        Refusal.Said(job.Shard(0, "--stage", "3"), ExitCode.Usage, "no stage 3");
    }

    /// <summary>Rasters stay in their parts; reports are those of one process all the same.</summary>
    [Test]
    public void VirtualRastersOverTheParts()
    {
        using ShardedJob job = ShardedJob.Sample();
        Dictionary<string, byte[]> expected = job.Single();
        job.Plan(5).Succeeded();
        job.Shards(5);
        job.Merge().Succeeded();
        foreach ((string name, byte[] bytes) in expected)
        {
            // The verdict of a land type is known when all parts are: its raster is painted by the merge itself.
            string merged = name.StartsWith("neutrality_", StringComparison.Ordinal) ? name : Path.ChangeExtension(name, ".vrt");
            if (name.EndsWith(".tif", StringComparison.Ordinal))
                Assert.That(
                    Workspace.Read(job.Work["run/result/" + merged]).Values,
                    Is.EqualTo(Workspace.Read(job.Work["single/" + name]).Values), name);
            else if (!name.EndsWith(".tif.aux.xml", StringComparison.Ordinal) && name != "stac-item.json")
                Assert.That(File.ReadAllBytes(job.Work["run/result/" + name]).AsSpan().SequenceEqual(bytes), name);
        }

        string item = File.ReadAllText(job.Work["run/result/stac-item.json"]);
        Assert.That(item, Does.Contain("./status_report_1.vrt"));
        Assert.That(
            Regex.Matches(item, @"\./([^""]*)\.tif").Select(m => m.Groups[1].Value),
            Is.All.StartsWith("neutrality_").And.Not.Empty);

        // Parts and result may be moved together.
        double[] before = Workspace.Read(job.Work["run/result/baseline_indicator.vrt"]).Values;
        Directory.Move(job.Work["run"], job.Work["elsewhere"]);
        Assert.That(Workspace.Read(job.Work["elsewhere/result/baseline_indicator.vrt"]).Values, Is.EqualTo(before));
    }

    /// <summary>What a single process would refuse of the whole, the merge refuses in the same words.</summary>
    [Test]
    public void ValuesInNoLegendAreSummedOverTheShards()
    {
        using ShardedJob job = ShardedJob.Sample(flags: ["--rasters", "none"]);
        string file = job.Work["data/lc2000.tif"];
        (Grid grid, double[] values, double? noData) = Workspace.Read(file);
        for (int i = 0; i < values.Length; i += 97)
            values[i] = 77;
        job.Work.Raster("data/lc2000.tif", grid, CellType.Byte, values, noData!.Value);
        LdnResult single = job.Run(["compute", "data/job.json", "--out", "single", "-q", .. job.Flags]);
        job.Plan(4).Succeeded();
        job.Shards(4);
        LdnResult merged = job.Merge();
        Assert.That((single.ExitCode, single.Error), Is.EqualTo(((int)ExitCode.Input, merged.Error)));
        Refusal.Said(merged, ExitCode.Input, "lc2000.tif", "77 (");
        Assert.That(Path.Exists(job.Work["run/result"]), Is.False);
    }

    private static void Equal(ShardedJob job, int shards)
    {
        Dictionary<string, byte[]> expected = job.Single();
        job.Plan(shards).Succeeded();
        job.Shards(shards);
        job.Merge("--cog").Succeeded();
        ShardedJob.Same(job.Contents("run/result"), expected);
    }
}
