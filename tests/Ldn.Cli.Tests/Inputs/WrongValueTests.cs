using Ldn.Cli.Tests.BadInput;
using Ldn.Cli.Tests.Cluster;

namespace Ldn.Cli.Tests.Inputs;

/// <summary>
/// What is wrong with values is told before a run: by validate, of a sample of cells. The run itself tells all of it.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class EarlyRefusalTests
{
    private const int Width = 3000, Height = 2000;

    private static readonly string[] s_flags =
        ["--lpd", "lpd.tif", "--without", "land-cover", "--without", "soil-carbon", "--no-progress"];

    /// <summary>On however many threads: every cell that holds them, so that the cure is known after one run.</summary>
    [TestCase(1)]
    [TestCase(3)]
    public void ARunTellsOfEveryCell(int threads)
    {
        using var work = new Workspace();
        Burn(work, 9);
        LdnResult refused = LdnProcess.Run(work.Folder, ["compute", .. s_flags, "--threads", $"{threads}", "--out", "result"]);
        Refusal.Said(refused, ExitCode.Input, "lpd.tif", $"9 ({Width * Height} pixels)", "--nodata productivity=9");
        Assert.That(Path.Exists(work["result"]), Is.False);
    }

    [Test]
    public void ValidateLooksAtASample()
    {
        using var work = new Workspace();
        Burn(work, 9);
        work.Text("job.json", """
            { "without": ["land-cover", "soil-carbon"], "periods": { "baseline": { "productivity": [2000, 2015] } },
              "productivity": { "kind": "lpd", "periods": { "baseline": "lpd.tif" } } }
            """);
        LdnResult refused = LdnProcess.Run(work.Folder, ["validate", "job.json"]);
        Assert.That(refused.ExitCode, Is.EqualTo(3));
        Assert.That(refused.Error, Does.Contain("job.json: 1 fault").And.Contain("of a sample of cells"));
        Burn(work, 4);
        Assert.That(LdnProcess.Run(work.Folder, ["validate", "job.json"]).Succeeded().Error, Does.Contain("job.json: valid"));
    }

    /// <summary>A mask and statements in files beside a raster mean the same over the network as on this machine.</summary>
    [TestCase(".msk")]
    [TestCase(".aux.xml")]
    public void CompanionsOfARemoteRasterAreHonoured(string companion)
    {
        using var job = new SmallJob();
        if (companion == ".msk")
            MaskTests.Mask(job.Work, "soc0.tif", "beside", "LZW");
        else
            job.Work.Text("soc1.tif.aux.xml", """
                <PAMDataset><PAMRasterBand band="1"><NoDataValue>100</NoDataValue></PAMRasterBand></PAMDataset>
                """);
        (string layer, string flag) = companion == ".msk" ? ("soc0.tif", "--soc-initial") : ("soc1.tif", "--soc-final");
        Assert.That(File.Exists(job[layer + companion]));
        job.Run("--rasters", "none").Succeeded();
        string expected = File.ReadAllText(job["result/summary.csv"]);
        using var server = new RangeServer(job.Work.Folder);
        var environment = new Dictionary<string, string> { ["no_proxy"] = "127.0.0.1", ["GDAL_HTTP_MAX_RETRY"] = "0" };
        job.Flags[flag] = $"/vsicurl/{server.Url}{layer}";
        job.RunWith(environment, "--rasters", "none", "--overwrite").Succeeded();
        Assert.That(File.ReadAllText(job["result/summary.csv"]), Is.EqualTo(expected));
        File.Delete(job[layer + companion]);
        job.RunWith(environment, "--rasters", "none", "--overwrite").Succeeded();
        Assert.That(File.ReadAllText(job["result/summary.csv"]), Is.Not.EqualTo(expected), "the companion decides");
    }

    /// <summary>A job of init knows how its tables are encoded, so that it passes without the flag that init was given.</summary>
    [Test]
    public void InitWritesTheTextEncoding()
    {
        using var job = new SmallJob();
        string folder = Directory.CreateDirectory(job["data"]).FullName;
        foreach ((string from, string to) in new[]
        {
            ("lc0.tif", "landcover_2000.tif"), ("lc1.tif", "landcover_2015.tif"), ("lpd.tif", "lpd.tif"),
            ("soc0.tif", "soc_2000.tif"), ("soc1.tif", "soc_2015.tif"),
        })
            File.Copy(job[from], Path.Combine(folder, to));
        job.Work.Zones("ru.geojson", [("\"iso3\":\"RUS\",\"name\":\"Россия\"", Workspace.Rectangle(100, 47, 104, 50))]);
        LdnProcess.Tool(
            job.Work.Folder, "ogr2ogr", "-f", "ESRI Shapefile", "-lco", "ENCODING=CP1251", "data/zones.shp", "ru.geojson")
            .Succeeded();
        File.Delete(job["data/zones.cpg"]);
        byte[] dbf = File.ReadAllBytes(job["data/zones.dbf"]);
        dbf[29] = 0;
        File.WriteAllBytes(job["data/zones.dbf"], dbf);
        LdnProcess.Run(job.Work.Folder, ["init", "data", "--text-encoding", "CP1251"]).Succeeded();
        Assert.That(File.ReadAllText(job["data/job.json"]), Does.Contain("\"textEncoding\": \"CP1251\""));
        LdnProcess.Run(job.Work.Folder, ["compute", "data/job.json", "--out", "result", "--rasters", "none"]).Succeeded();
        Assert.That(CsvRows.Read(job["result/headline.csv"])[0]["zone_name"], Is.EqualTo("Россия"));
    }

    private static void Burn(Workspace work, int value)
    {
        File.Delete(work["lpd.tif"]);
        LdnProcess.Tool(
            work.Folder, "gdal_create", "-q", "-outsize", $"{Width}", $"{Height}", "-burn", $"{value}", "-ot", "Byte", "-a_srs",
            "EPSG:4326", "-a_ullr", "100", "50", "103", "48", "-co", "TILED=YES", "-co", "COMPRESS=LZW", "lpd.tif").Succeeded();
    }
}
