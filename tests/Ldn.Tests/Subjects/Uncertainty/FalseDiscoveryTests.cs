using Ldn.Counting;
using Ldn.Subjects.Uncertainty;

namespace Ldn.Tests.Subjects.Uncertainty;

internal sealed class FalseDiscoveryTests
{
    /// <summary>The fifteen probabilities of Benjamini and Hochberg 1995, of which they reject four at 0.05.</summary>
    private static readonly double[] s_published = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.000];

    [Test]
    public void ThePublishedExampleComesOut()
    {
        TrendTest[] tests = [.. s_published.Reverse().Select(p => new TrendTest(p, 1, 1, new Area(7)))];
        Assert.That(FalseDiscoveryTable.ThresholdOf(tests, 0.05), Is.EqualTo(0.0095));
        Assert.That(FalseDiscoveryTable.ThresholdOf(tests, 0.05 / FalseDiscoveryTable.Harmonic(15)), Is.EqualTo(0.0019));
        Assert.That(FalseDiscoveryTable.ThresholdOf(tests, 0.001), Is.Zero, "nothing found");
        Assert.That(FalseDiscoveryTable.ThresholdOf([], 0.05), Is.Zero);
    }

    /// <summary>Equal probabilities stand together, and a cell of twice the area counts as two.</summary>
    [Test]
    public void AreasAreWeights()
    {
        TrendTest[] apart = [.. s_published.SelectMany(p => Enumerable.Repeat(new TrendTest(p, 1, 1, new Area(7)), 2))];
        TrendTest[] together = [.. s_published.Select(p => new TrendTest(p, 1, 1, new Area(14)))];
        Assert.That(
            FalseDiscoveryTable.ThresholdOf(apart, 0.05), Is.EqualTo(FalseDiscoveryTable.ThresholdOf(together, 0.05)));
        Assert.That(
            FalseDiscoveryTable.ThresholdOf([new(0.04, 1, 1, new Area(9)), new(0.9, 1, 1, new Area(1))], 0.05),
            Is.EqualTo(0.04));
        Assert.That(
            FalseDiscoveryTable.ThresholdOf([new(0.04, 1, 1, new Area(1)), new(0.9, 1, 1, new Area(9))], 0.05), Is.Zero);
    }

    [Test]
    public void TheHarmonicSumGoesOnSmoothly()
    {
        double sum = Enumerable.Range(1, 1001).Sum(i => 1.0 / i);
        Assert.That(FalseDiscoveryTable.Harmonic(1001), Is.EqualTo(sum).Within(1e-12));
        Assert.That(FalseDiscoveryTable.Harmonic(0), Is.EqualTo(1));
    }
}
