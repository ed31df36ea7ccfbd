using Ldn.Productivity;
using Ldn.Productivity.Laws;
using MathNet.Numerics;

namespace Ldn.Tests.Productivity;

internal sealed class TrendLawTests
{
    private static readonly ProductivityOptions s_default = new();
    private static readonly ProductivityOptions s_trendsEarth = new() { Significance = TrendSignificance.TrendsEarth };

    [TestCase(0, ExpectedResult = 0)]
    [TestCase(1, ExpectedResult = 0)]
    [TestCase(7, ExpectedResult = 0)]
    [TestCase(8, ExpectedResult = 3)]
    [TestCase(16, ExpectedResult = 3)]
    public int FewerValidYearsThanTheMinimumAreNoData(int valid)
    {
        double[] series = [.. Enumerable.Range(0, 16).Select(t => t < valid ? 0.3 + (0.01 * t) : double.NaN)];
        TrendResult result = TrendLaw.Evaluate(series, s_default);
        Assert.That(result.ValidYears, Is.EqualTo(valid));
        if (valid < 8)
        {
            Assert.That(result.S, Is.EqualTo(TrendLaw.NoS));
            Assert.That(new[] { result.Z, result.P, result.Slope }, Is.All.NaN);
        }

        return result.Condition;
    }

    [Test]
    public void SignIsThatOfTheSlope()
    {
        double[] rising = [.. Enumerable.Range(0, 16).Select(t => 0.3 + (0.01 * t))];
        Assert.Multiple(() =>
        {
            Assert.That(TrendLaw.Evaluate(rising, s_default).Condition, Is.EqualTo(3));
            Assert.That(TrendLaw.Evaluate([.. rising.Reverse()], s_default).Condition, Is.EqualTo(1));
            Assert.That(TrendLaw.Evaluate([.. rising.Select(_ => 0.7)], s_default).Condition, Is.EqualTo(2));
            Assert.That(
                TrendLaw.Evaluate(rising, s_default with { Slope = SlopeEstimator.TheilSen }).Slope,
                Is.EqualTo(0.01).Within(1e-15));
        });
    }

    [Test]
    public void TiesMakeZLarger()
    {
        double[] series = [1, 1, 1, 1, 2, 2, 2, 2, 3, 3];
        TrendResult result = TrendLaw.Evaluate(series, s_default);
        double variance = ((10 * 9 * 25) - (4 * 3 * 13) - (4 * 3 * 13) - (2 * 1 * 9)) / 18.0;
        Assert.That(result.S, Is.EqualTo(16 + 8 + 8));
        Assert.That(result.Z, Is.EqualTo(31 / Math.Sqrt(variance)).Within(1e-15));
    }

    // S at the tabulated value counts from 6 years on; at 4 and 5 years only beyond it.
    [TestCase(4, 4, false)]
    [TestCase(4, 6, true)]
    [TestCase(5, 6, false)]
    [TestCase(5, 8, true)]
    [TestCase(6, 9, true)]
    [TestCase(6, 7, false)]
    [TestCase(7, 11, true)]
    [TestCase(8, 14, true)]
    [TestCase(8, 12, false)]
    [TestCase(16, 36, true)]
    [TestCase(16, 34, false)]
    public void TrendsEarthCriticalValues(int years, int s, bool significant)
    {
        double[] series = WithS(years, s);
        Assert.That(MannKendall.S(series), Is.EqualTo(s));
        int expected = !significant ? 2 : LeastSquares.Slope(series) > 0 ? 3 : 1;
        Assert.That(TrendLaw.Evaluate(series, s_trendsEarth with { MinYears = 4 }).Condition, Is.EqualTo(expected));
    }

    [TestCase(4, ExpectedResult = 5)]
    [TestCase(5, ExpectedResult = 7)]
    [TestCase(10, ExpectedResult = 19)]
    [TestCase(20, ExpectedResult = 50)]
    [TestCase(30, ExpectedResult = 93)]
    [TestCase(40, ExpectedResult = 142)]
    [TestCase(50, ExpectedResult = 197)]
    public int TableHasOneValueForEachNumberOfYears(int years) => TrendsEarthSignificance.CriticalS(years);

    // Integers × 0.0001, as MODIS stores a vegetation index: a slope of exactly 10 units is not above 10, whatever the rounding
    // of the products.
    [TestCase(10, ExpectedResult = 2)]
    [TestCase(-10, ExpectedResult = 2)]
    [TestCase(11, ExpectedResult = 3)]
    [TestCase(-11, ExpectedResult = 1)]
    public int TrendsEarthSlopeMustExceedTenUnits(int perYear)
    {
        double[] series = [.. Enumerable.Range(0, 16).Select(t => (5003 + (perYear * t)) * 0.0001)];
        return TrendLaw.Evaluate(series, s_trendsEarth).Condition;
    }

    [Test]
    public void SmallestSlopeIsInUnitsOfAVegetationIndex() => Assert.Multiple(() =>
    {
        Assert.That(s_trendsEarth.SlopeMinimumInForce, Is.EqualTo(0.001));
        Assert.That((s_trendsEarth with { Method = TrendMethod.Restrend }).SlopeMinimumInForce, Is.EqualTo(0.001));
        Assert.That((s_trendsEarth with { Method = TrendMethod.Rue }).SlopeMinimumInForce, Is.Zero);
        Assert.That((s_trendsEarth with { Variable = ProductivityVariable.Gpp }).SlopeMinimumInForce, Is.Zero);
        Assert.That((s_trendsEarth with { SlopeMinimum = 5 }).SlopeMinimumInForce, Is.EqualTo(5));
    });

    [Test]
    public void ResidualsAreThoseOfMathNetUpToAConstant()
    {
        var random = new Random(3);
        for (int round = 0; round < 200; round++)
        {
            double[] y = RandomSeries.Next(random, 16, missing: 0.1);
            double[] climate = [.. RandomSeries.Next(random, 16, missing: 0.1).Select(v => 400 + (v * 300))];
            var result = new double[16];
            TrendSeries.Make(TrendMethod.Restrend, y, climate, result);
            int[] both = [.. Enumerable.Range(0, 16).Where(t => double.IsFinite(y[t]) && double.IsFinite(climate[t]))];
            Assert.That(Enumerable.Range(0, 16).Where(t => double.IsFinite(result[t])), Is.EqualTo(both));
            (double a, double b) = Fit.Line([.. both.Select(t => climate[t])], [.. both.Select(t => y[t])]);
            double[] expected = [.. both.Select(t => y[t] - a - (b * climate[t]))];
            Assert.That(
                both.Select((t, k) => result[t] - result[both[0]] - (expected[k] - expected[0])),
                Is.All.EqualTo(0).Within(1e-12));
        }
    }

    [Test]
    public void WhatClimateExplainsIsNoTrend()
    {
        double[] climate = [.. Enumerable.Range(0, 16).Select(t => 300 + (10.1 * t))];
        double[] y = [.. climate.Select(c => 0.1 + (0.001 * c))];
        var result = new double[16];
        TrendSeries.Make(TrendMethod.Restrend, y, climate, result);
        Assert.That(result, Is.All.Zero);
        TrendSeries.Make(TrendMethod.Restrend, y, [.. climate.Select(_ => 300.0)], result);
        Assert.That(TrendLaw.Evaluate(result, s_default).Condition, Is.EqualTo(3), "climate that never changes explains nothing");
    }

    [Test]
    public void EfficiencyNeedsClimateAboveZero([Values(TrendMethod.Rue, TrendMethod.Wue)] TrendMethod method)
    {
        double[] y = [1, 2, 3, 4, 5, double.NaN], climate = [2, 0, -1, double.NaN, double.PositiveInfinity, 1];
        var result = new double[6];
        TrendSeries.Make(method, y, climate, result);
        Assert.That(result, Is.EqualTo(new[] { 0.5, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN }));
    }

    /// <summary>
    /// A permutation of 1…n with the S asked for: from sorted, single neighbours are swapped, each swap taking 2 off.
    /// </summary>
    private static double[] WithS(int n, int s)
    {
        double[] series = [.. Enumerable.Range(1, n).Select(v => v * 0.02)];
        int swaps = ((n * (n - 1) / 2) - s) / 2;
        for (int end = n - 1; swaps > 0; end--)
            for (int i = 0; i < end && swaps > 0; i++, swaps--)
                (series[i], series[i + 1]) = (series[i + 1], series[i]);
        return series;
    }
}
