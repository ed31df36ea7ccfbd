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

/// <summary>
/// Lambert's azimuthal equal-area projection of the sphere, for display. It has no seam but the point opposite its centre, so
/// land that crosses 180° stays in one piece; latitudes are taken as spherical, which no eye can tell.
/// </summary>
internal sealed class AzimuthalEqualArea
{
    /// <summary>Radius in metres of the sphere with the area of WGS 84.</summary>
    public const double Radius = 6_371_007.181;

    private const double Degree = Math.PI / 180;
    private readonly double _longitude;
    private readonly double _sin;
    private readonly double _cos;

    /// <summary>Centre in degrees.</summary>
    public AzimuthalEqualArea(double longitude, double latitude)
    {
        _longitude = longitude * Degree;
        (_sin, _cos) = Math.SinCos(latitude * Degree);
    }

    /// <summary>Degrees to metres from the centre; NaN at the point opposite of it.</summary>
    public (double X, double Y) Forward(double longitude, double latitude)
    {
        (double sin, double cos) = Math.SinCos(latitude * Degree);
        (double sinAway, double cosAway) = Math.SinCos((longitude * Degree) - _longitude);
        double near = 1 + (_sin * sin) + (_cos * cos * cosAway);
        if (near < 1e-9)
            return (double.NaN, double.NaN);
        double k = Radius * Math.Sqrt(2 / near);
        return (k * cos * sinAway, k * ((_cos * sin) - (_sin * cos * cosAway)));
    }

    /// <summary>Metres to degrees, longitude in −180…180; NaN beyond the disk of the whole Earth.</summary>
    public (double Longitude, double Latitude) Inverse(double x, double y)
    {
        double rho = Math.Sqrt((x * x) + (y * y));
        if (rho > 2 * Radius)
            return (double.NaN, double.NaN);
        if (rho < 1e-6)
            return (Wrap(_longitude / Degree), Math.Asin(_sin) / Degree);

        // The angle from the centre is 2 asin t.
        double t = rho / (2 * Radius), sin = 2 * t * Math.Sqrt(1 - (t * t)), cos = 1 - (2 * t * t);
        double latitude = Math.Asin(Math.Clamp((cos * _sin) + (y * sin * _cos / rho), -1, 1));
        double longitude = _longitude + Math.Atan2(x * sin, (rho * _cos * cos) - (y * _sin * sin));
        return (Wrap(longitude / Degree), latitude / Degree);
    }

    private static double Wrap(double longitude) => longitude - (360 * Math.Floor((longitude + 180) / 360));
}
