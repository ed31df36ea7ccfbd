using Ldn.Cli.Tests.Inputs;

namespace Ldn.Cli.Tests.Cluster;

/// <summary>Rasters from far away: few requests, no byte twice, the bytes of results those of local files.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class FarAwayTests
{
    private static readonly string[] s_flags = ["--tables", "csv,json", "--rasters", "indicator"];

    private static readonly Dictionary<string, string> s_hasty = new()
    {
        ["GDAL_HTTP_RETRY_DELAY"] = "0.1",
        ["no_proxy"] = "127.0.0.1",
    };

    /// <summary>Tiles of 512, 30 of each raster, decoded by whom they may.</summary>
    [TestCase("deflate")]
    [TestCase("zstd")]
    public void TilesComeTogetherAndOnce(string compression)
    {
        using ShardedJob job = Sample("--compress", compression);
        Dictionary<string, byte[]> expected = job.Single();
        using var server = new RangeServer(job.Work["data"]);
        job.BehindServer(server);
        Compute(job).Succeeded();
        ShardedJob.Same(job.Contents("result"), expected);
        (string File, long From, long To)[] ranges = [.. server.TakeRanges()];
        string[] files = [.. ranges.Select(r => r.File).Distinct()];
        Assert.That(files, Has.Length.EqualTo(5));
        // A directory twice, as it is looked at again once the server has told its version.
        Assert.That(ranges, Has.Length.LessThan(16 * files.Length), "requests");
        long sent = ranges.Sum(r => r.To - r.From), whole = files.Sum(f => new FileInfo(job.Work["data/" + f]).Length);
        Assert.That(sent, Is.LessThan((whole * 1.1) + (files.Length * 2 * 16384)), "bytes");
    }

    /// <summary>A server that knows no ranges is refused in words, as it ever was, and never half read.</summary>
    [Test]
    public void AServerWithoutRangesIsRefused()
    {
        using ShardedJob job = Sample();
        using var server = new RangeServer(job.Work["data"], Mishap.Whole);
        job.BehindServer(server);
        LdnResult result = Compute(job);
        Assert.That(result.ExitCode, Is.AnyOf((int)ExitCode.Input, (int)ExitCode.Temporary), result.Error);
        Assert.That(result.Error, Does.Contain(server.Url));
        Assert.That(Path.Exists(job.Work["result"]), Is.False);
    }

    /// <summary>What lies beside a raster counts as it does on this machine: which cells hold data, what values mean.</summary>
    [TestCase(Mishap.None)]
    [TestCase(Mishap.Unavailable)]
    public void FilesBesideARemoteRasterCount(object mishap)
    {
        const string mask = """
            from osgeo import gdal
            gdal.SetConfigOption("GDAL_TIFF_INTERNAL_MASK", "NO")
            dataset = gdal.Open("data/lc2015.tif")
            dataset.CreateMaskBand(gdal.GMF_PER_DATASET)
            band = dataset.GetRasterBand(1).GetMaskBand()
            cells = band.ReadAsArray()
            cells[:] = 255
            cells[:1000] = 0
            band.WriteArray(cells)
            """;
        using ShardedJob job = Sample();
        byte[] without = job.Single()["headline.csv"];
        LdnResult made = LdnProcess.Tool(job.Work.Folder, "/usr/bin/python3", "-c", mask);
        if (made.Error.Contains("No module named", StringComparison.Ordinal))
            Assert.Ignore("python3-gdal is not installed");
        Assert.That((made.ExitCode, File.Exists(job.Work["data/lc2015.tif.msk"])), Is.EqualTo((0, true)), made.Error);
        byte[] withMask = Again("masked")["headline.csv"];
        Assert.That(withMask, Is.Not.EqualTo(without), "the mask counts");
        job.Work.Text(
            "data/soc2015.tif.aux.xml",
            "<PAMDataset><PAMRasterBand band=\"1\"><Scale>0.8</Scale></PAMRasterBand></PAMDataset>");
        Dictionary<string, byte[]> expected = Again("scaled");
        Assert.That(expected["headline.csv"], Is.Not.EqualTo(withMask), "the scale counts");
        using var server = new RangeServer(job.Work["data"], (Mishap)mishap, 12);
        job.BehindServer(server);
        LdnResult result = Compute(job);
        for (int tries = 1; result.ExitCode == (int)ExitCode.Temporary && tries < 10; tries++)
            result = Compute(job);
        result.Succeeded();
        ShardedJob.Same(job.Contents("result"), expected);

        Dictionary<string, byte[]> Again(string folder)
        {
            job.Run(["compute", job.Job, "--out", folder, "-q", .. s_flags]).Succeeded();
            return job.Contents(folder);
        }
    }

    /// <summary>What GDAL keeps is the user's to set; with nothing kept every block is asked for by who reads it.</summary>
    [TestCase("CPL_VSIL_CURL_CACHE_SIZE", "100000")]
    [TestCase("CPL_VSIL_CURL_NON_CACHED", "/vsicurl/")]
    [TestCase("CPL_VSIL_CURL_CHUNK_SIZE", "65536")]
    public void SettingsOfGdalGoOnWorking(string option, string value)
    {
        using ShardedJob job = Sample();
        Dictionary<string, byte[]> expected = job.Single();
        using var server = new RangeServer(job.Work["data"]);
        job.BehindServer(server);
        Compute(job, (option, value)).Succeeded();
        ShardedJob.Same(job.Contents("result"), expected);
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

    private static ShardedJob Sample(params string[] flags)
    {
        var work = new Workspace();
        string[] sample = ["sample", "data", "--width", "2600", "--height", "2100", "--baseline-only", "-q"];
        LdnProcess.Run(work.Folder, [.. sample, .. flags]).Succeeded();
        return new ShardedJob(work) { Flags = s_flags };
    }

    private static LdnResult Compute(ShardedJob job, params (string Option, string Value)[] settings) => LdnProcess.Run(
        job.Work.Folder, ["compute", "data/remote.json", "--out", "result", "-q", .. s_flags],
        new Dictionary<string, string>(s_hasty.Concat(settings.Select(s => KeyValuePair.Create(s.Option, s.Value)))));
}
