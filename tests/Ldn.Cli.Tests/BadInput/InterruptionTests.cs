namespace Ldn.Cli.Tests.BadInput;

/// <summary>Signals during a run that would take minutes.</summary>
[Platform("Unix")]
[NonParallelizable]
internal sealed class InterruptionTests
{
    private const int HangUp = 1, Interrupt = 2, Kill = 9, Terminate = 15;

    [TestCase(Interrupt, 130)]
    [TestCase(Terminate, 143)]
    [TestCase(HangUp, 143)]
    public void NothingStaysAfterASignal(int signal, int exitCode)
    {
        using var job = new SmallJob();
        using LdnProcess process = StartLongRun(job);
        process.Signal(signal);
        LdnResult result = process.End();
        Assert.Multiple(() =>
        {
            Assert.That(result.ExitCode, Is.EqualTo(exitCode), result.Error);
            Assert.That(result.Error, Does.Contain("interrupted").And.Not.Contains("   at "));
            Assert.That(result.Out, Is.Empty);
            Assert.That(Path.Exists(job["result"]), Is.False);
        });
    }

    [Test]
    public void AnEarlierResultOutlivesASignal()
    {
        using var job = new SmallJob();
        job.Run().Succeeded();
        string[] names = [.. Directory.GetFileSystemEntries(job["result"]).Order()];
        byte[][] before = [.. names.Select(File.ReadAllBytes)];
        using LdnProcess process = StartLongRun(job, "--overwrite");
        process.Signal(Terminate);
        Assert.That(process.End().ExitCode, Is.EqualTo(143));
        Assert.That(Directory.GetFileSystemEntries(job["result"]).Order(), Is.EqualTo(names));
        Assert.That(names.Select(File.ReadAllBytes), Is.EqualTo(before));
    }

    [Test]
    public void AKilledRunLeavesOneFolderThatTheNextRunRemoves()
    {
        using var job = new SmallJob();
        using (LdnProcess process = StartLongRun(job))
        {
            process.Signal(Kill);
            process.End();
        }

        Assert.That(Directory.GetFileSystemEntries(job["result"]).Select(Path.GetFileName), Is.EqualTo(new[] { ".ldn-partial" }));
        Small(job);
        job.Run().Succeeded();
        Assert.That(Directory.Exists(job["result/.ldn-partial"]), Is.False);
    }

    [Test]
    public void TwoRunsIntoOneFolder()
    {
        using var job = new SmallJob();
        using LdnProcess process = StartLongRun(job);
        Small(job);
        LdnResult second = job.Run();
        Refusal.Said(second, ExitCode.Temporary, "another run");
        Assert.That(process.HasExited, Is.False);
        process.Signal(Terminate);
        Assert.That(process.End().ExitCode, Is.EqualTo(143));
    }

    /// <summary>The inputs stretched over two billion cells; returns when the pass over them has begun.</summary>
    private static LdnProcess StartLongRun(SmallJob job, params string[] extra)
    {
        const int times = 4_000, width = SmallJob.Width * times, height = SmallJob.Height * times / 10;
        string transform = FormattableString.Invariant($"100, {4.0 / width:R}, 0, 50, 0, {-3.0 / height:R}");
        foreach (string flag in new[] { "--land-cover-initial", "--land-cover-final", "--lpd", "--soc-initial", "--soc-final" })
        {
            string name = job.Flags[flag]!;
            job.Flags[flag] = job.Work.Virtual(
                name + ".vrt", job[name], width, height, flag.StartsWith("--soc", StringComparison.Ordinal) ? "Int16" : "Byte",
                transform);
        }

        LdnProcess process = LdnProcess.StartHearing(job.Work.Folder, job.Arguments(["--threads", "2", .. extra]));
        for (int i = 0; i < 3_000 && !process.HasExited && !Begun(); i++)
            Thread.Sleep(20);
        Assert.That(Begun() && !process.HasExited, "the run has not begun");
        return process;

        bool Begun() => Directory.Exists(job["result/.ldn-partial"])
            && Directory.GetFiles(job["result/.ldn-partial"], "baseline_soil_organic_carbon*").Length > 0;
    }

    private static void Small(SmallJob job)
    {
        foreach ((string flag, string? value) in job.Flags.ToArray())
            if (value?.EndsWith(".tif.vrt", StringComparison.Ordinal) == true)
                job.Flags[flag] = value[..^4];
    }
}
