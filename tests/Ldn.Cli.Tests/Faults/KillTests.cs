using Ldn.Tests;

namespace Ldn.Cli.Tests.Faults;

/// <summary>
/// Signals at random moments of a run that replaces an earlier result (fixed seeds; more with LDN_TEST_FULL=1).
/// </summary>
[Platform("Unix")]
internal sealed class KillTests
{
    private const int Interrupt = 2, Kill = 9, Terminate = 15;

    [Test]
    public void KilledAtAnyMoment()
    {
        using var job = new SmallJob();
        job.Run("--rasters", "indicator").Succeeded();
        Dictionary<string, byte[]> first = SmallRun.Contents(job["result"]);
        job.Run("--rasters", "indicator", "--soc-threshold", "20", "--overwrite").Succeeded();
        Dictionary<string, byte[]> second = SmallRun.Contents(job["result"]);
        var random = new Random(6);
        int duration = Duration(job), killed = 0;
        for (int round = 0; round < (FullRun.Asked ? 200 : 20); round++)
        {
            string[] other = round % 2 == 0 ? [] : ["--soc-threshold", "20"];
            using (
                LdnProcess process = LdnProcess.Start(
                    job.Work.Folder, job.Arguments(["--rasters", "indicator", "--overwrite", .. other])))
            {
                Thread.Sleep(random.Next(duration * 11 / 10));
                killed += process.HasExited ? 0 : 1;
                if (!process.HasExited)
                    process.Signal(Kill);
                process.End();
            }

            Dictionary<string, byte[]> left = SmallRun.Contents(job["result"]);
            left.Remove(".ldn-partial");
            if (File.Exists(job["result/provenance.json"]))
            {
                SmallRun.AssertTrue(job["result"]);
                Assert.That(
                    Same(left, first) || Same(left, second),
                    $"round {round}: a result that is neither the old one nor the new one");
            }

            // Without provenance it is no result, and the next run makes one, unasked to overwrite anything.
            else if (InProcess.Run(job.Work, job.Arguments("--rasters", "indicator")) != 0)
                Assert.Fail($"round {round}: the next run fails");
        }

        TestContext.Out.WriteLine($"campaign: kills of a run that replaces a result: {killed}");
        Assert.That(killed, Is.GreaterThan(5), "runs were killed, not only seen off");
        job.Run("--rasters", "indicator", "--overwrite").Succeeded();
        Assert.That(Same(SmallRun.Contents(job["result"]), first), "the rerun's bytes");
    }

    /// <summary>Between the first rename and the last, a kill leaves half a result; it stands in no later run's way.</summary>
    [Test]
    public void HalfPublishedFilesAreRemovedByTheNextRun()
    {
        using var job = new SmallJob();
        job.Run("--rasters", "none").Succeeded();
        Dictionary<string, byte[]> whole = SmallRun.Contents(job["result"]);
        File.Delete(job["result/provenance.json"]);
        Directory.CreateDirectory(job["result/.ldn-partial"]);
        job.Work.Text("result/notes.txt", "mine");
        job.Work.Text("precious.txt", "mine");
        job.Work.Text("result/.ldn-partial/.lock", "");
        job.Work.Text("result/.ldn-partial/provenance.json", "{}");
        job.Work.Text(
            "result/.ldn-partial/.publishing", string.Join('\n', [.. whole.Keys, "../precious.txt", "provenance.json"]));
        job.Run("--rasters", "none").Succeeded();
        Assert.That(File.ReadAllText(job["precious.txt"]) + File.ReadAllText(job["result/notes.txt"]), Is.EqualTo("minemine"));
        File.Delete(job["result/notes.txt"]);
        Assert.That(Same(SmallRun.Contents(job["result"]), whole));
    }

    [Test]
    public void InterruptedAtAnyMoment()
    {
        using var job = new SmallJob();
        var random = new Random(7);
        int duration = Duration(job), interrupted = 0;
        Directory.Delete(job["result"], recursive: true);
        for (int round = 0; round < (FullRun.Asked ? 60 : 8); round++)
        {
            (int signal, int code) = round % 2 == 0 ? (Interrupt, 130) : (Terminate, 143);
            using LdnProcess process = LdnProcess.StartHearing(job.Work.Folder, job.Arguments());
            Thread.Sleep(random.Next(duration));
            if (!process.HasExited)
                process.Signal(signal);
            LdnResult result = process.End();
            // Before the program hears signals the system's own way ends it, just as silently.
            Assert.That(result.ExitCode, Is.AnyOf(0, code, 128 + signal), result.Error);
            if (result.ExitCode == 0)
            {
                SmallRun.AssertTrue(job["result"]);
                Directory.Delete(job["result"], recursive: true);
                continue;
            }

            interrupted++;
            Assert.That(Path.Exists(job["result"]), Is.False, $"round {round}: {result.Error}");
            Assert.That(result.Error, Does.Not.Contain("   at "));
        }

        TestContext.Out.WriteLine($"campaign: signals at random moments: {interrupted} runs interrupted");
        Assert.That(interrupted, Is.Positive);
    }

    private static int Duration(SmallJob job)
    {
        long start = Environment.TickCount64;
        job.Run("--rasters", "indicator", "--overwrite").Succeeded();
        return (int)(Environment.TickCount64 - start);
    }

    private static bool Same(Dictionary<string, byte[]> left, Dictionary<string, byte[]> right) =>
        left.Count == right.Count
            && left.All(f => right.TryGetValue(f.Key, out byte[]? bytes) && bytes.AsSpan().SequenceEqual(f.Value));
}
