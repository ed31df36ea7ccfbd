using Ldn.Cli.Tests.BadInput;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Inputs;

/// <summary>
/// Grids as products have them: not on Earth, half a cell beside each other, a meridian twice, without a word of their system
/// (method §9).
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class GridTests
{
    [TestCase(500000, 4600000, 100, "-a_srs")]
    [TestCase(46, 101, 0.1, "exchanged")]
    [TestCase(100, 95, 0.1, "not on Earth")]
    [TestCase(900, 50, 0.1, "not on Earth")]
    public void GridsThatAreNotOnEarthAreRefused(double west, double north, double cell, string word)
    {
        using var job = new SmallJob();
        job.Work.Raster(
            "lc0.tif", Workspace.Grid(40, 30, west, north, cell), CellType.Byte, SmallJob.Values(SmallJob.CoverBefore), 0);
        job.Run().Refused(job, ExitCode.Input, "lc0.tif", "on Earth", word);
        LdnResult info = LdnProcess.Run(job.Work.Folder, ["info", "lc0.tif"]);
        Refusal.Said(info, ExitCode.Input, "on Earth");
    }

    /// <summary>
    /// Every row and column of the shifted layer has a number of its own, and each but those at the rim is used once: as gdalwarp
    /// -r near does.
    /// </summary>
    [TestCase(360, 0, 0.5)]
    [TestCase(360, 0.5, 0)]
    [TestCase(240, 0.5, 0.5)]
    [TestCase(1200, -0.5, -0.5)]
    public void HalfACellBesideEachIsUsedOnce(int perDegree, double right, double down)
    {
        using var job = new SmallJob();
        const int n = 120;
        double cell = 1.0 / perDegree;
        Grid grid = Workspace.Grid(n, n, 100, 46, cell);
        Grid shifted = grid with { OriginX = 100 + (right * cell), OriginY = 46 - (down * cell) };
        foreach (string cover in new[] { "lc0.tif", "lc1.tif" })
            job.Work.Raster(cover, grid, CellType.Byte, [.. Enumerable.Repeat(1.0, n * n)], 0);
        job.Work.Raster("lpd.tif", grid, CellType.Byte, [.. Enumerable.Repeat(4.0, n * n)], 0);
        foreach (string stock in new[] { "soc0.tif", "soc1.tif" })
            job.Work.Raster(stock, grid, CellType.Int16, [.. Enumerable.Repeat(50.0, n * n)], -1);
        job.Work.Raster("rows.tif", shifted, CellType.UInt16, [.. Enumerable.Range(0, n * n).Select(i => 1.0 + (i / n))], 0);
        job.Work.Raster("columns.tif", shifted, CellType.UInt16, [.. Enumerable.Range(0, n * n).Select(i => 1.0 + (i % n))], 0);
        string text = SmallJob.JobFile.Replace("""[ { "file": "zones.geojson", "id": "iso3", "name": "name" } ]""", "[]", StringComparison.Ordinal).Replace("\"rules\"", """
            "strata": { "categories": [ { "file": "rows.tif", "name": "rows" }, { "file": "columns.tif", "name": "columns" } ] },
              "rules"
            """, StringComparison.Ordinal);
        LdnResult result = job.RunFile(text).Succeeded();
        Assert.That(result.Error, Does.Contain("half a cell beside"));
        foreach ((string layer, double shift) in new[] { ("rows", down), ("columns", right) })
        {
            var uses = CsvRows.Read(job["result/categories.csv"])
                .Where(r => r["layer"] == layer && r["category"].All(char.IsDigit) && r.Pixels > 0)
                .GroupBy(r => r["category"]).ToDictionary(g => int.Parse(g.Key), g => g.Sum(r => r.Pixels));
            int lost = shift == 0 ? 0 : shift < 0 ? 1 : 0;
            Assert.That(uses.Keys.Order(), Is.EqualTo(Enumerable.Range(1 + lost, n - lost)), layer);
            Assert.That(uses.Values.Distinct().Count(), Is.EqualTo(1), layer);
        }
    }

    /// <summary>
    /// 361 columns of a degree: the area is that of 360, for the run's own grid as for a layer of counts; so for half degrees,
    /// from Greenwich, and for more columns than one too many.
    /// </summary>
    [TestCase(360, -180.5, 1)]
    [TestCase(720, -180.25, 1)]
    [TestCase(360, -0.5, 1)]
    [TestCase(360, -180, 4)]
    public void TheRepeatedMeridianCountsOnce(int round, double west, int more)
    {
        using var job = new SmallJob();
        Grid once = Workspace.Grid(round, 20, west, 10, 360.0 / round), twice = once with { Width = round + more };
        foreach ((string folder, Grid grid) in new[] { ("once", once), ("twice", twice) })
        {
            Directory.CreateDirectory(job[folder]);
            double[] All(double value) => [.. Enumerable.Repeat(value, grid.Width * grid.Height)];
            job.Work.Raster($"{folder}/lc0.tif", grid, CellType.Byte, All(1), 0);
            job.Work.Raster(
                $"{folder}/lc1.tif", grid, CellType.Byte,
                [.. Enumerable.Range(0, grid.Width * grid.Height).Select(i => i % grid.Width % round < 90 ? 2.0 : 1)], 0);
            job.Work.Raster($"{folder}/lpd.tif", grid, CellType.Byte, All(4), 0);
            job.Work.Raster($"{folder}/soc0.tif", grid, CellType.Int16, All(50), -1);
            job.Work.Raster($"{folder}/soc1.tif", grid, CellType.Int16, All(50), -1);
            job.Work.Raster($"{folder}/people.tif", grid, CellType.Float32, All(7), -1);
            job.Work.Text($"{folder}/job.json", SmallJob.JobFile.Replace("""[ { "file": "zones.geojson", "id": "iso3", "name": "name" } ]""", "[]", StringComparison.Ordinal)
                .Replace("\"rules\"", """
                "strata": { "population": { "2015": { "total": "people.tif" } } },
                  "rules"
                """, StringComparison.Ordinal));
            LdnResult result = LdnProcess.Run(job[folder], ["compute", "job.json", "--out", "result"]).Succeeded();
            Assert.That(result.Error.Contains("more than once round the Earth"), Is.EqualTo(folder == "twice"));
        }

        foreach (string table in new[] { "summary.csv", "population.csv" })
            Assert.That(
                File.ReadAllText(job[$"twice/result/{table}"]), Is.EqualTo(File.ReadAllText(job[$"once/result/{table}"])), table);
    }
}
