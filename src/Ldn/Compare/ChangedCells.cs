using Ldn.Rasters;
using Ldn.Reports;
using Ldn.Reports.Maps;

namespace Ldn.Compare;

/// <summary>
/// The cells of a raster of factors on a sheet: where they are, and, laid over the map, each one that changed. A pixel shows the
/// most frequent class of its cells, by which few changed cells among many would leave no trace.
/// </summary>
internal static class ChangedCells
{
    /// <summary>Columns from which the place of the cells is seen.</summary>
    private const double Enough = 512;

    /// <summary>
    /// Where each row of cells that are compared begins and ends, in longitude and latitude: of a grid of the whole world with a
    /// small country in it, the country.
    /// </summary>
    public static List<(double Longitude, double Latitude)> Ends(RunRaster raster, IGeodata geodata)
    {
        using IRasterSource source = geodata.OpenOverview(raster.Path, Math.Max(1, raster.Grid.Width / Enough));
        ClassView view = ClassView.Read(source, source.Grid.Extent);
        var points = new List<(double X, double Y)>();
        for (int row = 0; row < view.Window.Height; row++)
        {
            ReadOnlySpan<byte> cells = view.Codes.Slice(row * view.Window.Width, view.Window.Width);
            int first = cells.IndexOfAnyExcept((byte)0);
            if (first < 0)
                continue;
            foreach (int column in (int[])[first, cells.LastIndexOfAnyExcept((byte)0)])
                points.Add(Centre(source.Grid, column, row));
        }

        return Geographic(points, source.Grid, geodata);
    }

    /// <summary>
    /// Gives each pixel with changed cells the class of most of them, whatever did not change there.
    /// </summary>
    /// <param name="pixels">One a pixel of the sheet, 0 where nothing is shown, else a cell's code and 1.</param>
    /// <param name="frame">The sheet.</param>
    /// <param name="raster">The raster of factors.</param>
    /// <param name="geodata">Opens it.</param>
    public static void Mark(byte[] pixels, MapFrame frame, RunRaster raster, IGeodata geodata)
    {
        using IRasterSource source = geodata.OpenRaster(raster.Path);
        var votes = new (byte Code, int Count)[pixels.Length];
        int step = Math.Max(1, source.BlockHeight);
        var points = new List<(double X, double Y)>();
        var codes = new List<byte>();
        for (int top = 0; top < source.Grid.Height; top += step)
        {
            ClassView view = ClassView.Read(source, new Window(0, top, source.Grid.Width, step));
            points.Clear();
            codes.Clear();
            for (int i = 0; i < view.Codes.Length; i++)
            {
                if (view.Codes[i] <= Factors.Unchanged)
                    continue;
                points.Add(Centre(source.Grid, i % view.Window.Width, top + (i / view.Window.Width)));
                codes.Add(view.Codes[i]);
            }

            List<(double Longitude, double Latitude)> places = Geographic(points, source.Grid, geodata);
            for (int i = 0; i < places.Count; i++)
            {
                (double x, double y) = frame.ToPixel(places[i].Longitude, places[i].Latitude);
                if (!(x >= 0 && x < frame.Width && y >= 0 && y < frame.Height))
                    continue;
                // One pass finds the class that more than half of the cells have, where there is one.
                ref (byte Code, int Count) vote = ref votes[((int)y * frame.Width) + (int)x];
                vote = vote.Count == 0 ? (codes[i], 1) : (vote.Code, vote.Count + (vote.Code == codes[i] ? 1 : -1));
            }
        }

        for (int i = 0; i < pixels.Length; i++)
            if (votes[i].Code != 0)
                pixels[i] = (byte)(votes[i].Code + 1);
    }

    private static (double X, double Y) Centre(Grid grid, int column, int row) => (
        grid.OriginX + ((column + 0.5) * grid.CellWidth), grid.OriginY + ((row + 0.5) * grid.CellHeight));

    private static List<(double Longitude, double Latitude)> Geographic(
        List<(double X, double Y)> points, Grid grid, IGeodata geodata)
    {
        if (points.Count == 0 || geodata.SameCrs(grid.Crs, ZoneShapes.Wgs84))
            return [.. points];
        double[] x = [.. points.Select(p => p.X)], y = [.. points.Select(p => p.Y)];
        using ICoordinateTransform transform = geodata.CreateTransform(grid.Crs, ZoneShapes.Wgs84);
        transform.Transform(x, y);
        return [.. x.Zip(y)];
    }
}
