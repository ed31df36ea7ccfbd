using System.Numerics;
using Ldn.Counting;

namespace Ldn.Compare;

/// <summary>
/// What one factor has to do with a difference: its Shapley value, exact; its effect where it is replaced first and last; and the
/// smallest and largest effect it has in any order.
/// </summary>
/// <param name="Contribution">
/// In the unit of the figure that is shared out; all shares add up to its difference exactly.</param>
internal readonly record struct Share(Ratio Contribution, Int128 FirstIn, Int128 LastIn, Int128 Low, Int128 High);

/// <summary>
/// Shapley values (firmness U8): a set function over n factors given by its values for all 2ⁿ sets, bit i of the index saying
/// whether factor i is replaced. Contributions are integers over n! and add up to v(all) − v(none) exactly.
/// </summary>
internal static class Shapley
{
    /// <summary>Most factors: n! times an area must stay far below 128 bits.</summary>
    public const int Most = 10;

    /// <param name="values">2ⁿ values, n from 0 to <see cref="Most"/>.</param>
    /// <returns>One share a factor.</returns>
    public static Share[] Of(ReadOnlySpan<Int128> values)
    {
        int count = BitOperations.Log2((uint)values.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, 1 << count, nameof(values));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, Most, nameof(values));
        long[] weights = Weights(count);
        long orders = Factorial(count);
        var shares = new Share[count];
        for (int i = 0; i < count; i++)
        {
            Int128 sum = 0, low = Int128.MaxValue, high = Int128.MinValue;
            for (int set = 0; set < values.Length; set++)
            {
                if ((set >> i & 1) != 0)
                    continue;
                Int128 effect = values[set | 1 << i] - values[set];
                sum += weights[BitOperations.PopCount((uint)set)] * effect;
                (low, high) = (Int128.Min(low, effect), Int128.Max(high, effect));
            }

            int last = values.Length - 1;
            shares[i] = new Share(
                new Ratio(sum, orders), values[1 << i] - values[0], values[last] - values[last ^ 1 << i], low, high);
        }

        return shares;
    }

    /// <summary>The same of real numbers, such as shares of land: contributions alone.</summary>
    public static double[] Of(ReadOnlySpan<double> values)
    {
        int count = BitOperations.Log2((uint)values.Length);
        long[] weights = Weights(count);
        var sums = new double[count];
        for (int set = 0; set < values.Length; set++)
            for (int i = 0; i < count; i++)
                if ((set >> i & 1) == 0)
                    sums[i] += weights[BitOperations.PopCount((uint)set)] * (values[set | 1 << i] - values[set]);
        return [.. sums.Select(s => s / Factorial(count))];
    }

    /// <summary>
    /// Rounds parts to whole units so that they add up to a whole: toward zero, and what is left goes to those that lost most.
    /// Parts and whole of the other sign round to the same figures of the other sign.
    /// </summary>
    /// <param name="parts">Exact parts, in units.</param>
    /// <param name="whole">Their sum as it is printed, in units.</param>
    public static BigInteger[] Rounded(IReadOnlyList<Ratio> parts, BigInteger whole)
    {
        BigInteger[] rounded = [.. parts.Select(p => BigInteger.Divide(p.Numerator, p.Denominator))];
        BigInteger left = rounded.Aggregate(whole, (rest, part) => rest - part);
        int sign = left.Sign;
        int[] order = [.. Enumerable.Range(0, parts.Count)
            .OrderByDescending(i => (parts[i] - new Ratio(rounded[i], 1)) * new Ratio(sign, 1))];
        for (int i = 0; i < order.Length && !left.IsZero; i = (i + 1) % order.Length)
        {
            rounded[order[i]] += sign;
            left -= sign;
        }

        return rounded;
    }

    private static long[] Weights(int count) =>
        [.. Enumerable.Range(0, Math.Max(1, count)).Select(size => Factorial(size) * Factorial(Math.Max(0, count - size - 1)))];

    private static long Factorial(int n) => n <= 1 ? 1 : n * Factorial(n - 1);
}
