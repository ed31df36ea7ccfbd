using Ldn.Gdal.Interop;
using Ldn.Rasters;
using Ldn.Tests;

namespace Ldn.Gdal.Tests.Tiff;

/// <summary>Blocks read past GDAL have GDAL's bytes, in every layout; and what is not to be read past it is not.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class StrileReaderTests : IDisposable
{
    private const int Width = 300, Height = 130;

    private static readonly string[][] s_layouts =
    [
        ["TILED=YES", "BLOCKXSIZE=256", "BLOCKYSIZE=256"],
        ["TILED=YES", "BLOCKXSIZE=512", "BLOCKYSIZE=512"],
        ["TILED=YES", "BLOCKXSIZE=48", "BLOCKYSIZE=80"],
        ["BLOCKYSIZE=1"],
        ["BLOCKYSIZE=7"],
        ["BLOCKYSIZE=130"],
    ];

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Test]
    public void EveryLayoutHasGdalsBytes([Values] CellType type, [Values("NONE", "LZW", "DEFLATE", "ZSTD")] string compression)
    {
        int pastGdal = 0, seed = 0;
        for (int layout = 0; layout < s_layouts.Length; layout++)
            foreach (int predictor in Predictors(type, compression))
                foreach (bool bands in new[] { false, true })
                    // A sample takes the kinds of content in turn.
                    foreach (string kind in FullRun.Asked ? Contents.Kinds : [Contents.Kinds[seed % Contents.Kinds.Length]])
                    {
                        TestRaster raster = new(Width, Height, type)
                        {
                            Bands = bands ? 3 : 1,
                            Options = [
                                $"COMPRESS={compression}", $"PREDICTOR={predictor}", bands ? "BIGTIFF=YES" : "BIGTIFF=NO",
                                "INTERLEAVE=BAND", .. s_layouts[layout]],
                            Content = Contents.Of(kind, type, ++seed),
                        };
                        string name = raster.Write(_scratch[$"{seed}.tif"]) + (bands ? "#band=2" : "");
                        string what = $"{type} {compression} predictor {predictor} {string.Join(' ', s_layouts[layout])} bands "
                            + $"{bands} {kind}";
                        (int blocks, int past) = BothReaders.Compare(name, what);
                        // Where GDAL is as fast it reads: small blocks of DEFLATE, whatever is not compressed; and ZSTD, which
                        // has no checksum.
                        bool pays = predictor > 1 || compression == "LZW"
                            || (compression == "DEFLATE" && BlockBytes(s_layouts[layout], type) >= 1 << 16);
                        Assert.That(past, Is.EqualTo(pays && BothReaders.IsKnown(compression) ? blocks : 0), what);
                        pastGdal += past;
                        File.Delete(_scratch[$"{seed}.tif"]);
                    }

        if (compression is "NONE" or "ZSTD")
            Assert.That(pastGdal, Is.Zero);
        else if (!BothReaders.IsKnown(compression))
            Assert.Ignore($"no library for {compression} on this machine");
        else
            Assert.That(pastGdal, Is.GreaterThan(200));
    }

    /// <summary>What a file says of colours changes no cell.</summary>
    [TestCase("MINISWHITE", 1)]
    [TestCase("PALETTE", 1)]
    [TestCase("RGB", 3)]
    public void ColoursAreNoOtherCells(string photometric, int bands)
    {
        TestRaster raster = new(Width, Height, CellType.Byte)
        {
            Bands = bands,
            Options = ["COMPRESS=LZW", "PREDICTOR=2", "INTERLEAVE=BAND", $"PHOTOMETRIC={photometric}"],
            Content = Contents.Of("noise", CellType.Byte, 4),
        };
        (int blocks, int past) = BothReaders.Compare(raster.Write(_scratch["r.tif"]) + "#band=1", photometric);
        Assert.That(past, Is.EqualTo(blocks).And.Positive);
    }

    /// <summary>Overviews lie before the tiles, each of which has its size before it and its end behind it once more.</summary>
    [Test]
    public unsafe void TilesOfACloudOptimizedFileAreReadPastGdal([Values("LZW", "DEFLATE", "ZSTD")] string compression)
    {
        TestRaster raster = new(1100, 700, CellType.Int16) { Content = Contents.Of("smooth", CellType.Int16, 2) };
        using (DatasetHandle source = Datasets.Open(raster.Write(_scratch["r.tif"]), GdalApi.OpenRaster, "raster"))
        using (StringList options = new($"COMPRESS={compression}", "PREDICTOR=YES", "BLOCKSIZE=256"))
            GdalApi.GDALCreateCopy(GdalApi.GDALGetDriverByName("COG"), _scratch["cog.tif"], source, 0, options.Pointer, 0, 0)
                .Dispose();
        (int blocks, int past) = BothReaders.Compare(_scratch["cog.tif"], compression);
        Assert.That(blocks, Is.EqualTo(15));
        Assert.That(past, Is.EqualTo(BothReaders.IsKnown(compression) ? blocks : 0));
    }

    [Test]
    public void ALibraryThatIsNotThereIsNotFound() => Assert.That(CodecLibrary.Find("ldn-no-such-codec", 9), Is.Null);

    [Test]
    public void WhatGdalAloneReadsIsLeftToIt()
    {
        TestRaster raster = new(Width, Height, CellType.UInt16)
        {
            Options = ["COMPRESS=LZW", "TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64"]
        };
        TestRaster bytes = raster with { Type = CellType.Byte };
        (string Name, TestRaster Raster)[] others =
        [
            ("cells of all bands together", raster with { Bands = 3, Options = [.. raster.Options, "INTERLEAVE=PIXEL"] }),
            ("big-endian", raster with { Options = [.. raster.Options, "ENDIANNESS=BIG"] }),
            ("big-endian BigTIFF", raster with { Options = [.. raster.Options, "ENDIANNESS=BIG", "BIGTIFF=YES"] }),
            ("12 bits", raster with { Options = [.. raster.Options, "NBITS=12"],
                Content = (_, offset) => (byte)(offset % 2 == 0 ? offset : 3) }),
            ("one bit", bytes with { Options = [.. raster.Options, "NBITS=1"], Content = (_, offset) => (byte)(offset % 2) }),
            ("half floats", new TestRaster(Width, Height, CellType.Float32) { Options = ["NBITS=16"], Content = (_, _) => 0 }),
            ("PackBits", bytes with { Options = ["COMPRESS=PACKBITS"] }),
            ("JPEG", bytes with { Options = ["COMPRESS=JPEG"] }),
            ("JPEG in colour", bytes with { Bands = 3, Options = ["COMPRESS=JPEG", "PHOTOMETRIC=YCBCR", "INTERLEAVE=PIXEL"] }),
            ("LERC", bytes with { Options = ["COMPRESS=LERC"] }),
        ];
        foreach ((string name, TestRaster made) in others)
            NotPastGdal(made.Write(_scratch["r.tif"]) + "#band=1", name);
    }

    /// <summary>A name that is no plain path, or leads to another image of the file, is GDAL's alone.</summary>
    [Test]
    public void OtherNamesOfAFileAreLeftToGdal()
    {
        string path = new TestRaster(Width, Height, CellType.Byte) { Options = ["COMPRESS=LZW"] }.Write(_scratch["plain.tif"]);
        Assert.That(BothReaders.Compare(path, path).PastGdal, Is.Positive);
        foreach (
            string name in new[] { $"GTIFF_DIR:1:{path}", $"vrt://{path}", $"/vsisubfile/0_{new FileInfo(path).Length},{path}" })
            NotPastGdal(name, name);
    }

    /// <summary>Entries of the directory put in place of others of a file that is read past GDAL as it is.</summary>
    [TestCase(266, 2, true)]
    [TestCase(317, 3, true)]
    [TestCase(259, 32773, true)]
    [TestCase(258, 16, true)]
    [TestCase(262, 8, false)]
    public void ADirectoryThatSaysOtherwiseIsBelieved(int tag, int value, bool opens)
    {
        TestRaster raster = new(64, 64, CellType.Byte)
        {
            Options = ["TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64", "COMPRESS=LZW"],
            Content = Contents.Of("noise", CellType.Byte, 1),
        };
        string path = raster.Write(_scratch["r.tif"]);
        Assert.That(BothReaders.Compare(path, "as it is").PastGdal, Is.EqualTo(1));
        byte[] file = File.ReadAllBytes(path);
        int directory = BitConverter.ToInt32(file, 4), entries = BitConverter.ToUInt16(file, directory);
        // GDAL writes no fill order here: the entry of a tag that matters less takes its place.
        int at = Enumerable.Range(0, entries).Select(i => directory + 2 + (12 * i))
            .First(e => BitConverter.ToUInt16(file, e) == tag || (tag == 266 && BitConverter.ToUInt16(file, e) == 277));
        BitConverter.GetBytes((ushort)tag).CopyTo(file, at);
        BitConverter.GetBytes(value).CopyTo(file, at + 8);
        File.WriteAllBytes(path, file);
        (int blocks, int past) = BothReaders.Compare(path, $"tag {tag} = {value}");
        Assert.That(past, Is.Zero);
        if (opens)
            Assert.That(blocks, Is.Positive);
    }

    /// <summary>Two numbers stand for one scheme.</summary>
    [Test]
    public void TheOldNumberOfDeflateIsKnown()
    {
        TestRaster raster = new(64, 64, CellType.Int16)
        {
            Options = ["TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64", "COMPRESS=DEFLATE", "PREDICTOR=2"],
            Content = Contents.Of("smooth", CellType.Int16, 1),
        };
        string path = raster.Write(_scratch["r.tif"]);
        byte[] file = File.ReadAllBytes(path);
        int directory = BitConverter.ToInt32(file, 4);
        int at = Enumerable.Range(0, BitConverter.ToUInt16(file, directory)).Select(i => directory + 2 + (12 * i))
            .First(e => BitConverter.ToUInt16(file, e) == 259);
        Assert.That(BitConverter.ToUInt16(file, at + 8), Is.EqualTo(8));
        BitConverter.GetBytes((ushort)32946).CopyTo(file, at + 8);
        File.WriteAllBytes(path, file);
        Assert.That(BothReaders.Compare(path, "old number"), Is.EqualTo((1, BothReaders.IsKnown("DEFLATE") ? 1 : 0)));
    }

    [Test]
    public void TilesThatWereNeverWrittenAreFilledAsGdalFillsThem(
        [Values(null, 0.0, 7.0)] double? noData, [Values("LZW", "DEFLATE")] string compression)
    {
        TestRaster raster = new(Width, Height, CellType.Int16)
        {
            Options = ["SPARSE_OK=TRUE", "PREDICTOR=2", "TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64", $"COMPRESS={compression}"],
            NoData = noData,
            // The west is void.
            Content = (_, offset) => (byte)(offset % 2 == 1 ? 0 : offset / 2 % Width < 150 ? noData ?? 0 : 1 + (offset % 50)),
        };
        (int blocks, int past) = BothReaders.Compare(raster.Write(_scratch["sparse.tif"]), "sparse");
        if (BothReaders.IsKnown(compression))
            Assert.That(past, Is.EqualTo(9).And.LessThan(blocks));
    }

    [Test]
    public void ReadingAllocatesNothingBlockAfterBlock(
        [Values("NONE", "LZW", "DEFLATE", "ZSTD")] string compression, [Values(1, 2, 3)] int predictor)
    {
        TestRaster raster = new(256, 256, CellType.Float32)
        {
            Options = [$"COMPRESS={compression}", $"PREDICTOR={predictor}", "TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64"],
            Content = Contents.Of("smooth", CellType.Float32, 3),
        };
        using IRasterSource source = Scratch.Geodata.OpenRaster(raster.Write(_scratch["r.tif"]));
        byte[] block = new byte[64 * 64 * 4];
        long All()
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < 16; i++)
                source.ReadBlock(i % 4, i / 4, block);
            return GC.GetAllocatedBytesForCurrentThread() - before;
        }

        All();
        Assert.That(All(), Is.Zero);
    }

    private static int BlockBytes(string[] layout, CellType type)
    {
        int Option(string name, int other) => layout.Select(o => o.Split('=')).Where(o => o[0] == name)
            .Select(o => int.Parse(o[1])).SingleOrDefault(other);
        return Option("BLOCKXSIZE", Width) * Option("BLOCKYSIZE", Height) * type.Size();
    }

    private static void NotPastGdal(string name, string what)
    {
        (int blocks, int past) = BothReaders.Compare(name, what);
        Assert.That(blocks, Is.Positive, what);
        Assert.That(past, Is.Zero, what);
    }

    /// <summary>What TIFF has for a type; predictors only where there is compression.</summary>
    private static int[] Predictors(CellType type, string compression) =>
        compression == "NONE" ? [1] : type.IsFloatingPoint() ? [1, 2, 3] : [1, 2];
}
