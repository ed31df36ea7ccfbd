using Ldn.Cli.Tests.Cluster;
using Ldn.Gdal;
using Ldn.Jobs;
using Ldn.Run;
using Ldn.Subjects;

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

    /// <summary>
    /// A result's files are known before anything is computed, so that an input under one of their names is told of at once:
    /// all but the workbooks and archives of single countries, whose names are refused when they are written.
    /// </summary>
    [Test]
    public void EveryFileOfAResultIsNamedBeforehand()
    {
        using ShardedJob job = ShardedJob.WithEverything(ShardedJob.Sample(120, 90));
        job.Run("compute", job.Job, "--out", "result", "-q").Succeeded();
        Job resolved = JobResolver.Resolve(
            JobReader.Read(job.Work[job.Job], AllSubjects.InOrder), job.Work["data"], AllSubjects.InOrder);
        using RunPlan plan = RunPlanner.Plan(resolved, new GdalGeodata());
        string[] written = [.. job.Contents("result").Keys.Where(f => !f.StartsWith("prais_", StringComparison.Ordinal))];
        Assert.That(written, Does.Contain("activities.gpkg"));
        Assert.That(written.Except(RunOutputs.FileNames(plan, 1)), Is.Empty);
    }
}
