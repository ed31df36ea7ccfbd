using Ldn.Rasters;
using MathNet.Numerics.Distributions;

namespace Ldn.Cli.Tests.Uncertainty;

/// <summary>Errors of two soil carbon stocks (firmness U5), against a plain reference cell by cell without steps.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class SoilErrorTests
{
    private const int Width = 30, Height = 20;

    private const string Job = """
        {
          "name": "soil",
          "periods": {
            "baseline": { "landCover": [2000, 2015], "productivity": [2000, 2015], "soilCarbon": [2000, 2015] },
            "report_1": { "landCover": [2000, 2015], "productivity": [2004, 2019], "soilCarbon": [2000, 2019] } },
          "landCover": { "legend": "unccd-7", "years": { "2000": "lc0.tif", "2015": "lc1.tif" } },
          "productivity": { "kind": "lpd", "periods": { "baseline": "lpd0.tif", "report_1": "lpd1.tif" } },
          "soilCarbon": SOIL,
          "uncertainty": { "soilError": ERROR },
          "outputs": { "rasters": ["indicator", "sub-indicators"], "tables": ["csv"] }
        }
        """;

    private const string Stocks =
        """{ "kind": "stocks", "years": { "2000": "soc0.tif", "2015": "soc1.tif", "2019": "soc2.tif" } }""";

    private static readonly Grid s_grid = Workspace.Grid(Width, Height, 20, 10, 0.02);

    [TestCase("", false, 0)]
    [TestCase(", \"correlation\": 0.5", false, 0.5)]
    [TestCase(", \"unit\": \"percent\"", true, 0)]
    public void TheIntervalIsThatOfAPlainReference(string more, bool percent, double correlation)
    {
        using Workspace work = World(out double[][] soc, out double[][] error);
        Run(work, Stocks, $"{{ \"initial\": \"s0.tif\", \"final\": \"s1.tif\"{more} }}").Succeeded();
        List<CsvLine> rows = CsvRows.Read(work["result/soil_error.csv"]);
        string[] periods = ["baseline", "report_1"];
        double[] before = Workspace.Read(work["result/baseline_indicator.tif"]).Values;
        for (int p = 0; p < 2; p++)
        {
            double[] land = Workspace.Read(work[$"result/{periods[p]}_land_cover.tif"]).Values,
                productivity = Workspace.Read(work[$"result/{periods[p]}_productivity.tif"]).Values,
                probability = Workspace.Read(work[$"result/soc_probability_{periods[p]}.tif"]).Values;
            double[] m = [.. soc[0].Select((first, i) =>
            {
                double change = (soc[p + 1][i] - first) / first * 100, a = error[0][i], b = error[1][i];
                double sigma = Math.Sqrt((a * a) + (b * b) - (2 * correlation * a * b)) * (percent ? 1 : 100 / first);
                return (-10 - change) / sigma;
            })];
            foreach (double rho in new[] { 0, 0.1, 0.3 })
            {
                CsvLine row = rows.Single(r => r["period"] == periods[p] && r.Number("rho") == rho);
                Assert.That(row.Number("low"), Is.EqualTo(Expected(rho, 1.96)).Within(0.1), $"{periods[p]} {rho}");
                Assert.That(row.Number("high"), Is.EqualTo(Expected(rho, -1.96)).Within(0.1), $"{periods[p]} {rho}");
            }

            for (int i = 0; i < m.Length; i++)
                if (land[i] != 0)
                    Assert.That(probability[i], Is.EqualTo(Normal.CDF(0, 1, m[i])).Within(1e-6), $"cell {i}");
            CsvLine figure = CsvRows.Read(work["result/firmness.csv"]).Single(r =>
                r["period"] == periods[p] && r["question"] == "figure");
            CsvLine third = rows.Single(r => r["period"] == periods[p] && r.Number("rho") == 0.3);
            Assert.That(figure.Number("soil_low"), Is.EqualTo(third.Number("low")).Within(1e-6));
            Assert.That(figure.Number("soil_high"), Is.EqualTo(third.Number("high")).Within(1e-6));
            Assert.That(figure["not_tried"], Does.Not.Contain("soil_error"));
            Assert.That(figure["verdict"], Is.EqualTo("open"), "an interval of many points");

            double Expected(double rho, double z)
            {
                double degraded = 0, all = 0;
                for (int i = 0; i < m.Length; i++)
                {
                    if (land[i] == 0)
                        continue;
                    all++;
                    double soil = Normal.CDF(0, 1, (m[i] - (Math.Sqrt(rho) * z)) / Math.Sqrt(1 - rho));
                    bool other = land[i] == 1 || productivity[i] == 1;
                    bool improved = land[i] == 3 || productivity[i] == 3 || soc[p + 1][i] > 1.1 * soc[0][i];
                    bool without = other || (p > 0 && before[i] == 1 && !improved);
                    degraded += without ? 1 : soil;
                }

                return 100 * degraded / all;
            }
        }
    }

    /// <summary>Without any error the interval is the figure itself, for every ρ.</summary>
    [Test]
    public void NoErrorLeavesTheFigure()
    {
        using Workspace work = World(out _, out _);
        Run(work, Stocks, """{ "initial": "none.tif", "final": "none.tif" }""").Succeeded();
        Dictionary<string, CsvLine> headline = CsvRows.Read(work["result/headline.csv"]).ToDictionary(r => r["period"]);
        foreach (CsvLine row in CsvRows.Read(work["result/soil_error.csv"]))
        {
            double figure = headline[row["period"]].Number("degraded_pct_of_land");
            Assert.That(row.Number("low"), Is.EqualTo(figure).Within(2e-6));
            Assert.That(row.Number("high"), Is.EqualTo(figure).Within(2e-6));
        }
    }

    [TestCase("s0.tif", "percent", "s1.tif", "")]
    [TestCase("huge.tif", "t/ha", "huge.tif", "larger than the stock itself")]
    [TestCase("tiny.tif", "percent", "tiny.tif", "below 1 % of the stock")]
    public void AnotherUnitIsDoubted(string initial, string unit, string final, string says)
    {
        using Workspace work = World(out _, out _);
        LdnResult result = Run(
            work, Stocks, $"{{ \"initial\": \"{initial}\", \"final\": \"{final}\", \"unit\": \"{unit}\" }}");
        result.Succeeded();
        Assert.That(result.Error, says.Length > 0 ? Does.Contain(says) : Does.Not.Contain("in another unit"));
    }

    [TestCase(Stocks, "{ \"initial\": \"s0.tif\" }", 2, "no raster for the final stock")]
    [TestCase(Stocks, "{ \"initial\": \"s0.tif\", \"final\": \"s1.tif\", \"correlation\": 1.5 }", 2, "is not from -1 to 1")]
    [TestCase(Stocks, "{ \"initial\": \"s0.tif\", \"final\": \"s1.tif\", \"unit\": \"per cent\" }", 2, "did you mean 'percent'")]
    [TestCase(Stocks, "{ \"initial\": \"s0.tif\", \"final\": \"minus.tif\" }", 3, "a standard error is 0 or more")]
    [TestCase(
        "{ \"kind\": \"change\", \"periods\": { \"baseline\": \"pct.tif\", \"report_1\": \"pct.tif\" } }",
        "{ \"initial\": \"s0.tif\", \"final\": \"s1.tif\", \"unit\": \"t/ha\" }", 2, "in per cent of the initial stock")]
    [TestCase(
        "{ \"kind\": \"reference\", \"reference\": \"soc0.tif\", \"referenceYear\": 2000, \"factor\": 0.8 }",
        "{ \"initial\": \"s0.tif\", \"final\": \"s1.tif\" }", 2, "only the factors are uncertain")]
    public void WhatDoesNotFitIsRefused(string soil, string error, int exit, string says)
    {
        using Workspace work = World(out _, out _);
        LdnResult result = Run(work, soil, error);
        Assert.That(result.Error, Does.Contain(says));
        Assert.That(result.ExitCode, Is.EqualTo(exit), result.Error);
    }

    [Test]
    public void RegionsWithRulesOfTheirOwnAreRefused()
    {
        using Workspace work = World(out _, out _);
        string job = Job.Replace("SOIL", Stocks).Replace("ERROR", """{ "initial": "s0.tif", "final": "s1.tif" }""").Replace(
            "\"uncertainty\"", """
            "regions": { "zones": "lc0.tif", "define": { "1": {}, "2": {}, "3": {}, "7": {} } }, "uncertainty"
            """);
        LdnResult result = LdnProcess.Run(work.Folder, ["compute", work.Text("job.json", job), "--out", "result"]);
        Assert.That(result.Error, Does.Contain("where regions have rules of their own"));
        Assert.That(result.ExitCode, Is.EqualTo(2), result.Error);
    }

    private static Workspace World(out double[][] soc, out double[][] error)
    {
        var work = new Workspace();
        var random = new Random(41);
        double[] Values(Func<int, double> value) => [.. Enumerable.Range(0, Width * Height).Select(value)];
        work.Raster("lc0.tif", s_grid, CellType.Byte, Values(i => i % 29 == 0 ? 7 : 1 + (i % 3)), 0);
        work.Raster("lc1.tif", s_grid, CellType.Byte, Values(i => i % 29 == 0 ? 7 : i % 31 == 0 ? 5 : 1 + (i % 3)), 0);
        work.Raster("lpd0.tif", s_grid, CellType.Byte, Values(i => i % 9 == 0 ? 1 : 3 + (i % 3)), 0);
        work.Raster("lpd1.tif", s_grid, CellType.Byte, Values(i => i % 11 == 0 ? 2 : 3 + (i % 3)), 0);
        soc = [Values(_ => 40 + random.Next(60)), [], []];
        double[] first = soc[0];
        soc[1] = Values(i => Math.Round(first[i] * (0.75 + (0.5 * random.NextDouble()))));
        soc[2] = Values(i => Math.Round(first[i] * (0.7 + (0.5 * random.NextDouble()))));
        for (int y = 0; y < 3; y++)
            work.Raster($"soc{y}.tif", s_grid, CellType.Int16, soc[y], -32768);
        error = [Values(_ => 3 + random.Next(8)), Values(_ => 2 + random.Next(10))];
        work.Raster("s0.tif", s_grid, CellType.Float32, error[0], -9999);
        work.Raster("s1.tif", s_grid, CellType.Float32, error[1], -9999);
        work.Raster("none.tif", s_grid, CellType.Float32, Values(_ => 0), -9999);
        work.Raster("huge.tif", s_grid, CellType.Float32, Values(_ => 300), -9999);
        work.Raster("tiny.tif", s_grid, CellType.Float32, Values(_ => 0.1), -9999);
        work.Raster("minus.tif", s_grid, CellType.Float32, Values(i => i % 5 == 0 ? -3 : 4), -9999);
        work.Raster("pct.tif", s_grid, CellType.Float32, Values(i => (i % 41) - 20), -9999);
        return work;
    }

    private static LdnResult Run(Workspace work, string soil, string error) => LdnProcess.Run(
        work.Folder,
        ["compute", work.Text("job.json", Job.Replace("SOIL", soil).Replace("ERROR", error)), "--out", "result"]);
}
