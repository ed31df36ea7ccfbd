using System.Globalization;
using Ldn.Tests;

namespace Ldn.Cli.Tests.Faults;

/// <summary>
/// Calls of the system that fail, one at a time or all from one on: open, read, write, rename, mkdir, rmdir, unlink, flock; with
/// EIO, EINTR, ENOSPC or half of what was
/// asked. Each run ends with the bytes of an undisturbed one, or with exit 75 and nothing of it left. A sample of the points;
/// thousands with LDN_TEST_FULL=1.
/// </summary>
[Platform("Linux")]
[Parallelizable(ParallelScope.Self)]
internal sealed class FailingCallTests
{
    private const int InputOutput = 5, Interrupted = 4, NoSpace = 28, Half = 0;

    private static readonly bool s_full = Environment.GetEnvironmentVariable("LDN_TEST_FULL") == "1";

    private static readonly Dictionary<string, int[]> s_errors = new()
    {
        ["open"] = [InputOutput, Interrupted],
        ["read"] = [InputOutput, Interrupted, Half],
        ["write"] = [InputOutput, Interrupted, NoSpace, Half],
        ["rename"] = [InputOutput, NoSpace],
        ["mkdir"] = [InputOutput, NoSpace],
        ["rmdir"] = [InputOutput],
        ["unlink"] = [InputOutput],
        ["flock"] = [InputOutput],
    };

    private static int s_points;
    private Workspace _shim = null!;

    private static IEnumerable<string> Calls => s_errors.Keys;

    [OneTimeSetUp]
    public void Compile()
    {
        _shim = new Workspace();
        string source = Path.Combine(TestData.Root, "tests", "Ldn.Cli.Tests", "Faults", "failing-calls.c");
        LdnResult compiled = LdnProcess.Tool(
            _shim.Folder, "cc", "-shared", "-fPIC", "-O1", "-o", _shim["fault.so"], source, "-ldl");
        Assert.That(compiled.ExitCode, Is.Zero, compiled.Error);
    }

    [OneTimeTearDown]
    public void Remove()
    {
        TestContext.Progress.WriteLine($"failing calls: {s_points} runs");
        _shim?.Dispose();
    }

    /// <summary>
    /// A run into an empty place, and one that replaces a result: the old one stays where the new one does not come.
    /// </summary>
    [TestCaseSource(nameof(Calls))]
    public void AnyCall(string call)
    {
        using var job = new SmallJob();
        job.Flags["--groups"] = "groups.csv";
        job.Work.Text("groups.csv", "group_id,group_name,zone_id\nG,Both,MNG\nG,Both,CHN\n");
        Campaign(job, call, s_full ? 200 : 2, replace: false);
        if (call is "rename" or "unlink" or "mkdir" or "write")
            Campaign(job, call, s_full ? 200 : 2, replace: true);
    }

    /// <summary>
    /// Other readers than the program's own: polygons of each format, rasters whose drivers take a failing read for the end of
    /// the file.
    /// </summary>
    [TestCase("--zones", "GeoJSONSeq", "zones.geojsonl")]
    [TestCase("--zones", "GPKG", "zones.gpkg")]
    [TestCase("--zones", "ESRI Shapefile", "zones.shp")]
    [TestCase("--zones", "FlatGeobuf", "zones.fgb")]
    [TestCase("--lpd", "ENVI", "lpd.img")]
    [TestCase("--lpd", "RST", "lpd.rst")]
    [TestCase("--lpd", "HFA", "lpd_hfa.img")]
    public void AnyReader(string flag, string format, string file)
    {
        using var job = new SmallJob();
        bool raster = flag == "--lpd";
        string[] arguments = raster ? ["-q", "-of", format, "lpd.tif", file] : ["-f", format, file, "zones.geojson"];
        LdnResult made = LdnProcess.Tool(job.Work.Folder, raster ? "gdal_translate" : "ogr2ogr", arguments);
        Assert.That(made.ExitCode, Is.Zero, made.Error);
        job.Flags[flag] = file;
        Campaign(job, "read", s_full ? 60 : 2, replace: false);
        Campaign(job, "open", s_full ? 60 : 1, replace: false);
    }

    private void Campaign(SmallJob job, string call, int points, bool replace)
    {
        string[] options = ["-q", "--no-progress", "--rasters", "indicator", "--tables", "csv,gpkg,html", "--threads", "1"];
        Clear(job);
        job.Run([.. options, "--soc-threshold", "20"]).Succeeded();
        Dictionary<string, byte[]> old = Left(job);
        job.Run([.. options, "--overwrite"]).Succeeded();
        Dictionary<string, byte[]> whole = Left(job);
        if (replace)
            options = [.. options, "--overwrite"];
        Before(job, replace ? old : null);
        var environment = new Dictionary<string, string>
        {
            ["LD_PRELOAD"] = _shim["fault.so"],
            ["FAULT_CALL"] = call,
            ["FAULT_UNDER"] = job.Work.Folder,
            ["FAULT_AT"] = "0",
            ["FAULT_COUNT"] = _shim["count"],
        };
        job.RunWith(environment, options).Succeeded();
        int calls = int.Parse(File.ReadAllText(_shim["count"]), CultureInfo.InvariantCulture);
        Assert.That(calls, Is.Positive, $"{call} is never called: nothing is tested");
        environment.Remove("FAULT_COUNT");
        var random = new Random(calls);
        for (int point = 0; point < points; point++)
        {
            int at = 1 + random.Next(calls), error = s_errors[call][random.Next(s_errors[call].Length)],
            many = random.Next(3) == 0
                ? 100_000
                : 1;
            (environment["FAULT_AT"], environment["FAULT_ERROR"], environment["FAULT_FOR"]) = ($"{at}", $"{error}", $"{many}");
            Before(job, replace ? old : null);
            LdnResult result = job.RunWith(environment, options);
            Interlocked.Increment(ref s_points);
            string what = $"{call} {at} of {calls}, error {error}, {many} times: exit {result.ExitCode}: {result.Error}";
            Dictionary<string, byte[]> left = Left(job);
            Assert.That(result.ExitCode, Is.AnyOf(0, (int)ExitCode.Temporary), what);
            if (result.ExitCode == 0)
            {
                Assert.That(Same(left, whole), $"other bytes; {what}");
                Assert.That(Directory.Exists(job["result/.ldn-partial"]), Is.False, what);
                continue;
            }

            Assert.That(result.Error, Does.Match(@"^(  ldn .*\n)?ldn: ").And.Not.Contains("unexpected"), what);
            bool told = result.Error.Contains("holds the whole result", StringComparison.Ordinal)
                || result.Error.Contains("the next run puts them back", StringComparison.Ordinal);
            Assert.That(told || Same(left, replace ? old : []), $"neither old nor new; {what}");
        }
    }

    private static void Before(SmallJob job, Dictionary<string, byte[]>? there)
    {
        Clear(job);
        if (there is null)
            return;
        Directory.CreateDirectory(job["result"]);
        foreach ((string name, byte[] bytes) in there)
            File.WriteAllBytes(Path.Combine(job["result"], name), bytes);
        File.WriteAllText(job["result/provenance.json"], "{}");
    }

    private static void Clear(SmallJob job)
    {
        if (Directory.Exists(job["result"]))
            Directory.Delete(job["result"], recursive: true);
    }

    private static Dictionary<string, byte[]> Left(SmallJob job) => !Directory.Exists(job["result"]) ? []
        : Directory.GetFiles(job["result"]).Where(f => Path.GetFileName(f) != "provenance.json")
            .ToDictionary(f => Path.GetFileName(f), File.ReadAllBytes);

    private static bool Same(Dictionary<string, byte[]> left, Dictionary<string, byte[]> right) =>
        left.Count == right.Count
            && left.All(f => right.TryGetValue(f.Key, out byte[]? bytes) && bytes.AsSpan().SequenceEqual(f.Value));
}
