using Ldn.Csv;
using Ldn.Lanes;
using Ldn.Productivity;
using Ldn.Rasters;
using MathNet.Numerics.Statistics;

namespace Ldn.Tests.Productivity;

internal sealed class AnnualIntegrationTests
{
    [TestCase("A2001033", "2001-02-02")]
    [TestCase("A2000366", "2000-12-31")]
    [TestCase("A2001366", null)]
    [TestCase("MOD13Q1.A2004017.h18v04.006.2015154132023.hdf", "2004-01-17")]
    [TestCase("NDVI_2010-07-12.tif", "2010-07-12")]
    [TestCase("2010_07_12", "2010-07-12")]
    [TestCase("ndvi.2010.07.12.tif", "2010-07-12")]
    [TestCase("S2_20190228_T30.tif", "2019-02-28")]
    [TestCase("20190229", null)]
    [TestCase("2019-01-01_2019-01-16", "2019-01-01")]
    [TestCase("ndvi_1999-11.tif", "1999-11-01")]
    [TestCase("2019-13", null)]
    [TestCase("MOD13Q1.006__250m_16_days_NDVI_doy2001033_aid0001.tif", "2001-02-02")]
    [TestCase("MOD13Q1_NDVI_2001_033.tif", "2001-02-02")]
    [TestCase("NDVI_2001033.tif", "2001-02-02")]
    [TestCase("c_gls_NDVI_200102020000_GLOBE_PROBAV_V2.2.1.nc", "2001-02-02")]
    [TestCase("ndvi_20010202123059", "2001-02-02")]
    [TestCase("MYD13Q1_NDVI_2001_366.tif", null)]
    [TestCase("tile_2051_033.tif", null)]
    [TestCase("NDVI 2001-02-02", "2001-02-02")]
    [TestCase("band 7", null)]
    [TestCase("123456789", null)]
    public void DatesInNames(string name, string? expected) =>
        Assert.That(LayerDates.Find(name)?.ToString("yyyy-MM-dd"), Is.EqualTo(expected));

    [Test]
    public void LayersWithoutDateOrWithTheSameAreNamed() => Assert.Multiple(() =>
    {
        Assert.That(Error(() => LayerDates.FromNames(["A2001001", "second"])), Does.Contain("layer 2 'second': no date"));
        Assert.That(Error(() => LayerDates.FromNames(["A2001001", "2001-01-01"])),
            Does.Contain("'A2001001' and '2001-01-01' have the same date 2001-01-01"));
    });

    [Test]
    public void DatesFromATable()
    {
        CsvTable Table(string rows) => CsvTable.Parse("layer,date\n" + rows, "dates.csv", "layer", "date");
        Assert.That(LayerDates.FromTable(Table("b,2001-01-17\n1,20010101\n"), ["a", "b"]),
            Is.EqualTo(new DateOnly[] { new(2001, 1, 1), new(2001, 1, 17) }));
        Assert.Multiple(() =>
        {
            Assert.That(
                Error(() => LayerDates.FromTable(Table("c,2001-01-01\n"), ["a"])),
                Does.Contain("'c' is not a layer's name or number 1…1"));
            Assert.That(
                Error(() => LayerDates.FromTable(Table("a,2001-01-01\n1,2001-01-02\n"), ["a"])),
                Does.Contain("layer 1 is given twice"));
            Assert.That(Error(() => LayerDates.FromTable(Table("a,soon\n"), ["a"])), Does.Contain("'soon' is not a date"));
            Assert.That(
                Error(() => LayerDates.FromTable(Table("a,2001-01-01\n"), ["a", "b"])), Does.Contain("no row for layer 2 'b'"));
            Assert.That(Error(() => LayerDates.FromTable(Table("0,2001-01-01\n"), ["a"])), Does.Contain("'0' is not"));
        });
    }

    [Test]
    public void YearsAreCalendarOrHydrological()
    {
        DateOnly[] dates = [new(2002, 1, 1), new(2001, 9, 30), new(2001, 10, 1), new(2002, 9, 30)];
        Assert.That(Years(new AnnualIntegration().Plan(dates)), Is.EqualTo("2001: 1 2; 2002: 0 3"));
        Assert.That(Years(new AnnualIntegration { StartMonth = 10 }.Plan(dates)), Is.EqualTo("2000: 1; 2001: 2 0 3"));
        Assert.Multiple(() =>
        {
            Assert.That(Error(() => new AnnualIntegration { StartMonth = 13 }.Plan(dates)), Does.Contain("start month 13"));
            Assert.That(Error(() => new AnnualIntegration { MinimumCount = 0 }.Plan(dates)), Does.Contain("at least one"));
            Assert.That(
                Error(() => new AnnualIntegration { MinimumCount = 3 }.Plan(dates)),
                Does.Contain("no year has more than 2 layers"));
        });
    }

    [Test]
    public void MeanAndSumOfTheValidLayers()
    {
        double[] layers = [1, double.NaN, 2, double.PositiveInfinity, 6];
        Assert.Multiple(() =>
        {
            Assert.That(new AnnualIntegration().Value(layers), Is.EqualTo(3), "three of five are half and more");
            Assert.That(new AnnualIntegration { Statistic = AnnualStatistic.Sum }.Value(layers), Is.EqualTo(9));
            Assert.That(new AnnualIntegration { MinimumCount = 4 }.Value(layers), Is.NaN);
            Assert.That(new AnnualIntegration { MinimumCount = 1 }.Value([double.NaN]), Is.NaN);
            Assert.That(new AnnualIntegration().Value([double.NaN, double.NaN, 1]), Is.NaN);
        });
    }

    [Test]
    public void BlocksAreThoseOfTheLaw(
        [ValueSource(typeof(ProductivityKernelTests), nameof(ProductivityKernelTests.Levels))] SimdLevel level,
        [Values] AnnualStatistic statistic)
    {
        var options = new AnnualIntegration { Statistic = statistic, MinimumCount = 15 };
        foreach (CellType type in new[] { CellType.Float32, CellType.Int16, CellType.Float64 })
        {
            foreach (int pixels in new[] { 0, 1, 31, 128, 129, 257 })
            {
                SeriesBlock block = SeriesBlock.Random(type, 23, pixels, seed: pixels);
                var year = new double[pixels];
                new AnnualKernel(options, block.Encodings, level).Run(block.Layers, year);
                double[] expected = [.. Enumerable.Range(0, pixels).Select(p => options.Value(block.Series(p)))];
                Assert.That(
                    year.Select(BitConverter.DoubleToInt64Bits), Is.EqualTo(expected.Select(BitConverter.DoubleToInt64Bits)));
                foreach ((double value, int p) in expected.Select((v, p) => (v, p)).Where(e => !double.IsNaN(e.v)))
                    Assert.That(value, Is.EqualTo(Independent(block.Series(p), statistic)).Within(1e-12));
            }
        }
    }

    private static double Independent(double[] layers, AnnualStatistic statistic)
    {
        double[] valid = [.. layers.Where(double.IsFinite)];
        return statistic == AnnualStatistic.Mean ? valid.Mean() : valid.Sum();
    }

    private static string Years(IReadOnlyList<YearLayers> years) =>
        string.Join("; ", years.Select(y => $"{y.Year}: {string.Join(" ", y.Layers)}"));

    private static string Error(Action action) => Assert.Throws<LdnException>(action)!.Message;
}
