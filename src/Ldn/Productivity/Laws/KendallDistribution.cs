namespace Ldn.Productivity.Laws;

/// <summary>The exact distribution of Mann–Kendall's S where nothing but the order of years decides and none are equal.</summary>
public static class KendallDistribution
{
    /// <summary>Two-sided probability of |S| at least as large, of so many values without ties: 1 at 0.</summary>
    /// <remarks>
    /// The k-th value stands above or below each of the k − 1 before it, all k splits alike: S is a sum of independent uniform
    /// steps.
    /// </remarks>
    /// <returns>Probabilities by |S|, from 0 to n (n − 1) / 2.</returns>
    public static double[] TwoSided(int n)
    {
        // By the number of falling pairs, 0 to n (n − 1) / 2; S = pairs − 2 × falling.
        double[] falling = [1];
        for (int k = 2; k <= n; k++)
        {
            var next = new double[falling.Length + k - 1];
            for (int i = 0; i < falling.Length; i++)
                for (int step = 0; step < k; step++)
                    next[i + step] += falling[i] / k;
            falling = next;
        }

        int pairs = n * (n - 1) / 2;
        var p = new double[pairs + 1];
        double beyond = 0;
        for (int i = 0; 2 * i <= pairs; i++)
        {
            // Both tails, which are equal; S = 0 has one middle.
            beyond += falling[i] * (2 * i == pairs ? 1 : 2);
            p[pairs - (2 * i)] = Math.Min(1, beyond);
        }

        return p;
    }
}
