using System.Text.Json.Nodes;
using Ldn.Cli.Terminal;
using Ldn.Pass;
using Ldn.Tests;

namespace Ldn.Cli.Tests.Faults;

/// <summary>Runs that take long: memory, progress, cancellation.</summary>
[NonParallelizable]
internal sealed class LongRunTests
{
    /// <summary>
    /// On a clock that ticks as the work says, whatever came before the first report, the time left is right at once and to the
    /// end.
    /// </summary>
    [TestCase(0.0)]
    [TestCase(45.0)]
    public void TheTimeLeftIsRightWhenTheWorkIs(double secondsBefore)
    {
        var seen = new List<PassProgress>();
        var scale = new ProgressScale(new Collected(seen), (RunPhase.Limits, 300), (RunPhase.Pass, 500), (RunPhase.Reports, 200));
        var left = new TimeLeft();
        for (int stage = 0; stage < 3; stage++)
        {
            IProgress<PassProgress> progress = scale.Stage(stage)!;
            for (int part = 1; part <= 10; part++)
                progress.Report(new PassProgress(part, 10));
        }

        Assert.That(seen[0].CellsDone, Is.Zero);
        Assert.That(seen[^1].CellsDone, Is.EqualTo(1000));
        Assert.That(seen.Select(p => p.CellsInAll), Has.All.EqualTo(1000));
        Assert.That(seen.Select(p => p.CellsDone), Is.Ordered);
        Assert.That(seen.Select(p => (p.Phase, p.PhaseShare)), Is.Unique);
        Assert.That(seen.Select(p => p.Phase), Is.Ordered);
        Assert.That(
            seen.GroupBy(p => p.Phase).Select(g => (g.First().PhaseShare, g.Last().PhaseShare)), Has.All.EqualTo((0.0, 1.0)));
        foreach (PassProgress p in seen)
        {
            TimeSpan? estimate = left.Of(p.CellsDone / 1000.0, TimeSpan.FromSeconds(secondsBefore + (p.CellsDone / 10.0)));
            if (p.CellsDone > 0)
                Assert.That(estimate!.Value.TotalSeconds, Is.EqualTo(100 - (p.CellsDone / 10.0)).Within(1e-6));
        }
    }

    /// <summary>
    /// A small run is slow, for all is done for the first time, at ten times what its work is worth: its reports are not
    /// foreseen at ten times theirs.
    /// </summary>
    [Test]
    public void ReportsAreForeseenWithoutThePaceOfThePass()
    {
        var seen = new List<PassProgress>();
        var scale = new ProgressScale(new Collected(seen), (RunPhase.Pass, 1000), (RunPhase.Reports, 4000))
        {
            Ending = TimeSpan.FromSeconds(2),
        };
        var left = new TimeLeft();
        IProgress<PassProgress> pass = scale.Stage(0)!;
        for (int part = 1; part <= 10; part++)
            pass.Report(new PassProgress(part, 10));
        scale.Stage(1)!.Report(new PassProgress(1, 2));
        scale.Stage(1)!.Report(new PassProgress(1, 1));
        double[] told = [.. seen.Select((at, i) => left.Of(at, TimeSpan.FromSeconds(i))?.TotalSeconds ?? double.NaN)];
        Assert.That(told[1..11], Is.EqualTo(new double[] { 11, 10, 9, 8, 7, 6, 5, 4, 3, 2 }).Within(1e-6));
        Assert.That(told[^2..], Is.EqualTo(new double[] { 1, 0 }).Within(1e-6));
    }

    /// <summary>A start at a third of the pace is forgotten by the time twice as much is done.</summary>
    [Test]
    public void ASlowStartIsForgotten()
    {
        var left = new TimeLeft();
        for (int done = 0; done <= 1000; done++)
        {
            double seconds = (Math.Min(done, 50) * 0.3) + (Math.Max(0, done - 50) * 0.1);
            TimeSpan? estimate = left.Of(done / 1000.0, TimeSpan.FromSeconds(seconds));
            if (done >= 100)
                Assert.That(estimate!.Value.TotalSeconds, Is.EqualTo((1000 - done) * 0.1).Within(1e-6), $"after {done}");
        }
    }

    [Test]
    public void ReportsOutOfOrderNeverGoBack()
    {
        var seen = new List<PassProgress>();
        var scale = new ProgressScale(new Collected(seen), (RunPhase.Limits, 0), (RunPhase.Pass, 100));
        Assert.That(new ProgressScale(null, (RunPhase.Pass, 1)).Stage(0), Is.Null);
        IProgress<PassProgress> pass = scale.Stage(1)!;
        foreach (int done in new[] { 5, 3, 9, 9, 2, 10 })
            pass.Report(new PassProgress(done, 10));
        Assert.That(seen.Select(p => p.CellsDone), Is.EqualTo(new[] { 0, 50, 90, 100 }));
    }

    [Test]
    public void AGigapixel()
    {
        FullRun.Only("takes minutes");
        using var work = new Workspace();
        if (new DriveInfo(work.Folder).AvailableFreeSpace < 20L << 30)
            Assert.Ignore("needs 20 GB of free disk");
        LdnProcess.Run(
            work.Folder, ["sample", "world", "--width", "40000", "--height", "25000", "--baseline-only", "-q"],
            timeout: 1_200_000).Succeeded();
        LdnResult result = LdnProcess.Run(
            work.Folder, ["compute", "world/job.json", "--out", "result", "--memory", "768M", "--progress", "json"],
            timeout: 1_200_000).Succeeded();
        JsonNode provenance = JsonNode.Parse(File.ReadAllText(work["result/provenance.json"]))!;
        Assert.That((long)provenance["peak_memory_bytes"]!, Is.LessThan(1L << 30));
        JsonNode[] events = [
            .. result.Error.Split('\n').Where(l => l.StartsWith("{\"event\":\"progress\"", StringComparison.Ordinal))
                .Select(l => JsonNode.Parse(l)!)];
        double end = (double)events[^1]["seconds"]!, start = (double)events[0]["seconds"]!;
        JsonNode tenth = events.First(e => (double)e["done"]! / (double)e["total"]! >= 0.1);
        double at = (double)tenth["seconds"]!, predicted = at + (double)tenth["eta_seconds"]!;
        TestContext.Out.WriteLine(
            $"peak {(long)provenance["peak_memory_bytes"]! >> 20} MB; after a tenth {predicted - start:F1} s foretold, "
                + $"{end - start:F1} s taken");
        Assert.That((double)events[^1]["done"]!, Is.EqualTo((double)events[^1]["total"]!));

        // Other work on the machine decides how right the foretold time is, so it is shown and not asserted. A cancelled run
        // answers within a second wherever it is.
        var random = new Random(9);
        for (int round = 0; round < 5; round++)
        {
            using LdnProcess process = LdnProcess.StartHearing(
                work.Folder, ["compute", "world/job.json", "--out", "other", "--memory", "768M", "-q"]);
            Thread.Sleep(random.Next(2_000, (int)(end * 1000)));
            if (process.HasExited)
                continue;
            long sent = Environment.TickCount64;
            process.Signal(15);
            Assert.That(process.End().ExitCode, Is.EqualTo(143));
            TestContext.Out.WriteLine($"answered after {Environment.TickCount64 - sent} ms");
            Assert.That(Path.Exists(work["other"]), Is.False);
        }
    }

    private sealed class Collected(List<PassProgress> seen) : IProgress<PassProgress>
    {
        public void Report(PassProgress value) => seen.Add(value);
    }
}
