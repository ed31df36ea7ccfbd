using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Ldn.Jobs;
using Ldn.Rasters;
using Ldn.Run;
using Ldn.Subjects;

namespace Ldn.Cli.Tests.Faults;

/// <summary>
/// A job of many small blocks, run in this process as often as a test likes, and what must hold of its folder whatever happened.
/// </summary>
internal sealed class SmallRun : IDisposable
{
    private static readonly string[] s_rasters = ["lc0.tif", "lc1.tif", "lpd.tif", "soc0.tif", "soc1.tif"];

    private readonly SmallJob _files = new();
    private readonly Job _job;

    public SmallRun()
    {
        foreach (string name in s_rasters)
        {
            (Grid grid, double[] values, double? noData) = Workspace.Read(this[name]);
            _files.Work.Raster(
                name, grid, name.StartsWith("soc", StringComparison.Ordinal) ? CellType.Int16 : CellType.Byte, values,
                noData!.Value, RasterLayout.Striped, RasterCompression.None);
        }

        _files.Work.Text(
            "job.json",
            SmallJob.JobFile.Replace(
                "\"rasters\": [\"indicator\"]", "\"rasters\": [\"indicator\"], \"tables\": [\"csv\", \"json\"]",
                StringComparison.Ordinal));
        _job = JobResolver.Resolve(
            JobReader.Read(this["job.json"], AllSubjects.InOrder), _files.Work.Folder, AllSubjects.InOrder);
        Blocks = Execute(_ => { }, "expected");
        Expected = Contents(this["expected"]);
    }

    public static IEnumerable<string> Rasters => s_rasters;

    /// <summary>Blocks that a run reads.</summary>
    public int Blocks { get; }

    /// <summary>Files of the right result, without provenance.</summary>
    public Dictionary<string, byte[]> Expected { get; }

    public string this[string name] => _files[name];

    /// <summary>Runs the job into a folder, something happening before each block; returns the number of blocks read.</summary>
    public int Execute(Action<int> before, string folder, int threads = 1, CancellationToken cancellation = default)
    {
        var geodata = new FaultyGeodata(before);
        ComputeRun.Execute(
            _job, new ComputeOptions(this[folder], true, threads, 1L << 30, new Dictionary<string, string>()), geodata, null,
            cancellation);
        return geodata.Blocks;
    }

    /// <summary>
    /// The folder holds the right result, whole, and nothing else; its provenance tells the truth about every file.
    /// </summary>
    public void AssertComplete(string folder)
    {
        Dictionary<string, byte[]> actual = Contents(this[folder]);
        Assert.That(actual.Keys, Is.EquivalentTo(Expected.Keys));
        foreach ((string name, byte[] bytes) in Expected)
            Assert.That(actual[name].AsSpan().SequenceEqual(bytes), name);
        AssertTrue(this[folder]);
    }

    /// <summary>Every output that provenance names is there with the hash it says.</summary>
    public static void AssertTrue(string folder)
    {
        foreach (
            JsonNode? output in JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "provenance.json")))!["outputs"]!.AsArray())
        {
            string hash = Convert.ToHexStringLower(
                SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, (string)output!["name"]!))));
            Assert.That(hash, Is.EqualTo((string)output["sha256"]!), $"{folder}: {output["name"]}");
        }
    }

    public static Dictionary<string, byte[]> Contents(string folder) => Directory.GetFileSystemEntries(folder)
        .Where(f => Path.GetFileName(f) != "provenance.json").ToDictionary(
            f => Path.GetFileName(f)!, f => File.Exists(f) ? File.ReadAllBytes(f) : []);

    public void Dispose() => _files.Dispose();
}
