namespace Ldn.Cli.Tests.Uncertainty;

/// <summary>How firm the answers are, from a job to its tables (firmness U1, U7).</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class FirmnessTests
{
    private static readonly string[] s_classes = ["", "degraded", "stable", "improved"];

    [Test]
    public void EveryRunTellsItsCombinationsItsVerdictsAndAProposedConfidence()
    {
        using var job = new SmallJob();
        job.Run("--tables", "prais").Succeeded();
        List<CsvLine> combinations = CsvRows.Read(job["result/combinations.csv"]),
            firmness = CsvRows.Read(job["result/firmness.csv"]);
        foreach (CsvLine headline in CsvRows.Read(job["result/headline.csv"]))
        {
            CsvLine[] all = [.. combinations.Where(c => c["zone_id"] == headline["zone_id"])];
            Assert.That(all, Has.Length.EqualTo(18));
            Assert.That(all.Single(c => c["in_force"] == "true")["degraded_pct_of_land"],
                Is.EqualTo(headline["degraded_pct_of_land"]));
            CsvLine figure = firmness.Single(f => f["zone_id"] == headline["zone_id"] && f["question"] == "figure");
            Assert.That(figure["answer"], Is.EqualTo(headline["degraded_pct_of_land"]));
            Assert.That(figure.Number("low"), Is.EqualTo(all.Min(c => c.Number("degraded_pct_of_land"))));
            Assert.That(figure.Number("high"), Is.EqualTo(all.Max(c => c.Number("degraded_pct_of_land"))));
            Assert.That(figure.Number("no_data_high"),
                Is.EqualTo(headline.Number("degraded_pct_of_land") + headline.Number("no_data_pct")).Within(2e-6));
            Assert.That(figure["not_tried"], Is.EqualTo("products;chance;sample;soil_error;resolution"));
        }

        Assert.That(firmness.Select(f => f["verdict"]), Has.None.EqualTo("firm"), "without points nothing is firm");
        Assert.That(File.ReadAllText(job["result/prais.json"]),
            Does.Contain("\"level\": \"low\"").And.Contain("(a range, no probability)"));
    }

    /// <summary>
    /// Ten cells, one degraded, four of which soil carbon is not known. Where the known sub-indicators decide, all have a
    /// condition, and none is without data; yet any of the four may be degraded: 10 to 50 %, whatever the policy, and open.
    /// </summary>
    [TestCase("strict")]
    [TestCase("precautionary")]
    [TestCase("available")]
    public void WhatIsNotKnownBoundsTheFigureWhateverThePolicy(string policy)
    {
        using var work = new Workspace();
        Rasters.Grid grid = Workspace.Grid(10, 1, 100, 45, 0.1);
        double[] Cells(Func<int, double> value) => [.. Enumerable.Range(0, 10).Select(value)];
        foreach ((string name, double[] cells) in new[]
        {
            ("cover", Cells(_ => 2)), ("again", Cells(_ => 2)), ("lpd", Cells(i => i == 0 ? 1 : 4)),
            ("before", Cells(i => i < 6 ? 50 : 0)), ("after", Cells(i => i < 6 ? 50 : 0)),
        })
            work.Raster(name + ".tif", grid, Rasters.CellType.Byte, cells, 0);
        work.Text("job.json", $$"""
            {
              "periods": { "baseline": { "landCover": [2000, 2015], "productivity": [2000, 2015], "soilCarbon": [2000, 2015] } },
              "landCover": { "legend": "unccd-7", "years": { "2000": "cover.tif", "2015": "again.tif" } },
              "productivity": { "periods": { "baseline": "lpd.tif" } },
              "soilCarbon": { "years": { "2000": "before.tif", "2015": "after.tif" } },
              "rules": { "missing": "{{policy}}" }, "outputs": { "rasters": ["none"], "tables": ["csv"] }
            }
            """);
        LdnProcess.Run(work.Folder, ["compute", "job.json", "--out", "result"]).Succeeded();
        CsvLine headline = CsvRows.Read(work["result/headline.csv"]).Single();
        Assert.That(
            (headline.Number("degraded_pct_of_land"), headline.Number("no_data_pct")),
            Is.EqualTo((10.0, policy == "available" ? 0.0 : 40.0)));
        CsvLine figure = CsvRows.Read(work["result/firmness.csv"]).Single(r => r["question"] == "figure");
        Assert.That((figure.Number("no_data_low"), figure.Number("no_data_high")), Is.EqualTo((10.0, 50.0)));
        Assert.That(figure["verdict"], Is.EqualTo("open"));
    }

    /// <summary>The interval in the run is that of 'ldn accuracy', by another route: the raster, not the joint codes.</summary>
    [Test]
    public void PointsGiveTheIntervalOfAccuracy()
    {
        using var job = new SmallJob();
        job.RunFile(SmallJob.JobFile).Succeeded();
        LdnProcess.Run(job.Work.Folder, ["sample-points", "result", "--per-stratum", "40", "-o", "points.csv"]).Succeeded();
        List<CsvLine> points = CsvRows.Read(job["points.csv"]);
        string[] columns = ["id", "longitude", "latitude", "stratum", "weight"];
        (Rasters.Grid grid, double[] values, _) = Workspace.Read(job["result/baseline_indicator.tif"]);
        job.Work.Text("seen.csv", string.Join('\n', points.Select((p, i) => string.Join(',', [.. columns.Select(c => p[c]),
            Seen(p, i)]))
            .Prepend(string.Join(',', [.. columns, "reference"]))) + "\n");
        LdnProcess.Run(job.Work.Folder, ["accuracy", "result", "seen.csv", "--out", "accuracy"]).Succeeded();
        Dictionary<string, CsvLine> areas = CsvRows.Read(job["accuracy/adjusted_areas.csv"]).Where(r =>
            r["class"] == "degraded").ToDictionary(r => r["zone_id"]);
        string before = File.ReadAllText(job["result/headline.csv"]);
        job.RunFile(SmallJob.JobFile.Insert(1, "\"uncertainty\": { \"points\": \"seen.csv\" },"), "--overwrite").Succeeded();
        Assert.That(File.ReadAllText(job["result/headline.csv"]), Is.EqualTo(before), "points change no figure");
        Dictionary<string, CsvLine> headline = CsvRows.Read(job["result/headline.csv"]).ToDictionary(r => r["zone_id"]);
        foreach (CsvLine row in CsvRows.Read(job["result/firmness.csv"]).Where(r => r["question"] == "figure"))
        {
            double land = headline[row["zone_id"]].Number("land_km2");
            Assert.That(row.Number("sample_low"), Is.EqualTo(100 * areas[row["zone_id"]].Number("low_km2") / land).Within(1e-4),
                row["zone_id"]);
            Assert.That(row.Number("sample_high"),
                Is.EqualTo(100 * areas[row["zone_id"]].Number("high_km2") / land).Within(1e-4), row["zone_id"]);
            Assert.That(row["not_tried"], Does.Not.Contain("sample"));
        }

        string Seen(CsvLine point, int number)
        {
            int column = (int)((point.Number("longitude") - grid.OriginX) / grid.CellWidth),
                row = (int)((point.Number("latitude") - grid.OriginY) / grid.CellHeight);
            return number % 7 == 0 ? "degraded" : s_classes[(int)values[(row * grid.Width) + column]];
        }
    }

    [Test]
    public void AStratumWithOnePointIsSaid()
    {
        using var job = new SmallJob();
        job.RunFile(SmallJob.JobFile).Succeeded();
        LdnProcess.Run(job.Work.Folder, ["sample-points", "result", "--per-stratum", "1", "-o", "points.csv"]).Succeeded();
        job.Work.Text("seen.csv", File.ReadAllText(job["points.csv"]).Replace(",\n", ",stable\n"));
        LdnResult result = job.RunFile(
            SmallJob.JobFile.Insert(1, "\"uncertainty\": { \"points\": \"seen.csv\" },"), "--overwrite");
        result.Succeeded();
        Assert.That(result.Error, Does.Contain("with a single point, which has no variance"));
    }

    [TestCase("1,10,10,MNG-1,0.5,stable", 3, "lies outside the zones")]
    [TestCase("1,101.05,48.05,MNG-1,0.5,degradd", 2, "did you mean 'degraded'")]
    [TestCase("1,101.05,48.05,MNG-1,0,stable", 2, "above 0")]
    [TestCase("1,100.55,47.55,MNG-1,0.7,stable", 2, "weigh 0.7 together")]
    [TestCase("1,100.55,47.55,MNG-1,1,stable\n1,100.85,47.55,MNG-1,1,stable", 2, "that of a single point")]
    [TestCase("1,100.55,47.55,MNG-1,1,stable\n2,100.55,47.55,MNG-1,1,stable", 2, "the same place twice")]
    [TestCase("", 2, "has no point")]
    public void PointsThatDoNotFitAreRefused(string point, int exit, string says)
    {
        using var job = new SmallJob();
        job.Work.Text("points.csv", $"id,longitude,latitude,stratum,weight,reference\n{point}\n");
        LdnResult result = job.RunFile(SmallJob.JobFile.Insert(1, "\"uncertainty\": { \"points\": \"points.csv\" },"));
        Assert.That(result.Error, Does.Contain(says));
        Assert.That(result.ExitCode, Is.EqualTo(exit), result.Error);
    }
}
