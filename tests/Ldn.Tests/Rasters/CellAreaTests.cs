using Ldn.Rasters;

namespace Ldn.Tests.Rasters;

internal sealed class CellAreaTests
{
    private static readonly Crs Wgs84 = FakeGeodata.Wgs84;

    private static CellArea Geographic(double top, double step, int rows, Crs? crs = null, double width = 1) =>
        CellArea.Create(new Grid(1, rows, 0, top, width, step, crs ?? Wgs84), new FakeGeodata());

    [Test]
    public void GeographicCellsHaveThePublishedAreas()
    {
        using CellArea area = Geographic(61, -1, 62);
        Assert.That(area.ConstantAlongRows);
        Assert.That(area.OfRow(60) / 1e6, Is.EqualTo(12308463893.800426).Within(1e-6));
        // The published digits carry the rounding of doubles; at 40 digits the same formula gives 6123140878.790304.
        Assert.That(area.OfRow(0) / 1e6, Is.EqualTo(6123140878.790278).Within(3e-5));
        Assert.That(area.OfRow(0) / 1e6, Is.EqualTo(6123140878.790304).Within(2e-6));
    }

    [Test]
    public void TheWorldHasThePublishedArea()
    {
        using CellArea area = Geographic(90, -0.25, 720);
        double sum = 0;
        for (int row = 0; row < 720; row++)
            sum += area.OfRow(row) / 1e6;
        Assert.That(sum * 360, Is.EqualTo(510065621721676.04).Within(0.25));
    }

    [Test]
    public void SouthUpRowsAreTheSameRowsReversed()
    {
        using CellArea north = Geographic(90, -0.5, 360), south = Geographic(-90, 0.5, 360);
        for (int row = 0; row < 360; row++)
            Assert.That(south.OfRow(359 - row), Is.EqualTo(north.OfRow(row)));
    }

    [Test]
    public void RowsBeyondAPoleAreClippedToIt()
    {
        using CellArea beyond = Geographic(91.5, -1, 183), within = Geographic(90, -0.5, 360);
        Assert.That(beyond.OfRow(0), Is.Zero);
        Assert.That(beyond.OfRow(1), Is.EqualTo(within.OfRow(0)));
        Assert.That(beyond.OfRow(181), Is.EqualTo(within.OfRow(359)));
        Assert.That(beyond.OfRow(182), Is.Zero);
    }

    [Test]
    public void ASphereNeedsNoEccentricity()
    {
        using CellArea area = Geographic(30, -1, 1, new Crs("s", "s", true, Projections.R, Projections.R));
        double expected = Projections.R * Projections.R * (Math.Sin(Math.PI / 6) - Math.Sin(29 * Math.PI / 180)) * Math.PI / 180;
        Assert.That(area.OfRow(0) / 1e6, Is.EqualTo(expected).Within(1e-9).Percent);
    }

    [TestCase(6378137, 6356752.314245179)]
    [TestCase(6378249.145, 6356514.965828)]
    [TestCase(6371007.181, 6371007.181)]
    public void GeographicAreasAreThoseOfTheSurfaceElement(double a, double b)
    {
        using CellArea area = Geographic(90, -0.37, 486, new Crs("e", "e", true, a, b), 0.0021);
        for (int row = 0; row < 486; row += 5)
        {
            double north = 90 - (0.37 * row), expected = Quadrature(a, b, north - 0.37, north) * 0.0021 * Math.PI / 180;
            Assert.That(area.OfRow(row) / 1e6, Is.EqualTo(expected).Within(expected * 1e-9).Or.EqualTo(expected).Within(1e-6));
        }
    }

    [Test]
    public void FillRepeatsTheRowOfAGeographicGrid()
    {
        using CellArea area = CellArea.Create(new Grid(10, 4, 0, 2, 1, -1, Wgs84), new FakeGeodata());
        ulong[] line = new ulong[4];
        area.Fill(3, 6, line);
        Assert.That(line, Is.All.EqualTo(area.OfRow(3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => area.Fill(3, 7, line));
        Assert.Throws<ArgumentOutOfRangeException>(() => area.OfRow(4));
    }

    [Test]
    public void ACellTooLargeForTheCounterIsAnError()
    {
        LdnException error = Assert.Throws<LdnException>(() => Geographic(90, -180, 1, width: 360))!;
        Assert.That(error.ExitCode, Is.EqualTo(ExitCode.Input));
    }

    /// <summary>∫ M N cos φ dφ by Simpson's rule, M and N the radii of curvature.</summary>
    internal static double Quadrature(double a, double b, double south, double north)
    {
        const int Steps = 200;
        double e2 = 1 - (b * b / (a * a)), h = (north - south) / Steps * Math.PI / 180, sum = 0;
        for (int i = 0; i <= Steps; i++)
        {
            double phi = (south * Math.PI / 180) + (i * h), w = 1 - (e2 * Math.Sin(phi) * Math.Sin(phi));
            double element = a * (1 - e2) / Math.Pow(w, 1.5) * (a / Math.Sqrt(w)) * Math.Cos(phi);
            sum += element * (i is 0 or Steps ? 1 : i % 2 == 1 ? 4 : 2);
        }
        return sum * h / 3;
    }
}
