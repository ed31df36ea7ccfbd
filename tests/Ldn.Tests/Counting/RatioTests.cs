using System.Globalization;
using System.Numerics;
using Ldn.Counting;

namespace Ldn.Tests.Counting;

internal sealed class RatioTests
{
    /// <summary>In double, 7 of 100 equal cells of the Earth's size are 7.000000000000001 %.</summary>
    [Test]
    public void SevenOfAHundredIsSeven()
    {
        for (int part = 0; part <= 100; part++)
        {
            var cell = new Area(12_308_463_893_800_426);
            Ratio share = new Area(cell.SquareMillimetres * part).PercentOf(new Area(cell.SquareMillimetres * 100))!.Value;
            Assert.That(share, Is.EqualTo((Ratio)part));
            Assert.That(share <= (decimal)part && share >= (decimal)part, Is.True);
        }
    }

    [TestCase("0.07")]
    [TestCase("7")]
    [TestCase("-12.3456789")]
    [TestCase("79228162514264337593543950335")]
    [TestCase("0.0000000000000000000000000001")]
    public void ADecimalIsTheRatioItSays(string text)
    {
        decimal number = decimal.Parse(text, CultureInfo.InvariantCulture);
        int decimals = text.Contains('.', StringComparison.Ordinal)
            ? text.Length - text.IndexOf('.', StringComparison.Ordinal) - 1
            : 0;
        BigInteger digits = BigInteger.Parse(text.Replace(".", "", StringComparison.Ordinal), CultureInfo.InvariantCulture);
        Assert.That((Ratio)number, Is.EqualTo(new Ratio(digits, BigInteger.Pow(10, decimals))));
    }

    [TestCase(0.0001, "1", "10000")]
    [TestCase(-2.5, "-5", "2")]
    [TestCase(1e-7, "1", "10000000")]
    [TestCase(3e20, "300000000000000000000", "1")]
    [TestCase(1.5e-300, "15", "10^301")]
    [TestCase(0, "0", "1")]
    public void ANumberIsTakenAsItIsWritten(double number, string numerator, string denominator)
    {
        BigInteger below = denominator.StartsWith("10^", StringComparison.Ordinal)
            ? BigInteger.Pow(
                10,
                int.Parse(denominator[3..], CultureInfo.InvariantCulture)) : BigInteger.Parse(denominator,
                CultureInfo.InvariantCulture);
        Assert.That(
            Ratio.AsWritten(number), Is.EqualTo(new Ratio(BigInteger.Parse(numerator, CultureInfo.InvariantCulture), below)));
    }

    [TestCase(1, 3, "0.333333")]
    [TestCase(2, 3, "0.666667")]
    [TestCase(-2, 3, "-0.666667")]
    [TestCase(1, 2000000, "0.000001")]
    [TestCase(-1, 2000000, "-0.000001")]
    [TestCase(-1, 2000001, "0.000000")]
    [TestCase(5, -2, "-2.500000")]
    public void PrintingRoundsOnceHalfAwayFromZero(int numerator, int denominator, string text) =>
        Assert.That(new Ratio(numerator, denominator).ToString(), Is.EqualTo(text));

    /// <summary>The nearest double of a quotient that doubles can hold is what the processor's own division gives.</summary>
    [Test]
    public void TheNearestDoubleIsTheProcessors()
    {
        var random = new Random(3);
        for (int i = 0; i < 20000; i++)
        {
            long numerator = random.NextInt64(-(1L << 53), 1L << 53) >> random.Next(50),
            denominator = (random.NextInt64(1L << 53) >> random.Next(50)) + 1;
            double expected = (double)numerator / denominator;
            if (new Ratio(numerator, denominator).ToDouble() != expected)
                Assert.Fail($"{numerator} / {denominator}: {new Ratio(numerator, denominator).ToDouble():R}, not {expected:R}");
        }
    }

    [Test]
    public void ArithmeticIsThatOfFractions()
    {
        Ratio third = new(1, 3), half = new(2, 4);
        Assert.That(third + half, Is.EqualTo(new Ratio(5, 6)));
        Assert.That(third - half, Is.EqualTo(new Ratio(-1, 6)));
        Assert.That(third * half, Is.EqualTo(new Ratio(1, 6)));
        Assert.That(third / half, Is.EqualTo(new Ratio(2, 3)));
        Assert.That(third < half && half > third && third <= half, Is.True);
        Assert.That(default(Ratio), Is.EqualTo((Ratio)0));
        Assert.That(() => new Ratio(1, 0), Throws.TypeOf<DivideByZeroException>());
        Assert.That(half.GetHashCode(), Is.EqualTo(new Ratio(1, 2).GetHashCode()));
    }
}
