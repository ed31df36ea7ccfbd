namespace Ldn.Productivity.Laws;

/// <summary>
/// Ten classes of a value between the 10th, 20th, … 90th percentile of a sample (linear interpolation between order statistics,
/// Hyndman–Fan type 7): 1 + the number of limits below the value (method §4.2, state and FAO-WOCAT).
/// </summary>
internal static class PercentileClasses
{
    /// <summary>Limits between classes.</summary>
    public const int Limits = 9;

    /// <summary>Share of the range by which state extends its sample at both ends.</summary>
    public const double Extension = 0.05;

    /// <summary>
    /// Where limit <paramref name="k"/> (1…9) of a sample of <paramref name="size"/> lies: between the order statistics Index and
    /// Index + 1 (from 0), at Fraction of the way. Whole-number arithmetic, so that a limit that is an order statistic is exactly
    /// it.
    /// </summary>
    public static (int Index, double Fraction) Position(int k, int size)
    {
        int tenths = (size - 1) * k;
        return (tenths / 10, tenths % 10 / 10.0);
    }

    /// <summary>The sample, sorted, with a value a twentieth of its range beyond each end.</summary>
    public static void Extend(ReadOnlySpan<double> sorted, Span<double> extended)
    {
        double low = sorted[0], high = sorted[^1], beyond = Extension * (high - low);
        extended[0] = low - beyond;
        sorted.CopyTo(extended[1..]);
        extended[sorted.Length + 1] = high + beyond;
    }

    /// <summary>Class 1…10 of a value; a limit within <paramref name="noise"/> of it is not below it.</summary>
    public static int Of(double value, ReadOnlySpan<double> sorted, double noise)
    {
        int result = 1;
        for (int k = 1; k <= Limits; k++)
        {
            (int index, double fraction) = Position(k, sorted.Length);
            double limit = sorted[index] + (fraction * (sorted[index + 1] - sorted[index]));
            if (limit < value - noise)
                result++;
        }

        return result;
    }

    /// <summary><see cref="ValidValues.Noise"/> of the largest value of a sorted sample.</summary>
    public static double NoiseOf(ReadOnlySpan<double> sorted) => ValidValues.Noise * Math.Max(Math.Abs(sorted[0]), Math.Abs(sorted[^1]));
}
