using System.Globalization;
using System.Text;

namespace Ldn.Reports.Maps;

/// <summary>
/// What lies around a zone on its sheet: parallels and meridians with their names, and the land of neighbours. All of it is in
/// pixels of the sheet, beyond whose edge nothing is drawn in detail.
/// </summary>
internal static class Graticule
{
    /// <summary>About so many parallels and meridians cross a sheet.</summary>
    private const int Lines = 5;

    /// <summary>Points of a line.</summary>
    private const int Steps = 32;

    private static readonly double[] s_intervals = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30];

    /// <summary>Parallels and meridians as one path, and their names where the lines enter at the left and at the foot.</summary>
    public static (string Path, IReadOnlyList<(double X, double Y, string Name)> Names) Of(
        MapFrame frame, Texts texts)
    {
        (double west, double south, double east, double north) = Bounds(frame);
        if (!(east > west) || !(north > south))
            return ("", []);
        double step = Interval((north - south) / Lines), across = Interval((east - west) / Lines);
        var path = new StringBuilder();
        var names = new List<(double X, double Y, string Name)>();
        for (double latitude = Math.Ceiling(south / step) * step; latitude <= north && latitude < 90; latitude += step)
            Line(t => (double.Lerp(west, east, t), latitude), texts.Latitude(Math.Round(latitude, 2), "0.##"), p => p.X, 0);
        for (double longitude = Math.Ceiling(west / across) * across; longitude <= east; longitude += across)
            Line(
                t => (longitude, double.Lerp(south, north, t)), texts.Longitude(Math.Round(Wrapped(longitude), 2), "0.##"),
                p => frame.Height - p.Y, 1);
        return (path.ToString(), names);

        void Line(
            Func<double, (double Longitude, double Latitude)> at, string name, Func<(double X, double Y), double> away, int kind)
        {
            bool open = false;
            (double X, double Y)? nearest = null;
            for (int i = 0; i <= Steps; i++)
            {
                (double longitude, double latitude) = at((double)i / Steps);
                (double X, double Y) point = frame.ToPixel(longitude, latitude);
                bool there = double.IsFinite(point.X) && Math.Abs(point.X - (frame.Width / 2.0)) < frame.Width
                    && Math.Abs(point.Y - (frame.Height / 2.0)) < frame.Height;
                if (there)
                    path.Append(open ? 'L' : 'M').Append(Number(point.X)).Append(' ').Append(Number(point.Y));
                open = there;
                if (
                    point.X >= 0 && point.X <= frame.Width && point.Y >= 0 && point.Y <= frame.Height
                        && (nearest is null || away(point) < away(nearest.Value)))
                    nearest = point;
            }

            // A line that only grazes a corner has no name there.
            if (nearest is { } where && away(where) < (kind == 0 ? frame.Width : frame.Height) / 4.0)
                names.Add(kind == 0 ? (4, where.Y - 3, name) : (where.X + 3, frame.Height - 4, name));
        }
    }

    /// <summary>
    /// Polygons as a closed path. Of an edge that runs on one side beyond the sheet only the ends are kept, so that a large
    /// neighbour costs no more than what is seen of it. Empty where nothing of it is near.
    /// </summary>
    public static string Land(MapFrame frame, IEnumerable<IReadOnlyList<double[]>> polygons)
    {
        const double step = 1.5;
        var path = new StringBuilder();
        foreach (double[] ring in polygons.SelectMany(p => p))
        {
            var kept = new List<(double X, double Y)>();
            bool seen = false;
            foreach ((double longitude, double latitude) in GeographicRing.Points(ring))
            {
                (double X, double Y) point = frame.ToPixel(longitude, latitude);
                if (!double.IsFinite(point.X))
                    continue;
                int side = Side(frame, point);
                seen |= side == 0;
                if (kept.Count > 0 && side == 0 && Math.Abs(point.X - kept[^1].X) < step && Math.Abs(point.Y - kept[^1].Y) < step)
                    continue;
                if (kept.Count > 1 && (side & Side(frame, kept[^1]) & Side(frame, kept[^2])) != 0)
                    kept[^1] = point;
                else
                    kept.Add(point);
            }

            if (!seen || kept.Count < 3)
                continue;
            for (int i = 0; i < kept.Count; i++)
                path.Append(i == 0 ? 'M' : 'L').Append(Number(kept[i].X)).Append(' ').Append(Number(kept[i].Y));
            path.Append('Z');
        }

        return path.ToString();
    }

    /// <summary>Beyond which edges a point lies: bits for left, right, above and below; 0 on the sheet.</summary>
    private static int Side(MapFrame frame, (double X, double Y) point) =>
        (point.X < 0 ? 1 : 0) | (point.X > frame.Width ? 2 : 0) | (point.Y < 0 ? 4 : 0) | (point.Y > frame.Height ? 8 : 0);

    /// <summary>The degrees that a sheet covers, longitudes counted on from its middle.</summary>
    private static (double West, double South, double East, double North) Bounds(MapFrame frame)
    {
        const int lattice = 24;
        double west = double.MaxValue, south = double.MaxValue, east = double.MinValue, north = double.MinValue;
        double[] longitudes = new double[frame.Width], latitudes = new double[frame.Width];
        double? middle = null;
        frame.Row(frame.Height / 2, 0, longitudes, latitudes);
        if (double.IsFinite(longitudes[frame.Width / 2]))
            middle = longitudes[frame.Width / 2];
        for (int i = 0; i <= lattice; i++)
        {
            frame.Row(Math.Min(frame.Height - 1, frame.Height * i / lattice), 0, longitudes, latitudes);
            for (int x = 0; x < frame.Width; x += Math.Max(1, frame.Width / lattice))
            {
                if (!double.IsFinite(longitudes[x]))
                    continue;
                double centre = middle ?? longitudes[x];
                double longitude = longitudes[x] - (360 * Math.Round((longitudes[x] - centre) / 360));
                (west, east) = (Math.Min(west, longitude), Math.Max(east, longitude));
                (south, north) = (Math.Min(south, latitudes[x]), Math.Max(north, latitudes[x]));
            }
        }

        return (west, south, east, north);
    }

    private static double Interval(double wanted) => s_intervals.FirstOrDefault(i => i >= wanted, s_intervals[^1]);

    private static double Wrapped(double longitude) => longitude - (360 * Math.Round(longitude / 360));

    private static string Number(double value) => value.ToString("0.#", CultureInfo.InvariantCulture);
}
