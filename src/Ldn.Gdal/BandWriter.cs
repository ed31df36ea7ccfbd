using System.Runtime.InteropServices;
using Ldn.Gdal.Interop;
using Ldn.Rasters;

namespace Ldn.Gdal;

/// <summary>
/// Writes a GeoTIFF of several 16-bit bands, band after band in tiles, so that its bytes depend on the cells alone. Plain: no
/// overviews, no statistics, nothing beside it.
/// </summary>
internal sealed class BandWriter : IBandSink
{
    private readonly string _path;
    private readonly Grid _grid;
    private readonly DatasetHandle _dataset;
    private readonly short[] _tile = new short[RasterTarget.BlockSize * RasterTarget.BlockSize];
    private readonly short _noData;
    private bool _completed;

    /// <exception cref="LdnException">Exit 2: cannot be created there; exit 75: disk full.</exception>
    public unsafe BandWriter(string path, Grid grid, IReadOnlyList<string> bands, short noData)
    {
        GdalLibrary.EnsureReady();
        (_path, _grid, _noData) = (path, grid, noData);
        using ErrorScope errors = ErrorScope.Open();
        using StringList options = new(
        [
            "TILED=YES", $"BLOCKXSIZE={RasterTarget.BlockSize}", $"BLOCKYSIZE={RasterTarget.BlockSize}", "INTERLEAVE=BAND",
            "COMPRESS=DEFLATE", "PREDICTOR=2", "BIGTIFF=IF_SAFER",
        ]);
        _dataset = GdalApi.GDALCreate(
            GdalApi.GDALGetDriverByName("GTiff"), path, grid.Width, grid.Height, bands.Count,
            RasterTarget.GdalTypeOf(CellType.Int16), options.Pointer);
        try
        {
            if (_dataset.IsInvalid)
                throw GdalFailure.Writing(path, "cannot be created", errors);
            GdalApi.GDALSetGeoTransform(_dataset, [grid.OriginX, grid.CellWidth, 0, grid.OriginY, 0, grid.CellHeight]);
            using (SpatialReferenceHandle reference = SpatialReferences.Open(grid.Crs))
                GdalApi.GDALSetSpatialRef(_dataset, reference);
            for (int b = 0; b < bands.Count; b++)
            {
                nint band = GdalApi.GDALGetRasterBand(_dataset, b + 1);
                _ = GdalApi.GDALSetRasterNoDataValue(band, noData);
                GdalApi.GDALSetDescription(band, bands[b]);
            }

            if (errors.Failed)
                throw GdalFailure.Writing(path, "cannot be created", errors);
        }
        catch
        {
            _dataset.Dispose();
            throw;
        }
    }

    public void Write(int band, Window window, ReadOnlySpan<short> cells)
    {
        const int block = RasterTarget.BlockSize;
        if (
            window.Column % block != 0 || window.Row % block != 0
                || window != new Window(window.Column, window.Row, block, block).Intersect(_grid.Extent))
            throw new ArgumentException("a window of bands is a whole tile", nameof(window));
        _tile.AsSpan().Fill(_noData);
        for (int row = 0; row < window.Height; row++)
            cells.Slice(row * window.Width, window.Width).CopyTo(_tile.AsSpan(row * block));
        using ErrorScope errors = ErrorScope.Open();
        nint of = GdalApi.GDALGetRasterBand(_dataset, band + 1);
        if (
            GdalApi.GDALWriteBlock(
                of, window.Column / block, window.Row / block,
                MemoryMarshal.AsBytes(_tile.AsSpan())) >= GdalApi.CeFailure || errors.Failed)
            throw GdalFailure.Writing(_path, "cannot be written", errors);
    }

    public void Complete()
    {
        using ErrorScope errors = ErrorScope.Open();
        _dataset.Dispose();
        if (errors.Failed)
            throw GdalFailure.Writing(_path, "cannot be written", errors);
        _completed = true;
    }

    public void Dispose()
    {
        _dataset.Dispose();
        if (!_completed)
            LeftFiles.Remove(_path, _path + ".aux.xml");
    }
}
