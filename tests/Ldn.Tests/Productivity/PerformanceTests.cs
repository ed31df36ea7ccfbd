using Ldn.Productivity;
using Ldn.Productivity.Laws;
using MathNet.Numerics.Statistics;

namespace Ldn.Tests.Productivity;

internal sealed class PerformanceTests
{
    private static readonly ProductivityOptions s_options = new();

    [Test]
    public void QuantilesAreThoseOfMathNet([Range(0, 10)] int tenth)
    {
        var random = new Random(tenth);
        foreach (int n in new[] { 1, 2, 3, 10, 11, 12, 100, 997 })
        {
            double[] values = [.. Enumerable.Range(0, n).Select(_ => Math.Floor((random.NextDouble() - 0.3) * 2000))];
            var histogram = new PercentileHistogram();
            foreach (double value in values)
                histogram.Add((long)value);
            double expected = values.QuantileCustom(tenth / 10.0, QuantileDefinition.R7);
            Assert.That(histogram.QuantileTenths(tenth) / 10.0, Is.EqualTo(expected).Within(1e-9));
            Assert.That(histogram.Count, Is.EqualTo(n));
        }
    }

    [Test]
    public void MergingInAnyOrderGivesTheSameRows()
    {
        var random = new Random(7);
        PerformanceHistograms[] parts = [.. Enumerable.Range(0, 3).Select(_ => new PerformanceHistograms())];
        var whole = new PerformanceHistograms();
        for (int i = 0; i < 5000; i++)
        {
            (int zone, long unit, long key) = (random.Next(3), random.Next(4), random.NextInt64(-300, 9000));
            parts[random.Next(3)].Of(zone, unit).Add(key);
            whole.Of(zone, unit).Add(key);
        }

        PerformanceHistograms Merged(params int[] order)
        {
            var result = new PerformanceHistograms();
            foreach (int i in order)
                result.Merge(parts[i]);
            return result;
        }

        var restored = new PerformanceHistograms();
        foreach ((int zone, long unit, long key, long count) in whole.Rows())
            restored.AddRow(zone, unit, key, count);
        var rows = whole.Rows().ToList();
        Assert.Multiple(() =>
        {
            Assert.That(rows, Is.Ordered);
            Assert.That(rows.Sum(r => r.Count), Is.EqualTo(5000));
            Assert.That(Merged(0, 1, 2).Rows(), Is.EqualTo(rows));
            Assert.That(Merged(2, 0, 1).Rows(), Is.EqualTo(rows));
            Assert.That(restored.Rows(), Is.EqualTo(rows));
            Assert.That(restored.Limits().Of(2, 3), Is.EqualTo(whole.Limits().Of(2, 3)));
        });
    }

    // Percentile 1.0001 (10001 quanta): half of it is 5000.5, so no mean equals it; of 1.0000 the mean 0.5 does.
    [TestCase(5000, 100010, false, 1)]
    [TestCase(5001, 100010, false, 2)]
    [TestCase(5000, 100000, false, 2)]
    [TestCase(5000, 100000, true, 1)]
    [TestCase(4999, 100000, false, 1)]
    [TestCase(5001, 100000, true, 2)]
    [TestCase(5000, 0, false, 0)]
    [TestCase(5000, -100, false, 0)]
    [TestCase(-10, 100000, false, 1)]
    [TestCase(PerformanceLaw.NoKey, 100000, false, 0)]
    public void HalfTheLimitDecides(long key, long tenths, bool inclusive, int expected) =>
        Assert.That(PerformanceLaw.Condition(key, tenths, inclusive), Is.EqualTo(expected));

    [Test]
    public void LimitsAreFoundByZoneAndUnit()
    {
        double[] means = [.. Enumerable.Range(1, 11).Select(i => i * 0.1), double.NaN, 5];
        long[] units = [.. Enumerable.Repeat(7L, 12), EcologicalUnit.None];
        var histograms = new PerformanceHistograms();
        histograms.Add(0, units, means, 0.0001);
        PerformanceLimits limits = histograms.Limits();
        var found = new long[13];
        limits.Find(0, units, found);
        Assert.Multiple(() =>
        {
            Assert.That(found[..12], Is.All.EqualTo(100000), "90th percentile of 0.1…1.1 is 1.0");
            Assert.That(found[12], Is.EqualTo(PerformanceLaw.NoLimit));
            Assert.That(limits.Of(1, 7), Is.EqualTo(PerformanceLaw.NoLimit), "another zone has its own");
        });
        var conditions = new byte[13];
        PerformanceLaw.Evaluate(means, found, s_options, conditions);
        Assert.That(conditions, Is.EqualTo(new byte[] { 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 0, 0 }));
    }

    [Test]
    public void MeansAreRoundedToTheQuantum() => Assert.Multiple(() =>
    {
        Assert.That(PerformanceLaw.Key(0.50004, 0.0001), Is.EqualTo(5000));
        Assert.That(PerformanceLaw.Key(-0.50006, 0.0001), Is.EqualTo(-5001));
        Assert.That(PerformanceLaw.Key(2.5, 1), Is.EqualTo(2));
        Assert.That(PerformanceLaw.Key(double.NaN, 1), Is.EqualTo(PerformanceLaw.NoKey));
        Assert.That(Assert.Throws<LdnException>(() => PerformanceLaw.Key(1e20, 0.0001))!.Message, Does.Contain("too small"));
    });

    [Test]
    public void WindowMeanNeedsTheYears()
    {
        double[] series = [.. Enumerable.Repeat(2.0, 8), .. Enumerable.Repeat(double.NaN, 8)];
        Assert.That(PerformanceLaw.WindowMean(series, s_options), Is.EqualTo(2));
        Assert.That(PerformanceLaw.WindowMean(series.AsSpan(1), s_options), Is.NaN);
    }

    [Test]
    public void UnitsKeepTheirRastersApart()
    {
        Assert.That(EcologicalUnit.Combine([42]), Is.EqualTo(42));
        Assert.That(EcologicalUnit.Combine([1, 2]), Is.Not.EqualTo(EcologicalUnit.Combine([2, 1])));
        long[] units = [0, 0, 0];
        EcologicalUnit.Append(units, [3, EcologicalUnit.None, 5], 3);
        EcologicalUnit.Append(units, [1, 1, EcologicalUnit.None], 3);
        EcologicalUnit.Append(units, [2, 2, 2], 3);
        Assert.That(units, Is.EqualTo(new[] { EcologicalUnit.Combine([3, 1, 2]), EcologicalUnit.None, EcologicalUnit.None }));
        Assert.Throws<LdnException>(() => EcologicalUnit.Combine([-1]));
        Assert.Throws<LdnException>(() => EcologicalUnit.Combine([1, 1, 1, 1 << 15]));
        Assert.Throws<LdnException>(() => EcologicalUnit.Combine([1, 1, 1, 1, 1]));
    }
}
