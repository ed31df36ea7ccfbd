using System.Text.Json.Nodes;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Uncertainty;

/// <summary>Productivity products side by side (firmness U3): each figure is that of a run with the product as its own.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ProductsTests
{
    private const string Job = """
        {
          "name": "products",
          "periods": {
            "baseline": { "landCover": [2000, 2015], "productivity": [2000, 2015], "soilCarbon": [2000, 2015] },
            "report_1": { "landCover": [2000, 2015], "productivity": [2004, 2019], "soilCarbon": [2000, 2015] } },
          "landCover": { "legend": "unccd-7", "years": { "2000": "lc0.tif", "2015": "lc1.tif" } },
          "productivity": { "kind": "KIND", "periods": { "baseline": "BASELINE", "report_1": "REPORT" } },
          "soilCarbon": { "kind": "stocks", "years": { "2000": "soc0.tif", "2015": "soc1.tif" } },
          "uncertainty": UNCERTAINTY,
          "zones": [ { "file": "zones.geojson", "id": "iso3", "name": "name" } ],
          "outputs": { "rasters": ["sub-indicators"], "tables": ["csv"] }
        }
        """;

    private const string Products =
        """
        { "products": {
            "B": { "periods": { "baseline": "b0.tif", "report_1": "b1.tif" } },
            "C": { "kind": "condition", "periods": { "baseline": "c0.tif", "report_1": "c1.tif" } } } }
        """;

    [Test]
    public void EachFigureIsThatOfARunWithTheProduct()
    {
        using SmallJob job = Inputs();
        List<CsvLine> agreement = Run(job, "lpd", "lpd.tif", "lpd1.tif", Products, "agreement.csv");
        List<CsvLine> combinations = CsvRows.Read(job["result/combinations.csv"]);
        (Grid grid, double[] agreeing, double? noData) = Workspace.Read(job["result/agreement_report_1.tif"]);
        (_, double[] own, _) = Workspace.Read(job["result/report_1_productivity.tif"]);
        Assert.That(noData, Is.EqualTo(255));
        var said = new List<double[]> { own };
        foreach ((string product, string kind, string before, string now) in new[] { ("B", "lpd", "b0.tif", "b1.tif"), ("C",
            "condition", "c0.tif", "c1.tif") })
        {
            List<CsvLine> headline = Run(job, kind, before, now, "null", "headline.csv");
            List<CsvLine> others = CsvRows.Read(job["result/combinations.csv"]);
            foreach (CsvLine row in headline)
                Assert.That(Value(agreement, row, "degraded_pct_of_land", product), Is.EqualTo(row["degraded_pct_of_land"]),
                    row.Key("zone_id", "period"));
            string[] columns = ["zone_id", "period", "missing", "soc_threshold", "soc_inclusive", "degraded_km2", "stable_km2",
                "improved_km2", "no_data_km2"];
            Assert.That(
                combinations.Where(c => c["product"] == product).Select(c => c.Key(columns)), Is.EqualTo(others.Select(c =>
                    c.Key(columns))),
                "every combination of rules with the product");
            said.Add(Workspace.Read(job["result/report_1_productivity.tif"]).Values);
        }

        for (int i = 0; i < agreeing.Length; i++)
        {
            double expected = said.Exists(s => s[i] == 0) ? 255 : said.Count(s => s[i] == 1);
            Assert.That(agreeing[i], Is.EqualTo(expected), $"cell {i}");
        }

        // Of two products, what all and what any call degraded add up to what both do.
        List<CsvLine> two = Run(job, "lpd", "lpd.tif", "lpd1.tif",
            """{ "products": { "B": { "periods": { "baseline": "b0.tif", "report_1": "b1.tif" } } } }""", "agreement.csv");
        foreach (CsvLine row in CsvRows.Read(job["result/headline.csv"]))
        {
            double land = row.Number("land_km2"), sum = (Number("degraded_pct_of_land", "") + Number("degraded_pct_of_land",
                "B")) / 100 * land;
            Assert.That(Number("degraded_all_km2", "") + Number("degraded_any_km2", ""), Is.EqualTo(sum).Within(1e-3),
                row.Key("zone_id", "period"));
            Assert.That(Number("degraded_all_km2", ""), Is.LessThan(Number("degraded_any_km2", "")));
            double Number(string measure, string product) => double.Parse(Value(two, row, measure, product)!,
                System.Globalization.CultureInfo.InvariantCulture);
        }
    }

    /// <summary>No product degraded is a class of its own, and no data another, also where a catalogue tells of them.</summary>
    [Test]
    public void TheCatalogueTellsNoneFromNoData()
    {
        using SmallJob job = Inputs();
        job.RunFile(Text("lpd", "lpd.tif", "lpd1.tif", Products), "--tables", "csv,html").Succeeded();
        JsonNode item = JsonNode.Parse(File.ReadAllText(job["result/stac-item.json"]))!;
        JsonNode band = item["assets"]!["agreement_report_1"]!["raster:bands"]![0]!;
        (_, double[] values, double? noData) = Workspace.Read(job["result/agreement_report_1.tif"]);
        Assert.That((double)band["nodata"]!, Is.EqualTo(noData));
        (double Value, string Name)[] classes = [
            .. band["classification:classes"]!.AsArray().Select(c => ((double)c!["value"]!, (string)c["name"]!))];
        Assert.That(values.Distinct(), Is.SubsetOf(classes.Select(c => c.Value)));
        Assert.That(classes.Where(c => c.Value is 0 or 255), Is.EqualTo(new[] { (0.0, "none"), (255.0, "no_data") }));
    }

    [TestCase("""{ "products": { "B": { "kind": "series", "periods": {} } } }""", 2, "cannot be set beside others")]
    [TestCase("""{ "products": { "B": { "periods": { "baseline": "b0.tif" } } } }""", 2, "has no raster for report_1")]
    [TestCase("""{ "products": { "B": { "periods": { "baselin": "b0.tif" } } } }""", 2, "did you mean 'baseline'")]
    [TestCase("""{ "products": { "B": { "periods": { "baseline": "soc0.tif", "report_1": "b1.tif" } } } }""", 3,
        "values that are in no legend")]
    [TestCase("""{ "orders": 39 }""", 2, "orders")]
    public void WhatDoesNotFitIsRefused(string uncertainty, int exit, string says)
    {
        using SmallJob job = Inputs();
        LdnResult result = job.RunFile(Text("lpd", "lpd.tif", "lpd1.tif", uncertainty));
        Assert.That(result.Error, Does.Contain(says));
        Assert.That(result.ExitCode, Is.EqualTo(exit), result.Error);
    }

    private static SmallJob Inputs()
    {
        var job = new SmallJob();
        foreach ((string file, int add) in new[] { ("lpd1.tif", 1), ("b0.tif", 2), ("b1.tif", 3) })
            job.Work.Raster(file, SmallJob.Grid, CellType.Byte, SmallJob.Values((c, r) =>
                (c + r) % 13 == add ? 0 : 1 + ((c + (2 * r) + (add * c)) % 5)), 0);
        foreach ((string file, int add) in new[] { ("c0.tif", 0), ("c1.tif", 1) })
            job.Work.Raster(file, SmallJob.Grid, CellType.Int16, SmallJob.Values((c, r) => ((c + (add * r)) % 3) - 1), -32768);
        return job;
    }

    private static string Text(string kind, string baseline, string report, string uncertainty) => Job.Replace("KIND", kind)
        .Replace("BASELINE", baseline).Replace("REPORT", report).Replace("UNCERTAINTY", uncertainty);

    private static List<CsvLine> Run(SmallJob job, string kind, string baseline, string report, string uncertainty, string table)
    {
        job.RunFile(Text(kind, baseline, report, uncertainty), "--overwrite").Succeeded();
        return CsvRows.Read(job[$"result/{table}"]);
    }

    private static string? Value(List<CsvLine> agreement, CsvLine of, string measure, string product) => agreement.Single(
        a => a["zone_id"] == of["zone_id"] && a["period"] == of["period"] && a["measure"] == measure && a["product"] == product
            && a["other"].Length == 0)["value"];
}
