using System.Globalization;
using Ldn.Gdal.Interop;

namespace Ldn.Gdal.Tests;

/// <summary>What is called valid without GEOS, GEOS calls valid.</summary>
internal sealed class SimpleRingTests
{
    [Test]
    public void GeosAgrees()
    {
        GdalLibrary.EnsureReady();
        var random = new Random(7);
        int certain = 0, invalid = 0, stars = 0;
        for (int i = 0; i < 6000; i++)
        {
            double[] ring = Ring(random, i % 4);
            bool sure = SimpleRing.IsCertain(ring), valid = IsValid(ring);
            invalid += valid ? 0 : 1;
            certain += sure ? 1 : 0;
            stars += sure && i % 4 == 0 ? 1 : 0;
            if (sure && !valid)
                Assert.Fail($"{string.Join(' ', ring)} is not valid");
        }

        Assert.That(invalid, Is.GreaterThan(1000), "rings that cross or touch themselves");
        Assert.That(certain, Is.GreaterThan(1500));
        Assert.That(stars, Is.EqualTo(1500), "every ring that winds once round its middle");
    }

    /// <summary>Touching in a vertex, along an edge, back on itself, a vertex twice; and edges that go straight on.</summary>
    [TestCase("0 0 4 0 4 4 2 0 0 4 0 0", false)]
    [TestCase("0 0 4 0 4 4 3 0 1 0 0 4 0 0", false)]
    [TestCase("0 0 4 0 2 0 2 4 0 0", false)]
    [TestCase("0 0 4 4 4 0 0 4 0 0", false)]
    [TestCase("0 0 4 0 4 0 4 4 0 0", false)]
    [TestCase("0 0 4 0 0 0", false)]
    [TestCase("0 0 1 0 3 0 4 0 4 4 0 4 0 0", true)]
    [TestCase("0 0 4 0 4 4 0 0", true)]
    public void TouchesAreLeftToGeos(string ring, bool certain) => Assert.That(
        SimpleRing.IsCertain([.. ring.Split(' ').Select(t => double.Parse(t, CultureInfo.InvariantCulture))]),
        Is.EqualTo(certain));

    private static double[] Ring(Random random, int kind)
    {
        int points = random.Next(3, 60);
        var ring = new double[2 * (points + 1)];
        for (int p = 0; p < points; p++)
        {
            double turn = p * 2 * Math.PI / points, far = kind == 0 ? random.NextDouble() + 0.5 : 1 + (random.NextDouble() * 0.2);
            (ring[2 * p], ring[(2 * p) + 1]) = kind switch
            {
                0 => (100 + (far * Math.Cos(turn)), 45 + (far * Math.Sin(turn))),
                1 => (far * Math.Cos(turn) + (random.NextDouble() * 0.1), far * Math.Sin(turn) + (random.NextDouble() * 0.1)),
                2 => (random.Next(0, 12), random.Next(0, 12)),
                _ => (Math.Round(3 * far * Math.Cos(turn), 1), Math.Round(3 * far * Math.Sin(turn), 1)),
            };
        }

        (ring[^2], ring[^1]) = (ring[0], ring[1]);
        return ring;
    }

    private static bool IsValid(double[] ring)
    {
        using ErrorScope errors = ErrorScope.Open();
        byte[] wkb = VectorWriter.WellKnownBinary([[ring]]);
        _ = GdalApi.OGR_G_CreateFromWkb(wkb, 0, out nint geometry, wkb.Length);
        try
        {
            return GdalApi.OGR_G_IsValid(geometry) != 0;
        }
        finally
        {
            GdalApi.OGR_G_DestroyGeometry(geometry);
        }
    }
}
