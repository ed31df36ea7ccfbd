using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Ldn.Rasters;
using Ldn.Tests;

namespace Ldn.Cli.Tests.BadInput;

/// <summary>
/// Small inputs that claim or become very much. Whatever they are, the run ends by itself, refused or done, and takes no more
/// memory than <c>--memory</c> says; where that is too little, it says what was too large and how to go on.
/// </summary>
[Platform("Linux")]
[Parallelizable(ParallelScope.All)]
internal sealed class BombTests
{
    private const int Megabytes = 640;
    private const string Collection = "{\"type\":\"FeatureCollection\",\"features\":[";

    /// <summary>Runs a command and tells the peak of its memory, in KB, after what it says itself.</summary>
    private const string Measured = """
        import resource, subprocess, sys
        code = subprocess.run(sys.argv[1:]).returncode
        print("peak", resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss, file=sys.stderr)
        sys.exit(code)
        """;

    /// <summary>Tags of a GeoTIFF's header and what they are made to claim: columns, rows, tile sizes, counts, lengths.</summary>
    [TestCase("columns", 256, 0x7FFFFFFF, false)]
    [TestCase("rows", 257, 0x7FFFFFFF, false)]
    [TestCase("columns beyond a sign", 256, -1, false)]
    [TestCase("columns of a tile", 322, 0x40000000, false)]
    [TestCase("rows of a tile", 323, 0x40000000, false)]
    [TestCase("length of a tile", 325, 0x7FFFFFFF, false)]
    [TestCase("number of tiles", 324, 0x7FFFFFFF, true)]
    [TestCase("number of lengths", 325, 0x7FFFFFFF, true)]
    [TestCase("bands", 277, 0xFFFF, false)]
    public void AHeader(string what, int tag, int value, bool count)
    {
        using var job = new SmallJob();
        byte[] file = File.ReadAllBytes(job["lpd.tif"]);
        int at = BitConverter.ToInt32(file, 4), entries = BitConverter.ToUInt16(file, at);
        Assert.That(file[0], Is.EqualTo((byte)'I'));
        int entry = Enumerable.Range(0, entries).Select(i => at + 2 + (12 * i)).First(e => BitConverter.ToUInt16(file, e) == tag);
        if (!count)
            BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(entry + 2), tag == 277 ? (ushort)3 : (ushort)4);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(entry + (count ? 4 : 8)), value);
        File.WriteAllBytes(job["lpd.tif"], file);
        Ends(job, $"a header with 2^31 {what}", 0, 3);
    }

    /// <summary>A whole GeoTIFF of a few hundred bytes, without cells.</summary>
    [TestCase("1 2000000000", 100_000)]
    [TestCase("2000000000 1", 1)]
    [TestCase("60000 60000", 60_000)]
    public void AGridWithoutCells(string size, int rows)
    {
        if (rows > 1)
            FullRun.Only("takes a minute");
        using var job = new SmallJob();
        LdnProcess.Tool(job.Work.Folder, "gdal_create", [
            .. $"-q -outsize {size} -bands 1 -ot Byte -a_srs EPSG:4326 -a_ullr 100 50 104 47 -a_nodata 0".Split(' '),
            "-co", "SPARSE_OK=TRUE", "-co", $"BLOCKYSIZE={rows}", "huge.tif"]).Succeeded();
        Ends(job, $"a grid of {size}", [0, 2, 3], "summarize", "--condition", "huge.tif", "--out", "result", "-q");
    }

    [TestCase("blanks before the end of a GeoJSON", "z.geojson", "{\"type\":\"FeatureCollection\",\"features\":[", " ", "]}")]
    [TestCase("one text of a GeoJSON", "z.geojson",
        Collection + "{\"type\":\"Feature\",\"properties\":{\"iso3\":\"", "x", "\"},\"geometry\":null}]}")]
    [TestCase("one field of a CSV", "z.csv", "iso3,WKT\n", "x", ",\"POLYGON((0 0,1 0,1 1,0 0))\"\n")]
    [TestCase("levels of a GeoJSON", "z.geojson",
        Collection + "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":",
        "[", "}}]}")]
    public void ATinyArchiveOfMuch(string what, string name, string start, string middle, string end)
    {
        using var job = new SmallJob();
        using (ZipArchive zip = ZipFile.Open(job["bomb.zip"], ZipArchiveMode.Create))
        using (Stream entry = zip.CreateEntry(name, CompressionLevel.Fastest).Open())
        {
            byte[] much = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(middle, 1 << 20)));
            entry.Write(Encoding.ASCII.GetBytes(start));
            for (int i = 0; i < (FullRun.Asked ? 1500 : 250); i++)
                entry.Write(much);
            entry.Write(Encoding.ASCII.GetBytes(end));
        }

        job.Flags["--zones"] = $"/vsizip/{job["bomb.zip"]}/{name}";
        Ends(job, $"an archive of {what}", 2, 3);
    }

    [TestCase("groups", "group_id,group_name,zone_id\nG,")]
    [TestCase("land-area", "zone_id,land_km2\n")]
    public void AFieldOfATable(string flag, string start)
    {
        using var job = new SmallJob();
        job.Work.Text("t.csv", start + new string('y', 60_000_000) + ",MNG\n");
        job.Flags[$"--{flag}"] = "t.csv";
        Ends(job, $"a table with a field of 60 million characters, {flag}", 2, 3);
    }

    [Test]
    public void AJobOfManyLevels()
    {
        using var job = new SmallJob();
        job.Work.Text("job.json", string.Concat(Enumerable.Repeat("{\"a\":", 2_000_000)));
        Ends(job, "a job of 2 million levels", [2], "compute", "job.json", "--out", "result", "-q");
    }

    /// <summary>A zone a cell; in every check so many that they fit, in full so many that they cannot.</summary>
    [Test]
    public void ARasterOfMillionsOfZones()
    {
        int side = FullRun.Asked ? 1000 : 40;
        using var job = new SmallJob();
        Grid grid = Workspace.Grid(side, side, 100, 50, 0.01);
        foreach ((string name, CellType type) in new[]
            { ("lc0.tif", CellType.Byte), ("lc1.tif", CellType.Byte), ("lpd.tif", CellType.Byte), ("soc0.tif", CellType.Int16),
                ("soc1.tif", CellType.Int16) })
            job.Work.Raster(name, grid, type, [.. Enumerable.Range(0, side * side).Select(i => 1.0 + (i % 5))], 0);
        job.Work.Raster("zones.tif", grid, CellType.Int32, [.. Enumerable.Range(0, side * side).Select(i => (double)i)], -1);
        (job.Flags["--zones"], job.Flags["--zone-id"], job.Flags["--zone-name"]) = ("zones.tif", null, null);
        job.Flags.Remove("--zone-id");
        job.Flags.Remove("--zone-name");
        if (FullRun.Asked)
            TooLarge(job, "a raster of a million zones");
        else
            Ends(job, "a raster of 1,600 zones", 0);
    }

    [Test]
    public void ManyGroups()
    {
        using var job = new SmallJob();
        int groups = FullRun.Asked ? 10_000 : 500;
        job.Work.Text("groups.csv", "group_id,group_name,zone_id\n" + string.Concat(
            Enumerable.Range(0, groups).Select(i => $"G{i},G{i},{(i % 2 == 0 ? "MNG" : "CHN")}\n")));
        job.Flags["--groups"] = "groups.csv";
        Ends(job, $"{groups} groups", 0);
    }

    [Test]
    public void ManyEqualZones()
    {
        using var job = new SmallJob();
        int zones = FullRun.Asked ? 30_000 : 300;
        job.Work.Zones("zones.geojson", Enumerable.Range(0, zones)
            .Select(i => (SmallJob.Properties($"Z{i}", $"Z{i}"), Workspace.Rectangle(100, 47, 104, 50))));
        Ends(job, $"{zones} equal zones", 0);
    }

    private static void TooLarge(SmallJob job, string what)
    {
        string error = Ends(job, what, 3);
        Assert.That(error, Does.Contain("[LDN321]").And.Contain("--memory"));
        Assert.That(Directory.Exists(job["result"]), Is.False);
    }

    private static string Ends(SmallJob job, string what, params int[] codes) =>
        Ends(job, what, codes, [.. job.Arguments("-q", "--rasters", "none", "--tables", "csv", "--threads", "1")]);

    private static string Ends(SmallJob job, string what, int[] codes, params string[] arguments)
    {
        string[] command = [.. LdnProcess.Program, .. arguments, "--memory", $"{Megabytes}M"];
        LdnResult result = LdnProcess.Script(
            job.Work.Folder, new Dictionary<string, string>(), 300_000, "/usr/bin/python3", ["-c", Measured, .. command]);
        int last = result.Error.LastIndexOf("peak ", StringComparison.Ordinal);
        Assert.That(last, Is.Not.Negative, result.Error);
        long peak = long.Parse(result.Error[(last + 5)..], CultureInfo.InvariantCulture) >> 10;
        string error = result.Error[..last];
        TestContext.Out.WriteLine($"campaign: bombs, {what}: exit {result.ExitCode}, peak {peak} MB of {Megabytes}");
        Assert.That(codes, Does.Contain(result.ExitCode), error);
        Assert.That(peak, Is.LessThanOrEqualTo(Megabytes), error);
        Assert.That(error, Has.Length.LessThan(4000));
        return error;
    }
}
