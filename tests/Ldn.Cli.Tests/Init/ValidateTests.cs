using System.Text.Json.Nodes;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Init;

/// <summary>
/// What validate tells: every fault at once, by line; else the inputs, what looks doubtful, and what the run takes.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ValidateTests
{
    [Test]
    public void EveryFaultAtOnceOfKeysFilesAndInputs()
    {
        using var job = new SmallJob();
        job.Work.Text("torn.tif", "II*\0torn");
        job.Work.Text("job.json", SmallJob.JobFile
            .Replace("\"2015\": \"lc1.tif\"", "\"2015\": \"lc2.tif\"", StringComparison.Ordinal)
            .Replace("\"2015\": \"soc1.tif\"", "\"2015\": \"torn.tif\"", StringComparison.Ordinal)
            .Replace("\"missing\": \"strict\"", "\"missing\": \"lenient\", \"socThreshold\": \"10\"", StringComparison.Ordinal));
        LdnResult result = LdnProcess.Run(job.Work.Folder, ["validate", "job.json", "--json"]);
        Assert.That(result.ExitCode, Is.EqualTo(3));
        JsonNode document = JsonNode.Parse(result.Out)!;
        JsonArray faults = document["jobs"]![0]!["faults"]!.AsArray();
        (string, string, string)[] expected =
        [
            ("landCover.years.2015", "LDN301", "lc2.tif: no such file"), ("soilCarbon.years.2015", "LDN302", "torn.tif"),
            ("rules.missing", "LDN202", "lenient"),
            ("rules.socThreshold", "LDN201", "must be a number, without quotes"),
        ];
        foreach ((string key, string code, string says) in expected)
            Assert.That(
                faults.Any(
                    f => (string?)f!["key"] == key && (string?)f["code"] == code
                        && ((string)f["message"]!).Contains(says, StringComparison.Ordinal)),
                $"{key}: {document}");
        Assert.That(faults, Has.Count.EqualTo(expected.Length));
        Assert.That(
            (string?)faults.Single(f => (string?)f!["key"] == "landCover.years.2015")!["remedy"],
            Does.StartWith("did you mean lc"));
        foreach ((_, string code, string says) in expected)
            Assert.That(result.Error, Does.Contain(code).And.Contain(says));
        Assert.That(result.Error, Does.Contain("job.json: 4 faults").And.Contain("line 4: "));
    }

    [Test]
    public void SeveralJobsAreAllLookedAtAndTheWorstDecides()
    {
        using var job = new SmallJob();
        job.Work.Text("good.json", SmallJob.JobFile);
        job.Work.Text("bad.json", "{ 'name': 1 }");
        LdnResult result = LdnProcess.Run(job.Work.Folder, ["validate", "bad.json", "good.json", "absent.json"]);
        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(
            result.Error,
            Does.Contain("single quotes").And.Contain("good.json: valid").And.Contain("absent.json")
                .And.Contain("3 jobs: 1 valid, 2 with faults"));
    }

    [Test]
    public void AValidJobTellsItsInputs()
    {
        using var job = new SmallJob();
        job.Work.Text("job.json", SmallJob.JobFile);
        LdnResult result = LdnProcess.Run(job.Work.Folder, ["validate", "job.json", "--json"]).Succeeded();
        JsonNode review = JsonNode.Parse(result.Out)!["jobs"]![0]!;
        Assert.That((bool)review["valid"]! && review["doubts"]!.AsArray().Count == 0, result.Out);
        JsonNode cover = review["inputs"]!.AsArray().Single(i => (string?)i!["layer"] == "land cover 2000")!;
        Assert.That(
            ((int)cover["width"]!, (double)cover["zones_covered_pct"]!, (string?)cover["crs"]),
            Is.EqualTo((SmallJob.Width, 100.0, "WGS 84")));
        Assert.That((long)review["estimate"]!["cells"]!, Is.EqualTo(SmallJob.Width * SmallJob.Height));
        Assert.That(result.Error, Does.Contain("values in a sample").And.Contain("on one core"));
    }

    /// <summary>Nothing forbids these, and each is a mistake people make.</summary>
    [Test]
    public void WhatLooksWrongIsTold()
    {
        using var job = new SmallJob();
        foreach (int year in new[] { 2000, 2015 })
        {
            File.Copy(job["lc0.tif"], job[$"lc_{year}.tif"]);
            File.Copy(job["soc0.tif"], job[$"soc_{year}.tif"]);
        }

        job.Work.Raster(
            "soc_2015.tif", SmallJob.Grid, CellType.Int16,
            [.. Enumerable.Range(0, SmallJob.Width * SmallJob.Height).Select(i => i % 20 == 0 ? 32767.0 : 50 + (i % 9))], -32768);
        job.Work.Raster(
            "half.tif", SmallJob.Grid with { Width = 20 }, CellType.Byte,
            [.. Enumerable.Range(0, 20 * SmallJob.Height).Select(i => 1.0 + (i % 5))], 0);
        job.Work.Text("job.json",
            SmallJob.JobFile.Replace(
                "\"2000\": \"lc0.tif\", \"2015\": \"lc1.tif\"", "\"2000\": \"lc_2015.tif\", \"2015\": \"lc_2000.tif\"",
                StringComparison.Ordinal)
            .Replace("soc0.tif", "soc_2000.tif", StringComparison.Ordinal)
                .Replace("soc1.tif", "soc_2015.tif", StringComparison.Ordinal).Replace(
                    "\"lpd.tif\"", "\"half.tif\"", StringComparison.Ordinal));
        LdnResult result = LdnProcess.Run(job.Work.Folder, ["validate", "job.json"]).Succeeded();
        foreach (
            string says in new[] { "swapped?", "hold the same bytes", "holds 32767 in 60 cells", "% of the zones", "[LDN920]" })
            Assert.That(result.Error, Does.Contain(says));
    }

    [Test]
    public void LandCoverGivenAsProductivityAndSoilGivenAsLandCoverAreRecognised()
    {
        using var job = new SmallJob();
        double[] esa = [10, 60, 130, 200, 210];
        job.Work.Raster(
            "esa.tif", SmallJob.Grid, CellType.Byte,
            [.. Enumerable.Range(0, SmallJob.Width * SmallJob.Height).Select(i => esa[i % 5])], 0);
        job.Work.Raster(
            "carbon.tif", SmallJob.Grid, CellType.Int16,
            [.. Enumerable.Range(0, SmallJob.Width * SmallJob.Height).Select(i => 20.0 + (i % 90))], -32768);
        job.Flags["--lpd"] = "esa.tif";
        LdnResult lpd = job.Run();
        Assert.That(lpd.ExitCode, Is.EqualTo(3), lpd.Error);
        Assert.That(lpd.Error, Does.Contain("look like land cover of legend esa-cci: is the file of the right layer?"));
        (job.Flags["--lpd"], job.Flags["--land-cover-final"]) = ("lpd.tif", "carbon.tif");
        LdnResult cover = job.Run();
        Assert.That(cover.Error, Does.Contain("look like soil carbon or another measure: is the file of the right layer?"));
        job.Work.Text("job.json", SmallJob.JobFile.Replace("\"lpd.tif\"", "\"esa.tif\"", StringComparison.Ordinal));
        LdnResult review = LdnProcess.Run(job.Work.Folder, ["validate", "job.json"]);
        Assert.That(review.ExitCode, Is.EqualTo(3));
        Assert.That(
            review.Error, Does.Contain("productivity of baseline").And.Contain("look like land cover of legend esa-cci"));
    }

    [Test]
    public void ZonesBesideTheGridTellBothExtents()
    {
        using var job = new SmallJob();
        job.Work.Zones("far.geojson", [("\"iso3\": \"NZL\"", Workspace.Rectangle(170, -45, 172, -43))]);
        (job.Flags["--zones"], job.Flags["--zone-name"]) = ("far.geojson", "iso3");
        LdnResult result = job.Run();
        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(result.Error, Does.Contain("170 to 172, -45 to -43").And.Contain("100 to 104, 47 to 50"));
    }

    [Test]
    public void ZonesWithoutAnIdTakeTheOnlyAttributeThatCanBeOneAndTotalsAreTheSum()
    {
        using var job = new SmallJob();
        job.Work.Zones("two.geojson", [("\"code\": \"A\", \"kind\": \"x\"", Workspace.Rectangle(100, 47, 102, 50)), ("\"code\": \"B\", \"kind\": \"x\"", Workspace.Rectangle(102, 47, 104, 50))]);
        string text = SmallJob.JobFile.Replace(
            "[ { \"file\": \"zones.geojson\", \"id\": \"iso3\", \"name\": \"name\" } ]",
            "\"two.geojson\", \"total\": { \"id\": \"AB\", \"name\": \"Both\" }", StringComparison.Ordinal);
        job.Work.Text("job.json", text);
        LdnProcess.Run(job.Work.Folder, ["compute", "job.json", "--out", "result", "--rasters", "none"]).Succeeded();
        var rows = CsvRows.Read(job["result/summary.csv"]).Where(r => r["indicator"] == "sdg_15_3_1").ToList();
        foreach (IGrouping<string, CsvLine> one in rows.GroupBy(r => r["class"]))
            Assert.That(
                one.Single(r => r["zone_id"] == "AB").Pixels,
                Is.EqualTo(one.Where(r => r["zone_kind"] == "zone").Sum(r => r.Pixels)));
        Assert.That(rows.Single(r => r["zone_id"] == "AB" && r["class"] == "degraded")["zone_name"], Is.EqualTo("Both"));
        job.Work.Text(
            "several.json", SmallJob.JobFile.Replace(", \"id\": \"iso3\", \"name\": \"name\"", "", StringComparison.Ordinal));
        LdnResult several = LdnProcess.Run(job.Work.Folder, ["validate", "several.json"]);
        Assert.That(several.ExitCode, Is.EqualTo(2));
        Assert.That(
            several.Error,
            Does.Contain("name no attribute with their ids").And.Contain("--zone-id iso3").And.Contain("name would do too")
                .And.Contain("MNG, CHN"));
    }

    [Test]
    public void AMissingFileOfAJobTellsWherePathsStart()
    {
        using var job = new SmallJob();
        Directory.CreateDirectory(job["jobs"]);
        job.Work.Text("jobs/job.json", SmallJob.JobFile);
        LdnResult result = LdnProcess.Run(job.Work.Folder, ["compute", "jobs/job.json", "--out", "result"]);
        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(
            result.Error,
            Does.Contain("lc0.tif: no such file: paths in a job start at its folder")
                .And.Contain("a file of that name lies near: ../lc0.tif"));
        Assert.That(Path.Exists(job["result"]), Is.False);
    }
}
