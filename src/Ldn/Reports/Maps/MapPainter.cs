using Ldn.Rasters;

namespace Ldn.Reports.Maps;

/// <summary>
/// Draws the rasters of a run on one sheet. Which cell each pixel shows is worked out once for all of them, which share one grid.
/// </summary>
internal sealed class MapPainter
{
    /// <summary>Land of the zone without a class: no data, or water.</summary>
    public const string NothingColor = "#c9ccd1";

    private const int Nowhere = -1;
    private readonly MapFrame _frame;
    private readonly bool[]? _mask;
    private readonly Window _window;
    private readonly double _factor;
    private readonly IGeodata _geodata;

    /// <summary>For each pixel the cell of the window that it shows, counted row by row.</summary>
    private readonly int[] _cells;

    /// <param name="frame">The sheet.</param>
    /// <param name="mask">Pixels of the zone; without it, pixels with a class are shown.</param>
    /// <param name="raster">Any raster of the run.</param>
    /// <param name="geodata">Opens rasters, transforms coordinates.</param>
    public MapPainter(MapFrame frame, bool[]? mask, RunRaster raster, IGeodata geodata)
    {
        (_frame, _mask, _geodata) = (frame, mask, geodata);
        _factor = Math.Max(1, frame.CellsPerPixel(raster.Grid));
        using IRasterSource source = geodata.OpenOverview(raster.Path, _factor);
        Grid grid = source.Grid;
        _cells = new int[frame.Width * frame.Height];
        int[] columns = new int[_cells.Length], rows = new int[_cells.Length];
        Array.Fill(columns, Nowhere);
        using ICoordinateTransform? transform = geodata.SameCrs(grid.Crs, ZoneShapes.Wgs84)
            ? null
            : geodata.CreateTransform(ZoneShapes.Wgs84, grid.Crs);
        double[] x = new double[frame.Width], y = new double[frame.Width];
        int left = int.MaxValue, top = int.MaxValue, right = -1, bottom = -1;
        for (int line = 0; line < frame.Height; line++)
        {
            (int first, int count) = Shown(line);
            frame.Row(line, first, x.AsSpan(0, count), y.AsSpan(0, count));
            transform?.Transform(x.AsSpan(0, count), y.AsSpan(0, count));
            for (int i = 0; i < count; i++)
            {
                int at = (line * frame.Width) + first + i;
                (int column, int row) = mask is null || mask[at] ? CellOf(grid, x[i], y[i]) : (Nowhere, Nowhere);
                if (column == Nowhere)
                    continue;
                (columns[at], rows[at]) = (column, row);
                (left, right) = (Math.Min(left, column), Math.Max(right, column));
                (top, bottom) = (Math.Min(top, row), Math.Max(bottom, row));
            }
        }

        _window = right < 0 ? default : new Window(left, top, right - left + 1, bottom - top + 1);
        for (int i = 0; i < _cells.Length; i++)
            _cells[i] = columns[i] == Nowhere ? Nowhere : ((rows[i] - top) * _window.Width) + columns[i] - left;
    }

    /// <summary>The map as a PNG, transparent outside the zone.</summary>
    /// <param name="raster">What is shown.</param>
    /// <param name="mark">Changes pixels before they are encoded: 0 where nothing is shown, else a class's code and 1.</param>
    public byte[] Paint(RunRaster raster, Action<byte[]>? mark = null)
    {
        using IRasterSource source = _geodata.OpenOverview(raster.Path, _factor);
        ReadOnlySpan<byte> codes = ClassView.Read(source, _window).Codes;
        var pixels = new byte[_cells.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            bool inside = _mask is null || _mask[i];
            byte code = _cells[i] == Nowhere ? (byte)0 : codes[_cells[i]];
            pixels[i] = !inside || (_mask is null && code == 0) ? (byte)0 : (byte)(code + 1);
        }

        mark?.Invoke(pixels);
        return PngImage.Encode(_frame.Width, _frame.Height, pixels, [null, NothingColor, .. raster.Classes.Select(c => c.Color)]);
    }

    /// <summary>The pixels of a line from the first to the last in the zone.</summary>
    private (int First, int Count) Shown(int line)
    {
        if (_mask is null)
            return (0, _frame.Width);
        ReadOnlySpan<bool> pixels = _mask.AsSpan(line * _frame.Width, _frame.Width);
        int first = pixels.IndexOf(true);
        return first < 0 ? (0, 0) : (first, pixels.LastIndexOf(true) - first + 1);
    }

    private static (int Column, int Row) CellOf(Grid grid, double x, double y)
    {
        if (!double.IsFinite(x) || !double.IsFinite(y))
            return (Nowhere, Nowhere);
        double across = x - grid.OriginX;
        if (grid.Crs.IsGeographic)
            across -= 360 * Math.Floor(across / 360);
        double column = Math.Floor(across / grid.CellWidth), row = Math.Floor((y - grid.OriginY) / grid.CellHeight);
        return column >= 0 && column < grid.Width && row >= 0 && row < grid.Height ? ((int)column, (int)row) : (Nowhere, Nowhere);
    }
}
