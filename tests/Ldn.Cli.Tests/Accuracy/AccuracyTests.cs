namespace Ldn.Cli.Tests.Accuracy;

/// <summary>From a finished run to points, and back: a map that is right is found right, one that is wrong by how much.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class AccuracyTests
{
    private static readonly string[] s_classes = ["", "degraded", "stable", "improved"];

    [Test]
    public void AMapThatIsRightIsFoundRight()
    {
        using SmallJob job = Computed();
        List<CsvLine> points = Draw(job, "--per-stratum", "30");
        Assert.That(points.GroupBy(p => p["stratum"]).Select(g => g.Count()), Has.All.LessThanOrEqualTo(30).And.Some.EqualTo(30));
        foreach (IGrouping<string, CsvLine> zone in points.GroupBy(p => p["stratum"].Split('-')[0]))
            Assert.That(
                zone.GroupBy(p => p["stratum"]).Sum(g => g.First().Number("weight")), Is.EqualTo(1).Within(1e-12), zone.Key);
        Fill(job, points, MapAt(job));
        LdnProcess.Run(job.Work.Folder, ["accuracy", "result", "points.csv", "--out", "seen"]).Succeeded();
        List<CsvLine> accuracy = CsvRows.Read(job["seen/accuracy.csv"]), areas = CsvRows.Read(job["seen/adjusted_areas.csv"]);
        Dictionary<string, CsvLine> headline = CsvRows.Read(job["result/headline.csv"]).ToDictionary(r => r["zone_id"]);
        Assert.That(accuracy.Select(r => r["zone_id"]).Distinct(), Is.EquivalentTo(headline.Keys));
        Assert.That(accuracy.Select(r => r["value"]), Has.All.EqualTo("1.000000"));
        Assert.That(accuracy.Select(r => r.Number("low")), Has.All.LessThan(1), "thirty points that agree do not prove all");
        foreach (CsvLine row in areas)
        {
            double mapped = headline[row["zone_id"]].Number(row["class"] + "_km2");
            Assert.That(row.Number("mapped_km2"), Is.EqualTo(mapped).Within(1e-5), row.Key("zone_id", "class"));
            Assert.That(row.Number("area_km2"), Is.EqualTo(mapped).Within(1e-3), row.Key("zone_id", "class"));
        }
    }

    /// <summary>The same seed gives the same points whatever the tiles; another seed gives others.</summary>
    [Test]
    public void TheSeedDecides()
    {
        using SmallJob job = Computed();
        Draw(job, "--per-stratum", "20");
        string first = File.ReadAllText(job["points.csv"]);
        Draw(job, "--per-stratum", "20", "--overwrite");
        Assert.That(File.ReadAllText(job["points.csv"]), Is.EqualTo(first));
        Draw(job, "--per-stratum", "20", "--overwrite", "--seed", "2");
        Assert.That(File.ReadAllText(job["points.csv"]), Is.Not.EqualTo(first));
        Assert.That(
            first, Does.Not.Contain("degraded").And.Not.Contain("stable").And.Not.Contain("improved"),
            "whoever looks must not know");
    }

    [Test]
    public void PointsComeAsAGeoPackageToo()
    {
        using SmallJob job = Computed();
        LdnProcess.Run(job.Work.Folder, ["sample-points", "result", "--per-stratum", "5", "-o", "points.gpkg"]).Succeeded();
        LdnResult info = LdnProcess.Tool(job.Work.Folder, "ogrinfo", "-al", "-so", "points.gpkg");
        Assert.That(info.Out, Does.Contain("Geometry: Point").And.Contain("reference: String").And.Contain("WGS 84"));
    }

    [TestCase("degradd", 2, "did you mean 'degraded'")]
    [TestCase("", 2, "a class of the map")]
    public void AReferenceThatIsNoClassIsRefused(string reference, int exit, string says)
    {
        using SmallJob job = Computed();
        Fill(job, Draw(job, "--per-stratum", "5"), _ => reference);
        Check(job, exit, says, "accuracy", "result", "points.csv");
    }

    [Test]
    public void WhatDoesNotFitIsRefused()
    {
        using SmallJob job = Computed();
        List<CsvLine> points = Draw(job, "--per-stratum", "5");
        Check(job, 2, "points.csv is there already", "sample-points", "result", "-o", "points.csv");
        Check(job, 3, "holds no finished run", "sample-points", "nowhere", "-o", "other.csv");
        Check(job, 3, "no period 'report_9'", "sample-points", "result", "--period", "report_9", "-o", "other.csv");
        Check(job, 2, "no file for the points", "sample-points", "result");
        job.Work.Text("outside.csv", "id,longitude,latitude,stratum,weight,reference\n1,10,10,MNG-1,0.5,stable\n");
        Check(job, 3, "the map has no class at 10, 10", "accuracy", "result", "outside.csv");
        CsvLine point = points[0];
        job.Work.Text("weights.csv",
            $"id,longitude,latitude,stratum,weight,reference\n1,{point["longitude"]},{point["latitude"]},a,0.5,stable\n"
            + $"2,{point["longitude"]},{point["latitude"]},a,0.4,stable\n");
        Check(job, 2, "that of all points of stratum a", "accuracy", "result", "weights.csv");
        string[] lines = File.ReadAllLines(job["points.csv"]);
        string stratum = point["stratum"];
        job.Work.Text("left.csv", string.Join('\n', lines.Where(l => !l.Contains($",{stratum},", StringComparison.Ordinal))
            .Select((l, i) => i == 0 ? l : l + "stable")) + "\n");
        Check(job, 2, "a stratum without points was not looked at", "accuracy", "result", "left.csv");
        job.Work.Text("twice.csv", string.Join('\n', lines.Append(lines[1]).Select((l, i) => i == 0 ? l : l + "stable")) + "\n");
        Check(job, 2, "that of a single point", "accuracy", "result", "twice.csv");
        job.Work.Text("no-column.csv", "id,longitude\n1,2\n");
        Check(job, 2, "column", "accuracy", "result", "no-column.csv");
    }

    private static SmallJob Computed()
    {
        var job = new SmallJob();
        job.Run().Succeeded();
        return job;
    }

    private static List<CsvLine> Draw(SmallJob job, params string[] flags)
    {
        LdnProcess.Run(job.Work.Folder, ["sample-points", "result", "-o", "points.csv", .. flags]).Succeeded();
        return CsvRows.Read(job["points.csv"]);
    }

    /// <summary>The condition of the indicator's raster at a point.</summary>
    private static Func<CsvLine, string> MapAt(SmallJob job)
    {
        (Rasters.Grid grid, double[] values, _) = Workspace.Read(job["result/baseline_indicator.tif"]);
        return point =>
        {
            int column = (int)((point.Number("longitude") - grid.OriginX) / grid.CellWidth),
            row = (int)((point.Number("latitude") - grid.OriginY) / grid.CellHeight);
            return s_classes[(int)values[(row * grid.Width) + column]];
        };
    }

    private static void Fill(SmallJob job, List<CsvLine> points, Func<CsvLine, string> reference)
    {
        string[] columns = ["id", "longitude", "latitude", "stratum", "weight"];
        job.Work.Text("points.csv", string.Join('\n',
            points.Select(p => string.Join(',', [.. columns.Select(c => p[c]), reference(p)]))
            .Prepend(string.Join(',', [.. columns, "reference"]))) + "\n");
    }

    private static void Check(SmallJob job, int exit, string says, params string[] arguments)
    {
        LdnResult result = LdnProcess.Run(job.Work.Folder, arguments);
        Assert.That(result.Error, Does.Contain(says));
        Assert.That(result.ExitCode, Is.EqualTo(exit), result.Error);
    }
}
