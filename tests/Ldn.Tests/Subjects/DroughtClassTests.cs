using Ldn.Subjects;

namespace Ldn.Tests.Subjects;

public class DroughtClassTests
{
    [TestCase(3, DroughtClass.None, DroughtClass.None)]
    [TestCase(0, DroughtClass.None, DroughtClass.None)]
    [TestCase(-0.0, DroughtClass.None, DroughtClass.None)]
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
    public void BoundsGoToTheWorseClassOrUnderTrendsEarthToTheMilder(double index, DroughtClass expected, DroughtClass trendsEarth)
    {
        Assert.That(DroughtClasses.Of(index), Is.EqualTo(expected));
        Assert.That(DroughtClasses.Of(index, DroughtBounds.TrendsEarth), Is.EqualTo(trendsEarth));
    }

    [TestCase(-1000, DroughtClass.Moderate)]
    [TestCase(-1500, DroughtClass.Severe)]
    [TestCase(-2000, DroughtClass.Extreme)]
    public void ScaledIntegersFallAsTheirDecimalsDo(int stored, DroughtClass expected) => Assert.That(DroughtClasses.Of(stored * 0.001), Is.EqualTo(expected));

    [Test]
    public void BlocksOfFourYearsStartAtTheFirst()
    {
        var blocks = DroughtClasses.Blocks([2009, 2000, 2001, 2003, 2004, 2004]);
        Assert.That(blocks.Select(b => (b.First, b.Last)), Is.EqualTo(new[] { (2000, 2003), (2004, 2007), (2008, 2011) }));
        Assert.That(blocks.Select(b => string.Join(' ', b.Years)), Is.EqualTo(new[] { "2000 2001 2003", "2004", "2009" }));
        Assert.That(DroughtClasses.Blocks([]), Is.Empty);
    }

    /// <summary>Three years, five pixels: the worst wins, no data never does, and stays only where all years are without.</summary>
    [Test]
    public void TheWorstClassIgnoresYearsWithoutData()
    {
        byte[] worst = new byte[5];
        DroughtClasses.Worsen(worst, [1, 2, 0, 5, 0]);
        DroughtClasses.Worsen(worst, [3, 1, 0, 0, 1]);
        DroughtClasses.Worsen(worst, [0, 4, 0, 2, 0]);
        Assert.That(worst, Is.EqualTo(new byte[] { 3, 4, 0, 5, 1 }));
    }
}
