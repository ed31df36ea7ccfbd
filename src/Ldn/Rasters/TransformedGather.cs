namespace Ldn.Rasters;

/// <summary>
/// The plain law between grids of different systems: every centre is transformed exactly. Each block is decoded once a window.
/// Not thread-safe.
/// </summary>
internal sealed class TransformedGather : IDisposable
{
    private const int Batch = 4096;

    private readonly IRasterSource _source;
    private readonly BlockCache _cache;
    private readonly Grid _runGrid;
    private readonly ICoordinateTransform _toSource;
    private readonly int _size;
    private readonly double[] _x = new double[Batch];
    private readonly double[] _y = new double[Batch];
    private readonly Dictionary<long, int> _slots = [];
    private readonly List<(int Column, int Row, int First)> _blocks = [];
    private int[] _next = [];
    private int[] _offset = [];

    public TransformedGather(IRasterSource source, BlockCache cache, Grid runGrid, IGeodata geodata)
    {
        (_source, _cache, _runGrid, _size) = (source, cache, runGrid, source.CellType.Size());
        _toSource = geodata.CreateTransform(runGrid.Crs, source.Grid.Crs);
    }

    public void Dispose() => _toSource.Dispose();

    public bool Read(Window window, Span<byte> cells, Span<byte> outside)
    {
        int count = window.Width * window.Height;
        if (_next.Length < count)
            (_next, _offset) = (new int[count], new int[count]);
        _slots.Clear();
        _blocks.Clear();
        bool inside = true;
        // From the last cell to the first, so that the chain of each block runs forward through the window.
        for (int end = count; end > 0; end -= Batch)
        {
            int start = Math.Max(0, end - Batch);
            Locate(window, start, end, outside, ref inside);
        }
        if (!inside)
            cells.Clear();
        for (int i = _blocks.Count - 1; i >= 0; i--)
        {
            (int column, int row, int first) = _blocks[i];
            CellCopy.Scatter(_cache.Get(column, row), first, _next, _offset, cells, _size);
        }
        return inside;
    }

    /// <summary>The source cell that holds the centre of a cell of the run's grid, −1 beyond an edge.</summary>
    public (int Column, int Row) Holding(int column, int row)
    {
        double[] x = [_runGrid.CentreX(column)], y = [_runGrid.CentreY(row)];
        _toSource.Transform(x, y);
        return CellAt(x[0], y[0]);
    }

    private (int Column, int Row) CellAt(double x, double y)
    {
        Grid grid = _source.Grid;
        return (
            AxisMap.Holding(x, grid.OriginX, grid.CellWidth, grid.Width, grid.Crs.IsGeographic),
            AxisMap.Holding(y, grid.OriginY, grid.CellHeight, grid.Height, false));
    }

    private void Locate(Window window, int start, int end, Span<byte> outside, ref bool inside)
    {
        Span<double> x = _x.AsSpan(0, end - start), y = _y.AsSpan(0, end - start);
        for (int i = start; i < end; i++)
        {
            x[i - start] = _runGrid.CentreX(window.Column + (i % window.Width));
            y[i - start] = _runGrid.CentreY(window.Row + (i / window.Width));
        }
        _toSource.Transform(x, y);
        long lastKey = -1;
        int slot = -1;
        for (int i = end - 1; i >= start; i--)
        {
            (int column, int row) = CellAt(x[i - start], y[i - start]);
            if (column < 0 || row < 0)
            {
                if (inside)
                    outside.Clear();
                inside = false;
                outside[i] = 1;
                continue;
            }
            (int blockColumn, int dx) = Math.DivRem(column, _source.BlockWidth);
            (int blockRow, int dy) = Math.DivRem(row, _source.BlockHeight);
            long key = ((long)blockRow << 32) | (uint)blockColumn;
            if (key != lastKey && !_slots.TryGetValue(lastKey = key, out slot))
            {
                _slots.Add(key, slot = _blocks.Count);
                _blocks.Add((blockColumn, blockRow, -1));
            }
            _next[i] = _blocks[slot].First;
            _offset[i] = (dy * _source.BlockWidth) + dx;
            _blocks[slot] = (blockColumn, blockRow, i);
        }
    }
}
