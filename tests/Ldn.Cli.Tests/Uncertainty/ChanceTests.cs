using System.Globalization;
using Ldn.Rasters;
using Ldn.Subjects.Uncertainty;

namespace Ldn.Cli.Tests.Uncertainty;

/// <summary>What chance alone gives (firmness U2): a shuffled order is a run whose years were given in that order.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ChanceTests
{
    private const int Years = 20, FirstYear = 2000, Width = 24, Height = 20;

    private const string Job = """
        {
          "name": "chance",
          "periods": {
            "baseline": { "landCover": [2000, 2015], "productivity": [2000, 2015], "soilCarbon": [2000, 2015] },
            "report_1": { "landCover": [2000, 2015], "productivity": [2004, 2019], "soilCarbon": [2000, 2015] } },
          "landCover": { "legend": "unccd-7", "years": { "2000": "lc0.tif", "2015": "lc1.tif" } },
          "productivity": { "kind": "series", "variable": "ndvi", "scale": 0.0001, "units": ["lc0.tif"], "years": { YEARS } },
          "soilCarbon": { "kind": "stocks", "years": { "2000": "soc0.tif", "2015": "soc1.tif" } },
          "uncertainty": UNCERTAINTY,
          "outputs": { "rasters": [], "tables": ["csv"] }
        }
        """;

    [Test]
    public void AnOrderIsARunOfTheYearsInThatOrder()
    {
        const int Orders = 3;
        using Workspace work = World(trend: 0);
        Dictionary<string, CsvLine> chance = Run(work, [.. Enumerable.Range(0, Years)],
            $"{{ \"orders\": {Orders}, \"seed\": 5 }}", "chance.csv")
            .ToDictionary(r => r.Key("period", "quantity"));
        string[] shown = ["degraded_pct_of_land", "degraded_change_pct_of_land"];
        List<CsvLine>[] runs = [.. Enumerable.Range(0, Orders).Select(n => Run(work, YearOrders.Of(5, n, Years), "null",
            "headline.csv"))];
        foreach (int period in new[] { 0, 1 })
        {
            foreach (string quantity in shown.Take(period + 1))
            {
                string[] expected = [.. runs.Select(r => r[period][quantity]).OrderBy(v => double.Parse(v,
                    CultureInfo.InvariantCulture))];
                CsvLine row = chance[$"{runs[0][period]["period"]}/{quantity}"];
                Assert.That(new[] { row["low"], row["median"], row["high"] }, Is.EqualTo(expected), row.Key("period",
                    "quantity"));
            }
        }

        Assert.That(chance.Values.Select(r => r["orders"]), Has.All.EqualTo("3"));
        string before = File.ReadAllText(work["result/headline.csv"]);
        Run(work, YearOrders.Of(5, Orders - 1, Years), "{ \"orders\": 2 }", "chance.csv");
        Assert.That(File.ReadAllText(work["result/headline.csv"]), Is.EqualTo(before),
            "no figure of the run itself depends on orders");
    }

    /// <summary>Noise lies inside its own band, a fall over all years outside: only that is a sign of a change.</summary>
    [TestCase(0, false)]
    [TestCase(-150, true)]
    public void OnlyATrendLiesOutsideTheBand(int trend, bool outside)
    {
        using Workspace work = World(trend);
        CsvLine row = Run(work, [.. Enumerable.Range(0, Years)], "{ \"orders\": 39 }", "chance.csv")
            .Single(r => r["period"] == "baseline" && r["quantity"] == "productivity_degraded_pct");
        Assert.That(row.Number("observed") > row.Number("high"), Is.EqualTo(outside));
        Assert.That(row["rank"] == "40", Is.EqualTo(outside));
        CsvLine figure = CsvRows.Read(work["result/firmness.csv"]).First(r => r["question"] == "figure");
        Assert.That(figure["not_tried"], Does.Not.Contain("chance"));
        Assert.That(figure["chance_low"], Is.Not.Empty);
        Assert.That(outside || figure["verdict"] == "open");
    }

    /// <summary>Of nine orders a figure outside them all is no rarity: it is told, and counts as untried.</summary>
    [Test]
    public void FewOrdersAreNoBand()
    {
        using Workspace work = World(-150);
        CsvLine row = Run(work, [.. Enumerable.Range(0, Years)], "{ \"orders\": 9 }", "chance.csv")
            .Single(r => r["period"] == "baseline" && r["quantity"] == "degraded_pct_of_land");
        Assert.That(row["rank"], Is.EqualTo("10"));
        CsvLine figure = CsvRows.Read(work["result/firmness.csv"]).First(r => r["question"] == "figure");
        Assert.That(
            (figure["chance_high"], figure["not_tried"]),
            Is.EqualTo((row["high"], "products;chance;sample;soil_error;resolution")));
        Assert.That(
            File.ReadAllText(work["result/provenance.json"]), Does.Contain("9 orders of the years make no band of 95 %"));
    }

    [TestCase("{ \"orders\": 1 }", "is not from 2 to 999")]
    [TestCase("{ \"seed\": 1 }", "none are asked")]
    [TestCase("{ \"orders\": 39, \"seed\": -1 }", "is below 0")]
    public void WhatDoesNotFitIsRefused(string uncertainty, string says)
    {
        using Workspace work = World(trend: 0);
        LdnResult result = LdnProcess.Run(work.Folder, ["compute", work.Text("job.json", Text([.. Enumerable.Range(0, Years)],
            uncertainty)), "--out", "result"]);
        Assert.That(result.Error, Does.Contain(says));
        Assert.That(result.ExitCode, Is.EqualTo(2), result.Error);
    }

    [Test]
    public void AReadyProductHasNoYearsToShuffle()
    {
        using var job = new SmallJob();
        LdnResult result = job.RunFile(SmallJob.JobFile.Insert(1, "\"uncertainty\": { \"orders\": 39 },"));
        Assert.That(result.Error, Does.Contain("a product without its series"));
        Assert.That(result.ExitCode, Is.EqualTo(2), result.Error);
    }

    private static Workspace World(int trend)
    {
        var work = new Workspace();
        var random = new Random(17);
        Grid grid = Workspace.Grid(Width, Height, 100, 50, 0.1);
        double[] Values(Func<int, double> value) => [.. Enumerable.Range(0, Width * Height).Select(value)];
        work.Raster("lc0.tif", grid, CellType.Byte, Values(i => 1 + (i % 3)), 0);
        work.Raster("lc1.tif", grid, CellType.Byte, Values(i => i % 17 == 0 ? 5 : 1 + (i % 3)), 0);
        work.Raster("soc0.tif", grid, CellType.Int16, Values(_ => 100), -32768);
        work.Raster("soc1.tif", grid, CellType.Int16, Values(i => 85 + (i % 31)), -32768);
        for (int y = 0; y < Years; y++)
            work.Raster(
                $"y{y}.tif", grid, CellType.Int16,
                Values(i => random.Next(40) == 0 ? -32768 : 4000 + (trend * y) + random.Next(-900, 900)), -32768);
        return work;
    }

    private static string Text(int[] order, string uncertainty) => Job
        .Replace("YEARS", string.Join(", ", order.Select((file, y) =>
            $"\"{FirstYear + y}\": \"y{file}.tif\""))).Replace("UNCERTAINTY", uncertainty);

    private static List<CsvLine> Run(Workspace work, int[] order, string uncertainty, string table)
    {
        LdnProcess.Run(work.Folder, ["compute", work.Text("job.json", Text(order, uncertainty)), "--out", "result",
            "--overwrite"]).Succeeded();
        return CsvRows.Read(work[$"result/{table}"]);
    }
}
