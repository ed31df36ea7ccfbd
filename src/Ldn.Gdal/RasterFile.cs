using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using Ldn.Gdal.Interop;
using Ldn.Gdal.Tiff;
using Ldn.Rasters;

namespace Ldn.Gdal;

/// <summary>
/// One band of a raster read in its natural blocks, through a dataset handle of its own. See <see cref="IRasterSource"/>.
/// </summary>
internal sealed class RasterFile : IRasterSource
{
    private readonly RasterName _address;
    private readonly DatasetHandle _dataset;
    private readonly nint _band;
    private readonly RasterReader _reader;
    private readonly StrileReader? _striles;

    private RasterFile(RasterName address, DatasetHandle dataset, RasterReader reader)
    {
        _address = address;
        _dataset = dataset;
        _reader = reader;
        _band = RasterHeader.Band(address, dataset);
        (CellType, int gdalType) = RasterHeader.CellTypeOf(address, _band);
        var remarks = new List<string>();
        Grid = RasterHeader.GridOf(address, dataset, remarks);
        Remarks = remarks;
        NoData = RasterHeader.NoDataOf(_band, gdalType);
        MaskBand = RasterHeader.MaskOf(address, dataset, _band);
        (Scale, Offset) = RasterHeader.ScaleOf(address, _band);
        Wholeness.CheckSideFile(address.Dataset, dataset, address.Band ?? 1, _band);
        GdalApi.GDALGetBlockSize(_band, out int width, out int height);
        (BlockWidth, BlockHeight) = (width, height);
        RasterHeader.CheckBlocks(address, dataset, Grid, width, height, CellType.Size());
        if ((long)width * height * CellType.Size() > Array.MaxLength)
            throw Fault.Cells.Error(
                $"{address}: a single block of {width} × {height} cells is more than can be read at once",
                "rewrite it as tiles: gdal_translate -co TILED=YES -co BLOCKXSIZE=512 -co BLOCKYSIZE=512");
        if (reader == RasterReader.Auto)
        {
            var shape = new BandShape(
                GdalApi.GDALGetRasterXSize(dataset), Grid.Height, width, height, CellType, GdalApi.GDALGetRasterCount(dataset));
            _striles = StrileReader.TryOpen(address.Dataset, dataset, _band, shape);
        }
    }

    public string Name => _address.ToString();

    public Grid Grid { get; }

    public IReadOnlyList<string> Remarks { get; }

    public string Reader => _striles is null
        ? $"GDAL ({Datasets.DriverOf(_dataset)})"
        : "ldn's own TIFF decoder";

    public CellType CellType { get; }

    public double? NoData { get; }

    public double Scale { get; }

    public double Offset { get; }

    public int BlockWidth { get; }

    public int BlockHeight { get; }

    /// <summary>Where it is kept which cells are valid, where that is in no value.</summary>
    internal BandMask? MaskBand { get; }

    /// <summary>Blocks that were decoded past GDAL so far.</summary>
    internal long BlocksPastGdal => _striles?.BlocksRead ?? 0;

    public static RasterFile Open(string name, RasterReader reader) => Datasets.Twice(name, () => OpenOnce(name, reader));

    private static RasterFile OpenOnce(string name, RasterReader reader)
    {
        RasterName address = RasterName.Parse(name);
        using ErrorScope errors = ErrorScope.Open();
        DatasetHandle dataset = Datasets.Open(address.Dataset, GdalApi.OpenRaster, "raster");
        try
        {
            return new RasterFile(address, dataset, reader);
        }
        catch
        {
            dataset.Dispose();
            throw;
        }
    }

    public void ReadBlock(int blockColumn, int blockRow, Span<byte> destination)
    {
        ObjectDisposedException.ThrowIf(_dataset.IsClosed, this);
        ArgumentOutOfRangeException.ThrowIfNegative(blockColumn);
        ArgumentOutOfRangeException.ThrowIfNegative(blockRow);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((long)blockColumn * BlockWidth, Grid.Width, nameof(blockColumn));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((long)blockRow * BlockHeight, Grid.Height, nameof(blockRow));
        if (destination.Length != BlockWidth * BlockHeight * CellType.Size())
            throw new ArgumentException(
                $"{destination.Length} bytes for a block of {BlockWidth} × {BlockHeight} {CellType}", nameof(destination));

        if (!TryRead(blockColumn, blockRow, destination, out LdnException? failure))
            ReadAfresh(blockColumn, blockRow, destination, failure);
    }

    /// <summary>
    /// A handle may keep what it read of a directory when a read failed: only another one can tell a passing failure from a
    /// damaged file.
    /// </summary>
    /// <exception cref="LdnException"><paramref name="failure"/>, where it is no passing one.</exception>
    private void ReadAfresh(int blockColumn, int blockRow, Span<byte> destination, LdnException failure)
    {
        if (GdalFailure.IsRemote(Name))
            throw failure;
        using RasterFile again = Open(Name, _reader);
        bool same = again.Grid == Grid && again.CellType == CellType
            && (again.BlockWidth, again.BlockHeight) == (BlockWidth, BlockHeight);
        if (!same || !again.TryRead(blockColumn, blockRow, destination, out _))
            throw failure;
    }

    private bool TryRead(int blockColumn, int blockRow, Span<byte> destination, [NotNullWhen(false)] out LdnException? failure)
    {
        failure = null;
        using ErrorScope errors = ErrorScope.Open();
        // Some drivers report damage and return success with whatever they had: a reported failure is a failure.
        int result = 0;
        if (_striles is null || !_striles.TryRead(blockColumn, blockRow, destination))
        {
            Marshal.SetLastSystemError(0);
            result = GdalApi.GDALReadBlock(_band, blockColumn, blockRow, destination);
        }

        if (result >= GdalApi.CeFailure || errors.Failed || GdalFailure.IsReadFailure(out _))
            failure = GdalFailure.Reading(
                Name, $"block at column {blockColumn}, row {blockRow} cannot be read", errors,
                "the file is damaged or incomplete: get it again");
        GC.KeepAlive(_dataset);
        return failure is null;
    }

    /// <summary>Which cells of a natural block are valid: not 0. Cells beyond the raster are left as they are.</summary>
    internal void ReadMask(int blockColumn, int blockRow, Span<byte> valid)
    {
        int column = blockColumn * BlockWidth, row = blockRow * BlockHeight;
        int width = Math.Min(BlockWidth, Grid.Width - column), height = Math.Min(BlockHeight, Grid.Height - row);
        using ErrorScope errors = ErrorScope.Open();
        int result = GdalApi.GDALRasterIOEx(
            MaskBand!.Value.Band, GdalApi.GfRead, column, row, width, height, valid, width, height, GdalApi.GdtByte, 1,
            BlockWidth, 0);
        if (result >= GdalApi.CeFailure || errors.Failed)
            throw GdalFailure.Reading(
                Name, $"the mask at column {blockColumn}, row {blockRow} of its blocks cannot be read", errors,
                "the file is damaged or incomplete: get it again");
        GC.KeepAlive(_dataset);
    }

    /// <summary>
    /// Adds where the stored bytes of a natural block lie, and of the blocks of its mask; nothing where GDAL does not tell.
    /// </summary>
    internal void AddRanges(int blockColumn, int blockRow, ICollection<ByteRange> ranges)
    {
        if (Datasets.DriverOf(_dataset) != "GTiff")
            return;
        Add(_band, _address.Dataset, blockColumn, blockRow);
        if (MaskBand is { } mask)
        {
            GdalApi.GDALGetBlockSize(mask.Band, out int width, out int height);
            int column = blockColumn * BlockWidth, row = blockRow * BlockHeight;
            int endColumn = Math.Min(column + BlockWidth, Grid.Width), endRow = Math.Min(row + BlockHeight, Grid.Height);
            string file = GdalApi.GDALGetBandDataset(mask.Band) is not 0 and var holder
                && GdalApi.Text(GdalApi.GDALGetDescription(holder)) is { Length: > 0 } own ? own : _address.Dataset;
            for (int y = row / height; y * height < endRow; y++)
                for (int x = column / width; x * width < endColumn; x++)
                    Add(mask.Band, file, x, y);
        }

        GC.KeepAlive(_dataset);

        void Add(nint band, string file, int x, int y)
        {
            if (StrileReader.Place(band, x, y) is var (offset, size) && size > 0 && offset + size <= long.MaxValue)
                ranges.Add(new ByteRange(file, (long)offset, (long)size));
        }
    }

    public IRasterSource Reopen() => Open(Name, _reader);

    public void Dispose()
    {
        _striles?.Dispose();
        _dataset.Dispose();
    }
}
