using Ldn.Tests;

namespace Ldn.Cli.Tests.Init;

/// <summary>
/// A person's way with the README and --help alone: from a folder of real files to a figure by init, validate and compute,
/// nothing written by hand. Every figure was
/// found with other software (numpy and GDAL's rasteriser) from the same files.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class FirstFigureTests
{
    /// <summary>
    /// Five districts, yearly land cover and productivity under names such as 2010LCT.tif; soil carbon is missing and said to be.
    /// </summary>
    [Test]
    public void Assaba()
    {
        using var work = new Workspace();
        LdnResult init = LdnProcess.Run(work.Folder, ["init", TestData.Real("assaba-mauritania"), "-o", "job.json"]).Succeeded();
        Assert.That(init.Out, Is.Empty);
        foreach (
            string says in new[]
            {
                "land cover, legend igbp", "annual GPP", "rainfall by year", "people (total)", "id ADM2_PCODE",
                "nothing found for soil-carbon"
            })
            Assert.That(init.Error, Does.Contain(says));
        LdnResult validate = LdnProcess.Run(work.Folder, ["validate", "job.json"]).Succeeded();
        Assert.That(
            validate.Error,
            Does.Contain("job.json: valid").And.Contain("partial: computed without soil_organic_carbon").And.Contain("65533"));
        LdnProcess.Run(work.Folder, ["compute", "job.json", "--out", "result", "--rasters", "none"]).Succeeded();

        // Pixels of the five districts (gdal_rasterize) by the default matrix, 2010 to 2023.
        var land = CsvRows.Read(work["result/summary.csv"]).Where(r => r["zone_id"] == "MR03" && r["indicator"] == "land_cover")
            .ToDictionary(r => r["class"], r => r.Pixels);
        Assert.That(land["degraded"], Is.EqualTo(4_756).Within(1));
        Assert.That(land["stable"], Is.EqualTo(161_914).Within(10));
        Assert.That(land["improved"], Is.EqualTo(1_541).Within(1));
    }

    /// <summary>Six countries with zones from elsewhere: every pixel of the indicator as the reference table has it.</summary>
    [Test]
    public void NorthernBelt()
    {
        using var work = new Workspace();
        LdnResult init = LdnProcess.Run(
            work.Folder, [
                "init", TestData.Real("world-north-5arcmin"), "--zones", TestData.Real("boundaries/neasia_countries_50m.geojson"),
                "-o", "job.json"]).Succeeded();
        Assert.That(
            init.Error,
            Does.Contain("ISO 3166 alpha-3").And.Contain("land productivity dynamics").And.Contain("soil carbon stock")
                .And.Contain("IPCC climate zones"));
        string job = File.ReadAllText(work["job.json"]);
        Assert.That(job, Does.Contain("\"groups\": \"north-east-asia\"").And.Contain("// or one stock carried on by land cover"));
        LdnProcess.Run(work.Folder, ["validate", "job.json"]).Succeeded();
        LdnProcess.Run(work.Folder, ["compute", "job.json", "--out", "result", "--soc-inclusive", "--rasters", "none"])
            .Succeeded();
        var counted = CsvRows.Read(work["result/summary.csv"])
            .Where(r => r["zone_kind"] == "zone" && r["indicator"] == "sdg_15_3_1")
                .ToDictionary(r => r.Key("zone_id", "class"), r => r.Pixels);
        foreach (
            IGrouping<string,
            CsvLine> cell in CsvRows.Read(TestData.Real("world-north-5arcmin/reference_subindicators_by_country.csv"))
                .GroupBy(r => $"{r["iso3"]}/{Class(r)}"))
        {
            // A cell of Russia lies 5e-8 degrees from the edge of its polygon: the reference counts it, GDAL's rasteriser does
            // not.
            long disputed = cell.Key == "RUS/water" ? 1 : 0;
            Assert.That(counted[cell.Key], Is.EqualTo(cell.Sum(r => r.Pixels) - disputed), cell.Key);
        }

        CsvLine mongolia = CsvRows.Read(work["result/headline.csv"]).Single(r => r["zone_id"] == "MNG");
        Assert.That(mongolia.Number("degraded_km2"), Is.EqualTo(570_404.1).Within(0.5));
    }

    /// <summary>
    /// A stack of annual bands and one of 16-day layers, no zones, no units: the rule that needs none, counted with numpy.
    /// </summary>
    [Test]
    public void Slovenia()
    {
        using var work = new Workspace();
        LdnResult init = LdnProcess.Run(work.Folder, ["init", TestData.Real("modis-evi-slovenia"), "-o", "job.json"]).Succeeded();
        Assert.That(init.Error, Does.Contain("annual EVI").And.Contain("EVI, several layers a year").And.Contain("365 bands"));
        LdnProcess.Run(work.Folder, ["validate", "job.json"]).Succeeded();
        LdnProcess.Run(work.Folder, ["compute", "job.json", "--out", "result", "--rasters", "none"]).Succeeded();
        var classes = CsvRows.Read(work["result/summary.csv"]).Where(r => r["indicator"] == "productivity")
            .ToDictionary(r => r["class"], r => r.Pixels);
        Assert.That(
            (classes["degraded"], classes["stable"], classes["improved"], classes["no_data"]), Is.EqualTo((63L, 1L, 0L, 0L)));
    }

    [Test]
    public void AnExistingJobIsNeverTouchedAndAFolderWithNothingIsRefused()
    {
        using var work = new Workspace();
        work.Text("job.json", "mine");
        LdnResult there = LdnProcess.Run(work.Folder, ["init", TestData.Real("modis-evi-slovenia"), "-o", "job.json"]);
        Assert.That((there.ExitCode, File.ReadAllText(work["job.json"])), Is.EqualTo((2, "mine")));
        Assert.That(there.Error, Does.Contain("is there already").And.Contain("-o"));
        Directory.CreateDirectory(work["empty"]);
        LdnResult nothing = LdnProcess.Run(work.Folder, ["init", "empty"]);
        Assert.That((nothing.ExitCode, File.Exists(work["empty/job.json"])), Is.EqualTo((3, false)));
        Assert.That(nothing.Error, Does.Contain("holds nothing").And.Contain("lc2000.tif"));
        Assert.That(LdnProcess.Run(work.Folder, ["init", "nowhere"]).ExitCode, Is.EqualTo(2));
    }

    private static string Class(CsvLine row)
    {
        string[] conditions = [row["lc_deg"], row["lpd3"], row["soc_deg"]];
        return row["lc2001_unccd7_is_water"] == "1" ? "water" : conditions.Contains("-128") ? "no_data" : conditions.Contains("-1") ? "degraded"
            : conditions.Contains("1") ? "improved" : "stable";
    }
}
