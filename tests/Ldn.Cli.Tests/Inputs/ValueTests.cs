using System.Globalization;
using Ldn.Cli.Tests.BadInput;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Inputs;

/// <summary>Values that cannot be, likely fills, and conditions whose encoding their values tell (method §1).</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ValueTests
{
    /// <summary>
    /// 1, 2, 3 under any cell type is what the program itself writes; a mask of data types must not change a figure.
    /// </summary>
    [TestCase(CellType.Byte, 1, 0)]
    [TestCase(CellType.Float32, 1, 0)]
    [TestCase(CellType.Int32, 1, 0)]
    [TestCase(CellType.Float64, 1, -9999)]
    [TestCase(CellType.Int16, -1, -32768)]
    [TestCase(CellType.SByte, -1, -128)]
    [TestCase(CellType.Float32, -1, -9999)]
    public void ConditionsAreToldByTheirValues(CellType type, int first, double noData)
    {
        using var work = new Workspace();
        Grid grid = Workspace.Grid(60, 50, 100, 46, 0.01);
        double Condition(int i) => i % 60 < 5 && i < 600 ? noData : first + (i * 7 % 3);
        work.Raster("c.tif", grid, type, [.. Enumerable.Range(0, 3000).Select(Condition)], noData);
        LdnProcess.Run(work.Folder, ["summarize", "--condition", "c.tif", "--out", "o"]).Succeeded();
        Dictionary<string,
        long> pixels = CsvRows.Read(work["o/summary.csv"]).Where(r => r["indicator"] == "sdg_15_3_1")
            .ToDictionary(r => r["class"], r => r.Pixels);
        int[] cells = [.. Enumerable.Range(0, 3000).Where(i => Condition(i) != noData).Select(i => (int)Condition(i) - first)];
        Assert.That(pixels["degraded"], Is.EqualTo(cells.Count(c => c == 0)));
        Assert.That(pixels["stable"], Is.EqualTo(cells.Count(c => c == 1)));
        Assert.That(pixels["improved"], Is.EqualTo(cells.Count(c => c == 2)));
        Assert.That(pixels["no_data"], Is.EqualTo(50));
    }

    /// <summary>The value that tells may be the last of the file; a 0 that nobody declared is no data beside 2 and 3.</summary>
    [Test]
    public void ConditionsMayTellLate()
    {
        using var work = new Workspace();
        Grid grid = Workspace.Grid(600, 600, 100, 46, 0.01);
        work.Raster(
            "c.tif", grid, CellType.Float32, [.. Enumerable.Range(0, 360000).Select(i => i == 359999 ? 3.0 : i % 2)], -1e9);
        LdnProcess.Run(work.Folder, ["summarize", "--condition", "c.tif", "--out", "o"]).Succeeded();
        Dictionary<string,
        long> pixels = CsvRows.Read(work["o/summary.csv"]).Where(r => r["indicator"] == "sdg_15_3_1")
            .ToDictionary(r => r["class"], r => r.Pixels);
        Assert.That((pixels["degraded"], pixels["improved"], pixels["no_data"]), Is.EqualTo((179999L, 1L, 180000L)));
    }

    [Test]
    public void OnlyOnesAreAskedFor()
    {
        using var work = new Workspace();
        work.Raster("c.tif", Workspace.Grid(40, 30, 100, 46, 0.01), CellType.Float32, [.. Enumerable.Repeat(1.0, 1200)], 0);
        LdnResult refused = LdnProcess.Run(work.Folder, ["summarize", "--condition", "c.tif", "--out", "o"]);
        Refusal.Said(refused, ExitCode.Input, "--condition-encoding byte", "--condition-encoding signed");
        foreach ((string encoding, string condition) in new[] { ("byte", "degraded"), ("signed", "improved") })
        {
            LdnProcess.Run(
                work.Folder,
                ["summarize", "--condition", "c.tif", "--condition-encoding", encoding, "--out", "o", "--overwrite"]).Succeeded();
            Assert.That(
                CsvRows.Read(work["o/summary.csv"]).Single(r => r["indicator"] == "sdg_15_3_1" && r["class"] == condition).Pixels,
                Is.EqualTo(1200));
        }
    }

    /// <summary>A mixture of the encodings, and what is neither: never as no data, whatever is asked.</summary>
    [TestCase(-1, 3)]
    [TestCase(1, 4)]
    [TestCase(2, -1)]
    public void MixedConditionsAreRefused(int one, int other)
    {
        using var work = new Workspace();
        double[] cells = [
            .. Enumerable.Range(0, 1200).Select(i => (double)(i == 700 ? other : i % 3 == 0 ? one : one == 1 ? 2 : one))];
        work.Raster("c.tif", Workspace.Grid(40, 30, 100, 46, 0.01), CellType.Float32, cells, -9);
        foreach (string[] extra in new[] { Array.Empty<string>(), ["--unmapped", "nodata"] })
        {
            LdnResult refused = LdnProcess.Run(work.Folder, ["summarize", "--condition", "c.tif", "--out", "o", .. extra]);
            Refusal.Said(refused, ExitCode.Input, "1 degraded, 2 stable, 3 improved", "-1 degraded, 0 stable, 1 improved");
            Assert.That(refused.Error, Does.Not.Contain("--unmapped"));
        }
    }

    [TestCase("aridity.tif", "aridity", 9876, "gdal_translate -a_scale 0.0001")]
    [TestCase("aridity.tif", "aridity", -0.5, "--nodata aridity=-0.5")]
    [TestCase("spi.tif", "drought", -32768, "--nodata drought=-32768")]
    [TestCase("spi.tif", "drought", 150, "standardised index")]
    public void ImpossibleIndicesAreRefused(string file, string option, double bad, string remedy)
    {
        using var job = new SmallJob();
        job.Work.Raster("aridity.tif", SmallJob.Grid, CellType.Float32, SmallJob.Values((c, r) => 0.02 * (c + r)), -9999);
        job.Work.Raster("spi.tif", SmallJob.Grid, CellType.Float32, SmallJob.Values((c, r) => 0.1 * (c - r)), -9999);
        string text = SmallJob.JobFile.Replace("\"rules\"", """
            "strata": { "aridity": "aridity.tif", "drought": { "2010": "spi.tif" } },
              "rules"
            """, StringComparison.Ordinal);
        job.RunFile(text).Succeeded();
        job.Spoil(file, CellType.Float32, (_, _) => 0.4, -9999, bad);
        LdnResult refused = job.RunFile(text, "--overwrite");
        Refusal.Said(
            refused, ExitCode.Input, file, bad.ToString("R", CultureInfo.InvariantCulture) + " (1 pixels)", "km2", remedy);
        job.RunFile(text, "--overwrite", "--nodata", $"{option}={bad.ToString("R", CultureInfo.InvariantCulture)}").Succeeded();
    }

    /// <summary>Outside the zones a value is nothing to anybody.</summary>
    [Test]
    public void ImpossibleValuesOutsideTheZonesAreLeftAlone()
    {
        using var job = new SmallJob();
        job.Work.Zones("zones.geojson", [(SmallJob.Properties("MNG", "Mongolia"), Workspace.Rectangle(102, 47, 104, 50))]);
        job.Spoil("soc0.tif", CellType.Int16, (_, _) => 100, -32768, -5);
        job.Run().Succeeded();
    }

    [Test]
    public void InfiniteStockNamesItsFileAndItsRemedyWorks()
    {
        using var job = new SmallJob();
        job.Spoil("soc0.tif", CellType.Float32, (_, _) => 100, -9999, double.PositiveInfinity);
        job.Run().Refused(job, ExitCode.Input, "soc0.tif", "Infinity (1 pixels)", "--nodata soc=Infinity");
        job.Run("--nodata", "soc=inf").Succeeded();
    }

    /// <summary>A fill beyond what fixed point holds is told like any other, and outside the zones is nobody's.</summary>
    [TestCase(1e20, CellType.Float32)]
    [TestCase(2147484, CellType.Int32)]
    [TestCase(3e6, CellType.Float64)]
    public void HugeStockNamesItsFileAndItsRemedyWorks(double fill, CellType type)
    {
        using var job = new SmallJob();
        job.Spoil("soc1.tif", type, (c, r) => 80 + ((c * r) % 41), -9999, fill);
        LdnResult refused = job.Run();
        refused.Refused(job, ExitCode.Input, "soc1.tif", "(1 pixels)", "km2", "--nodata soc=");
        string told = refused.Error.Split("--nodata soc=")[1].Split([' ', '\n', ';'])[0];
        job.Run("--nodata", $"soc={told}").Succeeded();
        job.Work.Zones("zones.geojson", [(SmallJob.Properties("MNG", "Mongolia"), Workspace.Rectangle(102, 47, 104, 50))]);
        job.Run("--overwrite").Succeeded();
    }

    [Test]
    public void LayersThatFitAnotherLegendAreSaidTo()
    {
        using var job = new SmallJob();
        job.Flags["--lpd"] = "esa.tif";
        job.Work.Raster("esa.tif", SmallJob.Grid, CellType.Byte, SmallJob.Values((c, _) => c % 2 == 0 ? 130 : 210), 0);
        job.Run().Refused(job, ExitCode.Input, "esa.tif", "legend esa-cci");
        job.Flags["--lpd"] = "lpd.tif";
        job.Flags["--legend"] = "esa-cci";
        job.Work.Raster("lc0.tif", SmallJob.Grid, CellType.Byte, SmallJob.Values((c, _) => 1 + (c % 16)), 0);
        job.Work.Raster("lc1.tif", SmallJob.Grid, CellType.Byte, SmallJob.Values((c, _) => 1 + (c % 16)), 0);
        job.Run().Refused(job, ExitCode.Input, "legend igbp");
    }

    /// <summary>
    /// A series in whole numbers × 10,000: the factor forgotten, and a fill that nobody declared, inside the range and beyond it.
    /// </summary>
    [TestCase(CellType.UInt16, 65535, true)]
    [TestCase(CellType.Int16, 32767, true)]
    [TestCase(CellType.Int16, -3000, false)]
    [TestCase(CellType.Int16, -9999, false)]
    [TestCase(CellType.Int32, -3000, false)]
    public void FillsOfASeriesAreFound(CellType type, int fill, bool impossible)
    {
        using Workspace work = Series(type, (year, cell) => cell % 40 < 5 ? fill : 4000 + (100 * year) + cell);
        string[] scaled = [.. s_series, "--scale", "0.0001"];
        LdnResult result = LdnProcess.Run(work.Folder, scaled);
        if (impossible)
            Refusal.Said(result, ExitCode.Input, "2001.tif", "(150 pixels)", "--scale 0.0001", $"--nodata productivity={fill}");
        else
        {
            Assert.That(
                result.Succeeded().Error,
                Does.Contain("in every year in 150 cells").And.Contain($"--nodata productivity={fill}"));
            Assert.That(File.ReadAllText(work["o/summary.json"]), Does.Contain("in every year in 150 cells"));
        }

        LdnResult declared = LdnProcess.Run(work.Folder, [.. scaled, "--overwrite", "--nodata", $"productivity={fill}"])
            .Succeeded();
        Assert.That(declared.Error, Does.Not.Contain("fill"));
        Assert.That(
            CsvRows.Read(work["o/summary.csv"]).Single(r => r["indicator"] == "productivity" && r["class"] == "no_data").Pixels,
            Is.EqualTo(150));
    }

    [Test]
    public void ForgottenScaleOfASeriesIsRefused()
    {
        using Workspace work = Series(CellType.UInt16, (year, cell) => 4000 + (100 * year) + cell);
        Refusal.Said(LdnProcess.Run(work.Folder, s_series), ExitCode.Input, "2001.tif", "vegetation index", "--scale 0.0001");
        LdnProcess.Run(work.Folder, [.. s_series, "--scale", "0.0001"]).Succeeded();
    }

    /// <summary>Bare ground at 0 in every year is a value.</summary>
    [Test]
    public void ConstantZeroIsNoFill()
    {
        using Workspace work = Series(CellType.Int16, (year, cell) => cell % 40 < 5 ? 0 : 4000 + (100 * year) + cell);
        Assert.That(LdnProcess.Run(work.Folder, [.. s_series, "--scale", "0.0001"]).Succeeded().Error, Does.Not.Contain("fill"));
    }

    [Test]
    public void StocksInAnotherUnitAreDoubted()
    {
        using var job = new SmallJob();
        job.Spoil("soc0.tif", CellType.Int16, (_, _) => 100, -32768, 1500);
        Assert.That(job.Run().Succeeded().Error, Does.Contain("more than 1000 in 1 cells").And.Contain("kg/m2"));
    }

    private static readonly string[] s_series =
        ["productivity", "--years", "2001-2010", "--units", "units.tif", "--min-years", "8", "--no-progress", "--out", "o", "--series", .. Enumerable.Range(2001, 10).Select(y => $"{y}.tif")];

    private static Workspace Series(CellType type, Func<int, int, double> value)
    {
        var work = new Workspace();
        Grid grid = Workspace.Grid(40, 30, 100, 46, 0.01);
        for (int year = 0; year < 10; year++)
            work.Raster(
                $"{2001 + year}.tif", grid, type, [.. Enumerable.Range(0, 1200).Select(i => value(year, i))],
                type == CellType.UInt16 ? 65534 : -32000);
        work.Raster("units.tif", grid, CellType.Byte, [.. Enumerable.Repeat(1.0, 1200)], 0);
        return work;
    }
}
