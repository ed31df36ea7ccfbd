using System.Runtime.InteropServices;

namespace Ldn.Rasters;

/// <summary>
/// Mode and average (method §9): each source cell belongs to the run cell that holds its centre. Blocks are visited in their
/// absolute order, each decoded once a window. Not thread-safe.
/// </summary>
internal sealed class CellCollector : IDisposable
{
    private const int CellsAtOnce = 1 << 16;

    private readonly IRasterSource _source;
    private readonly BlockCache _cache;
    private readonly Grid _runGrid;
    private readonly SharedMaps? _maps;
    private readonly CoveringRegion? _region;
    private readonly SourceCentres? _centres;
    private readonly CellSummary _summary;
    private readonly bool _mean;
    private readonly int _size;
    private readonly int _turns;
    private int[] _targets = [];
    private byte[] _found = [];
    private byte[] _plain = [];
    private readonly List<Window> _unwanted = [];

    public CellCollector(
        IRasterSource source, BlockCache cache, Grid runGrid, IGeodata geodata, SharedMaps? maps, Resampling method,
        IReadOnlyList<double> noData)
    {
        (_source, _cache, _runGrid, _maps, _size) = (source, cache, runGrid, maps, source.CellType.Size());
        _mean = method == Resampling.Average;
        _summary = CellSummary.Create(source.CellType, method, source.NoData, noData);
        _turns = maps?.RunColumns.Length ?? AxisMap.Turns(Axis.Columns(runGrid), runGrid.Crs.IsGeographic);
        if (maps is not null)
            return;
        _region = new CoveringRegion(source.Grid, source.BlockWidth, source.BlockHeight, runGrid, geodata);
        _centres = new SourceCentres(source.Grid, runGrid, geodata);
    }

    public void Dispose()
    {
        _region?.Dispose();
        _centres?.Dispose();
    }

    /// <summary>
    /// As <see cref="AlignedRaster.Read"/>; <paramref name="nearest"/> serves the cells without a valid source cell.
    /// </summary>
    public bool Read(Window window, Span<byte> cells, Span<byte> outside, ReadWindow nearest, Func<Window, bool>? wanted)
    {
        // Counts of every class for every cell: bands of rows keep them small whatever the window.
        int rows = _mean
            ? window.Height
            : Math.Clamp(CellsAtOnce / window.Width, 1, window.Height), bytes = cells.Length / window.Height;
        bool inside = true;
        for (int row = 0; row < window.Height; row += rows)
        {
            var band = new Window(window.Column, window.Row + row, window.Width, Math.Min(rows, window.Height - row));
            Span<byte> bandOutside = outside.Slice(row * window.Width, band.Width * band.Height);
            if (ReadBand(band, cells.Slice(row * bytes, band.Height * bytes), bandOutside, nearest, wanted))
                bandOutside.Clear();
            else
                inside = false;
        }
        return inside;
    }

    private bool ReadBand(
        Window window, Span<byte> cells, Span<byte> outside, ReadWindow nearest, Func<Window, bool>? wanted)
    {
        int count = window.Width * window.Height;
        if (_found.Length < count)
            _found = new byte[count];
        _summary.Begin(count);
        _unwanted.Clear();
        if (_maps is not null)
            CollectSeparable(window, _maps, wanted);
        else
            foreach (Window part in _region!.Find(window))
                CollectTransformed(window, part);
        Span<byte> found = _found.AsSpan(0, count);
        bool all = _summary.End(cells, found);
        // Nobody asks for these: they must not be looked for elsewhere.
        foreach (Window part in _unwanted)
            for (int row = part.Row; row < part.EndRow; row++)
                found.Slice(((row - window.Row) * window.Width) + part.Column - window.Column, part.Width).Fill(1);
        return all || !found.Contains((byte)0) || FillUp(window, cells, found, outside, nearest, wanted);
    }

    /// <summary>Cells without a valid source cell take the one that holds their centre, whatever it is.</summary>
    private bool FillUp(
        Window window, Span<byte> cells, ReadOnlySpan<byte> found, Span<byte> outside, ReadWindow nearest,
        Func<Window, bool>? wanted)
    {
        int count = found.Length, bytes = cells.Length / count;
        if (_plain.Length < count * _size)
            _plain = new byte[count * _size];
        Span<byte> plain = _plain.AsSpan(0, count * _size);
        bool inside = nearest(window, plain, outside, wanted), all = true;
        for (int i = 0; i < count; i++)
        {
            if (found[i] != 0)
            {
                if (!inside)
                    outside[i] = 0;
                continue;
            }
            Span<byte> to = cells.Slice(i * bytes, bytes);
            if (!inside && outside[i] != 0)
            {
                all = false;
                to.Clear();
            }
            else if (_mean)
                MemoryMarshal.Write(to, ToDouble(plain.Slice(i * _size, _size)));
            else
                plain.Slice(i * _size, _size).CopyTo(to);
        }
        return all;
    }

    private void CollectSeparable(Window window, SharedMaps maps, Func<Window, bool>? wanted)
    {
        int height = _source.BlockHeight, width = _source.BlockWidth;
        if (_targets.Length < _source.Grid.Width * _turns)
            _targets = new int[_source.Grid.Width * _turns];
        // First and last column of each column of blocks that a turn sends into the window.
        var parts = new List<(int Turn, int Block, int First, int Count)>();
        for (int block = 0; block * width < _source.Grid.Width; block++)
            for (int turn = 0; turn < _turns; turn++)
            {
                int first = -1, last = -1, start = block * width;
                for (int column = start; column < Math.Min(start + width, _source.Grid.Width); column++)
                {
                    int target = maps.RunColumns[turn][column] - window.Column;
                    bool within = (uint)target < (uint)window.Width;
                    _targets[(turn * _source.Grid.Width) + column] = within ? target : -1;
                    if (!within)
                        continue;
                    first = first < 0 ? column : first;
                    last = column;
                }
                if (first >= 0)
                    parts.Add((turn, block, first, last - first + 1));
            }
        for (int top = 0; top < _source.Grid.Height; top += height)
        {
            int end = Math.Min(top + height, _source.Grid.Height), firstRow = top;
            while (firstRow < end && !Within(maps.RunRows[firstRow]))
                firstRow++;
            if (firstRow == end)
                continue;
            int lastRow = end - 1;
            while (!Within(maps.RunRows[lastRow]))
                lastRow--;
            foreach ((int turn, int block, int first, int columns) in parts)
            {
                if (wanted is not null && PartOf(turn, first, columns, firstRow, lastRow) is var part && !wanted(part))
                {
                    _unwanted.Add(part);
                    continue;
                }

                ReadOnlySpan<byte> cells = _cache.Get(block, top / height);
                for (int row = firstRow; row < end; row++)
                    if (Within(maps.RunRows[row]))
                        _summary.Add(
                            cells.Slice((((row - top) * width) + first - (block * width)) * _size, columns * _size),
                            _targets.AsSpan((turn * _source.Grid.Width) + first, columns),
                            (maps.RunRows[row] - window.Row) * window.Width, ((long)row * _source.Grid.Width) + first);
            }
        }

        // The cells of the run that a part of a block has members of.
        Window PartOf(int turn, int first, int columns, int firstRow, int lastRow)
        {
            (int left, int right) = (maps.RunColumns[turn][first], maps.RunColumns[turn][first + columns - 1]);
            (int above, int below) = (maps.RunRows[firstRow], maps.RunRows[lastRow]);
            return new Window(
                Math.Min(left, right), Math.Min(above, below), Math.Abs(right - left) + 1, Math.Abs(below - above) + 1);
        }

        bool Within(int runRow) => (uint)(runRow - window.Row) < (uint)window.Height;
    }

    /// <summary>Adds the cells of a part of one block.</summary>
    private void CollectTransformed(Window window, Window part)
    {
        int n = part.Width;
        if (_targets.Length < n)
            _targets = new int[n];
        (int blockColumn, int left) = Math.DivRem(part.Column, _source.BlockWidth);
        (int blockRow, int top) = Math.DivRem(part.Row, _source.BlockHeight);
        ReadOnlySpan<byte> block = default;
        for (int row = 0; row < part.Height; row++)
        {
            _centres!.Move(part.Column, part.Row + row, n);
            for (int turn = 0; turn < _turns; turn++)
            {
                if (!FindTargets(window, n, turn))
                    continue;
                if (block.IsEmpty)
                    block = _cache.Get(blockColumn, blockRow);
                _summary.Add(
                    block.Slice((((top + row) * _source.BlockWidth) + left) * _size, n * _size), _targets.AsSpan(0, n), 0,
                    ((long)(part.Row + row) * _source.Grid.Width) + part.Column);
            }
        }
    }

    private bool FindTargets(Window window, int n, int turn)
    {
        Axis columns = Axis.Columns(_runGrid), rows = Axis.Rows(_runGrid);
        bool any = false;
        for (int i = 0; i < n; i++)
        {
            int c = AxisMap.HoldingInTurn(_centres!.X[i], columns, _runGrid.Crs.IsGeographic, turn) - window.Column;
            int r = AxisMap.HoldingInTurn(_centres.Y[i], rows, false, 0) - window.Row;
            bool within = (uint)c < (uint)window.Width && (uint)r < (uint)window.Height;
            _targets[i] = within ? (r * window.Width) + c : -1;
            any |= within;
        }
        return any;
    }

    private double ToDouble(ReadOnlySpan<byte> cell) => _source.CellType switch
    {
        CellType.Byte => cell[0],
        CellType.SByte => (sbyte)cell[0],
        CellType.UInt16 => MemoryMarshal.Read<ushort>(cell),
        CellType.Int16 => MemoryMarshal.Read<short>(cell),
        CellType.UInt32 => MemoryMarshal.Read<uint>(cell),
        CellType.Int32 => MemoryMarshal.Read<int>(cell),
        CellType.UInt64 => MemoryMarshal.Read<ulong>(cell),
        CellType.Int64 => MemoryMarshal.Read<long>(cell),
        CellType.Float32 => MemoryMarshal.Read<float>(cell),
        _ => MemoryMarshal.Read<double>(cell),
    };
}

/// <summary>Where the cells of two grids of one CRS lie in each other, axis by axis. Immutable, shared by all workers.</summary>
internal sealed class SharedMaps
{
    public SharedMaps(Grid source, Grid run, bool members)
    {
        bool periodic = run.Crs.IsGeographic;
        Axis columns = Axis.Columns(run), sourceColumns = Axis.Columns(source), rows = Axis.Rows(run),
        sourceRows = Axis.Rows(source);
        Columns = AxisMap.Holders(columns, sourceColumns, periodic);
        Rows = AxisMap.Holders(rows, sourceRows, false);
        if (!members)
            return;
        RunRows = AxisMap.Holders(sourceRows, rows, false);
        RunColumns = new int[AxisMap.Turns(columns, periodic)][];
        for (int turn = 0; turn < RunColumns.Length; turn++)
        {
            int[] map = RunColumns[turn] = new int[source.Width];
            for (int i = 0; i < map.Length; i++)
                map[i] = AxisMap.HoldingInTurn(sourceColumns.Centre(i), columns, periodic, turn);
        }
    }

    /// <summary>Source column of each run column, −1 outside.</summary>
    public int[] Columns { get; }

    /// <summary>Source row of each run row, −1 outside.</summary>
    public int[] Rows { get; }

    /// <summary>For each turn round the Earth, the run column that holds the centre of each source column, −1 for none.</summary>
    public int[][] RunColumns { get; } = [];

    /// <summary>The run row that holds the centre of each source row, −1 for none.</summary>
    public int[] RunRows { get; } = [];
}
