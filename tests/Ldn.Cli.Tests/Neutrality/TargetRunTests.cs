namespace Ldn.Cli.Tests.Neutrality;

/// <summary>Targets against the world counted by hand: degraded on 1 of 12 cells in 2015 and on 3 in 2019.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class TargetRunTests
{
    private const string Header = "id,zone_id,text,metric,comparator,value,year\n";

    [Test]
    public void VerdictsComeWithTheFiguresBehindThem()
    {
        using var world = new SmallNeutrality();
        world.Work.Text("targets.csv", Header
            + "met,all,exactly met,degraded_pct,<=,25,2030\nover,all,,degraded_pct,<,25,2030\nline,all,,degraded_pct,>=,70.83,2030\npast,all,,degraded_pct,<=,24.9,2019\n"
            + "net,all,,net_km2,>=,0,2030\nsoc,all,,soc_t,>=,1,2030\ncover,all,,land_cover_km2:1,>=,1,2030\nsand,all,,category_km2:sandy:1,<=,1,2030\n");
        LdnResult result = world.Run(SmallNeutrality.Job, "--targets", "targets.csv", "--fail-on", "targets");
        Assert.That(result.ExitCode, Is.EqualTo(4));
        Assert.That(
            result.Error,
            Does.Contain("target over is off track: degraded_pct of all is 25.000000, aimed at < 25.000000")
                .And.Contain("target past"));
        Dictionary<string, CsvLine> rows = CsvRows.Read(world.Work["result/targets.csv"]).ToDictionary(r => r["id"]);
        Assert.That(rows.Values.Select(r => (r["id"], r["verdict"])), Is.EqualTo(new[]
        {
            ("met", "met_now_at_risk"), ("over", "off_track"), ("line", "on_track"), ("past", "off_track"), ("net", "met"),
            ("soc", "not_assessable"), ("cover", "not_assessable"), ("sand", "not_assessable"),
        }));
        Assert.That(
            rows["met"].Key("baseline_year", "baseline", "latest_year", "latest", "projected"),
            Is.EqualTo("2015/8.333333/2019/25.000000/70.833333"));
        Assert.That(rows["line"]["projected"], Is.EqualTo("70.833333"));
        Assert.That(rows["soc"]["reason"], Is.EqualTo("the run has no stocks of soil carbon"));
        Assert.That(rows["sand"]["reason"], Is.EqualTo("the run has no categorical layer 'sandy'"));
    }

    [Test]
    public void WhenNoTargetIsOffTrackTheRunSucceeds()
    {
        using var world = new SmallNeutrality();
        world.Work.Text("targets.csv", Header + "met,all,,degraded_pct,<=,25,2030\nsoc,all,,soc_t,>=,1,2030\n");
        world.Run(SmallNeutrality.Job, "--targets", "targets.csv", "--fail-on", "targets").Succeeded();
    }

    [TestCase("a,MNG,,degraded_pct,<=,5,2030", "target a is set for 'MNG', which is no zone or group of the run", "there are all")]
    [TestCase("a,all,,degraded_prc,<=,5,2030", "'degraded_prc' is not a metric; did you mean 'degraded_pct'?", "land_cover_km2:CODE")]
    [TestCase("a,all,,lpd_pct:6,<=,5,2030", "target a: lpd_pct:6 names no class of land productivity dynamics", "classes are 1 to 5")]
    public void AWrongTargetStopsTheRunBeforeItStarts(string row, params string[] says)
    {
        using var world = new SmallNeutrality();
        world.Work.Text("targets.csv", Header + row + "\n");
        LdnResult result = world.Run(SmallNeutrality.Job, "--targets", "targets.csv");
        Assert.That(result.ExitCode, Is.EqualTo(2), result.Error);
        foreach (string text in says)
            Assert.That(result.Error, Does.Contain(text));
        Assert.That(Directory.Exists(world.Work["result"]), Is.False);
    }

    [TestCase("targets", "the job has no targets")]
    [TestCase("not-neutral", "the job has no land types")]
    public void ACheckWithNothingToCheckIsAUsageError(string check, string says)
    {
        using var world = new SmallNeutrality();
        LdnResult result = world.Run(
            SmallNeutrality.Job.Replace("\"strata\": { \"landTypes\": [\"types.tif\"] },", ""), "--fail-on", check);
        Assert.That((result.ExitCode, result.Error), Is.EqualTo((2, result.Error)));
        Assert.That(result.Error, Does.Contain(says));
    }
}
