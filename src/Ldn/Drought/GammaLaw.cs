using MathNet.Numerics;
using MathNet.Numerics.RootFinding;

namespace Ldn.Drought;

/// <summary>
/// The standardised precipitation index: a gamma distribution with a mass at zero (drought §1.4). The law, written to be read;
/// <see cref="GammaYears"/> evaluates many years of a cell at once.
/// </summary>
public static class GammaLaw
{
    private const double LeastSpread = 1e-10;
    private const double RootAccuracy = 1e-13, FirstTermAlone = 1e-13;

    /// <summary>Fits the reference.</summary>
    /// <param name="reference">Totals of the reference years in their order, mm; NaN missing.</param>
    /// <param name="options">Fit, fewest years and positives.</param>
    public static ReferenceFit Fit(ReadOnlySpan<double> reference, IndexOptions options)
    {
        int years = 0, zeros = 0;
        double sum = 0, logarithms = 0;
        foreach (double x in reference)
        {
            if (double.IsNaN(x))
                continue;
            years++;
            if (x > 0)
            {
                sum += x;
                logarithms += Math.Log(x);
            }
            else
                zeros++;
        }

        int positives = years - zeros;
        if (years < options.FewestYears)
            return new ReferenceFit(FitState.Short, years, zeros);
        double mean = sum / positives, spread = Math.Log(mean) - (logarithms / positives);

        // Not above the least, so that NaN, of no positives at all, is dry too.
        if (positives < options.MinPositive || !(spread > LeastSpread))
            return new ReferenceFit(FitState.Dry, years, zeros);
        double thom = (1 + Math.Sqrt(1 + (4 * spread / 3))) / (4 * spread);
        double shape = options.Fit == IndexFit.MaximumLikelihood ? MostLikely(thom, spread) : thom;
        return new ReferenceFit(FitState.Fitted, years, zeros, shape, mean / shape);
    }

    /// <summary>The index of a total, mm; NaN where it is missing or the fit has none.</summary>
    public static double Index(double total, in ReferenceFit fit, IndexOptions options)
    {
        if (double.IsNaN(total) || !fit.HasIndex)
            return double.NaN;
        double below = total > 0 ? Below(total, fit) : 0, above = total > 0 ? Above(total, fit) : 1;
        return Index(total, below, above, fit, options);
    }

    /// <summary>The share of the positive totals below one above zero: P(α, x/β).</summary>
    public static double Below(double total, in ReferenceFit fit)
    {
        double t = total / fit.B;

        // The library takes arguments as small as this for 0; the first term of the series is then all of it.
        return t > FirstTermAlone
            ? SpecialFunctions.GammaLowerRegularized(fit.A, t)
            : Math.Exp((fit.A * Math.Log(t)) - SpecialFunctions.GammaLn(fit.A + 1));
    }

    /// <summary>The share above: Q(α, x/β).</summary>
    public static double Above(double total, in ReferenceFit fit) => total / fit.B > FirstTermAlone
        ? SpecialFunctions.GammaUpperRegularized(fit.A, total / fit.B)
        : 1 - Below(total, fit);

    /// <summary>The index of a total of which <paramref name="below"/> and <paramref name="above"/> are known.</summary>
    internal static double Index(double total, double below, double above, in ReferenceFit fit, IndexOptions options)
    {
        bool centre = options.Zeros == ZeroRule.Centre;
        double zero = centre ? fit.Zeros / (fit.Years + 1d) : fit.Zeros / (double)fit.Years;
        if (total > 0)
            return StandardNormal.Index(zero + ((1 - zero) * below), (1 - zero) * above, options.Clip);
        double at = centre ? (fit.Zeros + 1) / (2 * (fit.Years + 1d)) : zero;
        return StandardNormal.Index(at, 1 - at, options.Clip);
    }

    /// <summary>The root of ln α − ψ(α) = A; the left side falls from ∞ to 0, and Thom's value lies close.</summary>
    private static double MostLikely(double thom, double spread)
    {
        double Excess(double shape) => Math.Log(shape) - SpecialFunctions.DiGamma(shape) - spread;
        double low = thom / 2, high = thom * 2;
        while (Excess(low) < 0)
            low /= 2;
        while (Excess(high) > 0)
            high *= 2;
        return Brent.FindRoot(Excess, low, high, RootAccuracy, 200);
    }
}

/// <summary>The scale of standardised indices (drought §1.4, §1.7).</summary>
internal static class StandardNormal
{
    /// <summary>
    /// The standard normal deviate below which a share lies; of the two shares the smaller tells it, for it keeps its digits.
    /// Within ±<paramref name="clip"/>, infinities too.
    /// </summary>
    public static double Index(double below, double above, double clip) =>
        Math.Clamp(below <= 0.5 ? Quantile(below) : -Quantile(above), -clip, clip);

    private static double Quantile(double share) => MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, share);
}
