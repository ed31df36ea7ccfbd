using Ldn.Rasters;

namespace Ldn.Gdal.Tests;

/// <summary>
/// Areas of cells on real coordinate systems against an integral around the cell on the system's own ellipsoid, which knows no
/// areal scale: the area between a curve and
/// the equator is ∮ q(φ) dλ, q that of the closed formula of a zone (method §9).
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ProjectedCellAreaTests
{
    private const string Modis = "+proj=sinu +lon_0=0 +x_0=0 +y_0=0 +R=6371007.181 +units=m +no_defs";

    [TestCase("EPSG:32647", 300_000, 5_500_000, 5000, TestName = "UTM zone 47 N")]
    [TestCase("EPSG:32719", 200_000, 7_000_000, 10_000, TestName = "UTM zone 19 S")]
    [TestCase("EPSG:5070", -900_000, 2_400_000, 10_000, TestName = "Albers of the United States, NAD83")]
    [TestCase("EPSG:3577", 400_000, -2_900_000, 10_000, TestName = "Albers of Australia, GRS 80")]
    [TestCase("ESRI:54009", 8_000_000, 5_000_000, 20_000, TestName = "Mollweide")]
    [TestCase("ESRI:54009", 1_000_000, 100_000, 20_000, TestName = "Mollweide about the equator")]
    [TestCase(Modis, 6_000_000, 5_500_000, 10_000, TestName = "MODIS sinusoidal, on its sphere")]
    [TestCase("EPSG:3857", 11_500_000, 6_000_000, 10_000, TestName = "Web Mercator")]
    [TestCase("EPSG:3395", 11_500_000, 8_000_000, 10_000, TestName = "World Mercator")]
    [TestCase("EPSG:3413", 1_000_000, -1_000_000, 25_000, TestName = "Polar stereographic, north")]
    [TestCase("EPSG:3031", -2_500_000, 1_500_000, 25_000, TestName = "Polar stereographic, south")]
    [TestCase("EPSG:6931", 1_500_000, 500_000, 25_000, TestName = "Polar equal-area, north")]
    public void ACellHasTheAreaOfItsOutlineOnItsEllipsoid(string definition, double x, double y, double cell)
    {
        Crs crs = GdalGeodata.ParseCrs(definition), geographic = Scratch.Geodata.GeographicOf(crs);
        var grid = new Grid(40, 30, x, y, cell, -cell, crs);
        using CellArea areas = CellArea.Create(grid, Scratch.Geodata);
        using ICoordinateTransform toGeographic = Scratch.Geodata.CreateTransform(crs, geographic);
        var row = new ulong[grid.Width];
        foreach (int at in new[] { 0, 14, 29 })
        {
            areas.Fill(at, 0, row);
            foreach (int column in new[] { 0, 21, 39 })
            {
                double expected = Outline(grid, column, at, geographic, toGeographic);
                Assert.That(row[column] / 1e6, Is.EqualTo(expected).Within(expected * 1e-6), $"{column}, {at}");
            }
        }
    }

    /// <summary>
    /// Names prove nothing: PROJ's Mollweide is spherical, and on WGS 84 the nominal size of a cell is too large at the equator
    /// (+0.67 %) and too small at 60° (−0.34 %).
    /// </summary>
    [TestCase(100_000, 1.0067)]
    [TestCase(6_877_000, 0.9966)]
    public void MollweideIsNotEqualAreaOnTheEllipsoid(double y, double nominalToTrue)
    {
        var grid = new Grid(4, 4, 200_000, y, 1000, -1000, GdalGeodata.ParseCrs("ESRI:54009"));
        using CellArea areas = CellArea.Create(grid, Scratch.Geodata);
        var row = new ulong[4];
        areas.Fill(1, 0, row);
        Assert.That(1e12 / row[1], Is.EqualTo(nominalToTrue).Within(1e-4));
    }

    [TestCase(Modis)]
    [TestCase("EPSG:5070")]
    [TestCase("EPSG:6933")]
    public void EqualAreaSystemsGiveEveryCellItsNominalArea(string definition)
    {
        var grid = new Grid(200, 100, -900_000, 2_400_000, 500, -500, GdalGeodata.ParseCrs(definition));
        using CellArea areas = CellArea.Create(grid, Scratch.Geodata);
        Assert.That(areas.ConstantAlongRows);
        Assert.That(areas.OfRow(50) / 1e6, Is.EqualTo(250_000).Within(250_000 * 1e-9));
    }

    /// <summary>∮ q dλ by Simpson's rule along the four edges; q in units of area a radian.</summary>
    private static double Outline(Grid grid, int column, int row, Crs geographic, ICoordinateTransform transform)
    {
        const int steps = 64;
        double west = grid.OriginX + (column * grid.CellWidth), north = grid.OriginY + (row * grid.CellHeight);
        (double X, double Y)[] corners = [
            (west, north), (west, north + grid.CellHeight), (west + grid.CellWidth, north + grid.CellHeight),
            (west + grid.CellWidth, north)];
        double sum = 0;
        for (int edge = 0; edge < 4; edge++)
        {
            ((double x0, double y0), (double x1, double y1)) = (corners[edge], corners[(edge + 1) % 4]);
            double[] x = [.. Enumerable.Range(0, (2 * steps) + 1).Select(i => x0 + ((x1 - x0) * i / (2 * steps)))],
            y = [.. Enumerable.Range(0, (2 * steps) + 1).Select(i => y0 + ((y1 - y0) * i / (2 * steps)))];
            transform.Transform(x, y);

            // ∫ q dλ over a step of two points, λ and q both as parabolas through three points.
            for (int i = 0; i < 2 * steps; i += 2)
            {
                double a = Zone(y[i], geographic), b = Zone(y[i + 1], geographic), c = Zone(y[i + 2], geographic);
                double l = Turn(x[i + 1] - x[i]), r = Turn(x[i + 2] - x[i + 1]);
                double start = (3 * l) - r, end = (3 * r) - l, middle = l + r;
                sum += ((a * start) + (4 * b * middle) + (c * end)) / 6 * (Math.PI / 180);
            }
        }

        return Math.Abs(sum);
    }

    /// <summary>Across the antimeridian the way is the short one.</summary>
    private static double Turn(double degrees) => degrees - (360 * Math.Round(degrees / 360));

    /// <summary>Area between the equator and a latitude, m² a radian of longitude.</summary>
    private static double Zone(double latitude, Crs geographic)
    {
        (double a, double b) = (geographic.SemiMajorAxis, geographic.SemiMinorAxis);
        double sine = Math.Sin(latitude * Math.PI / 180);
        if (a == b)
            return a * a * sine;
        double e = Math.Sqrt(1 - (b * b / (a * a)));
        return b * b / 2 * ((sine / (1 - (e * e * sine * sine))) + (Math.Atanh(e * sine) / e));
    }
}
