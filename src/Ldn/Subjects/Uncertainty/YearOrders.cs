using Ldn.Accuracy;

namespace Ldn.Subjects.Uncertainty;

/// <summary>
/// Seeded orders of years (firmness U2): Fisher–Yates with a counter-based generator, so that an order follows from seed and
/// number alone. The order of the years as they were is never among them.
/// </summary>
public static class YearOrders
{
    private const ulong Stream = 0x5ea5;

    /// <param name="seed">Another seed, other orders.</param>
    /// <param name="number">Number of the order, from 0.</param>
    /// <param name="years">Years, at least two.</param>
    /// <returns>Which year stands in the place of each.</returns>
    public static int[] Of(ulong seed, int number, int years)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(years, 2);
        for (int attempt = 0; ; attempt++)
        {
            int[] order = [.. Enumerable.Range(0, years)];
            for (int i = years - 1; i > 0; i--)
            {
                ulong random = PointSample.Hash(seed, Stream + (ulong)attempt, number, i);
                int at = (int)(((UInt128)random * (ulong)(i + 1)) >> 64);
                (order[i], order[at]) = (order[at], order[i]);
            }

            for (int i = 0; i < years; i++)
                if (order[i] != i)
                    return order;
        }
    }
}
