namespace Ldn.Productivity.Laws;

/// <summary>The complementary error function, for probabilities of normal values.</summary>
internal static class NormalTail
{
    // Below, the series converges in under 60 terms without cancellation that matters; above, the continued fraction in under 90.
    private const double Switch = 1.75;

    /// <summary>erfc(x) for x ≥ 0; relative error below 1e-14 up to x = 26, where it underflows to 0.</summary>
    public static double Erfc(double x)
    {
        if (x > 27)
            return 0;
        return x < Switch ? 1 - Erf(x) : Math.Exp(-x * x) / Math.Sqrt(Math.PI) * UpperFraction(x);
    }

    /// <summary>erf(x) = 2/√π e^(−x²) Σ 2ⁿ x^(2n+1) / (2n+1)!!, all terms positive.</summary>
    private static double Erf(double x)
    {
        double term = x, sum = x;
        for (int n = 1; term > sum * 1e-17; n++)
        {
            term *= 2 * x * x / ((2 * n) + 1);
            sum += term;
        }

        return 2 / Math.Sqrt(Math.PI) * Math.Exp(-x * x) * sum;
    }

    /// <summary>1/(x + (1/2)/(x + (2/2)/(x + (3/2)/(x + …)))), evaluated from the far end.</summary>
    private static double UpperFraction(double x)
    {
        double tail = x;
        for (int k = 120; k >= 1; k--)
            tail = x + (k / 2.0 / tail);
        return 1 / tail;
    }
}
