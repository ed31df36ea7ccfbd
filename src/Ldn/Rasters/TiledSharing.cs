namespace Ldn.Rasters;

/// <summary>
/// Shares counts between grids of different systems, or where areas vary along rows (method §11). Source cells are taken in tiles
/// of a size that follows from the grids alone; what a tile gives to the whole run's grid is worked out at once, so no window
/// changes a part of it. Not thread-safe.
/// </summary>
internal sealed class TiledSharing : IDisposable
{
    private const int MostTileCells = 512;

    /// <summary>
    /// Run cells that a tile should cover along a side: few enough that a window of 512 needs little beyond itself.
    /// </summary>
    private const double RunCellsGoal = 128;

    private const double MetresPerDegree = 111_320;

    private readonly IRasterSource _source;
    private readonly Grid _runGrid;
    private readonly int _tileWidth;
    private readonly int _tileHeight;
    private readonly CoveringRegion _tiles;
    private readonly SharingTile _tile;
    private Dictionary<Window, List<SharedPart>> _known = [];
    private byte[] _plain = [];

    public TiledSharing(
        IRasterSource source, BlockCache cache, Grid runGrid, IGeodata geodata, CellArea areas, CountDecoder decoder)
    {
        (_source, _runGrid) = (source, runGrid);
        _tileWidth = TileCells(source.Grid.CellWidth, source.Grid.Crs, runGrid.CellWidth, runGrid.Crs);
        _tileHeight = TileCells(source.Grid.CellHeight, source.Grid.Crs, runGrid.CellHeight, runGrid.Crs);
        _tiles = new CoveringRegion(source.Grid, _tileWidth, _tileHeight, runGrid, geodata);
        _tile = new SharingTile(source, cache, runGrid, geodata, areas, decoder);
    }

    /// <summary>As <see cref="SeparableSharing.Read"/>.</summary>
    public bool Read(Window window, Span<long> amounts, Span<byte> outside, ReadWindow nearest)
    {
        // Only where the source lies is asked for here.
        int bytes = amounts.Length * _source.CellType.Size();
        if (_plain.Length < bytes)
            _plain = new byte[bytes];
        bool inside = nearest(window, _plain.AsSpan(0, bytes), outside, null);
        amounts.Clear();
        var used = new Dictionary<Window, List<SharedPart>>();
        foreach (Window part in _tiles.Find(window))
        {
            Window tile = new Window(
                part.Column / _tileWidth * _tileWidth, part.Row / _tileHeight * _tileHeight, _tileWidth,
                _tileHeight).Intersect(_source.Grid.Extent);
            List<SharedPart> shares = used[tile] = _known.TryGetValue(tile, out List<SharedPart>? known)
                ? known
                : _tile.Share(tile);
            foreach (SharedPart share in shares)
            {
                int column = share.Column - window.Column, row = share.Row - window.Row;
                if ((uint)column < (uint)window.Width && (uint)row < (uint)window.Height)
                    CountSharing.Add(ref amounts[(row * window.Width) + column], share.Amount, _source.Name);
            }
        }

        // The next window is most often a neighbour.
        _known = used;
        if (!inside)
            for (int i = 0; i < amounts.Length; i++)
                if (amounts[i] != 0)
                    outside[i] = 0;
        return inside;
    }

    public void Dispose()
    {
        _tiles.Dispose();
        _tile.Dispose();
    }

    private static int TileCells(double cell, Crs crs, double runCell, Crs runCrs)
    {
        double ratio = Math.Abs(cell) * (crs.IsGeographic ? MetresPerDegree : 1) / (
            Math.Abs(runCell) * (runCrs.IsGeographic ? MetresPerDegree : 1));
        return (int)Math.Clamp(RunCellsGoal / ratio, 1, MostTileCells);
    }
}

/// <summary>What a run cell gets from one source cell.</summary>
internal readonly record struct SharedPart(int Column, int Row, long Amount);

/// <summary>Works out what the source cells of one tile give to the cells of the run's grid. Not thread-safe.</summary>
internal sealed class SharingTile : IDisposable
{
    private const int RunBlock = 512;

    private readonly IRasterSource _source;
    private readonly BlockCache _cache;
    private readonly Grid _runGrid;
    private readonly CellArea _areas;
    private readonly CountDecoder _decoder;
    private readonly CoveringRegion _runParts;
    private readonly SourceCentres _centres;
    private readonly ICoordinateTransform _toSource;
    private readonly List<(int Column, int Row, int Cell, ulong Area)> _held = [];
    private long[] _counts = [];
    private UInt128[] _all = [];
    private UInt128[] _before = [];
    private readonly double[] _x = new double[RunBlock];
    private readonly double[] _y = new double[RunBlock];
    private readonly ulong[] _rowAreas = new ulong[RunBlock];

    public SharingTile(
        IRasterSource source, BlockCache cache, Grid runGrid, IGeodata geodata, CellArea areas, CountDecoder decoder)
    {
        (_source, _cache, _runGrid, _areas, _decoder) = (source, cache, runGrid, areas, decoder);
        _runParts = new CoveringRegion(runGrid, RunBlock, RunBlock, source.Grid, geodata);
        _centres = new SourceCentres(source.Grid, runGrid, geodata);
        _toSource = geodata.CreateTransform(runGrid.Crs, source.Grid.Crs);
    }

    /// <summary>
    /// The parts of every count in a tile (at most 512 cells wide); none for cells without people or without a run cell.
    /// </summary>
    public List<SharedPart> Share(Window tile)
    {
        int cells = tile.Width * tile.Height;
        if (_counts.Length < cells)
            (_counts, _all, _before) = (new long[cells], new UInt128[cells], new UInt128[cells]);
        var parts = new List<SharedPart>();
        if (!Decode(tile))
            return parts;
        FindHeld(tile);
        foreach ((int column, int row, int cell, ulong area) in _held)
        {
            long amount = _counts[cell];
            if (amount is not (0 or CountSharing.Impossible))
                amount = CountSharing.Share(amount, _before[cell], area, _all[cell], _source.Name);
            _before[cell] += area;
            if (amount != 0)
                parts.Add(new SharedPart(column, row, amount));
        }

        for (int row = 0; row < tile.Height; row++)
            AddWhole(tile, row, parts);
        return parts;
    }

    public void Dispose()
    {
        _runParts.Dispose();
        _centres.Dispose();
        _toSource.Dispose();
    }

    /// <summary>Reads the counts of a tile; false where all are 0.</summary>
    private bool Decode(Window tile)
    {
        int size = _source.CellType.Size();
        for (int row = 0; row < tile.Height; row++)
        {
            (int blockRow, int top) = Math.DivRem(tile.Row + row, _source.BlockHeight);
            for (int column = tile.Column; column < tile.EndColumn;)
            {
                (int block, int left) = Math.DivRem(column, _source.BlockWidth);
                int count = Math.Min(tile.EndColumn - column, _source.BlockWidth - left);
                _decoder.Decode(
                    _cache.Get(block, blockRow).Slice(((top * _source.BlockWidth) + left) * size, count * size),
                    _counts.AsSpan((row * tile.Width) + column - tile.Column, count));
                column += count;
            }
        }

        return _counts.AsSpan(0, tile.Width * tile.Height).ContainsAnyExcept(0);
    }

    /// <summary>
    /// The run cells whose centres the tile's cells hold, in an order that depends on grids and tile alone, and the area of each
    /// cell's together.
    /// </summary>
    private void FindHeld(Window tile)
    {
        _held.Clear();
        _all.AsSpan(0, tile.Width * tile.Height).Clear();
        _before.AsSpan(0, tile.Width * tile.Height).Clear();
        Grid grid = _source.Grid;
        foreach (Window part in _runParts.Find(tile))
        {
            Span<double> x = _x.AsSpan(0, part.Width), y = _y.AsSpan(0, part.Width);
            Span<ulong> areas = _rowAreas.AsSpan(0, part.Width);
            for (int row = part.Row; row < part.EndRow; row++)
            {
                for (int i = 0; i < x.Length; i++)
                    (x[i], y[i]) = (_runGrid.CentreX(part.Column + i), _runGrid.CentreY(row));
                _toSource.Transform(x, y);
                _areas.Fill(row, part.Column, areas);
                for (int i = 0; i < x.Length; i++)
                {
                    int column = AxisMap.Holding(
                        x[i], grid.OriginX, grid.CellWidth, grid.Width, grid.Crs.IsGeographic) - tile.Column;
                    int line = AxisMap.Holding(y[i], grid.OriginY, grid.CellHeight, grid.Height, false) - tile.Row;
                    if ((uint)column >= (uint)tile.Width || (uint)line >= (uint)tile.Height)
                        continue;
                    int cell = (line * tile.Width) + column;
                    ulong area = CountSharing.Weight(areas[i]);
                    _held.Add((part.Column + i, row, cell, area));
                    _all[cell] += area;
                }
            }
        }
    }

    /// <summary>
    /// Cells of a row of the tile that hold no run cell's centre go whole to the run cell that holds theirs; off the map they
    /// belong nowhere.
    /// </summary>
    private void AddWhole(Window tile, int row, List<SharedPart> parts)
    {
        ReadOnlySpan<long> counts = _counts.AsSpan(row * tile.Width, tile.Width);
        ReadOnlySpan<UInt128> held = _all.AsSpan(row * tile.Width, tile.Width);
        if (!held.Contains(UInt128.Zero))
            return;
        _centres.Move(tile.Column, tile.Row + row, tile.Width);
        for (int i = 0; i < counts.Length; i++)
        {
            if (held[i] != 0 || counts[i] == 0)
                continue;
            int column = AxisMap.Holding(
                _centres.X[i], _runGrid.OriginX, _runGrid.CellWidth, _runGrid.Width, _runGrid.Crs.IsGeographic);
            int line = AxisMap.Holding(_centres.Y[i], _runGrid.OriginY, _runGrid.CellHeight, _runGrid.Height, false);
            if (column >= 0 && line >= 0)
                parts.Add(new SharedPart(column, line, counts[i]));
        }
    }
}
