using Ldn.Productivity;
using Ldn.Productivity.Laws;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Uncertainty;

/// <summary>
/// Other tests of the trend (firmness U2): false discoveries against a plain count of pairs cell by cell, corrections against a
/// run that is given the corrected trend as a raster.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class TrendTestTests
{
    private const int Years = 16, Width = 20, Height = 12, Fill = -32768;

    private const string Job = """
        {
          "name": "trends",
          "periods": {
            "baseline": { "landCover": [2000, 2015], "productivity": [2000, 2015], "soilCarbon": [2000, 2015] } },
          "landCover": { "legend": "unccd-7", "years": { "2000": "lc0.tif", "2015": "lc1.tif" } },
          "productivity": PRODUCTIVITY,
          "soilCarbon": { "kind": "stocks", "years": { "2000": "soc0.tif", "2015": "soc1.tif" } },
          "uncertainty": UNCERTAINTY,
          "outputs": { "rasters": RASTERS, "tables": ["csv"] }
        }
        """;

    private static readonly Grid s_grid = Workspace.Grid(Width, Height, 100, 50, 0.1);
    private static readonly string[] s_significance = ["two-sided", "hamed-rao", "yue-wang", "pre-whitening"];

    [Test]
    public void TheTableIsThatOfAPlainCount()
    {
        using Workspace work = World(out double[][] series, out bool[] water);
        Run(work, Series, """{ "falseDiscovery": 0.1 }""", "[]");
        List<CsvLine> rows = CsvRows.Read(work["result/false_discovery.csv"]);
        Assert.That(rows.Select(r => r["method"]), Is.EqualTo(new[] { "benjamini-hochberg", "benjamini-yekutieli" }));
        List<(double P, int S)> tests = [];
        for (int i = 0; i < series.Length; i++)
            if (!water[i] && Tested(series[i]) is { } test)
                tests.Add(test);
        double[] p = [.. tests.Select(t => t.P).Order()];
        foreach ((CsvLine row, double q) in rows.Zip([0.1, 0.1 / Enumerable.Range(1, p.Length).Sum(i => 1.0 / i)]))
        {
            double threshold = p.Where((value, i) => value <= q * (i + 1) / p.Length).DefaultIfEmpty().Max();
            Assert.That(row.Number("p_threshold"), Is.EqualTo(threshold).Within(1e-6), row["method"]);

            // Rows of cells differ in area by a percent or two, cells of one row not at all: shares by count are near.
            int falling = tests.Count(t => t.S < 0 && t.P <= threshold), rising = tests.Count(t => t.S > 0 && t.P <= threshold);
            Assert.That(row.Number("falling_km2") / row.Number("tested_km2"),
                Is.EqualTo((double)falling / tests.Count).Within(0.01), row["method"]);
            Assert.That(row.Number("rising_km2") / row.Number("tested_km2"),
                Is.EqualTo((double)rising / tests.Count).Within(0.01), row["method"]);
        }

        Assert.That(rows[0].Number("falling_km2"), Is.GreaterThan(0));
        Assert.That(rows[0].Number("p_threshold"), Is.GreaterThan(rows[1].Number("p_threshold")));
    }

    [Test]
    public void ACorrectionIsARunWithTheCorrectedTrend()
    {
        using Workspace work = World(out double[][] series, out _);
        Run(work, Series, """{ "autocorrelation": ["pre-whitening", "hamed-rao", "yue-wang"] }""", """["parts"]""");
        List<CsvLine> rows = [.. CsvRows.Read(work["result/sensitivity.csv"]).Where(r => r["rule"] == "significance")];
        Assert.That(rows.Select(r => r["option"]), Is.EqualTo(s_significance));
        string[] areas = ["degraded_km2", "stable_km2", "improved_km2", "no_data_km2"];
        Assert.That(CsvRows.Read(work["result/headline.csv"])[0].Key(areas), Is.EqualTo(rows[0].Key(areas)));
        foreach (string part in new[] { "state", "performance" })
            File.Copy(work[$"result/baseline_{part}.tif"], work[$"{part}.tif"]);
        int changed = 0;
        foreach ((string option, Autocorrelation correction) in s_significance.Zip(Enum.GetValues<Autocorrelation>()))
        {
            double[] trend = [.. series.Select(s => (double)Condition(s, correction))];
            work.Raster("trend.tif", s_grid, CellType.Byte, trend, 0);
            Run(
                work, """
                    { "kind": "parts", "periods": { "baseline": {
                      "trend": "trend.tif", "state": "state.tif", "performance": "performance.tif" } } }
                    """, "null", "[]");
            CsvLine row = rows.Single(r => r["option"] == option);
            Assert.That(CsvRows.Read(work["result/headline.csv"])[0].Key(areas), Is.EqualTo(row.Key(areas)), option);
            changed += row["degraded_km2"] != rows[0]["degraded_km2"] ? 1 : 0;
        }

        Assert.That(changed, Is.GreaterThan(1), "a correction that moves nothing shows nothing");
    }

    [TestCase("""{ "falseDiscovery": 1.5 }""", "is not between 0 and 1")]
    [TestCase("""{ "autocorrelation": ["hamed"] }""", "did you mean 'hamed-rao'")]
    public void WhatDoesNotFitIsRefused(string uncertainty, string says)
    {
        using Workspace work = World(out _, out _);
        LdnResult result = LdnProcess.Run(
            work.Folder, ["compute", work.Text("job.json", Text(Series, uncertainty, "[]")), "--out", "result"]);
        Assert.That(result.Error, Does.Contain(says));
        Assert.That(result.ExitCode, Is.EqualTo(2), result.Error);
    }

    [TestCase("\"falseDiscovery\": 0.05")]
    [TestCase("\"autocorrelation\": [\"yue-wang\"]")]
    public void AReadyProductHasNoTrendsToTest(string asked)
    {
        using var job = new SmallJob();
        LdnResult result = job.RunFile(SmallJob.JobFile.Insert(1, $"\"uncertainty\": {{ {asked} }},"));
        Assert.That(result.Error, Does.Contain("a product without its series"));
        Assert.That(result.ExitCode, Is.EqualTo(2), result.Error);
    }

    private static string Series => """
        { "kind": "series", "variable": "ndvi", "scale": 0.0001, "units": ["lc0.tif"], "years": { YEARS } }
        """.Replace("YEARS", string.Join(", ", Enumerable.Range(0, Years).Select(y => $"\"{2000 + y}\": \"y{y}.tif\"")));

    /// <summary>S by counting pairs, p from the normal distribution or, without ties, from counting splits.</summary>
    private static (double P, int S)? Tested(double[] series)
    {
        double[] valid = [.. series.Where(v => !double.IsNaN(v))];
        if (valid.Length < 8)
            return null;
        int s = 0;
        for (int i = 0; i < valid.Length; i++)
            for (int j = 0; j < i; j++)
                s += Math.Sign(valid[i] - valid[j]);
        int n = valid.Length, ties = valid.GroupBy(v => v).Sum(g => g.Count() * (g.Count() - 1) * ((2 * g.Count()) + 5));
        if (ties > 0)
        {
            double z = (s - Math.Sign(s)) / Math.Sqrt(((n * (n - 1) * ((2 * n) + 5)) - ties) / 18.0);
            return (MathNet.Numerics.SpecialFunctions.Erfc(Math.Abs(z) / Math.Sqrt(2)), s);
        }

        Dictionary<int, double> distribution = new() { [0] = 1 };
        for (int k = 2; k <= n; k++)
            distribution = distribution.SelectMany(d => Enumerable.Range(0, k)
                    .Select(below => (S: d.Key + k - 1 - (2 * below), P: d.Value / k)))
                .GroupBy(d => d.S).ToDictionary(g => g.Key, g => g.Sum(d => d.P));
        return (distribution.Where(d => Math.Abs(d.Key) >= Math.Abs(s)).Sum(d => d.Value), s);
    }

    private static int Condition(double[] series, Autocorrelation correction)
    {
        if (series.Count(v => !double.IsNaN(v)) < 8)
            return 0;
        double slope = LeastSquares.Slope(series);
        return Math.Abs(AutocorrelatedTrend.Z(correction, series)) <= 1.96 || slope == 0 ? 2 : slope < 0 ? 1 : 3;
    }

    private static Workspace World(out double[][] series, out bool[] water)
    {
        var work = new Workspace();
        var random = new Random(29);
        double[] Values(Func<int, double> value) => [.. Enumerable.Range(0, Width * Height).Select(value)];
        double[] before = Values(i => i % 23 == 0 ? 7 : 1 + (i % 3));
        work.Raster("lc0.tif", s_grid, CellType.Byte, before, 0);
        work.Raster("lc1.tif", s_grid, CellType.Byte, before, 0);
        work.Raster("soc0.tif", s_grid, CellType.Int16, Values(_ => 100), Fill);
        work.Raster("soc1.tif", s_grid, CellType.Int16, Values(i => 85 + (i % 31)), Fill);

        // Red noise with a fall or rise in every second cell; some years missing, few different values for ties.
        double[][] cells = [.. Enumerable.Range(0, Width * Height).Select(_ => new double[Years])];
        for (int i = 0; i < cells.Length; i++)
        {
            double last = 0;
            for (int y = 0; y < Years; y++)
            {
                last = (0.6 * last) + random.Next(-300, 300);
                int step = i % 4 < 2 ? 0 : i % 4 == 2 ? -60 : 30;
                double value = Math.Round((5000 + last + (step * y)) / (i % 3 == 0 ? 100 : 1)) * (i % 3 == 0 ? 100 : 1);
                cells[i][y] = random.Next(50) == 0 ? double.NaN : value;
            }
        }

        for (int y = 0; y < Years; y++)
            work.Raster($"y{y}.tif", s_grid, CellType.Int16, Values(i => double.IsNaN(cells[i][y]) ? Fill : cells[i][y]), Fill);
        series = [.. cells.Select(c => c.Select(v => v * 0.0001).ToArray())];
        water = [.. before.Select(c => c == 7)];
        return work;
    }

    private static string Text(string productivity, string uncertainty, string rasters) => Job
        .Replace("PRODUCTIVITY", productivity).Replace("UNCERTAINTY", uncertainty).Replace("RASTERS", rasters);

    private static void Run(Workspace work, string productivity, string uncertainty, string rasters) => LdnProcess.Run(
        work.Folder,
        ["compute", work.Text("job.json", Text(productivity, uncertainty, rasters)), "--out", "result", "--overwrite"])
        .Succeeded();
}
