using System.Collections.Concurrent;

namespace Ldn.Rasters;

/// <summary>
/// True areas of the cells of a grid in whole mm² (method §9), on the CRS's own ellipsoid or sphere, never the nominal pixel
/// size. A geographic grid has one area a row. On a projected grid the areal scale is measured through the CRS's own transform
/// and interpolated to better than 1e-7 wherever the map is smooth, computed cell by cell along edges and seams; cells off the
/// map have area 0. The area of a cell depends on the grid and the cell alone, not on windows or threads. Thread-safe; dispose
/// when the run is over.
/// </summary>
public sealed class CellArea : IDisposable
{
    /// <summary>Side in ground metres of the largest patch one polynomial is tried on.</summary>
    private const double PatchSize = 2e6;

    private const double ConstantWithin = 1e-9;

    private readonly Grid _grid;
    private readonly IGeodata? _geodata;
    private readonly ConcurrentBag<AreaSampler> _samplers = [];
    private readonly ulong[] _rows = [];
    private readonly ulong _constant;
    private readonly AreaPatch[] _patches = [];
    private readonly int _patchWidth;
    private readonly int _patchHeight;
    private readonly int _patchesAcross;

    private CellArea(Grid grid)
    {
        _grid = grid;
        _rows = new ulong[grid.Height];
        var ellipsoid = new Ellipsoid(grid.Crs.SemiMajorAxis, grid.Crs.SemiMinorAxis);
        for (int row = 0; row < grid.Height; row++)
        {
            double zone = ellipsoid.Zone(grid.OriginY + (row * grid.CellHeight), grid.OriginY + ((row + 1) * grid.CellHeight));
            _rows[row] = Round(Math.Abs(zone) * (grid.CellWidth / 360) * 1e6);
        }
        ConstantAlongRows = true;
    }

    private CellArea(Grid grid, IGeodata geodata)
    {
        _grid = grid;
        _geodata = geodata;
        AreaSampler sampler = Rent();
        try
        {
            double metres = sampler.MetresPerUnit;
            _patchWidth = PatchCells(grid.CellWidth * metres);
            _patchHeight = PatchCells(Math.Abs(grid.CellHeight) * metres);
            _patchesAcross = ((grid.Width - 1) / _patchWidth) + 1;
            int down = ((grid.Height - 1) / _patchHeight) + 1;
            _patches = new AreaPatch[_patchesAcross * down];
            for (int i = 0; i < _patches.Length; i++)
            {
                var cells = new Window(
                    i % _patchesAcross * _patchWidth, i / _patchesAcross * _patchHeight, _patchWidth, _patchHeight);
                _patches[i] = new AreaPatch(cells.Intersect(grid.Extent), 0);
            }
            ConstantAlongRows = Array.TrueForAll(_patches, patch => patch.Departure(sampler) < ConstantWithin);
            if (ConstantAlongRows)
                _constant = Round(grid.CellWidth * Math.Abs(grid.CellHeight) * 1e6);
        }
        finally
        {
            Return(sampler);
        }
    }

    /// <summary>
    /// Whether all cells of a row have one area: every geographic grid, and projected grids whose areal scale is 1 within 1e-9
    /// throughout.
    /// </summary>
    public bool ConstantAlongRows { get; }

    /// <summary>The areas of a grid's cells. Rows of a geographic grid that reach beyond a pole count up to it.</summary>
    /// <exception cref="LdnException">Exit 3: a cell of more than 2⁶⁴ mm², about 18 million km².</exception>
    public static CellArea Create(Grid grid, IGeodata geodata) =>
        grid.Crs.IsGeographic ? new CellArea(grid) : new CellArea(grid, geodata);

    /// <summary>mm² of every cell of a row; only where <see cref="ConstantAlongRows"/>.</summary>
    /// <exception cref="InvalidOperationException">Areas vary along the row.</exception>
    public ulong OfRow(int row)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, _grid.Height);
        return !ConstantAlongRows ? throw new InvalidOperationException("areas vary along the rows of this grid")
            : _rows.Length > 0 ? _rows[row] : _constant;
    }

    /// <summary>
    /// Writes mm² of the cells of a row from <paramref name="firstColumn"/> on, one for each element of <paramref name="mm2"/>.
    /// </summary>
    public void Fill(int row, int firstColumn, Span<ulong> mm2)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(firstColumn);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(mm2.Length, _grid.Width - firstColumn);
        if (ConstantAlongRows)
        {
            mm2.Fill(OfRow(row));
            return;
        }
        ArgumentOutOfRangeException.ThrowIfNegative(row);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(row, _grid.Height);
        int line = row / _patchHeight * _patchesAcross;
        for (int done = 0; done < mm2.Length;)
        {
            int column = firstColumn + done, patch = column / _patchWidth;
            int count = Math.Min(mm2.Length - done, ((patch + 1) * _patchWidth) - column);
            _patches[line + patch].Fill(this, row, column, mm2.Slice(done, count));
            done += count;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        while (_samplers.TryTake(out AreaSampler? sampler))
            sampler.Dispose();
    }

    /// <summary>Transforms are not thread-safe: each patch being resolved borrows a set of its own.</summary>
    internal AreaSampler Rent() => _samplers.TryTake(out AreaSampler? sampler) ? sampler : new AreaSampler(_grid, _geodata!);

    internal void Return(AreaSampler sampler) => _samplers.Add(sampler);

    internal static ulong Round(double mm2) =>
        mm2 < 18446744073709551616.0 ? (ulong)Math.Round(mm2) : throw Fault.Georeference.Error(
        "a cell of the grid is larger than 18 million km²", "Use a grid of smaller cells");

    /// <summary>A power of two, so that patches of one grid and of its halves coincide.</summary>
    private static int PatchCells(double cellMetres)
    {
        int cells = 1 << 20;
        while (cells > 1 && cells * cellMetres > PatchSize)
            cells /= 2;
        return cells;
    }
}
