using Ldn.Indicator;

namespace Ldn.Productivity.Laws;

/// <summary>Land productivity dynamics of one pixel by the FAO-WOCAT rule (method §4.2).</summary>
internal static class FaoWocatLaw
{
    /// <summary>
    /// LPD class 1…5, or 0 where the trend is no data or fewer than two of the first or of the last years are valid.
    /// </summary>
    /// <param name="series">One value a year of the window; not finite = missing.</param>
    /// <param name="trend">Condition of the trend: 1 falling, 2 none, 3 rising, 0 no data.</param>
    /// <param name="greatest">Greatest NDVI of the window, NaN where it is not known.</param>
    /// <param name="options">Years compared and thresholds.</param>
    public static byte Lpd(ReadOnlySpan<double> series, byte trend, double greatest, ProductivityOptions options)
    {
        FaoWocatFigures figures = Figures(series, options);
        return trend == ConditionCode.NoData || !figures.Known
            ? (byte)LpdClass.NoData
            : Lpd(trend, figures.LastNotAbove, figures.InitialBiomass, figures.Change, greatest, options);
    }

    /// <summary>What the rule asks of a series, all within rounding noise.</summary>
    internal static FaoWocatFigures Figures(ReadOnlySpan<double> series, ProductivityOptions options)
    {
        int n = options.FaoWocatYears;
        (double firstMean, int firstYears) = ValidValues.Mean(series[..n]);
        (double lastMean, int lastYears) = ValidValues.Mean(series[^n..]);
        Span<double> sorted = stackalloc double[SeriesWindow.MostYears];
        sorted = sorted[..ValidValues.Copy(series, sorted)];
        if (firstYears < 2 || lastYears < 2 || sorted.Length < options.MinYears)
            return default;

        sorted.Sort();
        double noise = PercentileClasses.NoiseOf(sorted);
        int change = PercentileClasses.Of(lastMean, sorted, noise) - PercentileClasses.Of(firstMean, sorted, noise);
        return new FaoWocatFigures(true, LastNotAbove(series, lastMean, sorted.Length * noise), firstMean - noise, change);
    }

    /// <summary>From the figures: steadiness a, initial biomass b, emerging state c, their code, its class.</summary>
    internal static byte Lpd(
        byte trend, bool lastNotAbove, double firstMean, int change, double greatest, ProductivityOptions options)
    {
        if (greatest <= options.FaoWocatDesert)
            return (byte)LpdClass.Stable;
        (int a, int b, int c) = Parts(trend, lastNotAbove, firstMean, change, options);
        return (byte)Class(Code(a, b, c));
    }

    /// <summary>Steadiness a, initial biomass b and emerging state c of the figures.</summary>
    internal static (int A, int B, int C) Parts(
        byte trend, bool lastNotAbove, double firstMean, int change, ProductivityOptions options) =>
    (
        Steadiness(trend, lastNotAbove), firstMean <= options.FaoWocatLow ? 1 : firstMean <= options.FaoWocatMedium ? 2 : 3,
        change <= -2 ? 1 : change >= 2 ? 3 : 2);

    /// <summary>Steadiness 1…4 of a trend and of the sign of MTID.</summary>
    internal static int Steadiness(byte trend, bool lastNotAbove) => trend + (lastNotAbove ? 0 : 1);

    /// <summary>1…36.</summary>
    internal static int Code(int a, int b, int c) => (9 * (a - 1)) + (3 * (c - 1)) + b;

    internal static LpdClass Class(int code) => code switch
    {
        <= 8 => LpdClass.Declining,
        <= 14 => LpdClass.ModerateDecline,
        <= 21 => LpdClass.Stressed,
        <= 30 => LpdClass.Stable,
        _ => LpdClass.Increasing,
    };

    /// <summary>
    /// d = 1: MTID = Σ (mean of the last years − y_t) over the valid years is not above 0, within rounding noise.
    /// </summary>
    private static bool LastNotAbove(ReadOnlySpan<double> series, double lastMean, double noise)
    {
        double mtid = 0;
        foreach (double value in series)
            if (double.IsFinite(value))
                mtid += lastMean - value;
        return mtid <= noise;
    }
}

/// <summary>Figures of a series that the FAO-WOCAT rule is made of.</summary>
/// <param name="Known">Whether there are enough valid years; nothing else has a meaning otherwise.</param>
/// <param name="LastNotAbove">d = 1: the mean of the last years is not above the series (MTID ≤ 0).</param>
/// <param name="InitialBiomass">Mean of the first years.</param>
/// <param name="Change">Percentile classes by which the last years lie above the first.</param>
internal readonly record struct FaoWocatFigures(bool Known, bool LastNotAbove, double InitialBiomass, int Change);
