using System.Globalization;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Uncertainty;

/// <summary>
/// What docs/firmness.md says that noise alone comes to: 16 independent years around one mean, normally distributed; 16,000
/// cells.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class NoiseTests
{
    private const int Side = 127, Years = 16;

    [TestCase(0.005, 2)]
    [TestCase(0.02, 19)]
    [TestCase(0.1, 25)]
    public void NoiseComesOutAsDegraded(double deviation, double percent)
    {
        using var work = new Workspace();
        Grid grid = Workspace.Grid(Side, Side, 100, 48, 0.01);
        var random = new Random(7);
        string[] series = [.. Enumerable.Range(2000, Years).Select(year => work.Raster(
            $"ndvi{year}.tif", grid, CellType.Float32,
            [.. Enumerable.Range(0, Side * Side).Select(_ => 0.5 + (deviation * Normal(random)))], double.NaN))];
        string units = work.Raster("units.tif", grid, CellType.Byte, [.. Enumerable.Repeat(1.0, Side * Side)], 0);
        Assert.That(
            InProcess.Run(work,
                ["productivity", "--series", .. series, "--years", "2000-2015", "--units", units, "--rasters", "none", "--tables",
                    "csv", "--out", "result"]),
            Is.Zero);
        Assert.That(
            CsvRows.Read(work["result/headline.csv"]).Single().Number("degraded_pct_of_land"), Is.EqualTo(percent).Within(1));
        string page = File.ReadAllText(Path.Combine(Ldn.Tests.TestData.Root, "docs", "firmness.md"));
        Assert.That(page, Does.Contain(
            string.Create(CultureInfo.InvariantCulture, $"{deviation}<!-- given: NoiseTests -->: {percent} %")));
    }

    /// <summary>Box and Muller's cosine.</summary>
    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
