namespace Ldn.Rasters;

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
