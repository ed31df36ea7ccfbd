using Ldn.Grids;

namespace Ldn.Reports.Maps;

/// <summary>Draws the rasters of a run on one sheet. Which cell each pixel shows is worked out once for all of them, which share one grid.</summary>
internal sealed class MapPainter
{
    /// <summary>Land of the zone without a class: no data, or water.</summary>
    public const string NothingColor = "#c9ccd1";

    private readonly MapFrame _frame;
    private readonly bool[]? _mask;
    private readonly int[] _columns;
    private readonly int[] _rows;
    private readonly Window _window;
    private readonly double _factor;
    private readonly IGeodata _geodata;

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
        _columns = new int[frame.Width * frame.Height];
        _rows = new int[_columns.Length];
        using ICoordinateTransform? transform = geodata.SameCrs(grid.Crs, ZoneShapes.Wgs84) ? null : geodata.CreateTransform(ZoneShapes.Wgs84, grid.Crs);
        double[] x = new double[frame.Width], y = new double[frame.Width];
        int left = int.MaxValue, top = int.MaxValue, right = -1, bottom = -1;
        for (int line = 0; line < frame.Height; line++)
        {
            frame.Row(line, x, y);
            transform?.Transform(x, y);
            for (int i = 0; i < frame.Width; i++)
            {
                int at = (line * frame.Width) + i;
                (int column, int row) = mask is null || mask[at] ? CellOf(grid, x[i], y[i]) : (-1, -1);
                (_columns[at], _rows[at]) = (column, row);
                if (column < 0)
                    continue;
                (left, right) = (Math.Min(left, column), Math.Max(right, column));
                (top, bottom) = (Math.Min(top, row), Math.Max(bottom, row));
            }
        }

        _window = right < 0 ? default : new Window(left, top, right - left + 1, bottom - top + 1);
    }

    /// <summary>The map as a PNG, transparent outside the zone.</summary>
    public byte[] Paint(RunRaster raster)
    {
        using IRasterSource source = _geodata.OpenOverview(raster.Path, _factor);
        ClassView view = ClassView.Read(source, _window);
        var pixels = new byte[_columns.Length];
        for (int i = 0; i < pixels.Length; i++)
        {
            bool inside = _mask is null || _mask[i];
            byte code = _columns[i] < 0 ? (byte)0 : view.At(_columns[i], _rows[i]);
            pixels[i] = !inside || (_mask is null && code == 0) ? (byte)0 : (byte)(code + 1);
        }

        return PngImage.Encode(_frame.Width, _frame.Height, pixels, [null, NothingColor, .. raster.Classes.Select(c => c.Color)]);
    }

    private static (int Column, int Row) CellOf(Grid grid, double x, double y)
    {
        if (!double.IsFinite(x) || !double.IsFinite(y))
            return (-1, -1);
        double across = x - grid.OriginX;
        if (grid.Crs.IsGeographic)
            across -= 360 * Math.Floor(across / 360);
        double column = Math.Floor(across / grid.CellWidth), row = Math.Floor((y - grid.OriginY) / grid.CellHeight);
        return column >= 0 && column < grid.Width && row >= 0 && row < grid.Height ? ((int)column, (int)row) : (-1, -1);
    }
}
