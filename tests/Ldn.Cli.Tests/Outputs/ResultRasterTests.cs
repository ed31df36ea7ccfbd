using System.Text.Json.Nodes;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Outputs;

/// <summary>The rasters of a result: layout, header, classes, and their agreement with the tables.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ResultRasterTests
{
    private static readonly string[] Names = [
        "baseline_indicator", "baseline_land_cover", "baseline_productivity", "baseline_soil_organic_carbon"];

    private static readonly string[] Conditions = ["degraded", "stable", "improved"];

    [TestCase("byte", "lzw")]
    [TestCase("byte", "deflate")]
    [TestCase("signed", "lzw")]
    public void CountsAreThoseOfTheTables(string encoding, string compression)
    {
        using var job = new SmallJob();
        job.Work.Zones("zones.geojson", SmallJob.Zones[..2]);
        job.Run("--encoding", encoding, "--compress", compression).Succeeded();
        int shift = encoding == "signed" ? -1 : 1;
        List<CsvLine> rows = CsvRows.Read(job["result/summary.csv"]);
        foreach (string name in Names)
        {
            (_, double[] values, double? noData) = Workspace.Read(job[$"result/{name}.tif"]);
            Assert.That(noData, Is.EqualTo(encoding == "signed" ? -32768 : 0));
            string indicator = name == Names[0] ? "sdg_15_3_1" : name["baseline_".Length..];
            for (int c = 0; c < 3; c++)
            {
                Assert.That(
                    values.LongCount(v => v == c + shift),
                    Is.EqualTo(rows.Where(r => r["indicator"] == indicator && r["class"] == Conditions[c]).Sum(r => r.Pixels)),
                    $"{name} {Conditions[c]}");
            }

            Assert.That(values.All(v => v == noData || Enumerable.Range(shift, 3).Contains((int)v)));
        }
    }

    [Test]
    public void OnlyZonesAreWritten()
    {
        using var job = new SmallJob();
        job.Work.Zones("zones.geojson", [SmallJob.Zones[2]]);
        job.Run().Succeeded();
        (Grid grid, double[] values, _) = Workspace.Read(job["result/baseline_land_cover.tif"]);
        for (int i = 0; i < values.Length; i++)
        {
            double x = grid.CentreX(i % grid.Width), y = grid.CentreY(i / grid.Width);
            Assert.That(values[i] != 0, Is.EqualTo(x is > 101 and < 103 && y is > 48 and < 49), $"{x} {y}");
        }
    }

    [Test]
    public void ExtentOfTheZonesInWholeTilesOrFull()
    {
        using var job = new SmallJob();
        const int width = 1300, height = 700;
        foreach (string flag in new[] { "--land-cover-initial", "--land-cover-final", "--lpd", "--soc-initial", "--soc-final" })
        {
            string transform = FormattableString.Invariant($"100, {4.0 / width:R}, 0, 50, 0, {-3.0 / height:R}");
            job.Flags[flag] = job.Work.Virtual(
                job.Flags[flag] + ".vrt", job[job.Flags[flag]!], width, height,
                flag.StartsWith("--soc", StringComparison.Ordinal) ? "Int16" : "Byte", transform);
        }

        job.Work.Zones("zones.geojson", [(SmallJob.Properties("CHN", "East"), Workspace.Rectangle(102, 48.9, 103, 50))]);
        job.Run("--rasters", "indicator").Succeeded();
        (Grid near, double[] some, _) = Workspace.Read(job["result/baseline_indicator.tif"]);
        Assert.That((near.Width, near.Height), Is.EqualTo((512, 512)));
        Assert.That(near.OriginX, Is.EqualTo(100 + (512 * 4.0 / width)).Within(1e-9));
        job.Run("--rasters", "indicator", "--extent", "full", "--overwrite").Succeeded();
        (Grid full, double[] all, _) = Workspace.Read(job["result/baseline_indicator.tif"]);
        Assert.That((full.Width, full.Height, full.OriginX, full.OriginY), Is.EqualTo((width, height, 100.0, 50.0)));
        Assert.That(all.Count(v => v != 0), Is.EqualTo(some.Count(v => v != 0)).And.GreaterThan(0));
    }

    [TestCase("none", 0)]
    [TestCase("indicator", 1)]
    [TestCase("sub-indicators", 3)]
    [TestCase("indicator,sub-indicators", 4)]
    public void OnlyTheRastersAskedFor(string list, int count)
    {
        using var job = new SmallJob();
        job.Run("--rasters", list).Succeeded();
        Assert.That(Directory.GetFiles(job["result"], "*.tif*"), Has.Length.EqualTo(2 * count));
        Assert.That(Directory.GetFiles(job["result"], "*.qml"), Has.Length.EqualTo(count));
        Assert.That(File.Exists(job["result/summary.csv"]));
    }

    [TestCase("byte")]
    [TestCase("signed")]
    public void OtherSoftwareReadsThem(string encoding)
    {
        using var job = new SmallJob();
        job.Run("--encoding", encoding).Succeeded();
        foreach (string name in Names)
        {
            string file = job[$"result/{name}.tif"];
            JsonNode info = JsonNode.Parse(
                LdnProcess.Tool(job.Work.Folder, "gdalinfo", "-json", file).Succeeded().Out)!, band = info["bands"]![0]!;
            using IDisposable all = Assert.EnterMultipleScope();
            Assert.That((string)info["driverShortName"]!, Is.EqualTo("GTiff"));
            Assert.That((string)info["metadata"]!["IMAGE_STRUCTURE"]!["LAYOUT"]!, Is.EqualTo("COG"));
            Assert.That((string)info["metadata"]!["IMAGE_STRUCTURE"]!["COMPRESSION"]!, Is.EqualTo("LZW"));
            Assert.That((string)info["coordinateSystem"]!["wkt"]!, Does.Contain("4326"));
            Assert.That((string)band["description"]!, Does.Contain("baseline"));
            Assert.That((double)band["noDataValue"]!, Is.EqualTo(encoding == "byte" ? 0 : -32768));
            Assert.That((string)band["type"]!, Is.EqualTo(encoding == "byte" ? "Byte" : "Int16"));
            Assert.That(
                File.ReadAllText(job[$"result/{name}.qml"]),
                Does.Contain("degraded").And.Contains("#9b2779").And.Contains("#ffffe0").And.Contains("#006500"));
            if (encoding != "byte")
                continue;
            Assert.That(band["categories"]!.AsArray().Select(c => (string)c!), Is.EqualTo(Conditions.Prepend("")));
            JsonArray colours = band["colorTable"]!["entries"]!.AsArray();
            Assert.That(colours[1]!.ToJsonString(), Is.EqualTo("[155,39,121,255]"));
            Assert.That(colours[2]!.ToJsonString(), Is.EqualTo("[255,255,224,255]"));
            Assert.That(colours[3]!.ToJsonString(), Is.EqualTo("[0,101,0,255]"));
        }
    }

    [TestCase("lzw")]
    [TestCase("zstd")]
    public void CloudOptimizedByGdalsOwnValidator(string compression)
    {
        using var job = new SmallJob();
        LdnResult result = job.Run("--compress", compression);
        if (result.ExitCode == (int)ExitCode.Usage && result.Error.Contains("cannot write GeoTIFFs", StringComparison.Ordinal))
            Assert.Ignore(result.Error);
        result.Succeeded();
        if (
            LdnProcess.Tool(
                job.Work.Folder, "/usr/bin/python3", "-c",
                "import osgeo_utils.samples.validate_cloud_optimized_geotiff").ExitCode != 0)
            Assert.Ignore("GDAL's Python modules are not installed");
        foreach (string name in Names)
        {
            LdnResult validator = LdnProcess.Tool(
                job.Work.Folder, "/usr/bin/python3", "-m", "osgeo_utils.samples.validate_cloud_optimized_geotiff",
                "--full-check=yes", job[$"result/{name}.tif"]);
            Assert.That(validator.ExitCode, Is.Zero, validator.Out + validator.Error);
            Assert.That(validator.Out, Does.Contain("is a valid cloud optimized GeoTIFF").And.Not.Contains("warning"));
        }
    }
}
