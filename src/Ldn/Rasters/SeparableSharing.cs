namespace Ldn.Rasters;

/// <summary>
/// Shares counts where both grids have one CRS and areas are constant along rows (method §11). The parts of a source cell are
/// differences of its running total, rounded down, over the run cells it holds row by row: they add up to it exactly, whichever
/// windows are read. Not thread-safe.
/// </summary>
internal sealed class SeparableSharing(
    IRasterSource source, BlockCache cache, SeparableGather gather, SharedMaps maps, SharingWeights weights, CellArea areas,
    CountDecoder decoder)
{
    private readonly int _size = source.CellType.Size();
    private byte[] _cells = [];
    private long[] _counts = [];

    /// <summary>
    /// As <see cref="AlignedRaster.Read"/>: fixed-point amounts; outside are cells whose centre no source cell holds and that get
    /// nothing.
    /// </summary>
    public bool Read(Window window, Span<long> amounts, Span<byte> outside)
    {
        if (_cells.Length < amounts.Length * _size)
            (_cells, _counts) = (new byte[amounts.Length * _size], new long[Math.Max(amounts.Length, source.BlockWidth)]);
        Span<byte> cells = _cells.AsSpan(0, amounts.Length * _size);
        bool inside = gather.Read(window, cells, outside);
        Span<long> counts = _counts.AsSpan(0, amounts.Length);
        decoder.Decode(cells, counts);
        if (!inside)
            for (int i = 0; i < counts.Length; i++)
                if (outside[i] != 0)
                    counts[i] = 0;
        ShareHeld(window, counts, amounts);
        if (!weights.EveryCellHolds)
            AddWhole(window, amounts);
        if (!inside)
            for (int i = 0; i < amounts.Length; i++)
                if (amounts[i] != 0)
                    outside[i] = 0;
        return inside;
    }

    private void ShareHeld(Window window, ReadOnlySpan<long> counts, Span<long> amounts)
    {
        for (int row = 0, i = 0; row < window.Height; row++)
        {
            int runRow = window.Row + row, sourceRow = maps.Rows[runRow];
            ulong area = CountSharing.Weight(areas.OfRow(runRow));
            for (int column = 0; column < window.Width; column++, i++)
            {
                long count = counts[i];
                if (count is 0 or CountSharing.Impossible)
                {
                    amounts[i] = count;
                    continue;
                }

                int runColumn = window.Column + column, held = weights.ColumnsHeld[maps.Columns[runColumn]];
                if (held == 1 && weights.RowsHeld[sourceRow] == 1)
                {
                    amounts[i] = count;
                    continue;
                }

                UInt128 before = (weights.AreaBefore[runRow] * (ulong)held) + ((UInt128)area * (ulong)weights.Ordinal[runColumn]);
                amounts[i] = CountSharing.Share(count, before, area, weights.RowAreaHeld[sourceRow] * (ulong)held, source.Name);
            }
        }
    }

    /// <summary>Source cells that hold no run cell's centre go whole to the run cell that holds theirs.</summary>
    private void AddWhole(Window window, Span<long> amounts)
    {
        int[] targets = maps.RunColumns[0];
        var segments = new List<(int First, int Count)>();
        for (int column = 0; column < targets.Length; column++)
        {
            if ((uint)(targets[column] - window.Column) >= (uint)window.Width)
                continue;
            int last = segments.Count - 1;
            if (last >= 0 && segments[last].First + segments[last].Count == column && column % source.BlockWidth != 0)
                segments[last] = (segments[last].First, segments[last].Count + 1);
            else
                segments.Add((column, 1));
        }

        for (int row = 0; row < source.Grid.Height; row++)
        {
            int target = maps.RunRows[row] - window.Row;
            if ((uint)target >= (uint)window.Height)
                continue;
            (int blockRow, int top) = Math.DivRem(row, source.BlockHeight);
            foreach ((int first, int count) in segments)
            {
                (int block, int left) = Math.DivRem(first, source.BlockWidth);
                Span<long> counts = _counts.AsSpan(0, count);
                decoder.Decode(
                    cache.Get(block, blockRow).Slice(((top * source.BlockWidth) + left) * _size, count * _size), counts);
                for (int i = 0; i < count; i++)
                    if (counts[i] != 0 && (weights.RowsHeld[row] == 0 || weights.ColumnsHeld[first + i] == 0))
                        CountSharing.Add(
                            ref amounts[(target * window.Width) + targets[first + i] - window.Column], counts[i], source.Name);
            }
        }
    }
}

/// <summary>
/// By which areas source cells are shared where both grids have one CRS and areas are constant along rows: everything follows
/// from columns and rows apart. Immutable, shared by all workers.
/// </summary>
internal sealed class SharingWeights
{
    public SharingWeights(Grid source, Grid run, SharedMaps maps, CellArea areas)
    {
        ColumnsHeld = new int[source.Width];
        Ordinal = new int[run.Width];
        for (int c = 0; c < run.Width; c++)
            if (maps.Columns[c] >= 0)
                Ordinal[c] = ColumnsHeld[maps.Columns[c]]++;
        RowAreaHeld = new UInt128[source.Height];
        RowsHeld = new int[source.Height];
        AreaBefore = new UInt128[run.Height];
        for (int r = 0; r < run.Height; r++)
        {
            if (maps.Rows[r] is not (>= 0 and int row))
                continue;
            AreaBefore[r] = RowAreaHeld[row];
            RowAreaHeld[row] += CountSharing.Weight(areas.OfRow(r));
            RowsHeld[row]++;
        }

        EveryCellHolds = !ColumnsHeld.Contains(0) && !RowsHeld.Contains(0);
    }

    /// <summary>Per source column: run columns whose centres it holds.</summary>
    public int[] ColumnsHeld { get; }

    /// <summary>Per source row: run rows whose centres it holds.</summary>
    public int[] RowsHeld { get; }

    /// <summary>Per run column: its number among those that its source column holds.</summary>
    public int[] Ordinal { get; }

    /// <summary>Per source row: area of one cell of each run row it holds, together.</summary>
    public UInt128[] RowAreaHeld { get; }

    /// <summary>Per run row: the same of the rows before it in its source row.</summary>
    public UInt128[] AreaBefore { get; }

    /// <summary>
    /// Whether every source cell holds some run cell's centre: none then goes whole to the cell that holds its own.
    /// </summary>
    public bool EveryCellHolds { get; }
}
