using System.Text.Json;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Reports;
using Ldn.Zones;

namespace Ldn.Run.TrendsEarth;

/// <summary>A zone's border as the archive has it: GeoJSON in longitude and latitude, of seven decimals at most.</summary>
internal static class AreaOfInterest
{
    /// <summary>WGS 84 as the schema wants it told.</summary>
    public const string Wkt =
        """GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],AUTHORITY["EPSG","6326"]],"""
        + """PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AXIS["Latitude",NORTH],AXIS["Longitude",EAST],AUTHORITY["EPSG","4326"]]""";

    public static void Write(Utf8JsonWriter json, string name, IReadOnlyList<IReadOnlyList<double[]>> polygons)
    {
        json.WriteStartObject();
        WriteHead(json, "area_of_interest");
        json.WriteStartArray("features");
        json.WriteStartObject();
        json.WriteString("type", "Feature");
        json.WriteNumber("id", 0);
        json.WriteStartObject("properties");
        json.WriteString("name", name);
        json.WriteEndObject();
        json.WritePropertyName("geometry");
        WriteGeometry(json, polygons);
        json.WriteEndObject();
        json.WriteEndArray();
        json.WriteEndObject();
    }

    public static void WriteHead(Utf8JsonWriter json, string name)
    {
        json.WriteString("type", "FeatureCollection");
        json.WriteString("name", name);
        json.WriteStartObject("crs");
        json.WriteString("type", "name");
        json.WriteStartObject("properties");
        json.WriteString("name", "urn:ogc:def:crs:OGC:1.3:CRS84");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    public static void WriteGeometry(Utf8JsonWriter json, IReadOnlyList<IReadOnlyList<double[]>> polygons)
    {
        json.WriteStartObject();
        json.WriteString("type", polygons.Count == 1 ? "Polygon" : "MultiPolygon");
        json.WritePropertyName("coordinates");
        if (polygons.Count != 1)
            json.WriteStartArray();
        foreach (IReadOnlyList<double[]> polygon in polygons)
        {
            json.WriteStartArray();
            foreach (double[] ring in polygon)
            {
                json.WriteStartArray();
                for (int i = 0; i + 1 < ring.Length; i += 2)
                {
                    json.WriteStartArray();
                    json.WriteNumberValue(Rounded(ring[i]));
                    json.WriteNumberValue(Rounded(ring[i + 1]));
                    json.WriteEndArray();
                }

                json.WriteEndArray();
            }

            json.WriteEndArray();
        }

        if (polygons.Count != 1)
            json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>
    /// The outline of the cells of a zone that has no polygons, edge by edge round them: outer rings with the holes in them.
    /// </summary>
    /// <param name="plan">The run's grid and places.</param>
    /// <param name="holds">Whether a place belongs to the zone.</param>
    /// <param name="geodata">Brings the corners of a projected grid to longitude and latitude.</param>
    public static IReadOnlyList<IReadOnlyList<double[]>> OfCells(PassPlan plan, Func<int, bool> holds, IGeodata geodata)
    {
        List<List<(int X, int Y)>> rings = CellOutline.Trace(
            Enumerable.Range(plan.Extent.Row, plan.Extent.Height).Select(row => (row, Spans(plan.Places.Row(row), holds))));
        using ICoordinateTransform? transform = geodata.SameCrs(plan.Grid.Crs, ZoneShapes.Wgs84)
            ? null
            : geodata.CreateTransform(plan.Grid.Crs, ZoneShapes.Wgs84);
        double[][] lonLat = [.. rings.Select(ring => LonLat(ring, plan.Grid, transform))];
        return CellOutline.Nested(lonLat, [.. rings.Select(CellOutline.Area)]);
    }

    private static double[] LonLat(List<(int X, int Y)> ring, Grid grid, ICoordinateTransform? transform)
    {
        double[] x = [.. ring.Select(c => grid.OriginX + (c.X * grid.CellWidth))],
        y = [.. ring.Select(c => grid.OriginY + (c.Y * grid.CellHeight))];
        transform?.Transform(x, y);
        return [.. x.Zip(y).SelectMany(p => new[] { p.First, p.Second })];
    }

    private static List<(int Start, int End)> Spans(ReadOnlySpan<PlaceSpan> row, Func<int, bool> holds)
    {
        var spans = new List<(int Start, int End)>();
        foreach (PlaceSpan span in row)
        {
            if (!holds(span.Place))
                continue;
            if (spans.Count > 0 && spans[^1].End == span.Start)
                spans[^1] = (spans[^1].Start, span.End);
            else
                spans.Add((span.Start, span.End));
        }

        return spans;
    }

    private static double Rounded(double degrees) => Math.Round(degrees, 7) + 0.0;
}

/// <summary>Outlines of cells: closed rings of corners along cell edges, the cells to the right as one goes.</summary>
internal static class CellOutline
{
    /// <summary>The rings round cells that are given as spans of rows, rows ascending.</summary>
    public static List<List<(int X, int Y)>> Trace(IEnumerable<(int Row, List<(int Start, int End)> Spans)> rows)
    {
        // Directed edges by their first corner; where two cells touch at a corner only, two leave it.
        var edges = new Dictionary<(int X, int Y), List<(int X, int Y)>>();
        List<(int Start, int End)> above = [];
        int last = int.MinValue;
        foreach ((int row, List<(int Start, int End)> spans) in rows)
        {
            if (last != int.MinValue && row != last + 1)
            {
                Horizontal(edges, above, [], last + 1);
                above = [];
            }

            Horizontal(edges, above, spans, row);
            foreach ((int start, int end) in spans)
            {
                Add(edges, (start, row + 1), (start, row));
                Add(edges, (end, row), (end, row + 1));
            }

            (above, last) = (spans, row);
        }

        if (last != int.MinValue)
            Horizontal(edges, above, [], last + 1);
        return Chain(edges);
    }

    /// <summary>
    /// Twice the signed area of a ring in cells: positive for outer rings as traced, with rows counted downwards.
    /// </summary>
    public static long Area(List<(int X, int Y)> ring)
    {
        long twice = 0;
        for (int i = 0; i + 1 < ring.Count; i++)
            twice += ((long)ring[i].X * ring[i + 1].Y) - ((long)ring[i + 1].X * ring[i].Y);
        return twice;
    }

    /// <summary>Polygons of outer rings, each with the holes that lie in it and in no smaller one.</summary>
    public static IReadOnlyList<IReadOnlyList<double[]>> Nested(double[][] rings, long[] areas)
    {
        int[] outer = [.. Enumerable.Range(0, rings.Length).Where(i => areas[i] > 0).OrderBy(i => areas[i])];
        var polygons = outer.ToDictionary(i => i, i => new List<double[]> { rings[i] });
        for (int hole = 0; hole < rings.Length; hole++)
        {
            if (areas[hole] > 0)
                continue;
            double x = (rings[hole][0] + rings[hole][2]) / 2, y = (rings[hole][1] + rings[hole][3]) / 2;
            if (outer.Where(o => areas[o] > -areas[hole]).FirstOrDefault(o => Holds(rings[o], x, y), -1) is >= 0 and int around)
                polygons[around].Add(rings[hole]);
        }

        return [.. outer.Order().Select(i => polygons[i])];
    }

    private static void Horizontal(
        Dictionary<(int X, int Y), List<(int X, int Y)>> edges, List<(int Start, int End)> above,
        List<(int Start, int End)> below, int y)
    {
        int[] corners = [.. above.Concat(below).SelectMany(s => new[] { s.Start, s.End }).Distinct().Order()];
        for (int i = 0; i + 1 < corners.Length; i++)
        {
            int from = corners[i], to = corners[i + 1];
            bool over = above.Exists(s => s.Start <= from && to <= s.End),
            under = below.Exists(s => s.Start <= from && to <= s.End);
            if (under && !over)
                Add(edges, (from, y), (to, y));
            else if (over && !under)
                Add(edges, (to, y), (from, y));
        }
    }

    private static void Add(Dictionary<(int X, int Y), List<(int X, int Y)>> edges, (int X, int Y) from, (int X, int Y) to)
    {
        if (!edges.TryGetValue(from, out List<(int X, int Y)>? list))
            edges[from] = list = [];
        list.Add(to);
    }

    private static List<List<(int X, int Y)>> Chain(Dictionary<(int X, int Y), List<(int X, int Y)>> edges)
    {
        var rings = new List<List<(int X, int Y)>>();
        foreach ((int X, int Y) start in edges.Keys.OrderBy(c => (c.Y, c.X)).ToList())
        {
            while (edges[start].Count > 0)
            {
                List<(int X, int Y)> ring = [start];
                (int X, int Y) at = start, came = (0, 0);
                do
                {
                    List<(int X, int Y)> ways = edges[at];

                    // Cells are to the right: at a corner of two cells the right turn stays with the same cell.
                    int way = ways.Count == 1 || ring.Count == 1 ? 0 : ways.FindIndex(w => IsRight(came, at, w));
                    (int X, int Y) next = ways[Math.Max(0, way)];
                    ways.RemoveAt(Math.Max(0, way));
                    if (ring.Count > 1 && IsStraight(came, at, next))
                        ring[^1] = next;
                    else
                        ring.Add(next);
                    (came, at) = (at, next);
                }
                while (at != start);
                rings.Add(ring);
            }
        }

        return rings;
    }

    private static bool IsRight((int X, int Y) a, (int X, int Y) b, (int X, int Y) c) => Cross(a, b, c) > 0;

    private static bool IsStraight((int X, int Y) a, (int X, int Y) b, (int X, int Y) c) => Cross(a, b, c) == 0;

    private static long Cross((int X, int Y) a, (int X, int Y) b, (int X, int Y) c) =>
        ((long)(b.X - a.X) * (c.Y - b.Y)) - ((long)(b.Y - a.Y) * (c.X - b.X));

    private static bool Holds(double[] ring, double x, double y)
    {
        bool inside = false;
        for (int i = 0, j = ring.Length - 2; i < ring.Length; j = i, i += 2)
            if (
                ring[i + 1] > y != ring[j + 1] > y
                    && x < ((ring[j] - ring[i]) * (y - ring[i + 1]) / (ring[j + 1] - ring[i + 1])) + ring[i])
                inside = !inside;
        return inside;
    }
}
