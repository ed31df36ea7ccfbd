namespace Ldn.Rasters;

/// <summary>
/// Finds the parts of a source's blocks whose cell centres may lie in a window of a grid of another system: never too little,
/// sometimes too much. Not thread-safe.
/// </summary>
internal sealed class CoveringRegion : IDisposable
{
    /// <summary>
    /// Lattice intervals along the side of one tile, whose hull in the source is taken with a margin of two such intervals.
    /// </summary>
    private const int Tile = 8;

    private const int LeastIntervals = 32;

    private readonly Grid _source;
    private readonly int _blockWidth;
    private readonly int _blockHeight;
    private readonly Grid _runGrid;
    private readonly ICoordinateTransform _toSource;
    private readonly List<(double X, double Y, bool North)> _poles = [];
    private readonly SortedDictionary<long, Window> _parts = [];
    private readonly double[] _x = new double[(Tile + 1) * (Tile + 1)];
    private readonly double[] _y = new double[(Tile + 1) * (Tile + 1)];

    /// <param name="source">Grid whose parts are found.</param>
    /// <param name="blockWidth">Columns of its blocks.</param>
    /// <param name="blockHeight">Rows of its blocks.</param>
    /// <param name="runGrid">Grid whose windows are asked for.</param>
    /// <param name="geodata">Transforms between the two.</param>
    public CoveringRegion(Grid source, int blockWidth, int blockHeight, Grid runGrid, IGeodata geodata)
    {
        (_source, _blockWidth, _blockHeight, _runGrid) = (source, blockWidth, blockHeight, runGrid);
        _toSource = geodata.CreateTransform(runGrid.Crs, source.Crs);
        if (!source.Crs.IsGeographic || runGrid.Crs.IsGeographic)
            return;
        using ICoordinateTransform toRun = geodata.CreateTransform(source.Crs, runGrid.Crs);
        foreach (double latitude in (double[])[90, -90])
        {
            Span<double> x = [0], y = [latitude];
            toRun.Transform(x, y);
            if (double.IsFinite(x[0]) && double.IsFinite(y[0]))
                _poles.Add((x[0], y[0], latitude > 0));
        }
    }

    public void Dispose() => _toSource.Dispose();

    /// <summary>Parts of blocks, one a block at most, in the absolute order of the blocks.</summary>
    public IEnumerable<Window> Find(Window window)
    {
        _parts.Clear();
        // Few cells may be large ones: the lattice is finer than they are.
        double across = Intervals(window.Width), down = Intervals(window.Height);
        for (int j = 0; j < down; j += Tile)
            for (int i = 0; i < across; i += Tile)
                AddTile(
                    window.Column + (i / across * window.Width), window.Row + (j / down * window.Height),
                    Tile / across * window.Width, Tile / down * window.Height);
        return _parts.Values;
    }

    private static int Intervals(int cells) => (Math.Max(cells, LeastIntervals) + Tile - 1) / Tile * Tile;

    private void AddTile(double column, double row, double width, double height)
    {
        for (int j = 0, k = 0; j <= Tile; j++)
            for (int i = 0; i <= Tile; i++, k++)
            {
                _x[k] = _runGrid.OriginX + ((column + (i * width / Tile)) * _runGrid.CellWidth);
                _y[k] = _runGrid.OriginY + ((row + (j * height / Tile)) * _runGrid.CellHeight);
            }
        _toSource.Transform(_x, _y);

        Grid grid = _source;
        bool geographic = grid.Crs.IsGeographic;
        double reference = double.NaN, west = double.PositiveInfinity, east = double.NegativeInfinity;
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (int k = 0; k < _x.Length; k++)
        {
            if (double.IsNaN(_x[k]))
                continue;
            reference = double.IsNaN(reference) ? _x[k] : reference;
            double x = geographic ? reference + Math.IEEERemainder(_x[k] - reference, 360) : _x[k];
            (west, east) = (Math.Min(west, x), Math.Max(east, x));
            (low, high) = (Math.Min(low, _y[k]), Math.Max(high, _y[k]));
        }
        bool around = geographic && east - west > 120;
        foreach ((double x, double y, bool north) in _poles)
        {
            double c = (x - _runGrid.OriginX) / _runGrid.CellWidth, r = (y - _runGrid.OriginY) / _runGrid.CellHeight;
            if (c < column - 1 || c > column + width + 1 || r < row - 1 || r > row + height + 1)
                continue;
            around = true;
            (low, high) = (Math.Min(low, north ? 90 : -90), Math.Max(high, north ? 90 : -90));
        }
        if (low > high)
            return;

        double top = (low - grid.OriginY) / grid.CellHeight, bottom = (high - grid.OriginY) / grid.CellHeight;
        if (top > bottom)
            (top, bottom) = (bottom, top);
        double margin = 2 + ((bottom - top) / (Tile / 2));
        int firstRow = Clamp(Math.Floor(top - margin), grid.Height), endRow = Clamp(Math.Ceiling(bottom + margin), grid.Height);
        if (around)
        {
            Add(0, grid.Width, firstRow, endRow);
            return;
        }
        double left = (west - grid.OriginX) / grid.CellWidth, right = (east - grid.OriginX) / grid.CellWidth;
        margin = 2 + ((right - left) / (Tile / 2));
        double period = geographic ? 360 / grid.CellWidth : 0;
        double turn = geographic ? -Math.Floor((right + margin) / period) * period : 0;
        do
        {
            Add(
                Clamp(Math.Floor(left + turn - margin), grid.Width), Clamp(Math.Ceiling(right + turn + margin), grid.Width),
                firstRow, endRow);
            turn += period;
        }
        while (geographic && left + turn - margin < grid.Width);
    }

    private static int Clamp(double cell, int count) => (int)Math.Clamp(cell, 0, count);

    private void Add(int left, int right, int top, int bottom)
    {
        int width = _blockWidth, height = _blockHeight;
        var region = new Window(left, top, right - left, bottom - top);
        if (region.IsEmpty)
            return;
        for (int blockRow = top / height; blockRow * height < bottom; blockRow++)
            for (int blockColumn = left / width; blockColumn * width < right; blockColumn++)
            {
                Window part = region.Intersect(new Window(blockColumn * width, blockRow * height, width, height));
                long key = ((long)blockRow << 32) | (uint)blockColumn;
                _parts[key] = _parts.TryGetValue(key, out Window known) ? Hull(known, part) : part;
            }
    }

    private static Window Hull(Window a, Window b)
    {
        int column = Math.Min(a.Column, b.Column), row = Math.Min(a.Row, b.Row);
        return new Window(column, row, Math.Max(a.EndColumn, b.EndColumn) - column, Math.Max(a.EndRow, b.EndRow) - row);
    }
}
