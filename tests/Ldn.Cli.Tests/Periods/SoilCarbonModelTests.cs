using Ldn.Rasters;

namespace Ldn.Cli.Tests.Periods;

/// <summary>Stocks carried on by land cover, end to end, on cells whose stocks are worked out by hand (method §5).</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class SoilCarbonModelTests
{
    // Five cells: forest stays; forest to crop in a dry zone (f = 0.80) and in a moist one (0.69); crop to forest, dry; one cell
    // without a stock.
    private static readonly double[] s_before = [1, 1, 1, 3, 1];
    private static readonly double[] s_after = [1, 3, 3, 1, 3];
    private static readonly double[] s_zones = [2, 2, 1, 2, 2];

    [Test]
    public void TwoDatesGiveEightOfTwentyYears()
    {
        using Workspace work = Inputs();
        LdnProcess.Run(work.Folder, Arguments("--climate-zones", "zones.tif")).Succeeded();

        // 2000 and 2015 alone: the change lies after the middle year 2007, so 8 steps of S(1 − F)/20 each apply.
        double[] expected = [
            100, 100 - (8 * 100 * (1 - 0.80) / 20), 100 - (8 * 100 * (1 - 0.69) / 20), 100 - (8 * 100 * (1 - (1 / 0.80)) / 20)];
        Assert.That(Read(work, "soc_2015")[..4], Is.EqualTo(expected).Within(1e-5));
        Assert.That(Read(work, "soc_2007")[..4], Is.All.EqualTo(100));
        Assert.That(Read(work, "soc_2008")[1], Is.EqualTo(99).Within(1e-5));
        Assert.That(Read(work, "soc_change_baseline")[1], Is.EqualTo(-8).Within(1e-5));
        Assert.That(Read(work, "soc_2015")[4], Is.NaN);
    }

    [TestCase("start", 85)]
    [TestCase("middle", 92)]
    [TestCase("end", 99)]
    public void PlacementDecidesHowManyStepsApply(string placement, double expected)
    {
        using Workspace work = Inputs();
        LdnProcess.Run(work.Folder, Arguments("--factor", "0.8", "--placement", placement)).Succeeded();
        Assert.That(Read(work, "soc_2015")[1], Is.EqualTo(expected).Within(1e-5));
    }

    [Test]
    public void TheIndicatorUsesTheModelledStocks()
    {
        using Workspace work = Inputs();
        work.Text("job.json", """
            {
              "periods": { "baseline": { "landCover": [2000, 2015], "soilCarbon": [2000, 2015] } },
              "landCover": { "legend": "unccd-7", "years": { "2000": "lc2000.tif", "2015": "lc2015.tif" } },
              "soilCarbon": { "kind": "reference", "reference": "soc.tif", "referenceYear": 2000, "climateZones": "zones.tif" },
              "without": ["productivity"], "rules": { "socThreshold": 8 }, "outputs": { "tables": ["csv"] }
            }
            """);
        LdnProcess.Run(work.Folder, ["compute", "job.json", "--out", "result"]).Succeeded();

        // −8 % exactly is stable under t = 8, −12.4 % degraded; +10 % improved.
        Assert.That(
            Workspace.Read(work["result/baseline_soil_organic_carbon.tif"]).Values, Is.EqualTo(new double[] { 2, 2, 1, 3, 0 }));
    }

    /// <summary>Organic soils lose what the table says of each year's class, and what burns; never more than there is.</summary>
    [Test]
    public void OrganicSoilsEmitByTheirTable()
    {
        using Workspace work = Inputs();
        Grid grid = Workspace.Grid(5, 1, 100, 50, 0.1);
        work.Raster("peat.tif", grid, CellType.Byte, [1, 7, 1, 0, 1], 255);
        work.Raster("fire.tif", grid, CellType.Float32, [-1, 10, 200, 50, 1], -1);
        work.Text("ef.csv", "land_cover,climate_zone,t_c_per_ha_year\n1,,0.5\n3,2,2\n");
        Organic(work, "peat.tif", """, "fires": { "2010": "fire.tif" }""").Succeeded();

        // Cropland holds from 2008 on: eight years of forest, seven of cropland; the fourth cell is no peat.
        double[] expected = [100 - (15 * 0.5), 100 - (8 * 0.5) - (7 * 2) - 10, 0, 100 - (8 * 100 * (1 - (1 / 0.80)) / 20)];
        Assert.That(Read(work, "soc_2015")[..4], Is.EqualTo(expected).Within(1e-5));
        Assert.That(Read(work, "soc_2010")[2], Is.EqualTo(100 - (8 * 0.5)).Within(1e-5), "no cropland factor of zone 1");
        Assert.That(Read(work, "soc_2015")[4], Is.NaN);
    }

    [Test]
    public void WetlandsOfTheReferenceYearStandForOrganicSoils()
    {
        using Workspace work = Inputs();
        Grid grid = Workspace.Grid(5, 1, 100, 50, 0.1);
        work.Raster("lc2000.tif", grid, CellType.Byte, [4, 4, 1, 3, 1], 0);
        work.Text("ef.csv", "land_cover,climate_zone,t_c_per_ha_year\n4,,1\n3,,3\n");
        Organic(work, "wetland", "").Succeeded();
        Assert.That(Read(work, "soc_2015")[..3], Is.EqualTo(
            new[] { 100.0 - 8, 100 - 8 - (7 * 3), 100 - (8 * 100 * (1 - 0.69) / 20) }).Within(1e-5));
    }

    [TestCase("land_cover,climate_zone,t_c_per_ha_year\n9,,1\n", "", "a UNCCD class 1…7")]
    [TestCase("land_cover,climate_zone,t_c_per_ha_year\n3,13,1\n", "", "a climate zone 1…12")]
    [TestCase("land_cover,climate_zone,t_c_per_ha_year\n3,,1\n3,,2\n", "", "a factor for that zone already")]
    [TestCase("land_cover,climate_zone,t_c_per_ha_year\n3,,1\n", """, "fires": { "2015": "fire.tif" }""", "fires of 2015")]
    public void WhatIsWrongWithOrganicSoilsIsTold(string table, string more, string says)
    {
        using Workspace work = Inputs();
        work.Text("ef.csv", table);
        LdnResult result = Organic(work, "wetland", more);
        Assert.That(result.ExitCode, Is.EqualTo(2), result.Error);
        Assert.That(result.Error, Does.Contain(says));
    }

    private static LdnResult Organic(Workspace work, string mask, string more) => LdnProcess.Run(
        work.Folder,
        [
            "compute", work.Text("job.json", $$"""
                {
                  "periods": { "baseline": { "landCover": [2000, 2015], "soilCarbon": [2000, 2015] } },
                  "landCover": { "legend": "unccd-7", "years": { "2000": "lc2000.tif", "2015": "lc2015.tif" } },
                  "soilCarbon": { "kind": "reference", "reference": "soc.tif", "referenceYear": 2000, "outputYears": [2010],
                    "climateZones": "zones.tif", "organic": { "mask": "{{mask}}", "factors": "ef.csv"{{more}} } },
                  "without": ["productivity"], "outputs": { "tables": ["csv"], "rasters": ["parts"] }
                }
                """),
            "--out", "result",
        ]);

    [Test]
    public void NegativeReferenceStockIsAnError()
    {
        using Workspace work = Inputs();
        work.Raster("soc.tif", Workspace.Grid(5, 1, 100, 50, 0.1), CellType.Int16, [100, -5, 100, 100, -32768], -32768);
        LdnResult result = LdnProcess.Run(work.Folder, Arguments("--factor", "0.8"));
        Assert.That(result.ExitCode, Is.EqualTo(3));
        Assert.That(result.Error, Does.Contain("-5 (1 pixels)"));
    }

    private static Workspace Inputs()
    {
        var work = new Workspace();
        Grid grid = Workspace.Grid(5, 1, 100, 50, 0.1);
        work.Raster("lc2000.tif", grid, CellType.Byte, s_before, 0);
        work.Raster("lc2015.tif", grid, CellType.Byte, s_after, 0);
        work.Raster("zones.tif", grid, CellType.Byte, s_zones, 0);
        work.Raster("soc.tif", grid, CellType.Int16, [100, 100, 100, 100, -32768], -32768);
        return work;
    }

    private static string[] Arguments(params string[] extra) =>
        ["soc", "--reference", "soc.tif", "--land-cover", "2000=lc2000.tif", "--land-cover", "2015=lc2015.tif", "--legend", "unccd-7", "--out", "result", .. extra];

    private static double[] Read(Workspace work, string name) => Workspace.Read(work[$"result/{name}.tif"]).Values;
}
