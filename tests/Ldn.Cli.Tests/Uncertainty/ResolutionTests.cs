using System.Globalization;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Uncertainty;

/// <summary>
/// The figure with coarser cells (firmness U6). Inputs: a run whose input files were brought to blocks beforehand, by a plain
/// loop; conditions: a plain loop over the rasters of the run. The grid has several slices and units and ends inside a block.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ResolutionTests
{
    private const int Width = 701, Height = 45;

    private const string Job = """
        {
          "name": "resolution",
          "periods": {
            "baseline": { "landCover": [2000, 2015], "productivity": [2000, 2015], "soilCarbon": [2000, 2015] },
            "report_1": { "landCover": [2015, 2019], "productivity": [2004, 2019], "soilCarbon": [2000, 2015] } },
          "landCover": { "legend": "unccd-7", "years": { "2000": "lc0.tif", "2015": "lc1.tif", "2019": "lc2.tif" } },
          "productivity": { "kind": "lpd", "periods": { "baseline": "lpd0.tif", "report_1": "lpd1.tif" } },
          "soilCarbon": { "kind": "stocks", "years": { "2000": "soc0.tif", "2015": "soc1.tif" } },
          "uncertainty": UNCERTAINTY,
          "zones": [ { "file": "zones.tif" } ],
          "outputs": { "rasters": ["indicator"], "tables": ["csv"] }
        }
        """;

    private static readonly string[] s_inputs = ["lc0", "lc1", "lc2", "lpd0", "lpd1", "soc0", "soc1"];
    private static readonly Grid s_grid = Workspace.Grid(Width, Height, 20, 10, 0.02);

    [Test]
    public void EachWayIsThatOfAPlainReference()
    {
        using Workspace work = World(flat: false, out Dictionary<string, double[]> inputs, out double[] zones);
        Run(work, "{ \"resolution\": [8, 2, 4] }").Succeeded();
        List<CsvLine> rows = CsvRows.Read(work["result/resolution.csv"]);
        Assert.That(rows, Has.Count.EqualTo(2 * 2 * 2 * 4));
        string before = File.ReadAllText(work["result/resolution.csv"]);
        List<CsvLine> headline = CsvRows.Read(work["result/headline.csv"]);
        Assert.That(CsvRows.Read(work["result/firmness.csv"])[0]["not_tried"], Does.Not.Contain("resolution"));
        foreach (CsvLine row in headline)
            foreach (string way in new[] { "inputs", "condition" })
                Assert.That(Figure(rows, row, 1, way), Is.EqualTo(row["degraded_pct_of_land"]), "1 is the run");
        double[][] indicator = [
            Workspace.Read(work["result/baseline_indicator.tif"]).Values,
            Workspace.Read(work["result/report_1_indicator.tif"]).Values];
        foreach (int factor in new[] { 2, 4, 8 })
        {
            double[][] coarse = [.. indicator.Select((of, p) => Blocks(
                [.. of.Select((v, i) => inputs[p == 0 ? "lc0" : "lc1"][i] == 7 ? 4 : v)], factor))];
            foreach (CsvLine row in headline)
                Assert.That(
                    double.Parse(Figure(rows, row, factor, "condition"), CultureInfo.InvariantCulture),
                    Is.EqualTo(Share(coarse, zones, row)).Within(0.02), row.Key("zone_id", "period") + factor);
            foreach ((string name, double[] values) in inputs)
                Write(work, name, Blocks(values, factor));
            Run(work, "null", "--overwrite").Succeeded();
            foreach (CsvLine row in CsvRows.Read(work["result/headline.csv"]))
                Assert.That(
                    Figure(rows, row, factor, "inputs"), Is.EqualTo(row["degraded_pct_of_land"]),
                    row.Key("zone_id", "period") + factor);
            foreach ((string name, double[] values) in inputs)
                Write(work, name, values);
        }

        Assert.That(rows.Select(r => r["degraded_pct_of_land"]).Distinct().Count(), Is.GreaterThan(16), "nothing moved");
        Run(work, "{ \"resolution\": [8, 2, 4] }", "--overwrite", "--threads", "1").Succeeded();
        Assert.That(File.ReadAllText(work["result/resolution.csv"]), Is.EqualTo(before), "the same bytes for any threads");
    }

    /// <summary>
    /// Blocks that a zone cuts hold cells of no zone too: of these, others than zones touch are read.
    /// </summary>
    [Test]
    public void BlocksAtTheEdgeOfAZoneTakeAllTheirCells()
    {
        const int first = 5, end = 42, factor = 8;
        using Workspace work = World(flat: false, out Dictionary<string, double[]> inputs, out double[] zones);
        work.Raster(
            "zones.tif", s_grid, CellType.Byte, [.. zones.Select((z, i) => i / Width is >= first and < end ? z : 0)], 0);
        foreach (string name in inputs.Keys)
        {
            LdnProcess.Tool(
                work.Folder, "gdal_translate", "-q", "-co", "BLOCKYSIZE=1", $"{name}.tif", "rows.tif").Succeeded();
            File.Move(work["rows.tif"], work[$"{name}.tif"], overwrite: true);
        }

        Run(work, "{ \"resolution\": [8] }", "--extent", "full").Succeeded();
        List<CsvLine> rows = CsvRows.Read(work["result/resolution.csv"]);
        foreach ((string name, double[] values) in inputs)
            Write(work, name, Blocks(values, factor));
        Run(work, "null", "--extent", "full", "--overwrite").Succeeded();
        foreach (CsvLine row in CsvRows.Read(work["result/headline.csv"]))
            Assert.That(
                Figure(rows, row, factor, "inputs"), Is.EqualTo(row["degraded_pct_of_land"]), row.Key("zone_id", "period"));
    }

    [Test]
    public void ConstantFieldsAreFlat()
    {
        using Workspace work = World(flat: true, out _, out _);
        Run(work, "{ \"resolution\": [2, 4, 8] }").Succeeded();
        foreach (var zone in CsvRows.Read(work["result/resolution.csv"]).GroupBy(r => r.Key("zone_id", "period")))
            Assert.That(zone.Select(r => r["degraded_pct_of_land"]).Distinct().Count(), Is.EqualTo(1), zone.Key);
    }

    [Test]
    public void OtherFactorsAreRefused()
    {
        using Workspace work = World(flat: true, out _, out _);
        LdnResult result = Run(work, "{ \"resolution\": [2, 3] }");
        Assert.That(result.Error, Does.Contain("uncertainty.resolution 3 cannot be tried"));
        Assert.That(result.ExitCode, Is.EqualTo(2));
    }

    private static string Figure(List<CsvLine> rows, CsvLine of, int factor, string way) => rows.Single(r =>
        r["zone_id"] == of["zone_id"] && r["period"] == of["period"] && r.Number("factor") == factor && r["way"] == way)
        ["degraded_pct_of_land"];

    /// <summary>Most frequent value above 0 of each block, the first met of those as frequent, given to all its cells.</summary>
    private static double[] Blocks(double[] values, int factor)
    {
        var coarse = new double[values.Length];
        for (int row = 0; row < Height; row += factor)
        {
            for (int column = 0; column < Width; column += factor)
            {
                int[] cells = [
                    .. from r in Enumerable.Range(row, Math.Min(factor, Height - row))
                       from c in Enumerable.Range(column, Math.Min(factor, Width - column))
                       select (r * Width) + c];
                double mode = cells.Select(c => values[c]).Where(v => v > 0).GroupBy(v => v)
                    .OrderByDescending(g => g.Count()).Select(g => g.Key).FirstOrDefault();
                foreach (int cell in cells)
                    coarse[cell] = mode;
            }
        }

        return coarse;
    }

    private static double Share(double[][] states, double[] zones, CsvLine row)
    {
        int zone = (int)row.Number("zone_id");
        bool isBaseline = row["period"] == "baseline";
        int degraded = 0, land = 0;
        for (int i = 0; i < zones.Length; i++)
        {
            double from = states[0][i], to = isBaseline ? from : states[1][i];
            if (zones[i] != zone || from == 4 || to == 4)
                continue;
            land++;
            if (isBaseline ? to == 1 : from > 0 && (to == 1 || (from == 1 && to == 2)))
                degraded++;
        }

        return 100.0 * degraded / land;
    }

    private static Workspace World(bool flat, out Dictionary<string, double[]> inputs, out double[] zones)
    {
        var work = new Workspace();
        var random = new Random(23);
        double[] Values(Func<int, double> value) => [.. Enumerable.Range(0, Width * Height).Select(value)];
        double[] Of(Func<double> value) => flat ? Values(_ => 3) : Values(_ => value());
        inputs = s_inputs.ToDictionary(name => name, name => name.StartsWith("soc", StringComparison.Ordinal)
            ? Of(() => random.Next(20) == 0 ? 0 : 80 + (4 * random.Next(8)))
            : name.StartsWith("lpd", StringComparison.Ordinal) ? Of(() => random.Next(6))
            : Of(() => random.Next(12) switch { 0 => 7, 1 => 0, 2 => 5, var v => 1 + (v % 3) }));
        zones = Values(i => i % Width < 333 ? 1 : 2);
        work.Raster("zones.tif", s_grid, CellType.Byte, zones, 0);
        foreach ((string name, double[] values) in inputs)
            Write(work, name, values);
        return work;
    }

    private static void Write(Workspace work, string name, double[] values) => work.Raster(
        $"{name}.tif", s_grid, name.StartsWith("soc", StringComparison.Ordinal) ? CellType.Int16 : CellType.Byte, values, 0);

    private static LdnResult Run(Workspace work, string uncertainty, params string[] more) => LdnProcess.Run(
        work.Folder,
        ["compute", work.Text("job.json", Job.Replace("UNCERTAINTY", uncertainty)), "--out", "result", .. more]);
}
