namespace Ldn.Tests.Drought;

/// <summary>
/// Indices once more, plainly and slowly, sharing no code with the product: sums of series, bisection, nothing known beforehand.
/// </summary>
internal static class SlowIndex
{
    /// <summary>SPI of every total; the reference are the totals between two places.</summary>
    public static double[] Spi(
        double[] totals, int from, int to, double clip, bool likelihood = false, bool centre = false, int fewest = 26,
        int positives = 10)
    {
        double[] reference = [.. totals[from..to].Where(x => !double.IsNaN(x))];
        double[] wet = [.. reference.Where(x => x > 0)];
        if (reference.Length < fewest || wet.Length < positives || wet.Distinct().Count() == 1)
            return [.. totals.Select(_ => double.NaN)];
        double mean = wet.Sum() / wet.Length, a = Math.Log(mean) - (wet.Sum(x => Math.Log(x)) / wet.Length);
        double alpha = likelihood
            ? Root(s => Math.Log(s) - ((LogGamma(s + 1e-4) - LogGamma(s - 1e-4)) / 2e-4) - a, 1e-3, 1e6)
            : (1 + Math.Sqrt(1 + (4 * a / 3))) / (4 * a);
        int n = reference.Length, n0 = n - wet.Length;
        double zero = centre ? n0 / (n + 1.0) : n0 / (double)n;
        return [.. totals.Select(x =>
        {
            if (double.IsNaN(x))
                return double.NaN;
            double h = x > 0 ? zero + ((1 - zero) * Gamma(alpha, x * alpha / mean)) : centre ? (n0 + 1) / (2.0 * (n + 1)) : zero;
            return Deviate(h, clip);
        })];
    }

    /// <summary>SPEI of every balance.</summary>
    public static double[] Spei(double[] balances, int from, int to, double clip, int fewest = 26)
    {
        double[] x = [.. balances[from..to].Where(v => !double.IsNaN(v)).Order()];
        int n = x.Length;
        if (n < fewest)
            return [.. balances.Select(_ => double.NaN)];

        // L-moments as means over all subsets of the sample: what the weights of the moments stand for.
        double l1 = x.Average(), l2 = 0, l3 = 0, pairs = 0, triples = 0;
        for (int i = 0; i < n; i++)
            for (int j = i + 1; j < n; j++)
            {
                (l2, pairs) = (l2 + ((x[j] - x[i]) / 2), pairs + 1);
                for (int k = j + 1; k < n; k++)
                    (l3, triples) = (l3 + ((x[k] - (2 * x[j]) + x[i]) / 3), triples + 1);
            }

        (l2, l3) = (l2 / pairs, l3 / triples);
        double kappa = -l3 / l2, alpha = l2 * Math.Sin(kappa * Math.PI) / (kappa * Math.PI);
        double xi = l1 - (alpha * ((1 / kappa) - (Math.PI / Math.Sin(kappa * Math.PI))));
        return [.. balances.Select(b =>
        {
            double u = 1 - (kappa * (b - xi) / alpha);
            return double.IsNaN(b) ? double.NaN
                : u <= 0 ? (kappa < 0 ? -clip : clip)
                : Deviate(1 / (1 + Math.Pow(u, 1 / kappa)), clip);
        })];
    }

    /// <summary>The regularised lower incomplete gamma function by its power series.</summary>
    public static double Gamma(double a, double x)
    {
        double term = 1 / a, sum = term;
        for (int n = 1; n < 100_000 && term > sum * 1e-18; n++)
        {
            term *= x / (a + n);
            sum += term;
        }

        return Math.Min(1, sum * Math.Exp((a * Math.Log(x)) - x - LogGamma(a)));
    }

    private static double Deviate(double share, double clip) =>
        share <= 0 ? -clip : share >= 1 ? clip : Math.Clamp(Root(z => share - Normal(z), -9, 9), -clip, clip);

    /// <summary>The normal distribution by the series of its integral.</summary>
    private static double Normal(double z)
    {
        double term = z, sum = z;
        for (int n = 1; n < 250; n++)
        {
            term *= z * z / ((2 * n) + 1);
            sum += term;
        }

        return 0.5 + (sum * Math.Exp(-z * z / 2) / Math.Sqrt(2 * Math.PI));
    }

    /// <summary>Stirling's series after the argument is carried beyond 30.</summary>
    private static double LogGamma(double x)
    {
        double shift = 0;
        for (; x < 30; x++)
            shift += Math.Log(x);
        return ((x - 0.5) * Math.Log(x)) - x + (Math.Log(2 * Math.PI) / 2) + (1 / (12 * x)) - (1 / (360 * x * x * x))
            + (1 / (1260 * Math.Pow(x, 5))) - (1 / (1680 * Math.Pow(x, 7))) - shift;
    }

    /// <summary>Where a falling function is zero.</summary>
    private static double Root(Func<double, double> falling, double low, double high)
    {
        for (int i = 0; i < 70; i++)
        {
            double middle = (low + high) / 2;
            (low, high) = falling(middle) > 0 ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }
}
