namespace Ldn.Rasters;

/// <summary>Centres of source cells in the system of the run's grid. Not thread-safe.</summary>
internal sealed class SourceCentres(Grid source, Grid runGrid, IGeodata geodata) : IDisposable
{
    /// <summary>How far, in cells, a centre may come back from where it was.</summary>
    private const double SameCell = 0.01;

    private readonly ICoordinateTransform _toRun = geodata.CreateTransform(source.Crs, runGrid.Crs);
    private readonly ICoordinateTransform _toSource = geodata.CreateTransform(runGrid.Crs, source.Crs);
    private double[] _x = [];
    private double[] _y = [];
    private double[] _backX = [];
    private double[] _backY = [];

    /// <summary>X of the cells last moved to.</summary>
    public ReadOnlySpan<double> X => _x;

    /// <summary>Y likewise.</summary>
    public ReadOnlySpan<double> Y => _y;

    /// <summary>
    /// Moves to some neighbouring cells of a row. A centre that does not come back to its own cell is off the source's map
    /// (inverses wrap longitudes there instead of failing) and belongs nowhere: no run cell would find it either. Its coordinates
    /// are NaN.
    /// </summary>
    public void Move(int column, int row, int count)
    {
        if (_x.Length < count)
            (_x, _y, _backX, _backY) = (new double[count], new double[count], new double[count], new double[count]);
        Span<double> x = _x.AsSpan(0, count), y = _y.AsSpan(0, count), backX = _backX.AsSpan(0, count),
        backY = _backY.AsSpan(0, count);
        for (int i = 0; i < count; i++)
            (x[i], y[i]) = (source.CentreX(column + i), source.CentreY(row));
        _toRun.Transform(x, y);
        x.CopyTo(backX);
        y.CopyTo(backY);
        _toSource.Transform(backX, backY);
        for (int i = 0; i < count; i++)
        {
            double dx = backX[i] - source.CentreX(column + i), dy = backY[i] - source.CentreY(row);
            if (source.Crs.IsGeographic)
                dx = Math.IEEERemainder(dx, 360);
            if (!(Math.Abs(dx) <= SameCell * source.CellWidth && Math.Abs(dy) <= SameCell * Math.Abs(source.CellHeight)))
                (x[i], y[i]) = (double.NaN, double.NaN);
        }
    }

    public void Dispose()
    {
        _toRun.Dispose();
        _toSource.Dispose();
    }
}
