using System.Text.Json.Nodes;
using Ldn.Rasters;
using Ldn.Tests;

namespace Ldn.Cli.Tests.Reports;

/// <summary>
/// The STAC item against a schema written from the words of the specification and its extensions, judged by another program, and
/// against the rasters themselves; where grids lie over the antimeridian or a pole.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class StacItemTests
{
    private const string Judge = """
        import json, sys
        try:
            from jsonschema import Draft7Validator
        except ImportError as e:
            sys.exit("No module named " + str(e))
        schema = json.load(open(sys.argv[1]))
        Draft7Validator.check_schema(schema)
        for error in Draft7Validator(schema).iter_errors(json.load(open(sys.argv[2]))):
            print("/".join(map(str, error.absolute_path)), error.message[:200])
        """;

    private static readonly string s_schema = Path.Combine(TestData.Root, "tests", "stac", "item.schema.json");

    [Test]
    public void TheItemFollowsTheSchemas()
    {
        string item = ReportRuns.File("stac-item.json");
        Assert.That(Errors(item), Is.Empty);
        JsonNode root = Read(item);
        foreach ((string name, JsonNode? asset) in root["assets"]!.AsObject())
        {
            if (asset!["raster:bands"] is not { } bands)
                continue;
            (Grid grid, double[] values, double? noData) = Workspace.Read(ReportRuns.File(name + ".tif"));
            JsonNode band = bands[0]!;
            Assert.That(Numbers(root["properties"]!["proj:shape"]!), Is.EqualTo(new[] { grid.Height, grid.Width }), name);
            double[] transform = [grid.CellWidth, 0, grid.OriginX, 0, grid.CellHeight, grid.OriginY];
            Assert.That(Numbers(root["properties"]!["proj:transform"]!), Is.EqualTo(transform));
            Assert.That((double)band["nodata"]!, Is.EqualTo(noData), name);
            double[] classes = [.. band["classification:classes"]!.AsArray().Select(c => (double)c!["value"]!)];
            Assert.That(values.Distinct(), Is.SubsetOf(classes), name);
        }
    }

    /// <summary>A schema that accepts everything would pass the test above.</summary>
    [TestCase("\"proj:epsg\": 4326", "\"proj:epsg\": \"EPSG:4326\"")]
    [TestCase("\"data_type\": \"uint8\"", "\"data_type\": \"byte\"")]
    [TestCase("\"color_hint\": \"762A83\"", "\"color_hint\": \"#762A83\"")]
    [TestCase("\"stac_version\": \"1.0.0\"", "\"stac_version\": \"1\"")]
    [TestCase("\"raster:bands\"", "\"raster:band\"")]
    public void WhatDoesNotFollowIsFound(string text, string instead)
    {
        string item = File.ReadAllText(ReportRuns.File("stac-item.json"));
        Assert.That(item, Does.Contain(text));
        using var work = new Workspace();
        string spoilt = work.Text("spoilt.json", item.Replace(text, instead, StringComparison.Ordinal));
        Assert.That(Errors(spoilt), Is.Not.Empty);
    }

    /// <summary>
    /// West, south, east, north: a grid of longitudes to 190 is cut at the antimeridian; one of 350 to 370 lies around Greenwich;
    /// a zone of UTM reaches over the antimeridian; a polar grid holds all longitudes and the pole. By GDAL from Python, at
    /// 401 × 401 points.
    /// </summary>
    [TestCase("EPSG:4326", 170.0, 70.0, 0.5, 170.0, 55.0, -170.0, 70.0)]
    [TestCase("EPSG:4326", 350.0, 50.0, 0.5, -10.0, 35.0, 10.0, 50.0)]
    [TestCase("EPSG:4326", -190.0, 50.0, 0.5, 170.0, 35.0, -170.0, 50.0)]
    [TestCase("EPSG:32601", 200_000.0, 6_000_000.0, 10_000.0, 178.42, 51.37, -175.47, 54.15)]
    [TestCase("EPSG:3413", -200_000.0, 150_000.0, 10_000.0, -180.0, 87.69, 180.0, 90.0)]
    [TestCase("EPSG:32648", 300_000.0, 5_400_000.0, 1_000.0, 102.28, 48.45, 102.84, 48.73)]
    public void LongitudesStayWithinHalfATurn(
        string crs, double x, double y, double cell, double west, double south, double east, double north)
    {
        using var work = new Workspace();
        Grid grid = Workspace.Grid(40, 30, x, y, cell, crs);
        work.Raster("c.tif", grid, CellType.Byte, [.. Enumerable.Range(0, 1200).Select(i => 1.0 + (i % 3))], 0);
        LdnProcess.Run(work.Folder,
        [
            "compute", "--productivity-condition", "c.tif", "--without", "land-cover", "--without", "soil-carbon",
            "--years", "2000-2015", "--extent", "full", "--out", "result",
        ]).Succeeded();
        string file = work["result/stac-item.json"];
        JsonNode item = Read(file);
        Assert.That(Errors(file), Is.Empty);
        Assert.That(Numbers(item["bbox"]!), Is.EqualTo(new[] { west, south, east, north }).Within(0.01));
        string type = (string)item["geometry"]!["type"]!;
        Assert.That(type, Is.EqualTo(west > east ? "MultiPolygon" : "Polygon"));
        if (west > east)
        {
            double[] box = Numbers(item["bbox"]!);
            IEnumerable<double[]> parts = item["geometry"]!["coordinates"]!.AsArray()
                .Select(p => p![0]!.AsArray().Select(v => (double)v![0]!).ToArray());
            Assert.That(parts.Select(e => (e.Min(), e.Max())), Is.EqualTo(new[] { (box[0], 180.0), (-180.0, box[2]) }));
        }
    }

    private static JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(file))!;

    private static double[] Numbers(JsonNode array) => [.. array.AsArray().Select(n => (double)n!)];

    private static string[] Errors(string item)
    {
        using var work = new Workspace();
        LdnResult result = LdnProcess.Tool(work.Folder, "/usr/bin/python3", "-c", Judge, s_schema, item);
        if (result.Error.Contains("No module named", StringComparison.Ordinal))
            Assert.Ignore("python3-jsonschema is not installed");
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        return result.Out.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
