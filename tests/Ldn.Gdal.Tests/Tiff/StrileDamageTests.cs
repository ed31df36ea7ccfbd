using Ldn.Rasters;
using Ldn.Tests;

namespace Ldn.Gdal.Tests.Tiff;

/// <summary>
/// Damaged files (fixed seeds; more with LDN_TEST_FULL=1): each block has the bytes, or the error, that GDAL alone has for it.
/// </summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class StrileDamageTests : IDisposable
{
    private static readonly int s_trials = FullRun.Asked ? 3000 : 150;

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Test]
    public void DamagedFilesReadAsByGdal(
        [Values("LZW", "DEFLATE", "ZSTD")] string compression, [Values] bool tiled, [Values] bool big,
        [Values("noise", "runs", "smooth")] string kind)
    {
        CellType type = kind == "smooth" ? CellType.Float32 : kind == "runs" ? CellType.Byte : CellType.Int16;
        TestRaster raster = new(90, 70, type)
        {
            Options =
            [
                $"COMPRESS={compression}", $"PREDICTOR={(kind == "smooth" ? 3 : kind == "runs" && compression == "LZW" ? 1 : 2)}",
                $"BIGTIFF={(big ? "YES" : "NO")}",
                .. tiled ? new[] { "TILED=YES", "BLOCKXSIZE=32", "BLOCKYSIZE=32" } : ["BLOCKYSIZE=9"],
            ],
            Content = Contents.Of(kind, type, 5),
        };
        byte[] whole = File.ReadAllBytes(raster.Write(_scratch["whole.tif"]));
        var random = new Random((tiled ? 1 : 0) | (big ? 2 : 0) | (compression[0] << 2) | (kind[0] << 10));
        string path = _scratch["damaged.tif"];
        int past = 0, blocks = 0;
        for (int trial = 0; trial < s_trials; trial++)
        {
            File.WriteAllBytes(path, Damaged(whole, random));
            (int all, int read) = BothReaders.Compare(path, $"trial {trial}");
            blocks += all;
            past += read;
        }

        // Most files open with some blocks sound: the own reader is on trial, not only GDAL with itself.
        Assert.That(blocks, Is.GreaterThan(s_trials * 4));
        if (BothReaders.IsKnown(compression))
            Assert.That(past, Is.GreaterThan(s_trials * 2).And.LessThan(blocks));
    }

    /// <summary>
    /// One to three places spoilt, or the end cut off. The first kilobyte, with the directory and mostly the arrays of offsets
    /// and sizes, takes a third.
    /// </summary>
    private static byte[] Damaged(byte[] whole, Random random)
    {
        if (random.Next(8) == 0)
            return whole[..random.Next(whole.Length / 2, whole.Length)];
        byte[] file = [.. whole];
        for (int i = random.Next(1, 4); i > 0; i--)
        {
            int at = random.Next(16, random.Next(3) == 0 ? Math.Min(1024, file.Length) : file.Length);
            if (random.Next(2) == 0)
                file[at] ^= (byte)(1 << random.Next(8));
            else
                file[at] = (byte)random.Next(256);
        }

        return file;
    }

    /// <summary>A size of gigabytes in the directory is not a reason to take them.</summary>
    [Test]
    public void AnAbsurdSizeOfATileTakesNoMemory()
    {
        TestRaster raster = new(256, 256, CellType.Byte)
        {
            Options = ["TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64", "COMPRESS=LZW"],
            Content = Contents.Of("noise", CellType.Byte, 9),
        };
        byte[] file = File.ReadAllBytes(raster.Write(_scratch["r.tif"]));
        int directory = BitConverter.ToInt32(file, 4);
        int sizes = Enumerable.Range(0, BitConverter.ToUInt16(file, directory)).Select(i => directory + 2 + (12 * i))
            .First(e => BitConverter.ToUInt16(file, e) == 325);
        int bytes = BitConverter.ToUInt16(file, sizes + 2) == 3 ? 2 : 4, array = BitConverter.ToInt32(file, sizes + 8);
        uint[] stored = [
            .. Enumerable.Range(0, 16)
                .Select(
                    i => bytes == 2
                        ? BitConverter.ToUInt16(file, array + (2 * i))
                        : BitConverter.ToUInt32(file, array + (4 * i)))];
        stored[0] = 0xFFFF_FFF0;
        BitConverter.GetBytes((ushort)4).CopyTo(file, sizes + 2);
        BitConverter.GetBytes(file.Length).CopyTo(file, sizes + 8);
        File.WriteAllBytes(_scratch["r.tif"], [.. file, .. stored.SelectMany(BitConverter.GetBytes)]);

        Assert.That(BothReaders.Compare(_scratch["r.tif"], "absurd").PastGdal, Is.EqualTo(15));
        using IRasterSource source = Scratch.Geodata.OpenRaster(_scratch["r.tif"]);
        byte[] block = new byte[64 * 64];
        long before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            source.ReadBlock(0, 0, block);
        }
        catch (LdnException)
        {
            // GDAL's to say.
        }

        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.LessThan(1 << 20));
    }
}
