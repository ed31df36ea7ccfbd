using Ldn.Productivity;
using Ldn.Productivity.Laws;
using MathNet.Numerics.Statistics;

namespace Ldn.Tests.Productivity;

internal sealed class StateLawTests
{
    private static readonly ProductivityOptions s_default = new();
    private static readonly ProductivityOptions s_npp = new() { Variable = ProductivityVariable.Npp };

    [Test]
    public void PercentileClassesAreThoseOfMathNet()
    {
        var random = new Random(4);
        var seen = new HashSet<byte>();
        for (int round = 0; round < 2000; round++)
        {
            double[] series = RandomSeries.Next(random, 16, missing: 0.1);
            double[] history = [.. series[..13].Where(double.IsFinite)], recent = [.. series[13..].Where(double.IsFinite)];
            StateResult result = StateLaw.Evaluate(series, s_default);
            seen.Add(result.Condition);
            if (history.Length < 8 || recent.Length < 2)
            {
                Assert.That(result, Is.EqualTo(new StateResult(StateLaw.NoChange, double.NaN, 0)));
                continue;
            }

            double r = history.Max() - history.Min();
            double[] sample = [.. history, history.Min() - (0.05 * r), history.Max() + (0.05 * r)];
            double[] limits = [.. Enumerable.Range(1, 9).Select(k => sample.QuantileCustom(k / 10.0, QuantileDefinition.R7))];
            int Class(double m) => 1 + limits.Count(limit => limit < m);
            int change = Math.Abs(recent.Mean() - history.Mean()) <= 0.01 ? 0 : Class(recent.Mean()) - Class(history.Mean());
            Assert.That(result.Change, Is.EqualTo(change));
            Assert.That(result.Condition, Is.EqualTo(change <= -2 ? 1 : change >= 2 ? 3 : 2));
        }

        Assert.That(seen, Is.EquivalentTo(new byte[] { 0, 1, 2, 3 }), "the series reach every condition");
    }

    [Test]
    public void ZScoreIsThatOfMathNet()
    {
        var random = new Random(5);
        for (int round = 0; round < 1000; round++)
        {
            double[] series = RandomSeries.Next(random, 16, missing: 0.1);
            double[] history = [.. series[..13].Where(double.IsFinite)], recent = [.. series[13..].Where(double.IsFinite)];
            if (history.Length < 8 || recent.Length < 2)
                continue;
            StateResult result = StateLaw.Evaluate(series, s_default with { State = StateMethod.ZScore });
            double z = (recent.Mean() - history.Mean()) / (history.PopulationStandardDeviation() / Math.Sqrt(3));
            Assert.That(result.Z, Is.EqualTo(z).Within(1e-9 * Math.Max(1, Math.Abs(z))));
            Assert.That(result.Condition, Is.EqualTo(z < -1.96 ? 1 : z > 1.96 ? 3 : 2));
        }
    }

    [Test]
    public void ConstantSeriesIsStable([Values] StateMethod method)
    {
        // Thirteen and three times 0.1 give different means in binary; neither they nor limits made of them may decide.
        foreach (double value in new[] { 0.1, 1.0 / 3, -0.7, 12345.6789, 0 })
        {
            double[] series = [.. Enumerable.Repeat(value, 16)];
            Assert.That(StateLaw.Evaluate(series, s_npp with { State = method }).Condition, Is.EqualTo(2), $"{value}");
        }
    }

    [Test]
    public void DifferenceUpToTheMinimumIsNone()
    {
        // History between 0.5000 and 0.5012, recent mean 0.01 above the earlier: far beyond every percentile, yet exactly the
        // minimum.
        double[] history = [.. Enumerable.Range(0, 13).Select(t => (5000 + t) * 0.0001)];
        double[] Series(int recent) => [.. history, recent * 0.0001, recent * 0.0001, recent * 0.0001];
        Assert.Multiple(() =>
        {
            Assert.That(StateLaw.Evaluate(Series(5106), s_default).Condition, Is.EqualTo(2));
            Assert.That(StateLaw.Evaluate(Series(5107), s_default).Condition, Is.EqualTo(3));
            Assert.That(StateLaw.Evaluate(Series(5106), s_npp).Condition, Is.EqualTo(3));
            Assert.That(StateLaw.Evaluate(Series(4906), s_default).Condition, Is.EqualTo(2));
            Assert.That(StateLaw.Evaluate(Series(4905), s_default).Condition, Is.EqualTo(1));
            Assert.That(StateLaw.Evaluate(Series(5107), s_default with { StateMinimum = 0.02 }).Condition, Is.EqualTo(2));
        });
    }

    [Test]
    public void LimitThatEqualsTheMeanIsNotBelowIt()
    {
        // Sorted 0…12, extended by −0.6 and 12.6: fifteen values whose medians of fourteen steps are 0.4, 1.8, 3.2, … and 6 (the
        // 50th percentile). A scale factor must not change what integers say.
        foreach (double scale in new[] { 1, 0.0001, 0.1, 1.0 / 3 })
        {
            double[] series = [.. Enumerable.Range(0, 13).Select(t => t * scale), 6 * scale, 6 * scale, 6 * scale];
            Assert.That(StateLaw.Evaluate(series, s_npp).Change, Is.Zero, $"{scale}");
            series[15] = 6.3 * scale;
            Assert.That(StateLaw.Evaluate(series, s_npp).Change, Is.EqualTo(1), $"{scale}");
        }
    }

    [Test]
    public void YearsOnEitherSideAreCounted()
    {
        double[] series = [.. Enumerable.Range(0, 16).Select(t => 0.3 + (0.01 * t))];
        byte With(params int[] missing) =>
            StateLaw.Evaluate([.. series.Select((v, t) => missing.Contains(t) ? double.NaN : v)], s_default).Condition;
        Assert.Multiple(() =>
        {
            Assert.That(With(), Is.EqualTo(3));
            Assert.That(With(15), Is.EqualTo(3), "two recent years are enough");
            Assert.That(With(14, 15), Is.Zero);
            Assert.That(With(0, 1, 2, 3, 4), Is.EqualTo(3), "eight earlier years are enough");
            Assert.That(With(0, 1, 2, 3, 4, 5), Is.Zero);
        });
        Assert.That(
            StateLaw.Evaluate(series.AsSpan(0, 9), s_default).Condition, Is.Not.Zero,
            "the minimum is at most the history's length");
    }

    [Test]
    public void PositionsOfLimitsAreWholeTenths() => Assert.Multiple(() =>
    {
        Assert.That(PercentileClasses.Position(1, 15), Is.EqualTo((1, 0.4)));
        Assert.That(PercentileClasses.Position(5, 15), Is.EqualTo((7, 0.0)));
        Assert.That(PercentileClasses.Position(9, 11), Is.EqualTo((9, 0.0)));
    });
}
