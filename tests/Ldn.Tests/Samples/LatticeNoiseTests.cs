using Ldn.Samples;

namespace Ldn.Tests.Samples;

internal sealed class LatticeNoiseTests
{
    [TestCase(7, 7, 1)]
    [TestCase(6, 5, 2)]
    [TestCase(1, 3, 1)]
    [TestCase(0, 0, 0)]
    public void RowsFollowTheLawInAnyOrderAndWindow(int coarseX, int coarseY, int finest)
    {
        var noise = new LatticeNoise(99, coarseX, coarseY, finest, 180);
        foreach ((int column, int width) in new[] { (0, 1), (0, 130), (5, 64), (511, 513), (1000, 17) })
        {
            var rows = new NoiseRows(noise, column, width);
            var ranks = new int[width];
            foreach (int row in new[] { 0, 1, 2, 3, 4, 9, 8, 127, 128, 129, 5000, 0 })
            {
                rows.Fill(row, ranks);
                Assert.That(
                    ranks, Is.EqualTo(Enumerable.Range(column, width).Select(x => noise.Rank(noise.At(x, row)))),
                    $"row {row}, column {column}");
            }
        }
    }

    [Test]
    public void RanksAreEvenlySpread()
    {
        var noise = new LatticeNoise(7, 3, 3, 1, 170);
        var counts = new int[10];
        for (int y = 0; y < 500; y++)
            for (int x = 0; x < 500; x++)
                counts[noise.Rank(noise.At(x, y)) * 10 / 65536]++;
        Assert.That(counts, Has.All.InRange(20000, 30000));
    }

    [Test]
    public void NeighboursAreAlikeAndSeedsAreNot()
    {
        var noise = new LatticeNoise(1, 8, 8, 1, 128);
        var other = new LatticeNoise(2, 8, 8, 1, 128);
        int near = 0, different = 0;
        for (int x = 0; x < 1000; x++)
        {
            int rank = noise.Rank(noise.At(x, 40));
            near += Math.Abs(rank - noise.Rank(noise.At(x + 1, 40))) < 3000 ? 1 : 0;
            different += Math.Abs(rank - other.Rank(other.At(x, 40))) > 3000 ? 1 : 0;
        }

        Assert.That(near, Is.GreaterThan(900));
        Assert.That(different, Is.GreaterThan(700));
    }
}
