using Ldn.Cli.Tests.BadInput;

namespace Ldn.Cli.Tests.Inputs;

/// <summary>
/// What is wrong with values is told before a run: by validate, of a sample of cells. The run itself tells all of it.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class WrongValueTests
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

    private static void Burn(Workspace work, int value)
    {
        File.Delete(work["lpd.tif"]);
        LdnProcess.Tool(
            work.Folder, "gdal_create", "-q", "-outsize", $"{Width}", $"{Height}", "-burn", $"{value}", "-ot", "Byte", "-a_srs",
            "EPSG:4326", "-a_ullr", "100", "50", "103", "48", "-co", "TILED=YES", "-co", "COMPRESS=LZW", "lpd.tif").Succeeded();
    }
}
