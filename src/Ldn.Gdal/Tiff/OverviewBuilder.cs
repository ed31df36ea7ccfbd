using System.Runtime.ExceptionServices;

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
