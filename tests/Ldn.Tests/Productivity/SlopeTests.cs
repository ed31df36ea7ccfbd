using Ldn.Productivity.Laws;
using MathNet.Numerics;
using MathNet.Numerics.Statistics;

namespace Ldn.Tests.Productivity;

internal sealed class SlopeTests
{
    [Test]
    public void LeastSquaresIsThatOfMathNet()
    {
        var random = new Random(1);
        for (int round = 0; round < 500; round++)
        {
            double[] series = RandomSeries.Next(random, random.Next(2, 40), missing: 0.2);
            double[] t = [.. series.Index().Where(v => double.IsFinite(v.Item)).Select(v => (double)v.Index)];
            double[] y = [.. series.Where(double.IsFinite)];
            if (y.Length < 2)
                Assert.That(LeastSquares.Slope(series), Is.NaN);
            else
                Assert.That(LeastSquares.Slope(series), Is.EqualTo(Fit.Line(t, y).B).Within(1e-12));
        }
    }

    [Test]
    public void TheilSenIsTheMedianOfAllPairs()
    {
        var random = new Random(2);
        for (int round = 0; round < 500; round++)
        {
            double[] series = RandomSeries.Next(random, random.Next(2, 24), missing: 0.2);
            double[] slopes =
            [
                .. from i in Enumerable.Range(0, series.Length)
                   from j in Enumerable.Range(i + 1, series.Length - i - 1)
                   where double.IsFinite(series[i]) && double.IsFinite(series[j])
                   select (series[j] - series[i]) / (j - i),
            ];
            Assert.That(TheilSen.Slope(series), slopes.Length == 0 ? Is.NaN : Is.EqualTo(slopes.Median()).Within(1e-15));
        }
    }

    [Test]
    public void ConstantSeriesHasNoSlopeAtAll()
    {
        foreach (double value in new[] { 0.1, -1e9 / 3, 65535 * 0.0001, 0, -0.0 })
        {
            double[] series = [.. Enumerable.Repeat(value, 16)];
            Assert.Multiple(() =>
            {
                Assert.That(BitConverter.DoubleToInt64Bits(LeastSquares.Slope(series)), Is.Zero, "least squares, and not -0");
                Assert.That(BitConverter.DoubleToInt64Bits(TheilSen.Slope(series)), Is.Zero, "Theil-Sen, and not -0");
            });
        }
    }

    [Test]
    public void GapsDoNotMoveALine()
    {
        double[] series = [2, double.NaN, 8, 11, double.NaN, 17];
        Assert.Multiple(() =>
        {
            Assert.That(LeastSquares.Slope(series), Is.EqualTo(3));
            Assert.That(TheilSen.Slope(series), Is.EqualTo(3));
        });
    }
}
