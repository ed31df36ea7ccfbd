using System.Text.Json;
using Ldn.Rasters;

namespace Ldn.Samples;

/// <summary>
/// The outlines of the six countries that ship with the library, and which cells of a sample grid they hold (by cell centre).
/// </summary>
internal sealed class SampleCountries
{
    private const string Resource = "Ldn.Samples.countries_50m.geojson";

    private readonly Span[][] _rows;

    /// <summary>Runs of cells for each row of the grid, in ascending order of columns.</summary>
    public SampleCountries(Grid grid)
    {
        var crossings = new List<(double X, int Country)>?[grid.Height];
        foreach (Edge e in ReadEdges())
        {
            int first = RowOf(grid, Math.Max(e.Y1, e.Y2)) - 1, last = RowOf(grid, Math.Min(e.Y1, e.Y2)) + 1;
            for (int row = Math.Max(first, 0); row <= Math.Min(last, grid.Height - 1); row++)
            {
                double y = grid.CentreY(row);
                if ((e.Y1 <= y) != (e.Y2 <= y))
                    (crossings[row] ??= []).Add((e.X1 + ((y - e.Y1) / (e.Y2 - e.Y1) * (e.X2 - e.X1)), e.Country));
            }
        }

        _rows = [.. crossings.Select(row => row is null ? [] : Spans(grid, row))];
    }

    /// <summary>One run of cells: first column, column after the last, country in the order of the file.</summary>
    public readonly record struct Span(int Start, int End, int Country);

    public ReadOnlySpan<Span> Row(int row) => _rows[row];

    /// <summary>Whether any country has a cell in the window.</summary>
    public bool Touches(Window window)
    {
        for (int row = window.Row; row < window.EndRow; row++)
            foreach (Span span in _rows[row])
                if (span.Start < window.EndColumn && span.End > window.Column)
                    return true;
        return false;
    }

    /// <summary>The GeoJSON as shipped.</summary>
    public static byte[] GeoJson()
    {
        using Stream stream = typeof(SampleCountries).Assembly.GetManifestResourceStream(Resource)
            ?? throw new InvalidOperationException($"resource {Resource} is missing from the build");
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        return memory.ToArray();
    }

    private static Span[] Spans(Grid grid, List<(double X, int Country)> crossings)
    {
        crossings.Sort((a, b) => a.Country != b.Country ? a.Country.CompareTo(b.Country) : a.X.CompareTo(b.X));
        var spans = new List<Span>();
        for (int i = 0; i + 1 < crossings.Count; i += 2)
        {
            int start = Math.Clamp(FirstCentreFrom(grid, crossings[i].X), 0, grid.Width);
            int end = Math.Clamp(FirstCentreFrom(grid, crossings[i + 1].X), 0, grid.Width);
            if (start < end)
                spans.Add(new Span(start, end, crossings[i].Country));
        }

        spans.Sort((a, b) => a.Start.CompareTo(b.Start));
        return [.. spans];
    }

    private static int RowOf(Grid grid, double y) => (int)Math.Floor((y - grid.OriginY) / grid.CellHeight);

    private static int FirstCentreFrom(Grid grid, double x) => (int)Math.Ceiling(((x - grid.OriginX) / grid.CellWidth) - 0.5);

    // The file is cut at 180°: what lies west of the grid's origin belongs beyond its eastern side.
    private static List<Edge> ReadEdges()
    {
        var edges = new List<Edge>();
        using JsonDocument document = JsonDocument.Parse(GeoJson());
        int country = 0;
        foreach (JsonElement feature in document.RootElement.GetProperty("features").EnumerateArray())
        {
            foreach (JsonElement polygon in feature.GetProperty("geometry").GetProperty("coordinates").EnumerateArray())
                foreach (JsonElement ring in polygon.EnumerateArray())
                    AddRing(edges, ring, country);
            country++;
        }

        return edges;
    }

    private static void AddRing(List<Edge> edges, JsonElement ring, int country)
    {
        var points = new (double X, double Y)[ring.GetArrayLength()];
        for (int i = 0; i < points.Length; i++)
            points[i] = (ring[i][0].GetDouble(), ring[i][1].GetDouble());
        double shift = points[0].X < 0 ? 360 : 0;
        for (int i = 1; i < points.Length; i++)
            if (points[i].Y != points[i - 1].Y)
                edges.Add(new Edge(points[i - 1].X + shift, points[i - 1].Y, points[i].X + shift, points[i].Y, country));
    }

    private readonly record struct Edge(double X1, double Y1, double X2, double Y2, int Country);
}
