using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Ldn.Lanes;
using Microsoft.Win32.SafeHandles;

namespace Ldn.Gdal.Tiff;

/// <summary>Takes a whole tile of a level into the raster.</summary>
internal delegate void TileStore(TileLevel level, int tile, ReadOnlySpan<byte> cells, TileWork work);

/// <summary>
/// Makes what the workers could not: the tiles that came in parts, then the overviews, each tile of four tiles of the level
/// before at half their resolution. Tiles are made one by one on each of the threads, so memory does not grow with the raster.
/// </summary>
internal sealed class OverviewBuilder(
    TileLevel[] levels, TileSpool spool, TileStore store, int threads, CancellationToken cancellation)
{
    private readonly Lock _gate = new();
    private long _done;

    /// <param name="progress">Told the share done, never by two threads at once.</param>
    /// <exception cref="InvalidOperationException">A part of a tile was written, and the whole of it, too.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public void Build(Action<double> progress)
    {
        (int Tile, long At)[] parts = [.. levels[0].InParts()];
        long all = Math.Max(1, parts.Length + levels.Skip(1).Sum(level => (long)level.Count));
        ForEach(parts.Length, (i, work) =>
        {
            if (levels[0].Packed(parts[i].Tile).Length > 0)
                throw new InvalidOperationException($"windows overlap in {levels[0].Cells(parts[i].Tile)}");
            spool.Read(work.Cells, parts[i].At);
            store(levels[0], parts[i].Tile, work.Cells, work);
        });
        for (int i = 1; i < levels.Length; i++)
        {
            TileLevel finer = levels[i - 1], level = levels[i];
            ForEach(level.Count, (tile, work) =>
            {
                if (Gather(finer, tile % level.Across, tile / level.Across, work))
                    store(level, tile, work.Cells, work);
            });
        }

        void ForEach(int count, Action<int, TileWork> make) => Make(count, make, () => progress((double)_done / all));
    }

    private void Make(int count, Action<int, TileWork> make, Action progress)
    {
        try
        {
            var how = new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, threads), CancellationToken = cancellation };
            Parallel.For(0, count, how, TileWork.Rent, Step, TileWork.Return);
        }
        catch (AggregateException e) when (e.InnerException is not null)
        {
            // What went wrong on a worker is told as if it had happened here.
            ExceptionDispatchInfo.Throw(e.InnerException);
        }

        TileWork Step(int i, ParallelLoopState state, TileWork work)
        {
            make(i, work);
            lock (_gate)
            {
                _done++;
                progress();
            }

            return work;
        }
    }

    /// <summary>Puts a tile together from the four it covers; false where they all are no data.</summary>
    private bool Gather(TileLevel finer, int column, int row, TileWork work)
    {
        bool any = false;
        for (int quarter = 0; quarter < 4; quarter++)
        {
            int across = quarter % 2, down = quarter / 2, fineColumn = (2 * column) + across, fineRow = (2 * row) + down;
            if (
                fineColumn >= finer.Across || fineRow >= finer.Down
                    || finer.Half((fineRow * finer.Across) + fineColumn) is not { } at)
                continue;
            if (!any)
                Array.Clear(work.Cells);
            any = true;
            spool.Read(work.Half, at);
            work.PlaceHalf(across, down);
        }

        return any;
    }
}

/// <summary>
/// A file beside a raster that is being written: keeps what has no place in the raster yet, in the order it comes, and is removed
/// at the end. Thread-safe as long as nobody reads what another is writing.
/// </summary>
internal sealed class TileSpool : IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _file;
    private long _end;

    /// <exception cref="IOException">It cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">Nothing may be written there.</exception>
    public TileSpool(string path)
    {
        _path = path;
        _file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite);
    }

    public bool IsClosed => _file.IsClosed;

    /// <summary>Adds bytes and returns where they begin.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public long Append(ReadOnlySpan<byte> bytes)
    {
        long at = Reserve(bytes.Length);
        Write(bytes, at);
        return at;
    }

    /// <summary>Keeps room for bytes, which are 0 until they are written, and returns where it begins.</summary>
    public long Reserve(int length) => Interlocked.Add(ref _end, length) - length;

    /// <exception cref="IOException">The disk is full or fails.</exception>
    public void Write(ReadOnlySpan<byte> bytes, long at) => RandomAccess.Write(_file, bytes, at);

    /// <summary>Reads bytes back; room that nobody has written to is 0.</summary>
    public void Read(Span<byte> bytes, long at)
    {
        while (bytes.Length > 0)
        {
            int read = RandomAccess.Read(_file, bytes, at);
            if (read == 0)
                bytes.Clear();
            bytes = bytes[(read == 0 ? bytes.Length : read)..];
            at += read;
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        LeftFiles.Remove(_path);
    }
}

/// <summary>
/// What one worker needs to make a tile of a class raster: room for its cells, for half their resolution and for what they
/// compress to; less than a megabyte.
/// </summary>
internal sealed class TileWork
{
    private const int Side = TileLevel.Side, HalfSide = Side / 2;

    // Many rasters are written by few workers.
    private static readonly ConcurrentBag<TileWork> s_idle = [];

    private readonly LzwEncoder _encoder = new();
    private readonly byte[] _packed = new byte[LzwEncoder.Bound(TileLevel.TileCells)];

    /// <summary>512 × 512 cells.</summary>
    public byte[] Cells { get; } = new byte[TileLevel.TileCells];

    /// <summary>256 × 256 cells.</summary>
    public byte[] Half { get; } = new byte[HalfSide * HalfSide];

    public static TileWork Rent() => s_idle.TryTake(out TileWork? work) ? work : new TileWork();

    public static void Return(TileWork work) => s_idle.Add(work);

    /// <summary>Compresses a tile's cells; the result holds until the next call.</summary>
    public ReadOnlySpan<byte> Pack(ReadOnlySpan<byte> cells) => _packed.AsSpan(0, _encoder.Encode(cells, _packed));

    /// <summary>
    /// Halves a tile's cells into <see cref="Half"/>. Cells beyond the raster's edge are 0 and do not count, as the law has it
    /// for cells without a partner.
    /// </summary>
    public void Reduce(ReadOnlySpan<byte> cells)
    {
        for (int row = 0; row < HalfSide; row++)
            ModeReduction.Row(
                cells.Slice(2 * row * Side, Side), cells.Slice(((2 * row) + 1) * Side, Side),
                Half.AsSpan(row * HalfSide, HalfSide));
    }

    /// <summary>
    /// Copies rows of a wider window to the upper left corner of <see cref="Cells"/>; all cells beside and below them become no
    /// data.
    /// </summary>
    public void Gather(ReadOnlySpan<byte> source, int stride, int width, int height)
    {
        for (int row = 0; row < height; row++)
        {
            source.Slice(row * stride, width).CopyTo(Cells.AsSpan(row * Side));
            Cells.AsSpan((row * Side) + width, Side - width).Clear();
        }

        Cells.AsSpan(height * Side).Clear();
    }

    /// <summary>Copies <see cref="Half"/> into one quarter of <see cref="Cells"/>.</summary>
    public void PlaceHalf(int across, int down)
    {
        for (int row = 0; row < HalfSide; row++)
            Half.AsSpan(row * HalfSide, HalfSide).CopyTo(Cells.AsSpan((((down * HalfSide) + row) * Side) + (across * HalfSide)));
    }
}
