using System.Globalization;
using System.Text;
using Ldn.Gdal;
using Ldn.Rasters;
using Ldn.Zones;

namespace Ldn.Cli.Tests.Fuzz;

/// <summary>
/// Polygons of every unhappy shape, as GeoJSON and GeoPackage. Those that are accepted and lie on one side of the world hold
/// exactly the cells whose centres a ray test puts inside them; cells whose centre is within a hair of an edge are left out of
/// the comparison.
/// </summary>
internal sealed class PolygonCases(string folder) : IFuzzed
{
    private static readonly string[] s_ids =
        ["../../escape", "a/b", "..\\\\c", "<script>alert(1)</script>", "=1+1", "\\\" onload=\\\"x", "id with space", "", "\\u0000", "零", "con", "x\\ny", "--out", "a\\u202eb"];

    private readonly GdalGeodata _geodata = new();
    private readonly Grid _grid = Workspace.Grid(60, 40, 98, 51, 0.1);

    public void Try(int seed)
    {
        var random = new Random(seed);
        List<List<double[]>> polygons = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => Polygon(random))];
        bool large = seed % 250 == 0, damaged = !large && random.Next(5) == 0, package = !large && random.Next(10) == 0;
        if (large)
            polygons = [[Circle(1_000_000)]];
        string path = Path.Combine(folder, package ? "case.gpkg" : "case.geojson");
        if (large)
            WriteLarge(path, polygons[0][0]);
        else if (package)
            Package(path, polygons);
        else
            File.WriteAllText(path, GeoJson(random, polygons));
        if (damaged)
        {
            byte[] bytes = File.ReadAllBytes(path);
            for (int i = random.Next(1, 6); i > 0; i--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            File.WriteAllBytes(path, random.Next(3) == 0 ? bytes[..random.Next(bytes.Length)] : bytes);
        }

        ZoneLayer layer = ZoneLayer.From(_geodata.ReadPolygons(path, null), "id", null, dissolve: false);
        IReadOnlyList<RowSpan[]> spans = layer.Spans(_grid, _geodata);
        if (!damaged && polygons.All(p => p.All(Tame)))
            Compare([.. polygons.Select(Meant)], [.. spans.SelectMany(s => s)]);
        foreach (
            string stray in Directory.GetFiles(folder).Where(f => Path.GetFileName(f) is not ("case.geojson" or "case.gpkg")))
            throw new WrongFigures($"{stray} was written");
    }

    public void Dispose()
    {
    }

    private static List<double[]> Polygon(Random random)
    {
        double x = 98 + (random.NextDouble() * 6), y = 47 + (random.NextDouble() * 4);
        switch (random.Next(12))
        {
            case 0: // A bow tie: crosses itself.
                return [[x, y, x + 1, y + 1, x + 1, y, x, y + 1, x, y]];
            case 1: // No area.
                return [[x, y, x + 1, y, x, y, x, y]];
            case 2: // A hole that touches its shell, and one that shares an edge.
                return [
                    [x, y, x + 2, y, x + 2, y + 2, x, y + 2, x, y], [x, y + 1, x + 1, y + 0.5, x + 1, y + 1.5, x, y + 1],
                    [x + 1.5, y, x + 2, y, x + 2, y + 0.3, x + 1.5, y]];
            case 3: // Beyond the antimeridian, the pole, or any map.
                double far = new[] { 179.5, -190, 361, 1e6, 91, -200, 1e300 }[random.Next(7)];
                return [[far, y, far + 2, y, far + 2, y + 2, far, y]];
            case 4: // Beyond the pole.
                return [[x, 89, x + 2, 91, x + 2, 95, x, 89]];
            case 5: // Too short to be a ring, or empty.
                return random.Next(2) == 0 ? [[x, y, x + 1, y]] : [[]];
            case 6: // A spike, doubled points, either direction.
                return [[x, y, x + 2, y, x + 2, y, x + 5, y, x + 2, y, x + 2, y + 1, x, y + 1, x, y]];
            case 7: // A ring wound twice.
                return [[x, y, x + 1, y, x + 1, y + 1, x, y + 1, x, y, x + 1, y, x + 1, y + 1, x, y + 1, x, y]];
            default:
                int corners = random.Next(3, 40);
                double[] ring = [
                    .. Enumerable.Range(0, corners)
                        .SelectMany(_ => new[] { x + (random.NextDouble() * 2), y + (random.NextDouble() * 2) })];
                return [[.. ring, ring[0], ring[1]]];
        }
    }

    /// <summary>
    /// What a ray test is to be held against: of edges that are drawn twice GEOS takes one. A hole that shares an edge with its
    /// shell so is none, and a ring wound twice is the ring.
    /// </summary>
    private static List<double[]> Meant(List<double[]> polygon) =>
        polygon.Count == 3 ? polygon[..2] : [.. polygon.Select(ring => IsWoundTwice(ring) ? ring[..10] : ring)];

    private static bool IsWoundTwice(double[] ring) =>
        ring.Length == 18 && ring.AsSpan(0, 8).SequenceEqual(ring.AsSpan(8, 8));

    private static double[] Circle(int corners)
    {
        var ring = new double[(corners + 1) * 2];
        for (int i = 0; i <= corners; i++)
            (ring[2 * i], ring[(2 * i) + 1]) = (
                101 + (2 * Math.Cos(2 * Math.PI * (i % corners) / corners)),
                49 + (1.5 * Math.Sin(2 * Math.PI * (i % corners) / corners)));
        return ring;
    }

    private static string GeoJson(Random random, List<List<double[]>> polygons)
    {
        static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
        var features = polygons.Select((polygon, i) =>
        {
            string rings = string.Join(
                ',',
                polygon.Select(
                    ring => "[" + string.Join(',', ring.Chunk(2).Select(p => $"[{Number(p[0])},{Number(p[1])}]")) + "]"));
            string geometry = random.Next(40) switch
            {
                0 => "null",
                1 => "{\"type\":\"Point\",\"coordinates\":[100,48]}",
                2 => "{\"type\":\"Polygon\",\"coordinates\":[]}",
                3 => $"{{\"type\":\"GeometryCollection\",\"geometries\":[{{\"type\":\"Polygon\",\"coordinates\":[{rings}]}},{{\"type\":\"LineString\",\"coordinates\":[[1,2],[3,4]]}}]}}",
                4 => $"{{\"type\":\"Polygon\",\"coordinates\":[[[\"a\",1],[2,NaN],[3]]]}}",
                _ => $"{{\"type\":\"Polygon\",\"coordinates\":[{rings}]}}",
            };
            string id = random.Next(3) == 0 ? s_ids[random.Next(s_ids.Length)] : $"z{i}";
            return (Plain: geometry.StartsWith("{\"type\":\"Polygon\",\"coordinates\":[[[", StringComparison.Ordinal) && geometry
                .Contains(rings, StringComparison.Ordinal),
                Text: $"{{\"type\":\"Feature\",\"properties\":{{\"id\":\"{id}\"}},\"geometry\":{geometry}}}");
        }).ToList();
        for (int i = polygons.Count - 1; i >= 0; i--)
            if (!features[i].Plain && !features[i].Text.Contains("GeometryCollection", StringComparison.Ordinal))
                polygons.RemoveAt(i);
        return new StringBuilder("{\"type\":\"FeatureCollection\",\"features\":[").AppendJoin(',', features.Select(f => f.Text))
            .Append("]}").ToString();
    }

    private static void WriteLarge(string path, double[] ring)
    {
        using StreamWriter file = File.CreateText(path);
        file.Write("{\"type\":\"FeatureCollection\",\"features\":[{\"type\":\"Feature\",\"properties\":{\"id\":\"z\"},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[");
        for (int i = 0; i < ring.Length; i += 2)
            file.Write(string.Create(CultureInfo.InvariantCulture, $"{(i == 0 ? "" : ",")}[{ring[i]:R},{ring[i + 1]:R}]"));
        file.Write("]]}}]}");
    }

    private void Package(string path, List<List<double[]>> polygons)
    {
        File.Delete(path);
        // Rings of fewer than four points cannot be written.
        polygons.RemoveAll(p => p.Any(r => r.Length < 8));
        _geodata.WriteGeoPackage(path, new VectorTable("zones", "", [new VectorField("id", typeof(string), "")],
            [.. polygons.Select((p, i) => (new object?[] { $"z{i}" }, (IReadOnlyList<IReadOnlyList<double[]>>)[[.. p]]))], null));
    }

    private static bool Tame(double[] ring)
    {
        for (int i = 0; i < ring.Length; i += 2)
            if (ring[i] is < 90 or > 115 || Math.Abs(ring[i + 1]) > 80)
                return false;
        return true;
    }

    private void Compare(List<List<double[]>> polygons, RowSpan[] spans)
    {
        var actual = new bool[_grid.Width * _grid.Height];
        foreach (RowSpan span in spans)
            actual.AsSpan((span.Row * _grid.Width) + span.Start, span.Length).Fill(true);
        bool thorough = polygons.Sum(p => p.Sum(r => r.Length)) < 10_000;
        for (int cell = 0; cell < actual.Length; cell += thorough ? 1 : 97)
        {
            double x = _grid.CentreX(cell % _grid.Width), y = _grid.CentreY(cell / _grid.Width);
            bool? inside = Inside(polygons, x, y);
            if (inside is { } truth && truth != actual[cell])
                throw new WrongFigures($"the cell at {x}, {y} is {(truth ? "inside, but left out" : "outside, but taken")}");
        }
    }

    /// <summary>
    /// Whether some polygon holds the point, its rings crossed an odd number of times; null too close to an edge to say.
    /// </summary>
    private static bool? Inside(List<List<double[]>> polygons, double x, double y)
    {
        bool any = false;
        foreach (List<double[]> rings in polygons.Where(p => p[0].Length >= 6))
        {
            bool inside = false;
            foreach (double[] open in rings.Where(r => r.Length >= 6))
            {
                double[] ring = open[0] == open[^2] && open[1] == open[^1] ? open : [.. open, open[0], open[1]];
                if (ring.Length < 8)
                    continue;
                for (int i = 0; i + 3 < ring.Length; i += 2)
                {
                    (double x1, double y1, double x2, double y2) = (ring[i], ring[i + 1], ring[i + 2], ring[i + 3]);
                    if (Math.Abs(y - y1) < 1e-9 || Math.Abs(y - y2) < 1e-9)
                        return null;
                    if ((y1 > y) == (y2 > y))
                        continue;
                    double at = x1 + ((y - y1) / (y2 - y1) * (x2 - x1));
                    if (Math.Abs(x - at) < 1e-9)
                        return null;
                    inside ^= x < at;
                }
            }

            any |= inside;
        }

        return any;
    }
}
