namespace Ldn.Cli.Tests.Periods;

/// <summary>Correction polygons, regional matrices and summaries of given rasters on the small job.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class CorrectionTests
{
    private static string Correction(string id, string degradedTo, string justification = "field visit") =>
        $"\"id\":\"{id}\",\"periods\":\"baseline\",\"degraded_to\":\"{degradedTo}\",\"stable_to\":\"\",\"improved_to\":\"\",\"justification\":\"{justification}\",\"process\":\"\",\"basis\":\"\"";

    [Test]
    public void BeforeAndAfterDifferByTheAreaMoved()
    {
        using var job = new SmallJob();
        job.Work.Zones("fix.geojson", [(Correction("A", "stable"), Workspace.Rectangle(100, 47, 101, 50))]);
        job.Flags["--corrections"] = "fix.geojson";
        job.Run().Succeeded();
        CsvLine moved = CsvRows.Read(job["result/corrections.csv"]).Single();
        CsvLine before = CsvRows.Read(job["result/headline_before_corrections.csv"]).Single(r => r["zone_id"] == "MNG");
        CsvLine after = CsvRows.Read(job["result/headline.csv"]).Single(r => r["zone_id"] == "MNG");
        Assert.Multiple(() =>
        {
            Assert.That(moved.Pixels, Is.GreaterThan(0));
            Assert.That(before.Number("degraded_km2") - after.Number("degraded_km2"), Is.EqualTo(moved.Area).Within(1e-5));
            Assert.That(after.Number("stable_km2") - before.Number("stable_km2"), Is.EqualTo(moved.Area).Within(1e-5));
            Assert.That(after.Number("no_data_km2"), Is.EqualTo(before.Number("no_data_km2")));
        });
        double[] raster = Workspace.Read(job["result/baseline_indicator.tif"]).Values;
        Assert.That(
            Enumerable.Range(0, SmallJob.Height)
                .SelectMany(r => Enumerable.Range(0, 10).Select(c => raster[(r * SmallJob.Width) + c])),
            Does.Not.Contain(1.0));
    }

    [Test]
    public void LaterPolygonsWin()
    {
        using var job = new SmallJob();
        job.Work.Zones("fix.geojson",
        [
            (Correction("A", "stable"), Workspace.Rectangle(100, 47, 104, 50)),
            (Correction("B", "improved"), Workspace.Rectangle(100, 47, 104, 50)),
        ]);
        job.Flags["--corrections"] = "fix.geojson";
        job.Run().Succeeded();
        CsvLine before = CsvRows.Read(job["result/headline_before_corrections.csv"]).Single(r => r["zone_id"] == "MNG");
        CsvLine after = CsvRows.Read(job["result/headline.csv"]).Single(r => r["zone_id"] == "MNG");
        Assert.That(after.Number("degraded_km2"), Is.Zero);
        Assert.That(
            after.Number("improved_km2"), Is.EqualTo(before.Number("improved_km2") + before.Number("degraded_km2")).Within(1e-5));
    }

    [Test]
    public void MissingJustificationIsAnError()
    {
        using var job = new SmallJob();
        job.Work.Zones("fix.geojson", [(Correction("A", "stable", ""), Workspace.Rectangle(100, 47, 101, 50))]);
        job.Flags["--corrections"] = "fix.geojson";
        LdnResult result = job.Run();
        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain("polygon A has no justification"));
    }

    [Test]
    public void RegionalMatricesJudgeTheSameTransitionDifferently()
    {
        using var job = new SmallJob();
        string[] codes = ["1", "2", "3", "4", "5", "6", "7"];
        string Matrix(string cell) => $"from,{string.Join(',', codes)}\n" + string.Concat(
            codes.Select(f => $"{f},{string.Join(',', codes.Select(t => f == t ? "0" : cell))}\n"));
        job.Work.Text("bad.csv", Matrix("-1"));
        job.Work.Text("good.csv", Matrix("1"));
        job.Work.Text("regions.csv", "region,matrix\nwest,bad.csv\neast,good.csv\n");
        job.Work.Zones("regions.geojson", [("\"region\":\"west\"", Workspace.Rectangle(100, 47, 102, 50)), ("\"region\":\"east\"", Workspace.Rectangle(102, 47, 104, 50))]);
        job.Flags["--regions"] = "regions.geojson";
        job.Flags["--region-matrices"] = "regions.csv";
        job.Run().Succeeded();
        List<CsvLine> rows = CsvRows.Read(job["result/land_cover_transitions.csv"]);
        Assert.That(
            rows.Where(r => r["zone_id"] == "MNG" && r["from_class"] != r["to_class"]).Select(r => r["condition"]).Distinct(),
            Is.EqualTo(new[] { "degraded" }));
        Assert.That(
            rows.Where(r => r["zone_id"] == "CHN" && r["from_class"] != r["to_class"]).Select(r => r["condition"]).Distinct(),
            Is.EqualTo(new[] { "improved" }));
        Assert.That(
            rows.Where(r => r["zone_id"] == "EDGE" && r["from_class"] != r["to_class"]).Select(r => r["condition"]).Distinct(),
            Is.EquivalentTo(new[] { "degraded", "improved" }));

        job.Work.Zones("regions.geojson", [("\"region\":\"west\"", Workspace.Rectangle(100, 47, 102, 50))]);
        LdnResult outside = job.Run("--overwrite");
        Assert.That(outside.ExitCode, Is.EqualTo(3));
        Assert.That(outside.Error, Does.Contain("lie in no region").And.Contain("--outside-regions default"));
        job.Run("--overwrite", "--outside-regions", "default").Succeeded();
    }

    [Test]
    public void OfficialLandAreaGivesItsOwnShare()
    {
        using var job = new SmallJob();
        job.Work.Text("official.csv", "zone_id,land_km2\nMNG,1000\n");
        job.Flags["--land-area"] = "official.csv";
        job.Run().Succeeded();
        List<CsvLine> rows = CsvRows.Read(job["result/headline.csv"]);
        CsvLine mongolia = rows.Single(r => r["zone_id"] == "MNG");
        Assert.That(
            mongolia.Number("degraded_pct_of_official_land"), Is.EqualTo(mongolia.Number("degraded_km2") / 10).Within(1e-6));
        Assert.That(rows.Single(r => r["zone_id"] == "CHN")["degraded_pct_of_official_land"], Is.Empty);
    }
}
