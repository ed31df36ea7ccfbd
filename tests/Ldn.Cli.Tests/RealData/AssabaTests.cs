using Ldn.Tests;

namespace Ldn.Cli.Tests.RealData;

/// <summary>A custom sinusoidal sphere spelt in two ways, a signed first year, and nested districts.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class AssabaTests
{
    private const string Data = "assaba-mauritania/";
    private const double CellKm2 = 0.2146587;

    /// <summary>
    /// Communes of the fourth district meet at vertices that only one of the neighbours has. Such edges are transformed to the
    /// raster's projection
    /// each by itself, to 0.1 cell, so a cell whose centre lies nearer than that to the edge may fall to both or to neither.
    /// </summary>
    private const int DoubtfulPixels = 1;

    [Test]
    public void LandCoverChangeOfTheWholeRaster()
    {
        using var work = new Workspace();
        LdnProcess.Run(work.Folder,
        [
            "compute", "--land-cover-initial", TestData.Real(Data + "land_cover/2010LCT.tif"),
            "--land-cover-final", TestData.Real(Data + "land_cover/2023LCT.tif"), "--legend", "igbp", "--without", "productivity",
            "--without", "soil-carbon",
            "--rasters", "none", "--out", "result",
        ]).Succeeded();
        Dictionary<string,
        CsvLine> rows = CsvRows.Read(work["result/summary.csv"]).Where(r => r["indicator"] == "land_cover")
            .ToDictionary(r => r["class"]);
        Assert.Multiple(() =>
        {
            Assert.That(rows["degraded"].Pixels, Is.EqualTo(4_756));
            Assert.That(rows["stable"].Pixels, Is.EqualTo(161_915));
            Assert.That(rows["improved"].Pixels, Is.EqualTo(1_541));
            Assert.That(rows["water"].Pixels, Is.Zero);
            Assert.That(rows["no_data"].Pixels, Is.EqualTo((565 * 769) - 168_212));
            foreach (CsvLine row in rows.Values)
                Assert.That(row.Area, Is.EqualTo(row.Pixels * CellKm2).Within(row.Pixels * CellKm2 * 3e-7), row["class"]);
        });
    }

    [Test]
    public void DistrictsAndCommunesInOnePass()
    {
        using var work = new Workspace();
        work.Text(
            "districts.csv",
            "group_id,group_name,zone_id\n" + string.Concat(Enumerable.Range(1, 5).Select(d => $"region,Assaba,MR03{d}\n")));
        work.Text("job.json", $$"""
            {
              "periods": { "baseline": { "landCover": [2010, 2023] } },
              "landCover": { "legend": "igbp", "years": {
                "2010": "{{TestData.Real(Data + "land_cover/2010LCT.tif")}}", "2023": "{{TestData.Real(Data + "land_cover/2023LCT.tif")}}" } },
              "without": ["productivity", "soil-carbon"],
              "zones": [
                { "file": "{{TestData.Real(Data + "boundaries/Assaba_Region.geojson")}}", "id": "ADM2_PCODE", "name": "ADM2_EN", "groups": "districts.csv" },
                { "file": "{{TestData.Real(Data + "boundaries/Assaba_Districts_Layer.geojson")}}", "id": "ADM3_PCODE", "name": "ADM3_EN" }
              ],
              "outputs": { "rasters": ["none"] }
            }
            """);
        LdnProcess.Run(work.Folder, ["compute", "job.json", "--out", "result"]).Succeeded();
        List<CsvLine> rows = [.. CsvRows.Read(work["result/summary.csv"]).Where(r => r["indicator"] == "sdg_15_3_1")];
        Assert.That(rows.Select(r => r["zone_id"]).Distinct().Count(), Is.EqualTo(5 + 26 + 1));
        foreach (string name in new[] { "degraded", "stable", "improved", "no_data", "water" })
        {
            long Sum(Func<string, bool> zones) => rows.Where(r => r["class"] == name && zones(r["zone_id"])).Sum(r => r.Pixels);
            Assert.That(Sum(id => id == "region"), Is.EqualTo(Sum(id => id.Length == 5)), name);
            for (int district = 1; district <= 5; district++)
            {
                string code = $"MR03{district}";
                long whole = Sum(id => id == code), parts = Sum(
                    id => id.Length == 7 && id.StartsWith(code, StringComparison.Ordinal));
                Assert.That(
                    parts, Is.EqualTo(whole).Within(district == 4 ? DoubtfulPixels : 0), $"{name} of the communes of {code}");
            }
        }

        // Nothing that changed lies outside the region by more than its edge.
        Assert.That(rows.Single(r => r.Key("zone_id", "class") == "region/degraded").Pixels, Is.InRange(4_600, 4_756));
    }
}
