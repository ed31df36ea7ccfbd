namespace Ldn.Cli.Tests.BadInput;

/// <summary>A result that is there is never touched unasked, and not by a run that fails.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ExistingResultTests
{
    [Test]
    public void WithoutOverwriteNothingIsTouched()
    {
        using SmallJob job = Finished();
        Dictionary<string, byte[]> before = Contents(job["result"]);
        Refusal.Said(job.Run("--missing", "available"), ExitCode.Usage, "result", "--overwrite");
        Assert.That(Contents(job["result"]), Is.EqualTo(before));
    }

    [Test]
    public void AFailingRunLeavesTheResultItWasToReplace()
    {
        using SmallJob job = Finished();
        Dictionary<string, byte[]> before = Contents(job["result"]);
        job.Spoil("lpd.tif", Rasters.CellType.Byte, SmallJob.Lpd, 0, 7);
        Refusal.Said(job.Run("--overwrite"), ExitCode.Input, "lpd.tif");
        Assert.That(Contents(job["result"]), Is.EqualTo(before));
    }

    [Test]
    public void OverwriteReplacesTheResultAndTouchesNoOtherFile()
    {
        using SmallJob job = Finished();
        job.Work.Text("result/notes.txt", "mine");
        Dictionary<string, byte[]> before = Contents(job["result"]);
        job.Run("--overwrite", "--soc-threshold", "20").Succeeded();
        Dictionary<string, byte[]> after = Contents(job["result"]);
        Assert.That(after.Keys, Is.EquivalentTo(before.Keys));
        Assert.That(after["notes.txt"], Is.EqualTo(before["notes.txt"]));
        Assert.That(after["summary.csv"], Is.Not.EqualTo(before["summary.csv"]));
    }

    [Test]
    public void AForeignFileOfAResultsNameIsNotReplacedUnasked()
    {
        using var job = new SmallJob();
        Directory.CreateDirectory(job["result"]);
        job.Work.Text("result/summary.csv", "mine");
        Refusal.Said(job.Run(), ExitCode.Usage, "summary.csv", "--overwrite");
        Assert.That(Directory.GetFileSystemEntries(job["result"]).Select(Path.GetFileName), Is.EqualTo(new[] { "summary.csv" }));
        Assert.That(File.ReadAllText(job["result/summary.csv"]), Is.EqualTo("mine"));
    }

    [Test]
    public void WhatAKilledRunLeftIsRemoved()
    {
        using var job = new SmallJob();
        Directory.CreateDirectory(job["result/.ldn-partial/deep"]);
        job.Work.Text("result/.ldn-partial/.lock", "");
        job.Work.Text("result/.ldn-partial/summary.csv", "half");
        job.Work.Text("result/.ldn-partial/deep/left.tif", "half");
        job.Run().Succeeded();
        Assert.That(Directory.GetFileSystemEntries(job["result"], ".*"), Is.Empty);
        Assert.That(File.ReadAllText(job["result/summary.csv"]), Does.StartWith("zone_id"));
    }

    private static SmallJob Finished()
    {
        var job = new SmallJob();
        job.Run().Succeeded();
        return job;
    }

    private static Dictionary<string, byte[]> Contents(string folder) =>
        Directory.GetFileSystemEntries(folder).ToDictionary(
            f => Path.GetFileName(f)!, f => File.Exists(f) ? File.ReadAllBytes(f) : []);
}
