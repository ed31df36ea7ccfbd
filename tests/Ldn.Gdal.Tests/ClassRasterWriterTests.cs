using System.Diagnostics;
using Ldn.Gdal.Interop;
using Ldn.Gdal.Tiff;
using Ldn.Rasters;
using static Ldn.Gdal.Tests.ClassRasters;

namespace Ldn.Gdal.Tests;

/// <summary>Class rasters written without GDAL, read with it and held against what GDAL itself writes.</summary>
[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class ClassRasterWriterTests : IDisposable
{
    private const int TileOffsets = 324, TileByteCounts = 325, Metadata = 42112;

    private static readonly (int Width, int Height)[] s_sizes =
        [(1, 1), (511, 512), (512, 512), (513, 512), (512, 513), (1025, 700), (1024, 1024), (4100, 30), (30, 4100), (2049, 1537)];

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Test]
    public void OnlyTheUsualClassRasterIsWrittenSo()
    {
        RasterDescription usual = Description(10, 10);
        Assert.That(ClassRasterWriter.Takes(usual));
        foreach (RasterDescription other in (RasterDescription[])[
            usual with { CellType = CellType.Int16 }, usual with { NoData = 255 }, usual with { Layout = RasterLayout.Tiled },
            usual with { Compression = RasterCompression.Deflate }, usual with { Classes = [] }])
            Assert.That(ClassRasterWriter.Takes(other), Is.False);
    }

    [TestCaseSource(nameof(s_sizes))]
    public void CellsAndOverviewsAreReadBackByGdal((int Width, int Height) size)
    {
        RasterDescription description = Description(size.Width, size.Height);
        byte[] cells = Cells(size.Width, size.Height);
        HoldsCells(Write("out.tif", description, cells, [description.Grid.Extent], 1), cells, size.Width, size.Height);
    }

    /// <summary>Tiles, bands of rows, windows across tiles, shuffled, by several threads: the same file.</summary>
    [TestCaseSource(nameof(s_sizes))]
    public void BytesDependOnTheValuesAlone((int Width, int Height) size)
    {
        RasterDescription description = Description(size.Width, size.Height);
        byte[] cells = Cells(size.Width, size.Height);
        byte[] expected = File.ReadAllBytes(Write("out.tif", description, cells, [description.Grid.Extent], 1));
        var random = new Random(size.Width);
        foreach (
            (int width, int height, int threads) in ((int, int, int)[])[
                (512, 512, 4), (1024, 1024, 2), (size.Width, 8, 3), (size.Width, 512, 2), (300, 217, 4)])
        {
            Window[] windows = Windows(description.Grid.Extent, width, height);
            random.Shuffle(windows);
            string path = Write("again.tif", description with { Threads = threads }, cells, windows, threads);
            Assert.That(
                File.ReadAllBytes(path).AsSpan().SequenceEqual(expected), $"windows of {width} × {height}, {threads} threads");
        }
    }

    /// <summary>
    /// All tags of all directories but those that tell where the tiles lie, and the companions, are the bytes that GDAL writes.
    /// </summary>
    [TestCase("EPSG:4326", 10, 50, 0.01, -0.01)]
    [TestCase("EPSG:4326", 10, -50, 0.01, 0.01)]
    [TestCase("EPSG:32649", 300000, 4500000, 250, -250)]
    [TestCase("+proj=sinu +R=6371007.181 +units=m", -1378818.64438684, 2036259.3891393621, 463.31271652749996, -463.31271652749996)]
    public void HeadersAreThoseThatGdalWrites(string crs, double x, double y, double width, double height)
    {
        RasterDescription description = Description(
            1300, 700) with
        { Grid = new Grid(1300, 700, x, y, width, height, GdalGeodata.ParseCrs(crs)) };
        byte[] cells = Cells(1300, 700);
        string own = Write("own.tif", description, cells, [description.Grid.Extent], 1), gdal = _scratch["gdal.tif"];
        using (var writer = new RasterWriter(gdal, description))
        {
            writer.Write(description.Grid.Extent, cells);
            writer.Complete();
        }

        foreach (string companion in (string[])[".tif.aux.xml", ".qml"])
            Assert.That(
                File.ReadAllBytes(_scratch["own" + companion]), Is.EqualTo(File.ReadAllBytes(_scratch["gdal" + companion])));
        IReadOnlyList<IReadOnlyDictionary<int, long[]>> ownTags = CogStructure.Check(own).Tags,
        gdalTags = CogStructure.Check(gdal).Tags;
        Assert.That(ownTags, Has.Count.EqualTo(3).And.Count.EqualTo(gdalTags.Count));
        for (int k = 0; k < ownTags.Count; k++)
        {
            Assert.That(ownTags[k].Keys, Is.EqualTo(gdalTags[k].Keys));
            foreach ((int tag, long[] values) in ownTags[k])
                if (tag == Metadata)
                    Assert.That(WithoutStatistics(values), Is.EqualTo(WithoutStatistics(gdalTags[k][tag])));
                else if (tag is not (TileOffsets or TileByteCounts))
                    Assert.That(values, Is.EqualTo(gdalTags[k][tag]), $"tag {tag} of directory {k}");
            Assert.That(Level(own, k, out _, out _).AsSpan().SequenceEqual(Level(gdal, k, out _, out _)), $"cells of level {k}");
        }
    }

    [Test]
    public void WhatWasNeverWrittenHoldsNoDataAsWhatWasWrittenSo()
    {
        RasterDescription description = Description(2000, 1100);
        byte[] cells = Cells(2000, 1100), sparse = new byte[cells.Length];
        var written = new Window(512, 512, 512, 512);
        for (int row = written.Row; row < written.EndRow; row++)
            cells.AsSpan((row * 2000) + 512, 512).CopyTo(sparse.AsSpan((row * 2000) + 512));
        string one = Write("one.tif", description, sparse, [written], 1),
        all = Write("all.tif", description, sparse, Windows(description.Grid.Extent, 512, 100), 1);
        Assert.That(File.ReadAllBytes(one).AsSpan().SequenceEqual(File.ReadAllBytes(all)));
        HoldsCells(one, sparse, 2000, 1100);
        string none = Write("none.tif", description, cells, [], 1);
        HoldsCells(none, new byte[cells.Length], 2000, 1100);
        Validates(one, none);
    }

    [Test]
    public void BigTiffsAreReadBackByGdal()
    {
        RasterDescription description = Description(1700, 1100);
        byte[] cells = Cells(1700, 1100);
        string path = _scratch["big.tif"];
        using (var writer = new ClassRasterWriter(path, description) { LargestClassic = 0 })
        {
            writer.Write(description.Grid.Extent, cells);
            writer.Complete();
        }

        Assert.That(File.ReadAllBytes(path).AsSpan(0, 4).SequenceEqual("II+\0"u8));
        HoldsCells(path, cells, 1700, 1100);
        Validates(path);
    }

    /// <summary>Tiles of which no test can write enough: the header of a file that offsets of four bytes do not reach.</summary>
    [Test]
    public void BeyondFourGigabytesOffsetsAreOfEightBytes()
    {
        RasterDescription description = Description(2000, 1100);
        TileLevel[] levels = TileLevel.Pyramid(2000, 1100);
        int[][] lengths = [.. levels.Select(level => Enumerable.Repeat(1 << 29, level.Count).ToArray())];
        var header = new CogHeader(HeaderTemplate.Make(_scratch["r.tif"], description).Tags, levels, lengths, int.MaxValue);
        byte[] bytes = header.Bytes();
        Assert.That(bytes.AsSpan(0, 8).SequenceEqual("II+\0\b\0\0\0"u8));
        Assert.That(header.FileLength, Is.EqualTo(bytes.Length + (17 * ((1L << 29) + 8))), "4 × 3, 2 × 2 and 1 × 1 tiles");
        Assert.That(
            bytes.AsSpan().IndexOf(BitConverter.GetBytes(header.FileLength - (1 << 29) - 4)), Is.Positive,
            "where the last tile lies");
    }

    /// <summary>GDAL's own validator of Cloud-Optimized GeoTIFFs, told to look at every tile, has nothing to say.</summary>
    [Test]
    public void GdalsValidatorIsContent() => Validates(
        [.. s_sizes.Select((size, i) =>
            Write($"{i}.tif", Description(size.Width, size.Height), Cells(size.Width, size.Height),
            [new(0, 0, size.Width, size.Height)], 1))]);

    private static Window[] Windows(Window extent, int width, int height) =>
    [
        .. from row in Enumerable.Range(0, (extent.Height + height - 1) / height)
           from column in Enumerable.Range(0, (extent.Width + width - 1) / width)
           select new Window(column * width, row * height, width, height).Intersect(extent),
    ];

    /// <summary>Every level as GDAL reads it, against the law of overviews written out cell by cell.</summary>
    private static void HoldsCells(string path, byte[] cells, int width, int height)
    {
        int levels = CogStructure.Check(path).Widths.Count;
        byte[] expected = cells;
        for (int k = 0; k < levels; k++)
        {
            byte[] level = Level(path, k, out int levelWidth, out int levelHeight);
            Assert.That((levelWidth, levelHeight), Is.EqualTo((width, height)));
            Assert.That(level.AsSpan().SequenceEqual(expected), $"level {k}");
            expected = Halved(expected, width, height);
            (width, height) = ((width + 1) / 2, (height + 1) / 2);
        }
    }

    /// <summary>
    /// Of the up to four cells that are there: no data does not count, the most frequent class wins, the smaller of equally
    /// frequent ones.
    /// </summary>
    private static byte[] Halved(byte[] cells, int width, int height)
    {
        int half = (width + 1) / 2;
        byte[] halved = new byte[half * ((height + 1) / 2)];
        int[] counts = new int[256];
        for (int i = 0; i < halved.Length; i++)
        {
            Array.Clear(counts);
            for (int y = 2 * (i / half); y < Math.Min(height, (2 * (i / half)) + 2); y++)
                for (int x = 2 * (i % half); x < Math.Min(width, (2 * (i % half)) + 2); x++)
                    counts[cells[(y * width) + x]]++;
            for (int value = 255; value > 0; value--)
                if (counts[value] > 0 && (halved[i] == 0 || counts[value] >= counts[halved[i]]))
                    halved[i] = (byte)value;
        }

        return halved;
    }

    /// <summary>
    /// GDAL's metadata but for the statistics, whose last digits depend on the order of summing; they have a test of their own.
    /// </summary>
    private static string WithoutStatistics(long[] text)
    {
        IEnumerable<string> lines = string.Concat(text.Select(c => (char)c)).Split('\n');
        Assert.That(lines.Count(l => l.Contains("STATISTICS_", StringComparison.Ordinal)), Is.EqualTo(4));
        return string.Join('\n', lines.Where(l => !l.Contains("STATISTICS_", StringComparison.Ordinal)));
    }

    private static byte[] Level(string path, int level, out int width, out int height)
    {
        using ErrorScope errors = ErrorScope.Open();
        using DatasetHandle dataset = Datasets.Open($"GTIFF_DIR:{level + 1}:{path}", GdalApi.OpenRaster, "raster");
        (width, height) = (GdalApi.GDALGetRasterXSize(dataset), GdalApi.GDALGetRasterYSize(dataset));
        byte[] cells = new byte[width * height];
        _ = GdalApi.GDALRasterIOEx(
            GdalApi.GDALGetRasterBand(dataset, 1), GdalApi.GfRead, 0, 0, width, height, cells, width, height, GdalApi.GdtByte, 1,
            width, 0);
        Assert.That(errors.Failed, Is.False, GdalFailure.Cause(errors));
        return cells;
    }

    private static void Validates(params string[] paths)
    {
        const string python = "/usr/bin/python3";
        if (!File.Exists(python) || Python("-c", "import osgeo_utils.samples.validate_cloud_optimized_geotiff").ExitCode != 0)
            Assert.Ignore("GDAL's Python modules are not installed");
        foreach (string path in paths)
        {
            (int exitCode, string output) = Python(
                "-m", "osgeo_utils.samples.validate_cloud_optimized_geotiff", "--full-check=yes", path);
            Assert.That(exitCode, Is.Zero, output);
            Assert.That(output, Does.Contain("is a valid cloud optimized GeoTIFF").And.Not.Contains("warning"));
        }

        static (int ExitCode, string Output) Python(params string[] arguments)
        {
            using Process process = Process.Start(
                new ProcessStartInfo(python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd() + errors.Result;
            process.WaitForExit();
            return (process.ExitCode, output);
        }
    }

    private string Write(string name, RasterDescription description, byte[] cells, Window[] windows, int threads)
    {
        string path = _scratch[name];
        using IRasterSink sink = Scratch.Geodata.CreateRaster(path, description);
        Assert.That(sink, Is.InstanceOf<ClassRasterWriter>());
        Parallel.ForEach(windows, new ParallelOptions { MaxDegreeOfParallelism = threads }, window =>
        {
            int width = description.Grid.Width;
            byte[] part = new byte[window.Width * window.Height];
            for (int row = 0; row < window.Height; row++)
                cells.AsSpan(((window.Row + row) * width) + window.Column, window.Width).CopyTo(part.AsSpan(row * window.Width));
            sink.Write(window, part);
        });
        sink.Complete();
        Assert.That(File.Exists(path + ".spool.tif"), Is.False);
        return path;
    }
}
