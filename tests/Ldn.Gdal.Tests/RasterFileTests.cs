using Ldn.Rasters;

namespace Ldn.Gdal.Tests;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RasterFileTests : IDisposable
{
    private static readonly string[][] Layouts =
    [
        ["TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=32"],
        ["TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64", "COMPRESS=DEFLATE"],
        ["TILED=YES", "BLOCKXSIZE=128", "BLOCKYSIZE=128", "COMPRESS=LZW"],
        ["BLOCKYSIZE=1"],
        ["BLOCKYSIZE=7", "COMPRESS=ZSTD"],
        ["TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64", "BIGTIFF=YES", "COMPRESS=DEFLATE"],
    ];

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Test]
    public void EveryTypeInEveryLayoutIsReadAsStored(
        [Values] CellType type, [Range(0, 5)] int layout, [Values] bool noData)
    {
        TestRaster raster = new(150, 71, type) { Options = Layouts[layout], NoData = noData ? 100 : null };
        using IRasterSource source = Scratch.Geodata.OpenRaster(raster.Write(_scratch["r.tif"]));
        Assert.Multiple(() =>
        {
            Assert.That(source.CellType, Is.EqualTo(type));
            Assert.That(source.NoData, noData ? Is.EqualTo(100) : Is.Null);
            Assert.That((source.Scale, source.Offset), Is.EqualTo((1.0, 0.0)));
            Assert.That(source.Grid with { Crs = null! }, Is.EqualTo(new Grid(150, 71, 10, 50, 0.01, -0.01, null!)));
            Assert.That(source.Grid.Crs.IsGeographic);
            Assert.That(Scratch.ReadAll(source), Is.EqualTo(raster.Bytes()));
        });
    }

    [Test]
    public void NoDataOfEachTypeKeepsItsValue()
    {
        (CellType Type, double Value)[] cases =
        [
            (CellType.SByte, -128), (CellType.Int16, -32768), (CellType.UInt16, 65535), (CellType.Int32, int.MinValue),
            (CellType.Int64, long.MinValue), (CellType.UInt64, 1UL << 63), (CellType.Float32, float.MinValue),
            (CellType.Float64, double.NaN),
        ];
        foreach ((CellType type, double value) in cases)
        {
            using IRasterSource source = Scratch.Geodata.OpenRaster(
                new TestRaster(8, 8, type) { NoData = value }.Write(_scratch[$"{type}.tif"]));
            Assert.That(source.NoData, Is.EqualTo(value), type.ToString());
        }
    }

    [Test]
    public void NoDataOfFloat32IsTheNearestFloat()
    {
        using IRasterSource source = Scratch.Geodata.OpenRaster(
            new TestRaster(8, 8, CellType.Float32) { NoData = 0.1 }.Write(_scratch["f.tif"]));
        Assert.That(source.NoData, Is.EqualTo((double)0.1f));
    }

    [Test]
    public void BandsAreChosenByNumber([Values("INTERLEAVE=BAND", "INTERLEAVE=PIXEL")] string interleave)
    {
        TestRaster raster = new(90, 40, CellType.Int16)
        {
            Bands = 3,
            Options = [interleave, "COMPRESS=LZW", "TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64"],
            BandName = band => $"year {2000 + band}",
        };
        string path = raster.Write(_scratch["bands.tif"]);
        for (int band = 1; band <= 3; band++)
            Assert.That(Scratch.ReadAll($"{path}#band={band}"), Is.EqualTo(raster.Bytes(band)), $"band {band}");
        Scratch.Fails(() => Scratch.Geodata.OpenRaster(path), ExitCode.Input, "3 bands", "2 (year 2002)", "bands.tif#band=1");
        Assert.That(Scratch.Geodata.IsRaster(path), Is.True);
        Assert.That(Scratch.Geodata.BandNames(path), Is.EqualTo(new[] { "year 2001", "year 2002", "year 2003" }));
        Scratch.Fails(() => Scratch.Geodata.OpenRaster(path + "#band=4"), ExitCode.Input, "no band 4", "1 to 3");
        foreach (string bad in new[] { "0", "-1", "x", "", "99999999999" })
            Scratch.Fails(() => Scratch.Geodata.OpenRaster(path + "#band=" + bad), ExitCode.Input, "is not a band");
    }

    [Test]
    public void SparseBlocksHoldNoData([Values] bool noData)
    {
        TestRaster raster = new(200, 130, CellType.Byte)
        {
            Options = ["SPARSE_OK=TRUE", "TILED=YES", "BLOCKXSIZE=64", "BLOCKYSIZE=64"],
            NoData = noData ? 7 : null,
            Content = null,
        };
        byte[] cells = Scratch.ReadAll(raster.Write(_scratch["sparse.tif"]));
        Assert.That(cells, Is.All.EqualTo(noData ? 7 : 0));
    }

    [Test]
    public void ScaleAndOffsetAreGiven()
    {
        string path = new TestRaster(8, 8, CellType.Int16).Write(_scratch["r.tif"]);
        string vrt = _scratch.Text("scaled.vrt", $"""
            <VRTDataset rasterXSize="8" rasterYSize="8"><SRS>EPSG:4326</SRS><GeoTransform>0,1,0,8,0,-1</GeoTransform>
            <VRTRasterBand dataType="Int16" band="1"><Scale>0.1</Scale><Offset>-273.15</Offset>
            <SimpleSource><SourceFilename>{path}</SourceFilename><SourceBand>1</SourceBand></SimpleSource></VRTRasterBand></VRTDataset>
            """);
        using IRasterSource source = Scratch.Geodata.OpenRaster(vrt);
        Assert.That((source.Scale, source.Offset), Is.EqualTo((0.1, -273.15)));
    }

    [Test]
    public void SouthUpGridsAreRead()
    {
        using IRasterSource source = Scratch.Geodata.OpenRaster(
            new TestRaster(8, 8, CellType.Byte) { Transform = [0, 1, 0, -40, 0, 1] }.Write(_scratch["s.tif"]));
        Assert.That((source.Grid.OriginY, source.Grid.CellHeight), Is.EqualTo((-40.0, 1.0)));
    }

    [Test]
    public void ArchivesAreRead()
    {
        TestRaster raster = new(50, 40, CellType.UInt16);
        string path = raster.Write(_scratch["in.tif"]);
        using (
            System.IO.Compression.ZipArchive zip = System.IO.Compression.ZipFile.Open(
                _scratch["a.zip"], System.IO.Compression.ZipArchiveMode.Create))
            System.IO.Compression.ZipFileExtensions.CreateEntryFromFile(zip, path, "in.tif");
        string name = $"/vsizip/{_scratch["a.zip"]}/in.tif";
        Assert.That(Scratch.ReadAll(name), Is.EqualTo(raster.Bytes()));
    }

    [Test]
    public void ReopenedSourcesReadTheSameInParallel()
    {
        TestRaster raster = new(700, 500, CellType.Int32) { Options = Layouts[1] };
        byte[] expected = raster.Bytes();
        using IRasterSource first = Scratch.Geodata.OpenRaster(raster.Write(_scratch["p.tif"]));
        Parallel.For(0, 16, new ParallelOptions { MaxDegreeOfParallelism = 4 }, _ =>
        {
            using IRasterSource own = first.Reopen();
            Assert.That(Scratch.ReadAll(own).AsSpan().SequenceEqual(expected));
        });
    }

    [Test]
    public void WrongBlocksAndBuffersAreRefused()
    {
        using IRasterSource source = Scratch.Geodata.OpenRaster(
            new TestRaster(150, 71, CellType.Byte) { Options = Layouts[0] }.Write(_scratch["r.tif"]));
        byte[] block = new byte[64 * 32];
        Assert.Multiple(() =>
        {
            Assert.Throws<ArgumentException>(() => source.ReadBlock(0, 0, new byte[64 * 32 - 1]));
            Assert.Throws<ArgumentOutOfRangeException>(() => source.ReadBlock(3, 0, block));
            Assert.Throws<ArgumentOutOfRangeException>(() => source.ReadBlock(0, 3, block));
            Assert.Throws<ArgumentOutOfRangeException>(() => source.ReadBlock(-1, 0, block));
        });
        source.Dispose();
        Assert.Throws<ObjectDisposedException>(() => source.ReadBlock(0, 0, block));
    }

    [Test]
    public void OpeningAndClosingLeaksNoFiles()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("/proc only");
        string path = new TestRaster(8, 8, CellType.Byte).Write(_scratch["r.tif"]);
        for (int i = 0; i < 5000; i++)
            Scratch.Geodata.OpenRaster(path).Dispose();
        int open = Directory.GetFiles("/proc/self/fd").Count(link => new FileInfo(link).LinkTarget == path);
        Assert.That(open, Is.Zero);
    }

    [Test]
    public void ReadingABlockAllocatesNothing()
    {
        using IRasterSource source = Scratch.Geodata.OpenRaster(
            new TestRaster(150, 71, CellType.Byte) { Options = Layouts[1] }.Write(_scratch["r.tif"]));
        byte[] block = Scratch.ReadBlock(source);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            source.ReadBlock(0, 0, block);
        Assert.That(GC.GetAllocatedBytesForCurrentThread() - before, Is.Zero);
    }
}
