using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Ldn.Rasters;

namespace Ldn.Cli.Tests;

/// <summary>Same values and options, same bytes of every file but provenance.json, whatever carries or computes them.</summary>
[Parallelizable(ParallelScope.Children)]
internal sealed partial class DeterminismTests
{
    private const int Width = 700, Height = 560;
    private const double West = 90, North = 60, Cell = 0.05;

    private static readonly string[] Names = ["lc2000", "lc2015", "lc2019", "lpd0", "lpd1", "soc2000", "soc2015", "soc2019"];

    private const string Job = """
        {
          "periods": {
            "baseline": { "landCover": [2000, 2015], "productivity": [2000, 2015], "soilCarbon": [2000, 2015] },
            "report_1": { "landCover": [2015, 2019], "productivity": [2004, 2019], "soilCarbon": [2015, 2019] }
          },
          "landCover": { "legend": "unccd-7", "years": { "2000": "lc2000.tif", "2015": "lc2015.tif", "2019": "lc2019.tif" } },
          "productivity": { "kind": "lpd", "periods": { "baseline": "lpd0.tif", "report_1": "lpd1.tif" } },
          "soilCarbon": { "years": { "2000": "soc2000.tif", "2015": "soc2015.tif", "2019": "soc2019.tif" } },
          "zones": [ { "file": "zones.geojson", "id": "iso3", "name": "name", "groups": "m49" } ]
        }
        """;

    private Workspace _work = null!;
    private Dictionary<string, byte[]> _expected = [];

    [OneTimeSetUp]
    public void ComputeOnce()
    {
        _work = new Workspace();
        Write("first", name => Raster("first", name, RasterLayout.Tiled));
        _expected = Run("first", "result", null, "--threads", "2");
        Assert.That(
            _expected.Keys,
            Is.SupersetOf(
                new[] { "summary.csv", "summary.json", "baseline_indicator.tif", "status_report_1.tif", "status_report_1.qml" }));
    }

    [OneTimeTearDown]
    public void Remove() => _work?.Dispose();

    [TestCase("1")]
    [TestCase("2")]
    [TestCase("3")]
    [TestCase("4")]
    [TestCase("5")]
    [TestCase("6")]
    [TestCase("7")]
    [TestCase("8")]
    public void Threads(string threads) => Same(Run("first", "threads" + threads, null, "--threads", threads));

    [TestCase("32M")]
    [TestCase("4G")]
    public void Memory(string size) => Same(Run("first", "memory" + size, null, "--memory", size));

    /// <summary>The plan's id too: who decodes is no part of the question.</summary>
    [Test]
    public void Reader([Values] bool variable)
    {
        string name = "reader" + variable;
        Same(
            variable
                ? Run("first", name, new Dictionary<string, string> { ["LDN_READER"] = "gdal" })
                : Run("first", name, null, "--reader", "gdal"));
        JsonNode Provenance(string result) => JsonNode.Parse(File.ReadAllText(_work[$"first/{result}/provenance.json"]))!;
        Assert.That((string)Provenance(name)["plan_id"]!, Is.Not.Empty.And.EqualTo((string)Provenance("result")["plan_id"]!));
    }

    /// <summary>Compiled as it runs, at each width; the first result may come from a program compiled before.</summary>
    [TestCase("DOTNET_EnableAVX512")]
    [TestCase("DOTNET_EnableAVX2")]
    [TestCase("DOTNET_EnableHWIntrinsic")]
    public void VectorWidths(string without)
    {
        LdnProcess.RunAssembly(
            _work["first"], ["compute", "job.json", "--out", without, "-q"], new Dictionary<string,
            string>
            { [without] = "0" }).Succeeded();
        Same(Contents(_work[$"first/{without}"]));
        string simd = (string)JsonNode.Parse(File.ReadAllText(_work[$"first/{without}/provenance.json"]))!["simd"]!;
        if (without == "DOTNET_EnableHWIntrinsic")
            Assert.That(simd, Is.EqualTo("Scalar"), "the switch works");
    }

    /// <summary>Files read from the disk again, and files of a later date: the same bytes are the same inputs.</summary>
    [Test]
    public void ColdCachesAndTouchedInputs()
    {
        Write("touched", name => File.Copy(_work[$"first/{name}.tif"], _work[$"touched/{name}.tif"]));
        foreach (string file in Directory.GetFiles(_work["touched"]))
        {
            using (FileStream stream = File.OpenRead(file))
                DropFromCache(stream);
            File.SetLastWriteTimeUtc(file, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        }

        Same(Run("touched", "cold", null, "--threads", "2"));
        Same(Run("touched", "warm", null, "--threads", "2"));
    }

    /// <summary>Two runs of one job differ in when and how long they ran, and in nothing else.</summary>
    [Test]
    public void ProvenanceDiffersOnlyInTheFieldsItNames()
    {
        Run("first", "again1", null, "--threads", "1");
        Run("first", "again2", null, "--threads", "3");
        JsonObject[] two = [
            .. new[]
            {
                "again1", "again2"
            }.Select(r => JsonNode.Parse(File.ReadAllText(_work[$"first/{r}/provenance.json"]))!.AsObject())];
        string[] varying = [.. two[0]["varying"]!.AsArray().Select(v => (string)v!)];
        Assert.That(
            varying,
            Is.EqualTo(
                new[]
                {
                    "runtime", "simd", "libraries", "finished", "wall_seconds", "peak_memory_bytes", "threads", "job_sha256",
                    "options"
                }));
        Assert.That(two[0].Select(p => p.Key), Is.EqualTo(two[1].Select(p => p.Key)));
        foreach ((string key, JsonNode? value) in two[0])
            if (!varying.Contains(key))
                Assert.That(JsonNode.DeepEquals(value, two[1][key]), key);
        Assert.That((double)two[0]["wall_seconds"]!, Is.Positive);
    }

    /// <summary>Asks the system to forget what it holds of a file; where it cannot, the file is merely warm.</summary>
    private static void DropFromCache(FileStream file)
    {
        const int dontNeed = 4;
        if (OperatingSystem.IsLinux())
            _ = Advise((int)file.SafeFileHandle.DangerousGetHandle(), 0, 0, dontNeed);
    }

    [LibraryImport("libc", EntryPoint = "posix_fadvise")]
    private static partial int Advise(int file, long offset, long length, int advice);

    [Test]
    public void Clock() => Same(Run("first", "clock", new Dictionary<string, string> { ["SOURCE_DATE_EPOCH"] = "1" }));

    [Test]
    public void FolderOfResultAndWork()
    {
        Directory.CreateDirectory(_work["elsewhere"]);
        LdnProcess.Run(_work["elsewhere"], ["compute", "../first/job.json", "--out", "deep/er/result", "-q"]).Succeeded();
        Same(Contents(_work["elsewhere/deep/er/result"]));
    }

    [TestCase(RasterLayout.Striped, "4G")]
    [TestCase(RasterLayout.Striped, "2M")]
    [TestCase(RasterLayout.Cog, "4G")]
    public void LayoutOfTheInputs(RasterLayout layout, string memory)
    {
        string folder = $"{layout}{memory}";
        Write(folder, name => Raster(folder, name, layout));
        Same(Run(folder, "result", null, "--memory", memory, "--threads", "3"), otherInputs: true);
    }

    [TestCase("BLOCKXSIZE=64", "BLOCKYSIZE=64")]
    [TestCase("BLOCKXSIZE=1024", "BLOCKYSIZE=16")]
    public void BlocksOfTheInputs(string width, string height)
    {
        string folder = width.Replace('=', '-');
        Write(folder, name => LdnProcess.Tool(
            _work.Folder, "gdal_translate", "-q", "-co", "TILED=YES", "-co", width, "-co", height, $"first/{name}.tif",
            $"{folder}/{name}.tif").Succeeded());
        Same(Run(folder, "result", null, "--threads", "2"), otherInputs: true);
    }

    [Test]
    public void InputsOnGridsOfTheirOwn()
    {
        Write("foreign", name =>
        {
            if (name.StartsWith("soc", StringComparison.Ordinal))
                Raster("foreign", name, RasterLayout.Tiled, finer: 2);
            else if (name.StartsWith("lpd", StringComparison.Ordinal))
                Raster("foreign", name, RasterLayout.Striped, margin: 13);
            else
                Raster("foreign", name, RasterLayout.Tiled, margin: name == "lc2000" ? 0 : 5, turn: name == "lc2019" ? -360 : 0);
        });
        Same(Run("foreign", "result", null, "--threads", "2"), otherInputs: true);
    }

    private void Write(string folder, Action<string> write)
    {
        Directory.CreateDirectory(_work[folder]);
        foreach (string name in Names)
            write(name);
        _work.Text(folder + "/job.json", Job);
        _work.Zones(folder + "/zones.geojson",
        [
            (SmallJob.Properties("MNG", "Mongolia"), Workspace.Rectangle(91.2, 33.3, 108.8, 59.1)),
            (SmallJob.Properties("CHN", "China"), [[[104.1, 35, 124, 33.4, 120.7, 58.2, 110.4, 50.6, 104.1, 35]]]),
        ]);
    }

    /// <summary>
    /// The values of a raster about the run's grid: on finer cells, with a margin of cells around, or a turn of the globe away.
    /// </summary>
    private void Raster(string folder, string name, RasterLayout layout, int finer = 1, int margin = 0, double turn = 0)
    {
        bool soil = name.StartsWith("soc", StringComparison.Ordinal);
        int columns = (Width + (2 * margin)) * finer, rows = (Height + (2 * margin)) * finer, salt = Array.IndexOf(Names, name);
        var grid = new Grid(
            columns, rows, West - (margin * Cell) + turn, North + (margin * Cell), Cell / finer, -Cell / finer,
            Workspace.Crs("EPSG:4326"));
        double[] values = [
            .. Enumerable.Range(0, columns * rows)
                .Select(i => Value((i % columns / finer) - margin, (i / columns / finer) - margin))];
        _work.Raster($"{folder}/{name}.tif", grid, soil ? CellType.Int16 : CellType.Byte, values, soil ? -1 : 0, layout);

        double Value(int column, int row)
        {
            uint noise = (uint)((column * 374761393) + (row * 668265263) + (salt * 1274126177));
            noise = (noise ^ (noise >> 13)) * 1274126177;
            noise ^= noise >> 16;
            uint patch = (uint)((column / 9) + (row / 7)) % 7;
            return soil ? (
                noise % 19 == 0 ? -1 : 40 + (noise % 13)) : name.StartsWith("lpd",
                StringComparison.Ordinal) ? noise % 6 : noise % 4 == 0 ? noise % 8 : patch + 1;
        }
    }

    private Dictionary<string, byte[]> Run(
        string folder, string result, IReadOnlyDictionary<string, string>? environment, params string[] extra)
    {
        LdnProcess.Run(_work[folder], ["compute", "job.json", "--out", result, "-q", .. extra], environment).Succeeded();
        return Contents(_work[$"{folder}/{result}"]);
    }

    /// <summary>Every byte alike; inputs of other bytes show by their hashes in page and workbook, and nowhere else.</summary>
    private void Same(Dictionary<string, byte[]> actual, bool otherInputs = false)
    {
        Assert.That(actual.Keys, Is.EquivalentTo(_expected.Keys));
        foreach (
            (string name, byte[] bytes) in actual.Where(
                file => !otherInputs || file.Key is not ("report.html" or "summary.xlsx")))
            Assert.That(bytes.AsSpan().SequenceEqual(_expected[name]), name);
    }

    private static Dictionary<string, byte[]> Contents(string folder) =>
        Directory.GetFiles(folder).Where(f => !f.EndsWith("provenance.json", StringComparison.Ordinal))
            .ToDictionary(f => Path.GetFileName(f)!, File.ReadAllBytes);
}
