using Ldn.Indicator;
using Ldn.SoilCarbon;

namespace Ldn.Tests.SoilCarbon;

/// <summary>Cases worked out by hand from method §5; d is the yearly loss.</summary>
internal sealed class StockRecurrenceTests
{
    private const int Tree = 1, Grass = 2, Crop = 3, Wetland = 4, Artificial = 5;
    private const double Tolerance = 1e-9;

    // From 100 t C/ha, d = 100 (1 − f) / 20; after one year 100 − d, after twenty 100 f, and no less after.
    [TestCase(1, 98.45, 69)] // d = 31/20 = 1.55
    [TestCase(2, 99, 80)] // d = 20/20 = 1
    [TestCase(3, 98.45, 69)]
    [TestCase(4, 99, 80)]
    [TestCase(5, 98.45, 69)]
    [TestCase(6, 99, 80)]
    [TestCase(7, 98.45, 69)]
    [TestCase(8, 99, 80)]
    [TestCase(9, 98.2, 64)] // d = 36/20 = 1.8
    [TestCase(10, 97.4, 48)] // d = 52/20 = 2.6
    [TestCase(11, 97.4, 48)]
    [TestCase(12, 97.9, 58)] // d = 42/20 = 2.1
    public void ForestToCropInEachClimate(int zone, double afterOne, double afterTwenty)
    {
        double[] stocks = Run(100, zone, (Tree, 1), (Crop, 21));
        Assert.That(stocks[0], Is.EqualTo(100));
        Assert.That(stocks[1], Is.EqualTo(afterOne).Within(Tolerance));
        Assert.That(stocks[20], Is.EqualTo(afterTwenty).Within(Tolerance));
        Assert.That(stocks[21], Is.EqualTo(stocks[20]));
    }

    [Test]
    public void ASecondChangeSevenYearsAfterTheFirstReplacesIt()
    {
        // Forest → crop in zone 1: d = 1.55, seven years: 100 − 10.85 = 89.15.
        // Crop → artificial (0.1) from there: d = 89.15 · 0.9 / 20 = 4.01175; one year 85.13825; twenty years 89.15 · 0.1 =
        // 8.915.
        double[] stocks = Run(100, 1, (Tree, 1), (Crop, 7), (Artificial, 25));
        Assert.That(stocks[7], Is.EqualTo(89.15).Within(Tolerance));
        Assert.That(stocks[8], Is.EqualTo(85.13825).Within(Tolerance));
        Assert.That(stocks[26], Is.EqualTo(12.92675).Within(Tolerance)); // 19 years: 89.15 − 76.22325
        Assert.That(stocks[27], Is.EqualTo(8.915).Within(Tolerance));
        Assert.That(stocks[31], Is.EqualTo(stocks[27]));
    }

    [Test]
    public void AChangeTwentyFiveYearsOldHasEndedAfterTwenty()
    {
        // Zone 12: d = 80 · 0.42 / 20 = 1.68.
        double[] stocks = Run(80, 12, (Tree, 1), (Crop, 25));
        Assert.That(stocks[19], Is.EqualTo(48.08).Within(Tolerance)); // 80 − 31.92
        Assert.That(stocks[20], Is.EqualTo(46.4).Within(Tolerance)); // 80 · 0.58
        Assert.That(stocks[25], Is.EqualTo(stocks[20]));
    }

    [Test]
    public void CropToForestGainsAndWetlandLosesByItsOwnFactors()
    {
        // 1/f in zone 2 = 1.25: d = 60 · (−0.25) / 20 = −0.75; twenty years 75.
        Assert.That(Run(60, 2, (Crop, 1), (Tree, 20))[20], Is.EqualTo(75).Within(Tolerance));
        // Wetland → crop 0.71 whatever the climate: 100 → 71 in twenty years, d = 1.45.
        Assert.That(Run(100, 10, (Wetland, 1), (Crop, 4))[4], Is.EqualTo(94.2).Within(Tolerance));
        // Artificial → grassland doubles: d = 10 · (−1) / 20 = −0.5.
        Assert.That(Run(10, 1, (Artificial, 1), (Grass, 3))[3], Is.EqualTo(11.5).Within(Tolerance));
    }

    [Test]
    public void AFactorOfOneStopsWhatWasGoingOn()
    {
        // Forest → crop in zone 2 (d = 1) for 5 years, then cropland under water (factor 1): 95, and it stays.
        double[] stocks = Run(100, 2, (Tree, 1), (Crop, 5), (7, 10));
        Assert.That(stocks[5..], Is.All.EqualTo(95));
    }

    [Test]
    public void NoChangeKeepsTheStock() => Assert.That(Run(57.3, 1, (Tree, 30)), Is.All.EqualTo(57.3));

    [Test]
    public void StockZeroStaysZeroAndHasNoCondition()
    {
        double[] stocks = Run(0, 1, (Tree, 1), (Crop, 20));
        Assert.That(stocks, Is.All.EqualTo(0));
        Assert.That(new ChangeRank(10).OfStocks(stocks[0], stocks[^1]), Is.Zero, "no data");
    }

    [Test]
    public void ANoDataCoverEndsTheSeriesEvenWhereCoverComesBack()
    {
        double[] stocks = Run(100, 2, (Tree, 1), (Crop, 2), (0, 1), (Crop, 3));
        Assert.That(stocks, Is.EqualTo(new[] { 100, 99, 98, double.NaN, double.NaN, double.NaN, double.NaN }));
        Assert.That(Run(100, 2, (0, 1), (Tree, 3)), Is.All.NaN);
    }

    [Test]
    public void NoClimateIsNoDataWhereItIsUsed() =>
        Assert.That(Run(100, 0, (Tree, 2), (Crop, 2)), Is.EqualTo(new[] { 100, 100, double.NaN, double.NaN }));

    [TestCase(-1, false)]
    [TestCase(double.PositiveInfinity, false)]
    [TestCase(double.NaN, true)]
    public void AnImpossibleStockIsToldApartFromNoData(double reference, bool valid)
    {
        double[] stocks = [0, 0];
        Assert.That(StockRecurrence.Run(reference, [1, 1], (_, _) => 1, stocks), Is.EqualTo(valid));
        Assert.That(stocks, Is.All.NaN);
    }

    // Covers 2000 and 2015, forest → crop in zone 10 from 50: d = 50 · 0.52 / 20 = 1.3.
    [TestCase(ChangePlacement.Middle, 39.6)] // after 2007: 8 of 20 years, 50 − 10.4
    [TestCase(ChangePlacement.Start, 30.5)] // 15 years, 50 − 19.5
    [TestCase(ChangePlacement.End, 48.7)] // one year
    public void TwoDatesByPlacement(ChangePlacement placement, double expected)
    {
        double[] stocks = Dated(placement, 50, 10, (2000, Tree), (2015, Crop));
        Assert.That(stocks[15], Is.EqualTo(expected).Within(Tolerance));
        if (placement == ChangePlacement.Middle)
            Assert.That((stocks[7], stocks[8]), Is.EqualTo((50.0, 48.7)));
    }

    [Test]
    public void ThreeDates()
    {
        // Zone 7 from 60. Forest → crop after 2002: d = 60 · 0.31 / 20 = 0.93; 2005: 3 years, 57.21; 2010: 8 years, 52.56.
        // Crop → artificial after 2010: d = 52.56 · 0.9 / 20 = 2.3652; 2011: 50.1948; 2015: 5 years, 40.734.
        double[] stocks = Dated(ChangePlacement.Middle, 60, 7, (2000, Tree), (2005, Crop), (2015, Artificial));
        double[] some = [stocks[2], stocks[3], stocks[5], stocks[10], stocks[11], stocks[15]];
        Assert.That(some, Is.EqualTo(new[] { 60, 59.07, 57.21, 52.56, 50.1948, 40.734 }).Within(Tolerance));

        // Cropland kept: 13 years, 60 − 12.09.
        Assert.That(
            Dated(ChangePlacement.Middle, 60, 7, (2000, Tree), (2005, Crop), (2015, Crop))[15],
            Is.EqualTo(47.91).Within(Tolerance));
        // Forest again: 52.56 (1 − 1/0.69) / 20 = −1.180695652173913 a year; 52.56 + 5.903478260869565.
        Assert.That(Dated(ChangePlacement.Middle, 60, 7, (2000, Tree), (2005, Crop), (2015, Tree))[15],
            Is.EqualTo(58.463478260869565).Within(Tolerance));
    }

    private static double[] Run(double reference, int zone, params (int Class, int Years)[] covers) =>
        Run(reference, zone, [.. covers.SelectMany(c => Enumerable.Repeat((byte)c.Class, c.Years))]);

    private static double[] Dated(ChangePlacement placement, double reference, int zone, params (int Year, int Class)[] covers)
    {
        var timeline = LandCoverTimeline.Create(2000, covers.Select(c => c.Year), 2015, placement);
        return Run(reference, zone, [.. timeline.CoverOfStep.ToArray().Select(i => (byte)covers[i].Class)]);
    }

    private static double[] Run(double reference, int zone, byte[] covers)
    {
        double f = ClimateZones.CropFactors[zone];
        double[] stocks = new double[covers.Length];
        Assert.That(
            StockRecurrence.Run(reference, covers, (from, to) => StockChangeFactors.Default.Factor(from, to, f), stocks),
            Is.True);
        return stocks;
    }
}
