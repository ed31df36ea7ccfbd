namespace Ldn.Rasters;

/// <summary>True areas of single cells of a projected grid, by transforms; one thread's own.</summary>
internal sealed class AreaSampler(Grid grid, IGeodata geodata) : IDisposable
{
    /// <summary>
    /// Ground size in metres below which the scale at the centre is the mean over the cell: to (size / Earth's radius)² / 24 =
    /// 4e-8 times the curvature of the scale, which is 0.1 on world maps, 2 on a stereographic one, 4 at most on Mercator's.
    /// </summary>
    private const double FineCell = 6000;

    private static readonly double[] GaussNodes = [-0.7745966692414834 / 2, 0, 0.7745966692414834 / 2];
    private static readonly double[] GaussWeights = [5 / 18.0, 8 / 18.0, 5 / 18.0];

    private readonly ArealScale _scale = new(grid, geodata);
    private readonly double _nominal = grid.CellWidth * Math.Abs(grid.CellHeight) * 1e6;
    private double[] _x = [];
    private double[] _y = [];
    private double[] _s = [];
    private bool[] _onMap = [];

    public double MetresPerUnit => _scale.MetresPerUnit;

    public void Dispose() => _scale.Dispose();

    /// <summary>
    /// Areas in mm² of cells centred at the crossings of the given columns and rows, row by row; NaN where the centre is not on
    /// the map.
    /// </summary>
    public void Lattice(ReadOnlySpan<double> columns, ReadOnlySpan<double> rows, Span<double> mm2)
    {
        bool coarse = Math.Max(grid.CellWidth, Math.Abs(grid.CellHeight)) * _scale.MetresPerUnit > FineCell;
        int points = coarse ? 9 : 1, n = columns.Length * rows.Length * points;
        Reserve(n);
        for (int i = 0, k = 0; i < rows.Length; i++)
            for (int j = 0; j < columns.Length; j++)
                for (int p = 0; p < points; p++, k++)
                {
                    double dc = coarse ? GaussNodes[p % 3] : 0, dr = coarse ? GaussNodes[p / 3] : 0;
                    _x[k] = grid.OriginX + ((columns[j] + 0.5 + dc) * grid.CellWidth);
                    _y[k] = grid.OriginY + ((rows[i] + 0.5 + dr) * grid.CellHeight);
                }
        _scale.Sample(_x.AsSpan(0, n), _y.AsSpan(0, n), _s.AsSpan(0, n));
        for (int cell = 0; cell < columns.Length * rows.Length; cell++)
        {
            ReadOnlySpan<double> s = _s.AsSpan(cell * points, points);
            double centre = s[points / 2], mean = 0;
            for (int p = 0; p < points && coarse; p++)
                mean += GaussWeights[p % 3] * GaussWeights[p / 3] * s[p];
            // A cell over the map's edge has no mean; like every pixel it is judged by its centre.
            mm2[cell] = _nominal * (coarse && !double.IsNaN(mean) && !double.IsNaN(centre) ? mean : centre);
        }
    }

    /// <summary>Largest departure of areas from the nominal one, relative; NaN if any area is.</summary>
    public double Departure(ReadOnlySpan<double> mm2)
    {
        double largest = 0;
        foreach (double area in mm2)
            largest = Math.Max(largest, Math.Abs((area / _nominal) - 1));
        return largest;
    }

    /// <summary>Every cell of a rectangle by itself, rounded; 0 where the centre is not on the map.</summary>
    public void EveryCell(Window cells, Span<ulong> mm2)
    {
        double[] columns = Steps(cells.Column, cells.Width, 1), rows = Steps(cells.Row, cells.Height, 1),
        areas = new double[mm2.Length];
        Lattice(columns, rows, areas);
        for (int i = 0; i < areas.Length; i++)
            mm2[i] = double.IsFinite(areas[i]) ? CellArea.Round(areas[i]) : 0;
    }

    /// <summary>
    /// Whether some and whether all of the boundary cells' centres are on the map, looking at every <paramref name="stride"/>-th
    /// and the corners.
    /// </summary>
    public (bool Some, bool All) BoundaryOnMap(Window cells, int stride)
    {
        bool some = false, all = true;
        Look(OnMap(Steps(cells.Column, cells.Width, stride), [cells.Row, cells.EndRow - 1]));
        Look(OnMap([cells.Column, cells.EndColumn - 1], Steps(cells.Row, cells.Height, stride)));
        return (some, all);

        void Look(ReadOnlySpan<bool> onMap)
        {
            some |= onMap.Contains(true);
            all &= !onMap.Contains(false);
        }
    }

    /// <summary>Whether any of 17 × 17 cells spread over a rectangle is on the map.</summary>
    public bool InteriorOnMap(Window cells)
    {
        double[] columns = new double[17], rows = new double[17];
        for (int i = 0; i < 17; i++)
        {
            columns[i] = cells.Column + Math.Floor((cells.Width - 1) * (i / 16.0));
            rows[i] = cells.Row + Math.Floor((cells.Height - 1) * (i / 16.0));
        }
        return OnMap(columns, rows).Contains(true);
    }

    private Span<bool> OnMap(ReadOnlySpan<double> columns, ReadOnlySpan<double> rows)
    {
        int n = columns.Length * rows.Length;
        Reserve(n);
        for (int i = 0, k = 0; i < rows.Length; i++)
            for (int j = 0; j < columns.Length; j++, k++)
            {
                _x[k] = grid.OriginX + ((columns[j] + 0.5) * grid.CellWidth);
                _y[k] = grid.OriginY + ((rows[i] + 0.5) * grid.CellHeight);
            }
        _scale.OnMap(_x.AsSpan(0, n), _y.AsSpan(0, n), _onMap.AsSpan(0, n));
        return _onMap.AsSpan(0, n);
    }

    private static double[] Steps(int first, int count, int stride)
    {
        double[] positions = new double[((count + stride - 2) / stride) + 1];
        for (int i = 0; i < positions.Length; i++)
            positions[i] = first + Math.Min(i * stride, count - 1);
        return positions;
    }

    private void Reserve(int n)
    {
        if (_x.Length >= n)
            return;
        (_x, _y, _s, _onMap) = (new double[n], new double[n], new double[n], new bool[n]);
    }
}
