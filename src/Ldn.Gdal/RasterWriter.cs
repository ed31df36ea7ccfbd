using System.Buffers;
using Ldn.Gdal.Interop;
using Ldn.Rasters;

namespace Ldn.Gdal;

/// <summary>
/// Writes a raster by GDAL, by way of a spool: an uncompressed, sparse, tiled file beside the target takes windows in any order
/// from any thread, and <see cref="Complete()"/> lays the target out from it, always in the same order, so that its bytes depend
/// on the values alone.
/// </summary>
internal sealed class RasterWriter : IRasterSink
{
    private readonly string _path;
    private readonly RasterDescription _description;
    private readonly Lock _gate = new();
    private readonly DatasetHandle _spool;
    private readonly nint _band;
    private readonly int _gdalType;
    private bool _completed;

    /// <exception cref="LdnException">Exit 2: cannot be created there, or this GDAL lacks the compression; exit 75: disk
    /// full.</exception>
    public RasterWriter(string path, RasterDescription description)
    {
        GdalLibrary.EnsureReady();
        RasterTarget.Check(description);
        _path = path;
        _description = description;
        _gdalType = RasterTarget.GdalTypeOf(description.CellType);
        using ErrorScope errors = ErrorScope.Open();
        try
        {
            _spool = RasterTarget.CreateSpool(SpoolPath, description, errors);
            _band = GdalApi.GDALGetRasterBand(_spool, 1);
            RasterTarget.Describe(_spool, _band, description);
            if (errors.Failed)
                throw GdalFailure.Writing(path, "cannot be created", errors);
        }
        catch
        {
            _spool?.Dispose();
            RemoveSpool();
            throw;
        }
    }

    private string SpoolPath => _path + ".spool.tif";

    public void Write(Window window, ReadOnlySpan<byte> values)
    {
        SinkChecks.Window(window, values, _description);
        const int block = RasterTarget.BlockSize;
        int size = _description.CellType.Size();
        byte[]? whole = null;
        try
        {
            for (int blockRow = window.Row / block; blockRow * block < window.EndRow; blockRow++)
                for (int blockColumn = window.Column / block; blockColumn * block < window.EndColumn; blockColumn++)
                {
                    Window cells = new Window(blockColumn * block, blockRow * block, block, block)
                        .Intersect(_description.Grid.Extent);
                    Window part = cells.Intersect(window);
                    int skipped = ((part.Row - window.Row) * window.Width) + part.Column - window.Column;
                    ReadOnlySpan<byte> source = values[(skipped * size)..];
                    if (part != cells)
                        WritePart(part, source, (long)window.Width * size);
                    else if (part == window && part.Width == block && part.Height == block)
                        WriteBlock(blockColumn, blockRow, source);
                    else
                    {
                        whole ??= ArrayPool<byte>.Shared.Rent(block * block * size);
                        WriteBlock(blockColumn, blockRow, Gather(part, source, window.Width * size, size, whole));
                    }
                }
        }
        finally
        {
            if (whole is not null)
                ArrayPool<byte>.Shared.Return(whole);
        }
    }

    public void Complete() => Complete(null, CancellationToken.None);

    public void Complete(Action<double>? progress, CancellationToken cancellation)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_spool.IsClosed, this);
            if (_completed)
                throw new InvalidOperationException("the raster is complete already");
            using (ErrorScope errors = ErrorScope.Open())
            {
                GdalApi.GDALFlushCache(_spool);
                if (errors.Failed)
                    throw GdalFailure.Writing(_path, "cannot be written", errors);
            }

            if (_description.Layout == RasterLayout.Cog)
                CellStatistics.Compute(_band, cancellation);
            using (ErrorScope errors = ErrorScope.Open())
            {
                if (_description is { Layout: RasterLayout.Cog, CellType: CellType.Byte, Classes.Count: > 0 })
                    ClassOverviews.Build(_spool, _band, _description.Grid.Width, _description.Grid.Height, cancellation);
                if (errors.Failed)
                    throw GdalFailure.Writing(_path, "cannot be written", errors);
                RasterTarget.LayOut(_path, _spool, _description, errors, progress, cancellation);
            }

            try
            {
                if (_description.Layout == RasterLayout.Cog)
                    RasterStyle.Write(RasterStyle.PathFor(_path), _description);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw GdalFailure.Writing(RasterStyle.PathFor(_path), e);
            }

            _completed = true;
            CloseSpool();
        }
    }

    public void Dispose()
    {
        if (!_spool.IsClosed)
            CloseSpool();
        if (_completed)
            return;
        LeftFiles.Remove(_path, _path + ".aux.xml", _path + ".ovr.tmp", RasterStyle.PathFor(_path));
    }

    /// <summary>The rows of a block out of a wider window; what lies beyond the raster's edge is left as it is.</summary>
    private static ReadOnlySpan<byte> Gather(Window part, ReadOnlySpan<byte> source, int sourceStride, int size, byte[] whole)
    {
        const int block = RasterTarget.BlockSize;
        for (int row = 0; row < part.Height; row++)
            source.Slice(row * sourceStride, part.Width * size).CopyTo(whole.AsSpan(row * block * size));
        return whole.AsSpan(0, block * block * size);
    }

    private void WriteBlock(int blockColumn, int blockRow, ReadOnlySpan<byte> source)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_spool.IsClosed, this);
            using ErrorScope errors = ErrorScope.Open();
            if (GdalApi.GDALWriteBlock(_band, blockColumn, blockRow, source) >= GdalApi.CeFailure || errors.Failed)
                throw GdalFailure.Writing(_path, "cannot be written", errors);
        }
    }

    private void WritePart(Window part, ReadOnlySpan<byte> source, long lineSpace)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_spool.IsClosed, this);
            using ErrorScope errors = ErrorScope.Open();
            int result = GdalApi.GDALRasterIOEx(
                _band, GdalApi.GfWrite, part.Column, part.Row, part.Width, part.Height,
                source, part.Width, part.Height, _gdalType, _description.CellType.Size(), lineSpace, 0);
            if (result >= GdalApi.CeFailure || errors.Failed)
                throw GdalFailure.Writing(_path, "cannot be written", errors);
        }
    }

    private void CloseSpool()
    {
        using ErrorScope errors = ErrorScope.Open();
        _spool.Dispose();
        RemoveSpool();
    }

    private void RemoveSpool() => LeftFiles.Remove(SpoolPath, SpoolPath + ".aux.xml");
}
