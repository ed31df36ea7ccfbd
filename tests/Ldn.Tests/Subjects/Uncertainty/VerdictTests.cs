using Ldn.Accuracy;
using Ldn.Counting;
using Ldn.Subjects.Uncertainty;
using Range = Ldn.Subjects.Uncertainty.Range;

namespace Ldn.Tests.Subjects.Uncertainty;

internal sealed class VerdictTests
{
    [Test]
    public void NothingTriedIsOpen()
    {
        Assert.That(new Grounds(1, 1, true).Verdict, Is.EqualTo(Firmness.Open));
        Assert.That(new Grounds(24, 24, true).Verdict, Is.EqualTo(Firmness.Likely));
    }

    [TestCase(20, 18, true, ExpectedResult = Firmness.Likely)]
    [TestCase(20, 17, true, ExpectedResult = Firmness.Open)]
    [TestCase(20, 20, false, ExpectedResult = Firmness.Open)]
    public Firmness NineOfTenCombinationsAreLikely(int combinations, int agreeing, bool noData) =>
        new Grounds(combinations, agreeing, noData).Verdict;

    /// <summary>A sample that agrees makes firm, but only where nothing at all is against it.</summary>
    [Test]
    public void FirmNeedsASampleAndAllElse()
    {
        var best = new Grounds(24, 24, true) { Sample = Witness.Agrees };
        Assert.That(best.Verdict, Is.EqualTo(Firmness.Firm), "a ready product has no years to shuffle");
        Assert.That((best with { ChanceCanBeTried = true }).Verdict, Is.EqualTo(Firmness.Likely),
            "a series whose chance was not tried");
        Assert.That((best with { ChanceCanBeTried = true, OutsideChance = true }).Verdict, Is.EqualTo(Firmness.Firm));
        Assert.That((best with { OutsideChance = false }).Verdict, Is.EqualTo(Firmness.Open));
        Assert.That((best with { Agreeing = 23 }).Verdict, Is.EqualTo(Firmness.Likely));
        Assert.That((best with { Sample = Witness.IsUndecided }).Verdict, Is.EqualTo(Firmness.Likely));
        Assert.That((best with { Sample = Witness.Contradicts }).Verdict, Is.EqualTo(Firmness.Open));
        Assert.That((best with { SoilAgrees = false }).Verdict, Is.EqualTo(Firmness.Open));
    }

    [Test]
    public void AFigureIsThatToOnePoint()
    {
        Assert.That(Judge(10, [9, 10, 11], 0, new Range(9, 11)), Is.EqualTo(Firmness.Firm), "a point exactly is within a point");
        Assert.That(Judge(10, [10, 10, 11.000001m], 0, null), Is.EqualTo(Firmness.Open));
        Assert.That(Judge(10, [10, 10], 1, new Range(9.5m, 10.5m)), Is.EqualTo(Firmness.Open), "a point without data");
        Assert.That(Judge(10, [10, 10], 0.9m, new Range(9.5m, 12)), Is.EqualTo(Firmness.Likely), "an interval too wide to tell");
        Assert.That(Judge(10, [10, 10], 0, new Range(5, 20)), Is.EqualTo(Firmness.Likely));
        Assert.That(Judge(10, [10, 10], 0, new Range(11.5m, 13)), Is.EqualTo(Firmness.Open));

        static Firmness Judge(Ratio figure, Ratio[] all, Ratio unknown, Range? seen) => FirmnessJudge.OfFigure(figure, all,
            unknown, seen).Verdict;
    }

    /// <summary>
    /// Invented worlds whose truth is known: maps wrong by random shares, alternatives beside them, points drawn at random. Where
    /// the verdict is firm, the true share lies beyond a point of the figure in fewer than 2.5 of 100 worlds, and firm is given
    /// at all.
    /// </summary>
    [Test]
    public void FirmIsSeldomWrong()
    {
        int worlds = FullRun.Asked ? 2000 : 300, firm = 0, wrong = 0;
        for (int seed = 0; seed < worlds; seed++)
        {
            var random = new Random(seed);

            // Shares of mapped degraded and not; of each, how much is degraded in truth.
            double mapped = 0.02 + (0.3 * random.NextDouble()), commission = 0.08 * random.NextDouble(),
                omission = 0.02 * random.NextDouble();
            double truth = (mapped * (1 - commission)) + ((1 - mapped) * omission);
            double[] weights = [mapped, 1 - mapped], degraded = [1 - commission, omission];
            int points = 200 + random.Next(4000);
            var estimator = new StratifiedEstimator(
                weights,
                Enumerable.Range(0, 2).SelectMany(h => Enumerable.Range(0, points).Select(_ =>
                    new SeenPoint(h, h, random.NextDouble() < degraded[h] ? 0 : 1))));
            Estimate area = estimator.Area(0);
            Ratio figure = Percent(mapped);
            Ratio[] all = [figure, Percent(mapped + (0.006 * random.NextDouble())),
                Percent(mapped - (0.006 * random.NextDouble()))];
            Grounds grounds = FirmnessJudge.OfFigure(figure, all, 0, new Range(Percent(area.Low!.Value),
                Percent(area.High!.Value)));
            if (grounds.Verdict != Firmness.Firm)
                continue;
            firm++;
            if (Math.Abs(truth - mapped) > 0.01)
                wrong++;
        }

        TestContext.Out.WriteLine($"{wrong} of {firm} firm ones wrong in {worlds} worlds");
        Assert.That(firm, Is.GreaterThan(worlds / 20), "firm must be within reach");
        Assert.That(wrong, Is.LessThan(0.025 * worlds), $"{wrong} of {firm} firm ones wrong");

        static Ratio Percent(double share) => Ratio.AsWritten(Math.Round(100 * share, 9));
    }
}
