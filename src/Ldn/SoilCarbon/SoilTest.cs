using MathNet.Numerics.Distributions;

namespace Ldn.SoilCarbon;

/// <summary>
/// The statistical test of soil carbon (drought §7): the mean of a period's yearly stocks is held against the bounds of the
/// baseline's mean, b̄ ± t((1+L)/2, n−1)·s/√n, or with a standard error b̄ ± Φ⁻¹((1+L)/2)·SE.
/// </summary>
/// <param name="Level">Level of confidence L, above 0 and below 1.</param>
internal sealed record SoilTest(double Level)
{
    /// <summary>Fewest yearly stocks of the baseline where no standard error is given.</summary>
    public const int FewestYears = 3;

    private readonly double _z = Normal.InvCDF(0, 1, (1 + Level) / 2);
    private readonly double[] _t =
    [
        .. Enumerable.Range(0, 256).Select(n => n < FewestYears ? double.NaN : StudentT.InvCDF(0, 1, n - 1, (1 + Level) / 2)),
    ];

    /// <summary>What the test has to go by in a cell, t C/ha; NaN where it is not known.</summary>
    /// <param name="Mean">Of the baseline's years.</param>
    /// <param name="Low">Lower bound of the mean.</param>
    /// <param name="High">Upper bound.</param>
    /// <param name="Later">Mean of the period's years.</param>
    public readonly record struct Figures(double Mean, double Low, double High, double Later)
    {
        /// <summary>−1 below the bounds, 1 above, 0 between them or on one; null where anything is missing.</summary>
        public int? Verdict => double.IsNaN(Low) || double.IsNaN(Later) ? null : Later < Low ? -1 : Later > High ? 1 : 0;
    }

    /// <summary>The figures of a cell. Years without a stock are left out; sums are in the order of the years.</summary>
    /// <param name="baseline">Yearly stocks of the baseline, t C/ha, NaN missing; fewer than 256.</param>
    /// <param name="later">Yearly stocks of the period.</param>
    /// <param name="standardError">Of the baseline's mean; null: from its years, at least <see cref="FewestYears"/>.</param>
    public Figures Of(ReadOnlySpan<double> baseline, ReadOnlySpan<double> later, double? standardError)
    {
        (double mean, int n) = Mean(baseline);
        double half = standardError is { } error ? _z * error : double.NaN;
        if (standardError is null && n >= FewestYears)
        {
            double squares = 0;
            foreach (double stock in baseline)
                squares += double.IsNaN(stock) ? 0 : (stock - mean) * (stock - mean);
            half = _t[n] * Math.Sqrt(squares / (n - 1)) / Math.Sqrt(n);
        }

        return new Figures(mean, mean - half, mean + half, Mean(later).Mean);
    }

    private static (double Mean, int Years) Mean(ReadOnlySpan<double> stocks)
    {
        double sum = 0;
        int n = 0;
        foreach (double stock in stocks)
            if (!double.IsNaN(stock))
                (sum, n) = (sum + stock, n + 1);
        return (n == 0 ? double.NaN : sum / n, n);
    }
}
