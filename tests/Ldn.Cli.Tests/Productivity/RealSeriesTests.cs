using System.Text.Json.Nodes;
using Ldn.Tests;

namespace Ldn.Cli.Tests.Productivity;

/// <summary>Real series, with numbers computed independently of this program.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class RealSeriesTests
{
    private const string Assaba = "assaba-mauritania/";
    private static readonly string[] s_fao = ["--lpd-method", "fao-wocat"];

    [Test]
    public void MannKendallOfAssaba()
    {
        using var work = new Workspace();
        Run(work, "out", [.. Gpp(), .. s_fao]);
        double[] z = Workspace.Read(work["out/baseline_trend_z.tif"]).Values,
        slope = Workspace.Read(work["out/baseline_trend_slope.tif"]).Values;
        double[][] years = [
            .. Enumerable.Range(2010, 14).Select(y => Workspace.Read(TestData.Real($"{Assaba}gpp/{y}_GP.tif")).Values)];
        int[] full = [.. Enumerable.Range(0, z.Length).Where(i => years.All(y => y[i] is not (65533 or 65535)))];
        Assert.Multiple(() =>
        {
            Assert.That(full, Has.Length.EqualTo(108_061));
            Assert.That(full.Count(i => z[i] < -1.96), Is.EqualTo(281));
            Assert.That(full.Count(i => z[i] > 1.96), Is.EqualTo(115));
            Assert.That(full.Average(i => slope[i]), Is.EqualTo(7.61).Within(0.005));
            Assert.That(z.Count(v => !double.IsNaN(v)), Is.EqualTo(full.Length), "pixels have all years or none");
        });
    }

    [TestCase("restrend")]
    [TestCase("rue")]
    public void RainfallOnItsOwnGridExplainsGrowth(string method)
    {
        using var work = new Workspace();
        Run(work, "out",
        [
            .. Gpp(), "--method", method, "--climate",
            .. Enumerable.Range(2010, 14).Select(y => TestData.Real($"{Assaba}precipitation/{y}R.tif")), .. s_fao,
        ]);
        double[] z = Workspace.Read(work["out/baseline_trend_z.tif"]).Values;
        Assert.That(z.Count(v => !double.IsNaN(v)), Is.InRange(100_000, 108_061));
        Assert.That(z.Count(v => v < -1.96), Is.Not.EqualTo(281));
    }

    [Test]
    public void ComputeMakesTheSeriesInTheSameRun()
    {
        using var work = new Workspace();
        string cover = TestData.Real(Assaba + "land_cover");
        work.Text("job.json", $$"""
            {
              "periods": { "baseline": { "landCover": [2010, 2023], "productivity": [2010, 2023] } },
              "landCover": { "legend": "igbp", "years": { "2010": "{{cover}}/2010LCT.tif", "2023": "{{cover}}/2023LCT.tif" } },
              "productivity": { "kind": "series", "variable": "gpp", "units": ["{{cover}}/2010LCT.tif"], "quantum": 1, "years": {
                {{string.Join(',', Enumerable.Range(2010, 14).Select(y => $"\"{y}\": \"{TestData.Real($"{Assaba}gpp/{y}_GP.tif")}\""))}} } },
              "without": ["soil-carbon"], "noData": { "productivity": [65533] }, "outputs": { "rasters": ["sub-indicators", "parts"] }
            }
            """);
        LdnProcess.Run(work.Folder, ["compute", "job.json", "--out", "out", "--threads", "3"]).Succeeded();
        Dictionary<string,
        long> rows = CsvRows.Read(work["out/summary.csv"]).ToDictionary(r => r.Key("indicator", "class"), r => r.Pixels);
        double[] lpd = Workspace.Read(work["out/baseline_lpd.tif"]).Values;
        Assert.Multiple(() =>
        {
            Assert.That(rows["land_cover/degraded"], Is.EqualTo(4_756));
            Assert.That(rows["productivity/degraded"], Is.EqualTo(lpd.Count(c => c is 1 or 2)));
            Assert.That(rows["productivity/stable"], Is.EqualTo(lpd.Count(c => c is 3 or 4)));
            Assert.That(rows["productivity/improved"], Is.EqualTo(lpd.Count(c => c == 5)).And.EqualTo(115));
            Assert.That(lpd.Count(c => c != 0), Is.EqualTo(108_061));
        });
    }

    /// <summary>A country's figures do not depend on which others are in the job, unless the job asks for that.</summary>
    [Test]
    public void ZoneAloneIsTheZoneAmongOthers()
    {
        using var work = new Workspace();
        string region = TestData.Real(Assaba + "boundaries/Assaba_Region.geojson");
        JsonNode alone = JsonNode.Parse(File.ReadAllText(region))!;
        JsonArray features = alone["features"]!.AsArray();
        string id = "MR034";
        foreach (JsonNode? other in features.Where(f => (string?)f!["properties"]!["ADM2_PCODE"] != id).ToList())
            features.Remove(other);
        Assert.That(features, Has.Count.EqualTo(1));
        work.Text("alone.geojson", alone.ToJsonString());
        string Productivity(string folder, string zones, string scope)
        {
            Run(work, folder,
            [
                .. Gpp(), "--units", TestData.Real(Assaba + "land_cover/2010LCT.tif"), "--quantum", "1", "--zones", zones,
                "--zone-id", "ADM2_PCODE",
                "--performance-scope", scope,
            ]);
            return string.Join('\n', CsvRows.Read(work[$"{folder}/sensitivity.csv"]).Where(r => r["zone_id"] == id)
                .Select(r => r.Key("rule", "option", "degraded_km2", "stable_km2", "improved_km2", "no_data_km2")));
        }

        string expected = Productivity("alone", "alone.geojson", "zone");
        Assert.That(Productivity("together", region, "zone"), Is.EqualTo(expected));
        Assert.That(Productivity("run", region, "run"), Is.Not.EqualTo(expected), "the scope matters here");
    }

    [Test]
    public void SlovenianBandsAndSpanishBandsRunThrough()
    {
        using var work = new Workspace();
        Run(work, "slovenia",
            ["--series", TestData.Real("modis-evi-slovenia/evi_annual_mean_2001_2015.tif"), "--years", "2001-2015", "--variable", "evi", "--scale", "0.0001", .. s_fao]);
        Run(
            work, "spain",
            ["--series", TestData.Real("lpdynr-spain/sb_cat.tif"), "--years", "2000-2016", "--variable", "npp", .. s_fao]);
        double[] slovenia = Workspace.Read(work["slovenia/baseline_trend_s.tif"]).Values,
        spain = Workspace.Read(work["spain/baseline_trend_s.tif"]).Values;
        Assert.Multiple(() =>
        {
            Assert.That(slovenia, Has.Length.EqualTo(64).And.None.NaN);
            Assert.That(spain, Has.Length.EqualTo(400));
            Assert.That(spain.Count(double.IsNaN), Is.EqualTo(1), "one pixel is -3.4e38 in every year");
        });
    }

    private static IEnumerable<string> Gpp() =>
    [
        "--series", .. Enumerable.Range(2010, 14).Select(y => TestData.Real($"{Assaba}gpp/{y}_GP.tif")), "--years", "2010-2023",
        "--variable", "gpp",
        "--nodata", "productivity=65533",
    ];

    private static void Run(Workspace work, string folder, IEnumerable<string> arguments) =>
        LdnProcess.Run(work.Folder, ["productivity", .. arguments, "--out", folder]).Succeeded();
}
