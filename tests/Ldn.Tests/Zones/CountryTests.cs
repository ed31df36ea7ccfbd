using Ldn.Csv;
using Ldn.Rasters;
using Ldn.Zones;

namespace Ldn.Tests.Zones;

[Category("Slow")]
internal sealed class CountryTests
{
    private static readonly FakeGeodata Geodata = new();

    /// <summary>
    /// The reference was made from unrounded vertices. In the published file, rounded to 1e-5°, Russia's edge (102.61,
    /// 77.50855)–(103.13128, 77.62642) passes
    /// 5e-8° to the right of the centre of this one cell and leaves it out; GDAL's rasterizer, given the same file, does so too.
    /// </summary>
    private static readonly RowSpan LostToRounding = new(76, 3397, 3398);

    private const double RussiaKm2 = 16_945_531.35 - 18.555;

    [Test]
    public void PixelsOfEachCountryAreThoseOfTheIndependentReference()
    {
        VectorLayer layer = ZoneData.Countries();
        var reference = CsvTable.Read(
            TestData.Real("world-north-5arcmin/reference_subindicators_by_country.csv"), "iso3", "pixels", "area_km2");
        var zones = ZoneLayer.From(layer, "iso3", "name", dissolve: false);
        RowSpan[][] spans = [.. zones.Spans(ZoneData.FiveMinutes, Geodata)];
        int russia = zones.Zones.Index().First(zone => zone.Item.Id == "RUS").Index;
        spans[russia] = RowSpans.Union([.. spans[russia], LostToRounding]);
        Assert.Multiple(() =>
        {
            for (int zone = 0; zone < spans.Length; zone++)
            {
                CsvRow[] rows = [.. reference.Rows.Where(row => reference.Text(row, "iso3") == zones.Zones[zone].Id)];
                Assert.That(
                    RowSpans.CellCount(spans[zone]), Is.EqualTo(rows.Sum(row => (long)reference.Integer(row, "pixels"))),
                    zones.Zones[zone].Id);
                Assert.That(
                    ZoneData.Area(ZoneData.FiveMinutes, spans[zone]),
                    Is.EqualTo(rows.Sum(row => reference.Number(row, "area_km2"))).Within(0.01),
                    zones.Zones[zone].Id);
            }
        });
    }

    [TestCase("cut")]
    [TestCase("beyond")]
    [TestCase("jumping")]
    public void RussiaIsTheSameCutOrNot(string form)
    {
        VectorFeature cut = Russia();
        RowSpan[] expected = Spans(cut, ZoneData.FiveMinutes), actual = Spans(Form(cut, form), ZoneData.FiveMinutes);
        Assert.That(ZoneData.Area(ZoneData.FiveMinutes, actual), Is.EqualTo(RussiaKm2).Within(0.01));
        Assert.That(actual, Is.EqualTo(expected));
    }

    [TestCase("cut", 0)]
    [TestCase("beyond", 0)]
    [TestCase("jumping", 0)]
    [TestCase("jumping", 20)]
    [TestCase("jumping", -10)]
    [TestCase("beyond", -350)]
    public void GridsMayStartAtAnyMeridian(string form, int west)
    {
        Grid grid = ZoneData.FiveMinutes with { OriginX = west };
        int moved = (west + 180) * 12;
        RowSpan[] expected = RowSpans.Union([.. Spans(Russia(), ZoneData.FiveMinutes).SelectMany(span => Rotate(span, moved))]);
        RowSpan[] actual = Spans(Form(Russia(), form), grid);
        Assert.That(
            RowSpans.CellCount(actual), Is.EqualTo(RowSpans.CellCount(expected)).Within(2),
            "vertices on pixel centres may round apart by a turn");
        Assert.That(ZoneData.Area(grid, actual), Is.EqualTo(RussiaKm2).Within(100));
        Assert.That(actual.Intersect(expected).Count(), Is.GreaterThan(expected.Length - 5));
    }

    [Test]
    public void APlaceSeenTwiceIsFilledTwice()
    {
        Grid grid = ZoneData.FiveMinutes with { Width = 4320 * 2, OriginX = -360 };
        Assert.That(
            RowSpans.CellCount(Spans(Form(Russia(), "jumping"), grid)),
            Is.EqualTo(2 * RowSpans.CellCount(Spans(Russia(), ZoneData.FiveMinutes))).Within(4));
    }

    [TestCase("cut", 0)]
    [TestCase("beyond", 0)]
    [TestCase("jumping", 0)]
    [TestCase("jumping", 100)]
    [TestCase("cut", -170)]
    public void RussiaDoesNotSmearOverASinusoidalWorld(string form, int meridian)
    {
        const double Cell = 20000, Half = Math.PI * FakeGeodata.Radius;
        int width = (int)(2 * Half / Cell) + 2;
        var grid = new Grid(width, width / 2, -Half - 5000, Half / 2, Cell, -Cell, FakeGeodata.Sinusoidal(meridian));
        RowSpan[] spans = Spans(Form(Russia(), form), grid);

        // Sinusoidal is equal-area on its sphere: 16.95 million on the ellipsoid, within what sphere and cell size make of it.
        Assert.That(RowSpans.CellCount(spans) * Cell * Cell / 1e12, Is.EqualTo(16.9).Within(0.1));
        AssertSameAsByCentre(grid, spans, Russia());
    }

    [Test]
    public void RussiaOnAPolarGridAcrossTheAntimeridian()
    {
        var grid = new Grid(400, 400, -5e6, 5e6, 25000, -25000, FakeGeodata.PolarEqualArea());
        AssertSameAsByCentre(grid, Spans(Form(Russia(), "jumping"), grid), Russia());
        AssertSameAsByCentre(grid, Spans(Russia(), grid), Russia());
    }

    /// <summary>
    /// Each cell centre taken back to longitude and latitude and looked up on a fine geographic grid; only cells at borders may
    /// differ.
    /// </summary>
    private static void AssertSameAsByCentre(Grid grid, RowSpan[] spans, VectorFeature feature)
    {
        var world = new Grid(14400, 3600, -180, 90, 0.025, -0.025, FakeGeodata.LonLat);
        var fine = Spans(feature, world).SelectMany(s => Enumerable.Range(s.Start, s.Length).Select(c => (s.Row * 14400L) + c))
            .ToHashSet();
        var inside = spans.SelectMany(s => Enumerable.Range(s.Start, s.Length).Select(c => (c, s.Row))).ToHashSet();
        using ICoordinateTransform back = Geodata.CreateTransform(grid.Crs, FakeGeodata.LonLat),
        forth = Geodata.CreateTransform(FakeGeodata.LonLat, grid.Crs);
        int differing = 0, expected = 0;
        double[] x = new double[1], y = new double[1];
        for (int row = 0; row < grid.Height; row++)
            for (int column = 0; column < grid.Width; column++)
            {
                (x[0], y[0]) = (grid.CentreX(column), grid.CentreY(row));
                back.Transform(x, y);
                (double lon, double lat) = (x[0], y[0]);
                forth.Transform(x, y);
                bool onEarth = Math.Abs(x[0] - grid.CentreX(column)) < 1;
                bool here = onEarth
                    && fine.Contains(((long)Math.Floor((90 - lat) / 0.025) * 14400) + (long)Math.Floor((lon + 180) / 0.025));
                expected += here ? 1 : 0;
                differing += here != inside.Contains((column, row)) ? 1 : 0;
            }

        Assert.That(expected, Is.GreaterThan(10000));
        Assert.That(differing, Is.LessThan(expected / 100), $"of {expected}");
    }

    private static RowSpan[] Spans(VectorFeature feature, Grid grid)
    {
        using var projector = new PolygonProjector(FakeGeodata.LonLat, grid, Geodata);
        return projector.Spans(feature, "RUS");
    }

    private static VectorFeature Russia() => ZoneData.Countries().Features.First(feature => feature.Attributes is ["RUS", ..]);

    /// <summary>
    /// Russia uncut: the part behind the antimeridian moved on by a turn and its land border along 180° sewn up, or left where it
    /// is and reached by jumps.
    /// </summary>
    private static VectorFeature Form(VectorFeature cut, string form)
    {
        if (form == "cut")
            return cut;
        List<double[]> west = [.. cut.Polygons.Select(p => p[0]).Where(r => X(r).Max() < -100).Select(r => Shift(r, 360))];
        List<double[]> east = [.. cut.Polygons.Select(p => p[0]).Where(r => X(r).Max() >= -100)];
        Assert.That(cut.Polygons.Select(p => p.Count), Is.All.LessThanOrEqualTo(2));
        var holes = cut.Polygons.Where(p => p.Count > 1).ToDictionary(p => p[0], p => p[1]);
        var polygons = new List<IReadOnlyList<double[]>>();
        int sewn = 0;
        foreach (double[] ring in east)
        {
            double[] whole = ring;
            for (int i = west.Count - 1; i >= 0; i--)
            {
                if (Sew(whole, west[i]) is not { } joined)
                    continue;
                whole = joined;
                west.RemoveAt(i);
                sewn++;
            }

            polygons.Add(holes.TryGetValue(ring, out double[]? hole) ? [whole, hole] : [whole]);
        }

        Assert.That(sewn, Is.GreaterThan(0));
        polygons.AddRange(west.Select(ring => (IReadOnlyList<double[]>)[ring]));
        return cut with
        {
            Polygons = form == "beyond" ? polygons
                : [.. polygons.Select(p => (IReadOnlyList<double[]>)[.. p.Select(Wrap)])],
        };
    }

    private static IEnumerable<double> X(double[] ring) => ring.Where((_, i) => i % 2 == 0);

    private static double[] Shift(double[] ring, double by) => [.. ring.Select((v, i) => i % 2 == 0 ? v + by : v)];

    private static double[] Wrap(double[] ring) => [.. ring.Select((v, i) => i % 2 == 0 && v > 180 ? v - 360 : v)];

    /// <summary>
    /// Joins two rings that share an edge on the meridian 180, run in opposite directions, leaving the edge out; null where they
    /// share none.
    /// </summary>
    private static double[]? Sew(double[] left, double[] right)
    {
        for (int i = 0; i + 3 < left.Length; i += 2)
        {
            if (left[i] != 180 || left[i + 2] != 180)
                continue;
            for (int j = 0; j + 3 < right.Length; j += 2)
            {
                if (right[j] != 180 || right[j + 2] != 180 || right[j + 1] != left[i + 3] || right[j + 3] != left[i + 1])
                    continue;
                double[] open = right[..^2];
                double[] around = [.. open[(j + 2)..], .. open[..(j + 2)]];
                return [.. left[..i], .. around, .. left[(i + 2)..]];
            }
        }

        return null;
    }

    private static IEnumerable<RowSpan> Rotate(RowSpan span, int by)
    {
        int start = (((span.Start - by) % 4320) + 4320) % 4320, end = start + span.Length;
        yield return span with { Start = start, End = Math.Min(end, 4320) };
        if (end > 4320)
            yield return span with { Start = 0, End = end - 4320 };
    }
}
