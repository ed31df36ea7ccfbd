using System.Globalization;
using System.Text;

namespace Ldn.Reports.Maps;

/// <summary>Polygons on a sheet: which pixels they cover, and their outline as an SVG path.</summary>
internal static class MapShapes
{
    /// <summary>Vertices closer together than this many pixels cannot be told apart.</summary>
    private const double Step = 0.7;

    /// <summary>Islands of less than this many pixels across get no outline.</summary>
    private const double LeastExtent = 1.5;

    /// <summary>Marks the pixels whose centre lies in any of the polygons.</summary>
    public static bool[] Mask(MapFrame frame, IEnumerable<IReadOnlyList<double[]>> polygons)
    {
        var mask = new bool[frame.Width * frame.Height];
        var crossings = new List<double>[frame.Height];
        foreach (IReadOnlyList<double[]> polygon in polygons)
        {
            int first = frame.Height, last = -1;
            foreach (double[] ring in polygon)
            {
                (double X, double Y)? previous = null;
                foreach ((double longitude, double latitude) in GeographicRing.Points(ring))
                {
                    (double X, double Y) point = frame.ToPixel(longitude, latitude);
                    if (previous is { } from && double.IsFinite(point.X) && double.IsFinite(from.X))
                        Cross(from, point, crossings, ref first, ref last);
                    previous = point;
                }
            }

            for (int row = first; row <= last; row++)
            {
                List<double> list = crossings[row];
                list.Sort();
                for (int i = 0; i + 1 < list.Count; i += 2)
                {
                    int start = Math.Max(0, (int)Math.Ceiling(list[i] - 0.5)),
                    end = Math.Min(frame.Width, (int)Math.Ceiling(list[i + 1] - 0.5));
                    if (end > start)
                        mask.AsSpan((row * frame.Width) + start, end - start).Fill(true);
                }

                list.Clear();
            }
        }

        return mask;
    }

    /// <summary>The outline in pixels, one decimal; the cut along 180° is no border and is left out.</summary>
    public static string Path(MapFrame frame, IEnumerable<IReadOnlyList<double[]>> polygons)
    {
        var path = new StringBuilder();
        foreach (double[] ring in polygons.SelectMany(p => p))
        {
            var line = new List<(double X, double Y)>();
            double before = double.NaN;
            foreach ((double longitude, double latitude) in GeographicRing.Points(ring))
            {
                (double X, double Y) point = frame.ToPixel(longitude, latitude);
                if (!double.IsFinite(point.X) || (line.Count > 0 && GeographicRing.IsCut(before, longitude)))
                    Flush(path, line);
                if (double.IsFinite(point.X))
                    line.Add(point);
                before = longitude;
            }

            Flush(path, line);
        }

        return path.ToString();
    }

    private static void Cross(
        (double X, double Y) from, (double X, double Y) to, List<double>?[] crossings, ref int first, ref int last)
    {
        if (from.Y > to.Y)
            (from, to) = (to, from);
        int start = Math.Max(0, (int)Math.Ceiling(from.Y - 0.5)), end = Math.Min(crossings.Length, (int)Math.Ceiling(to.Y - 0.5));
        for (int row = start; row < end; row++)
        {
            (crossings[row] ??= []).Add(from.X + ((row + 0.5 - from.Y) * (to.X - from.X) / (to.Y - from.Y)));
            first = Math.Min(first, row);
            last = Math.Max(last, row);
        }

        // Rows between are cleared and read as well.
        for (int row = first; row <= last; row++)
            crossings[row] ??= [];
    }

    private static void Flush(StringBuilder path, List<(double X, double Y)> line)
    {
        if (line.Count > 1)
        {
            double across = line.Max(p => p.X) - line.Min(p => p.X), down = line.Max(p => p.Y) - line.Min(p => p.Y);
            if (Math.Max(across, down) >= LeastExtent)
            {
                (double X, double Y) kept = line[0];
                Append(path, 'M', kept);
                for (int i = 1; i < line.Count; i++)
                {
                    if (i < line.Count - 1 && Math.Abs(line[i].X - kept.X) < Step && Math.Abs(line[i].Y - kept.Y) < Step)
                        continue;
                    kept = line[i];
                    Append(path, 'L', kept);
                }
            }
        }

        line.Clear();
    }

    private static void Append(StringBuilder path, char command, (double X, double Y) point) =>
        path.Append(command).Append(point.X.ToString("0.#", CultureInfo.InvariantCulture)).Append(' ')
            .Append(point.Y.ToString("0.#", CultureInfo.InvariantCulture));
}

/// <summary>Rings of longitude and latitude as points on the globe.</summary>
internal static class GeographicRing
{
    /// <summary>A straight edge in degrees is a curve on the map: no step is longer than this.</summary>
    private const double LongestStep = 1;

    private const double Degree = Math.PI / 180;

    /// <summary>The points of a ring with long edges divided. Edges of more than 180° go the short way round.</summary>
    public static IEnumerable<(double Longitude, double Latitude)> Points(double[] ring)
    {
        for (int i = 0; i + 1 < ring.Length; i += 2)
        {
            (double longitude, double latitude) = (ring[i], ring[i + 1]);
            if (i > 0)
            {
                double across = longitude - ring[i - 2], up = latitude - ring[i - 1];
                across -= 360 * Math.Round(across / 360);
                int steps = (int)Math.Ceiling(Math.Max(Math.Abs(across), Math.Abs(up)) / LongestStep);
                for (int step = 1; step < steps; step++)
                    yield return (ring[i - 2] + (across * step / steps), ring[i - 1] + (up * step / steps));
            }

            yield return (longitude, latitude);
        }
    }

    /// <summary>The middle of points on the globe; where they balance out all around it, longitude and latitude 0.</summary>
    public static (double Longitude, double Latitude) Centre(IReadOnlyList<(double Longitude, double Latitude)> points)
    {
        double x = 0, y = 0, z = 0;
        foreach ((double longitude, double latitude) in points)
        {
            (double sin, double cos) = Math.SinCos(latitude * Degree);
            x += cos * Math.Cos(longitude * Degree);
            y += cos * Math.Sin(longitude * Degree);
            z += sin;
        }

        double length = Math.Sqrt((x * x) + (y * y) + (z * z));
        return length < 1e-6 * points.Count ? (0, 0) : (Math.Atan2(y, x) / Degree, Math.Asin(z / length) / Degree);
    }

    /// <summary>
    /// Whether an edge lies on the 180° meridian: where data sets cut a country that goes on beyond it, not where it ends.
    /// </summary>
    public static bool IsCut(double longitude, double nextLongitude)
    {
        const double near = 1e-6;
        return Math.Abs(Math.Abs(longitude) - 180) < near && Math.Abs(Math.Abs(nextLongitude) - 180) < near;
    }
}
