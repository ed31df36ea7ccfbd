using Ldn.Tests;

namespace Ldn.Cli.Tests.Cluster;

/// <summary>The scenarios of <c>tests/cluster</c> on a Slurm of two nodes, and Snakemake alone and on it.</summary>
[NonParallelizable]
[Platform("Linux")]
internal sealed class SlurmTests
{
    private const int Skip = 77, Timeout = 12 * 60_000;
    private static readonly string s_scripts = Path.Combine(TestData.Root, "tests", "cluster");
    private readonly Dictionary<string, string> _environment = new() { ["LDN"] = string.Join(' ', LdnProcess.Program) };
    private ShardedJob _job = null!;
    private string? _missing;

    [OneTimeSetUp]
    public void Start()
    {
        _job = ShardedJob.Sample(2400, 1900);
        _job.Single();
        _environment["CLUSTER"] = _job.Work["slurm"];
        LdnResult started = Script("slurm.sh", "start", _environment["CLUSTER"]);
        if (started.ExitCode == Skip)
            _missing = started.Error.Trim();
        else
            _environment["SLURM_CONF"] = started.Succeeded().Out.Trim().Split('=')[^1];
    }

    [OneTimeTearDown]
    public void Stop()
    {
        Script("slurm.sh", "stop", _environment["CLUSTER"]);
        _job.Dispose();
    }

    /// <summary>Twelve shards as an array, then the merge: the files of one process to the byte.</summary>
    [Test]
    public void AnArrayEqualsOneProcess() => Scenario("array");

    [Test]
    public void ShardsThatFailForTheMomentAreTriedAgain() => Scenario("flaky");

    [Test]
    public void TheSameArrayAgainDoesNothing() => Scenario("again");

    [Test]
    public void LostAndDamagedPartsAreNamedAndRepaired() => Scenario("repair");

    [Test]
    public void AnInputChangedBetweenShardsIsRefused() => Scenario("changed");

    [Test]
    public void ANodeKilledHardCostsNothingButTime()
    {
        FullRun.Only("waits minutes for Slurm to queue the shards again");
        Scenario("killed");
    }

    /// <summary>Histograms of all shards first, then the pass, by the same script.</summary>
    [Test]
    public void ProductivityInTwoStages()
    {
        using ShardedJob series = ShardedJob.Series();
        series.Single();
        Scenario("array", series, 3);
    }

    [TestCase("snakemake")]
    [TestCase("snakemake-slurm")]
    public void Snakemake(string scenario)
    {
        if (!File.Exists("/usr/bin/snakemake"))
            Assert.Ignore("snakemake is not installed");
        Scenario(scenario, shards: 4);
    }

    private void Scenario(string name, ShardedJob? job = null, int shards = 12)
    {
        if (_missing is not null && name != "snakemake")
            Assert.Ignore(_missing);
        job ??= _job;
        _environment["SHARDS"] = $"{shards}";
        Script("scenarios.sh", name, job.Work[job.Job], job.Work["single"], job.Work[name]).Succeeded();
    }

    private LdnResult Script(string script, params string[] arguments) =>
        LdnProcess.Script(_job.Work.Folder, _environment, Timeout, "bash", [Path.Combine(s_scripts, script), .. arguments]);
}
