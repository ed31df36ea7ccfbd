using Ldn.Productivity;
using Ldn.Productivity.Laws;
using MathNet.Numerics.Statistics;

namespace Ldn.Tests.Productivity;

internal sealed class FaoWocatTests
{
    private static readonly ProductivityOptions s_options = new() { LpdMethod = LpdMethod.FaoWocat };

    // Typed from the rule: trend, d = 1 or 2, steadiness.
    [TestCase(1, 1, 1)]
    [TestCase(1, 2, 2)]
    [TestCase(2, 1, 2)]
    [TestCase(2, 2, 3)]
    [TestCase(3, 1, 3)]
    [TestCase(3, 2, 4)]
    public void Steadiness(int trend, int d, int expected) =>
        Assert.That(FaoWocatLaw.Steadiness((byte)trend, d == 1), Is.EqualTo(expected));

    [Test]
    public void CodesRunFrom1To36AndMakeFiveClasses()
    {
        var codes = new List<int>();
        for (int a = 1; a <= 4; a++)
            for (int c = 1; c <= 3; c++)
                for (int b = 1; b <= 3; b++)
                    codes.Add(FaoWocatLaw.Code(a, b, c));
        Assert.That(codes, Is.EqualTo(Enumerable.Range(1, 36)));
        byte[] lpd = [.. codes.Select(code => (byte)FaoWocatLaw.Class(code))];
        Assert.That(
            lpd.GroupBy(v => (int)v).Select(g => (g.Key, g.Count())),
            Is.EqualTo(new[] { (1, 8), (2, 6), (3, 7), (4, 9), (5, 6) }));
    }

    [Test]
    public void RandomSeriesAgreeWithTheRuleWrittenOut()
    {
        var random = new Random(6);
        var seen = new HashSet<byte>();
        for (int round = 0; round < 3000; round++)
        {
            double[] y = RandomSeries.Next(random, 16, missing: 0.05);
            byte trend = TrendLaw.Evaluate(y, s_options).Condition;
            double[] first = [.. y[..3].Where(double.IsFinite)], last = [.. y[^3..].Where(double.IsFinite)],
            all = [.. y.Where(double.IsFinite)];
            byte lpd = FaoWocatLaw.Lpd(y, trend, double.NaN, s_options);
            seen.Add(lpd);
            if (trend == 0 || first.Length < 2 || last.Length < 2)
            {
                Assert.That(lpd, Is.Zero);
                continue;
            }

            int d = all.Sum(v => last.Mean() - v) <= 0 ? 1 : 2;
            int a = (trend, d) switch { (1, 1) => 1, (1, 2) or (2, 1) => 2, (2, 2) or (3, 1) => 3, _ => 4 };
            int b = first.Mean() <= 0.4 ? 1 : first.Mean() <= 0.7 ? 2 : 3;
            int Class(double m) => 1 + Enumerable.Range(1, 9).Count(k => all.QuantileCustom(k / 10.0, QuantileDefinition.R7) < m);
            int change = Class(last.Mean()) - Class(first.Mean());
            int c = change <= -2 ? 1 : change <= 1 ? 2 : 3;
            int s = (9 * (a - 1)) + (3 * (c - 1)) + b;
            Assert.That(lpd, Is.EqualTo(s <= 8 ? 1 : s <= 14 ? 2 : s <= 21 ? 3 : s <= 30 ? 4 : 5));
        }

        Assert.That(seen, Is.EquivalentTo(new byte[] { 0, 1, 2, 3, 4, 5 }));
    }

    [Test]
    public void ConstantSeriesIsTheSameHoweverItsMeansRound()
    {
        // No trend, MTID 0, biomass 1, no change: a = 2, b = 1, c = 2, code 13.
        foreach (double value in new[] { 0.1, 0.3, 0.4 })
            Assert.That(FaoWocatLaw.Lpd([.. Enumerable.Repeat(value, 16)], 2, double.NaN, s_options), Is.EqualTo(2), $"{value}");
    }

    [Test]
    public void DesertIsStable()
    {
        double[] falling = [.. Enumerable.Range(0, 16).Select(t => 0.24 - (0.01 * t))];
        Assert.Multiple(() =>
        {
            Assert.That(FaoWocatLaw.Lpd(falling, 1, double.NaN, s_options), Is.EqualTo(1));
            Assert.That(FaoWocatLaw.Lpd(falling, 1, 0.25, s_options), Is.EqualTo(4));
            Assert.That(FaoWocatLaw.Lpd(falling, 1, 0.26, s_options), Is.EqualTo(1));
            Assert.That(FaoWocatLaw.Lpd(falling, 0, 0.1, s_options), Is.Zero, "no data stays no data");
        });
    }
}
