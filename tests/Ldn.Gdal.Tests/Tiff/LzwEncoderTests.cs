using Ldn.Gdal.Interop;
using Ldn.Gdal.Tiff;

namespace Ldn.Gdal.Tests.Tiff;

/// <summary>What the encoder writes is read back by GDAL's own TIFF library, out of a file made by hand around it.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class LzwEncoderTests : IDisposable
{
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Test]
    public void CodesByHand()
    {
        // 256 | 257, nine bits each: 100000000 100000001
        Assert.That(Encode([]), Is.EqualTo(new byte[] { 0b10000000, 0b01000000, 0b01_000000 }));

        // 256 | 7 (makes 258 = 7 7) | 258 (two cells) | 7 | 257
        Assert.That(
            Encode([7, 7, 7, 7]),
            Is.EqualTo(new byte[] { 0b10000000, 0b0_0000001, 0b11_100000, 0b010_00000, 0b0111_1000, 0b00001_000 }));
    }

    [Test]
    public void EveryLength([Values(1, 2, 3, 7, 256)] int alphabet, [Values(0, 0.1, 1)] double change)
    {
        var random = new Random(alphabet);
        for (int length = 1; length <= 300; length++)
            RoundTrip(Cells(random, length, alphabet, change));
    }

    /// <summary>
    /// Each alphabet up to every byte; constant, long and short runs, noise; long enough for the table to be cleared many times.
    /// </summary>
    [Test]
    public void EveryAlphabet([Values(0, 0.003, 0.05, 0.3, 1)] double change)
    {
        var random = new Random(17);
        var encoder = new LzwEncoder();
        foreach (int alphabet in (int[])[.. Enumerable.Range(1, 20), 31, 32, 33, 64, 100, 128, 129, 255, 256])
            RoundTrip(Cells(random, 20_000 + random.Next(100), alphabet, change), encoder);
    }

    /// <summary>
    /// Lengths around those at which codes widen and at which the table is full: noise of all bytes makes about one code a cell.
    /// </summary>
    [Test]
    public void EndsAtEveryWidth()
    {
        byte[] noise = Cells(new Random(3), 5000, 256, 1);
        foreach (int near in (int[])[255, 767, 1791, 3837])
            for (int length = near - 40; length <= near + 40; length++)
                RoundTrip(noise.AsSpan(0, length));
    }

    [Test]
    public void WholeTiles()
    {
        var random = new Random(29);
        var encoder = new LzwEncoder();
        foreach ((int alphabet, double change) in ((int, double)[])[(1, 0), (4, 0.02), (8, 0.1), (256, 1), (4, 0.02)])
            RoundTrip(Cells(random, TileLevel.TileCells, alphabet, change), encoder);
    }

    [Test]
    public void TheSameCellsGiveTheSameBytesWhateverCameBefore()
    {
        var random = new Random(31);
        byte[] cells = Cells(random, 30_000, 4, 0.1), fresh = Encode(cells);
        var used = new LzwEncoder();
        foreach (int alphabet in (int[])[256, 2, 16])
        {
            Encode(Cells(random, 9_000, alphabet, 0.5), used);
            Assert.That(Encode(cells, used).AsSpan().SequenceEqual(fresh));
        }
    }

    [Test]
    public void TooLittleRoomIsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(
            () => new LzwEncoder().Encode(new byte[100], new byte[LzwEncoder.Bound(100) - 1]));

    private static byte[] Encode(ReadOnlySpan<byte> cells, LzwEncoder? encoder = null)
    {
        byte[] target = new byte[LzwEncoder.Bound(cells.Length)];
        return target[..(encoder ?? new LzwEncoder()).Encode(cells, target)];
    }

    /// <summary>Values below a bound that change from cell to cell with a probability.</summary>
    private static byte[] Cells(Random random, int length, int alphabet, double change)
    {
        byte[] cells = new byte[length];
        byte value = (byte)random.Next(alphabet);
        for (int i = 0; i < length; i++)
            cells[i] = value = random.NextDouble() < change ? (byte)random.Next(alphabet) : value;
        return cells;
    }

    private void RoundTrip(ReadOnlySpan<byte> cells, LzwEncoder? encoder = null)
    {
        byte[] packed = Encode(cells, encoder);
        string path = _scratch["lzw.tif"];
        File.WriteAllBytes(path, OneStrip(cells.Length, packed));
        using ErrorScope errors = ErrorScope.Open();
        using DatasetHandle dataset = Datasets.Open(path, GdalApi.OpenRaster, "raster");
        byte[] back = new byte[cells.Length];
        Assert.That(GdalApi.GDALReadBlock(GdalApi.GDALGetRasterBand(dataset, 1), 0, 0, back), Is.Zero, $"{cells.Length} cells");
        Assert.That(errors.Failed, Is.False, GdalFailure.Cause(errors));
        Assert.That(back.AsSpan().SequenceEqual(cells), $"{cells.Length} cells");

        using var decoder = new LzwDecoder();
        back.AsSpan().Clear();
        Assert.That(
            decoder.TryDecode(packed, back) && back.AsSpan().SequenceEqual(cells),
            $"{cells.Length} cells by the product's own decoder");
    }

    /// <summary>A TIFF with one row in one strip.</summary>
    private static byte[] OneStrip(int width, byte[] packed)
    {
        using var file = new MemoryStream();
        using var writer = new BinaryWriter(file);
        (short Id, int Value)[] tags = [
            (256, width), (257, 1), (258, 8), (259, 5), (262, 1), (273, 8 + 2 + (9 * 12) + 4), (277, 1), (278, 1),
            (279, packed.Length)];
        writer.Write("II*\0\b\0\0\0"u8);
        writer.Write((short)tags.Length);
        foreach ((short id, int value) in tags)
        {
            writer.Write(id);
            writer.Write((short)4);
            writer.Write(1);
            writer.Write(value);
        }

        writer.Write(0);
        writer.Write(packed);
        return file.ToArray();
    }
}
