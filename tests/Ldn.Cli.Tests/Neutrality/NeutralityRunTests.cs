namespace Ldn.Cli.Tests.Neutrality;

/// <summary><c>ldn neutrality</c> on a finished run: the same answers as when the job asks for them itself.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class NeutralityRunTests
{
    private const string Unasked = "\"strata\": { \"landTypes\": [\"types.tif\"] },";

    [TestCase("byte")]
    [TestCase("signed")]
    public void AFinishedRunGivesTheSameTablesAndRasters(string encoding)
    {
        using var world = new SmallNeutrality();
        world.Work.Text("targets.csv", "id,zone_id,text,metric,comparator,value,year\nmet,all,,degraded_pct,<=,25,2030\nline,all,,degraded_pct,>=,70.83,2030\n");
        world.Run(SmallNeutrality.Job, "--targets", "targets.csv").Succeeded();
        LdnProcess.Run(world.Work.Folder, ["compute", world.Work.Text("plain.json", SmallNeutrality.Job.Replace(Unasked, "")), "--out", "plain", "--encoding", encoding]).Succeeded();
        LdnProcess.Run(world.Work.Folder, ["neutrality", "plain", "--land-types", "types.tif", "--targets", "targets.csv"]).Succeeded();
        foreach (string table in new[] { "neutrality", "projection", "targets", "response_hierarchy", "headline" })
            Assert.That(File.ReadAllText(world.Work[$"plain/neutrality/{table}.csv"]), Is.EqualTo(File.ReadAllText(world.Work[$"result/{table}.csv"])), table);
        foreach (string raster in new[] { "gains_losses_report_1", "neutrality_report_1", "response_baseline", "response_report_1" })
            Assert.That(File.ReadAllBytes(world.Work[$"plain/neutrality/{raster}.tif"]), Is.EqualTo(File.ReadAllBytes(world.Work[$"result/{raster}.tif"])), raster);
    }

    [Test]
    public void AFailedCheckExits4()
    {
        using var world = new SmallNeutrality();
        world.Run(SmallNeutrality.Job.Replace(Unasked, "")).Succeeded();
        Assert.That(LdnProcess.Run(world.Work.Folder, ["neutrality", "result", "--land-types", "types.tif", "--fail-on", "not-neutral", "--out", "asked"]).ExitCode, Is.EqualTo(4));
        Assert.That(File.Exists(world.Work["asked/neutrality.csv"]), Is.True);
    }

    [Test]
    public void WhatARunCannotTellIsSaid()
    {
        using var world = new SmallNeutrality();
        world.Run(SmallNeutrality.Job.Replace(Unasked, ""), "--rasters", "none").Succeeded();
        Check(2, "nothing is asked of the run", "neutrality", "result");
        Check(3, "baseline_indicator.tif is not there", "neutrality", "result", "--land-types", "types.tif");
        Check(2, "severity and cost need the sub-indicators", "neutrality", "result", "--severity", "default");
        Check(3, "holds no finished run", "neutrality", "nowhere", "--land-types", "types.tif");

        void Check(int code, string says, params string[] arguments)
        {
            LdnResult result = LdnProcess.Run(world.Work.Folder, arguments);
            Assert.That(result.ExitCode, Is.EqualTo(code), result.Error);
            Assert.That(result.Error, Does.Contain(says));
        }
    }
}
