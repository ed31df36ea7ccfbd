using Ldn.Rasters;

namespace Ldn.Reports.Maps;

/// <summary>Points all over a grid in longitude and latitude, from which its place on Earth is seen.</summary>
internal static class GridPoints
{
    /// <summary>Steps of the lattice along each side of the grid.</summary>
    public const int Steps = 24;

    /// <summary>A lattice over the grid, its corners included; points off the map are left out.</summary>
    public static List<(double Longitude, double Latitude)> LonLat(Grid grid, IGeodata geodata)
    {
        const int count = (Steps + 1) * (Steps + 1);
        double[] x = new double[count], y = new double[count];
        for (int i = 0; i < count; i++)
        {
            x[i] = grid.OriginX + (grid.Width * grid.CellWidth * (i % (Steps + 1)) / Steps);
            y[i] = grid.OriginY + (grid.Height * grid.CellHeight * (i / (Steps + 1)) / Steps);
        }

        if (!geodata.SameCrs(grid.Crs, ZoneShapes.Wgs84))
        {
            using ICoordinateTransform transform = geodata.CreateTransform(grid.Crs, ZoneShapes.Wgs84);
            transform.Transform(x, y);
        }

        return [.. x.Zip(y).Where(p => double.IsFinite(p.First)).Select(p => (p.First, p.Second))];
    }
}
