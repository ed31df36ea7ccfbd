using Ldn.Rasters;
using Ldn.Zones;

namespace Ldn.Tests.Zones;

internal sealed class PolygonProjectorTests
{
    private static readonly Grid World = new(360, 180, -180, 90, 1, -1, FakeGeodata.LonLat);

    [Test]
    public void ACapRoundThePoleIsClosedByWayOfIt(
        [Values(-1, 1)] int side, [Values] bool eastwards, [Values(0, 175.5)] double start)
    {
        double[] ring = [
            .. Enumerable.Range(0, 36).SelectMany(i => new[] { Wrap(start + (10 * (eastwards ? i : -i))), side * 60.2 })];
        RowSpan[] spans = Spans(World, ring);
        Assert.That(spans, Has.Length.EqualTo(30).And.All.Matches<RowSpan>(s => s is { Start: 0, End: 360 }));
        Assert.That(spans[0].Row, Is.EqualTo(side > 0 ? 0 : 150));
    }

    [Test]
    public void AHoleMayLieATurnFromItsPolygon()
    {
        double[] outer = [170, 0, 190, 0, 190, 10, 170, 10], jumping = [170, 0, -170, 0, -170, 10, 170, 10];
        double[][] holes = [
            [182, 2, 188, 2, 188, 8, 182, 8], [-178, 2, -172, 2, -172, 8, -178, 8], [178, 2, -178, 2, -178, 8, 178, 8]];
        foreach (double[] shell in (double[][])[outer, jumping])
            foreach (double[] hole in holes)
                Assert.That(RowSpans.CellCount(Spans(World, shell, hole)), Is.EqualTo(200 - (hole[0] == 178 ? 24 : 36)));
        double[] cap = [.. Enumerable.Range(0, 36).SelectMany(i => new[] { Wrap(10.0 * i), 60.0 })];
        Assert.That(RowSpans.CellCount(Spans(World, cap, [-5, 70, 5, 70, 5, 80, -5, 80])), Is.EqualTo((360 * 30) - 100));
    }

    [TestCase(new double[] { -180, -90, 180, -90, 180, 90, -180, 90, -180, -90 }, 360 * 180, TestName = "the world as a box")]
    [TestCase(new double[] { -180, 10, 180, 10, 180, 20, -180, 20 }, 3600, TestName = "a belt as a box")]
    [TestCase(new double[] { -180, 10, -90, 10, 0, 10, 90, 10, 180, 10, 180, 20, -180, 20 }, 3600, TestName = "a belt with points on one side")]
    [TestCase(new double[] { -200, 10, 200, 10, 200, 20, -200, 20 }, 3600, TestName = "a belt that overlaps itself")]
    [TestCase(new double[] { 0, 10, 360, 10, 360, 20, 0, 20 }, 3600, TestName = "a belt from 0 to 360")]
    [TestCase(new double[] { 170, 10, 180, 10, -180, 10, -170, 10, -170, 20, -180, 20, 180, 20, 170, 20 }, 200, TestName = "vertices on both names of the antimeridian")]
    [TestCase(new double[] { 170, 10, -170, 10, -170, 20, 170, 20 }, 200, TestName = "jumping")]
    [TestCase(new double[] { -190, 10, -170, 10, -170, 20, -190, 20 }, 200, TestName = "beyond -180")]
    [TestCase(new double[] { -180, -90, 180, -90, 180, -70, 60, -65, -60, -65, -180, -70 }, 360 * 20 + 1200, TestName = "Antarctica closed along the pole")]
    public void RingsAreReadAsTheyAreMeant(double[] ring, int cells)
    {
        Assert.That(RowSpans.CellCount(Spans(World, ring)), Is.EqualTo(cells));
        Assert.That(RowSpans.CellCount(Spans(World with { OriginX = 0 }, ring)), Is.EqualTo(cells));
        Assert.That(
            RowSpans.CellCount(Spans(World with { OriginX = -10 }, [.. ring.Reverse().Chunk(2).SelectMany(p => p.Reverse())])),
            Is.EqualTo(cells));
    }

    [TestCase(new double[] { 0, 0, 10, 91, 20, 0 }, "latitude 91")]
    [TestCase(new double[] { 500000, 10, 500100, 10, 500100, 20 }, "longitude 500000")]
    [TestCase(new double[] { 0, 0, double.NaN, 10, 20, 0 }, "NaN")]
    public void WhatAreNoDegreesIsRefused(double[] ring, string expected)
    {
        LdnException error = Assert.Throws<LdnException>(() => Spans(World, ring))!;
        Assert.That(error.ExitCode, Is.EqualTo(ExitCode.Input));
        Assert.That(error.Message, Does.StartWith("feature 1 (X)").And.Contain(expected));
    }

    [Test]
    public void LongEdgesBendOntoTheProjectedGrid()
    {
        // A box of four corners, 100° wide: its sides are curves in the sinusoidal projection, off their chords by hundreds of
        // cells.
        var grid = new Grid(1200, 800, -6e6, 8e6, 10000, -10000, FakeGeodata.Sinusoidal(0));
        RowSpan[] spans = Spans(grid, [-50, 5, 50, 5, 50, 70, -50, 70]);
        foreach (RowSpan span in spans)
        {
            double phi = grid.CentreY(span.Row) / FakeGeodata.Radius,
            half = FakeGeodata.Radius * 50 * Math.PI / 180 * Math.Cos(phi) / 10000;
            Assert.That(span.Start, Is.EqualTo(600 - half).Within(0.6));
            Assert.That(span.End, Is.EqualTo(600 + half).Within(0.6));
        }

        double rows = FakeGeodata.Radius * 65 * Math.PI / 180 / 10000;
        Assert.That(spans, Has.Length.EqualTo(rows).Within(1));
    }

    [Test]
    public void IntermediatePointsAreWithinATenthOfACell([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        Crs crs = (
            seed % 3) switch
        {
            0 => FakeGeodata.Mercator(20),
            1 => FakeGeodata.Sinusoidal(20),
            _ => FakeGeodata.PolarEqualArea()
        };
        var grid = new Grid(3000, 3000, -6e6, 8e6, 4000, -4000, crs);
        double[] ring = [.. Enumerable.Range(0, 3).SelectMany(_ => new[] { random.Next(-20, 60), random.Next(10, 60) + 0.0 })];
        var geodata = new FakeGeodata();
        using var projector = new PolygonProjector(FakeGeodata.LonLat, grid, geodata);
        IReadOnlyList<IReadOnlyList<double[]>> projected = projector.Project([[ring]], "X");
        if (projected.Count == 0)
            return;
        using ICoordinateTransform transform = geodata.CreateTransform(FakeGeodata.LonLat, crs);
        double[] line = projected[0][0];
        for (int i = 0; i < 6; i += 2)
        {
            for (double t = 0; t < 1; t += 1.0 / 257)
            {
                double[] x = [ring[i] + (t * (ring[(i + 2) % 6] - ring[i]))],
                y = [ring[i + 1] + (t * (ring[(i + 3) % 6] - ring[i + 1]))];
                transform.Transform(x, y);
                double column = (x[0] - grid.OriginX) / 4000, row = (y[0] - grid.OriginY) / -4000;
                if (column > 0 && column < 3000 && row > 0 && row < 3000)
                    Assert.That(Distance(line, column, row), Is.LessThan(0.1));
            }
        }
    }

    [Test]
    public void SharedEdgesStaySharedAfterProjection([Values(-40.0, 170.0)] double west)
    {
        // A checkerboard of boxes in degrees on a sinusoidal grid: every cell on earth belongs to exactly one, also at the seam.
        const double Cell = 50000, Half = Math.PI * FakeGeodata.Radius;
        int width = (int)(2 * Half / Cell) + 2;
        var grid = new Grid(width, width / 2, -Half - 1000, Half / 2, Cell, -Cell, FakeGeodata.Sinusoidal(west));
        int[,] hits = new int[grid.Height, grid.Width];
        for (int lon = -180; lon < 180; lon += 20)
            for (int lat = -90; lat < 90; lat += 15)
                foreach (RowSpan span in Spans(grid, [lon, lat, lon + 20, lat, lon + 20, lat + 15, lon, lat + 15]))
                    for (int column = span.Start; column < span.End; column++)
                        hits[span.Row, column]++;
        for (int row = 0; row < grid.Height; row++)
            for (int column = 0; column < grid.Width; column++)
            {
                double edge = Half * Math.Cos(grid.CentreY(row) / FakeGeodata.Radius) - Math.Abs(grid.CentreX(column));
                if (Math.Abs(edge) > 0.1 * Cell)
                    Assert.That(hits[row, column], Is.EqualTo(edge > 0 ? 1 : 0), $"{column}, {row}");
            }
    }

    [Test]
    public void CountriesOnTheOtherSideOfTheEarthNeitherFailNorSmear()
    {
        // Mercator has no poles, and its seam here is at 80° W: Antarctica and a box across the seam are far from a grid in Asia.
        var grid = new Grid(500, 500, -2.5e6, 9e6, 10000, -10000, FakeGeodata.Mercator(100));
        Assert.That(Spans(grid, [-180, -90, 180, -90, 180, -70, -180, -70]), Is.Empty);
        Assert.That(Spans(grid, [-120, 20, -50, 20, -50, 60, -120, 60]), Is.Empty);
        Assert.That(RowSpans.CellCount(Spans(grid, [-180, -90, 180, -90, 180, 90, -180, 90])), Is.EqualTo(250000));
    }

    [Test]
    public void ABreakThatIsNoMeridianIsNamed()
    {
        var grid = new Grid(500, 500, -2.5e6, 9e6, 10000, -10000, FakeGeodata.Interrupted());
        using var projector = new PolygonProjector(FakeGeodata.Sinusoidal(0), grid, new FakeGeodata());
        LdnException error = Assert.Throws<LdnException>(
            () => projector.Spans(ZoneData.Feature([-1e6, 4e6, 1e6, 4e6, 1e6, 7e6, -1e6, 7e6]), "feature 9 (Y)"))!;
        Assert.That(
            (error.ExitCode, error.Message),
            Is.EqualTo((ExitCode.Input, "feature 9 (Y): an edge crosses a break of the grid's CRS (interrupted 0)")));
    }

    [Test]
    public void ProjectedPolygonsComeToDegreesAcrossAntimeridianAndPole()
    {
        using var sinusoidal = new PolygonProjector(FakeGeodata.Sinusoidal(170), World, new FakeGeodata());
        double scale = FakeGeodata.Radius * Math.PI / 180;
        Assert.That(
            RowSpans.CellCount(
                sinusoidal.Spans(
                    ZoneData.Feature([-20 * scale, 0, 20 * scale, 0, 20 * scale, 5 * scale, -20 * scale, 5 * scale]), "X")),
            Is.EqualTo(200).Within(2));
        using var polar = new PolygonProjector(FakeGeodata.PolarEqualArea(), World, new FakeGeodata());
        double radius = 2 * FakeGeodata.Radius * Math.Sin(Math.PI / 12);
        double[] circle = [
            .. Enumerable.Range(0, 720)
                .SelectMany(i => new[] { radius * Math.Cos(i * Math.PI / 360), radius * Math.Sin(i * Math.PI / 360) })];
        Assert.That(RowSpans.CellCount(polar.Spans(ZoneData.Feature(circle), "X")), Is.EqualTo(360 * 30));
        Assert.That(
            RowSpans.CellCount(polar.Spans(ZoneData.Feature([-radius, 0, radius, 0, 0, radius]), "through the pole")),
            Is.GreaterThan(1000));
    }

    [Test]
    public void AnotherDatumMovesVerticesAcrossTheAntimeridian()
    {
        using var projector = new PolygonProjector(
            FakeGeodata.LonLat, World with { Crs = FakeGeodata.Shifted, OriginX = -179.5 }, new FakeGeodata());
        RowSpan[] spans = projector.Spans(ZoneData.Feature([170, 0, -170, 0, -170, 1, 170, 1]), "X");
        Assert.That(spans, Is.EqualTo(new[] { new RowSpan(89, 0, 10), new RowSpan(89, 350, 360) }));
    }

    [Test]
    public void SouthUpGridsAndPlaneCoordinatesAreAffine()
    {
        var grid = new Grid(10, 10, 1000, 2000, 10, 10, FakeGeodata.Mercator(0));
        using var projector = new PolygonProjector(FakeGeodata.Mercator(0), grid, new FakeGeodata());
        Assert.That(
            projector.Spans(ZoneData.Feature([1020, 2000, 1050, 2000, 1050, 2010, 1020, 2010]), "X"),
            Is.EqualTo(new[] { new RowSpan(0, 2, 5) }));
    }

    private static RowSpan[] Spans(Grid grid, params double[][] rings)
    {
        using var projector = new PolygonProjector(FakeGeodata.LonLat, grid, new FakeGeodata());
        return projector.Spans(ZoneData.Feature(rings), "feature 1 (X)");
    }

    private static double Wrap(double lon) => lon - (360 * Math.Ceiling((lon - 180) / 360));

    private static double Distance(double[] line, double x, double y)
    {
        double least = double.PositiveInfinity;
        for (int i = 0; i < line.Length; i += 2)
        {
            double x0 = line[i], y0 = line[i + 1], dx = line[(i + 2) % line.Length] - x0, dy = line[(i + 3) % line.Length] - y0;
            double t = Math.Clamp(dx == 0 && dy == 0 ? 0 : (((x - x0) * dx) + ((y - y0) * dy)) / ((dx * dx) + (dy * dy)), 0, 1);
            least = Math.Min(least, Math.Sqrt(Math.Pow(x - x0 - (t * dx), 2) + Math.Pow(y - y0 - (t * dy), 2)));
        }

        return least;
    }
}
