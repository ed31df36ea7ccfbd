using Ldn.Counting;
using Ldn.Subjects.Uncertainty;

namespace Ldn.Tests.Subjects.Uncertainty;

internal sealed class ChanceTests
{
    [Test]
    public void OrdersAreSeededPermutationsAndNeverTheYearsAsTheyWere()
    {
        for (int number = 0; number < 500; number++)
        {
            int[] order = YearOrders.Of(1, number, 16);
            Assert.That(order.Order(), Is.EqualTo(Enumerable.Range(0, 16)));
            Assert.That(order, Is.EqualTo(YearOrders.Of(1, number, 16)));
            Assert.That(YearOrders.Of(7, number, 2), Is.EqualTo(new[] { 1, 0 }), "of two years there is one other order");
        }

        Assert.That(YearOrders.Of(2, 0, 16), Is.Not.EqualTo(YearOrders.Of(1, 0, 16)));
    }

    /// <summary>Each of the five orders of three years beside the identity comes about as often as the others.</summary>
    [Test]
    public void EveryOrderIsAsLikely()
    {
        int[] counts = [
            .. Enumerable.Range(0, 6000).GroupBy(n => string.Join(',', YearOrders.Of(3, n, 3))).Select(g => g.Count())];
        Assert.That(counts, Has.Length.EqualTo(5).And.All.InRange(1080, 1320), "1,200 expected, four standard deviations");
    }

    [Test]
    public void TheBandOf39IsFromTheSmallestToTheLargest()
    {
        Ratio?[] shuffled = [.. Enumerable.Range(1, 39).Select(i => (Ratio?)(Ratio)(long)i)];
        ChanceBand inside = ChanceBand.Of((Ratio)20L, shuffled)!, below = ChanceBand.Of((Ratio)0L, shuffled)!;
        Assert.That((inside.Low, inside.Median, inside.High, inside.Rank, inside.IsOutside), Is.EqualTo(((Ratio)1L, (Ratio)20L,
            (Ratio)39L, 20, false)));
        Assert.That((below.Rank, below.IsOutside), Is.EqualTo((1, true)));
        Assert.That(ChanceBand.Of((Ratio)99L, shuffled)!.Rank, Is.EqualTo(40));
        Ratio?[] many = [.. Enumerable.Range(1, 199).Select(i => (Ratio?)(Ratio)(long)i)];
        Assert.That((ChanceBand.Of((Ratio)3L, many)!.Low, ChanceBand.Of((Ratio)3L, many)!.High), Is.EqualTo(((Ratio)5L,
            (Ratio)195L)));
        Assert.That(ChanceBand.Of(null, shuffled), Is.Null);
    }
}
