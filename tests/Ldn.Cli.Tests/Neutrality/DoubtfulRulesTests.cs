using Ldn.Rasters;

namespace Ldn.Cli.Tests.Neutrality;

/// <summary>
/// Rules that were in doubt, each in a world small enough to count by hand: cells of one area in a row. Covers are classes of the
/// UNCCD; every expected figure is a count of cells.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class DoubtfulRulesTests
{
    /// <summary>
    /// Six cells of grassland: degraded in the baseline and stable since (status 3), degraded now (status 2), degraded in both
    /// (1), degraded before and better now (6), stable, water. Land cover and soil never change; LPD of the baseline
    /// 1 4 2 1 4 4, of the report 4 1 2 5 3 4.
    /// </summary>
    private const string Severity = """
        {
          "periods": { "baseline": { "landCover": [2000, 2015], "productivity": [2000, 2015], "soilCarbon": [2000, 2015] },
                       "report_1": { "landCover": [2015, 2019], "productivity": [2004, 2019], "soilCarbon": [2015, 2019] } },
          "landCover": { "legend": "unccd-7", "years": { "2000": "c0.tif", "2015": "c1.tif", "2019": "c2.tif" } },
          "productivity": { "periods": { "baseline": "before.tif", "report_1": "now.tif" } },
          "soilCarbon": { "years": { "2000": "s0.tif", "2015": "s1.tif", "2019": "s2.tif" } },
          "strata": { "severity": "default", "cost": "cost.csv", "climate": true },
          "outputs": { "rasters": ["none"], "tables": ["csv"] }
        }
        """;

    /// <summary>
    /// The headline calls the first three degraded, and so does severity: the first by the baseline's evidence (LPD 1: one grade
    /// up), the second by the report's (LPD 1), the third by the report's (LPD 2). The fourth, degraded in the baseline, is not.
    /// </summary>
    [Test]
    public void SeverityAndCostGradeWhatTheHeadlineCallsDegraded()
    {
        using var work = new Workspace();
        foreach (string cover in new[] { "c0", "c1", "c2" })
            Row(work, cover, 2, 2, 2, 2, 2, 7);
        foreach (string stock in new[] { "s0", "s1", "s2" })
            Row(work, stock, 50, 50, 50, 50, 50, 50);
        Row(work, "before", 1, 4, 2, 1, 4, 4);
        Row(work, "now", 4, 1, 2, 5, 3, 4);
        work.Text("cost.csv", "land_cover,grade,usd_per_ha_year\n2,weak,1\n2,medium,10\n");
        Compute(work, Severity);
        Assert.That(
            CsvRows.Read(work["result/severity.csv"]).Select(r => (r["period"], r["grade"], r.Pixels)).Where(r => r.Pixels > 0),
            Is.EqualTo(new[]
            {
                ("baseline", "weak", 1L), ("baseline", "medium", 2L), ("report_1", "weak", 1L), ("report_1", "medium", 2L),
            }));
        double hectares = CsvRows.Read(work["result/headline.csv"])[0].Number("land_km2") / 5 * 100;
        CsvLine cost = CsvRows.Read(work["result/cost.csv"]).Single(r => r["period"] == "report_1" && r["land_cover"] == "all");
        Assert.That(cost.Number("usd_per_year") / hectares, Is.EqualTo(1 + 10 + 10).Within(1e-6));
        Assert.That(
            CsvRows.Read(work["result/headline.csv"]).Single(r => r["period"] == "report_1").Number("degraded_pct_of_land"),
            Is.EqualTo(60));
    }

    /// <summary>Stocks of 2015 stand in for 2016 and of 2019 for 2020: the table tells the stocks' own years.</summary>
    [Test]
    public void ClimateTellsTheYearsOfTheStocksThemselves()
    {
        using var work = new Workspace();
        foreach (string cover in new[] { "c0", "c1", "c2" })
            Row(work, cover, 2, 2, 2, 2, 2, 7);
        Row(work, "before", 4, 4, 4, 4, 4, 4);
        Row(work, "now", 4, 4, 4, 4, 4, 4);
        Row(work, "s0", 40, 40, 40, 40, 40, 40);
        Row(work, "s1", 50, 50, 50, 50, 0, 50);
        Row(work, "s2", 52, 51, 50, 0, 9, 90);
        work.Text("cost.csv", "land_cover,grade,usd_per_ha_year\n,,1\n");
        Compute(work, Severity.Replace("\"soilCarbon\": [2015, 2019]", "\"soilCarbon\": [2016, 2020]", StringComparison.Ordinal)
            .Replace("\"s2.tif\" }", "\"s2.tif\" }, \"standIns\": { \"2016\": 2015, \"2020\": 2019 }", StringComparison.Ordinal));
        CsvLine row = CsvRows.Read(work["result/climate.csv"]).Single(r => r["period"] == "report_1" && r["class"] == "all");
        Assert.That((row["first_year"], row["last_year"]), Is.EqualTo(("2015", "2019")));
        double hectares = CsvRows.Read(work["result/headline.csv"])[0].Number("land_km2") / 5 * 100;
        Assert.That(row.Number("soc_area_km2") * 100 / hectares, Is.EqualTo(3).Within(1e-6), "0 is no data, water no land");
        Assert.That(row.Number("soc_change_t") / hectares, Is.EqualTo(2 + 1 + 0).Within(1e-6));
        Assert.That(row.Number("soc_change_t_co2e") / row.Number("soc_change_t"), Is.EqualTo(44.0 / 12).Within(1e-6));
    }

    /// <summary>
    /// Degraded cells of ten: 1 in 2015, 3 in 2019, 8 in 2023. In 2030 the line from the baseline gives 8 + 7 × 7/8 = 14.125,
    /// more than there is land, that from the report before 8 + 7 × 5/4 = 16.75; improved on the way back, below nothing.
    /// </summary>
    [TestCase(1, 3, 8, 14.125, 16.75, "above_land")]
    [TestCase(8, 8, 1, -5.125, -11.25, "below_zero")]
    [TestCase(2, 3, 4, 5.75, 5.75, "")]
    public void AProjectionBeyondWhatIsPossibleIsFlagged(
        int baseline, int report1, int report2, double projected, double fromPrevious, string flag)
    {
        using var work = new Workspace();
        Row(work, "a", Degraded(baseline, 10));
        Row(work, "b", Reported(baseline, report1));
        Row(work, "c", Reported(baseline, report2));
        Compute(work, """
            {
              "periods": { "baseline": { "productivity": [2000, 2015] }, "report_1": { "productivity": [2004, 2019] },
                           "report_2": { "productivity": [2008, 2023] } },
              "without": ["land-cover", "soil-carbon"],
              "productivity": { "kind": "condition",
                                "periods": { "baseline": "a.tif", "report_1": "b.tif", "report_2": "c.tif" } },
              "strata": { "targetYear": 2030 }, "outputs": { "rasters": ["none"], "tables": ["csv"] }
            }
            """);
        CsvLine row = CsvRows.Read(work["result/projection.csv"]).Single();
        double cell = CsvRows.Read(work["result/headline.csv"])[0].Number("land_km2") / 10;
        Assert.That(row.Number("projected_degraded_km2") / cell, Is.EqualTo(projected).Within(1e-6));
        Assert.That(row.Number("projected_from_previous_km2") / cell, Is.EqualTo(fromPrevious).Within(1e-6));
        Assert.That(row["out_of_range"], Is.EqualTo(flag));

        // Improved where the baseline's degradation is gone by status; degraded anew from the left.
        static double[] Reported(int before, int now) =>
            [.. Enumerable.Range(0, 10).Select(i => i < now ? 1.0 : i < before ? 3.0 : 2.0)];
    }

    /// <summary>
    /// Two countries and their group; land types 1 and 2. Mongolia gains two cells and loses one of type 1; of type 2, gains one
    /// with two without data: open. China loses one of type 1, and has no valid land of type 2: no verdict. The group has sums
    /// alone.
    /// </summary>
    [Test]
    public void OpenAndMissingVerdictsAndNoneForGroups()
    {
        using var work = new Workspace();
        Row(work, "types", 1, 1, 1, 2, 2, 2, 1, 1, 2, 2);
        Row(work, "a", 2, 2, 2, 2, 0, 0, 2, 2, 0, 0);
        Row(work, "b", 3, 3, 1, 3, 2, 2, 1, 2, 2, 2);
        work.Zones("z.geojson",
        [
            ("\"id\":\"MNG\"", Workspace.Rectangle(100, 44, 100.6, 46)),
            ("\"id\":\"CHN\"", Workspace.Rectangle(100.6, 44, 101, 46)),
        ]);
        work.Text("g.csv", "group_id,group_name,zone_id\nG,Both,MNG\nG,Both,CHN\n");
        Compute(work, """
            {
              "periods": { "baseline": { "productivity": [2000, 2015] }, "report_1": { "productivity": [2004, 2019] } },
              "without": ["land-cover", "soil-carbon"],
              "productivity": { "kind": "condition", "periods": { "baseline": "a.tif", "report_1": "b.tif" } },
              "zones": [ { "file": "z.geojson", "id": "id", "groups": "g.csv" } ],
              "strata": { "landTypes": ["types.tif"] }, "outputs": { "rasters": ["none"], "tables": ["csv"] }
            }
            """);
        Dictionary<string, string> verdicts = CsvRows.Read(work["result/neutrality.csv"]).ToDictionary(
            r => r.Key("zone_id", "land_type"), r => r["neutral"]);
        Assert.That(
            new[] { "MNG/1", "MNG/2", "CHN/1", "CHN/2", "G/1", "G/2", "G/all" }.Select(k => verdicts[k]),
            Is.EqualTo(new[] { "yes", "open", "no", "not_assessable", "", "", "" }));
        double cell = CsvRows.Read(work["result/headline.csv"])[0].Number("land_km2") / 6;
        CsvLine group = CsvRows.Read(work["result/neutrality.csv"]).Single(r => r.Key("zone_id", "land_type") == "G/1");
        Assert.That(group.Number("gains_km2") / cell, Is.EqualTo(2).Within(1e-6));
        Assert.That(group.Number("losses_km2") / cell, Is.EqualTo(2).Within(1e-6));
    }

    /// <summary>7 of 100 cells are 7 %, to the last digit, and a target of at most 7 is met.</summary>
    [Test]
    public void SevenCellsOfAHundredAreSevenPerCent()
    {
        using var work = new Workspace();
        Row(work, "a", Degraded(7, 100));
        work.Text(
            "t.csv",
            "id,zone_id,text,metric,comparator,value,year\nseven,all,,degraded_pct,<=,7,2010\nless,all,,degraded_pct,<,7,2010\n");
        Compute(work, """
            {
              "periods": { "baseline": { "productivity": [2000, 2015] } }, "without": ["land-cover", "soil-carbon"],
              "productivity": { "kind": "condition", "periods": { "baseline": "a.tif" } }, "targets": "t.csv",
              "outputs": { "rasters": ["none"], "tables": ["csv"] }
            }
            """);
        Assert.That(CsvRows.Read(work["result/headline.csv"])[0]["degraded_pct_of_land"], Is.EqualTo("7.000000"));
        Assert.That(
            CsvRows.Read(work["result/targets.csv"]).Select(r => (r["id"], r["verdict"])),
            Is.EqualTo(new[] { ("seven", "met"), ("less", "off_track") }));
    }

    /// <summary>
    /// Cells of four fine ones, two and two alike: the class met first in reading order wins, not the smaller code. Each block of
    /// two by two, row by row: 4 1 / 1 4, 1 4 / 4 1, 5 4 / 1 5.
    /// </summary>
    [Test]
    public void ATieOfModeGoesToTheValueMetFirst()
    {
        using var work = new Workspace();
        work.Raster("fine.tif", Workspace.Grid(6, 2, 100, 45, 0.05), CellType.Byte, [4, 1, 1, 4, 5, 4, 1, 4, 4, 1, 1, 5], 0);
        Row(work, "cover", 2, 2, 2);
        Compute(work, """
            {
              "periods": { "baseline": { "landCover": [2000, 2015], "productivity": [2000, 2015] } }, "without": ["soil-carbon"],
              "landCover": { "legend": "unccd-7", "years": { "2000": "cover.tif", "2015": "again.tif" } },
              "productivity": { "periods": { "baseline": "fine.tif" } },
              "grid": { "like": "landCover", "resampling": { "productivity": "mode" } },
              "outputs": { "rasters": ["sub-indicators"], "tables": ["csv"] }
            }
            """, again: "cover.tif");
        (_, double[] values, _) = Workspace.Read(work["result/baseline_productivity.tif"]);
        Assert.That(values, Is.EqualTo(new double[] { 2, 1, 3 }), "stable (4), declining (1), increasing (5)");
    }

    /// <summary>Cells of 50 km at 65° N: each as wide as high, within a tenth, on the ground.</summary>
    [Test]
    public void HotspotCellsAreCompactInTheNorth()
    {
        using var work = new Workspace();
        Grid grid = Workspace.Grid(200, 60, 100, 66.5, 0.05);
        work.Raster("a.tif", grid, CellType.Byte, [.. Enumerable.Range(0, 12_000).Select(i => i == 0 ? 2.0 : 1.0)], 0);
        Compute(work, """
            {
              "periods": { "baseline": { "productivity": [2000, 2015] } }, "without": ["land-cover", "soil-carbon"],
              "productivity": { "kind": "condition", "periods": { "baseline": "a.tif" } },
              "strata": { "hotspots": { "cellKm": 50 } }, "outputs": { "rasters": ["none"], "tables": ["csv"] }
            }
            """);
        List<CsvLine> cells = [.. CsvRows.Read(work["result/hotspots.csv"])];
        double full = cells.Max(r => r.Number("land_km2"));
        Assert.That(full, Is.EqualTo(2500).Within(8).Percent);
        double[] rows = [.. cells.Select(r => Math.Round(r.Number("latitude"), 6)).Distinct().Order()];
        double high = (rows[2] - rows[1]) * 111.4;
        double[] across = [
            .. cells.Where(r => Math.Abs(r.Number("latitude") - rows[2]) < 1e-5).Select(r => r.Number("longitude")).Order()];
        double wide = (across[2] - across[1]) * 111.32 * Math.Cos(rows[2] * Math.PI / 180);
        Assert.That(wide / high, Is.EqualTo(1).Within(0.1), $"{wide:F1} km by {high:F1} km");
    }

    private static double[] Degraded(int cells, int of) => [.. Enumerable.Range(0, of).Select(i => i < cells ? 1.0 : 2.0)];

    private static void Row(Workspace work, string name, params double[] cells) =>
        work.Raster(name + ".tif", Workspace.Grid(cells.Length, 1, 100, 45, 0.1), CellType.Byte, cells, 0);

    private static void Compute(Workspace work, string job, string? again = null)
    {
        if (again is not null)
            File.Copy(work[again], work["again.tif"]);
        LdnProcess.Run(work.Folder, ["compute", work.Text("job.json", job), "--out", "result"]).Succeeded();
    }
}
