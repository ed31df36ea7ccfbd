using System.Text.Json;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Neutrality;

/// <summary>
/// Grades, costs and hotspots of six cells counted by hand. Degraded sub-indicators, LPD class and final cover: 3, 1, crop; 1, 4,
/// crop; 1, 1, tree; 2, 2, tree;
/// none; water.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class SeverityRunTests
{
    private const string Job = """
        {
          "periods": { "baseline": { "landCover": [2000, 2015], "productivity": [2000, 2015], "soilCarbon": [2000, 2015] } },
          "landCover": { "legend": "unccd-7", "years": { "2000": "lc0.tif", "2015": "lc1.tif" } },
          "productivity": { "kind": "lpd", "periods": { "baseline": "lpd.tif" } },
          "soilCarbon": { "kind": "stocks", "years": { "2000": "soc0.tif", "2015": "soc1.tif" } },
          "strata": { "severity": "default", "cost": "cost.csv", "hotspots": { "cellKm": 10, "polygons": { "file": "spots.geojson", "id": "id", "classes": "names.csv" } } },
          "outputs": { "rasters": ["none"], "tables": ["csv", "prais"] }
        }
        """;

    private Workspace _work = null!;

    [OneTimeSetUp]
    public void Compute()
    {
        _work = new Workspace();
        Grid grid = Workspace.Grid(6, 1, 100, 45, 0.1);
        _work.Raster("lc0.tif", grid, CellType.Byte, [1, 1, 1, 1, 1, 7], 0);
        _work.Raster("lc1.tif", grid, CellType.Byte, [3, 3, 1, 1, 1, 7], 0);
        _work.Raster("lpd.tif", grid, CellType.Byte, [1, 4, 1, 2, 4, 1], 0);
        _work.Raster("soc0.tif", grid, CellType.Int16, [100, 100, 100, 100, 100, 100], -1);
        _work.Raster("soc1.tif", grid, CellType.Int16, [80, 100, 100, 80, 100, 80], -1);
        _work.Text("cost.csv", "land_cover,grade,usd_per_ha_year\n3,,100\n1,medium,10\n");
        _work.Text("names.csv", "code,name\nA,First half\n");
        _work.Zones("spots.geojson", [("\"id\":\"B\"", Workspace.Rectangle(100.3, 44, 100.6, 46)), ("\"id\":\"A\"", Workspace.Rectangle(100, 44, 100.3, 46))]);
        LdnProcess.Run(_work.Folder, ["compute", _work.Text("job.json", Job), "--out", "result"]).Succeeded();
    }

    [OneTimeTearDown]
    public void Remove() => _work?.Dispose();

    [Test]
    public void GradesAreThoseOfTheMethod() => Assert.That(
        CsvRows.Read(_work["result/severity.csv"]).Select(r => (r["grade"], r.Pixels, r["share_of_degraded_pct"])),
        Is.EqualTo(
            new[]
            {
                ("weak", 1L, "25.000000"), ("medium", 2L, "50.000000"), ("strong", 0L, "0.000000"),
                ("very_strong", 1L, "25.000000")
            }));

    [Test]
    public void CostIsAreaTimesTheTablesCost()
    {
        double hectares = CsvRows.Read(_work["result/headline.csv"])[0].Number("land_km2") / 5 * 100;
        List<CsvLine> rows = CsvRows.Read(_work["result/cost.csv"]);
        Assert.That(
            rows.Select(r => r.Key("land_cover", "grade", "usd_per_ha_year")),
            Is.EqualTo(new[] { "1/medium/10.000000", "3/weak/100.000000", "3/very_strong/100.000000", "all/all/" }));
        Assert.That(
            rows.Select(r => r.Number("usd_per_year") / hectares), Is.EqualTo(new double[] { 20, 100, 100, 220 }).Within(1e-6));
    }

    [Test]
    public void SpotsAreRankedByShareOfArea()
    {
        List<CsvLine> rows = CsvRows.Read(_work["result/hotspots.csv"]);
        Assert.That(
            rows.Where(r => r["spot_kind"] == "polygon")
                .Select(r => r.Key("spot_id", "spot_name", "degraded_pct", "hotspot_rank", "brightspot_rank")),
            Is.EqualTo(new[] { "A/First half/100.000000/1/", "B//50.000000/2/" }), "half of the second half's two cells of land");

        List<CsvLine> cells = [.. rows.Where(r => r["spot_kind"] == "cell")];
        double land = CsvRows.Read(_work["result/headline.csv"])[0].Number("land_km2");
        Assert.That(cells.Sum(r => r.Number("land_km2")), Is.EqualTo(land).Within(1e-5), "cells share out the land");
        Assert.That(cells.Sum(r => r.Number("degraded_km2")), Is.EqualTo(land * 4 / 5).Within(1e-5));

        // By the formulas in another language the centres lie in the columns 2209, 2210, 2210, 2211 and 2212 of row 502; the
        // fifth cell of land is not degraded.
        Assert.That(
            cells.Select(r => (r["spot_id"], Math.Round(r.Number("land_km2") / land * 5), r["degraded_pct"], r["hotspot_rank"])),
            Is.EqualTo(
                new[]
                {
                    ("r502c2210", 2.0, "100.000000", "1"), ("r502c2209", 1.0, "100.000000", "2"),
                    ("r502c2211", 1.0, "100.000000", "3"), ("r502c2212", 1.0, "0.000000", "")
                }));
    }

    /// <summary>
    /// Like cells, of 20 km on UTM zone 47 N at 45° N. By PROJ the centres of the five of land lie at 99.889, 100.143, 100.397,
    /// 100.651 and 100.905° E, 45.06 to 45.05° N: in
    /// row 167 of 30 km, 736.26, 736.93, 737.60, 738.27 and 738.94 columns from 180° W.
    /// </summary>
    [Test]
    public void CellsAreEqualAreaOnAProjectedGridToo()
    {
        using var work = new Workspace();
        var grid = new Grid(6, 1, 560_000, 5_000_000, 20_000, -20_000, Workspace.Crs("EPSG:32647"));
        work.Raster("lc0.tif", grid, CellType.Byte, [1, 1, 1, 1, 1, 7], 0);
        work.Raster("lc1.tif", grid, CellType.Byte, [3, 3, 1, 1, 1, 7], 0);
        work.Raster("lpd.tif", grid, CellType.Byte, [1, 4, 4, 2, 4, 1], 0);
        work.Raster("soc0.tif", grid, CellType.Int16, [100, 100, 100, 100, 100, 100], -1);
        work.Raster("soc1.tif", grid, CellType.Int16, [80, 100, 100, 80, 100, 80], -1);
        string job = Job.Replace("\"severity\": \"default\", \"cost\": \"cost.csv\", ", "", StringComparison.Ordinal)
            .Replace(
                "\"cellKm\": 10, \"polygons\": { \"file\": \"spots.geojson\", \"id\": \"id\", \"classes\": \"names.csv\" }",
                "\"cellKm\": 30", StringComparison.Ordinal);
        LdnProcess.Run(work.Folder, ["compute", work.Text("job.json", job), "--out", "result"]).Succeeded();
        List<CsvLine> cells = CsvRows.Read(work["result/hotspots.csv"]);
        double land = CsvRows.Read(work["result/headline.csv"])[0].Number("land_km2");
        Assert.That(land, Is.EqualTo(2000).Within(2), "five cells of 400 km², but for the projection's scale");
        Assert.That(
            cells.Select(r => (r["spot_id"], Math.Round(r.Number("land_km2") / 400), Math.Round(r.Number("degraded_km2") / 400)))
                .Order(),
            Is.EqualTo(new[] { ("r167c736", 2.0, 2.0), ("r167c737", 1.0, 0.0), ("r167c738", 2.0, 1.0) }));
    }

    [Test]
    public void PraisListsTheSpots()
    {
        using JsonDocument prais = JsonDocument.Parse(File.ReadAllText(_work["result/prais.json"]));
        JsonElement rows = prais.RootElement.GetProperty("tables").GetProperty("SO1-4.T4").GetProperty("rows");
        Assert.That(
            rows.EnumerateArray().Where(r => r.GetProperty("spot_kind").GetString() == "polygon")
                .Select(r => r.GetProperty("spot_id").GetString()),
            Is.EqualTo(new[] { "A", "B" }));
        Assert.That(
            prais.RootElement.GetProperty("tables").GetProperty("SO1-4.T5").GetProperty("rows").GetArrayLength(), Is.Zero);
    }
}
