using Ldn.SoilCarbon;
using Ldn.Tests.LandCover;

namespace Ldn.Tests.SoilCarbon;

internal sealed class LandCoverTimelineTests
{
    // One digit a year from 2000 on: the position of the cover that holds.
    [TestCase(ChangePlacement.Middle, "0000000011111111")] // middle 2000 + ⌊15/2⌋ = 2007 still has the first
    [TestCase(ChangePlacement.Start, "0111111111111111")]
    [TestCase(ChangePlacement.End, "0000000000000001")]
    public void TwoDatesFifteenYearsApart(ChangePlacement placement, string expected) =>
        Assert.That(Digits(LandCoverTimeline.Create(2000, [2000, 2015], 2015, placement)), Is.EqualTo(expected));

    // 2000–2005: middle 2002; 2005–2015: middle 2010.
    [TestCase(ChangePlacement.Middle, "0001111111122222")]
    [TestCase(ChangePlacement.Start, "0111112222222222")]
    [TestCase(ChangePlacement.End, "0000011111111112")]
    public void ThreeDates(ChangePlacement placement, string expected) =>
        Assert.That(Digits(LandCoverTimeline.Create(2000, [2015, 2000, 2005], 2015, placement)), Is.EqualTo(expected));

    [Test]
    public void YearlyCoversHoldInTheirOwnYearWhateverThePlacement([Values] ChangePlacement placement) =>
        Assert.That(Digits(LandCoverTimeline.Create(2000, [2000, 2001, 2002, 2003], 2003, placement)), Is.EqualTo("0123"));

    [TestCase(ChangePlacement.Middle, "001")] // 2000 + ⌊2/2⌋ = 2001
    [TestCase(ChangePlacement.Start, "011")]
    [TestCase(ChangePlacement.End, "001")]
    public void TwoYearsApart(ChangePlacement placement, string expected) =>
        Assert.That(Digits(LandCoverTimeline.Create(2000, [2000, 2002], 2002, placement)), Is.EqualTo(expected));

    [Test]
    public void CoversBeforeTheReferenceAndAfterTheLastYearCountOnlyWhereTheyHold()
    {
        // 1998–2004: middle 2001, so 2000 and 2001 still have the cover of 1998. 2010 holds after 2007, which is not asked for.
        var timeline = LandCoverTimeline.Create(2000, [1990, 1998, 2004, 2010, 2020], 2006);
        Assert.That(timeline.CoverYears, Is.EqualTo(new[] { 1998, 2004 }));
        Assert.That(Digits(timeline), Is.EqualTo("0011111"));
        Assert.That((timeline.ReferenceYear, timeline.LastYear, timeline.Steps), Is.EqualTo((2000, 2006, 6)));
        Assert.That((timeline.StepOf(2000), timeline.StepOf(2006)), Is.EqualTo((0, 6)));
    }

    [Test]
    public void OneYearAlone() => Assert.That(Digits(LandCoverTimeline.Create(2000, [2000], 2000)), Is.EqualTo("0"));

    [Test]
    public void SaysWhatIsWrong()
    {
        Assert.That(() => LandCoverTimeline.Create(2000, [], 2015), UsageError.With("at least one land cover"));
        Assert.That(() => LandCoverTimeline.Create(2000, [2000, 2015, 2000], 2015), UsageError.With("2000 is given twice"));
        Assert.That(
            () => LandCoverTimeline.Create(2000, [2001, 2015], 2015), UsageError.With("no land cover for 2000", "2001, 2015"));
        Assert.That(
            () => LandCoverTimeline.Create(2000, [2000, 2015], 2019), UsageError.With("no land cover for 2019", "2000, 2015"));
        Assert.That(() => LandCoverTimeline.Create(2000, [1995, 2015], 1999), UsageError.With("1999", "before 2000"));
        Assert.That(
            () => LandCoverTimeline.Create(2000, [1995, 2015], 2015).StepOf(1995), UsageError.With("1995", "before 2000"));
        Assert.That(() => LandCoverTimeline.Create(2000, [2000, 2015], 2010).StepOf(2015), UsageError.With("2015", "2010"));
    }

    private static string Digits(LandCoverTimeline timeline) => string.Concat(timeline.CoverOfStep.ToArray());
}
