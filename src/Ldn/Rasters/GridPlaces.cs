namespace Ldn.Rasters;

/// <summary>Where points on a grid's own datum lie in it, and the centres of its cells in degrees.</summary>
internal sealed class GridPlaces : IDisposable
{
    private readonly ICoordinateTransform _toGrid;
    private readonly ICoordinateTransform _toGeographic;

    public GridPlaces(Grid grid, IGeodata geodata)
    {
        Grid = grid;
        Crs geographic = geodata.GeographicOf(grid.Crs);
        (_toGrid, _toGeographic) =
            (geodata.CreateTransform(geographic, grid.Crs), geodata.CreateTransform(grid.Crs, geographic));
    }

    public Grid Grid { get; }

    /// <summary>The cell that holds a point; null where none does. Longitudes are the same after a whole turn.</summary>
    public (int Column, int Row)? CellAt(double longitude, double latitude)
    {
        double[] x = [longitude], y = [latitude];
        _toGrid.Transform(x, y);
        if (!double.IsFinite(x[0]) || !double.IsFinite(y[0]))
            return null;
        int column = AxisMap.Holding(x[0], Grid.OriginX, Grid.CellWidth, Grid.Width, Grid.Crs.IsGeographic);
        int row = AxisMap.Holding(y[0], Grid.OriginY, Grid.CellHeight, Grid.Height, false);
        return column >= 0 && row >= 0 ? (column, row) : null;
    }

    /// <summary>Longitude and latitude of a cell's centre.</summary>
    public (double Longitude, double Latitude) Centre(int column, int row)
    {
        double[] x = [Grid.CentreX(column)], y = [Grid.CentreY(row)];
        _toGeographic.Transform(x, y);
        return (x[0], y[0]);
    }

    public void Dispose()
    {
        _toGrid.Dispose();
        _toGeographic.Dispose();
    }
}
