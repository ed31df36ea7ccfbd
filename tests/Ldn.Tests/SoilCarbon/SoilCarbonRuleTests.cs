using Ldn.SoilCarbon;
using Ldn.Tests.LandCover;

namespace Ldn.Tests.SoilCarbon;

public class SoilCarbonRuleTests
{
    private const byte NoData = SoilCarbonRule.NoData, Degraded = SoilCarbonRule.Degraded, Stable = SoilCarbonRule.Stable,
        Improved = SoilCarbonRule.Improved, Invalid = SoilCarbonRule.Invalid;

    [Test]
    public void BytesAreThoseOfTheMethod() =>
        Assert.That(new[] { NoData, Degraded, Stable, Improved }, Is.EqualTo(new byte[] { 0, 1, 2, 3 }));

    // Ties at 10 %: a tenth of 100 is 10, of 50 is 5.
    [TestCase(100, 90, Stable, Degraded)]
    [TestCase(100, 110, Stable, Improved)]
    [TestCase(50, 45, Stable, Degraded)]
    [TestCase(50, 55, Stable, Improved)]
    [TestCase(100, 89, Degraded, Degraded)]
    [TestCase(100, 111, Improved, Improved)]
    [TestCase(100, 91, Stable, Stable)]
    [TestCase(100, 109, Stable, Stable)]
    [TestCase(100, 100, Stable, Stable)]
    [TestCase(100, 0, Degraded, Degraded)]
    [TestCase(32767, 32767, Stable, Stable)]
    [TestCase(0, 0, NoData, NoData)]
    [TestCase(0, 50, NoData, NoData)]
    [TestCase(double.NaN, 50, NoData, NoData)]
    [TestCase(50, double.NaN, NoData, NoData)]
    [TestCase(double.NaN, double.NaN, NoData, NoData)]
    [TestCase(-1, 50, Invalid, Invalid)]
    [TestCase(50, -1e-30, Invalid, Invalid)]
    [TestCase(0, -1, Invalid, Invalid)]
    [TestCase(double.NaN, -32768, Invalid, Invalid)]
    [TestCase(double.PositiveInfinity, 50, Invalid, Invalid)]
    [TestCase(50, double.PositiveInfinity, Invalid, Invalid)]
    public void TwoStocksAtTenPerCent(double initial, double final, byte strict, byte inclusive)
    {
        Assert.That(new SoilCarbonRule().FromStocks(initial, final), Is.EqualTo(strict));
        Assert.That(new SoilCarbonRule(Inclusive: true).FromStocks(initial, final), Is.EqualTo(inclusive));
    }

    // 93 is exactly 7 % below 100: 100·93 = 9300 = (100 − 7)·100. Dividing first gives −0.07·100 = −7.000000000000001.
    [TestCase(100, 93)]
    [TestCase(100, 107)]
    [TestCase(200, 186)]
    [TestCase(300, 321)]
    [TestCase(700, 651)]
    [TestCase(1000, 1070)]
    public void ExactTiesAtSevenPerCentAreTiesWhereDividingFirstGoesWrong(double initial, double final)
    {
        double quotientFirst = (final - initial) / initial * 100;
        Assert.That(Math.Abs(quotientFirst), Is.GreaterThan(7), "the case shows nothing otherwise");
        Assert.That(new SoilCarbonRule(7).FromStocks(initial, final), Is.EqualTo(Stable));
        Assert.That(new SoilCarbonRule(7, true).FromStocks(initial, final), Is.EqualTo(final < initial ? Degraded : Improved));
    }

    [Test]
    public void EveryIntegerTieOfEveryWholeThresholdIsATie()
    {
        for (int t = 1; t < 100; t++)
            for (int initial = 100; initial <= 30000; initial += 100)
            {
                double low = initial / 100 * (100 - t), high = initial / 100 * (100 + t);
                var strict = new SoilCarbonRule(t);
                var inclusive = new SoilCarbonRule(t, true);
                bool right = strict.FromStocks(initial, low) == Stable && strict.FromStocks(initial, high) == Stable
                    && inclusive.FromStocks(initial, low) == Degraded && inclusive.FromStocks(initial, high) == Improved
                    && strict.FromStocks(initial, low - 1) == Degraded && strict.FromStocks(initial, high + 1) == Improved
                    && inclusive.FromStocks(initial, low + 1) != Degraded && inclusive.FromStocks(initial, high - 1) != Improved;
                Assert.That(right, Is.True, $"t {t}, initial {initial}");
            }
    }

    [TestCase(-10, Stable, Degraded)]
    [TestCase(10, Stable, Improved)]
    [TestCase(-10.000001, Degraded, Degraded)]
    [TestCase(10.000001, Improved, Improved)]
    [TestCase(-9.999, Stable, Stable)]
    [TestCase(0, Stable, Stable)]
    [TestCase(-100, Degraded, Degraded)]
    [TestCase(-100.5, Invalid, Invalid)]
    [TestCase(-32768, Invalid, Invalid)]
    [TestCase(double.PositiveInfinity, Invalid, Invalid)]
    [TestCase(double.NaN, NoData, NoData)]
    public void PerCentChangeAtTen(double percent, byte strict, byte inclusive)
    {
        Assert.That(new SoilCarbonRule().FromChange(percent), Is.EqualTo(strict));
        Assert.That(new SoilCarbonRule(Inclusive: true).FromChange(percent), Is.EqualTo(inclusive));
    }

    [Test]
    public void AThresholdOfZeroCountsEveryChange()
    {
        var rule = new SoilCarbonRule(0);
        Assert.That(new[] { rule.FromStocks(50, 49), rule.FromStocks(50, 50), rule.FromStocks(50, 51) },
            Is.EqualTo(new[] { Degraded, Stable, Improved }));
    }

    [TestCase(-1, false)]
    [TestCase(100, false)]
    [TestCase(double.NaN, false)]
    [TestCase(0, true)]
    public void AThresholdOutsideItsRangeIsRefused(double threshold, bool inclusive) =>
        Assert.That(() => new SoilCarbonRule(threshold, inclusive), UsageError.With("threshold"));

    [TestCase(80, 60, -25)]
    [TestCase(80, 100, 25)]
    [TestCase(0, 5, double.NaN)]
    [TestCase(double.NaN, 5, double.NaN)]
    public void ChangeInPerCentForMaps(double initial, double final, double expected) =>
        Assert.That(SoilCarbonRule.ChangePercent(initial, final), Is.EqualTo(expected));
}
