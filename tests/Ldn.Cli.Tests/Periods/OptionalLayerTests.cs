using Ldn.Rasters;

namespace Ldn.Cli.Tests.Periods;

/// <summary>
/// What a job asks beyond the indicator never keeps it from the indicator: layers without a value in any zone, and layers of
/// another place.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class OptionalLayerTests
{
    private const string Strata = """
        "strata": {
          "landTypes": ["l_types.tif"], "risk": "l_risk.tif", "hotspots": { "cellKm": 100 }, "severity": "default", "climate": true,
          "population": { "2015": { "female": "l_women.tif" } }, "aridity": "l_ai.tif", "drought": { "2014": "l_spi.tif", "2015": "l_spi2.tif" },
          "drivers": [ { "file": "l_rain.tif" }, { "file": "l_herds.tif", "kind": "count" } ], "categories": ["l_tenure.tif"], "statistics": "statistics.csv"
        },
        "rules"
        """;

    private static readonly string[] s_layers = ["types", "risk", "women", "ai", "spi", "spi2", "rain", "herds", "tenure"];

    [Test]
    public void ALayerWithNothingToSayLeavesTheIndicatorAsItIs([Values] bool elsewhere)
    {
        using var job = new SmallJob();
        Grid grid = elsewhere ? SmallJob.Grid with { OriginX = 20 } : SmallJob.Grid;
        foreach (string layer in s_layers)
            job.Work.Raster(
                $"l_{layer}.tif", grid, layer is "types" or "tenure" ? CellType.Byte : CellType.Float32,
                SmallJob.Values((_, _) => 0), 0);
        job.Work.Text("statistics.csv", "zone_id,year,variable,value,unit\n");
        LdnResult with = job.RunFile(SmallJob.JobFile.Replace("\"rules\"", Strata, StringComparison.Ordinal)).Succeeded();
        LdnProcess.Run(job.Work.Folder, ["compute", job.Work.Text("plain.json", SmallJob.JobFile), "--out", "plain"]).Succeeded();
        foreach (string file in new[] { "headline.csv", "summary.csv", "sensitivity.csv", "baseline_indicator.tif" })
            Assert.That(File.ReadAllBytes(job[$"result/{file}"]), Is.EqualTo(File.ReadAllBytes(job[$"plain/{file}"])), file);
        foreach (string layer in s_layers)
            Assert.That(
                with.Error.Contains($"(l_{layer}.tif) does not overlap the zones", StringComparison.Ordinal),
                Is.EqualTo(elsewhere), layer);
        double land = CsvRows.Read(job["plain/headline.csv"]).Where(r => r["zone_id"] == "MNG").Sum(r => r.Number("land_km2"));
        Assert.That(
            CsvRows.Read(job["result/categories.csv"]).Where(r => r["zone_id"] == "MNG" && r["class"] != "water")
                .Select(r => r["category"]).Distinct(), Is.EqualTo(new[] { "none" }));
        Assert.That(
            CsvRows.Read(job["result/drylands.csv"]).Where(r => r["zone_id"] == "MNG" && r["aridity"] == "all")
                .Sum(r => r.Number("land_km2")), Is.EqualTo(land).Within(1e-5));
        Assert.That(
            CsvRows.Read(job["result/drivers.csv"]).Where(r => r["driver"] == "l_rain").Select(r => r["mean"]), Is.All.Empty);
    }
}
