using Ldn.Csv;
using Ldn.LandCover;
using Ldn.SoilCarbon;
using Ldn.Tests.LandCover;

namespace Ldn.Tests.SoilCarbon;

internal sealed class StockChangeFactorsTests
{
    [TestCase(0.69)]
    [TestCase(0.48)]
    public void DefaultHoldsTheFortyNineFactorsOfTheMethod(double f)
    {
        double[,] expected =
        {
            { 1, 1, f, 1, 0.1, 0.1, 1 },
            { 1, 1, f, 1, 0.1, 0.1, 1 },
            { 1 / f, 1 / f, 1, 1 / 0.71, 0.1, 0.1, 1 },
            { 1, 1, 0.71, 1, 0.1, 0.1, 1 },
            { 2, 2, 2, 2, 1, 1, 1 },
            { 2, 2, 2, 2, 1, 1, 1 },
            { 1, 1, 1, 1, 1, 1, 1 },
        };
        StockChangeFactors factors = StockChangeFactors.Default;
        Assert.That(factors.Count, Is.EqualTo(7));
        Assert.That(factors.UsesCropFactor, Is.True);
        for (int from = 1; from <= 7; from++)
            for (int to = 1; to <= 7; to++)
                Assert.That(factors.Factor(from, to, f), Is.EqualTo(expected[from - 1, to - 1]), $"{from} → {to}");
    }

    [Test]
    public void FByClimateZoneIsThatOfTheMethod()
    {
        double[] expected = [double.NaN, 0.69, 0.80, 0.69, 0.80, 0.69, 0.80, 0.69, 0.80, 0.64, 0.48, 0.48, 0.58];
        Assert.That(ClimateZones.CropFactors.ToArray(), Is.EqualTo(expected));
        Assert.That(new[] { -1, 0, 12, 13 }.Select(ClimateZones.IsCode), Is.EqualTo(new[] { false, true, true, false }));
    }

    [Test]
    public void PracticeMultipliesChangesIntoCroplandOnly()
    {
        StockChangeFactors factors = StockChangeFactors.Default;
        for (int from = 1; from <= 7; from++)
            for (int to = 1; to <= 7; to++)
            {
                double plain = factors.Factor(from, to, 0.8), expected = to == 3 && from != 3 ? plain * 1.5 : plain;
                Assert.That(factors.Factor(from, to, 0.8, 1.5), Is.EqualTo(expected), $"{from} → {to}");
            }
    }

    [Test]
    public void ACountrysTableReplacesTheDefault()
    {
        string text = StockChangeFactors.Default.ToCsv();
        foreach (
            (string was, string is_) in new[]
            {
                ("1,3,f", "1,3,0.5"), ("2,3,f", "2,3,0.6"), ("3,1,1/f", "3,1,2"), ("3,2,1/f", "3,2,1/0.8")
            })
            text = text.Replace(was + "\n", is_ + "\n", StringComparison.Ordinal);
        var factors = StockChangeFactors.Parse(CsvTable.Parse(text, "f.csv"));
        Assert.That(factors.UsesCropFactor, Is.False);
        Assert.That(new[] { factors.Factor(1, 3, double.NaN), factors.Factor(2, 3, 1), factors.Factor(3, 1, 1), factors
            .Factor(3, 2, 1) },
            Is.EqualTo(new[] { 0.5, 0.6, 2, 1.25 }));
        Assert.That(factors.ToCsv(), Is.EqualTo(text));
    }

    [Test]
    public void FactorsInLegendCodesTellClassesOfOneUnccdClassApart()
    {
        var factors = StockChangeFactors.Parse(
            CsvTable.Parse("from,to,factor\n900,10,f\n900,20,0.9\n10,900,1/f\n10,20,0.95\n20,900,1\n20,10,1.05\n", "f.csv"),
            Steppe);
        Assert.That(factors.InLegendCodes, Is.True);
        Assert.That(factors.ClassTable(Steppe), Is.EqualTo(new byte[] { 0, 1, 2, 3 }));
        Assert.That(StockChangeFactors.Default.ClassTable(Steppe), Is.EqualTo(new byte[] { 0, 2, 3, 3 }));
        Assert.That(factors.Factor(2, 3, 0.8), Is.EqualTo(0.95));
        Assert.That(factors.Factor(2, 2, 0.8), Is.EqualTo(1), "a class to itself, left out");
        Assert.That(factors.Factor(1, 2, 0.8, 1.5), Is.EqualTo(0.8 * 1.5), "steppe into cropland");
        Assert.That(factors.Factor(2, 3, 0.8, 1.5), Is.EqualTo(0.95), "cropland into cropland has its own row");
        Assert.That(() => factors.ClassTable(Legend.BuiltIn("igbp")), Throws.ArgumentException);
    }

    [Test]
    public void AnUnmappedTransitionIsAnErrorThatNamesIt()
    {
        string text = StockChangeFactors.Default.ToCsv().Replace("2,5,0.1\n", "", StringComparison.Ordinal);
        Assert.That(() => StockChangeFactors.Parse(CsvTable.Parse(text, "f.csv")), UsageError.With("f.csv", "2 → 5"));
        Assert.That(() => StockChangeFactors.Parse(CsvTable.Parse("from,to,factor\n1,2,1\n", "f.csv")),
            UsageError.With("1 → 3, 1 → 4", "and 33 more")); // 42 pairs less the one given less the 8 named
    }

    [TestCase("8,1,1", "row 2, column from: 8 is not a UNCCD class 1…7")]
    [TestCase("1,0,1", "row 2, column to: 0 is not")]
    [TestCase("x,1,1", "row 2, column from")]
    [TestCase("1,2,0", "row 2, column factor: '0' is not a factor above 0")]
    [TestCase("1,2,-0.5", "'-0.5' is not a factor above 0")]
    [TestCase("1,2,NaN", "'NaN' is not a factor above 0")]
    [TestCase("1,2,Infinity", "'Infinity' is not a factor above 0")]
    [TestCase("1,2,1/0", "'1/0' is not a factor above 0")]
    [TestCase("1,2,g", "'g' is not a number, f or 1/f")]
    [TestCase("1,2,", "'' is not a number")]
    [TestCase("1,1,0.9", "row 2: class 1 to itself is no change")]
    [TestCase("1,1,f", "row 2: class 1 to itself is no change")]
    [TestCase("1,2,1\n1,2,1", "row 3: the change 1 → 2 is given twice, first in row 2")]
    public void SaysWhichRowIsWrong(string rows, string message) =>
        Assert.That(
            () => StockChangeFactors.Parse(CsvTable.Parse($"from,to,factor\n{rows}\n", "f.csv")),
            UsageError.With("f.csv", message));

    [Test]
    public void LegendCodesThatAreNotInTheLegendAreNamed() =>
        Assert.That(() => StockChangeFactors.Parse(CsvTable.Parse("from,to,factor\n900,3,1\n", "f.csv"), Steppe),
            UsageError.With("row 2, column to: 3 is not a class of legend steppe"));

    [TestCase(0)]
    [TestCase(-0.8)]
    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    public void AConstantFMustBeAboveZero(double factor) =>
        Assert.That(() => StockChangeFactors.CheckedCropFactor(factor), UsageError.With("not a number above 0"));

    private static Legend Steppe { get; } =
        Legend.Parse(CsvTable.Parse("code,name,color,unccd\n900,Steppe,,2\n10,Rainfed,,3\n20,Irrigated,,3\n", "steppe.csv"));
}
