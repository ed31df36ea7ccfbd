using Ldn.Gdal;
using Ldn.Run;

namespace Ldn.Cli.Tests.Comparisons;

/// <summary>A result tells its job, and whether its inputs are still what it was computed from.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class FinishedRunTests
{
    private static readonly GdalGeodata s_geodata = new();

    [Test]
    public void APlanMadeAgainComputesTheSameResult()
    {
        using var job = new SmallJob();
        job.Work.Text("job.json", SmallJob.JobFile);
        string[] compute = ["compute", "job.json", "--soc-threshold", "15", "--out", "result"];
        Assert.That(InProcess.Run(job.Work, compute), Is.Zero);
        var run = FinishedRun.Open(job["result"]);
        Assert.That(run.WhyNotAgain(FileCheck.Bytes, s_geodata, new Dictionary<string, string>(), default), Is.Null);
        Assert.That(run.Job().Rules.SocThreshold, Is.EqualTo(15));
        var how = new ComputeOptions(job["again"], false, 1, 1L << 30, new Dictionary<string, string>());
        ComputeRun.Execute(run.Job(), how, s_geodata, null, default);
        Assert.That(File.ReadAllBytes(job["again/summary.json"]), Is.EqualTo(File.ReadAllBytes(job["result/summary.json"])));
        using RunPlan plan = run.Plan(s_geodata);
        Assert.That(plan.Zones.Select(z => z.Id), Is.EqualTo(new[] { "MNG", "CHN", "EDGE" }));
    }

    /// <summary>A file dated back is seen by its bytes alone; one written anew with the same bytes is the same.</summary>
    [Test]
    public void AChangedInputIsNamed([Values] FileCheck check, [Values("changed", "shorter", "gone", "touched")] string how)
    {
        using var job = new SmallJob();
        Assert.That(InProcess.Run(job.Work, job.Arguments()), Is.Zero);
        string file = job["soc1.tif"];
        byte[] bytes = File.ReadAllBytes(file);
        if (how == "gone")
            File.Delete(file);
        else if (how == "shorter")
            File.WriteAllBytes(file, bytes[..^1]);
        else
            File.WriteAllBytes(file, how == "changed" ? [.. bytes[..^1], (byte)~bytes[^1]] : bytes);
        if (how != "gone")
            File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddMinutes(1));
        var run = FinishedRun.Open(job["result"]);
        string? why = run.WhyNotAgain(check, s_geodata, new Dictionary<string, string>(), default);
        Assert.That(why, Is.EqualTo(how switch
        {
            "gone" => $"{file} is gone",
            "touched" => null,
            _ => $"{file} has changed",
        }));
    }

    [Test]
    public void ResultsOfRastersAloneSaySo()
    {
        using var job = new SmallJob();
        Assert.That(InProcess.Run(job.Work, job.Arguments()), Is.Zero);
        string[] summarize = ["summarize", "--condition", job["result/baseline_indicator.tif"], "--out", "summary"];
        Assert.That(InProcess.Run(job.Work, summarize), Is.Zero);
        var run = FinishedRun.Open(job["summary"]);
        string? why = run.WhyNotAgain(FileCheck.Dates, s_geodata, new Dictionary<string, string>(), default);
        Assert.That(why, Does.Contain("records no job"));
        Assert.That(() => run.Job(), Throws.TypeOf<LdnException>().With.Property("ExitCode").EqualTo(ExitCode.Input));
        Assert.That(
            () => FinishedRun.Open(job.Work.Folder),
            Throws.TypeOf<LdnException>().With.Property("ExitCode").EqualTo(ExitCode.Input));
        string provenance = job["summary/provenance.json"];
        File.WriteAllText(
            provenance, File.ReadAllText(provenance).Replace("\"schema_version\": 1", "\"schema_version\": 2"));
        Assert.That(
            () => FinishedRun.Open(job["summary"]), Throws.TypeOf<LdnException>().With.Message.Contains("of a form that"));
    }
}
