using System.Globalization;
using System.Text;
using Ldn.Cli.Tests.Fuzz;

namespace Ldn.Cli.Tests.BadInput;

/// <summary>Inputs that are made to hurt, by name; random ones are fuzzed.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class HostileInputTests
{
    /// <summary>The first band is a raster like any other; one that is not there is named.</summary>
    [Test]
    public void ARasterOf65000Bands()
    {
        using var job = new SmallJob();
        LdnResult made = LdnProcess.Tool(job.Work.Folder, "/usr/bin/python3", "-c", """
            from osgeo import gdal
            gdal.UseExceptions()
            source = gdal.Open("lpd.tif")
            many = gdal.GetDriverByName("GTiff").Create("many.tif", 40, 30, 65000, gdal.GDT_Byte, ["INTERLEAVE=BAND", "SPARSE_OK=TRUE"])
            many.SetGeoTransform(source.GetGeoTransform()), many.SetSpatialRef(source.GetSpatialRef()), many.GetRasterBand(1).SetNoDataValue(0)
            many.GetRasterBand(1).WriteArray(source.ReadAsArray())
            """);
        if (made.Error.Contains("No module named", StringComparison.Ordinal))
            Assert.Ignore("python3-gdal is not installed");
        Assert.That(made.ExitCode, Is.Zero, made.Error);
        job.Run().Succeeded();
        string expected = File.ReadAllText(job["result/summary.csv"]);
        job.Flags["--lpd"] = "many.tif#band=1";
        job.Run("--overwrite").Succeeded();
        Assert.That(File.ReadAllText(job["result/summary.csv"]), Is.EqualTo(expected));
        job.Flags["--lpd"] = "many.tif#band=65001";
        job.Flags["--out"] = "other";
        Refusal.Said(job.Run("-q"), ExitCode.Input, "many.tif", "65001");
    }

    /// <summary>A directory that is followed by itself is read once.</summary>
    [Test]
    public void ADirectoryThatPointsToItself()
    {
        using var job = new SmallJob();
        job.Run().Succeeded();
        string expected = File.ReadAllText(job["result/summary.csv"]);
        var tiff = new TiffFile(File.ReadAllBytes(job["lpd.tif"]));
        BitConverter.GetBytes(tiff.Directory).CopyTo(tiff.Bytes, tiff.NextPointer);
        File.WriteAllBytes(job["lpd.tif"], tiff.Bytes);
        LdnResult result = job.Run("--overwrite");
        if (result.ExitCode != 0)
            Refusal.Said(result, ExitCode.Input, "lpd.tif");
        Assert.That(File.ReadAllText(job["result/summary.csv"]), Is.EqualTo(expected));
    }

    /// <summary>Ids that lead elsewhere as paths, and are code as HTML, are names and nothing else, in every report.</summary>
    [Test]
    public void IdsThatArePathsAndCode()
    {
        using var job = new SmallJob();
        string[] ids = ["../../escape", "C:\\\\x|y", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>"];
        job.Work.Zones(
            "zones.geojson", ids.Select((id, i) => (SmallJob.Properties(id, id), Workspace.Rectangle(100 + i, 47, 101 + i, 50))));
        string[] before = [
            .. Directory.GetFileSystemEntries(job.Work.Folder),
            .. Directory.GetFileSystemEntries(Path.GetDirectoryName(job.Work.Folder)!, "*escape*")];
        job.Run("--tables", "csv,json,html,xlsx,gpkg,prais").Succeeded();
        string[] after = [
            .. Directory.GetFileSystemEntries(job.Work.Folder),
            .. Directory.GetFileSystemEntries(Path.GetDirectoryName(job.Work.Folder)!, "*escape*")];
        Assert.That(after.Except(before), Is.EqualTo(new[] { job["result"] }), "nothing beside the result's folder");
        Assert.That(
            Directory.GetFiles(job["result"], "*escape*", SearchOption.AllDirectories),
            Is.EqualTo(new[] { job["result/prais_..-..-escape.xlsx"] }),
            "a workbook a zone, named without separators");
        string page = File.ReadAllText(job["result/report.html"]);
        Assert.That(page, Does.Contain("../../escape").And.Not.Contains("<script>alert").And.Not.Contains("<img src=x"));
        Assert.That(
            CsvRows.Read(job["result/headline.csv"]).Select(r => r["zone_id"]), Does.Contain("<script>alert(1)</script>"));
    }

    /// <summary>A circle of a million corners counts the cells whose centres lie in it; one without area counts none.</summary>
    [Test]
    public void AMillionVerticesAndNone()
    {
        const int corners = 1_000_000;
        using var job = new SmallJob();
        var ring = new StringBuilder();
        for (int i = 0; i <= corners; i++)
        {
            double angle = 2 * Math.PI * (i % corners) / corners;
            ring.Append(
                CultureInfo.InvariantCulture,
                $"{(i == 0 ? "" : ",")}[{102 + (1.2 * Math.Cos(angle)):R},{48.5 + (1.2 * Math.Sin(angle)):R}]");
        }

        static string Feature(string id, string coordinates) =>
            $"{{\"type\":\"Feature\",\"properties\":{{\"iso3\":\"{id}\",\"name\":\"{id}\"}},\"geometry\":{{\"type\":\"Polygon\",\"coordinates\":[[{coordinates}]]}}}}";
        job.Work.Text("zones.geojson", $"{{\"type\":\"FeatureCollection\",\"features\":[{Feature("ROUND", ring.ToString())},{Feature("LINE", "[100,48.04],[103,48.04],[100,48.04]")}]}}");
        LdnResult result = job.Run().Succeeded();
        int inside = Enumerable.Range(0, SmallJob.Width * SmallJob.Height).Count(i =>
            Math.Pow(
                100.05 + (i % SmallJob.Width * 0.1) - 102, 2) + Math.Pow(49.95 - (i / SmallJob.Width * 0.1) - 48.5, 2) < 1.44);
        List<CsvLine> rows = CsvRows.Read(job["result/summary.csv"]);
        Assert.That(
            rows.Where(r => r["zone_id"] == "ROUND" && r["indicator"] == "sdg_15_3_1").Sum(r => r.Pixels), Is.EqualTo(inside));
        Assert.That(rows.Where(r => r["zone_id"] == "LINE").Sum(r => r.Pixels), Is.Zero);
        Assert.That(result.Error, Does.Contain("LINE").And.Contains("LDN902"));
    }
}
