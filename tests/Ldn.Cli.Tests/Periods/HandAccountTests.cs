using Ldn.Rasters;

namespace Ldn.Cli.Tests.Periods;

/// <summary>
/// What belongs to a figure and which date serves it, in rows of a few cells that are counted by hand: land that becomes water,
/// people on it, the closest of several dates. Every expected figure is a count of cells or of people.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class HandAccountTests
{
    private const string Outputs = "\"outputs\": { \"rasters\": [\"none\"], \"tables\": [\"csv\"] }";

    /// <summary>
    /// Six cells of grassland, two of them degraded in the baseline; one of these is water by 2015, one other degrades after.
    /// Two are degraded before and two after, and nothing seems to change: but on the five cells of both dates there is one
    /// more, and one left the account with the water.
    /// </summary>
    [Test]
    public void ChangeIsToldOnCommonLandAndWhatLeftTheAccount()
    {
        using var work = new Workspace();
        Row(work, "c0", 2, 2, 2, 2, 2, 2);
        Row(work, "c1", 2, 7, 2, 2, 2, 2);
        Row(work, "c2", 2, 7, 2, 2, 2, 2);
        Row(work, "before", 1, 1, 4, 4, 4, 4);
        Row(work, "now", 4, 4, 1, 4, 4, 4);
        Compute(work, $$"""
            {
              "periods": { "baseline": { "landCover": [2000, 2015], "productivity": [2000, 2015] },
                           "report_1": { "landCover": [2015, 2019], "productivity": [2004, 2019] } },
              "without": ["soil-carbon"],
              "landCover": { "legend": "unccd-7", "years": { "2000": "c0.tif", "2015": "c1.tif", "2019": "c2.tif" } },
              "productivity": { "periods": { "baseline": "before.tif", "report_1": "now.tif" } }, {{Outputs}}
            }
            """);
        List<CsvLine> rows = CsvRows.Read(work["result/headline.csv"]);
        double cell = rows[0].Number("land_km2") / 6;
        double Cells(CsvLine row, string column) => Math.Round(row.Number(column) / cell, 5);
        Assert.That((Cells(rows[0], "degraded_km2"), Cells(rows[0], "final_year_land_km2")), Is.EqualTo((2.0, 5.0)));
        Assert.That((Cells(rows[1], "land_km2"), Cells(rows[1], "degraded_km2")), Is.EqualTo((5.0, 2.0)));
        Assert.That(Cells(rows[1], "degraded_change_km2"), Is.Zero);
        Assert.That(Cells(rows[1], "degraded_change_on_common_land_km2"), Is.EqualTo(1));
        Assert.That(Cells(rows[1], "degraded_left_account_km2"), Is.EqualTo(1));
        Assert.That(rows[1]["degraded_pct_of_land"], Is.EqualTo("40.000000"));
    }

    /// <summary>
    /// Land with the indexes 0, 0.5 and −1 and water with −2, in 2001; 0.5, −2, 0 and −2 in 2003. 0 is mild; people are of the
    /// closest date (2000 for 2001), none of them on water; the block of 2000 to 2003 takes the lower index of both, and people
    /// of its year.
    /// </summary>
    [Test]
    public void DroughtIsOfLandAndItsPeopleOfTheClosestDate()
    {
        using var work = new Workspace();
        Row(work, "c", 2, 2, 2, 7);
        Row(work, "lpd", 4, 4, 4, 4);
        foreach ((string name, double[] index) in new[]
            { ("d1", new[] { 0, 0.5, -1, -2 }), ("d3", [0.5, -2, 0, -2]), ("p0", [10, 20, 30, 40]), ("p4", [1, 2, 3, 4]) })
            work.Raster(name + ".tif", Workspace.Grid(4, 1, 100, 45, 0.1), CellType.Float32, index, -9999);
        File.Copy(work["c.tif"], work["again.tif"]);
        Compute(work, $$"""
            {
              "periods": { "baseline": { "landCover": [2000, 2015], "productivity": [2000, 2015] } },
              "without": ["soil-carbon"],
              "landCover": { "legend": "unccd-7", "years": { "2000": "c.tif", "2015": "again.tif" } },
              "productivity": { "periods": { "baseline": "lpd.tif" } },
              "strata": { "drought": { "2001": "d1.tif", "2003": "d3.tif" },
                          "population": { "2000": { "total": "p0.tif" }, "2004": { "total": "p4.tif" } } }, {{Outputs}}
            }
            """);
        string[] Told(string table, Func<CsvLine, string> key) => [.. CsvRows.Read(work[$"result/{table}.csv"])
            .Where(r => r.Pixels > 0).Select(r => $"{key(r)} {r["drought"]} {r.Pixels} {r.Number("total_persons")}").Order()];
        Assert.That(Told("drought", r => r["year"]), Is.EqualTo(new[]
        {
            "2001 mild 1 10", "2001 moderate 1 30", "2001 none 1 20", "2003 extreme 1 2", "2003 mild 1 3", "2003 none 1 1",
        }));
        Assert.That(Told("drought_blocks", r => $"{r["first_year"]}-{r["last_year"]}"), Is.EqualTo(new[]
        {
            "2000-2003 extreme 1 2", "2000-2003 mild 1 10", "2000-2003 moderate 1 30",
        }));
    }

    /// <summary>
    /// Aridity and people of 2000, 2010 and 2018: the baseline ends in 2015 and takes 2018, three years off, not 2010; a report
    /// that ends in 2014 takes the earlier of two as close.
    /// </summary>
    [Test]
    public void TheClosestDateOfAridityAndPeopleServes()
    {
        using var work = new Workspace();
        Row(work, "a", 1, 2);
        foreach ((string year, double dry, double people) in new[] { ("2000", 0.1, 1), ("2010", 0.3, 20), ("2018", 0.7, 300.0) })
        {
            work.Raster($"arid{year}.tif", Workspace.Grid(2, 1, 100, 45, 0.1), CellType.Float32, [dry, dry], -9999);
            work.Raster($"people{year}.tif", Workspace.Grid(2, 1, 100, 45, 0.1), CellType.Float32, [people, people], -9999);
        }

        Compute(work, $$"""
            {
              "periods": { "baseline": { "productivity": [2000, 2015] }, "report_1": { "productivity": [2000, 2014] } },
              "without": ["land-cover", "soil-carbon"],
              "productivity": { "kind": "condition", "periods": { "baseline": "a.tif", "report_1": "a.tif" } },
              "strata": { "aridity": { "2000": "arid2000.tif", "2010": "arid2010.tif", "2018": "arid2018.tif" },
                          "population": { "2000": { "total": "people2000.tif" }, "2010": { "total": "people2010.tif" },
                                          "2018": { "total": "people2018.tif" } } }, {{Outputs}}
            }
            """);
        Assert.That(
            CsvRows.Read(work["result/drylands.csv"]).Where(r => r["aridity"] is "humid" or "semi_arid")
                .Where(r => r.Number("land_km2") > 0).Select(r => $"{r["period"]} {r["aridity_year"]} {r["aridity"]}"),
            Is.EqualTo(new[] { "baseline 2018 humid", "report_1 2010 semi_arid" }));
        Assert.That(
            CsvRows.Read(work["result/population.csv"]).Where(r => r["class"] == "degraded")
                .Select(r => $"{r["period"]} {r["population_year"]} {r.Number("persons")}"),
            Is.EqualTo(new[] { "baseline 2018 300", "report_1 2010 20" }));
    }

    private static void Row(Workspace work, string name, params double[] cells) =>
        work.Raster(name + ".tif", Workspace.Grid(cells.Length, 1, 100, 45, 0.1), CellType.Byte, cells, 0);

    private static void Compute(Workspace work, string job) =>
        LdnProcess.Run(work.Folder, ["compute", work.Text("job.json", job), "--out", "result"]).Succeeded();
}
