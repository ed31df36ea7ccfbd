using System.IO.Compression;
using System.Text;
using System.Text.RegularExpressions;

namespace Ldn.Cli.Tests.BadInput;

/// <summary>
/// <c>--no-remote</c>: whatever an input is called or holds, no connection is made; and nothing of an archive is ever written.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class NoRemoteTests
{
    /// <summary>
    /// Ways from an input to an address, each made in the job's folder; the second tells whether it is an input for zones.
    /// </summary>
    private static readonly Dictionary<string, (bool Zones, Func<SmallJob, string, string> Name)> Ways = new()
    {
        ["curl"] = (false, (_, url) => $"/vsicurl/{url}/lpd.tif"),
        ["url"] = (false, (_, url) => $"{url}/lpd.tif"),
        ["s3"] = (false, (_, _) => "/vsis3/bucket/lpd.tif"),
        ["zip on the network"] = (false, (_, url) => $"/vsizip//vsicurl/{url}/a.zip/lpd.tif"),
        ["subdataset on the network"] = (false, (_, url) => $"NETCDF:\"{url}/a.nc\":lpd"),
        ["vrt"] = (false, (job, url) => job.Work.Text("far.vrt", Virtual(url))),
        ["vrt in a zip"] = (false, (job, url) => Zipped(job, "far.vrt", Virtual(url))),
        ["vrt of a local file"] = (
            false, (job, _) => job.Work.Virtual("near.vrt", job["lpd.tif"], SmallJob.Width, SmallJob.Height)),
        ["vrt as a name"] = (false, (job, _) => $"vrt://{job["lpd.tif"]}"),
        ["wms"] = (false, (job, url) => job.Work.Text("wms.xml", $"""
            <GDAL_WMS><Service name="TMS"><ServerUrl>{url}/$LBRACE${"{"}z{"}"}</ServerUrl></Service><DataWindow><UpperLeftX>100</UpperLeftX><UpperLeftY>50</UpperLeftY>
            <LowerRightX>104</LowerRightX><LowerRightY>47</LowerRightY><SizeX>40</SizeX><SizeY>30</SizeY></DataWindow><Projection>EPSG:4326</Projection><BandsCount>1</BandsCount></GDAL_WMS>
            """)),
        ["zones on the network"] = (true, (_, url) => $"/vsicurl/{url}/zones.geojson"),
        ["virtual zones"] = (true, (job, url) => job.Work.Text("zones.vrt", VirtualZones(url))),
        ["virtual zones in a zip"] = (true, (job, url) => Zipped(job, "zones.vrt", VirtualZones(url))),
        ["reference system behind a link"] = (true, (job, url) => job.Work.Text("link.geojson", WithCrs(job, $$"""{"type":"link","properties":{"href":"{{url}}/crs.wkt","type":"ogcwkt"} }"""))),
        ["reference system behind a URL"] = (true, (job, url) => job.Work.Text("url.geojson", WithCrs(job, $$"""{"type":"url","properties":{"url":"{{url}}/crs.wkt"} }"""))),
        ["sparse file"] = (
            false,
            (job, url) => "/vsisparse/" + job.Work.Text(
                "sparse.xml",
                $"<VSISparseFile><SubfileRegion><Filename>/vsicurl/{url}/a</Filename></SubfileRegion></VSISparseFile>")),
        ["cached"] = (false, (_, url) => $"/vsicached?file=/vsicurl/{url}/lpd.tif"),
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
        LdnProcess.Run(
            job.Work.Folder, job.Arguments("--overwrite"), new Dictionary<string,
            string>
            { ["LDN_NO_REMOTE"] = "true" }).Succeeded();
        Assert.That(File.ReadAllBytes(job["result/summary.csv"]), Is.EqualTo(expected));
    }

    [Test]
    public void AnArchiveWritesNowhere()
    {
        using var job = new SmallJob();
        foreach (
            (string archive, string member) in new[]
            {
                ("slip.zip", "../../escaped.tif"), ("root.zip", $"{Path.GetTempPath()}ldn-escaped.tif"),
                ("plain.zip", "inside/lpd.tif")
            })
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

    /// <summary>
    /// A GeoPackage whose schema holds a table of another file, or a view: refused however the schema disguises it.
    /// </summary>
    [TestCase("table", "CREATE VIRTUAL TABLE ext USING VirtualText('secret.csv', UTF-8, 1, POINT, DOUBLEQUOTE, ',')")]
    [TestCase("table", "create virtual table \"a using rtree(\" using VirtualShape('x')")]
    [TestCase("index", "CREATE VIEW ext AS SELECT * FROM zones")]
    [TestCase("view", "CREATE VIEW ext AS SELECT ogr_geocode('x')")]
    public void AGeoPackageThatReadsOtherFiles(string kind, string statement)
    {
        using var job = new SmallJob();
        LdnProcess.Tool(job.Work.Folder, "ogr2ogr", "-f", "GPKG", "zones.gpkg", "zones.geojson").Succeeded();
        job.Flags["--zones"] = "zones.gpkg";
        job.Run("--no-remote", "--rasters", "none").Succeeded();
        Directory.Delete(job["result"], recursive: true);
        LdnProcess.Tool(job.Work.Folder, "/usr/bin/python3", "-c", """
            import sqlite3, sys
            db = sqlite3.connect("zones.gpkg")
            db.execute("PRAGMA writable_schema = ON")
            db.execute("INSERT INTO sqlite_master VALUES (?, 'ext', 'ext', 0, ?)", sys.argv[1:])
            db.commit()
            """, kind, statement).Succeeded();
        Assert.That(job.Run("--no-remote", "--rasters", "none").ExitCode, Is.AnyOf((int)ExitCode.Usage, (int)ExitCode.Input));
        Assert.That(Directory.Exists(job["result"]), Is.False);
    }

    /// <summary>HDF5 may keep cells in any other file; classic netCDF cannot.</summary>
    [TestCase("NC", true)]
    [TestCase("NC4", false)]
    public void OnlyClassicNetcdfIsRead(string format, bool read)
    {
        using var job = new SmallJob();
        LdnResult made = LdnProcess.Tool(
            job.Work.Folder, "gdal_translate", "-q", "-of", "netCDF", "-co", $"FORMAT={format}", "lpd.tif", "lpd.nc");
        Assert.That(made.ExitCode, Is.Zero, made.Error);
        job.Flags["--lpd"] = "lpd.nc";
        LdnResult result = job.Run("--no-remote", "--rasters", "none");
        if (read)
            result.Succeeded();
        else
            result.Refused(job, ExitCode.Usage, "HDF5", "[LDN210]");
    }

    private static string WithCrs(SmallJob job, string crs) =>
        Regex.Replace(File.ReadAllText(job["zones.geojson"]), "\"crs\":\\{\"type\":\"name\".*?\\}\\}", "\"crs\":" + crs);

    private static string[] Everything(SmallJob job) =>
        [.. Directory.EnumerateFileSystemEntries(job.Work.Folder, "*", SearchOption.AllDirectories)
            .Where(f => !f.StartsWith(job["result"], StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    private static string Virtual(string url) => $"""
        <VRTDataset rasterXSize="40" rasterYSize="30"><SRS>EPSG:4326</SRS><GeoTransform>100, 0.1, 0, 50, 0, -0.1</GeoTransform><VRTRasterBand dataType="Byte" band="1">
        <SimpleSource><SourceFilename relativeToVRT="0">/vsicurl/{url}/lpd.tif</SourceFilename><SourceBand>1</SourceBand></SimpleSource></VRTRasterBand></VRTDataset>
        """;

    private static string VirtualZones(string url) =>
        "<OGRVRTDataSource><OGRVRTLayer "
            + $"name=\"zones\"><SrcDataSource>/vsicurl/{url}/zones.geojson</SrcDataSource></OGRVRTLayer></OGRVRTDataSource>";

    private static string Zipped(SmallJob job, string member, string text)
    {
        using (ZipArchive zip = ZipFile.Open(job["nested.zip"], ZipArchiveMode.Create))
        using (Stream entry = zip.CreateEntry(member).Open())
            entry.Write(Encoding.UTF8.GetBytes(text));
        return $"/vsizip/{job["nested.zip"]}/{member}";
    }
}
