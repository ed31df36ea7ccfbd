using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Subjects;

namespace Ldn.Tests.Subjects;

/// <summary>Hand-computed cases of method §10.</summary>
internal sealed class CounterbalanceTests
{
    private static Balance Gains(int gains, int losses) => new(new(gains), new(losses), new(100), default);

    /// <summary>Two land types: +9 and −1. The net sum is +8, and the zone is not neutral.</summary>
    [Test]
    public void WhatOneTypeLosesNoOtherMakesGood()
    {
        Balance forest = Gains(10, 1), steppe = Gains(2, 3);
        Assert.That((forest + steppe).Delta, Is.EqualTo(new Area(8)));
        Assert.That((forest + steppe).IsNeutral, Is.True, "the net sum is no verdict");
        Assert.That(Counterbalance.Verdict([forest, steppe]), Is.EqualTo(NeutralityVerdict.NotNeutral));
    }

    [Test]
    public void ATypeWithoutChangeOrExactlyCounterbalancedIsNeutral()
    {
        Assert.That(Gains(0, 0).IsNeutral, Is.True);
        Assert.That(Gains(5, 5).IsNeutral, Is.True);
        Assert.That(Counterbalance.Verdict([Gains(0, 0), Gains(5, 5)]), Is.EqualTo(NeutralityVerdict.Neutral));
        Assert.That(Gains(4, 5).IsNeutral, Is.False);
    }

    [Test]
    public void WithoutAnyTypeThereIsNothingToJudge() =>
        Assert.That(Counterbalance.Verdict([]), Is.EqualTo(NeutralityVerdict.NotAssessable));

    /// <summary>Of 100: gains, losses and no data; what is not known may turn Δ only where there is more of it.</summary>
    [TestCase(10, 4, 5, NeutralityVerdict.Neutral)]
    [TestCase(10, 4, 6, NeutralityVerdict.Neutral)]
    [TestCase(10, 4, 7, NeutralityVerdict.Open)]
    [TestCase(4, 10, 6, NeutralityVerdict.NotNeutral)]
    [TestCase(4, 10, 7, NeutralityVerdict.Open)]
    [TestCase(0, 0, 0, NeutralityVerdict.Neutral)]
    [TestCase(0, 0, 1, NeutralityVerdict.Open)]
    [TestCase(0, 0, 100, NeutralityVerdict.NotAssessable)]
    public void MoreLandWithoutDataThanTheDifferenceLeavesTheVerdictOpen(
        int gains, int losses, int noData, NeutralityVerdict verdict) =>
        Assert.That(new Balance(new(gains), new(losses), new(100), new(noData)).Verdict, Is.EqualTo(verdict));

    [Test]
    public void ALossIsALossWhateverIsOpenAndTypesWithoutValidLandHaveNoSay()
    {
        Balance yes = Gains(5, 1), no = Gains(1, 5), open = new(new(1), new(1), new(100), new(50)),
        none = new(default, default, new(9), new(9));
        Assert.That(Counterbalance.Verdict([yes, open, no, none]), Is.EqualTo(NeutralityVerdict.NotNeutral));
        Assert.That(Counterbalance.Verdict([yes, open, none]), Is.EqualTo(NeutralityVerdict.Open));
        Assert.That(Counterbalance.Verdict([yes, none]), Is.EqualTo(NeutralityVerdict.Neutral));
        Assert.That(Counterbalance.Verdict([none]), Is.EqualTo(NeutralityVerdict.NotAssessable));
    }

    /// <summary>6 and 7 are gains, 1 and 2 losses; 3, 4, 5 neither; no data is land all the same.</summary>
    [TestCase(0, 0, 0, 8)]
    [TestCase(1, 0, 8, 0)]
    [TestCase(2, 0, 8, 0)]
    [TestCase(3, 0, 0, 0)]
    [TestCase(4, 0, 0, 0)]
    [TestCase(5, 0, 0, 0)]
    [TestCase(6, 8, 0, 0)]
    [TestCase(7, 8, 0, 0)]
    public void EveryStatusCountsAsTheMethodSays(int status, int gains, int losses, int noData) =>
        Assert.That(
            Balance.Of((Status)status, new Area(8)), Is.EqualTo(new Balance(new(gains), new(losses), new(8), new(noData))));
}
