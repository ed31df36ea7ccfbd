using Ldn.Rasters;

namespace Ldn.Reports.Maps;

/// <summary>
/// The sheet of one map: where its centre lies, how large its pixels are, which of them lie in the zone, and its outline. Shared
/// by all maps of a zone.
/// </summary>
internal sealed class MapFrame
{
    private const double Margin = 0.015;
    private readonly AzimuthalEqualArea _projection;
    private readonly double _left;
    private readonly double _top;

    private MapFrame(
        AzimuthalEqualArea projection, (double Left, double Bottom, double Right, double Top) bounds, int width, int mostHeight)
    {
        _projection = projection;
        double across = Math.Max(bounds.Right - bounds.Left, 1), down = Math.Max(bounds.Top - bounds.Bottom, 1);
        double padding = Margin * Math.Max(across, down);
        (across, down) = (across + (2 * padding), down + (2 * padding));
        PixelSize = Math.Max(across / width, down / mostHeight);
        Width = Math.Clamp((int)Math.Ceiling(across / PixelSize), 1, width);
        Height = Math.Clamp((int)Math.Ceiling(down / PixelSize), 1, mostHeight);
        _left = ((bounds.Left + bounds.Right) / 2) - (Width * PixelSize / 2);
        _top = ((bounds.Top + bounds.Bottom) / 2) + (Height * PixelSize / 2);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Metres.</summary>
    public double PixelSize { get; }

    /// <summary>Frames polygons.</summary>
    public static MapFrame? Around(IEnumerable<IReadOnlyList<double[]>> polygons, int width, int mostHeight) =>
        Around([.. polygons.SelectMany(p => p.Take(1)).SelectMany(GeographicRing.Points)], width, mostHeight);

    /// <summary>Frames points of longitude and latitude; null when there is none.</summary>
    public static MapFrame? Around(IReadOnlyList<(double Longitude, double Latitude)> points, int width, int mostHeight)
    {
        if (points.Count == 0)
            return null;
        (double longitude, double latitude) = GeographicRing.Centre(points);
        var projection = new AzimuthalEqualArea(longitude, latitude);

        // The middle of the vertices is not the middle of the sheet; the second try is near enough.
        (double left, double bottom, double right, double top) = Bounds(projection, points);
        (longitude, latitude) = projection.Inverse((left + right) / 2, (bottom + top) / 2);
        if (double.IsFinite(longitude))
            projection = new AzimuthalEqualArea(longitude, latitude);
        return new MapFrame(projection, Bounds(projection, points), width, mostHeight);
    }

    /// <summary>Pixel coordinates of a point, from the upper left corner of the sheet.</summary>
    public (double X, double Y) ToPixel(double longitude, double latitude)
    {
        (double x, double y) = _projection.Forward(longitude, latitude);
        return ((x - _left) / PixelSize, (_top - y) / PixelSize);
    }

    /// <summary>
    /// Longitude and latitude of the centres of pixels of a row, from one column on, as many as there is room for.
    /// </summary>
    public void Row(int row, int first, Span<double> longitudes, Span<double> latitudes)
    {
        double y = _top - ((row + 0.5) * PixelSize);
        for (int i = 0; i < longitudes.Length; i++)
            (longitudes[i], latitudes[i]) = _projection.Inverse(_left + ((first + i + 0.5) * PixelSize), y);
    }

    /// <summary>How many cells of a grid, side by side, are as long as a pixel.</summary>
    public double CellsPerPixel(Grid grid)
    {
        const double metresPerDegree = 111_195;
        return PixelSize / (Math.Abs(grid.CellHeight) * (grid.Crs.IsGeographic ? metresPerDegree : 1));
    }

    private static (double Left, double Bottom, double Right, double Top) Bounds(
        AzimuthalEqualArea projection, IReadOnlyList<(double Longitude, double Latitude)> points)
    {
        double left = double.MaxValue, bottom = double.MaxValue, right = double.MinValue, top = double.MinValue;
        foreach ((double longitude, double latitude) in points)
        {
            (double x, double y) = projection.Forward(longitude, latitude);
            if (!double.IsFinite(x))
                continue;
            (left, right) = (Math.Min(left, x), Math.Max(right, x));
            (bottom, top) = (Math.Min(bottom, y), Math.Max(top, y));
        }

        return (left, bottom, right, top);
    }
}
