using Ldn.Rasters;

namespace Ldn.Tests.Rasters;

[Category("Slow")]
internal sealed class AlignedRasterTests
{
    private static readonly FakeGeodata Geodata = new(
        Projections.PolarStereographic, Projections.Sinusoidal, Projections.TransverseMercator, Projections.Mollweide);
    private static readonly Crs Lonlat = FakeGeodata.Wgs84;

    private static double Code(int column, int row) => ((column * 7) + (row * 13) + (column * row % 5)) % 101;

    /// <summary>Reads window by window and compares every cell with the law.</summary>
    internal static void Check(
        FakeRaster source, Grid run, Resampling method, int windowWidth, int windowHeight, params double[] noData)
    {
        var reference = new Reference(source, run, Geodata, method, noData);
        using var raster = new AlignedRaster(source, run, Geodata, method, noData, cacheBytes: 2048);
        int size = raster.OutputType.Size();
        byte[] expected = new byte[size];
        for (int row = 0; row < run.Height; row += windowHeight)
            for (int column = 0; column < run.Width; column += windowWidth)
            {
                Window window = new Window(column, row, windowWidth, windowHeight).Intersect(run.Extent);
                int count = window.Width * window.Height;
                byte[] cells = new byte[count * size], outside = new byte[count];
                Array.Fill(cells, (byte)0x77);
                Array.Fill(outside, (byte)0x77);
                bool inside = raster.Read(window, cells, outside);
                bool all = true;
                for (int i = 0; i < count; i++)
                {
                    int c = window.Column + (i % window.Width), r = window.Row + (i / window.Width);
                    double? value = reference.At(c, r);
                    all &= value is not null;
                    Array.Clear(expected);
                    if (value is { } known)
                        FakeRaster.Write(known, raster.OutputType, expected);
                    if (
                        !cells.AsSpan(i * size, size).SequenceEqual(expected)
                            || (!inside && outside[i] != (value is null ? 1 : 0)))
                        Assert.Fail(
                            $"cell {c},{r} in {window}: {Convert.ToHexString(cells, i * size, size)} instead of {value}, "
                                + $"outside {outside[i]}");
                }
                Assert.That(inside, Is.EqualTo(all), window.ToString());
            }
    }

    [Test]
    public void EveryTypeAtTheSameGrid([Values] CellType type, [Values(1, 5, 16, 64)] int window)
    {
        var grid = new Grid(40, 33, 10, 50, 0.1, -0.1, Lonlat);
        Check(new FakeRaster(grid, type, 16, 16, Code), grid, Resampling.Nearest, window, window);
    }

    [TestCase(16, 16)]
    [TestCase(40, 1)]
    [TestCase(7, 3)]
    public void ShiftedExtentsPartlyAndWhollyOutside(int blockWidth, int blockHeight)
    {
        var grid = new Grid(40, 33, 10, 50, 0.5, -0.25, Lonlat);
        foreach (
            (double dx, double dy) in ((double, double)[])[
                (1, 0), (-3, 2), (39, -32), (80, 0), (0, 90), (0.4, -0.6), (-17.3, 16.1)])
        {
            Grid run = grid with { OriginX = 10 + (dx * 0.5), OriginY = 50 - (dy * 0.25) };
            foreach (int window in (int[])[1, 7, 16, 40])
                Check(
                    new FakeRaster(grid, CellType.Int16, blockWidth, blockHeight, Code), run, Resampling.Nearest, window, window);
        }
    }

    [Test]
    public void RandomGridsOfOneSystem([Range(0, 59)] int seed)
    {
        var random = new Random(seed);
        Crs crs = seed % 3 == 0 ? Projections.Sinusoidal.Crs : Lonlat;
        Grid source = Random(), run = Random();
        var type = (CellType)random.Next(10);
        var raster = new FakeRaster(source, type, random.Next(1, 70), random.Next(1, 40), (c, r) => (c + (r * 3)) % 11, 4);
        Check(raster, run, Resampling.Nearest, random.Next(1, 70), random.Next(1, 50));
        Check(raster, run, Resampling.Mode, random.Next(1, 70), random.Next(1, 50), 7, 300);
        Check(raster, run, Resampling.Average, random.Next(1, 70), random.Next(1, 50), 7, -1);

        Grid Random()
        {
            int width = random.Next(1, 90), height = random.Next(1, 60);
            double span = random.Next(3) == 0
                ? 360
                : random.Next(20, 200), x = random.Next(3) switch { 0 => -180, 1 => 0, _ => random.Next(-200, 200) };
            bool southUp = random.Next(4) == 0;
            double tall = random.Next(10, 90);
            return new Grid(width, height, x, southUp ? -40 : 50, span / width, (southUp ? tall : -tall) / height, crs);
        }
    }

    [Test]
    public void LongitudesFrom0To360AndFromMinus180To180AreOne()
    {
        var east = new Grid(36, 18, 0, 90, 10, -10, Lonlat);
        Grid west = east with { OriginX = -180 };
        foreach (int window in (int[])[1, 5, 36])
        {
            Check(new FakeRaster(east, CellType.Byte, 8, 8, Code), west, Resampling.Nearest, window, window);
            Check(new FakeRaster(west, CellType.Byte, 8, 8, Code), east, Resampling.Nearest, window, window);
            Check(
                new FakeRaster(west, CellType.Byte, 8, 8, Code), east with { Width = 40, OriginX = 165 }, Resampling.Nearest,
                window, window);
            Check(
                new FakeRaster(west, CellType.Byte, 8, 8, Code), new Grid(13, 6, 155, 90, 30, -30, Lonlat), Resampling.Mode,
                window, window);
        }
    }

    [Test]
    public void TheDriftOfRealGridsShiftsNoPixel()
    {
        var run = new Grid(4320, 3, -180, 84, 1 / 12.0, -1 / 12.0, Lonlat);
        var drifting = new Grid(4320, 3, -180, 84, 0.0833333, -0.0833333, Lonlat);
        Check(new FakeRaster(drifting, CellType.Int16, 4320, 1, (c, r) => c), run, Resampling.Nearest, 512, 3);
        Check(
            new FakeRaster(drifting with { OriginX = -179.9999 - (1 / 24.0) }, CellType.Int16, 256, 2, (c, r) => c), run,
            Resampling.Nearest, 512, 3);
        Check(new FakeRaster(run, CellType.Int16, 256, 2, (c, r) => c), drifting, Resampling.Nearest, 500, 2);
    }

    [Test]
    public void OtherSystemsByTheCentreOfEveryCell(
        [Values(Resampling.Nearest, Resampling.Mode, Resampling.Average)] Resampling method, [Values(3, 9, 40)] int window)
    {
        // Around the pole, where longitudes of one window span the whole circle.
        var polar = new Grid(30, 28, -1.5e6, 1.4e6, 1e5, -1e5, Projections.PolarStereographic.Crs);
        var world = new Grid(90, 45, -180, 90, 4, -4, Lonlat);
        var fine = new Grid(360, 40, 0, 90, 1, -1, Lonlat);
        Check(new FakeRaster(world, CellType.Byte, 16, 16, (c, r) => (c + r) % 7, 3), polar, method, window, window, 5);
        Check(new FakeRaster(fine, CellType.Int16, 360, 1, (c, r) => (c / 5) + r, 3), polar, method, window, window, 5);
        Check(
            new FakeRaster(polar, CellType.Float32, 8, 8, (c, r) => r == 3 ? double.NaN : (c + r) % 7, 3), world, method, window,
            window);

        // Run cells off the map and across its date line.
        var sinusoidal = new Grid(40, 20, -2e7, 1e7, 1e6, -1e6, Projections.Sinusoidal.Crs);
        var mollweide = new Grid(20, 10, -1.9e7, 9.5e6, 1.9e6, -1.9e6, Projections.Mollweide.Crs);
        Check(new FakeRaster(world, CellType.UInt16, 7, 90, (c, r) => (c / 3) + r), mollweide, method, window, window);
        Check(
            new FakeRaster(sinusoidal, CellType.Byte, 16, 4, (c, r) => (c / 3) + r), new Grid(24, 18, 100, 90, 10, -10, Lonlat),
            method, window, window);
        Check(new FakeRaster(mollweide, CellType.SByte, 16, 4, (c, r) => c - r), sinusoidal, method, window, window);
    }

    [Test]
    public void RandomGridsOfTwoSystems([Range(0, 19)] int seed)
    {
        var random = new Random(seed);
        var local = new Grid(
            random.Next(5, 60), random.Next(5, 60), -4e5, 5.5e6, random.Next(5000, 50000), -random.Next(5000, 50000),
            Projections.TransverseMercator.Crs);
        double step = random.NextDouble() + 0.05;
        var lonlat = new Grid(
            random.Next(5, 90), random.Next(5, 90), -random.Next(1, 9) + (seed % 2 * 360), 51, step, -step, Lonlat);
        foreach (Resampling method in (Resampling[])[Resampling.Nearest, Resampling.Mode, Resampling.Average])
        {
            Check(
                new FakeRaster(local, CellType.Byte, 16, 16, (c, r) => (c + (2 * r)) % 5, 3), lonlat, method, random.Next(1, 40),
                random.Next(1, 40));
            Check(
                new FakeRaster(lonlat, CellType.Int32, 90, 1, (c, r) => (c + (2 * r)) % 5, 3), local, method, random.Next(1, 40),
                random.Next(1, 40));
        }
    }

    [Test]
    public void MeansOfFractionsDoNotDependOnTheWindow([Values] bool reproject)
    {
        var source = new Grid(300, 200, 0, 55, 0.05, -0.05, Lonlat);
        Grid run = reproject
            ? new Grid(31, 23, -2e5, 6e6, 37000, -41000, Projections.TransverseMercator.Crs)
            : new Grid(31, 23, -1, 56, 0.47, -0.39, Lonlat);
        using var raster = new AlignedRaster(
            new FakeRaster(source, CellType.Float64, 64, 32, (c, r) => Math.Sin((c * 1.7) + r)), run, Geodata,
            Resampling.Average);
        byte[] whole = new byte[31 * 23 * 8], one = new byte[8], outside = new byte[31 * 23];
        raster.Read(run.Extent, whole, outside);
        for (int i = 0; i < 31 * 23; i++)
        {
            bool inside = raster.Read(new Window(i % 31, i / 31, 1, 1), one, outside.AsSpan(0, 1));
            Assert.That(one, Is.EqualTo(whole.AsSpan(i * 8, 8).ToArray()), $"{i % 31},{i / 31} {inside}");
        }
    }
}
