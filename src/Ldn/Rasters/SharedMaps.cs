namespace Ldn.Rasters;

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
