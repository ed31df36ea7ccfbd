using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Ldn.Cli.Tests.Productivity;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Cluster;

/// <summary>A job in a folder, to be computed in one process and in shards.</summary>
internal sealed class ShardedJob(Workspace work) : IDisposable
{
    /// <summary>The synthetic data set on a grid of several windows.</summary>
    public static ShardedJob Sample(int width = 1300, int height = 1100, params string[] flags)
    {
        var work = new Workspace();
        LdnProcess.Run(work.Folder, ["sample", "data", "--width", $"{width}", "--height", $"{height}", "--seed", "3", "-q"])
            .Succeeded();
        return new ShardedJob(work) { Flags = flags };
    }

    /// <summary>The synthetic data set with every stratum that a job can hold.</summary>
    public static ShardedJob SampleWithEverything(params string[] flags) => WithEverything(Sample(flags: flags));

    /// <summary>A sample, given every stratum.</summary>
    public static ShardedJob WithEverything(ShardedJob job)
    {
        Workspace work = job.Work;
        (Grid grid, double[] dry, _) = Workspace.Read(work["data/aridity.tif"]);
        foreach (int year in new[] { 2016, 2017, 2018, 2019 })
            work.Raster(
                $"data/spi{year}.tif", grid, CellType.Float32,
                [.. dry.Select((v, i) => v < 0 ? -9999 : Math.Round((v * 3) - 2.6 + ((i + year) % 7 * 0.1), 2))], -9999);
        work.Raster(
            "data/aridity2015.tif", grid, CellType.Float32, [.. dry.Select((v, i) => v < 0 ? v : v * (1 + (i % 5 * 0.05)))],
            -9999);
        work.Zones("data/areas.geojson",
        [
            (
                "\"id\":\"A\",\"name\":\"Belt\",\"stakeholder\":\"S\",\"type\":\"restoration\",\"start_year\":2010",
                Workspace.Rectangle(95, 40, 110, 48)),
            (
                "\"id\":\"B\",\"name\":\"Dunes\",\"stakeholder\":\"T\",\"type\":\"sand control\",\"start_year\":2017",
                Workspace.Rectangle(105, 38, 120, 44)),
        ]);
        work.Zones("data/corrections.geojson",
            [("\"id\":\"c1\",\"periods\":\"baseline;report_2\",\"degraded_to\":\"stable\",\"stable_to\":\"\",\"improved_to\":\"\",\"layer\":\"indicator\",\"justification\":\"known\",\"process\":\"field\",\"basis\":\"survey\"", Workspace.Rectangle(100, 45, 112, 50))]);
        work.Text("data/statistics.csv", "zone_id,year,variable,value,unit\nMNG,2019,livestock,70.9,million head\n");
        work.Text("data/cost.csv", "land_cover,grade,usd_per_ha_year\n,,12.5\n");
        JsonNode config = JsonNode.Parse(File.ReadAllText(work["data/job.json"]))!;
        config["activities"] = new JsonObject { ["file"] = "areas.geojson" };
        config["corrections"] = new JsonObject { ["file"] = "corrections.geojson" };
        JsonNode strata = config["strata"]!;
        strata["climate"] = true;
        strata["cost"] = "cost.csv";
        strata["statistics"] = "statistics.csv";
        strata["aridity"] = new JsonObject { ["2000"] = "aridity.tif", ["2015"] = "aridity2015.tif" };
        strata["drought"] = new JsonObject(
            new[] { 2016, 2017, 2018, 2019 }.Select(y => KeyValuePair.Create($"{y}", (JsonNode?)$"spi{y}.tif")));
        strata["drivers"] = new JsonArray(
            new JsonObject { ["file"] = "aridity.tif", ["name"] = "dryness", ["quantum"] = 0.01 },
            new JsonObject { ["file"] = "population_male_2015.tif", ["name"] = "men", ["kind"] = "count" });
        strata["categories"] = new JsonArray(
            "climate_zones.tif", new JsonObject { ["file"] = "areas.geojson", ["id"] = "type", ["name"] = "projects" });
        strata["landTypes"] = new JsonArray("land_types.tif", "climate_zones.tif");
        strata["hotspots"] = new JsonObject
        {
            ["cellKm"] = 300,
            ["polygons"] = new JsonObject { ["file"] = "areas.geojson", ["id"] = "id" }
        };
        work.Text("data/job.json", config.ToJsonString());
        return job;
    }

    /// <summary>A short series stretched over several windows.</summary>
    public static ShardedJob Series(params string[] flags)
    {
        const int width = 1200, height = 900;
        var series = new SmallSeries();
        string transform = FormattableString.Invariant($"100, {4.0 / width:R}, 0, 50, 0, {-3.0 / height:R}");
        foreach (int year in SmallSeries.Years)
            series.Work.Virtual(
                $"y{year}.vrt", series.Work[SmallSeries.File(year)], width, height, "UInt16", transform,
                extra: $"<NoDataValue>{SmallSeries.Gap}</NoDataValue>");
        series.Work.Virtual(
            "units.vrt", series.Work["units.tif"], width, height, "Byte", transform, extra: "<NoDataValue>255</NoDataValue>");
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

    public LdnResult Plan(int shards, params string[] extra) =>
        Run(["plan", Job, "--shards", $"{shards}", "-o", "run/plan.json", "-q", .. Flags, .. extra]);

    public LdnResult Shard(int shard, params string[] extra) =>
        Run(["compute", "--plan", "run/plan.json", "--shard", $"{shard}", "--no-progress", .. extra]);

    /// <summary>Computes shards in an order of their own, with threads of their own.</summary>
    public void Shards(int count, params string[] extra)
    {
        foreach (int shard in Enumerable.Range(0, count).Reverse())
            Shard(shard, ["--threads", $"{1 + (shard % 3)}", .. extra]).Succeeded();
    }

    /// <summary>Writes data/remote.json: the sample's job with every raster behind a server.</summary>
    public void BehindServer(RangeServer server) => work.Text(
        "data/remote.json",
        Regex.Replace(File.ReadAllText(work["data/job.json"]), "\"([a-z_0-9]+\\.tif)\"", $"\"/vsicurl/{server.Url}$1\""));

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
