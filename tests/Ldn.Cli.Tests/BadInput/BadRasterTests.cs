using Ldn.Rasters;

namespace Ldn.Cli.Tests.BadInput;

/// <summary>Rasters that cannot be used as they are.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class BadRasterTests
{
    [Test]
    public void MissingRaster() => Refused("--lpd", _ => "nowhere.tif", "nowhere.tif");

    [Test]
    public void FolderInPlaceOfARaster() =>
        Refused("--soc-final", job => Directory.CreateDirectory(job["stocks"]).FullName, "stocks");

    [Test]
    public void TextInPlaceOfARaster() =>
        Refused("--land-cover-final", job => job.Work.Text("cover.tif", "not a raster"), "cover.tif");

    [Test]
    public void EmptyFileInPlaceOfARaster() => Refused("--lpd", job => job.Work.Text("lpd.tif", ""), "lpd.tif");

    [TestCase(100)]
    [TestCase(-900)]
    public void TruncatedTiff(int bytes) => Refused("--lpd", job =>
    {
        // Random classes do not compress, so the cut goes through the cells.
        var random = new Random(1);
        job.Work.Raster(
            "cut.tif", SmallJob.Grid, CellType.Byte, SmallJob.Values((_, _) => random.Next(1, 6)), 0, RasterLayout.Striped,
            RasterCompression.None);
        byte[] whole = File.ReadAllBytes(job["cut.tif"]);
        File.WriteAllBytes(job["cut.tif"], whole[..(bytes < 0 ? whole.Length + bytes : bytes)]);
        return "cut.tif";
    }, "cut.tif");

    [Test]
    public void RasterWithoutBands() => Refused("--lpd", job => job.Work.Text(
        "container.vrt", """<VRTDataset rasterXSize="40" rasterYSize="30"><SRS>EPSG:4326</SRS><GeoTransform>100, 0.1, 0, 50, 0, -0.1</GeoTransform></VRTDataset>"""),
        "container.vrt");

    [Test]
    public void BandThatIsNotThere() => Refused("--lpd", _ => "lpd.tif#band=2", "lpd.tif", "2");

    [Test]
    public void ZonesInPlaceOfARaster() => Refused("--lpd", _ => "zones.geojson", "zones.geojson");

    [TestCase("--land-cover-initial", "lc0.tif")]
    [TestCase("--soc-initial", "soc0.tif")]
    public void NoCrs(string flag, string source) =>
        Refused(
            flag, job => job.Work.Virtual("plain.vrt", job[source], SmallJob.Width, SmallJob.Height, "Int16", crs: null),
            "plain.vrt");

    [Test]
    public void CrsOfAnotherPlace() =>
        Refused(
            "--lpd", job => job.Work.Virtual("utm.vrt", job["lpd.tif"], SmallJob.Width, SmallJob.Height, crs: "EPSG:32648"),
            "utm.vrt", "overlap");

    [Test]
    public void LocalCrs() => Refused(
        "--lpd",
        job => job.Work.Virtual(
            "site.vrt", job["lpd.tif"], SmallJob.Width, SmallJob.Height,
            crs: "LOCAL_CS[&quot;site&quot;,UNIT[&quot;metre&quot;,1]]"), "site.vrt");

    [Test]
    public void NoOverlapWithTheZones() => Refused(
        "--soc-final",
        job => job.Work.Raster(
            "far.tif", SmallJob.Grid with { OriginX = -60 }, CellType.Int16, SmallJob.Values((_, _) => 100),
            -1), "far.tif", "overlap");

    [Test]
    public void GridWithoutZones()
    {
        using var job = new SmallJob();
        job.Work.Zones("zones.geojson", [(SmallJob.Properties("MNG", "Far"), Workspace.Rectangle(-20, 1, -10, 9))]);
        job.Run().Refused(job, ExitCode.Input, "zone");
    }

    [Test]
    public void RotatedGrid() => Refused(
        "--land-cover-initial",
        job => job.Work.Virtual(
            "rotated.vrt", job["lc0.tif"], SmallJob.Width, SmallJob.Height,
            transform: "100, 0.1, 0.01, 50, 0.01, -0.1"), "rotated.vrt", "rotated");

    [Test]
    public void ClassOutsideTheLegend()
    {
        using var job = new SmallJob();
        job.Spoil("lc1.tif", CellType.Byte, SmallJob.CoverAfter, 0, 42);
        job.Run().Refused(job, ExitCode.Input, "lc1.tif", "42 (1 pixels)", "--unmapped nodata");
    }

    [Test]
    public void ClassOutsideTheLegendBeyondTheZonesDoesNotMatter()
    {
        using var job = new SmallJob();
        job.Work.Zones("zones.geojson", [SmallJob.Zones[1]]);
        job.Spoil("lc1.tif", CellType.Byte, SmallJob.CoverAfter, 0, 42);
        job.Run().Succeeded();
    }

    [Test]
    public void UnmappedValuesCountAsNoDataWhenTheUserSaysSo()
    {
        using var job = new SmallJob();
        job.Spoil("lc1.tif", CellType.Byte, SmallJob.CoverAfter, 0, 42);
        LdnResult result = job.Run("--unmapped", "nodata").Succeeded();
        Assert.That(result.Error, Does.Contain("42 (1 pixels)"));
        Assert.That(File.ReadAllText(job["result/summary.json"]), Does.Contain("42 (1 pixels)"));
        Assert.That(File.ReadAllText(job["result/provenance.json"]), Does.Contain("42 (1 pixels)"));
        CsvLine row = CsvRows.Read(job["result/summary.csv"])
            .Single(r => r.Key("zone_id", "indicator", "class") == "MNG/land_cover/no_data");
        Assert.That(row.Pixels, Is.EqualTo(1));
    }

    [Test]
    public void ProductivityClass7()
    {
        using var job = new SmallJob();
        job.Spoil("lpd.tif", CellType.Byte, SmallJob.Lpd, 0, 7);
        job.Run().Refused(job, ExitCode.Input, "lpd.tif", "7 (1 pixels)");
    }

    [Test]
    public void ProductivityConditionOfTheOtherCoding()
    {
        using var job = new SmallJob();
        job.Flags.Remove("--lpd");
        job.Flags["--productivity-condition"] = job.Work.Raster(
            "signed.tif", SmallJob.Grid, CellType.Int16, SmallJob.Values((c, _) => (c % 5) - 1), -32768);
        job.Run().Refused(job, ExitCode.Input, "signed.tif", "2 (", "3 (");
    }

    [TestCase(CellType.Int16)]
    [TestCase(CellType.Float32)]
    public void NegativeStock(CellType type)
    {
        using var job = new SmallJob();
        job.Spoil("soc1.tif", type, (_, _) => 100, -32768, -5);
        job.Run().Refused(job, ExitCode.Input, "soc1.tif", "-5 (1 pixels)", "--nodata soc=");
        job.Run("--unmapped", "nodata").Refused(job, ExitCode.Input, "soc1.tif", "-5 (1 pixels)");
        job.Run("--nodata", "soc=-5").Succeeded();
    }

    [TestCase("land-cover-initial")]
    [TestCase("lc0.tif")]
    [TestCase("../covers/lc0.tif")]
    public void FillOfOneFileAlone(string layer)
    {
        using var job = new SmallJob();
        Directory.CreateDirectory(job["covers"]);
        File.Move(job["lc0.tif"], job["covers/lc0.tif"]);
        Directory.CreateDirectory(job["run"]);
        foreach (string name in new[] { "lc1.tif", "lpd.tif", "soc0.tif", "soc1.tif", "zones.geojson" })
            File.Move(job[name], job["run/" + name]);
        job.Flags["--land-cover-initial"] = "../covers/lc0.tif";
        LdnProcess.Run(job["run"], job.Arguments("--nodata", layer + "=3")).Succeeded();
        List<CsvLine> rows = CsvRows.Read(job["run/result/land_cover_transitions.csv"]);
        Assert.That(rows.Select(r => r["from_class"]), Has.None.EqualTo("3"));
        Assert.That(rows.Select(r => r["to_class"]), Has.Some.EqualTo("3"));
    }

    [Test]
    public void ChangeBelowMinus100Percent()
    {
        using var job = new SmallJob();
        job.Flags.Remove("--soc-initial");
        job.Flags.Remove("--soc-final");
        job.Flags["--soc-change"] = "change.tif";
        job.Spoil("change.tif", CellType.Float32, (_, _) => 3.5, -32768, -100.5);
        job.Run().Refused(job, ExitCode.Input, "change.tif", "-100.5 (1 pixels)");
    }

    [Test]
    public void ComplexValues() => Refused(
        "--soc-final", job => job.Work.Virtual("complex.vrt", job["soc1.tif"], SmallJob.Width, SmallJob.Height, "CFloat32"),
        "complex.vrt");

    [Test]
    public void ManyUnmappedValuesAreSummedUp()
    {
        using var job = new SmallJob();
        job.Work.Raster("lc1.tif", SmallJob.Grid, CellType.Byte, SmallJob.Values((c, r) => 20 + ((c + r) % 30)), 0);
        job.Run().Refused(job, ExitCode.Input, "lc1.tif", "and 18 more values");
    }

    private static void Refused(string flag, Func<SmallJob, string> raster, params string[] words)
    {
        using var job = new SmallJob();
        job.Flags[flag] = raster(job);
        job.Run().Refused(job, ExitCode.Input, words);
    }
}
