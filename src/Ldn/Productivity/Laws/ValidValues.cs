namespace Ldn.Productivity.Laws;

/// <summary>What several laws do with the valid (finite) values of a series.</summary>
internal static class ValidValues
{
    /// <summary>
    /// Two figures that differ by less than this share of the largest value are the same: decimal scale factors leave rounding
    /// noise (0.1 + 0.1 + 0.1 ≠ 0.3), and noise must not decide a class. Single-precision inputs are a million times coarser, so
    /// nothing real is lost.
    /// </summary>
    public const double Noise = 1e-12;

    /// <summary>Copies the valid values in year order and returns their number.</summary>
    public static int Copy(ReadOnlySpan<double> series, Span<double> valid)
    {
        int count = 0;
        foreach (double value in series)
            if (double.IsFinite(value))
                valid[count++] = value;
        return count;
    }

    /// <summary>Mean of the valid values, summed in year order, and their number; NaN and 0 where there are none.</summary>
    public static (double Mean, int Count) Mean(ReadOnlySpan<double> series)
    {
        double sum = 0;
        int count = 0;
        foreach (double value in series)
        {
            if (!double.IsFinite(value))
                continue;
            sum += value;
            count++;
        }

        return (sum / count, count);
    }
}
