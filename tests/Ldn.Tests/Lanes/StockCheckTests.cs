using Ldn.Lanes;

namespace Ldn.Tests.Lanes;

public class StockCheckTests
{
    /// <summary>One negative value anywhere in any length is found, and none is found where there is none.</summary>
    [Test]
    public void OneNegativeStockIsFoundWhereverItIs()
    {
        for (int length = 1; length <= 130; length++)
        {
            var shorts = new short[length];
            var floats = new float[length];
            var doubles = new double[length];
            for (int i = 0; i < length; i++)
                (shorts[i], floats[i], doubles[i]) = (i % 3 == 0 ? (short)-32768 : short.MaxValue, i % 3 == 0 ? float.NaN : 5, i % 3 == 0 ? -0.0 : 1);
            if (StockCheck.AnyNegative(shorts, -32768) || StockCheck.AnyNegative<float>(floats) || StockCheck.AnyNegative<double>(doubles))
                Assert.Fail($"length {length}: nothing is negative");
            for (int at = 0; at < length; at++)
            {
                (short s, float f, double d) = (shorts[at], floats[at], doubles[at]);
                (shorts[at], floats[at], doubles[at]) = (-1, -1e-30f, double.NegativeInfinity);
                if (!StockCheck.AnyNegative(shorts, -32768) || !StockCheck.AnyNegative<float>(floats) || !StockCheck.AnyNegative<double>(doubles))
                    Assert.Fail($"length {length}: the value at {at} is negative");
                (shorts[at], floats[at], doubles[at]) = (s, f, d);
            }
        }
    }

    /// <summary>A no-data value beyond 16 bits is no value of the raster, so that it excuses nothing.</summary>
    [TestCase(int.MinValue)]
    [TestCase(70000)]
    [TestCase(-65537)]
    [TestCase(0)]
    public void OnlyTheNoDataValueItselfIsExcused(int noData)
    {
        var stocks = new short[100];
        stocks[70] = -1;
        Assert.That(StockCheck.AnyNegative(stocks, noData), Is.True);
        stocks[70] = short.MinValue;
        Assert.That(StockCheck.AnyNegative(stocks, noData), Is.True);
    }

    [Test]
    public void EmptyIsNotNegative()
    {
        Assert.That(StockCheck.AnyNegative([], 0), Is.False);
        Assert.That(StockCheck.AnyNegative<float>([]), Is.False);
    }
}
