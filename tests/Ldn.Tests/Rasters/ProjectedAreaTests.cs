using Ldn.Rasters;

namespace Ldn.Tests.Rasters;

[Category("Slow")]
internal sealed class ProjectedAreaTests
{
    private const double R = Projections.R;

    private static ulong[,] All(CellArea area, Grid grid)
    {
        ulong[,] all = new ulong[grid.Height, grid.Width];
        ulong[] line = new ulong[grid.Width];
        for (int row = 0; row < grid.Height; row++)
        {
            area.Fill(row, 0, line);
            for (int column = 0; column < grid.Width; column++)
                all[row, column] = line[column];
        }
        return all;
    }

    [TestCase(6378137, 6356752.314245179, 1)]
    [TestCase(6378137, 6378137, 1)]
    [TestCase(6378137, 6356752.314245179, 0.3048)]
    public void MercatorCellsAreTheGeographicBoxesTheyCover(double a, double b, double unit)
    {
        Projection mercator = Projections.Mercator(a, b, unit);
        var grid = new Grid(40, 30, -2e6 / unit, 1.2e7 / unit, 50000 / unit, -40000 / unit, mercator.Crs);
        using CellArea area = CellArea.Create(grid, new FakeGeodata(mercator));
        Assert.That(area.ConstantAlongRows, Is.False);
        ulong[,] cells = All(area, grid);
        for (int row = 0; row < 30; row++)
        {
            double north = mercator.Inverse(0, grid.OriginY + (row * grid.CellHeight)).Lat;
            double south = mercator.Inverse(0, grid.OriginY + ((row + 1) * grid.CellHeight)).Lat;
            double expected = CellAreaTests.Quadrature(a, b, south, north) * 50000 / a;
            for (int column = 0; column < 40; column++)
                Assert.That(cells[row, column] / 1e6, Is.EqualTo(expected).Within(expected * 1e-7), $"row {row}");
        }
    }

    [Test]
    public void MercatorBeyondTheDateLineStillCounts()
    {
        Projection mercator = Projections.Mercator(6378137, 6378137);
        var grid = new Grid(400, 2, 1.98e7, 5e6, 1000, -1000, mercator.Crs);
        using CellArea area = CellArea.Create(grid, new FakeGeodata(mercator));
        ulong[,] cells = All(area, grid);
        for (int column = 0; column < 400; column++)
            Assert.That(cells[1, column] / (double)cells[1, 0], Is.EqualTo(1).Within(1e-9));
    }

    [Test]
    public void PolarStereographicIsRightAtAndAroundThePole()
    {
        var grid = new Grid(257, 255, -128.5 * 25000, 127.5 * 25000, 25000, -25000, Projections.PolarStereographic.Crs);
        using CellArea area = CellArea.Create(grid, new FakeGeodata(Projections.PolarStereographic));
        ulong[,] cells = All(area, grid);
        double worst = 0;
        for (int row = 0; row < 255; row++)
            for (int column = 0; column < 257; column++)
            {
                double mean = Mean(grid, column, row, (x, y) => Math.Pow(1 + (((x * x) + (y * y)) / (4 * R * R)), -2));
                worst = Math.Max(worst, Math.Abs((cells[row, column] / 6.25e14 / mean) - 1));
            }
        Assert.That(worst, Is.LessThan(1e-7));
    }

    [Test]
    public void ALargeTransverseMercatorGridIsSmallAndQuickToBuild()
    {
        var geodata = new FakeGeodata(Projections.TransverseMercator);
        var grid = new Grid(40000, 30000, -600000, 5e6, 30, -30, Projections.TransverseMercator.Crs);
        using CellArea area = CellArea.Create(grid, geodata);
        ulong[] line = new ulong[40000];
        area.Fill(12345, 0, line);
        for (int column = 0; column < 40000; column += 7)
            Assert.That(line[column] / 9e8, Is.EqualTo(Math.Pow(Math.Cosh(grid.CentreX(column) / R), -2)).Within(1e-8));
        Assert.That(geodata.Transformed, Is.LessThan(400_000));
    }

    [Test]
    public void EqualAreaGridsAreConstant()
    {
        Projection[] projections = [Projections.Sinusoidal, Projections.Mollweide, Projections.EqualAreaCylindrical];
        foreach (Projection projection in projections)
        {
            var grid = new Grid(2400, 2400, 1111950.519667, 5559752.598333, 463.31271653, -463.31271653, projection.Crs);
            using CellArea area = CellArea.Create(grid, new FakeGeodata(projection));
            Assert.That(area.ConstantAlongRows, projection.Name);
            Assert.That(area.OfRow(17), Is.EqualTo((ulong)Math.Round(463.31271653 * 463.31271653 * 1e6)));
        }
    }

    [Test]
    public void CellsOffTheMapHaveNoAreaAndTheOthersTheirs([Values(false, true)] bool mollweide, [Values(100, 333)] int columns)
    {
        Projection projection = mollweide ? Projections.Mollweide : Projections.Sinusoidal;
        double half = mollweide ? 2 * Math.Sqrt(2) * R : Math.PI * R, cell = 2 * half / columns;
        var grid = new Grid(
            columns + 4, (columns / 2) + 4, -half - (2 * cell), (half / 2) + (2 * cell), cell, -cell, projection.Crs);
        using CellArea area = CellArea.Create(grid, new FakeGeodata(projection));
        Assert.That(area.ConstantAlongRows, Is.False);
        ulong[,] cells = All(area, grid);
        for (int row = 0; row < grid.Height; row++)
            for (int column = 0; column < grid.Width; column++)
            {
                double x = grid.CentreX(column), y = grid.CentreY(row);
                double edge = mollweide ? half * Math.Sqrt(
                    Math.Max(
                        0, 1 - Math.Pow(2 * y / half, 2))) : Math.Abs(y / R) < Math.PI / 2 ? Math.PI * R * Math.Cos(y / R) : 0;
                double scale = cells[row, column] / (cell * cell * 1e6);
                if (Math.Abs(Math.Abs(x) - edge) > 1 && Math.Abs(scale - (Math.Abs(x) < edge ? 1 : 0)) > 1e-6)
                    Assert.Fail($"{column},{row}: {x} {y} {scale}");
            }
    }

    [Test]
    public void NeitherWindowsNorThreadsChangeAnArea()
    {
        var grid = new Grid(1000, 70, -half(1000), 8e6, 20000, -20000, Projections.Mollweide.Crs);
        using CellArea whole = CellArea.Create(grid, new FakeGeodata(Projections.Mollweide)),
        parts = CellArea.Create(grid, new FakeGeodata(Projections.Mollweide));
        ulong[,] expected = All(whole, grid);
        Parallel.For(0, 70, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            int row = i * 27 % 70;
            ulong[] line = new ulong[1000];
            for (int column = 0, width = 1 + (row % 61); column < 1000; column += width)
                parts.Fill(row, column, line.AsSpan(column, Math.Min(width, 1000 - column)));
            for (int column = 0; column < 1000; column++)
                if (line[column] != expected[row, column])
                    Assert.Fail($"{column},{row}: {line[column]} {expected[row, column]}");
        });

        static double half(int columns) => columns * 10000;
    }

    [Test]
    public void VectorsAndScalarsRoundAlike()
    {
        double[] values = new double[36];
        var random = new Random(5);
        for (int i = 0; i < 36; i++)
            values[i] = 9e8 * (1 + (1e-3 * random.NextDouble()));
        var polynomial = new AreaPolynomial(new Window(100, 50, 333, 200), 6, values);
        ulong[] whole = new ulong[333];
        polynomial.Fill(77, 100, whole);
        for (int column = 0; column < 333; column++)
        {
            ulong[] one = new ulong[1];
            polynomial.Fill(77, 100 + column, one);
            Assert.That(whole[column], Is.EqualTo(one[0]));
            Assert.That((double)one[0], Is.EqualTo(polynomial.At(100 + column, 77)).Within(0.51));
        }
    }

    [Test]
    public void TheWholeSphereInAnEqualAreaCylinderIsTheSphere()
    {
        // Ends exactly at ±180° and the poles.
        var grid = new Grid(144, 72, -Math.PI * R, R, Math.PI * R / 72, -R / 36, Projections.EqualAreaCylindrical.Crs);
        using CellArea area = CellArea.Create(grid, new FakeGeodata(Projections.EqualAreaCylindrical));
        double sum = 0;
        foreach (ulong cell in All(area, grid))
            sum += cell / 1e6;
        Assert.That(sum / (4 * Math.PI * R * R), Is.EqualTo(1).Within(1e-6));
    }

    private static double Mean(Grid grid, int column, int row, Func<double, double, double> scale)
    {
        const int N = 4;
        double sum = 0;
        double[] nodes = [-0.8611363115940526, -0.3399810435848563, 0.3399810435848563, 0.8611363115940526];
        double[] weights = [0.3478548451374538 / 2, 0.6521451548625461 / 2, 0.6521451548625461 / 2, 0.3478548451374538 / 2];
        for (int i = 0; i < N * N; i++)
            sum += weights[i % N] * weights[i / N] * scale(
                grid.CentreX(column) + (nodes[i % N] * grid.CellWidth / 2),
                grid.CentreY(row) + (nodes[i / N] * grid.CellHeight / 2));
        return sum;
    }
}
