using System.Text.Json;
using Ldn.Tests;

namespace Ldn.Cli.Tests.Periods;

/// <summary>The README's first command: the committed synthetic job gives the committed tables, to the byte.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class SampleDataTests
{
    private static string Sample => Path.Combine(TestData.Root, "sample-data", "north-east-asia");

    [Test]
    public void GivesTheExpectedTables()
    {
        using var work = new Workspace();
        LdnProcess.Run(work.Folder, ["compute", Path.Combine(Sample, "job.json"), "--out", "result", "--rasters", "none"])
            .Succeeded();
        string[] expected = [
            .. Directory.EnumerateFiles(Path.Combine(Sample, "expected")).Select(f => Path.GetFileName(f)!)
                .Order(StringComparer.Ordinal)];
        Assert.That(
            Directory.EnumerateFiles(work["result"], "*.csv").Select(Path.GetFileName).Order(StringComparer.Ordinal),
            Is.EqualTo(expected));
        foreach (string file in expected)
            Assert.That(
                File.ReadAllText(work[$"result/{file}"]), Is.EqualTo(File.ReadAllText(Path.Combine(Sample, "expected", file))),
                file);
    }

    /// <summary>
    /// A target on a UNCCD class counts every class of the legend that is nested in it: what the twin of the transitions counts
    /// too.
    /// </summary>
    [Test]
    public void ATargetOnANestedClassIsTheAreaOfItsClasses()
    {
        string expected = Path.Combine(Sample, "expected");
        foreach (
            (string target, string zone, string unccd) in new[]
            {
                ("RUS-1", "RUS", "3"), ("RUS-2", "RUS", "4"), ("MNG-2", "MNG", "1")
            })
        {
            double area = CsvRows.Read(Path.Combine(expected, "land_cover_transitions_unccd7.csv"))
                .Where(r => r["zone_id"] == zone && r["period"] == "report_2" && r["to_class"] == unccd).Sum(r => r.Area);
            Assert.That(
                CsvRows.Read(Path.Combine(expected, "targets.csv")).Single(r => r["id"] == target).Number("latest"),
                Is.EqualTo(area).Within(1e-4), target);
        }
    }

    [Test]
    public void StandInsAreSaidInEveryOutput()
    {
        using var work = new Workspace();
        LdnResult result = LdnProcess.Run(
            work.Folder, [
                "compute", Path.Combine(Sample, "job.json"), "--out", "result", "--rasters", "none", "--tables",
                "prais"]).Succeeded();
        const string standIn = "land cover of 2022 stands in for 2023";
        Assert.That(result.Error, Does.Contain(standIn));
        foreach (string file in new[] { "summary.json", "prais.json", "provenance.json" })
            Assert.That(File.ReadAllText(work[$"result/{file}"]), Does.Contain(standIn), file);
    }

    [Test]
    public void PraisTablesCarryTheirNamesAndHoldTheirChecks()
    {
        using var work = new Workspace();
        LdnProcess.Run(work.Folder, ["compute", Path.Combine(Sample, "job.json"), "--out", "result", "--rasters", "none", "--tables", "prais"]).Succeeded();
        using JsonDocument prais = JsonDocument.Parse(File.ReadAllText(work["result/prais.json"]));
        JsonElement tables = prais.RootElement.GetProperty("tables");
        Assert.That(tables.EnumerateObject().Select(t => t.Name), Is.EqualTo(new[]
        {
            "CP-1.T1", "SO1-1.T3", "SO1-1.T4", "SO1-1.T5", "SO1-1.T6", "SO1-1.T7", "SO1-2.T1", "SO1-2.T2", "SO1-2.T3", "SO1-3.T1",
            "SO1-3.T2",
            "SO1-4.T1", "SO1-4.T2", "SO1-4.confidence", "SO1-4.T4", "SO1-4.T5", "SO1-VT.T1", "CP-1.T2", "SO2-3.T1",
        }));
        foreach (JsonElement row in tables.GetProperty("CP-1.T1").GetProperty("rows").EnumerateArray())
        {
            decimal land = row.GetProperty("land_km2").GetDecimal(), water = row.GetProperty("water_km2").GetDecimal();
            Assert.That(land + water, Is.EqualTo(row.GetProperty("total_km2").GetDecimal()).Within(0.000002m));
        }

        Dictionary<string,
        CsvLine> headline = CsvRows.Read(work["result/headline.csv"]).ToDictionary(r => r.Key("zone_id", "period"));
        foreach (JsonElement row in tables.GetProperty("SO1-4.T2").GetProperty("rows").EnumerateArray())
        {
            CsvLine reported = headline[$"{row.GetProperty("zone_id").GetString()}/{row.GetProperty("period").GetString()}"];
            Assert.That(row.GetProperty("degraded_km2").GetDouble(), Is.EqualTo(reported.Number("degraded_km2")));
        }
    }

    [Test]
    public void AMissingYearNamesWhatIsThere()
    {
        using var work = new Workspace();
        string job = File.ReadAllText(Path.Combine(Sample, "job.json")).Replace(
            "\"standIns\": { \"2023\": 2022 }", "\"standIns\": {}");
        work.Text(
            "job.json",
            job.Replace("\"lc", $"\"{Sample}/lc").Replace("\"soc2", $"\"{Sample}/soc2").Replace("\"lpd2", $"\"{Sample}/lpd2")
                .Replace("\"countries", $"\"{Sample}/countries").Replace("\"groups.csv", $"\"{Sample}/groups.csv"));
        LdnResult result = LdnProcess.Run(work.Folder, ["compute", "job.json", "--out", "result"]);
        Assert.That(result.ExitCode, Is.EqualTo(2));
        Assert.That(result.Error, Does.Contain("land cover of 2023").And.Contain("2000, 2015, 2016, 2019, 2022"));
        Assert.That(Directory.Exists(work["result"]), Is.False);
    }
}
