using System.Text.Json.Nodes;
using Ldn.Rasters;
using Ldn.Tests;

namespace Ldn.Cli.Tests.RealData;

/// <summary>Two scenes that the field's reference engine computed, under the profile that follows it.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class TrendsEarthSceneTests
{
    private const double NoData = -32768;

    [Test]
    public void SteppeWithProductivityClasses()
    {
        using var work = new Workspace();
        const string scene = "trends-earth-scenes/01-mongolia-steppe/";
        LdnProcess.Run(work.Folder,
        [
            "compute", "--profile", "trends-earth", "--land-cover-initial", Input(scene, "land_cover_2000.tif"),
            "--land-cover-final", Input(scene, "land_cover_2015.tif"), "--legend", "unccd-7", "--lpd", Input(scene, "lpd.tif"),
            "--soc-initial", Input(scene, "soc_2000.tif"), "--soc-final", Input(scene, "soc_2015.tif"), "--zones",
            Input(scene, "aoi.geojson"), "--zone-id", "name",
            "--years", "2000-2015", "--encoding", "signed", "--out", "result",
        ]).Succeeded();
        Compare(work, scene);
    }

    [Test]
    public void HighLatitudeWithPartsOfProductivity()
    {
        using var work = new Workspace();
        const string scene = "trends-earth-scenes/03-taymyr-high-latitude/";
        work.Text("job.json", $$"""
            {
              "periods": { "baseline": { "landCover": [2001, 2015], "soilCarbon": [2001, 2015], "productivity": [2008, 2015] } },
              "landCover": { "legend": "unccd-7", "years": { "2001": "{{Input(scene, "land_cover_2001.tif")}}", "2015": "{{Input(scene, "land_cover_2015.tif")}}" } },
              "productivity": { "kind": "parts", "periods": { "baseline": {
                "trend": "{{Input(scene, "trajectory.tif")}}", "state": "{{Input(scene, "state.tif")}}", "performance": "{{Input(scene, "performance.tif")}}" } } },
              "soilCarbon": { "years": { "2001": "{{Input(scene, "soc_2001.tif")}}", "2015": "{{Input(scene, "soc_2015.tif")}}" } },
              "zones": [ { "file": "{{Input(scene, "aoi.geojson")}}", "id": "name" } ],
              "rules": { "profile": "trends-earth" },
              "outputs": { "encoding": "signed" }
            }
            """);
        LdnProcess.Run(work.Folder, ["compute", "job.json", "--out", "result"]).Succeeded();
        Compare(work, scene);
    }

    private static void Compare(Workspace work, string scene)
    {
        JsonNode totals = JsonNode.Parse(File.ReadAllText(TestData.Real(scene + "expected/totals.json")))!["baseline"]!;
        CompareRaster(
            work["result/baseline_indicator.tif"], TestData.Real(scene + "expected/sdg.tif"),
            work["result/crosstab_subindicators.csv"]);
        List<CsvLine> cross = CsvRows.Read(work["result/crosstab_subindicators.csv"]);
        double Area(Func<CsvLine, bool> rows) => cross.Where(rows).Sum(r => r.Area);
        void Check(string name, string member, string condition, Func<CsvLine, bool> rows) =>
            Same(Area(rows), totals[member]![condition]!, $"{name} {condition}");
        using IDisposable all = Assert.EnterMultipleScope();
        Same(Area(_ => true), totals["aoi_total_km2"]!, "area of interest");
        foreach (string condition in new[] { "degraded", "stable", "improved", "no_data" })
        {
            // The engine gives no class to water, whose initial year has no soil carbon there.
            Check(
                "indicator", "sdg_15_3_1_km2", condition,
                r => r["indicator"] == condition || (condition == "no_data" && r["indicator"] == "water"));
            Check("land cover", "land_cover_km2", condition, r => r["land_cover"] == condition);
            Same(
                Area(r => r["productivity"] == condition), totals["productivity_km2"]!["all_cover_types"]![condition]!,
                $"productivity {condition}");
            Same(
                Area(r => r["productivity"] == condition && r["water"] == "0"),
                totals["productivity_km2"]!["non_water"]![condition]!,
                $"productivity on land {condition}");
            Same(
                Area(r => r["water"] == "1" ? condition == "no_data" : r["soil_organic_carbon"] == condition),
                totals["soc_km2"]!["all_cover_types"]![condition]!, $"soil carbon {condition}");
            Same(
                Area(r => r["soil_organic_carbon"] == condition && r["water"] == "0"),
                totals["soc_km2"]!["non_water"]![condition]!,
                $"soil carbon on land {condition}");
        }

        List<CsvLine> transitions = CsvRows.Read(work["result/land_cover_transitions.csv"]);
        foreach (JsonNode? row in totals["land_cover_transitions"]![0]!["rows"]!.AsArray())
        {
            CsvLine? line = transitions.SingleOrDefault(t => t.Key("from_class", "to_class") == $"{row!["from"]}/{row["to"]}");
            Same(line?.Area ?? 0, row!["km2"]!, $"transition {row["from"]} to {row["to"]}");
        }
    }

    /// <summary>Equal to 1e-9, beside what printing with 6 decimals rounds off each of at most a hundred rows.</summary>
    private static void Same(double actual, JsonNode expected, string what) =>
        Assert.That(actual, Is.EqualTo((double)expected).Within(((double)expected * 1e-9) + 2e-5), what);

    /// <summary>
    /// Pixel by pixel where the program has a class; the engine's raster is not masked by the polygon, so pixels outside are not
    /// compared.
    /// </summary>
    private static void CompareRaster(string actual, string expected, string crosstab)
    {
        (Grid grid, double[] ours, double? noData) = Workspace.Read(actual);
        (Grid other, double[] theirs, _) = Workspace.Read(expected);
        Assert.That(noData, Is.EqualTo(NoData));
        int dx = (int)Math.Round((other.OriginX - grid.OriginX) / grid.CellWidth),
        dy = (int)Math.Round((other.OriginY - grid.OriginY) / grid.CellHeight);
        var counts = new Dictionary<double, long>();
        for (int row = 0; row < other.Height; row++)
        {
            for (int column = 0; column < other.Width; column++)
            {
                double own = ours[((row + dy) * grid.Width) + column + dx], peer = theirs[(row * other.Width) + column];
                if (own == NoData)
                    continue;
                Assert.That(own, Is.EqualTo(peer), $"column {column}, row {row}");
                counts[own] = counts.GetValueOrDefault(own) + 1;
            }
        }

        List<CsvLine> cross = CsvRows.Read(crosstab);
        foreach ((double value, string name) in new[] { (-1.0, "degraded"), (0.0, "stable"), (1.0, "improved") })
            Assert.That(counts[value], Is.EqualTo(cross.Where(r => r["indicator"] == name).Sum(r => r.Pixels)), name);
    }

    private static string Input(string scene, string name) => TestData.Real(scene + "input/" + name);
}
