namespace Ldn.Drought;

/// <summary>
/// The standardised precipitation-evapotranspiration index: a log-logistic (generalised logistic) distribution by L-moments
/// (drought §1.5).
/// </summary>
public static class LogLogisticLaw
{
    private const double LeastScale = 1e-10, StraightShape = 1e-6, PlottingShift = 0.35;

    /// <summary>Fits the reference.</summary>
    /// <param name="sorted">Balances of the reference years that have one, mm, ascending.</param>
    /// <param name="options">Fit and fewest years.</param>
    public static ReferenceFit Fit(ReadOnlySpan<double> sorted, IndexOptions options)
    {
        int n = sorted.Length;
        if (n < options.FewestYears)
            return new ReferenceFit(FitState.Short, n, 0);
        (double w0, double w1, double w2) = options.Fit == IndexFit.PlottingPositions ? Plotted(sorted) : Unbiased(sorted);
        double scale = w0 - (2 * w1), skew = w0 - (6 * w1) + (6 * w2), shape = -skew / scale;
        if (!(scale > LeastScale) || !(Math.Abs(shape) < 1))
            return new ReferenceFit(FitState.Dry, n, 0);
        if (Math.Abs(shape) <= StraightShape)
            return new ReferenceFit(FitState.Fitted, n, 0, scale, w0);
        double sine = Math.Sin(Math.PI * shape), a = scale * sine / (Math.PI * shape);
        return new ReferenceFit(FitState.Fitted, n, 0, a, w0 - (a * ((1 / shape) - (Math.PI / sine))), shape);
    }

    /// <summary>The index of a balance, mm; NaN where it is missing or the fit has none.</summary>
    public static double Index(double balance, in ReferenceFit fit, IndexOptions options)
    {
        if (double.IsNaN(balance) || !fit.HasIndex)
            return double.NaN;
        double logit = Logit(balance, fit);
        return StandardNormal.Index(1 / (1 + Math.Exp(-logit)), 1 / (1 + Math.Exp(logit)), options.Clip);
    }

    /// <summary>The share of balances below one.</summary>
    public static double Below(double balance, in ReferenceFit fit) => 1 / (1 + Math.Exp(-Logit(balance, fit)));

    private static double Logit(double x, in ReferenceFit fit)
    {
        if (fit.C == 0)
            return (x - fit.B) / fit.A;
        double u = 1 - (fit.C * (x - fit.B) / fit.A);
        return u > 0 ? -Math.Log(u) / fit.C : fit.C < 0 ? double.NegativeInfinity : double.PositiveInfinity;
    }

    private static (double W0, double W1, double W2) Unbiased(ReadOnlySpan<double> x)
    {
        double n = x.Length, sum = 0, first = 0, second = 0;
        for (int i = 1; i <= x.Length; i++)
        {
            sum += x[i - 1];
            first += x[i - 1] * (n - i) / (n - 1);
            second += x[i - 1] * (n - i) * (n - i - 1) / ((n - 1) * (n - 2));
        }

        return (sum / n, first / n, second / n);
    }

    private static (double W0, double W1, double W2) Plotted(ReadOnlySpan<double> x)
    {
        double n = x.Length, sum = 0, first = 0, second = 0;
        for (int i = 1; i <= x.Length; i++)
        {
            double rest = 1 - ((i - PlottingShift) / n);
            sum += x[i - 1];
            first += x[i - 1] * rest;
            second += x[i - 1] * rest * rest;
        }

        return (sum / n, first / n, second / n);
    }
}

/// <summary>How far a fitted distribution lies from its reference (drought §1.8). A flag, no test.</summary>
internal static class Goodness
{
    private const double Limit = 1.36;

    /// <summary>The largest distance D between the fitted and the counted share.</summary>
    /// <param name="below">Fitted shares below each value of the reference, ascending.</param>
    public static double Distance(ReadOnlySpan<double> below)
    {
        double most = 0, m = below.Length;
        for (int i = 0; i < below.Length; i++)
            most = Math.Max(most, Math.Max(((i + 1) / m) - below[i], below[i] - (i / m)));
        return most;
    }

    /// <summary>Whether a distance is told as a poor fit.</summary>
    public static bool IsPoor(double distance, int values) => distance > Limit / Math.Sqrt(values);
}
