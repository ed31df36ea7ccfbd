using Ldn.Counting;

namespace Ldn.Tests.Counting;

internal sealed class TallyTests
{
    [Test]
    public void RandomAddsAgreeWithADictionary([Values(1, 2, 3)] int seed)
    {
        var random = new Random(seed);
        var tally = new Tally();
        var expected = new Dictionary<(int, ulong), (long, Area)>();
        for (int i = 0; i < 60000; i++)
        {
            int place = random.Next(1 << random.Next(1, 16));
            ulong key = (ulong)random.NextInt64() >> random.Next(64);
            (long pixels, Area area) = (random.Next(1, 1000), new Area((Int128)random.NextInt64() * 1000));
            tally.Add(place, key, pixels, area);
            (long, Area) old = expected.GetValueOrDefault((place, key));
            expected[(place, key)] = (old.Item1 + pixels, old.Item2 + area);
        }

        Assert.That(expected, Has.Count.GreaterThan(10000), "the table grew several times");
        Assert.That(tally.Count, Is.EqualTo(expected.Count));
        foreach (TallyRow row in tally.Rows())
            if (!expected.Remove((row.Place, row.Key), out (long, Area) sum) || sum != (row.Pixels, row.Area))
                Assert.Fail($"place {row.Place}, key {row.Key}: {row.Pixels} pixels, {row.Area} km2");
        Assert.That(expected, Is.Empty, "every pair is a row");
    }

    /// <summary>
    /// Pairs chosen so that place and key would run into each other if they were merely added or shifted together.
    /// </summary>
    [Test]
    public void PlacesAndKeysThatHashAlikeStayApart()
    {
        var tally = new Tally();
        var pairs = new HashSet<(int Place, ulong Key)>();
        for (int place = -3; place <= 300; place++)
            foreach (
                ulong key in new ulong[]
                {
                    0, 1, 1UL << 40, 2UL << 40, 7UL << 40, unchecked((ulong)(uint)place << 40), ulong.MaxValue,
                    ulong.MaxValue << 40
                })
                pairs.Add((place, key));
        long n = 0;
        foreach ((int place, ulong key) in pairs)
            tally.Add(place, key, ++n, new Area(n));
        Assert.That(tally.Count, Is.EqualTo(pairs.Count));
        Assert.That(pairs.SetEquals(tally.Rows().Select(r => (r.Place, r.Key))), Is.True);
        Assert.That(tally.Rows().Sum(r => r.Pixels), Is.EqualTo(n * (n + 1) / 2));
    }

    [Test]
    public void MergingIsAssociativeAndCommutative()
    {
        Tally[] parts = [.. Enumerable.Range(0, 3).Select(Part)];
        Tally left = Merged(Merged(parts[0], parts[1]), parts[2]), right = Merged(parts[0], Merged(parts[1], parts[2]));
        Tally turned = Merged(parts[2], Merged(parts[1], parts[0]));
        Assert.That(Content(left), Is.EqualTo(Content(right)));
        Assert.That(Content(turned), Is.EqualTo(Content(left)));
        Assert.That(left.Rows().Sum(r => r.Pixels), Is.EqualTo(parts.Sum(p => p.Rows().Sum(r => r.Pixels))), "nothing is lost");
        Assert.That(Content(Merged(left, new Tally(2))), Is.EqualTo(Content(left)), "the empty table changes nothing");
    }

    [Test]
    public void MergingTranslatesPlaces()
    {
        var source = new Tally(1);
        source.Add(1, 5, 2, new Area(20), [7]);
        source.Add(2, 5, 3, new Area(30), [8]);
        var target = new Tally(1);
        target.Add(9, 5, 1, new Area(10), [1]);
        target.Merge(source, place => 9);
        TallyRow row = target.Rows().Single();
        Assert.That((row.Place, row.Pixels, row.Area, row.Sums.Span[0]), Is.EqualTo((9, 6L, new Area(60), (Int128)16)));
    }

    [Test]
    public void SumsSurviveGrowthAndOverflowIsAnError()
    {
        var tally = new Tally(2);
        for (int i = 0; i < 5000; i++)
            tally.Add(i % 7, (ulong)(i / 2), 1, new Area(1), [i, -i]);
        Assert.That(tally.Rows().Sum(r => (long)r.Sums.Span[0]), Is.EqualTo(5000L * 4999 / 2));
        Assert.That(tally.Rows().Sum(r => (long)r.Sums.Span[1]), Is.EqualTo(-5000L * 4999 / 2));
        tally.Add(99, 0, 1, new Area(1), [Int128.MaxValue, Int128.MinValue]);
        Assert.That(() => tally.Add(99, 0, 1, new Area(1), [1, 0]), Throws.TypeOf<OverflowException>());
        Assert.That(() => tally.Add(99, 0, 1, new Area(1), [0, -1]), Throws.TypeOf<OverflowException>());
        var other = new Tally(2);
        other.Add(99, 0, 1, new Area(1), [1, 0]);
        Assert.That(() => tally.Merge(other), Throws.TypeOf<OverflowException>());
    }

    [Test]
    public void PlanesAreTheBytesOfTheKeyFromTheLowest()
    {
        var row = new TallyRow(0, 0x8877665544332211, 0, default, default);
        Assert.That(
            Enumerable.Range(0, 8).Select(row.Plane), Is.EqualTo(new byte[] { 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77, 0x88 }));
    }

    private static Tally Part(int seed)
    {
        var random = new Random(seed);
        var tally = new Tally(2);
        for (int i = 0; i < 3000; i++)
            tally.Add(
                random.Next(20), (ulong)random.Next(200), random.Next(1, 9), new Area(random.NextInt64()),
                [random.NextInt64(), -random.NextInt64()]);
        return tally;
    }

    private static Tally Merged(Tally left, Tally right)
    {
        var result = new Tally(2);
        result.Merge(left);
        result.Merge(right);
        return result;
    }

    private static List<(int, ulong, long, Area, Int128, Int128)> Content(Tally tally) =>
        [.. tally.Rows().Select(r => (r.Place, r.Key, r.Pixels, r.Area, r.Sums.Span[0], r.Sums.Span[1])).Order()];
}
