using System.Globalization;
using System.Runtime.InteropServices;
using Ldn.Gdal.Interop;
using Ldn.Rasters;

namespace Ldn.Gdal.Tests;

/// <summary>Least, greatest, mean and deviation of the cells with data, by whichever way a raster is written.</summary>
internal sealed class CellStatisticsTests
{
    private const int Width = 1300, Height = 700;

    [TestCase(CellType.Byte, RasterCompression.Lzw, true)]
    [TestCase(CellType.Byte, RasterCompression.Deflate, false)]
    [TestCase(CellType.Int16, RasterCompression.Lzw, false)]
    [TestCase(CellType.Float32, RasterCompression.Lzw, false)]
    public void TheyAreInTheFile(CellType type, RasterCompression compression, bool own)
    {
        using var scratch = new Scratch();
        byte[] classes = ClassRasters.Cells(Width, Height);
        RasterDescription description = ClassRasters.Description(
            Width, Height) with
        { CellType = type, Compression = compression };
        double[] known = [.. classes.Where(c => c != 0).Select(c => (double)c)];
        double mean = known.Average(), deviation = Math.Sqrt(known.Average(c => (c - mean) * (c - mean)));

        Dictionary<string, double> found = Written(scratch, description, Stored(classes, type), own);
        Assert.That(
            found.Keys,
            Is.EquivalentTo((string[])["STATISTICS_MINIMUM", "STATISTICS_MAXIMUM", "STATISTICS_MEAN", "STATISTICS_STDDEV"]));
        Assert.That(found["STATISTICS_MINIMUM"], Is.EqualTo(1));
        Assert.That(found["STATISTICS_MAXIMUM"], Is.EqualTo(7));
        Assert.That(found["STATISTICS_MEAN"], Is.EqualTo(mean).Within(1e-9));
        Assert.That(found["STATISTICS_STDDEV"], Is.EqualTo(deviation).Within(1e-9));

        Assert.That(Written(scratch, description, Stored(new byte[classes.Length], type), own), Is.Empty, "no cell has data");
    }

    private static byte[] Stored(byte[] classes, CellType type) => type switch
    {
        CellType.Int16 => MemoryMarshal.AsBytes<short>(Array.ConvertAll(classes, c => (short)c)).ToArray(),
        CellType.Float32 => MemoryMarshal.AsBytes<float>(Array.ConvertAll(classes, c => (float)c)).ToArray(),
        _ => classes,
    };

    /// <summary>What GDAL finds in the file, which is written in three bands of rows.</summary>
    private static Dictionary<string, double> Written(Scratch scratch, RasterDescription description, byte[] cells, bool own)
    {
        string path = scratch["statistics.tif"];
        using (IRasterSink sink = Scratch.Geodata.CreateRaster(path, description))
        {
            Assert.That(sink is ClassRasterWriter, Is.EqualTo(own));
            int row = Width * description.CellType.Size();
            foreach ((int first, int rows) in ((int, int)[])[(0, 100), (100, 500), (600, 100)])
                sink.Write(new Window(0, first, Width, rows), cells.AsSpan(first * row, rows * row));
            sink.Complete();
        }

        using ErrorScope errors = ErrorScope.Open();
        using DatasetHandle dataset = Datasets.Open(path, GdalApi.OpenRaster, "raster");
        nint band = GdalApi.GDALGetRasterBand(dataset, 1);
        var found = new Dictionary<string, double>();
        foreach (
            string name in (string[])[
                "STATISTICS_MINIMUM", "STATISTICS_MAXIMUM", "STATISTICS_MEAN", "STATISTICS_STDDEV", "STATISTICS_VALID_PERCENT"])
            if (GdalApi.Text(GdalApi.GDALGetMetadataItem(band, name, null)) is { } value)
                found[name] = double.Parse(value, CultureInfo.InvariantCulture);
        return found;
    }
}
