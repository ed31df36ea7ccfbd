using System.Runtime.InteropServices;
using Ldn.Rasters;

namespace Ldn.Tests.Rasters;

/// <summary>People onto the run's grid (method §11): the sum is kept, and the windows that are read change nothing.</summary>
[Category("Slow")]
internal sealed class CountSharingTests
{
    private const double Unit = CountSharing.PartsPerUnit;

    private static readonly FakeGeodata Geodata = new(
        Projections.PolarStereographic, Projections.Sinusoidal, Projections.TransverseMercator);
    private static readonly Crs Lonlat = FakeGeodata.Wgs84;
    private static readonly Grid Source = new(48, 36, 10, 60, 0.5, -0.5, Lonlat);

    /// <summary>
    /// Run grids that hold all of the source, finer, coarser, as fine, shifted, south-up, round the Earth, and of other systems.
    /// </summary>
    private static readonly (string Name, Grid Run)[] Runs =
    [
        ("same", Source),
        ("finer", new Grid(240, 180, 10, 60, 0.1, -0.1, Lonlat)),
        ("finer by no whole number", new Grid(182, 137, 9.9, 60.1, 0.1337, -0.1337, Lonlat)),
        ("coarser", new Grid(12, 9, 10, 60, 2, -2, Lonlat)),
        ("coarser by no whole number", new Grid(19, 15, 9.7, 60.2, 1.31, -1.31, Lonlat)),
        ("shifted", Source with { Width = 50, Height = 38, OriginX = 9.77, OriginY = 60.31 }),
        ("finer across, coarser down", new Grid(240, 9, 10, 60, 0.1, -2, Lonlat)),
        ("south up", new Grid(130, 100, 9.5, 41, 0.2, 0.2, Lonlat)),
        ("round the Earth from 15", new Grid(1200, 180, 15, 60, 0.3, -0.1, Lonlat)),
        (
            "other system, finer",
            new Grid(400, 420, -2.2e6, 6.9e6, 10500, -6100, Projections.Sinusoidal.Crs) with { OriginX = 3e5 }),
        ("other system, coarser", new Grid(40, 26, 1e5, 7.2e6, 110000, -120000, Projections.Sinusoidal.Crs)),
        ("around the pole", new Grid(170, 170, -6e6, 6e6, 70000, -70000, Projections.PolarStereographic.Crs)),
    ];

    private static IEnumerable<TestCaseData> Cases => Runs.Select(r => new TestCaseData(r.Run).SetArgDisplayNames(r.Name));

    /// <summary>Half a person here, a town there, nobody in between: a share of each must not get lost.</summary>
    private static double People(int column, int row) =>
        ((column * 7) + (row * 11)) % 9 switch { 0 => 0, 1 => 0.5, 2 => 1234.5678, 3 => -1, int n => n / 7.0 };

    private static FakeRaster Raster(Grid grid, Func<int, int, double> value) => new(grid, CellType.Float64, 16, 8, value, -1);

    private static double Sum(Grid grid, Func<int, int, double> value)
    {
        double sum = 0;
        for (int row = 0; row < grid.Height; row++)
            for (int column = 0; column < grid.Width; column++)
                sum += Math.Max(0, value(column, row));
        return sum;
    }

    private static long[] Read(IRasterSource source, Grid run, int windowWidth, int windowHeight)
    {
        using CellArea areas = CellArea.Create(run, Geodata);
        using var raster = new AlignedRaster(source, run, Geodata, Resampling.Share, [], 4096, new CountSharing(areas));
        Assert.That(raster.OutputType, Is.EqualTo(CellType.Int64));
        var all = new long[run.Width * run.Height];
        for (int row = 0; row < run.Height; row += windowHeight)
        {
            for (int column = 0; column < run.Width; column += windowWidth)
            {
                Window window = new Window(column, row, windowWidth, windowHeight).Intersect(run.Extent);
                var amounts = new long[window.Width * window.Height];
                Array.Fill(amounts, 77);
                var outside = new byte[amounts.Length];
                if (!raster.Read(window, MemoryMarshal.AsBytes(amounts.AsSpan()), outside))
                    Assert.That(
                        amounts.Where((a, i) => a != 0 && outside[i] != 0), Is.Empty, "outside, yet somebody lives there");
                for (int r = 0; r < window.Height; r++)
                    amounts.AsSpan(r * window.Width, window.Width)
                        .CopyTo(all.AsSpan(((window.Row + r) * run.Width) + window.Column));
            }
        }

        return all;
    }

    [TestCaseSource(nameof(Cases))]
    public void TheSumOverTheGridIsKept(Grid run)
    {
        Int128 sum = Read(Raster(Source, People), run, run.Width, run.Height).Aggregate((Int128)0, (s, a) => s + a);
        double expected = Sum(Source, People);
        Assert.That((double)sum / Unit, Is.EqualTo(expected).Within(1e-9 * expected));
    }

    [TestCaseSource(nameof(Cases))]
    public void NoWindowChangesAShare(Grid run)
    {
        long[] whole = Read(Raster(Source, People), run, run.Width, run.Height);
        foreach ((int width, int height) in ((int, int)[])[(64, 64), (37, 11), (run.Width, 3)])
            Assert.That(Read(Raster(Source, People), run, width, height), Is.EqualTo(whole), $"{width} × {height}");
    }

    /// <summary>The law in plain words, cell by cell, shares in double: a fixed-point share is within two parts of it.</summary>
    [TestCaseSource(nameof(Cases))]
    public void EveryShareIsTheLaws(Grid run)
    {
        long[] actual = Read(Raster(Source, People), run, run.Width, run.Height);
        double[] expected = Plain(run);
        for (int i = 0; i < actual.Length; i++)
            if (Math.Abs(actual[i] - (expected[i] * Unit)) > 4 + (1e-12 * Math.Abs(actual[i])))
                Assert.Fail($"cell {i % run.Width},{i / run.Width}: {actual[i] / Unit} instead of {expected[i]}");
    }

    private static double[] Plain(Grid run)
    {
        using CellArea areas = CellArea.Create(run, Geodata);
        using ICoordinateTransform toSource = Geodata.CreateTransform(run.Crs, Lonlat),
        toRun = Geodata.CreateTransform(Lonlat, run.Crs);
        var held = new Dictionary<(int, int), List<int>>();
        var area = new double[run.Width * run.Height];
        var line = new ulong[run.Width];
        for (int i = 0; i < area.Length; i++)
        {
            if (i % run.Width == 0)
                areas.Fill(i / run.Width, 0, line);
            area[i] = line[i % run.Width];
            Span<double> x = [run.CentreX(i % run.Width)], y = [run.CentreY(i / run.Width)];
            toSource.Transform(x, y);
            if (Cell(Source, x[0], y[0]) is not { } cell)
                continue;
            if (!held.TryGetValue(cell, out List<int>? list))
                held[cell] = list = [];
            list.Add(i);
        }

        var people = new double[area.Length];
        for (int row = 0; row < Source.Height; row++)
        {
            for (int column = 0; column < Source.Width; column++)
            {
                double count = Math.Max(0, People(column, row));
                if (held.TryGetValue((column, row), out List<int>? cells))
                {
                    foreach (int i in cells)
                        people[i] += count * area[i] / cells.Sum(c => area[c]);
                    continue;
                }

                Span<double> x = [Source.CentreX(column)], y = [Source.CentreY(row)];
                toRun.Transform(x, y);
                if (Cell(run, x[0], y[0]) is (int c, int r))
                    people[(r * run.Width) + c] += count;
            }
        }

        return people;
    }

    private static (int Column, int Row)? Cell(Grid grid, double x, double y)
    {
        if (grid.Crs.IsGeographic)
            while (x >= grid.OriginX + 360 || (x >= grid.OriginX + (grid.Width * grid.CellWidth) && x - 360 >= grid.OriginX))
                x -= 360;
        if (grid.Crs.IsGeographic && x < grid.OriginX)
            x += 360;
        double column = Math.Floor((x - grid.OriginX) / grid.CellWidth), row = Math.Floor((y - grid.OriginY) / grid.CellHeight);
        return column >= 0 && column < grid.Width && row >= 0 && row < grid.Height ? ((int)column, (int)row) : null;
    }

    /// <summary>
    /// 7 people over two rows of 2: the northern cells are smaller, the parts are whole and add up to 7 exactly.
    /// </summary>
    [Test]
    public void ACoarserCellIsSharedByArea()
    {
        var source = new Grid(1, 1, 0, 60, 2, -2, Lonlat);
        var run = new Grid(2, 2, 0, 60, 1, -1, Lonlat);
        long[] shares = Read(new FakeRaster(source, CellType.Byte, 1, 1, (_, _) => 7), run, 2, 2);
        using CellArea areas = CellArea.Create(run, Geodata);
        double north = areas.OfRow(0), south = areas.OfRow(1);
        Assert.That(shares.Sum(), Is.EqualTo(7 * CountSharing.PartsPerUnit));
        Assert.That(shares[0] / Unit, Is.EqualTo(3.5 * north / (north + south)).Within(1e-9));
        Assert.That(shares[3] / Unit, Is.EqualTo(3.5 * south / (north + south)).Within(1e-9));
        Assert.That(north, Is.LessThan(south));
    }

    /// <summary>Half a person in each cell, four finer cells to a run cell: two people, not none.</summary>
    [Test]
    public void HalfAPersonIsNotLost()
    {
        long[] sums = Read(Raster(Source, (_, _) => 0.5), new Grid(24, 18, 10, 60, 1, -1, Lonlat), 24, 18);
        Assert.That(sums, Is.All.EqualTo(2 * CountSharing.PartsPerUnit));
        long[] shares = Read(Raster(Source, (_, _) => 0.5), new Grid(96, 72, 10, 60, 0.25, -0.25, Lonlat), 96, 72);
        Assert.That(shares, Is.All.EqualTo(CountSharing.PartsPerUnit / 8.0).Within(0.002 * CountSharing.PartsPerUnit));
    }

    /// <summary>
    /// A value below 0 that is not declared no data is shown where it goes, by either route; a declared one is nobody.
    /// </summary>
    [Test]
    public void ImpossibleCountsShow([Values] bool reproject)
    {
        Grid run = reproject ? Runs.Single(r => r.Name == "other system, finer").Run : Runs.Single(r => r.Name == "finer").Run;
        long[] amounts = Read(new FakeRaster(Source, CellType.Int16, 16, 8, (c, r) => c == 30 && r == 20 ? -5 : 3), run, 64, 64);
        int cells = amounts.Count(a => a == CountSharing.Impossible);
        Assert.That(cells, Is.InRange(16, 60), "about the 25 cells that the one covers");
        Assert.That(amounts.Where(a => a != CountSharing.Impossible), Is.All.GreaterThanOrEqualTo(0));
        long[] declared = Read(
            new FakeRaster(Source, CellType.Int16, 16, 8, (c, r) => c == 30 && r == 20 ? -5 : 3, -5), run, 64, 64);
        Assert.That(declared, Has.None.EqualTo(CountSharing.Impossible));
    }

    [Test]
    public void MoreThanFixedPointHoldsIsAnError()
    {
        LdnException error = Assert.Throws<LdnException>(() => Read(Raster(Source, (_, _) => 3e9), Source, 48, 36))!;
        Assert.That(error.ExitCode, Is.EqualTo(ExitCode.Input));
        Assert.That(error.Message, Does.Contain("fake").And.Contain("3000000000"));
        LdnException sum = Assert.Throws<LdnException>(
            () => Read(Raster(Source, (_, _) => 1e9), new Grid(1, 1, 10, 60, 30, -30, Lonlat), 1, 1))!;
        Assert.That(sum.Message, Does.Contain("two thousand million"));
    }
}
