using System.Text.Json;

namespace Ldn.Cli.Tests.Neutrality;

/// <summary>
/// Counterbalancing, response, projection and rasters of a world counted by hand (<see cref="SmallNeutrality"/>).
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class NeutralityTests
{
    [Test]
    public void TheNetSumIsPositiveAndTheZoneIsNotNeutral()
    {
        using var world = new SmallNeutrality();
        world.Run(SmallNeutrality.Job).Succeeded();
        double cell = world.Cell;
        Assert.That(
            CsvRows.Read(world.Work["result/neutrality.csv"])
                .Select(
                    r => (
                        r["land_type"], Cells(r, "gains_km2", cell), Cells(r, "losses_km2", cell), Cells(r, "delta_km2", cell),
                        r["neutral"], Cells(r, "land_km2", cell), Cells(r, "no_data_km2", cell))),
            Is.EqualTo(new[]
            {
                ("1", 3, 1, 2, "yes", 5, 0), ("2", 0, 1, -1, "no", 4, 1), ("3", 0, 0, 0, "yes", 2, 0),
                ("untyped", 1, 0, 1, "", 1, 0), ("all", 4, 2, 2, "no", 12, 1),
            }));
    }

    [Test]
    public void RastersHoldGainsLossesAndTheVerdictOfEachType()
    {
        using var world = new SmallNeutrality();
        world.Run(SmallNeutrality.Job).Succeeded();
        Assert.That(
            Workspace.Read(world.Work["result/gains_losses_report_1.tif"]).Values,
            Is.EqualTo(new[] { 3, 3, 3, 1, 2, 1, 2, 2, 0, 2, 2, 3 }));
        Assert.That(
            Workspace.Read(world.Work["result/neutrality_report_1.tif"]).Values,
            Is.EqualTo(new[] { 2, 2, 2, 2, 2, 1, 1, 1, 1, 2, 2, 0 }));
        Assert.That(
            Workspace.Read(world.Work["result/response_report_1.tif"]).Values,
            Is.EqualTo(new[] { 1, 1, 1, 3, 1, 3, 3, 1, 0, 1, 1, 1 }));
        Assert.That(
            Workspace.Read(world.Work["result/response_baseline.tif"]).Values,
            Is.EqualTo(new[] { 1, 1, 1, 1, 1, 1, 3, 1, 0, 1, 1, 1 }));
    }

    [Test]
    public void TheResponseHierarchyAddsUpToTheLand()
    {
        using var world = new SmallNeutrality();
        world.Work.Raster("risk.tif", SmallNeutrality.Grid, Rasters.CellType.Int16, [0, 1, -9, 1, 0, 0, 0, 5, 5, 0, 0, 0], -9);
        world.Run(SmallNeutrality.Job, "--risk", "risk.tif").Succeeded();
        double cell = world.Cell;
        Assert.That(
            CsvRows.Read(world.Work["result/response_hierarchy.csv"]).Where(r => r["period"] == "report_1")
                .Select(r => (r["response"], r.Pixels, Cells(r, "area_km2", cell))),
            Is.EqualTo(new[] { ("reverse", 3L, 3), ("reduce", 2L, 2), ("avoid", 6L, 6), ("no_data", 1L, 1) }));
    }

    /// <summary>
    /// Degraded cells grow from one in 2015 to three in 2019: half a cell a year, so 8.5 in 2030, 7.5 more than in the baseline.
    /// </summary>
    [Test]
    public void ProjectionGoesOnAsBefore()
    {
        using var world = new SmallNeutrality();
        world.Run(SmallNeutrality.Job).Succeeded();
        double cell = world.Cell;
        Dictionary<string, CsvLine> rows = CsvRows.Read(world.Work["result/projection.csv"]).ToDictionary(r => r["land_type"]);
        Assert.That(rows.Keys, Is.EqualTo(new[] { "1", "2", "3", "untyped", "all" }));
        Assert.That(rows["all"].Key("baseline_year", "latest_year", "target_year"), Is.EqualTo("2015/2019/2030"));
        Assert.That(rows["all"].Number("projected_degraded_km2") / cell, Is.EqualTo(8.5).Within(1e-6));
        Assert.That(rows["all"].Number("shortfall_km2") / cell, Is.EqualTo(7.5).Within(1e-6));
        Assert.That(rows["2"].Number("projected_degraded_km2") / cell, Is.EqualTo(2 + (11 / 4.0)).Within(1e-6));
        Assert.That(rows["3"].Number("shortfall_km2"), Is.Zero);
    }

    [Test]
    public void WithoutReportingPeriodNothingIsAssessable()
    {
        using var world = new SmallNeutrality();
        string job = SmallNeutrality.Job.Replace(", \"report_1\": { \"productivity\": [2004, 2019] }", "")
            .Replace(", \"report_1\": \"now.tif\"", "");
        world.Run(job, "--fail-on", "not-neutral").Succeeded();
        CsvLine row = CsvRows.Read(world.Work["result/neutrality.csv"]).Single();
        Assert.That(
            row.Key("period", "land_type", "gains_km2", "delta_km2", "neutral"), Is.EqualTo("baseline/all///not_assessable"));
        Assert.That(Directory.GetFiles(world.Work["result"], "neutrality_*.tif"), Is.Empty);
    }

    [Test]
    public void AFailedCheckExits4AndTheResultsAreThere()
    {
        using var world = new SmallNeutrality();
        LdnResult result = world.Run(SmallNeutrality.Job, "--fail-on", "not-neutral");
        Assert.That(result.ExitCode, Is.EqualTo(4));
        Assert.That(result.Error, Does.Contain("all is not neutral in report_1: 1 of its land types lose more than they gain"));
        Assert.That(File.Exists(world.Work["result/provenance.json"]), Is.True);
    }

    /// <summary>
    /// Polygons tell the same types as the raster does, and combined with it every type is there once with both codes.
    /// </summary>
    [Test]
    public void PolygonsTellLandTypesAsRastersDo()
    {
        using var world = new SmallNeutrality();
        world.Work.Zones("polygons.geojson",
            [("\"code\":\"A\"", Workspace.Rectangle(100, 44, 100.5, 46)),
            ("\"code\":\"B\"", Workspace.Rectangle(100.5, 44, 100.9, 46)),
            ("\"code\":\"C\"", Workspace.Rectangle(100.9, 44, 101.1, 46))]);
        world.Run(SmallNeutrality.Job).Succeeded();
        LdnProcess.Run(
            world.Work.Folder,
            ["compute", "job.json", "--out", "polygons", "--land-types", "polygons.geojson#id=code"]).Succeeded();
        LdnProcess.Run(world.Work.Folder, ["compute", "job.json", "--out", "both", "--land-types", "types.tif", "--land-types", "polygons.geojson#id=code"]).Succeeded();
        string[] raster = File.ReadAllLines(world.Work["result/neutrality.csv"]);
        string Named(string line, string a, string b, string c) => line.Replace("report_1,1,", $"report_1,{a},")
            .Replace("report_1,2,", $"report_1,{b},").Replace("report_1,3,", $"report_1,{c},");
        Assert.That(
            File.ReadAllLines(world.Work["polygons/neutrality.csv"]), Is.EqualTo(raster.Select(l => Named(l, "A", "B", "C"))));
        Assert.That(
            File.ReadAllLines(world.Work["both/neutrality.csv"]), Is.EqualTo(raster.Select(l => Named(l, "1/A", "2/B", "3/C"))));
        Assert.That(
            File.ReadAllBytes(world.Work["polygons/neutrality_report_1.tif"]),
            Is.EqualTo(File.ReadAllBytes(world.Work["result/neutrality_report_1.tif"])));
    }

    [Test]
    public void SummaryJsonHoldsTheTablesWithTheirSchema()
    {
        using var world = new SmallNeutrality();
        world.Run(SmallNeutrality.Job, "--severity", "default", "--hotspot-km", "50").Succeeded();
        using JsonDocument summary = JsonDocument.Parse(File.ReadAllText(world.Work["result/summary.json"]));
        JsonElement schema = JsonDocument.Parse(LdnProcess.Run(world.Work.Folder, ["schema", "summary"]).Succeeded().Out)
            .RootElement.GetProperty("properties").GetProperty("tables").GetProperty("properties");
        foreach (string table in new[] { "neutrality", "projection", "response_hierarchy", "severity", "hotspots" })
        {
            string[] columns = [
                .. schema.GetProperty(table).GetProperty("items").GetProperty("properties").EnumerateObject()
                    .Select(c => c.Name)];
            Assert.That(CsvRows.Columns(world.Work[$"result/{table}.csv"]), Is.EqualTo(columns));
            Assert.That(summary.RootElement.GetProperty("tables").GetProperty(table).GetArrayLength(), Is.GreaterThan(0), table);
        }
    }

    private static int Cells(CsvLine row, string column, double cell)
    {
        double cells = row.Number(column) / cell;
        Assert.That(cells, Is.EqualTo(Math.Round(cells)).Within(1e-6));
        return (int)Math.Round(cells);
    }
}
