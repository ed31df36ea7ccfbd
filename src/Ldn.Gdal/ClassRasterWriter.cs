using Ldn.Gdal.Interop;
using Ldn.Gdal.Tiff;
using Ldn.Rasters;

namespace Ldn.Gdal;

/// <summary>
/// Writes a Cloud-Optimized GeoTIFF of classes with LZW without GDAL, which takes three times as long for it. A tile is
/// compressed and halved as soon as it is there, by the worker that brings it, into a spool beside the target;
/// <see cref="Complete()"/> makes the overviews of those halves, level by level, and lays everything out, always in the same
/// order, so that the file's bytes depend on the values alone. GDAL still says what stands in the header
/// (<see cref="HeaderTemplate"/>).
/// </summary>
internal sealed class ClassRasterWriter : IRasterSink
{
    private readonly string _path;
    private readonly RasterDescription _description;
    private readonly long[] _counts = new long[byte.MaxValue + 1];
    private readonly TileSpool _spool;
    private readonly TileLevel[] _levels;
    private readonly Lock _gate = new();
    private bool _completed;

    /// <exception cref="LdnException">Exit 2: cannot be created there; exit 75: disk full.</exception>
    public ClassRasterWriter(string path, RasterDescription description)
    {
        (_path, _description) = (path, description);

        // Before an hour of computing, not after it.
        HeaderTemplate.Make(path, description);
        _levels = TileLevel.Pyramid(description.Grid.Width, description.Grid.Height);
        try
        {
            _spool = new TileSpool(path + ".spool.tif");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw GdalFailure.Writing(path, e);
        }
    }

    /// <summary>
    /// Bytes of cells beyond which the raster becomes a BigTIFF; half of what offsets of four bytes reach, for many readers take
    /// them for signed.
    /// </summary>
    internal long LargestClassic { get; init; } = int.MaxValue;

    /// <summary>Whether a raster is of the kind that is written so. Everything else is GDAL's.</summary>
    public static bool Takes(RasterDescription description) =>
        description is
        {
            CellType: CellType.Byte, NoData: 0, Layout: RasterLayout.Cog, Compression: RasterCompression.Lzw,
            Classes.Count: > 0
        };

    public void Write(Window window, ReadOnlySpan<byte> values)
    {
        SinkChecks.Window(window, values, _description);
        ObjectDisposedException.ThrowIf(_spool.IsClosed, this);
        const int side = TileLevel.Side;
        TileWork work = TileWork.Rent();
        try
        {
            for (int row = window.Row / side; row * side < window.EndRow; row++)
            {
                for (int column = window.Column / side; column * side < window.EndColumn; column++)
                {
                    int tile = (row * _levels[0].Across) + column;
                    Window cells = _levels[0].Cells(tile), part = cells.Intersect(window);
                    ReadOnlySpan<byte> source = values[
                        (((part.Row - window.Row) * window.Width) + part.Column - window.Column)..];
                    if (part == window && values.Length == TileLevel.TileCells)
                    {
                        Store(_levels[0], tile, values, work);
                        continue;
                    }

                    work.Gather(source, window.Width, part.Width, part.Height);
                    if (part == cells)
                        Store(_levels[0], tile, work.Cells, work);
                    else
                        StorePart(tile, part, cells, work);
                }
            }
        }
        catch (IOException e)
        {
            throw GdalFailure.Writing(_path, e);
        }
        finally
        {
            TileWork.Return(work);
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
            try
            {
                var overviews = new OverviewBuilder(_levels, _spool, Store, _description.Threads, cancellation);
                overviews.Build(share => progress?.Invoke(share / 2));
                HeaderTemplate header = HeaderTemplate.Make(_path, _description, CellStatistics.Of(_counts));
                CogFile.Write(
                    _path, header.Tags, _levels, _spool, LargestClassic, share => progress?.Invoke(0.5 + (share / 2)),
                    cancellation);
                if (header.Companion.Length > 0)
                    File.WriteAllBytes(_path + HeaderTemplate.CompanionExtension, header.Companion);
                RasterStyle.Write(RasterStyle.PathFor(_path), _description);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw GdalFailure.Writing(_path, e);
            }

            _completed = true;
            _spool.Dispose();
        }
    }

    public void Dispose()
    {
        _spool.Dispose();
        if (!_completed)
            LeftFiles.Remove(_path, _path + HeaderTemplate.CompanionExtension, RasterStyle.PathFor(_path));
    }

    /// <summary>Compresses a whole tile and halves it for the next level. A tile of no data alone needs neither.</summary>
    private void Store(TileLevel level, int tile, ReadOnlySpan<byte> cells, TileWork work)
    {
        if (!cells.ContainsAnyExcept((byte)0))
            return;
        if (level == _levels[0])
            Count(cells);
        ReadOnlySpan<byte> packed = work.Pack(cells);
        level.SetPacked(tile, _spool.Append(packed), packed.Length);
        if (level.IsLast)
            return;
        work.Reduce(cells);
        level.SetHalf(tile, _spool.Append(work.Half));
    }

    /// <summary>Counts the cells of each value; what lies beyond the raster's edge is 0.</summary>
    private void Count(ReadOnlySpan<byte> cells)
    {
        int left = cells.Length - cells.Count((byte)0);
        for (int value = 1; left > 0; value++)
        {
            int count = cells.Count((byte)value);
            Interlocked.Add(ref _counts[value], count);
            left -= count;
        }
    }

    /// <summary>
    /// Keeps a part of a tile, gathered in the corner of the work's cells, until the tile is whole: bands of rows of rasters that
    /// are read in strips.
    /// </summary>
    private void StorePart(int tile, Window part, Window cells, TileWork work)
    {
        const int side = TileLevel.Side;
        long at;
        lock (_gate)
            at = _levels[0].Parts(tile, _spool);
        at += ((long)(part.Row - cells.Row) * side) + part.Column - cells.Column;
        if (part.Width == cells.Width)
        {
            _spool.Write(work.Cells.AsSpan(0, part.Height * side), at);
            return;
        }

        for (int row = 0; row < part.Height; row++)
            _spool.Write(work.Cells.AsSpan(row * side, part.Width), at + (row * side));
    }
}

/// <summary>
/// What stands in the header of a raster, from GDAL itself: it writes a raster of one cell with the same description, in memory.
/// Place, size of the cells, coordinate system, palette, names and no data do not depend on how many cells there are.
/// </summary>
/// <param name="Tags">The tags of its directory, in order.</param>
/// <param name="Companion">The file that GDAL writes beside it, with the names of the classes; empty where it writes
/// none.</param>
internal sealed record HeaderTemplate(IReadOnlyList<HeaderTag> Tags, byte[] Companion)
{
    /// <summary>What is added to the raster's name for the companion's.</summary>
    public const string CompanionExtension = ".aux.xml";

    private static int s_made;

    /// <param name="path">The raster, for messages.</param>
    /// <param name="description">What it is.</param>
    /// <param name="statistics">Those of its cells; null where no cell has data, or none is there yet.</param>
    /// <exception cref="LdnException">Exit 2: no file can have this header.</exception>
    public static HeaderTemplate Make(string path, RasterDescription description, CellStatistics? statistics = null)
    {
        GdalLibrary.EnsureReady();
        RasterTarget.Check(description);
        RasterDescription cell = description with { Grid = description.Grid with { Width = 1, Height = 1 }, Threads = 1 };
        string name = $"/vsimem/ldn-header-{Interlocked.Increment(ref s_made)}", source = name + ".spool.tif",
        target = name + ".tif";
        using ErrorScope errors = ErrorScope.Open();
        try
        {
            using (DatasetHandle spool = RasterTarget.CreateSpool(source, cell, errors))
            {
                nint band = GdalApi.GDALGetRasterBand(spool, 1);
                RasterTarget.Describe(spool, band, cell);
                statistics?.Set(band);
                if (errors.Failed)
                    throw GdalFailure.Writing(path, "cannot be created", errors);
                RasterTarget.LayOut(target, spool, cell, errors, null, CancellationToken.None);
            }

            byte[] file = GdalApi.FileInMemory(target) ?? throw GdalFailure.Writing(path, "cannot be created", errors);
            return new HeaderTemplate(HeaderTag.ReadAll(file), GdalApi.FileInMemory(target + CompanionExtension) ?? []);
        }
        finally
        {
            foreach (string file in (string[])[source, source + CompanionExtension, target, target + CompanionExtension])
                _ = GdalApi.VSIUnlink(file);
        }
    }
}
