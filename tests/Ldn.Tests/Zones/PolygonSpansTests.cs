using Ldn.Rasters;
using Ldn.Zones;

namespace Ldn.Tests.Zones;

internal sealed class PolygonSpansTests
{
    private static readonly Window Small = new(0, 0, 24, 20);

    [Test]
    public void AgreesWithExactArithmeticOnRandomPolygonsFullOfTies([Range(1, 300)] int seed)
    {
        var random = new Random(seed);
        var polygons = new List<IReadOnlyList<double[]>>();
        for (int p = random.Next(1, 4); p > 0; p--)
            polygons.Add([.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => HalfCellRing(random))]);
        var window = seed % 3 == 0 ? new Window(5, 4, 9, 8) : Small;
        RowSpan[] spans = PolygonSpans.Scan(polygons, window, "random");
        Assert.That(Cells(spans), Is.EquivalentTo(Reference.Cells(polygons, window)));
        AssertCanonical(spans);
    }

    [Test]
    public void EachCentreOfAPartitionGoesToOnePart([Range(1, 40)] int seed)
    {
        // A lattice of moved vertices, each cell of it cut into two triangles, in random directions: every inner edge is shared.
        var random = new Random(seed);
        const int N = 7;
        var vertex = new (double X, double Y)[N + 1, N + 1];
        for (int i = 0; i <= N; i++)
            for (int j = 0; j <= N; j++)
            {
                bool edge = i is 0 or N || j is 0 or N;
                double move() => edge ? 0 : seed % 2 == 0 ? random.Next(-2, 3) / 2.0 : (random.NextDouble() - 0.5) * 1.99;
                vertex[i, j] = ((i * 4) + move(), (j * 4) + move());
            }

        int[,] hits = new int[28, 28];
        for (int i = 0; i < N; i++)
            for (int j = 0; j < N; j++)
            {
                (double X, double Y)[] quad = [vertex[i, j], vertex[i + 1, j], vertex[i + 1, j + 1], vertex[i, j + 1]];
                foreach (int[] corners in (int[][])[[0, 1, 2], [0, 2, 3]])
                {
                    IEnumerable<int> order = random.Next(2) == 0 ? corners : corners.Reverse();
                    double[] ring = [.. order.SelectMany(c => new[] { quad[c].X, quad[c].Y })];
                    foreach ((int column, int row) in Cells(PolygonSpans.Scan([[ring]], new Window(0, 0, 28, 28), "part")))
                        hits[row, column]++;
                }
            }

        Assert.That(hits.Cast<int>(), Is.All.EqualTo(1));
    }

    [Test]
    public void HolesAndNestedRingsAlternateAndPartsUnite()
    {
        double[] outer = Box(0, 0, 10, 10), hole = Box(2, 2, 8, 8), island = Box(4, 4, 6, 6), other = Box(3, 3, 12, 5);
        Assert.That(RowSpans.CellCount(PolygonSpans.Scan([[outer, hole, island]], Small, "")), Is.EqualTo(100 - 36 + 4));
        Assert.That(
            Row(PolygonSpans.Scan([[outer, hole], [other]], Small, ""), 3),
            Is.EqualTo(new[] { new RowSpan(3, 0, 2), new RowSpan(3, 3, 12) }));
    }

    [Test]
    public void TouchingSpansOfOnePolygonMerge() =>
        Assert.That(
            PolygonSpans.Scan([[Box(0, 0, 4, 1), Box(4, 0, 8, 1)]], Small, ""), Is.EqualTo(new[] { new RowSpan(0, 0, 8) }));

    [TestCase(1e3)]
    [TestCase(1e9)]
    [TestCase(1e17)]
    [TestCase(1e90)]
    public void GeometryFarOutsideCostsNothingAndStillCounts(double far)
    {
        // A scan that went along every row or column of such a box would never end.
        Window window = new(0, 0, 50, 60);
        Assert.That(
            PolygonSpans.Scan([[Box(-far, -far, far, far)]], window, ""),
            Has.Length.EqualTo(60).And.All.Matches<RowSpan>(s => s.Length == 50));
        Assert.That(
            PolygonSpans.Scan([[Box(-far, -far, 20, 30)]], window, ""),
            Has.Length.EqualTo(30).And.All.Matches<RowSpan>(s => s is { Start: 0, End: 20 }));
        Assert.That(
            PolygonSpans.Scan([[Box(20, 30, far, far)]], window, ""),
            Has.Length.EqualTo(30).And.All.Matches<RowSpan>(s => s is { Start: 20, End: 50 }));
        Assert.That(
            PolygonSpans.Scan([[Box(far, 0, 2 * far, 60)], [Box(-2 * far, 0, -far, 60)], [Box(0, far, 9, 2 * far)]], window, ""),
            Is.Empty);
    }

    [Test]
    public void DegenerateGeometryHoldsNothing()
    {
        double[][] rings = [[], [1, 1], [1, 1, 2, 2], [1, 1, 5, 5, 1, 1], [1, 1, 9, 1, 4, 1], [3.5, 3.5, 3.5, 3.5, 3.5, 3.5]];
        foreach (double[] ring in rings)
            Assert.That(PolygonSpans.Scan([[ring]], Small, ""), Is.Empty);
        Assert.That(PolygonSpans.Scan([], Small, ""), Is.Empty);
        Assert.That(PolygonSpans.Scan([[Box(0, 0, 5, 5)]], new Window(3, 3, 0, 5), ""), Is.Empty);
    }

    [TestCase(double.NaN)]
    [TestCase(double.PositiveInfinity)]
    [TestCase(-1e300)]
    public void CoordinatesThatAreNoPlacesAreNamed(double value)
    {
        LdnException error = Assert.Throws<LdnException>(
            () => PolygonSpans.Scan([[[0, 0, 5, value, 5, 5]]], Small, "feature 7 (XYZ)"))!;
        Assert.That(
            (error.ExitCode, error.Message),
            Is.EqualTo((ExitCode.Input, $"feature 7 (XYZ): a vertex has the coordinate {value}")));
    }

    [Test]
    public void AMillionVerticesOverManyRowsHoldTheirArea()
    {
        const int N = 1_000_000;
        double[] ring = new double[2 * N];
        for (int i = 0; i < N; i++)
        {
            double angle = 2 * Math.PI * i / N, radius = 4000 + (200 * Math.Sin(90 * angle)) + (i % 2);
            (ring[2 * i], ring[(2 * i) + 1]) = (6000 + (radius * Math.Cos(angle)), 4500 + (radius * Math.Sin(angle)));
        }

        RowSpan[] spans = PolygonSpans.Scan([[ring]], new Window(0, 0, 12000, 9000), "");
        Assert.That(
            RowSpans.CellCount(spans), Is.EqualTo(Math.PI * ((4000.5 * 4000.5) + (200 * 200 / 2.0))).Within(0.0005).Percent);
    }

    private static double[] HalfCellRing(Random random)
    {
        double[] ring = new double[2 * random.Next(3, 9)];
        for (int i = 0; i < ring.Length; i++)
            ring[i] = random.Next(-4, 52) / 2.0;
        return random.Next(2) == 0 ? ring : [.. ring, ring[0], ring[1]];
    }

    private static double[] Box(double x0, double y0, double x1, double y1) => [x0, y0, x1, y0, x1, y1, x0, y1, x0, y0];

    private static IEnumerable<(int Column, int Row)> Cells(IEnumerable<RowSpan> spans) =>
        spans.SelectMany(span => Enumerable.Range(span.Start, span.Length).Select(column => (column, span.Row)));

    private static IEnumerable<RowSpan> Row(RowSpan[] spans, int row) => spans.Where(span => span.Row == row);

    private static void AssertCanonical(RowSpan[] spans)
    {
        Assert.That(spans, Is.All.Matches<RowSpan>(span => span.Start < span.End));
        for (int i = 1; i < spans.Length; i++)
            Assert.That(spans[i].Row > spans[i - 1].Row || spans[i].Start > spans[i - 1].End, Is.True);
    }

    /// <summary>The rule by its definition, cell by cell, in whole numbers of quarter cells: no rounding anywhere.</summary>
    private static class Reference
    {
        public static HashSet<(int Column, int Row)> Cells(IReadOnlyList<IReadOnlyList<double[]>> polygons, Window window)
        {
            var inside = new HashSet<(int, int)>();
            for (int row = window.Row; row < window.EndRow; row++)
                for (int column = window.Column; column < window.EndColumn; column++)
                    if (
                        polygons.Any(
                            polygon => polygon.Sum(ring => CrossingsLeft(ring, (4 * column) + 2, (4 * row) + 2)) % 2 != 0))
                        inside.Add((column, row));
            return inside;
        }

        /// <summary>
        /// Edges that the ray from the centre to the left meets: from upper end (inclusive) to lower end, strictly left of the
        /// centre.
        /// </summary>
        private static int CrossingsLeft(double[] ring, long x, long y)
        {
            int crossings = 0, count = ring.Length / 2;
            for (int i = 0; i < count; i++)
            {
                int j = (i + 1) % count;
                (long x0, long y0, long x1, long y1) = (
                    (long)(4 * ring[2 * i]), (long)(4 * ring[(2 * i) + 1]), (long)(4 * ring[2 * j]),
                    (long)(4 * ring[(2 * j) + 1]));
                if (y0 > y1)
                    (x0, y0, x1, y1) = (x1, y1, x0, y0);
                if (y0 <= y && y < y1 && ((x - x0) * (y1 - y0)) - ((y - y0) * (x1 - x0)) > 0)
                    crossings++;
            }

            return crossings;
        }
    }
}
