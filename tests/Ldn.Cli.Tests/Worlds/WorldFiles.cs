using System.Globalization;
using System.Text.Json.Nodes;

namespace Ldn.Cli.Tests.Worlds;

/// <summary>Puts a world into files and says how to compute it.</summary>
internal static class WorldFiles
{
    public static string[] Write(World world, Workspace work)
    {
        foreach (WorldLayer layer in world.Layers)
            layer.Write(work);
        if (world.Legend == "legend.csv")
            work.Text(
                "legend.csv",
                "code,name,color,unccd\n" + string.Concat(world.Nesting.Select(n => $"{n.Key},class {n.Key},,{n.Value}\n")));
        if (world.Matrix is { } matrix)
        {
            int[] codes = [.. world.Nesting.Keys];
            work.Text(
                "matrix.csv",
                $"from,{string.Join(',', codes)}\n" + string.Concat(
                    codes.Select(f => $"{f},{string.Join(',', codes.Select(t => matrix[(f, t)]))}\n")));
        }

        for (int i = 0; i < world.ZoneLayers.Length; i++)
            if (world.ZoneLayers[i][0].Raster is null)
                work.Zones(
                    $"zones{i}.geojson",
                    world.ZoneLayers[i].Select(z => ($"\"id\":\"{z.Id}\",\"label\":\"{z.Name}\"", z.Polygons)),
                    int.Parse(world.CrsCode[5..], CultureInfo.InvariantCulture));
        if (world.Groups.Count > 0)
            work.Text(
                "groups.csv",
                "group_id,group_name,zone_id\n" + string.Concat(
                    world.Groups.SelectMany(g => g.Value.Select(z => $"{g.Key},Group {g.Key},{z}\n"))));
        string[] how = [
            "--threads", $"{world.Rules.Threads}", "--out", "result", "--rasters",
            world.Seed % 3 == 0 ? "indicator,sub-indicators,status" : "none"];
        bool flags = world.Periods.Length == 1 && world.Productivity != "parts" && world.ZoneLayers.Length <= 1
            && world.Seed % 2 == 0;
        if (flags)
            return ["compute", .. Flags(world), .. how];
        work.Text("job.json", Job(world).ToJsonString());
        return ["compute", "job.json", .. how];
    }

    private static List<string> Flags(World world)
    {
        WorldPeriod period = world.Periods[0];
        WorldRules rules = world.Rules;
        List<string> flags = [
            "--missing", rules.Missing, "--soc-threshold", $"{rules.Threshold.ToString(CultureInfo.InvariantCulture)}", "--like",
            world.Like];
        flags.Add($"--soc-inclusive={(rules.Inclusive ? "true" : "false")}");
        if (rules.UnmappedIsNoData)
            flags.AddRange(["--unmapped", "nodata"]);
        if (rules.TrendsEarth)
            flags.AddRange(["--profile", "trends-earth"]);
        if (world.Covers.Count > 0)
            flags.AddRange(["--land-cover-initial", world.Covers[period.First].File, "--land-cover-final", world.Covers[period.Last].File, "--legend", world.Legend]);
        else
            flags.AddRange(
                ["--without", "land-cover", .. world.Water is null ? Array.Empty<string>() : ["--water", world.Water.File]]);
        if (world.Matrix is not null)
            flags.AddRange(["--matrix", "matrix.csv"]);
        flags.AddRange(world.Productivity switch
        {
            "" => ["--without", "productivity"],
            "lpd" => ["--lpd", period.Productivity[0].File],
            _ => ["--productivity-condition", period.Productivity[0].File],
        });
        flags.AddRange(world.SoilCarbon switch
        {
            "" => ["--without", "soil-carbon"],
            "change" => ["--soc-change", period.SoilChange!.File],
            _ => ["--soc-initial", world.Stocks[period.First].File, "--soc-final", world.Stocks[period.Last].File],
        });
        foreach (WorldZone[] layer in world.ZoneLayers)
            flags.AddRange(
                layer[0].Raster is { } raster
                    ? ["--zones", raster.File]
                    : ["--zones", "zones0.geojson", "--zone-id", "id", "--zone-name", "label"]);
        if (world.Groups.Count > 0)
            flags.AddRange(["--groups", "groups.csv"]);
        foreach ((string name, double fill) in world.UndeclaredFills)
            flags.AddRange(["--nodata", $"{name}={fill.ToString(CultureInfo.InvariantCulture)}"]);
        return flags;
    }

    private static JsonObject Job(World world)
    {
        WorldRules rules = world.Rules;
        JsonArray Years(WorldPeriod p) => [p.First, p.Last];
        JsonObject Dated(Dictionary<int, WorldLayer> layers) => new(
            layers.Select(l => KeyValuePair.Create($"{l.Key}", (JsonNode?)l.Value.File)));
        JsonObject StandIns(
            Dictionary<int,
            WorldLayer> layers) => new(world.Periods.Select(p => p.First).Where(y => !layers.ContainsKey(y)).Distinct()
            .Select(y => KeyValuePair.Create($"{y}", (JsonNode?)2015)));
        var job = new JsonObject
        {
            ["name"] = $"world {world.Seed}",
            ["periods"] = new JsonObject(world.Periods.Select(p => KeyValuePair.Create(p.Id, (JsonNode?)new JsonObject
            {
                ["landCover"] = Years(p),
                ["productivity"] = Years(p),
                ["soilCarbon"] = Years(p),
            }))),
            ["rules"] = new JsonObject
            {
                ["missing"] = rules.Missing,
                ["socThreshold"] = rules.Threshold,
                ["socInclusive"] = rules.Inclusive,
                ["lpdTable"] = rules.LpdTable,
                ["unmapped"] = rules.UnmappedIsNoData ? "nodata" : "error",
                ["profile"] = rules.TrendsEarth ? "trends-earth" : "default",
                ["status"] = rules.Status,
            },
            ["grid"] = new JsonObject { ["like"] = world.Like },
        };
        var without = new JsonArray();
        if (world.Covers.Count == 0)
            without.Add("land-cover");
        else
            job["landCover"] = new JsonObject
            {
                ["legend"] = world.Legend,
                ["matrix"] = world.Matrix is null
                    ? null
                    : "matrix.csv",
                ["years"] = Dated(world.Covers),
                ["standIns"] = StandIns(world.Covers)
            };
        if (world.Water is { } water)
            job["water"] = water.File;
        if (world.Productivity.Length == 0)
            without.Add("productivity");
        else
            job["productivity"] = new JsonObject
            {
                ["kind"] = world.Productivity,
                ["periods"] = new JsonObject(
                    world.Periods.Select(p => KeyValuePair.Create(p.Id, ProductivityOf(p))))
            };
        if (world.SoilCarbon.Length == 0)
            without.Add("soil-carbon");
        else if (world.SoilCarbon == "change")
            job["soilCarbon"] = new JsonObject
            {
                ["kind"] = "change",
                ["periods"] = new JsonObject(
                    world.Periods.Select(p => KeyValuePair.Create(p.Id, (JsonNode?)p.SoilChange!.File)))
            };
        else
            job["soilCarbon"] = new JsonObject
            {
                ["kind"] = "stocks",
                ["years"] = Dated(world.Stocks),
                ["standIns"] = StandIns(world.Stocks)
            };
        job["without"] = without;
        job["zones"] = new JsonArray([.. world.ZoneLayers.Select((layer, i) =>
        {
            string? groups = i == 0 && world.Groups.Count > 0 ? "groups.csv" : null;
            return (JsonNode)(layer[0].Raster is { } raster ? new JsonObject { ["file"] = raster.File, ["groups"] = groups }
                : new JsonObject { ["file"] = $"zones{i}.geojson", ["id"] = "id", ["name"] = "label", ["groups"] = groups });
        })]);
        if (world.UndeclaredFills.Count > 0)
            job["noData"] = new JsonObject(
                world.UndeclaredFills.Select(f => KeyValuePair.Create(f.Key, (JsonNode?)new JsonArray(f.Value))));
        return job;
    }

    private static JsonNode? ProductivityOf(WorldPeriod period) => period.Productivity is [var only] ? only.File
        : new JsonObject
        {
            ["trend"] = period.Productivity[0].File,
            ["state"] = period.Productivity[1].File,
            ["performance"] = period.Productivity[2].File
        };
}
