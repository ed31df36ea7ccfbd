using Ldn.Rasters;

namespace Ldn.Cli.Tests.Neutrality;

/// <summary>
/// Soil carbon as a target, by hand: eight cells of one area in a row. Stocks of 2015 and 2023 in t C/ha; the first cell is water
/// in 2000, the second in 2016; the third has no stock in 2015, the fourth none in 2023.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class StockTargetTests
{
    private const string Job = """
        {
          "name": "stocks",
          "periods": { "baseline": { "landCover": [2000, 2015], "productivity": [2000, 2015], "soilCarbon": [2000, 2015] },
                       "report_1": { "landCover": [2016, 2023], "productivity": [2008, 2023], "soilCarbon": [2015, 2023] } },
          "landCover": { "legend": "unccd-7",
                         "years": { "2000": "lc0.tif", "2015": "land.tif", "2016": "lc1.tif", "2023": "land2.tif" } },
          "without": ["productivity"],
          "soilCarbon": { "years": { "2000": "soc0.tif", "2015": "soc1.tif", "2023": "soc2.tif" } },
          "targets": "targets.csv",
          "outputs": { "rasters": ["none"], "tables": ["csv"] }
        }
        """;

    [Test]
    public void LandWhoseStockIsKnownAtBothDatesCounts()
    {
        using var work = new Workspace();
        Grid grid = Workspace.Grid(8, 1, 100, 45, 0.1);
        Cells("lc0", 7, 2, 2, 2, 2, 2, 2, 2);
        Cells("lc1", 2, 7, 2, 2, 2, 2, 2, 2);
        Cells("land", 2, 2, 2, 2, 2, 2, 2, 2);
        Cells("land2", 2, 2, 2, 2, 2, 2, 2, 2);
        Cells("soc0", 50, 50, 50, 50, 50, 50, 50, 50);
        Cells("soc1", 90, 90, 255, 80, 10, 20, 30, 40);
        Cells("soc2", 90, 90, 70, 255, 11, 22, 33, 34);
        work.Text("targets.csv", "id,zone_id,text,metric,comparator,value,year\na,all,,soc_t,>=,1,2030\n");
        LdnProcess.Run(work.Folder, ["compute", work.Text("job.json", Job), "--out", "result"]).Succeeded();
        double hectares = CsvRows.Read(work["result/land_cover_transitions.csv"]).Where(r => r["period"] == "baseline")
            .Sum(r => r.Number("area_km2")) / 8 * 100;
        CsvLine row = CsvRows.Read(work["result/targets.csv"]).Single();
        Assert.That(
            row.Number("baseline"), Is.EqualTo((10 + 20 + 30 + 40) * hectares).Within(1e-3),
            "four cells, not that whose stock of 2023 is missing");
        Assert.That(row.Number("latest"), Is.EqualTo((11 + 22 + 33 + 34) * hectares).Within(1e-3));
        Assert.That((row["baseline_year"], row["latest_year"], row["verdict"]), Is.EqualTo(("2015", "2023", "met")));

        void Cells(string name, params double[] values) => work.Raster(name + ".tif", grid, CellType.Byte, values, 255);
    }
}
