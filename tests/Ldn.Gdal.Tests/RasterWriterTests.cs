using System.Xml.Linq;
using Ldn.Gdal.Interop;
using Ldn.Rasters;

namespace Ldn.Gdal.Tests;

[Parallelizable(ParallelScope.All)]
[FixtureLifeCycle(LifeCycle.InstancePerTestCase)]
internal sealed class RasterWriterTests : IDisposable
{
    private static readonly RasterClass[] Classes =
    [
        new(0, "no data", "#ffffff"), new(1, "degraded", "#9b2779"), new(2, "stable", "#ffffe0"), new(3, "improved", "#006500"),
    ];

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Test]
    public void EveryTypeSurvivesInEveryLayout(
        [Values] CellType type, [Values] RasterLayout layout, [Values] RasterCompression compression)
    {
        RasterDescription description = Description(
            700, 530, type) with
        { Layout = layout, Compression = compression, Classes = [] };
        byte[] values = Values(description);
        string path = Write(description, values, [description.Grid.Extent]);
        using IRasterSource source = Scratch.Geodata.OpenRaster(path);
        Assert.Multiple(() =>
        {
            Assert.That(source.CellType, Is.EqualTo(type));
            Assert.That(source.NoData, Is.EqualTo(description.NoData));
            Assert.That(source.Grid with { Crs = null! }, Is.EqualTo(description.Grid with { Crs = null! }));
            Assert.That(Scratch.Geodata.SameCrs(source.Grid.Crs, description.Grid.Crs));
            Assert.That(Scratch.ReadAll(source).AsSpan().SequenceEqual(values));
            Assert.That(Scratch.Geodata.BandNames(path), Is.EqualTo(new[] { "what it is" }));
            Assert.That(
                (source.BlockWidth, source.BlockHeight), Is.EqualTo(layout == RasterLayout.Striped ? (700, 1) : (512, 512)));
        });
        if (layout == RasterLayout.Cog)
            CogStructure.Check(path);
    }

    [Test]
    public void BytesDoNotDependOnOrderWindowsOrThreads(
        [Values(CellType.Byte, CellType.Float32)] CellType type, [Values] RasterLayout layout)
    {
        RasterDescription description = Description(
            2100, 1300, type) with
        { Layout = layout, Classes = type == CellType.Byte ? Classes : [] };
        byte[] values = Values(description);
        byte[] expected = File.ReadAllBytes(Write(description, values, [description.Grid.Extent]));
        foreach (
            (Window[] windows, int threads) in new[]
            {
                (Tiles(512), 1), (Tiles(512), 4), (Tiles(300), 2), (Tiles(1024), 3), (Tiles(2100), 2)
            })
        {
            Random.Shared.Shuffle(windows);
            string path = Write(description with { Threads = threads }, values, windows, threads);
            Assert.That(File.ReadAllBytes(path).AsSpan().SequenceEqual(expected), $"{windows.Length} windows, {threads} threads");
        }

        Window[] Tiles(int side) =>
        [
            .. from row in Enumerable.Range(0, (description.Grid.Height + side - 1) / side)
               from column in Enumerable.Range(0, (description.Grid.Width + side - 1) / side)
               select new Window(column * side, row * side, side, side).Intersect(description.Grid.Extent),
        ];
    }

    [Test]
    public void WindowsNeverWrittenHoldNoData([Values] CellType type, [Values] RasterLayout layout)
    {
        RasterDescription description = Description(1300, 700, type) with { Layout = layout, Classes = [] };
        byte[] values = Values(description);
        int size = type.Size();
        Window window = new(100, 50, 60, 40);
        byte[] part = new byte[window.Width * window.Height * size];
        part.AsSpan().Fill(1);
        string path = Write(description, sink => sink.Write(window, part));
        byte[] cells = Scratch.ReadAll(path), noData = values[..size];
        for (int i = 0; i < 1300 * 700; i++)
        {
            bool inside = i % 1300 is >= 100 and < 160 && i / 1300 is >= 50 and < 90;
            ReadOnlySpan<byte> cell = cells.AsSpan(i * size, size);
            if (inside ? cell[0] != 1 : !cell.SequenceEqual(noData) && !IsNaN(cell, type))
                Assert.Fail($"cell {i}");
        }
    }

    [Test]
    public void ClassesHavePaletteNamesAndStyle()
    {
        RasterDescription description = Description(1100, 600, CellType.Byte);
        string path = Write(description, Values(description), [description.Grid.Extent]);
        XElement pam = XElement.Load(path + ".aux.xml");
        Assert.That(
            pam.Descendants("Category").Select(category => category.Value), Is.EqualTo(Classes.Select(item => item.Name)));
        XElement style = XElement.Load(_scratch["out.qml"]);
        Assert.That(
            style.Descendants("paletteEntry")
                .Select(
                    entry => new RasterClass(
                        (int)entry.Attribute("value")!, (string)entry.Attribute("label")!, (string)entry.Attribute("color")!)),
            Is.EqualTo(Classes));
        Assert.That(CogStructure.Check(path).Palette.Take(4), Is.EqualTo(new[] { "#ffffff", "#9b2779", "#ffffe0", "#006500" }));
        Assert.That(
            Directory.GetFiles(_scratch.Folder).Select(Path.GetFileName),
            Is.EquivalentTo(new[] { "out.tif", "out.tif.aux.xml", "out.qml" }));
    }

    [Test]
    public void SignedClassesAreNamedInTheStyleOnly()
    {
        RasterClass[] signed = [new(-1, "degraded", "#9b2779"), new(0, "stable", "#ffffe0"), new(1, "improved", "#006500")];
        RasterDescription description = Description(600, 600, CellType.Int16) with { Classes = signed, NoData = -32768 };
        string path = Write(description, Values(description), [description.Grid.Extent]);
        Assert.That(CogStructure.Check(path).Palette, Is.Empty);
        Assert.That(File.Exists(path + ".aux.xml"), Is.False);
        Assert.That(
            XElement.Load(_scratch["out.qml"]).Descendants("paletteEntry").Select(entry => (int)entry.Attribute("value")!),
            Is.EqualTo(new[] { -1, 0, 1 }));
    }

    [Test]
    public void OverviewsOfClassesHoldOnlyClasses()
    {
        RasterDescription description = Description(3000, 2000, CellType.Byte);
        byte[] values = new byte[3000 * 2000];
        for (int i = 0; i < values.Length; i++)
            values[i] = (byte)(i % 3 == 0 ? 1 : 3);
        string path = Write(description, values, [description.Grid.Extent]);
        CogStructure structure = CogStructure.Check(path);
        Assert.That(structure.Widths, Is.EqualTo(new[] { 3000, 1500, 750, 375 }));
        for (int overview = 1; overview < structure.Widths.Count; overview++)
        {
            using DatasetHandle dataset = Datasets.Open($"GTIFF_DIR:{overview + 1}:{path}", GdalApi.OpenRaster, "raster");
            byte[] block = new byte[512 * 512];
            Assert.That(GdalApi.GDALReadBlock(GdalApi.GDALGetRasterBand(dataset, 1), 0, 0, block), Is.Zero);
            Assert.That(block.Distinct(), Is.SubsetOf(new byte[] { 0, 1, 3 }));
            Assert.That(block[0], Is.Not.Zero);
        }
    }

    [Test]
    public void CustomSystemsSurviveTheFile()
    {
        Crs sinusoidal = GdalGeodata.ParseCrs("+proj=sinu +R=6371007.181 +units=m");
        RasterDescription description = Description(30, 20, CellType.Byte) with
        {
            Grid = new Grid(30, 20, -1378818.64438684, 2036259.3891393621, 463.31271652749996, -463.31271652749996, sinusoidal),
        };
        using IRasterSource source = Scratch.Geodata.OpenRaster(
            Write(description, Values(description), [description.Grid.Extent]));
        Assert.That(Scratch.Geodata.SameCrs(source.Grid.Crs, sinusoidal));
        Assert.That(source.Grid with { Crs = null! }, Is.EqualTo(description.Grid with { Crs = null! }));
    }

    [Test]
    public void SouthUpAndTinyRastersAreWritten()
    {
        RasterDescription description = Description(
            1, 1, CellType.Byte) with
        { Grid = new Grid(1, 1, 0, -50, 0.5, 0.5, Scratch.Wgs84) };
        using IRasterSource source = Scratch.Geodata.OpenRaster(Write(description, [2], [description.Grid.Extent]));
        Assert.That((source.Grid.OriginY, source.Grid.CellHeight), Is.EqualTo((-50.0, 0.5)));
    }

    [Test]
    public void NothingStaysWithoutComplete()
    {
        RasterDescription description = Description(1100, 600, CellType.Byte);
        using (IRasterSink sink = Scratch.Geodata.CreateRaster(_scratch["gone.tif"], description))
        {
            sink.Write(description.Grid.Extent, Values(description));
            Assert.That(Directory.GetFiles(_scratch.Folder), Has.All.EndsWith(".spool.tif"));
        }

        Assert.That(Directory.GetFiles(_scratch.Folder), Is.Empty);
    }

    [Test]
    public void MisuseIsRefused()
    {
        RasterDescription description = Description(100, 50, CellType.Byte);
        using IRasterSink sink = Scratch.Geodata.CreateRaster(_scratch["r.tif"], description);
        Assert.Multiple(() =>
        {
            Assert.Throws<ArgumentOutOfRangeException>(() => sink.Write(new Window(0, 0, 101, 1), new byte[101]));
            Assert.Throws<ArgumentOutOfRangeException>(() => sink.Write(new Window(-1, 0, 1, 1), new byte[1]));
            Assert.Throws<ArgumentOutOfRangeException>(() => sink.Write(new Window(0, 0, 0, 1), []));
            Assert.Throws<ArgumentException>(() => sink.Write(new Window(0, 0, 10, 1), new byte[9]));
            Assert.Throws<ArgumentException>(
                () => Scratch.Geodata.CreateRaster(_scratch["c.tif"], description with { Classes = [new(1, "x", "red")] }));
        });
        sink.Complete();
        Assert.Throws<ObjectDisposedException>(() => sink.Write(new Window(0, 0, 1, 1), new byte[1]));
        Assert.Throws<ObjectDisposedException>(sink.Complete);
    }

    [Test]
    public void PlacesThatCannotBeWrittenAreUsageErrors()
    {
        RasterDescription description = Description(100, 50, CellType.Byte);
        Scratch.Fails(
            () => Scratch.Geodata.CreateRaster(_scratch["no/such/r.tif"], description), ExitCode.Usage, "r.tif", "folder exists");
        Directory.CreateDirectory(_scratch["taken.tif"]);
        using IRasterSink sink = Scratch.Geodata.CreateRaster(_scratch["taken.tif"], description);
        Scratch.Fails(sink.Complete, ExitCode.Usage, "taken.tif");
        sink.Dispose();
        Assert.That(Directory.GetFiles(_scratch.Folder), Is.Empty);
    }

    [Test]
    public void AFullDiskIsTemporary()
    {
        const string full = "/dev/full";
        Assert.That(GdalFailure.IsDiskFull("_tiffWriteProc:No space left on device"));
        if (!File.Exists(full))
            Assert.Ignore("no /dev/full");
        IOException error = Assert.Throws<IOException>(() =>
        {
            using FileStream stream = new(full, FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
            stream.Write(new byte[1]);
        })!;
        Assert.That(GdalFailure.Writing("r.tif", error).ExitCode, Is.EqualTo(ExitCode.Temporary));
        Assert.That(GdalFailure.Writing("r.tif", new UnauthorizedAccessException()).ExitCode, Is.EqualTo(ExitCode.Usage));
    }

    [Test]
    public void ATileWrittenAsNoDataIsATileNotWritten([Values(CellType.Byte, CellType.Int16, CellType.Float32)] CellType type)
    {
        RasterDescription description = Description(1500, 1100, type) with { Classes = [] };
        byte[] values = Values(description);
        Window first = new(0, 0, 512, 512), second = new(512, 512, 512, 512);
        byte[] tile = new byte[512 * 512 * type.Size()], empty = new byte[tile.Length];
        tile.AsSpan().Fill(2);
        for (int i = 0; i < empty.Length; i++)
            empty[i] = values[i % type.Size()];
        byte[] without = File.ReadAllBytes(Write(description, sink => sink.Write(first, tile)));
        byte[] with = File.ReadAllBytes(Write(description, sink =>
        {
            sink.Write(second, empty);
            sink.Write(first, tile);
        }));
        Assert.That(with.AsSpan().SequenceEqual(without));
    }

    private static bool IsNaN(ReadOnlySpan<byte> cell, CellType type) => type switch
    {
        CellType.Float32 => float.IsNaN(BitConverter.ToSingle(cell)),
        CellType.Float64 => double.IsNaN(BitConverter.ToDouble(cell)),
        _ => false,
    };

    private static RasterDescription Description(int width, int height, CellType type)
    {
        double noData = type switch
        {
            CellType.Byte => 0,
            CellType.SByte => -128,
            CellType.Float32 or CellType.Float64 => double.NaN,
            _ => 99,
        };
        return new RasterDescription(
            Scratch.Grid(width, height), type, noData, "what it is", type == CellType.Byte ? Classes : [], RasterCompression.Lzw,
            1);
    }

    /// <summary>Blobs of small values after one cell of no data.</summary>
    private static byte[] Values(RasterDescription description)
    {
        int width = description.Grid.Width, height = description.Grid.Height;
        byte[] bytes = new byte[width * height * description.CellType.Size()];
        for (int i = 0; i < width * height; i++)
        {
            double value = i == 0 ? description.NoData : 1 + ((i % width / 13 * 7) + (i / width / 11 * 5)) % 3;
            Span<byte> cell = bytes.AsSpan(i * description.CellType.Size(), description.CellType.Size());
            switch (description.CellType)
            {
                case CellType.Float32: BitConverter.TryWriteBytes(cell, (float)value); break;
                case CellType.Float64: BitConverter.TryWriteBytes(cell, value); break;
                default: BitConverter.GetBytes((long)value).AsSpan(0, cell.Length).CopyTo(cell); break;
            }
        }

        return bytes;
    }

    private string Write(RasterDescription description, Action<IRasterSink> fill)
    {
        string path = _scratch["out.tif"];
        using IRasterSink sink = Scratch.Geodata.CreateRaster(path, description);
        fill(sink);
        sink.Complete();
        return path;
    }

    private string Write(RasterDescription description, byte[] values, Window[] windows, int threads = 1) =>
        Write(description, sink =>
        Parallel.ForEach(windows, new ParallelOptions { MaxDegreeOfParallelism = threads }, window =>
        {
            int size = description.CellType.Size(), width = description.Grid.Width;
            byte[] part = new byte[window.Width * window.Height * size];
            for (int row = 0; row < window.Height; row++)
                values.AsSpan((((window.Row + row) * width) + window.Column) * size, window.Width * size)
                    .CopyTo(part.AsSpan(row * window.Width * size));
            sink.Write(window, part);
        }));
}
