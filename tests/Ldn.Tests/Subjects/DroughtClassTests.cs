using Ldn.Subjects;

namespace Ldn.Tests.Subjects;

internal sealed class DroughtClassTests
{
    [TestCase(3, DroughtClass.None, DroughtClass.None)]
    [TestCase(1e-6, DroughtClass.None, DroughtClass.None)]
    [TestCase(0, DroughtClass.Mild, DroughtClass.None)]
    [TestCase(-0.0, DroughtClass.Mild, DroughtClass.None)]
    [TestCase(-0.0001, DroughtClass.Mild, DroughtClass.Mild)]
    [TestCase(-0.9999, DroughtClass.Mild, DroughtClass.Mild)]
    [TestCase(-1, DroughtClass.Moderate, DroughtClass.Mild)]
    [TestCase(-1.0001, DroughtClass.Moderate, DroughtClass.Moderate)]
    [TestCase(-1.4999, DroughtClass.Moderate, DroughtClass.Moderate)]
    [TestCase(-1.5, DroughtClass.Severe, DroughtClass.Moderate)]
    [TestCase(-1.5001, DroughtClass.Severe, DroughtClass.Severe)]
    [TestCase(-2, DroughtClass.Extreme, DroughtClass.Severe)]
    [TestCase(-2.0001, DroughtClass.Extreme, DroughtClass.Extreme)]
    [TestCase(-9, DroughtClass.Extreme, DroughtClass.Extreme)]
    [TestCase(double.NaN, DroughtClass.NoData, DroughtClass.NoData)]
    public void BoundsGoToTheWorseClassOrUnderTrendsEarthToTheMilder(
        double index, DroughtClass expected, DroughtClass trendsEarth)
    {
        Assert.That(DroughtClasses.Of(index), Is.EqualTo(expected));
        Assert.That(DroughtClasses.Of(index, DroughtBounds.TrendsEarth), Is.EqualTo(trendsEarth));
    }

    [TestCase(-1000, DroughtClass.Moderate)]
    [TestCase(-1500, DroughtClass.Severe)]
    [TestCase(-2000, DroughtClass.Extreme)]
    public void ScaledIntegersFallAsTheirDecimalsDo(int stored, DroughtClass expected) =>
        Assert.That(DroughtClasses.Of(stored * 0.001), Is.EqualTo(expected));

    [Test]
    public void BlocksOfFourYearsAreFixed()
    {
        var blocks = DroughtClasses.Blocks([2009, 2001, 2003, 2004, 2004, 1999, 1995]);
        Assert.That(
            blocks.Select(b => (b.First, b.Last)),
            Is.EqualTo(new[] { (1992, 1995), (1996, 1999), (2000, 2003), (2004, 2007), (2008, 2011) }));
        Assert.That(
            blocks.Select(b => string.Join(' ', b.Years)), Is.EqualTo(new[] { "1995", "1999", "2001 2003", "2004", "2009" }));
        Assert.That(DroughtClasses.Blocks([]), Is.Empty);
    }

    /// <summary>The date closest to the moment, the earlier of two as close; without a moment the first.</summary>
    [TestCase(2015, 2015)]
    [TestCase(2017, 2015)]
    [TestCase(2018, 2020)]
    [TestCase(1990, 2000)]
    [TestCase(2099, 2020)]
    [TestCase(2010, 2005)]
    [TestCase(null, 2000)]
    public void PeopleAreOfTheClosestDate(int? moment, int expected)
    {
        int?[] years = [2000, 2005, 2015, 2020];
        Assert.That(years[Inquiry.Serving(years, moment)], Is.EqualTo(expected));
        Assert.That(Inquiry.Serving([], moment), Is.EqualTo(-1));
    }
}
