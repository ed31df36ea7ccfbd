using System.IO.Compression;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Ldn.Cli.Tests.BadInput;

/// <summary><c>--no-remote</c>: whatever an input is called or holds, no connection is made; and nothing of an archive is ever written.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class NoRemoteTests
{
    /// <summary>Ways from an input to an address, each made in the job's folder; the second tells whether it is an input for zones.</summary>
    private static readonly Dictionary<string, (bool Zones, Func<SmallJob, string, string> Name)> Ways = new()
    {
        ["curl"] = (false, (_, url) => $"/vsicurl/{url}/lpd.tif"),
        ["url"] = (false, (_, url) => $"{url}/lpd.tif"),
        ["s3"] = (false, (_, _) => "/vsis3/bucket/lpd.tif"),
        ["zip on the network"] = (false, (_, url) => $"/vsizip//vsicurl/{url}/a.zip/lpd.tif"),
        ["subdataset on the network"] = (false, (_, url) => $"NETCDF:\"{url}/a.nc\":lpd"),
        ["vrt"] = (false, (job, url) => job.Work.Text("far.vrt", Virtual(url))),
        ["vrt in a zip"] = (false, (job, url) => Zipped(job, "far.vrt", Virtual(url))),
        ["vrt of a local file"] = (false, (job, _) => job.Work.Virtual("near.vrt", job["lpd.tif"], SmallJob.Width, SmallJob.Height)),
        ["vrt as a name"] = (false, (job, _) => $"vrt://{job["lpd.tif"]}"),
        ["wms"] = (false, (job, url) => job.Work.Text("wms.xml", $"""
            <GDAL_WMS><Service name="TMS"><ServerUrl>{url}/$LBRACE${"{"}z{"}"}</ServerUrl></Service><DataWindow><UpperLeftX>100</UpperLeftX><UpperLeftY>50</UpperLeftY>
            <LowerRightX>104</LowerRightX><LowerRightY>47</LowerRightY><SizeX>40</SizeX><SizeY>30</SizeY></DataWindow><Projection>EPSG:4326</Projection><BandsCount>1</BandsCount></GDAL_WMS>
            """)),
        ["zones on the network"] = (true, (_, url) => $"/vsicurl/{url}/zones.geojson"),
        ["virtual zones"] = (true, (job, url) => job.Work.Text("zones.vrt", VirtualZones(url))),
        ["virtual zones in a zip"] = (true, (job, url) => Zipped(job, "zones.vrt", VirtualZones(url))),
        ["database"] = (true, (_, url) => $"PG:host=127.0.0.1 port={new Uri(url).Port} dbname=x"),
    };

    private static IEnumerable<string> Names() => Ways.Keys;

    [TestCaseSource(nameof(Names))]
    public void NoWayLeadsOut(string way)
    {
        using var job = new SmallJob();
        using var trap = new Trap();
        job.Flags[Ways[way].Zones ? "--zones" : "--lpd"] = Ways[way].Name(job, trap.Url);
        job.Run("--no-remote").Refused(job, ExitCode.Usage, "--no-remote", "[LDN210]");
        Assert.That(trap.Connections, Is.Zero);
    }

    /// <summary>The same trap is sprung without the option: it can be.</summary>
    [TestCase("curl")]
    [TestCase("vrt in a zip")]
    [TestCase("zones on the network")]
    public void TheTrapWorks(string way)
    {
        using var job = new SmallJob();
        using var trap = new Trap();
        job.Flags[Ways[way].Zones ? "--zones" : "--lpd"] = Ways[way].Name(job, trap.Url);
        Assert.That(job.Run().ExitCode, Is.Not.Zero);
        Assert.That(trap.Connections, Is.Positive);
    }

    /// <summary>A side-car may name an overview anywhere; the raster is read without it.</summary>
    [Test]
    public void AnOverviewOnTheNetworkIsNotAskedFor()
    {
        using var job = new SmallJob();
        using var trap = new Trap();
        job.Work.Text("lpd.tif.aux.xml", $"""
            <PAMDataset><PAMRasterBand band="1"><Metadata domain="OVERVIEWS"><MDI key="OVERVIEW_FILE">/vsicurl/{trap.Url}/o.tif</MDI></Metadata></PAMRasterBand>
            <Metadata domain="OVERVIEWS"><MDI key="OVERVIEW_FILE">/vsicurl/{trap.Url}/o.tif</MDI></Metadata></PAMDataset>
            """);
        job.Run("--no-remote").Succeeded();
        Assert.That(trap.Connections, Is.Zero);
    }

    [Test]
    public void PlainFilesAndArchivesOfThemGiveTheSameResult()
    {
        using var job = new SmallJob();
        job.Run().Succeeded();
        byte[] expected = File.ReadAllBytes(job["result/summary.csv"]);
        using (ZipArchive zip = ZipFile.Open(job["in.zip"], ZipArchiveMode.Create))
            foreach (string name in new[] { "lpd.tif", "zones.geojson" })
                zip.CreateEntryFromFile(job[name], name);
        job.Flags["--lpd"] = $"/vsizip/{job["in.zip"]}/lpd.tif";
        job.Flags["--zones"] = $"/vsizip/{job["in.zip"]}/zones.geojson";
        LdnProcess.Run(job.Work.Folder, job.Arguments("--overwrite"), new Dictionary<string, string> { ["LDN_NO_REMOTE"] = "true" }).Succeeded();
        Assert.That(File.ReadAllBytes(job["result/summary.csv"]), Is.EqualTo(expected));
    }

    [Test]
    public void AnArchiveWritesNowhere()
    {
        using var job = new SmallJob();
        foreach ((string archive, string member) in new[] { ("slip.zip", "../../escaped.tif"), ("root.zip", $"{Path.GetTempPath()}ldn-escaped.tif"), ("plain.zip", "inside/lpd.tif") })
        {
            using (ZipArchive zip = ZipFile.Open(job[archive], ZipArchiveMode.Create))
                zip.CreateEntryFromFile(job["lpd.tif"], member);
            string[] before = Everything(job);
            job.Flags["--lpd"] = $"/vsizip/{job[archive]}/{member}";
            job.Run("--rasters", "none", "--overwrite");
            Assert.That(Everything(job), Is.EqualTo(before), archive);
        }

        Assert.That(File.Exists(Path.Combine(Path.GetTempPath(), "ldn-escaped.tif")), Is.False);
        Assert.That(File.Exists(job["../escaped.tif"]), Is.False);
    }

    [TestCase("/vsizip/a.zip")]
    [TestCase("/vsimem/out")]
    [TestCase("/vsis3/bucket/out")]
    public void ResultsGoToFoldersOnly(string folder)
    {
        using var job = new SmallJob();
        job.Flags["--out"] = folder;
        Refusal.Said(job.Run(), ExitCode.Usage, folder, "[LDN206]");
        Assert.That(Directory.Exists(folder), Is.False);
    }

    private static string[] Everything(SmallJob job) =>
        [.. Directory.EnumerateFileSystemEntries(job.Work.Folder, "*", SearchOption.AllDirectories).Where(f => !f.StartsWith(job["result"], StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static string Virtual(string url) => $"""
        <VRTDataset rasterXSize="40" rasterYSize="30"><SRS>EPSG:4326</SRS><GeoTransform>100, 0.1, 0, 50, 0, -0.1</GeoTransform><VRTRasterBand dataType="Byte" band="1">
        <SimpleSource><SourceFilename relativeToVRT="0">/vsicurl/{url}/lpd.tif</SourceFilename><SourceBand>1</SourceBand></SimpleSource></VRTRasterBand></VRTDataset>
        """;

    private static string VirtualZones(string url) =>
        $"<OGRVRTDataSource><OGRVRTLayer name=\"zones\"><SrcDataSource>/vsicurl/{url}/zones.geojson</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>";

    private static string Zipped(SmallJob job, string member, string text)
    {
        using (ZipArchive zip = ZipFile.Open(job["nested.zip"], ZipArchiveMode.Create))
        using (Stream entry = zip.CreateEntry(member).Open())
            entry.Write(Encoding.UTF8.GetBytes(text));
        return $"/vsizip/{job["nested.zip"]}/{member}";
    }

    /// <summary>An address of this machine that counts who comes, and sends everybody away.</summary>
    private sealed class Trap : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private int _connections;

        public Trap()
        {
            _listener.Start();
            _ = Count();
        }

        public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

        public int Connections => Volatile.Read(ref _connections);

        public void Dispose() => _listener.Dispose();

        private async Task Count()
        {
            try
            {
                while (true)
                {
                    using TcpClient client = await _listener.AcceptTcpClientAsync();
                    Interlocked.Increment(ref _connections);
                    await client.GetStream().WriteAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
                }
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException or IOException)
            {
                // The test is over.
            }
        }
    }
}
