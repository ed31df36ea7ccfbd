using System.Runtime.InteropServices;
using Ldn.Rasters;

namespace Ldn.Zones;

/// <summary>
/// Scan conversion of polygons to row spans (method §9): a cell belongs to the polygon that holds its centre. Coordinates are in
/// cells: x in columns, y in rows, the centre of cell (c, r) at (c + 0.5, r + 0.5). A centre exactly on an edge goes to exactly
/// one side: a row's centre line meets an edge from its upper end (inclusive) to its lower end (exclusive), and a cell is inside
/// from left &lt; centre to centre ≤ right. Each crossing is computed from the upper end of its edge, so the two polygons that
/// share an edge see the same number, whichever way they run along it. Inside is even-odd within a polygon (outer ring and
/// holes), the union over a feature's polygons.
/// </summary>
public static class PolygonSpans
{
    /// <summary>Magnitudes beyond this could overflow in products; no grid comes near it.</summary>
    private const double Largest = 1e100;

    /// <summary>Converts one feature.</summary>
    /// <param name="polygons">Polygons, each a list of rings, each x and y alternating, closed or not.</param>
    /// <param name="window">Cells to consider; geometry may lie anywhere.</param>
    /// <param name="feature">How messages name the feature, for example <c>feature 3 (RUS)</c>.</param>
    /// <returns>Sorted, disjoint, maximal spans inside the window; empty where no centre is inside.</returns>
    /// <exception cref="LdnException">Exit 3: a coordinate is not a number, infinite or absurdly large; a ring has a lone
    /// ordinate.</exception>
    public static RowSpan[] Scan(IReadOnlyList<IReadOnlyList<double[]>> polygons, Window window, string feature)
    {
        var spans = new List<RowSpan>();
        var table = new EdgeTable(window);
        int filled = 0;
        foreach (IReadOnlyList<double[]> polygon in polygons)
        {
            table.Clear();
            foreach (double[] ring in polygon)
            {
                Check(ring, feature);
                table.Add(ring);
            }

            int before = spans.Count;
            table.Emit(spans);
            if (spans.Count > before)
                filled++;
        }

        return filled > 1 ? RowSpans.Union(CollectionsMarshal.AsSpan(spans)) : [.. spans];
    }

    /// <summary>Refuses coordinates that are no places.</summary>
    /// <exception cref="LdnException">Exit 3, naming the feature.</exception>
    internal static void Check(double[] ring, string feature)
    {
        if (ring.Length % 2 != 0)
            throw Fault.Polygons.Error($"{feature}: a ring has {ring.Length} ordinates, not pairs of x and y");
        foreach (double value in ring)
            if (!(Math.Abs(value) < Largest))
                throw Fault.Polygons.Error($"{feature}: a vertex has the coordinate {value}", "repair the geometry");
    }
}
