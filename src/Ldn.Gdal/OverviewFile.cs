using Ldn.Gdal.Interop;
using Ldn.Rasters;

namespace Ldn.Gdal;

/// <summary>
/// A stored overview of a raster's band, read in its own blocks; its grid covers the raster's extent in larger cells.
/// </summary>
internal sealed class OverviewFile : IRasterSource
{
    private readonly RasterName _address;
    private readonly DatasetHandle _dataset;
    private readonly nint _band;
    private readonly double _factor;

    private OverviewFile(RasterName address, DatasetHandle dataset, nint band, double factor)
    {
        (_address, _dataset, _band, _factor) = (address, dataset, band, factor);
        (CellType, int gdalType) = RasterHeader.CellTypeOf(address, band);
        Grid whole = RasterHeader.GridOf(address, dataset, []);
        int width = GdalApi.GDALGetRasterBandXSize(band), height = GdalApi.GDALGetRasterBandYSize(band);
        Grid = whole with
        {
            Width = width,
            Height = height,
            CellWidth = whole.CellWidth * whole.Width / width,
            CellHeight = whole.CellHeight * whole.Height / height,
        };
        NoData = RasterHeader.NoDataOf(band, gdalType);
        GdalApi.GDALGetBlockSize(band, out int blockWidth, out int blockHeight);
        (BlockWidth, BlockHeight) = (blockWidth, blockHeight);
    }

    public string Name => _address.ToString();

    public Grid Grid { get; }

    public CellType CellType { get; }

    public double? NoData { get; }

    public double Scale => 1;

    public double Offset => 0;

    public int BlockWidth { get; }

    public int BlockHeight { get; }

    /// <summary>See <see cref="IGeodata.OpenOverview"/>.</summary>
    public static IRasterSource Open(string name, double factor, RasterReader reader)
    {
        RasterName address = RasterName.Parse(name);
        using ErrorScope errors = ErrorScope.Open();
        DatasetHandle dataset = Datasets.Open(address.Dataset, GdalApi.OpenRaster, "raster");
        try
        {
            nint band = RasterHeader.Band(address, dataset), best = 0;
            int width = GdalApi.GDALGetRasterBandXSize(band), least = width;
            for (int i = 0; i < GdalApi.GDALGetOverviewCount(band); i++)
            {
                nint overview = GdalApi.GDALGetOverview(band, i);
                int columns = GdalApi.GDALGetRasterBandXSize(overview);
                if (columns >= least || (double)width / columns > factor)
                    continue;
                (best, least) = (overview, columns);
            }

            if (best != 0)
                return new OverviewFile(address, dataset, best, factor);
        }
        catch
        {
            dataset.Dispose();
            throw;
        }

        dataset.Dispose();
        return RasterFile.Open(name, reader);
    }

    public void ReadBlock(int blockColumn, int blockRow, Span<byte> destination)
    {
        ObjectDisposedException.ThrowIf(_dataset.IsClosed, this);
        if (destination.Length != BlockWidth * BlockHeight * CellType.Size())
            throw new ArgumentException(
                $"{destination.Length} bytes for a block of {BlockWidth} × {BlockHeight} {CellType}", nameof(destination));
        using ErrorScope errors = ErrorScope.Open();
        int result = GdalApi.GDALReadBlock(_band, blockColumn, blockRow, destination);
        if (result >= GdalApi.CeFailure || errors.Failed || GdalFailure.IsReadFailure(out _))
            throw GdalFailure.Reading(
                Name, $"overview block at column {blockColumn}, row {blockRow} cannot be read", errors,
                "the file is damaged or incomplete");
        GC.KeepAlive(_dataset);
    }

    public IRasterSource Reopen() => Open(Name, _factor, RasterReader.Gdal);

    public void Dispose() => _dataset.Dispose();
}
