using Ldn.Productivity;
using Ldn.Productivity.Laws;

namespace Ldn.Tests.Productivity;

/// <summary>
/// The named corrections against figures of a plain reference in numpy, written from the papers' formulas (ranks by sorting,
/// autocorrelation by numpy.correlate), and the exact distribution against all permutations.
/// </summary>
internal sealed class AutocorrelatedTrendTests
{
    private static readonly double[] s_rising = [
        0.412, 0.398, 0.421, 0.405, 0.43, 0.418, 0.437, 0.452, 0.441, 0.46, 0.449, 0.471, 0.468, 0.455, 0.48, 0.49];

    private static readonly double[] s_waves = [
        0.31, 0.35, 0.36, 0.33, 0.29, 0.27, 0.26, 0.30, 0.34, 0.35, 0.31, 0.28, 0.25, 0.24, 0.27, 0.30];

    /// <summary>The Nile at Aswan, 1871 to 1886.</summary>
    private static readonly double[] s_nile = [
        1120, 1160, 963, 1210, 1160, 1160, 813, 1230, 1370, 1140, 995, 935, 1110, 994, 1020, 960];

    public static IEnumerable<TestCaseData> Reference =>
    [
        new(s_rising, new[] { 4.277139104, 15.907615988, 2.375383965 }),
        new(s_waves, new[] { -2.193367482, -4.537096737, -1.187691982 }),
        new(s_nile, new[] { -1.355723063, -3.702624304, -1.385640646 }),
    ];

    [TestCaseSource(nameof(Reference))]
    public void ZIsThatOfThePlainReference(double[] series, double[] expected)
    {
        Autocorrelation[] corrections = [Autocorrelation.HamedRao, Autocorrelation.YueWang, Autocorrelation.PreWhitening];
        double[] gaps = [.. series.SelectMany(v => new[] { v, double.NaN })];
        foreach ((Autocorrelation correction, double z) in corrections.Zip(expected))
        {
            Assert.That(AutocorrelatedTrend.Z(correction, series), Is.EqualTo(z).Within(1e-8), $"{correction}");
            Assert.That(AutocorrelatedTrend.Z(correction, gaps), Is.EqualTo(z).Within(1e-8), $"{correction} with missing years");
            Assert.That(
                AutocorrelatedTrend.Z(correction, [.. series.Select(v => -v)]), Is.EqualTo(-z).Within(1e-8), "upside down");
        }
    }

    /// <summary>A straight line has no rest to correlate, a constant no trend: rounding noise decides neither.</summary>
    [Test]
    public void NoiseOfRoundingDecidesNothing([Values] Autocorrelation correction)
    {
        double[] line = [.. Enumerable.Range(0, 16).Select(i => 0.1 + (0.1 * i))], level = [.. Enumerable.Repeat(0.3, 16)];
        Assert.That(AutocorrelatedTrend.Z(correction, level), Is.Zero);
        if (correction is Autocorrelation.HamedRao or Autocorrelation.YueWang)
            Assert.That(
                AutocorrelatedTrend.Z(correction, line), Is.EqualTo(AutocorrelatedTrend.Z(Autocorrelation.Ignored, line)));
    }

    [Test]
    public void TheExactProbabilityIsThatOfAllPermutations([Values(4, 7)] int n)
    {
        double[] known = n == 4 ? [1, 0.75, 0.3333333333333333, 0.08333333333333333]
            : [1, 0.7726190476190476, 0.5619047619047619, 0.3813492063492063, 0.2388888888888889, 0.1361111111111111,
                0.06904761904761905, 0.03015873015873016, 0.010714285714285714, 0.002777777777777778, 0.0003968253968253968];
        double[] p = KendallDistribution.TwoSided(n);
        int pairs = n * (n - 1) / 2;
        Assert.That(p, Has.Length.EqualTo(pairs + 1));
        for (int i = 0; i < known.Length; i++)
            Assert.That(p[(pairs % 2) + (2 * i)], Is.EqualTo(known[i]).Within(1e-14));
        Assert.That(KendallDistribution.TwoSided(128)[^1], Is.GreaterThan(0), "the longest window is still told apart from 0");
    }
}
