using System.Globalization;
using Ldn.Counting;

namespace Ldn.Tests.Counting;

internal sealed class AreaTests
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
        Assert.That(new Area(Int128.Parse(mm2, CultureInfo.InvariantCulture)).ToString(), Is.EqualTo(km2));

    [Test]
    public void RoundingAgreesWithExactDecimals()
    {
        var random = new Random(8);
        for (int i = 0; i < 20000; i++)
        {
            long mm2 = random.NextInt64(long.MinValue, long.MaxValue) >> random.Next(60);
            string exact = decimal.Round(mm2 / 1_000_000_000_000m, 6, MidpointRounding.AwayFromZero)
                .ToString("F6", CultureInfo.InvariantCulture);
            if (new Area(mm2).ToString() != (exact == "-0.000000" ? "0.000000" : exact))
                Assert.Fail($"{mm2}: {new Area(mm2).ToString()}, not {exact}");
        }
    }

    /// <summary>Areas beyond what a double can tell apart.</summary>
    [Test]
    public void SumsAndOrderAreExact()
    {
        var earth = Area.OfSquareKilometres(510_065_621.721676m);
        Assert.That(earth.SquareMillimetres, Is.EqualTo(Int128.Parse("510065621721676000000", CultureInfo.InvariantCulture)));
        Assert.That(earth + new Area(1) > earth, Is.True);
        Assert.That((earth + new Area(1)).SquareKilometres, Is.EqualTo(earth.SquareKilometres), "a double cannot");
        Assert.That(Area.Sum(Enumerable.Repeat(new Area(1), 1000)) - new Area(999), Is.EqualTo(new Area(1)));
        Assert.That((-earth).IsNegative, Is.True);
        Assert.That(Area.Max(earth, Area.Zero), Is.EqualTo(earth));
        Assert.That(Area.OfSquareKilometres(2).Hectares, Is.EqualTo(200));
    }

    [Test]
    public void AShareOfNothingIsUndefined()
    {
        Assert.That(new Area(5).PercentOf(Area.Zero), Is.Null);
        Assert.That(new Area(7).PercentOf(new Area(100)), Is.EqualTo((Ratio)7));
    }
}
