using System.Globalization;
using Ldn.Tables;

namespace Ldn.Tests.Tables;

public class ResultTableTests
{
    [TestCase("0", "0.000000")]
    [TestCase("499999", "0.000000")]
    [TestCase("500000", "0.000001")]
    [TestCase("-499999", "0.000000")]
    [TestCase("-500000", "-0.000001")]
    [TestCase("1499999", "0.000001")]
    [TestCase("999999499999", "0.999999")]
    [TestCase("999999500000", "1.000000")]
    [TestCase("-999999500000", "-1.000000")]
    [TestCase("1000000000000", "1.000000")]
    [TestCase("-12345678901234567", "-12345.678901")]
    [TestCase("510065621721676000000", "510065621.721676")]
    [TestCase("10000000000000000000000000000000000000", "10000000000000000000000000.000000")]
    [TestCase("-99999999999999999999999999999999999999", "-100000000000000000000000000.000000")]
    public void SquareMillimetresAreRoundedToSquareMetresHalfAwayFromZero(string mm2, string km2) =>
        Assert.That(ResultTable.SquareKilometres(Int128.Parse(mm2, CultureInfo.InvariantCulture)), Is.EqualTo(km2));

    [Test]
    public void RoundingAgreesWithExactDecimals()
    {
        var random = new Random(8);
        for (int i = 0; i < 20000; i++)
        {
            long mm2 = random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(60);
            string exact = decimal.Round(mm2 / 1_000_000_000_000m, 6, MidpointRounding.AwayFromZero).ToString("F6", CultureInfo.InvariantCulture);
            if (ResultTable.SquareKilometres(mm2) != (exact == "-0.000000" ? "0.000000" : exact))
                Assert.Fail($"{mm2}: {ResultTable.SquareKilometres(mm2)}, not {exact}");
        }
    }

    [Test]
    public void CellsAreFormattedByTheirType()
    {
        Assert.That(ResultTable.Format(null), Is.Empty);
        Assert.That(ResultTable.Format(-5L), Is.EqualTo("-5"));
        Assert.That(ResultTable.Format(-0.0000001), Is.EqualTo("0.000000"));
        Assert.That(ResultTable.Format(100.0 / 3), Is.EqualTo("33.333333"));
        Assert.That(() => ResultTable.Format(5), Throws.ArgumentException, "an int is no cell");
        var table = new ResultTable("t", "T", [new("a", ColumnType.Text, "")]);
        Assert.That(() => table.Add("x", "y"), Throws.ArgumentException);
    }

    [Test]
    public void SharesAreUndefinedWhereTheWholeIsNothing()
    {
        Assert.That(new Amount(1, 5).ShareOf(new Amount(0, 0)), Is.Null);
        Assert.That(new Amount(1, 1).ShareOf(new Amount(1, 8)), Is.EqualTo(12.5));
        Assert.That(new Amount(1, 2) + new Amount(3, 4), Is.EqualTo(new Amount(4, 6)));
    }
}
