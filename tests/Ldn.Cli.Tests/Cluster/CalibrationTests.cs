using System.Text.Json;

namespace Ldn.Cli.Tests.Cluster;

/// <summary>What a plan costs, measured on the machine at hand: an estimate alone, that leaves nothing behind.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class CalibrationTests
{
    /// <summary>Of one stage and of two, whether the plan is new or there already.</summary>
    [TestCase(false)]
    [TestCase(true)]
    public void MeasuringChangesNoPlanAndLeavesNothing(bool series)
    {
        using ShardedJob job = series ? ShardedJob.Series("--tables", "csv,json")
            : ShardedJob.Sample(1100, 900, "--tables", "csv,json", "--rasters", "indicator");
        JsonElement usual = Cost(job);
        byte[] plan = File.ReadAllBytes(job.Work["run/plan.json"]);
        JsonElement there = Cost(job, "--calibrate"), anew = Cost(job, "--calibrate", "--overwrite");
        Assert.That(File.ReadAllBytes(job.Work["run/plan.json"]), Is.EqualTo(plan));
        Assert.That(
            Directory.EnumerateFileSystemEntries(job.Work["run"]).Select(Path.GetFileName).Order(StringComparer.Ordinal),
            Is.EqualTo(new[] { "plan.json", "plan.parts" }));
        Assert.That(Directory.EnumerateFileSystemEntries(job.Work["run/plan.parts"]), Is.Empty);
        Assert.That(usual.GetProperty("measured_windows").GetInt32(), Is.Zero, "of a usual machine");
        foreach (JsonElement measured in new[] { there, anew })
        {
            Assert.That(measured.GetProperty("measured_windows").GetInt32(), Is.Positive);
            double all = measured.GetProperty("core_seconds").GetDouble();
            double longest = measured.GetProperty("longest_shard_core_seconds").GetDouble();
            Assert.That(longest, Is.GreaterThan(0).And.LessThan(all), "of two shards the longer is less than both");
            foreach (string size in new[] { "cells", "stored_bytes", "decoded_bytes", "written_bytes", "thread_bytes" })
                Assert.That(measured.GetProperty(size).GetRawText(), Is.EqualTo(usual.GetProperty(size).GetRawText()), size);
        }
    }

    /// <summary>What a shard would meet is met here, and nothing is left of it either.</summary>
    [Test]
    public void ADamagedInputIsToldAndNothingIsLeft()
    {
        using ShardedJob job = ShardedJob.Sample(1100, 900, "--tables", "csv,json", "--rasters", "indicator");
        using (FileStream raster = File.OpenWrite(job.Work["data/lc2000.tif"]))
        {
            // All but the directory, at whichever end it is.
            const int kept = 4096;
            raster.Position = kept;
            raster.Write(new byte[(int)raster.Length - (2 * kept)]);
        }

        LdnResult refused = job.Plan(2, "--calibrate");
        Assert.That(refused.ExitCode, Is.EqualTo((int)ExitCode.Input), refused.Error);
        Assert.That(refused.Error, Does.Contain("lc2000.tif"));
        Assert.That(
            Directory.EnumerateFileSystemEntries(job.Work["run"]).Where(f => f.Contains("calibration", StringComparison.Ordinal)),
            Is.Empty);
    }

    private static JsonElement Cost(ShardedJob job, params string[] flags)
    {
        using var told = JsonDocument.Parse(job.Plan(2, ["--json", .. flags]).Succeeded().Out);
        return told.RootElement.Clone();
    }
}
