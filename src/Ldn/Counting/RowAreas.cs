using Ldn.Rasters;

namespace Ldn.Counting;

/// <summary>
/// Areas of runs of cells along one row: a product where the area is constant along rows, a prefix sum where it varies.
/// </summary>
internal sealed class RowAreas(CellArea areas, int capacity)
{
    private readonly ulong[] _cells = areas.ConstantAlongRows ? [] : new ulong[capacity];
    private readonly Int128[] _prefix = areas.ConstantAlongRows ? [] : new Int128[capacity + 1];
    private ulong _ofRow;

    /// <summary>Whether every cell of the row has the same area, then <see cref="Cell"/>.</summary>
    public bool Constant => areas.ConstantAlongRows;

    /// <summary>Area in mm² of each cell of the current row where that is one number.</summary>
    public ulong Cell => _ofRow;

    /// <summary>
    /// Moves to a row of the run's grid; columns are counted from <paramref name="firstColumn"/> on afterwards.
    /// </summary>
    public void Move(int row, int firstColumn, int width)
    {
        if (Constant)
        {
            _ofRow = areas.OfRow(row);
            return;
        }

        areas.Fill(row, firstColumn, _cells.AsSpan(0, width));
        for (int i = 0; i < width; i++)
            _prefix[i + 1] = _prefix[i] + _cells[i];
    }

    /// <summary>Area of the cells from <paramref name="start"/> to <paramref name="end"/> (exclusive).</summary>
    public Area Of(int start, int end) => Constant ? Of(end - start) : new(_prefix[end] - _prefix[start]);

    /// <summary>Area of so many cells of a row where every cell has the same.</summary>
    public Area Of(int cells) => new(new Int128(Math.BigMul(_ofRow, (ulong)cells, out ulong low), low));
}
