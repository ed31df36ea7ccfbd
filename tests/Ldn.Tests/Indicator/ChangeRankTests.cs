using Ldn.Indicator;
using Ldn.Lanes;
using Ldn.Tests.Lanes;

namespace Ldn.Tests.Indicator;

[Category("Slow")]
internal sealed class ChangeRankTests
{
    private static readonly double[][] Sets = [
        [10], [5, 10, 15], [7, 5, 10, 15], [0], [0, 10], [2.5, 10, 99], [1, 2, 3, 4, 5, 6, 7]];

    private static IEnumerable<double[]> ThresholdSets => Sets;

    /// <summary>Method §5 in whole numbers: nothing is rounded, so that every tie is a tie.</summary>
    private static Condition Exact(decimal initial, decimal final, decimal threshold, bool inclusive)
    {
        if (initial == 0)
            return Condition.NoData;
        decimal lower = (100 - threshold) * initial, upper = (100 + threshold) * initial, scaled = 100 * final;
        if (threshold > 0 && inclusive)
            return scaled <= lower ? Condition.Degraded : scaled >= upper ? Condition.Improved : Condition.Stable;
        return scaled < lower ? Condition.Degraded : scaled > upper ? Condition.Improved : Condition.Stable;
    }

    [TestCaseSource(nameof(ThresholdSets))]
    public void EveryPairOfSmallStocksFallsAsInExactArithmetic(double[] thresholds)
    {
        var rank = new ChangeRank(thresholds);
        foreach (double threshold in thresholds)
        {
            Condition[] strict = rank.Conditions(threshold, false), inclusive = rank.Conditions(threshold, true);
            for (int initial = 0; initial <= 220; initial++)
            {
                for (int final = 0; final <= 450; final++)
                {
                    byte evidence = rank.OfStocks(initial, final);
                    if (
                        strict[evidence] != Exact(initial, final, (decimal)threshold, false)
                            || inclusive[evidence] != Exact(initial, final, (decimal)threshold, true))
                        Assert.Fail(
                            $"{initial} → {final} with {threshold} %: {strict[evidence]}, inclusive {inclusive[evidence]}");
                }
            }
        }
    }

    [TestCase(100, 90, 10, Condition.Stable, Condition.Degraded)]
    [TestCase(100, 110, 10, Condition.Stable, Condition.Improved)]
    [TestCase(100, 93, 7, Condition.Stable, Condition.Degraded)]
    [TestCase(100, 107, 7, Condition.Stable, Condition.Improved)]
    [TestCase(100, 89, 10, Condition.Degraded, Condition.Degraded)]
    [TestCase(100, 111, 10, Condition.Improved, Condition.Improved)]
    [TestCase(100, 100, 10, Condition.Stable, Condition.Stable)]
    [TestCase(0, 50, 10, Condition.NoData, Condition.NoData)]
    [TestCase(100, 0, 10, Condition.Degraded, Condition.Degraded)]
    [TestCase(double.NaN, 50, 10, Condition.NoData, Condition.NoData)]
    [TestCase(50, double.NaN, 10, Condition.NoData, Condition.NoData)]
    public void TiesAndMissingStocks(double initial, double final, double threshold, Condition strict, Condition inclusive)
    {
        var rank = new ChangeRank(5, 7, 10, 15);
        byte evidence = rank.OfStocks(initial, final);
        Assert.That(
            (rank.Conditions(threshold, false)[evidence], rank.Conditions(threshold, true)[evidence]),
            Is.EqualTo((strict, inclusive)));
    }

    /// <summary>Dividing first puts some exact ±7 % on the wrong side; the rank must not.</summary>
    [Test]
    public void ExactSevenPerCentWhereDividingFirstGoesWrong()
    {
        var rank = new ChangeRank(7);
        Condition[] strict = rank.Conditions(7, false), inclusive = rank.Conditions(7, true);
        int wrongByQuotient = 0;
        for (int k = 1; k <= 300; k++)
        {
            foreach (int sign in new[] { -1, 1 })
            {
                int initial = 100 * k, final = (100 + (7 * sign)) * k;
                double quotient = (final - initial) / (double)initial * 100, percent = ((double)final / initial - 1) * 100;
                wrongByQuotient += Math.Abs(quotient) != 7 || Math.Abs(percent) != 7 ? 1 : 0;
                byte evidence = rank.OfStocks(initial, final);
                Assert.That(strict[evidence], Is.EqualTo(Condition.Stable), $"{initial} → {final}");
                Assert.That(
                    inclusive[evidence], Is.EqualTo(sign < 0 ? Condition.Degraded : Condition.Improved), $"{initial} → {final}");
            }
        }

        Assert.That(wrongByQuotient, Is.GreaterThan(100), "the cases are those where a quotient fails");
    }

    [TestCase(-10.0, Condition.Stable, Condition.Degraded)]
    [TestCase(10.0, Condition.Stable, Condition.Improved)]
    [TestCase(-10.000000000000002, Condition.Degraded, Condition.Degraded)]
    [TestCase(10.000000000000002, Condition.Improved, Condition.Improved)]
    [TestCase(-9.999999999999998, Condition.Stable, Condition.Stable)]
    [TestCase(0.0, Condition.Stable, Condition.Stable)]
    [TestCase(-100.0, Condition.Degraded, Condition.Degraded)]
    [TestCase(double.NaN, Condition.NoData, Condition.NoData)]
    public void ChangesInPerCent(double percent, Condition strict, Condition inclusive)
    {
        var rank = new ChangeRank(5, 10, 15);
        byte evidence = rank.OfChange(percent);
        Assert.That((rank.Conditions(10, false)[evidence], rank.Conditions(10, true)[evidence]), Is.EqualTo((strict, inclusive)));
    }

    [Test]
    public void ShortSpansSayWhatTheScalarLawSaysAtEveryLength(
        [ValueSource(nameof(ThresholdSets))] double[] thresholds,
        [ValueSource(typeof(SimdTests), nameof(SimdTests.Available))] SimdLevel level)
    {
        var rank = new ChangeRank(thresholds);
        if (!rank.WholeThresholds)
        {
            Assert.That(() => rank.OfStocks(new short[1], new short[1], 0, 0, new byte[1]), Throws.InvalidOperationException);
            return;
        }

        var random = new Random(4);
        foreach (
            (int noInitial, int noFinal) in new[]
            {
                (-32768, -32768), (int.MinValue, int.MinValue), (0, 255), (100, -9999), (70000, 32767)
            })
        {
            for (int length = 0; length <= 257; length++)
            {
                short[] initial = Shorts(random, length, noInitial), final = Shorts(random, length, noFinal);
                var target = new byte[length];
                rank.OfStocks(initial, final, noInitial, noFinal, target, level);
                for (int i = 0; i < length; i++)
                {
                    double from = initial[i] == noInitial ? double.NaN : initial[i],
                    to = final[i] == noFinal ? double.NaN : final[i];
                    if (target[i] != rank.OfStocks(from, to))
                        Assert.Fail(
                            $"length {length}, no data {noInitial} {noFinal}: {initial[i]} → {final[i]} gives {target[i]}, not "
                                + $"{rank.OfStocks(from, to)}");
                }
            }
        }
    }

    [Test]
    public void FloatingSpansSayWhatTheScalarLawSaysAtEveryLength(
        [ValueSource(nameof(ThresholdSets))] double[] thresholds,
        [ValueSource(typeof(SimdTests), nameof(SimdTests.Available))] SimdLevel level)
    {
        var rank = new ChangeRank(thresholds);
        var random = new Random(5);
        for (int length = 0; length <= 257; length++)
        {
            double[] initial = Doubles(random, length), final = Doubles(random, length);
            float[] initialSingle = [.. initial.Select(v => (float)v)], finalSingle = [.. final.Select(v => (float)v)];
            byte[] target = new byte[length], single = new byte[length];
            rank.OfStocks<double>(initial, final, target, level);
            rank.OfStocks<float>(initialSingle, finalSingle, single, level);
            for (int i = 0; i < length; i++)
            {
                if (
                    target[i] != rank.OfStocks(initial[i], final[i])
                        || single[i] != rank.OfStocks((double)initialSingle[i], finalSingle[i]))
                    Assert.Fail($"length {length}: {initial[i]} → {final[i]} gives {target[i]}, single {single[i]}");
            }
        }
    }

    [Test]
    public void SpansTouchNothingBeyondThem()
    {
        GuardedMemory.Require();
        var rank = new ChangeRank(5, 10, 15);
        using GuardedMemory initial = new(2100), final = new(2100), target = new(300);
        for (int length = 0; length <= 257; length++)
        {
            initial.Last<short>(length).Fill(100);
            final.Last<short>(length).Fill(90);
            rank.OfStocks(initial.Last<short>(length), final.Last<short>(length), -1, -1, target.Last<byte>(length));
            Assert.That(target.Last<byte>(length).Count(rank.OfStocks(100, 90)), Is.EqualTo(length));
            initial.Last<float>(length).Fill(100);
            final.Last<float>(length).Fill(95);
            rank.OfStocks(initial.Last<float>(length), final.Last<float>(length), target.Last<byte>(length));
            Assert.That(target.Last<byte>(length).Count(rank.OfStocks(100, 95)), Is.EqualTo(length));
        }
    }

    [Test]
    public void ThresholdsOutOfRangeAreUsageErrors()
    {
        foreach (double threshold in new[] { -1, 100, 150, double.NaN })
            Assert.That(
                () => new ChangeRank(10, threshold),
                Throws.TypeOf<LdnException>().With.Property(nameof(LdnException.ExitCode)).EqualTo(ExitCode.Usage));
        Assert.That(() => new ChangeRank(10).Conditions(5, false), Throws.ArgumentException);
        Assert.That(
            new ChangeRank(1, 2, 3, 4, 5, 6, 7).Highest, Is.EqualTo(29), "the most ranks, and below the limit of the joint code");
    }

    private static short[] Shorts(Random random, int length, int noData)
    {
        var values = new short[length];
        for (int i = 0; i < length; i++)
        {
            values[i] = random.Next(12) switch
            {
                0 => short.MinValue,
                1 => short.MaxValue,
                2 => 0,
                3 => (short)-random.Next(1, 3000),
                4 => (short)Math.Clamp(noData, short.MinValue, short.MaxValue),
                5 => (short)(random.Next(1, 300) * 100),
                _ => (short)random.Next(60, 160),
            };
        }

        return values;
    }

    private static double[] Doubles(Random random, int length)
    {
        var values = new double[length];
        for (int i = 0; i < length; i++)
        {
            values[i] = random.Next(12) switch
            {
                0 => double.NaN,
                1 => 0,
                2 => -0.0,
                3 => -random.NextDouble() * 100,
                4 => float.Epsilon,
                5 => 1e30,
                6 => random.Next(80, 120),
                _ => random.NextDouble() * 200,
            };
        }

        return values;
    }
}
