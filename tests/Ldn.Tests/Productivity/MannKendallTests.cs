using Ldn.Productivity.Laws;
using MathNet.Numerics.Distributions;

namespace Ldn.Tests.Productivity;

internal sealed class MannKendallTests
{
    [Test]
    public void NullDistributionIsTheOneCountedOverAllPermutations([Range(2, 8)] int n)
    {
        var counted = new Dictionary<int, long>();
        foreach (double[] series in Permutations([.. Enumerable.Range(0, n).Select(i => (double)i)]))
        {
            int s = MannKendall.S(series);
            counted[s] = counted.GetValueOrDefault(s) + 1;
        }

        Assert.That(counted, Is.EquivalentTo(ByRecurrence(n)));
    }

    [Test]
    public void VarianceIsThatOfTheExactDistribution([Range(2, 9)] int n)
    {
        Dictionary<int, long> exact = ByRecurrence(n);
        double variance = exact.Sum(e => (double)e.Key * e.Key * e.Value) / exact.Values.Sum();
        Assert.That(MannKendall.Variance(n, 0), Is.EqualTo(variance).Within(1e-12));
    }

    [Test]
    public void TieCorrectionIsExactForEveryPatternOfFiveValues()
    {
        var patterns = new Dictionary<string, double[]>();
        for (int code = 0; code < 3125; code++)
        {
            double[] values = [.. Enumerable.Range(0, 5).Select(i => (double)(code / (int)Math.Pow(5, i) % 5)).Order()];
            patterns.TryAdd(string.Join(",", values), values);
        }

        Assert.That(patterns, Has.Count.EqualTo(126));
        foreach (double[] pattern in patterns.Values)
        {
            int[] s = [.. Permutations(pattern).Select(p => MannKendall.S(p))];
            Assert.That(s, Has.Length.EqualTo(120));
            Assert.That(s.Sum(), Is.Zero);
            double variance = s.Sum(v => (double)v * v) / s.Length;
            Assert.That(
                MannKendall.Variance(5, MannKendall.TieTerm(pattern)), Is.EqualTo(variance).Within(1e-12),
                string.Join(",", pattern));
        }
    }

    [Test]
    public void MissingYearsAreSkippedWhereverTheyAre()
    {
        double[] series = [double.NaN, 3, double.PositiveInfinity, 1, 1, double.NegativeInfinity, 5];
        double[] valid = [3, 1, 1, 5];
        Assert.Multiple(() =>
        {
            Assert.That(MannKendall.ValidYears(series), Is.EqualTo(4));
            Assert.That(MannKendall.S(series), Is.EqualTo(MannKendall.S(valid)).And.EqualTo(-2 + 3));
            Assert.That(MannKendall.TieTerm(series), Is.EqualTo(2 * 1 * 9));
        });
    }

    [Test]
    public void ZeroesOfBothSignsTie() => Assert.Multiple(() =>
    {
        Assert.That(MannKendall.S([0.0, -0.0]), Is.Zero);
        Assert.That(MannKendall.TieTerm([0.0, -0.0]), Is.EqualTo(18));
    });

    [Test]
    public void ConstantSeriesHasNoVarianceAndNoZ()
    {
        double[] series = [.. Enumerable.Repeat(0.1, 16)];
        double variance = MannKendall.Variance(16, MannKendall.TieTerm(series));
        Assert.Multiple(() =>
        {
            Assert.That(variance, Is.Zero);
            Assert.That(MannKendall.Z(MannKendall.S(series), variance), Is.Zero);
            Assert.That(MannKendall.P(0), Is.EqualTo(1));
        });
    }

    [Test]
    public void ZStepsTowardsZeroByOne() => Assert.Multiple(() =>
    {
        Assert.That(MannKendall.Z(5, 4), Is.EqualTo(2));
        Assert.That(MannKendall.Z(-5, 4), Is.EqualTo(-2));
        Assert.That(MannKendall.Z(0, 4), Is.Zero);
    });

    [Test]
    public void ProbabilityIsThatOfTheNormalDistribution()
    {
        for (double z = -8; z <= 8; z += 0.037)
        {
            double expected = 2 * Normal.CDF(0, 1, -Math.Abs(z));
            Assert.That(MannKendall.P(z), Is.EqualTo(expected).Within(1e-13 * expected), $"z = {z}");
        }

        // Published values of erfc(z ÷ √2); a library of another kind would differ here.
        Assert.That(MannKendall.P(1.959963984540054), Is.EqualTo(0.05).Within(1e-15));
        Assert.That(MannKendall.P(5), Is.EqualTo(5.733031437583878e-7).Within(1e-20));
        Assert.That(MannKendall.P(1000), Is.Zero);
    }

    /// <summary>
    /// Permutations with S of a given value, by adding the largest value at each place: it rises over those before it, falls to
    /// those after.
    /// </summary>
    private static Dictionary<int, long> ByRecurrence(int n)
    {
        var counts = new Dictionary<int, long> { [0] = 1 };
        for (int k = 1; k < n; k++)
        {
            var next = new Dictionary<int, long>();
            foreach ((int s, long count) in counts)
                for (int before = 0; before <= k; before++)
                    next[s + before - (k - before)] = next.GetValueOrDefault(s + before - (k - before)) + count;
            counts = next;
        }

        return counts;
    }

    private static IEnumerable<double[]> Permutations(double[] values)
    {
        if (values.Length <= 1)
        {
            yield return values;
            yield break;
        }

        for (int i = 0; i < values.Length; i++)
            foreach (double[] rest in Permutations([.. values[..i], .. values[(i + 1)..]]))
                yield return [values[i], .. rest];
    }
}
