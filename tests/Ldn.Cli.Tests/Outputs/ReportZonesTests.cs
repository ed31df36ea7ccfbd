namespace Ldn.Cli.Tests.Outputs;

/// <summary><c>--report-zones</c>: page, workbook and PRAIS of the first zones, tables and vector files of all.</summary>
public sealed class ReportZonesTests
{
    [Test]
    public void PageAndFormsTellOfTheFirstAndTablesOfAll()
    {
        using var job = new SmallJob();
        job.Flags["--report-zones"] = "1";
        LdnResult run = job.Run().Succeeded();
        Assert.That(run.Error, Does.Contain("first 1 of 3 zones").And.Contain("LDN940"));
        string Text(string name) => File.ReadAllText(Path.Combine(job["result"], name));
        Assert.That(
            Text("report.html"),
            Does.Contain("first 1 of 3 zones").And.Contain("Mongolia").And.Not.Contain("Both sides"));
        Assert.That(Text("prais.json"), Does.Contain("MNG").And.Not.Contain("CHN"));
        Assert.That(
            Directory.GetFiles(job["result"], "prais_*.xlsx").Select(Path.GetFileName),
            Is.EqualTo(new[] { "prais_MNG.xlsx" }));
        foreach (string name in new[] { "summary.csv", "headline.csv", "summary.json", "zones.geojson", "firmness.csv" })
            Assert.That(Text(name), Does.Contain("EDGE"), name);
    }
}
