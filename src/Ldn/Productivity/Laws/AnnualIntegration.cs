namespace Ldn.Productivity.Laws;

/// <summary>What a year's layers are turned into.</summary>
public enum AnnualStatistic
{
    Mean,
    Sum,
}

/// <summary>The layers of one year of an intra-annual stack: positions in the stack, in order of date.</summary>
public sealed record YearLayers(int Year, IReadOnlyList<int> Layers);

/// <summary>
/// Intra-annual input as a convenience: a stack of dated layers (16-day, monthly, …) is turned into one layer a year, the mean or
/// the sum of the valid ones.
/// </summary>
public sealed record AnnualIntegration
{
    public AnnualStatistic Statistic { get; init; } = AnnualStatistic.Mean;

    /// <summary>
    /// Month with which a year starts: 1 the calendar year; otherwise the hydrological year, named after the calendar year in
    /// which it starts (10: year 2001 runs from October 2001 to September 2002).
    /// </summary>
    public int StartMonth { get; init; } = 1;

    /// <summary>
    /// Fewest valid layers a pixel needs in a year; null: half of the year's layers, rounded up. A sum is of the valid layers
    /// alone.
    /// </summary>
    public int? MinimumCount { get; init; }

    /// <summary>The year a date belongs to.</summary>
    public int YearOf(DateOnly date) => date.Month < StartMonth ? date.Year - 1 : date.Year;

    /// <summary>Valid layers a pixel needs in a year of so many layers.</summary>
    public int FewestOf(int layers) => MinimumCount ?? (layers + 1) / 2;

    /// <summary>
    /// Groups the layers of a stack by year, years ascending. A year at either end may be incomplete; the window decides whether
    /// it is used.
    /// </summary>
    /// <exception cref="LdnException">Exit 2: start month not 1…12, minimum count below 1 or more than a year has
    /// layers.</exception>
    public IReadOnlyList<YearLayers> Plan(IReadOnlyList<DateOnly> dates)
    {
        if (StartMonth is < 1 or > 12)
            throw Fault.Series.Error($"start month {StartMonth} is not between 1 and 12");
        if (MinimumCount < 1)
            throw Fault.Series.Error($"minimum count {MinimumCount}: a year needs at least one valid layer");
        YearLayers[] years =
        [
            .. Enumerable.Range(0, dates.Count).GroupBy(i => YearOf(dates[i])).OrderBy(g => g.Key)
                .Select(g => new YearLayers(g.Key, [.. g.OrderBy(i => dates[i])])),
        ];
        int most = years.Length == 0 ? 0 : years.Max(y => y.Layers.Count);
        if (MinimumCount > most)
            throw Fault.Series.Error($"minimum count {MinimumCount}, but no year has more than {most} layers: every pixel would be no data");
        return years;
    }

    /// <summary>
    /// The value of one pixel's year from its layers in order of date (not finite = missing); NaN with too few valid ones.
    /// </summary>
    public double Value(ReadOnlySpan<double> layers)
    {
        (double mean, int count) = ValidValues.Mean(layers);
        if (count < FewestOf(layers.Length))
            return double.NaN;
        if (Statistic == AnnualStatistic.Mean)
            return mean;
        double sum = 0;
        foreach (double value in layers)
            if (double.IsFinite(value))
                sum += value;
        return sum;
    }
}
