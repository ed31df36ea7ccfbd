using Ldn.Rasters;
using MathNet.Numerics.Distributions;

namespace Ldn.Cli.Tests.Uncertainty;

/// <summary>Uncertain factors of a stock that follows from land cover (firmness U5), against figures by hand.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class FactorErrorTests
{
    private const int Width = 40, Height = 25;

    private const string Job = """
        {
          "name": "factors",
          "periods": {
            "baseline": { "landCover": [2000, 2015], "productivity": [2000, 2015], "soilCarbon": [2000, 2015] } },
          "landCover": { "legend": "unccd-7", "years": { "2000": "lc0.tif", "2015": "lc1.tif" } },
          "productivity": { "kind": "lpd", "periods": { "baseline": "lpd.tif" } },
          "soilCarbon": { "kind": "reference", "reference": "soc.tif", "referenceYear": 2000, "factor": 0.8,
            "factors": "factors.csv" },
          "outputs": { "rasters": [], "tables": ["csv"] }
        }
        """;

    // Eight of twenty years act: a change degrades where 0.4 (1 − F) > 0.1, that is F < 0.75.
    private static readonly (int From, int To, double Factor, double? Error)[] s_factors =
        [(1, 3, 0.4, 60), (2, 3, 0.7, 40), (3, 1, 0.8, 20), (3, 2, 0.5, null)];

    private static readonly Grid s_grid = Workspace.Grid(Width, Height, 20, 0.25, 0.01);

    [Test]
    public void TransitionsFlipAsAWhole()
    {
        using Workspace work = World(s_factors, out int[] counts);
        Run(work).Succeeded();
        List<CsvLine> transitions = CsvRows.Read(work["result/soil_transitions.csv"]);
        Assert.That(transitions.Select(t => t.Key("from_class", "to_class", "steps")),
            Is.EqualTo(new[] { "1/3/8", "2/3/8", "3/1/8" }), "a factor without an error is not uncertain");
        foreach ((CsvLine row, (_, _, double factor, double? error)) in transitions.Zip(s_factors))
        {
            double z = (0.75 - factor) / (factor * error!.Value / 200);
            Assert.That(row.Number("probability"), Is.EqualTo(Normal.CDF(0, 1, z)).Within(1e-6));
            Assert.That(row.Number("factor"), Is.EqualTo(factor));
        }

        // As they are: trees and grass to cropland, and cropland to grass, whose factor is certain. At 1.96 deviations grass to
        // cropland leaves them, or cropland to trees joins them.
        double all = counts.Sum(), now = counts[0] + counts[1] + counts[3];
        CsvLine interval = CsvRows.Read(work["result/soil_error.csv"]).Single();
        Assert.That(interval["rho"], Is.Empty);
        Assert.That(CsvRows.Read(work["result/headline.csv"])[0].Number("degraded_pct_of_land"),
            Is.EqualTo(100 * now / all).Within(0.001));
        Assert.That(interval.Number("low"), Is.EqualTo(100 * (now - counts[1]) / all).Within(0.001));
        Assert.That(interval.Number("high"), Is.EqualTo(100 * (now + counts[2]) / all).Within(0.001));
        CsvLine figure = CsvRows.Read(work["result/firmness.csv"])[0];
        Assert.That(figure.Number("soil_high"), Is.EqualTo(interval.Number("high")).Within(1e-6));
        Assert.That(figure["not_tried"], Does.Not.Contain("soil_error"));
    }

    [Test]
    public void WithoutErrorsNothingIsAssessed()
    {
        using Workspace work = World([.. s_factors.Select(f => f with { Error = null })], out _);
        Run(work).Succeeded();
        Assert.That(File.Exists(work["result/soil_error.csv"]), Is.False);
        Assert.That(CsvRows.Read(work["result/firmness.csv"])[0]["not_tried"], Does.Contain("soil_error"));
    }

    [Test]
    public void AnErrorBelowZeroIsRefused()
    {
        using Workspace work = World([(1, 3, 0.4, -5)], out _);
        LdnResult result = Run(work);
        Assert.That(result.Error, Does.Contain("two standard deviations"));
        Assert.That(result.ExitCode, Is.EqualTo(2));
    }

    private static LdnResult Run(Workspace work) =>
        LdnProcess.Run(work.Folder, ["compute", work.Text("job.json", Job), "--out", "result"]);

    private static Workspace World((int From, int To, double Factor, double? Error)[] factors, out int[] counts)
    {
        var work = new Workspace();
        double[] Values(Func<int, double> value) => [.. Enumerable.Range(0, Width * Height).Select(value)];
        int Which(int i) => i % 23 == 0 ? 0 : i % 19 == 0 ? 1 : i % 17 == 0 ? 2 : i % 13 == 0 ? 3 : 4;
        work.Raster("lc0.tif", s_grid, CellType.Byte, Values(i => Which(i) is < 4 and var w ? s_factors[w].From : 2), 0);
        work.Raster("lc1.tif", s_grid, CellType.Byte, Values(i => Which(i) is < 4 and var w ? s_factors[w].To : 2), 0);
        work.Raster("lpd.tif", s_grid, CellType.Byte, Values(_ => 4), 0);
        work.Raster("soc.tif", s_grid, CellType.Int16, Values(i => 30 + (i % 50)), -32768);
        counts = [.. Enumerable.Range(0, 5).Select(w => Enumerable.Range(0, Width * Height).Count(i => Which(i) == w))];
        var csv = new List<string> { "from,to,factor,error_pct" };
        for (int from = 1; from <= 7; from++)
            for (int to = 1; to <= 7; to++)
                csv.Add(Array.Find(factors, f => f.From == from && f.To == to) is { From: > 0 } known
                    ? FormattableString.Invariant($"{from},{to},{known.Factor},{known.Error}") : $"{from},{to},1,");
        work.Text("factors.csv", string.Join('\n', csv) + "\n");
        return work;
    }
}
