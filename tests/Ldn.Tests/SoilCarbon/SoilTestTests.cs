using Ldn.Indicator;
using Ldn.SoilCarbon;

namespace Ldn.Tests.SoilCarbon;

/// <summary>The statistical test of soil carbon: the worked example, what is missing, bounds that are met exactly.</summary>
internal sealed class SoilTestTests
{
    private static readonly double[] s_baseline = [60, 62, 61, 59, 58];
    private static readonly SoilTest s_test = new(0.95);

    /// <summary>From the README of the worked examples: mean 60, s = √2.5, t(0.975, 4) = 2.7764451.</summary>
    [TestCase(58.03, -1)]
    [TestCase(58.04, 0)]
    [TestCase(61.96, 0)]
    [TestCase(61.97, 1)]
    public void TheWorkedExample(double later, int verdict)
    {
        SoilTest.Figures found = s_test.Of(s_baseline, [later - 1, later + 1], null);
        Assert.That(found.Verdict, Is.EqualTo(verdict));
        Assert.That((found.Mean, found.Later), Is.EqualTo((60.0, later)));
        Assert.That(found.Low, Is.EqualTo(58.0367568).Within(1e-7));
        Assert.That(found.High, Is.EqualTo(61.9632432).Within(1e-7));
    }

    [Test]
    public void YearsWithoutAStockAreLeftOut()
    {
        SoilTest.Figures whole = s_test.Of(s_baseline, [50], null);
        Assert.That(
            s_test.Of([60, double.NaN, 62, 61, 59, double.NaN, 58], [double.NaN, 50], null), Is.EqualTo(whole));
        Assert.That(s_test.Of([60, 62, double.NaN], [50], null).Verdict, Is.Null, "two years tell no error");
        Assert.That(s_test.Of(s_baseline, [double.NaN], null).Verdict, Is.Null);
    }

    [Test]
    public void AStandardErrorStandsForTheYears()
    {
        // Φ⁻¹(0.975) = 1.959963984540054.
        SoilTest.Figures found = s_test.Of([100], [103.9], 2);
        Assert.That((found.Low, found.High), Is.EqualTo((100 - 3.919927969080108, 100 + 3.919927969080108)).Within(1e-12));
        Assert.That(found.Verdict, Is.Zero);
        Assert.That(s_test.Of([100], [103.93], 2).Verdict, Is.EqualTo(1));
        Assert.That(s_test.Of([100], [100], double.NaN).Verdict, Is.Null);
        Assert.That(new SoilTest(0.5).Of([100], [103.9], 2).Verdict, Is.EqualTo(1));
    }

    /// <summary>Stocks that never change have bounds of no width; a mean on both is stable.</summary>
    [Test]
    public void OnABoundIsStable()
    {
        Assert.That(s_test.Of([80, 80, 80], [80, 80], null).Verdict, Is.Zero);
        Assert.That(s_test.Of([80, 80, 80], [80.001], null).Verdict, Is.EqualTo(1));
    }

    [Test]
    public void VerdictsKeepTheirConditionUnderEveryThreshold()
    {
        var rank = new ChangeRank(5, 10, 15, 3);
        foreach (double threshold in new[] { 3.0, 5, 10, 15 })
            foreach (Condition verdict in new[] { Condition.Degraded, Condition.Stable, Condition.Improved })
                Assert.That(rank.Conditions(threshold, false)[Evidence.Tested(verdict)], Is.EqualTo(verdict));
        Assert.That(rank.Highest, Is.LessThan(Evidence.Tested(Condition.Degraded)));
        Assert.That(
            (Evidence.Tested(Condition.NoData), Evidence.IsTested(Evidence.Tested(Condition.Stable))), Is.EqualTo((0, true)));
    }
}
