using System.Numerics;
using Ldn.Compare;
using Ldn.Counting;

namespace Ldn.Tests.Compare;

/// <summary>Shapley values against counting out all orders, in whole numbers.</summary>
internal sealed class ShapleyTests
{
    [Test]
    public void ContributionsAddUpAndAreTheMeanOverAllOrders([Range(0, 6)] int count)
    {
        var random = new Random(count);
        for (int round = 0; round < 20; round++)
        {
            Int128[] values = [.. Enumerable.Range(0, 1 << count).Select(_ => (Int128)random.NextInt64() * 100_000_007)];
            Share[] shares = Shapley.Of(values);
            Assert.That(
                shares.Aggregate(new Ratio(0, 1), (sum, s) => sum + s.Contribution), Is.EqualTo((Ratio)(values[^1] - values[0])));
            int[][] orders = [.. Orders([.. Enumerable.Range(0, count)])];
            for (int i = 0; i < count; i++)
            {
                Int128[] effects = [.. orders.Select(order =>
                {
                    int set = order.TakeWhile(f => f != i).Sum(f => 1 << f);
                    return values[set | 1 << i] - values[set];
                })];
                Assert.That(
                    shares[i].Contribution,
                    Is.EqualTo(new Ratio(effects.Aggregate(BigInteger.Zero, (s, e) => s + (BigInteger)e), orders.Length)));
                Assert.That((shares[i].Low, shares[i].High), Is.EqualTo((effects.Min(), effects.Max())));
            }
        }
    }

    /// <summary>Rounded parts add up to the printed whole, are next to the exact ones, and turn round with them.</summary>
    [Test]
    public void RoundedPartsAddUpAndTurnRound()
    {
        var random = new Random(7);
        for (int round = 0; round < 500; round++)
        {
            Ratio[] parts = [.. Enumerable.Range(0, 1 + random.Next(6))
                .Select(_ => new Ratio(random.Next(-900, 900), 1 + random.Next(7)))];
            Ratio sum = parts.Aggregate((a, b) => a + b);
            BigInteger whole = new((decimal)Math.Round(sum.ToDouble(), MidpointRounding.AwayFromZero));
            BigInteger[] rounded = Shapley.Rounded(parts, whole);
            Assert.That(rounded.Aggregate((a, b) => a + b), Is.EqualTo(whole));
            for (int i = 0; i < parts.Length; i++)
                Assert.That(Math.Abs((parts[i] - new Ratio(rounded[i], 1)).ToDouble()), Is.LessThanOrEqualTo(1.5));
            Assert.That(
                Shapley.Rounded([.. parts.Select(p => new Ratio(0, 1) - p)], -whole), Is.EqualTo(rounded.Select(r => -r)));
        }
    }

    private static IEnumerable<int[]> Orders(int[] left) => left.Length == 0 ? [[]]
        : left.SelectMany(first => Orders([.. left.Where(l => l != first)]).Select(rest => rest.Prepend(first).ToArray()));
}
