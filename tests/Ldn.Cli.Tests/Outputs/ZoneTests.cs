using Ldn.Rasters;

namespace Ldn.Cli.Tests.Outputs;

/// <summary>Zones in layers, overlapping, from rasters and across 180 degrees; groups.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ZoneTests
{
    private const long Countries = SmallJob.Width * SmallJob.Height / 2, Edge = 20 * 10;

    [Test]
    public void OverlappingZonesCountAPixelOnceEachAndOnceInTheirGroup()
    {
        using var job = new SmallJob();
        job.Flags["--groups"] = job.Work.Text(
            "groups.csv", "group_id,group_name,zone_id\nall,All,MNG\nall,All,CHN\nall,All,EDGE\nwest,West,MNG\nwest,West,EDGE\nwest,West,MNG\n");
        job.Run("--rasters", "none").Succeeded();
        Assert.That(Pixels(job), Is.EqualTo(new Dictionary<string, long>
        {
            ["MNG"] = Countries,
            ["CHN"] = Countries,
            ["EDGE"] = Edge,
            ["all"] = 2 * Countries,
            ["west"] = Countries + (Edge / 2),
        }));
    }

    [Test]
    public void SeveralLayersOfZones()
    {
        using var job = new SmallJob();
        job.Work.Zones("provinces.geojson",
            [("\"code\":11,\"title\":\"North\"", Workspace.Rectangle(100, 49, 104, 50)), ("\"code\":12,\"title\":\"South\"", Workspace.Rectangle(100, 47, 104, 49))]);
        job.Work.Text("groups.csv", "group_id,group_name,zone_id\nmixed,Mixed,11\nmixed,Mixed,CHN\n");
        string file = SmallJob.JobFile.Replace(
            "\"name\": \"name\" } ]", """ "name": "name", "groups": "north-east-asia" }, { "file": "provinces.geojson", "id": "code", "name": "title", "groups": "groups.csv" } ]""",
            StringComparison.Ordinal);
        job.RunFile(file).Succeeded();
        Assert.That(Pixels(job), Is.EqualTo(new Dictionary<string, long>
        {
            ["MNG"] = Countries,
            ["CHN"] = Countries,
            ["EDGE"] = Edge,
            ["11"] = 400,
            ["12"] = 800,
            ["north-east-asia"] = 2 * Countries,
            ["mixed"] = Countries + 200,
        }));
        Assert.That(
            CsvRows.Read(job["result/summary.csv"]).Where(r => r["zone_id"] == "12").Select(r => r["zone_name"]).Distinct(),
            Is.EqualTo(new[] { "South" }));
    }

    [Test]
    public void ZonesFromARasterOfIntegers()
    {
        using var job = new SmallJob();
        job.Work.Raster(
            "zones.tif", SmallJob.Grid, CellType.Int16, SmallJob.Values((c, r) => c < 10 ? -1 : c < 15 ? 300 : r < 3 ? 7 : 0),
            -1);
        job.Flags["--zones"] = "zones.tif";
        job.Flags.Remove("--zone-id");
        job.Flags.Remove("--zone-name");
        job.Run("--rasters", "none").Succeeded();
        Assert.That(Pixels(job), Is.EqualTo(new Dictionary<string, long> { ["0"] = 25 * 27, ["7"] = 25 * 3, ["300"] = 5 * 30 }));
    }

    [Test]
    public void NoZonesAreOneZone()
    {
        using var job = new SmallJob();
        foreach (string flag in new[] { "--zones", "--zone-id", "--zone-name" })
            job.Flags.Remove(flag);
        job.Run("--rasters", "none").Succeeded();
        Assert.That(Pixels(job), Is.EqualTo(new Dictionary<string, long> { ["all"] = 2 * Countries }));
    }

    [Test]
    public void RegionsOfTheUnitedNations()
    {
        using var job = new SmallJob();
        LdnResult result = job.Run("--rasters", "none", "--groups", "m49").Succeeded();
        Dictionary<string, long> pixels = Pixels(job);
        Assert.That(pixels.Keys, Is.EqualTo(new[] { "MNG", "CHN", "EDGE", "m49:001", "m49:142", "m49:030" }));
        Assert.That(pixels["m49:030"], Is.EqualTo(2 * Countries));
        Assert.That(result.Error, Does.Contain("JPN"));
        Assert.That(
            CsvRows.Read(job["result/summary.csv"]).First(r => r["zone_id"] == "m49:030")["zone_name"],
            Is.EqualTo("Eastern Asia"));
    }

    [Test]
    public void ASharedEdgeThroughCentresGoesToOneSide()
    {
        using var job = new SmallJob();
        const double x = 101.05, y = 48.45;
        job.Work.Zones("zones.geojson",
        [
            (SmallJob.Properties("a", "A"), Workspace.Rectangle(100, y, x, 50)),
            (SmallJob.Properties("b", "B"), Workspace.Rectangle(x, y, 104, 50)),
            (SmallJob.Properties("c", "C"), Workspace.Rectangle(100, 47, x, y)),
            (SmallJob.Properties("d", "D"), Workspace.Rectangle(x, 47, 104, y)),
        ]);
        job.Flags["--groups"] = job.Work.Text(
            "groups.csv", "group_id,group_name,zone_id\nall,All,a\nall,All,b\nall,All,c\nall,All,d\n");
        job.Run("--rasters", "none").Succeeded();
        Dictionary<string, long> pixels = Pixels(job);
        Assert.That(pixels["all"], Is.EqualTo(2 * Countries));
        Assert.That(pixels["a"] + pixels["b"] + pixels["c"] + pixels["d"], Is.EqualTo(2 * Countries));
    }

    [Test]
    public void OnePlaceInEverySpellingOfTheAntimeridian()
    {
        using var job = new SmallJob();
        foreach (string name in new[] { "lc0.tif", "lc1.tif", "lpd.tif", "soc0.tif", "soc1.tif" })
        {
            (_, double[] values, double? noData) = Workspace.Read(job[name]);
            CellType type = name.StartsWith("soc", StringComparison.Ordinal) ? CellType.Int16 : CellType.Byte;
            // The stocks lie on the other side of the world's edge.
            job.Work.Raster(name, SmallJob.Grid with { OriginX = name == "soc1.tif" ? -182 : 178 }, type, values, noData!.Value);
        }

        string[] ids = ["cut", "beyond", "before", "jump"];
        double[][][][] polygons =
        [
            [.. Workspace.Rectangle(179, 48, 180, 49), .. Workspace.Rectangle(-180, 48, -179, 49)],
            Workspace.Rectangle(179, 48, 181, 49),
            Workspace.Rectangle(-181, 48, -179, 49), [[[179, 48, -179, 48, -179, 49, 179, 49, 179, 48]]],
        ];
        job.Work.Zones("zones.geojson", ids.Zip(polygons, (id, p) => (SmallJob.Properties(id, id), p)));
        job.Run("--rasters", "none").Succeeded();
        Assert.That(Pixels(job), Is.EqualTo(ids.ToDictionary(id => id, _ => Edge)));
    }

    /// <summary>An id that is a number is written as it is; one that a spreadsheet would run is defused.</summary>
    [Test]
    public void IdsThatLookLikeNumbersOrFormulas()
    {
        using var job = new SmallJob();
        job.Work.Zones("zones.geojson", [
            (SmallJob.Properties("-1", "minus one"), Workspace.Rectangle(100, 47, 102, 50)),
            (SmallJob.Properties("=1+1", "two"), Workspace.Rectangle(102, 47, 104, 50))]);
        job.Run("--rasters", "none").Succeeded();
        Assert.That(CsvRows.Read(job["result/headline.csv"]).Select(r => r["zone_id"]), Is.EqualTo(new[] { "-1", "'=1+1" }));
    }

    private static Dictionary<string, long> Pixels(SmallJob job) => CsvRows.Read(job["result/summary.csv"])
        .Where(r => r["indicator"] == "sdg_15_3_1").GroupBy(r => r["zone_id"]).ToDictionary(
            g => g.Key, g => g.Sum(r => r.Pixels));
}
