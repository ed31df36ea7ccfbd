using Ldn.Rasters;

namespace Ldn.Tests.Rasters;

[Category("Slow")]
internal sealed class BlockReadingTests
{
    private static readonly Crs Lonlat = FakeGeodata.Wgs84;
    private static readonly FakeGeodata Geodata = new(Projections.TransverseMercator);
    private static readonly Grid Square = new(2048, 2048, 0, 60, 0.01, -0.01, Lonlat);

    private static FakeRaster Source(int blockWidth, int blockHeight, Grid? grid = null) =>
        new(grid ?? Square, CellType.Byte, blockWidth, blockHeight, (c, r) => ((c ^ r) >> 4) & 31);

    private static void ReadAll(AlignedRaster raster, Grid run, int width, int height)
    {
        byte[] cells = new byte[width * height * 8], outside = new byte[width * height];
        for (int row = 0; row < run.Height; row += height)
            for (int column = 0; column < run.Width; column += width)
                raster.Read(new Window(column, row, width, height).Intersect(run.Extent), cells, outside);
    }

    [TestCase(512, 512, 512, 512)]
    [TestCase(256, 256, 512, 512)]
    [TestCase(2048, 1, 2048, 512)]
    [TestCase(2048, 16, 2048, 64)]
    public void AlignedWindowsDecodeEachBlockOnceWithTheSmallestCache(int blockWidth, int blockHeight, int width, int height)
    {
        FakeRaster source = Source(blockWidth, blockHeight);
        using var raster = new AlignedRaster(source, Square, Geodata, cacheBytes: 0);
        ReadAll(raster, Square, width, height);
        Assert.That(raster.BlocksDecoded, Is.EqualTo(2048 / blockWidth * (2048 / blockHeight)));
        Assert.That(source.Reads.Values, Is.All.EqualTo(1));
    }

    /// <summary>What is wanted is what reading all gives; blocks that serve none of it are not decoded.</summary>
    [Test]
    public void BlocksThatNobodyWantsAreNotDecoded(
        [Values(Resampling.Nearest, Resampling.Mode, Resampling.Average)] Resampling method)
    {
        Grid[] runs =
        [
            Square with { Width = 700, Height = 600 }, Square with { OriginX = 0.1, Width = 500, Height = 500 },
            new Grid(400, 300, -0.5, 60.3, 0.031, -0.029, Lonlat), new Grid(900, 800, 3, 55, 0.0031, -0.0029, Lonlat),
        ];
        foreach (Grid run in runs)
        {
            Window wanted = new(run.Width / 3, run.Height / 4, 40, 30), whole = run.Extent;
            FakeRaster one = Source(64, 64), other = Source(64, 64);
            using var all = new AlignedRaster(one, run, Geodata, method);
            using var some = new AlignedRaster(other, run, Geodata, method);
            int size = all.OutputType.Size(), count = run.Width * run.Height;
            byte[] cells = new byte[count * size], outside = new byte[count], part = new byte[count * size],
            outsidePart = new byte[count];
            bool inside = all.Read(whole, cells, outside);
            bool insidePart = some.Read(whole, part, outsidePart, w => !w.Intersect(wanted).IsEmpty);
            for (int row = wanted.Row; row < wanted.EndRow; row++)
            {
                for (int column = wanted.Column; column < wanted.EndColumn; column++)
                {
                    int i = (row * run.Width) + column;
                    Assert.That(
                        part.AsSpan(i * size, size).SequenceEqual(cells.AsSpan(i * size, size))
                            && (!insidePart && outsidePart[i] != 0) == (!inside && outside[i] != 0),
                        $"{run} {column},{row}");
                }
            }

            Assert.That(other.Reads, Has.Count.LessThan(one.Reads.Count / 2), $"{run}");
            Assert.That(other.Reads.Keys, Is.SubsetOf(one.Reads.Keys));
        }
    }

    /// <summary>Whole strips, parts of strips, and the strip that the last row of the source cuts off.</summary>
    [TestCase(1)]
    [TestCase(7)]
    [TestCase(16)]
    public void StripsGiveTheirRows(int stripRows)
    {
        FakeRaster source = Source(2048, stripRows);
        using var raster = new AlignedRaster(source, Square, Geodata);
        byte[] expected = [.. Enumerable.Range(0, 2048 * 2048).Select(i => (byte)((((i % 2048) ^ (i / 2048)) >> 4) & 31))];
        byte[] cells = new byte[expected.Length], outside = new byte[2048 * 33];
        foreach (int height in new[] { 16, 21, 33 })
        {
            cells.AsSpan().Fill(255);
            for (int row = 0; row < 2048; row += height)
                Assert.That(
                    raster.Read(new Window(0, row, 2048, Math.Min(height, 2048 - row)), cells.AsSpan(row * 2048), outside),
                    Is.True);
            Assert.That(cells.AsSpan().SequenceEqual(expected));
        }
    }

    [Test]
    public void OneWindowDecodesEachBlockOnceHoweverTheGridsLie(
        [Values(Resampling.Nearest, Resampling.Mode, Resampling.Average)] Resampling method, [Values(1, 64)] int blockHeight)
    {
        Grid[] runs =
        [
            Square with { OriginX = 0.1, Width = 500, Height = 500 },
            new Grid(400, 300, -0.5, 60.3, 0.031, -0.029, Lonlat),
            new Grid(900, 800, 3, 55, 0.0031, -0.0029, Lonlat),
            new Grid(200, 200, 0, 6e6, 3000, -3000, Projections.TransverseMercator.Crs),
        ];
        foreach (Grid run in runs)
        {
            FakeRaster source = Source(blockHeight == 1 ? 2048 : 64, blockHeight);
            using var raster = new AlignedRaster(source, run, Geodata, method, cacheBytes: 1 << 24);
            byte[] cells = new byte[run.Width * run.Height * 8], outside = new byte[run.Width * run.Height];
            raster.Read(run.Extent, cells, outside);
            Assert.That(source.Reads.Values, Is.All.EqualTo(1));
            Assert.That(raster.BlocksDecoded, Is.EqualTo(source.Reads.Count));
        }
    }

    [Test]
    public void MisalignedWindowsShareBlocksThroughTheCache()
    {
        FakeRaster source = Source(256, 256);
        Grid run = Square with { OriginX = 0.5, OriginY = 59.3, Width = 1900, Height = 1900 };
        using var raster = new AlignedRaster(source, run, Geodata, cacheBytes: 20 * 65536);
        ReadAll(raster, run, 512, 64);
        Assert.That(source.Reads.Values, Is.All.EqualTo(1));
    }

    [Test]
    public void BlocksThatAWindowDoesNotTouchAreNotRead(
        [Values(Resampling.Nearest, Resampling.Mode, Resampling.Average)] Resampling method, [Values] bool reproject)
    {
        FakeRaster source = Source(128, 128);
        Grid run = reproject
            ? new Grid(40, 40, 2e5, 6.2e6, 1000, -1000, Projections.TransverseMercator.Crs)
            : new Grid(40, 40, 4, 55, 0.01, -0.01, Lonlat);
        using var raster = new AlignedRaster(source, run, Geodata, method);
        Assert.That(raster.BlocksDecoded, Is.Zero);
        ReadAll(raster, run, 40, 40);
        Assert.That(source.Reads, Has.Count.InRange(1, 4));
    }

    [Test]
    public void WindowsBesideTheSourceReadNothing()
    {
        FakeRaster source = Source(128, 128);
        Grid run = new(40, 40, 100, 55, 0.01, -0.01, Lonlat);
        using var raster = new AlignedRaster(source, run, Geodata);
        byte[] cells = new byte[1600], outside = new byte[1600];
        Assert.That(raster.Read(run.Extent, cells, outside), Is.False);
        Assert.That(outside, Is.All.EqualTo(1));
        Assert.That(raster.BlocksDecoded, Is.Zero);
    }

    [Test]
    public void StripsAreKnown()
    {
        using AlignedRaster strips = new(Source(2048, 1), Square, Geodata), tiles = new(Source(512, 512), Square, Geodata);
        Grid small = Square with { Width = 1000 };
        using AlignedRaster narrow = new(Source(1000, 1, small), Square, Geodata);
        Assert.That((strips.IsStriped, tiles.IsStriped, narrow.IsStriped), Is.EqualTo((true, false, false)));
    }

    [Test]
    public void AForkReadsTheSameThroughItsOwnSource()
    {
        FakeRaster source = Source(128, 128);
        Grid run = new(300, 300, 4, 55, 0.013, -0.013, Lonlat);
        using var raster = new AlignedRaster(source, run, Geodata, Resampling.Mode);
        byte[] cells = new byte[90000], forked = new byte[90000], outside = new byte[90000];
        using (AlignedRaster fork = raster.Fork())
            fork.Read(run.Extent, forked, outside);
        Assert.That(source.Reads, Is.Empty);
        Assert.That(source.Disposed, Is.False);
        raster.Read(run.Extent, cells, outside);
        Assert.That(cells, Is.EqualTo(forked));
    }

    [Test]
    public void AWindowBeyondTheGridIsRefused()
    {
        using var raster = new AlignedRaster(Source(128, 128), Square, Geodata);
        Assert.Throws<ArgumentOutOfRangeException>(() => raster.Read(new Window(2040, 0, 9, 1), new byte[9], new byte[9]));
        Assert.Throws<ArgumentOutOfRangeException>(() => raster.Read(new Window(0, 0, 9, 1), new byte[8], new byte[9]));
    }

    [Test]
    public void ABlockThatFailedIsTriedAgain()
    {
        bool fail = true;
        var source = new FakeRaster(Square, CellType.Byte, 128, 128, (c, r) => fail ? throw LdnException.Temporary("lost") : 7);
        using var raster = new AlignedRaster(source, Square, Geodata);
        byte[] cells = new byte[100], outside = new byte[100];
        Assert.Throws<LdnException>(() => raster.Read(new Window(5, 5, 10, 10), cells, outside));
        fail = false;
        raster.Read(new Window(5, 5, 10, 10), cells, outside);
        Assert.That(cells, Is.All.EqualTo(7));
    }
}
