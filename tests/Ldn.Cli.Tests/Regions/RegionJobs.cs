using System.Text.Json.Nodes;
using Ldn.Cli.Tests.Explain;

namespace Ldn.Cli.Tests.Regions;

/// <summary>
/// The inputs of <see cref="ExplainJobs"/> and three regions, side by side from west to east, with rules of their own; the same
/// job by region, and as each region's rules alone over the whole grid.
/// </summary>
internal sealed class RegionJobs : IDisposable
{
    /// <summary>First column of each region after the first.</summary>
    public const int Middle = 13, East = 27;

    public static readonly string[] Ids = ["west", "middle", "east"];

    private static readonly (string Id, double West, double South, double East, double North)[] s_apart =
    [
        ("inWest", 100, 48.5, 101.3, 50), ("inMiddle", 101.5, 48.6, 102.4, 49.9), ("inEast", 102.7, 48.5, 104, 50),
        ("across", 100.4, 47.2, 103.2, 48.4),
    ];

    private static readonly double[] s_edges = [100, 100 + (Middle / 10.0), 100 + (East / 10.0), 104];
    private readonly ExplainJobs _inputs = new();
    private readonly string _base;

    /// <summary>What each region has of its own.</summary>
    private readonly Dictionary<string, string> _define;

    public RegionJobs(string job, string west, string middle, string east)
    {
        _base = job;
        _define = new() { ["west"] = west, ["middle"] = middle, ["east"] = east };
        Work.Zones("three.geojson", Ids.Select((id, i) => (
            $"\"region\":\"{id}\",\"name\":\"The {id}\"", Workspace.Rectangle(s_edges[i], 47, s_edges[i + 1], 50))));
        Work.Raster("three.tif", Workspace.Grid(ExplainJobs.Width, ExplainJobs.Height, 100, 50, 0.1), Ldn.Rasters.CellType.Byte,
            [.. Enumerable.Range(0, ExplainJobs.Width * ExplainJobs.Height).Select(i => 1.0 + Of(i % ExplainJobs.Width))], 0);
        // Zones within one region, across two, and overlapping.
        Work.Zones("parts.geojson",
        [
            ("\"id\":\"inWest\"", Workspace.Rectangle(100, 47, 101.3, 50)),
            ("\"id\":\"inMiddle\"", Workspace.Rectangle(101.5, 47.2, 102.4, 49.9)),
            ("\"id\":\"inEast\"", Workspace.Rectangle(102.7, 47, 104, 50)),
            ("\"id\":\"across\"", Workspace.Rectangle(100.4, 47.5, 103.2, 49)),
        ]);
        Work.Zones("apart.geojson", Apart(0, 3));
    }

    public Workspace Work => _inputs.Work;

    /// <summary>Zones that do not overlap, as far as they lie in some of the regions.</summary>
    private static (string, double[][][])[] Apart(int first, int end) =>
    [
        .. s_apart.Select(
            z => (z.Id, West: Math.Max(z.West, s_edges[first]), z.South, East: Math.Min(z.East, s_edges[end]), z.North))
            .Where(z => z.West < z.East)
            .Select(z => ($"\"id\":\"{z.Id}\"", Workspace.Rectangle(z.West, z.South, z.East, z.North))),
    ];

    /// <summary>Which region a column lies in.</summary>
    public static int Of(int column) => column < Middle ? 0 : column < East ? 1 : 2;

    /// <summary>Computes the job with all regions.</summary>
    public string Whole(string to, params string[] more)
    {
        string all = string.Join(", ", _define.Select(d => $"\"{d.Key}\": {d.Value}"));
        JsonObject job = JsonNode.Parse(_base)!.AsObject();
        job["regions"] = JsonNode.Parse(
            $$"""{ "zones": "three.geojson", "id": "region", "name": "name", "define": { {{all}} } }""");
        Assert.That(Compute(job.ToJsonString(), to, more), Is.Zero);
        return Work[to];
    }

    /// <summary>The same with regions by a raster, whose values are their ids.</summary>
    public string Numbered(string to)
    {
        JsonObject job = JsonNode.Parse(_base)!.AsObject();
        string all = string.Join(", ", Ids.Select((id, i) => $"\"{i + 1}\": {_define[id]}"));
        job["regions"] = JsonNode.Parse($$"""{ "zones": "three.tif", "define": { {{all}} } }""");
        Assert.That(Compute(job.ToJsonString(), to), Is.Zero);
        return Work[to];
    }

    /// <summary>Computes one region's rules over everything: its keys laid over the job's by hand.</summary>
    public string Alone(string region, string to)
    {
        // What is judged within zones is judged within the region alone: zones that do not overlap are cut to it.
        int number = Array.IndexOf(Ids, region);
        Work.Zones("apart_here.geojson", Apart(number, number + 1));
        JsonObject job = JsonNode.Parse(
            _base.Replace("apart.geojson", "apart_here.geojson", StringComparison.Ordinal))!.AsObject(),
            own = JsonNode.Parse(_define[region])!.AsObject();
        foreach ((string block, JsonNode? keys) in own)
        {
            JsonObject under = job[block] as JsonObject ?? [];
            if (keys!["kind"] is not null || keys["factor"] is not null)
                foreach (string gone in keys["kind"] is null ? ["climateZones"] : under.Select(u => u.Key).ToArray())
                    under.Remove(gone);
            foreach ((string key, JsonNode? value) in keys.AsObject())
                under[key] = value?.DeepClone();
            job[block] = under.DeepClone();
        }

        Assert.That(Compute(job.ToJsonString(), to), Is.Zero, region);
        return Work[to];
    }

    public int Compute(string job, string to, params string[] more)
    {
        Work.Text("job.json", job);
        return CommandLine.Run(AllVerbs.InOrder,
        [
            "compute", Work["job.json"], "--out", Work[to], "--rasters", "indicator,sub-indicators,status,parts",
            .. more.Contains("--tables") ? more : ["--tables", "csv", .. more], "--quiet", "--overwrite",
        ]);
    }

    public void Dispose() => _inputs.Dispose();
}
