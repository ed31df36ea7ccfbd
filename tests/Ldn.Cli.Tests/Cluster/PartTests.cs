using Ldn.Cli.Tests.BadInput;

namespace Ldn.Cli.Tests.Cluster;

/// <summary>What happens to parts: kept, missing, damaged, foreign; and inputs that change under a plan.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class PartTests : IDisposable
{
    private readonly ShardedJob _job = ShardedJob.Sample(1100, 900, "--tables", "csv,json", "--rasters", "indicator");

    private string Part(int shard, string file) => _job.Work[$"run/plan.parts/{shard:d5}/{file}"];

    [Test]
    public void AValidPartIsKept()
    {
        _job.Plan(3).Succeeded();
        _job.Shard(1).Succeeded();
        var before = Directory.GetFiles(Path.GetDirectoryName(Part(1, ""))!).ToDictionary(f => f, File.GetLastWriteTimeUtc);
        Assert.That(_job.Shard(1).Succeeded().Error, Does.Contain("nothing to do"));
        Assert.That(
            Directory.GetFiles(Path.GetDirectoryName(Part(1, ""))!).ToDictionary(f => f, File.GetLastWriteTimeUtc),
            Is.EqualTo(before));
        _job.Plan(3).Succeeded();
        Assert.That(_job.Shard(1).Succeeded().Error, Does.Contain("nothing to do"), "the same plan again is the same plan");
    }

    /// <summary>Computed again, a part has the same bytes: nothing of the clock, the machine or the threads is in it.</summary>
    [Test]
    public void APartIsReproducible()
    {
        _job.Plan(3).Succeeded();
        _job.Shard(1, "--threads", "1").Succeeded();
        Dictionary<string, byte[]> first = _job.Contents("run/plan.parts/00001");
        Directory.Delete(_job.Work["run/plan.parts/00001"], recursive: true);
        _job.Shard(1, "--threads", "3").Succeeded();
        ShardedJob.Same(_job.Contents("run/plan.parts/00001"), first);
    }

    [Test]
    public void MissingAndDamagedPartsAreNamedAndMended()
    {
        Dictionary<string, byte[]> expected = _job.Single();
        _job.Plan(5).Succeeded();
        _job.Shards(5);
        Directory.Delete(_job.Work["run/plan.parts/00003"], recursive: true);
        Spoil(Part(1, "part.json"), 400);
        Spoil(Part(4, "baseline_indicator.tif"), 3000);
        LdnResult refused = _job.Merge("--cog");
        Refusal.Said(
            refused, ExitCode.Incomplete, "3 of 5 parts", "shard 3 missing", "shard 1 (", "shard 4 (", "baseline_indicator.tif",
            "--shard I");
        Assert.That(refused.Error, Does.Not.Contain("shard 0").And.Not.Contains("shard 2"));
        Assert.That(Path.Exists(_job.Work["run/result"]), Is.False);
        foreach (int shard in new[] { 0, 1, 2, 3, 4 })
            Assert.That(
                _job.Shard(shard).Succeeded().Error.Contains("nothing to do", StringComparison.Ordinal),
                Is.EqualTo(shard is 0 or 2), $"shard {shard}");
        _job.Merge("--cog").Succeeded();
        ShardedJob.Same(_job.Contents("run/result"), expected);
    }

    [Test]
    public void PartsOfAnotherPlanAreNotMixedIn()
    {
        _job.Plan(2).Succeeded();
        _job.Shards(2);
        Refusal.Said(_job.Plan(3), ExitCode.Usage, "another plan", "--overwrite");
        _job.Plan(2, "--soc-threshold", "5", "--overwrite").Succeeded();
        Refusal.Said(_job.Merge(), ExitCode.Incomplete, "2 of 2 parts", "another plan");
    }

    /// <summary>Every kind of file a plan pins: rasters, zones, tables of rules.</summary>
    [TestCase("data/lc2000.tif")]
    [TestCase("data/countries.geojson")]
    [TestCase("data/groups.csv")]
    public void AnInputChangedBetweenShardsIsRefused(string file)
    {
        _job.Plan(2).Succeeded();
        _job.Shard(0).Succeeded();
        byte[] original = File.ReadAllBytes(_job.Work[file]);

        // The same bytes at another time are the same input.
        File.SetLastWriteTimeUtc(_job.Work[file], DateTime.UtcNow.AddMinutes(-5));
        _job.Shard(1).Succeeded();
        Directory.Delete(_job.Work["run/plan.parts/00001"], recursive: true);
        Spoil(_job.Work[file], original.Length / 2);
        Refusal.Said(_job.Shard(1), ExitCode.Input, Path.GetFileName(file), "has changed since the plan");
        Refusal.Said(_job.Merge(), ExitCode.Input, Path.GetFileName(file), "has changed since the plan");
        File.Delete(_job.Work[file]);
        Refusal.Said(_job.Shard(1), ExitCode.Input, Path.GetFileName(file), "is gone");
        File.WriteAllBytes(_job.Work[file], original);
        _job.Shard(1).Succeeded();
        _job.Merge().Succeeded();
    }

    [Test]
    public void WhatAPlanDoesNotTakeIsSaid()
    {
        Refusal.Said(_job.Shard(0), ExitCode.Usage, "there is no plan");
        Refusal.Said(_job.Plan(0), ExitCode.Usage, "--shards 0");
        Refusal.Said(_job.Plan(1_000_000), ExitCode.Usage, "1000000 shards", "or fewer");
        _job.Plan(2).Succeeded();
        Refusal.Said(_job.Shard(2), ExitCode.Usage, "no shard 2", "from 0 to 1");
        Refusal.Said(_job.Shard(0, "--stage", "2"), ExitCode.Usage, "no stage 2");
        Refusal.Said(_job.Shard(0, "--soc-threshold", "5"), ExitCode.Usage, "soc-threshold", "--plan");
        Refusal.Said(_job.Run("compute", "data/job.json", "--out", "x", "--shard", "0", "-q"), ExitCode.Usage, "--plan");
        Refusal.Said(_job.Run("compute", "--plan", "run/plan.json", "-q"), ExitCode.Usage, "--shard");
        Assert.That(
            LdnProcess.Run(
                _job.Work.Folder, ["compute", "--shard", "0"], new Dictionary<string,
                string>
                { ["LDN_PLAN"] = "run/plan.json", ["LDN_SOC_THRESHOLD"] = "5" }).ExitCode,
            Is.Zero, "variables of the plan's making are not taken for the shard's");
        Spoil(_job.Work["run/plan.json"], 300);
        Refusal.Said(_job.Shard(0), ExitCode.Usage, "cannot be used", "ldn plan");
    }

    public void Dispose() => _job.Dispose();

    private static void Spoil(string file, int at)
    {
        byte[] bytes = File.ReadAllBytes(file);
        bytes[at] ^= 1;
        File.WriteAllBytes(file, bytes);
        File.SetLastWriteTimeUtc(file, DateTime.UtcNow.AddSeconds(2));
    }
}
