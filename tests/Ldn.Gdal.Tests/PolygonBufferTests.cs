using Ldn.Rasters;

namespace Ldn.Gdal.Tests;

/// <summary>Rings around activities: polygons widened by a distance on the ground.</summary>
internal sealed class PolygonBufferTests
{
    private static readonly Crs s_wgs84 = GdalGeodata.ParseCrs("EPSG:4326");

    /// <summary>
    /// A rectangle of four vertices, 8° long at 64–65° N: what lies within 20 km of it is what lies within 20 km of the same
    /// rectangle given by a vertex every hundredth of
    /// a degree. Without vertices along the edges the ring was off by +10.9 % along one parallel and −11.4 % along the other.
    /// </summary>
    [Test]
    public void LongEdgesFollowTheirParallel()
    {
        double[] four = [100, 64, 108, 64, 108, 65, 100, 65, 100, 64];
        double[] many =
        [
            .. Enumerable.Range(0, 800).SelectMany(i => new[] { 100 + (i * 0.01), 64.0 }),
            .. Enumerable.Range(0, 100).SelectMany(i => new[] { 108.0, 64 + (i * 0.01) }),
            .. Enumerable.Range(0, 800).SelectMany(i => new[] { 108 - (i * 0.01), 65.0 }),
            .. Enumerable.Range(0, 100).SelectMany(i => new[] { 100.0, 65 - (i * 0.01) }), 100.0, 64.0,
        ];
        double exact = Area(many), ring = Area(four);

        // 8° × 1° there: 42,170 km²; the ring of 20 km round 1,005 km of edges about 21,300 km².
        Assert.That(exact, Is.InRange(62_000, 65_500));
        Assert.That(ring, Is.EqualTo(exact).Within(exact * 1e-4));
    }

    [Test]
    public void TheShortWayRoundIsTaken()
    {
        double across = Area([179, 64, -179, 64, -179, 65, 179, 65, 179, 64]),
        here = Area([99, 64, 101, 64, 101, 65, 99, 65, 99, 64]);
        Assert.That(across, Is.EqualTo(here).Within(here * 1e-6));
    }

    /// <summary>
    /// km² of the polygons in the system they are widened in, whose areas are true to a part in a thousand over this extent.
    /// </summary>
    private static double Area(double[] ring)
    {
        (_, VectorFeature widened) = new GdalGeodata().Widen(s_wgs84, new VectorFeature([], [[ring]]), 20_000, "P");
        return widened.Polygons.Sum(
            polygon => polygon.Select(Shoelace).Select(Math.Abs).Select((a, i) => i == 0 ? a : -a).Sum()) / 1e6;
    }

    private static double Shoelace(double[] ring)
    {
        double twice = 0;
        for (int i = 0; i + 3 < ring.Length; i += 2)
            twice += (ring[i] * ring[i + 3]) - (ring[i + 2] * ring[i + 1]);
        return twice / 2;
    }
}
