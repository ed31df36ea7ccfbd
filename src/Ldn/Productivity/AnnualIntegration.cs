using Ldn.Lanes;
using Ldn.Productivity.Laws;
using Ldn.Productivity.Vectors;

namespace Ldn.Productivity;

/// <summary>What a year's layers are turned into.</summary>
internal enum AnnualStatistic
{
    Mean,
    Sum,
}

/// <summary>The layers of one year of an intra-annual stack: positions in the stack, in order of date.</summary>
internal sealed record YearLayers(int Year, IReadOnlyList<int> Layers);

/// <summary>
/// Intra-annual input as a convenience: a stack of dated layers (16-day, monthly, …) is turned into one layer a year, the mean or
/// the sum of the valid ones.
/// </summary>
internal sealed record AnnualIntegration
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
            throw Fault.Series.Error(
                $"minimum count {MinimumCount}, but no year has more than {most} layers: every pixel would be no data");
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

/// <summary>
/// <see cref="AnnualIntegration.Value"/> for blocks of pixels: the layers of one year → one value a pixel, bit for bit what the
/// law gives. Holds scratch memory and allocates nothing per call: one kernel a worker and year.
/// </summary>
internal sealed class AnnualKernel
{
    private readonly LayerDecoder[] _layers;
    private readonly AnnualIntegration _options;
    private readonly SeriesStages _stages;
    private readonly AlignedBuffer<double> _values = new(SeriesChunk.Capacity);
    private readonly AlignedBuffer<double> _sums = new(SeriesChunk.Capacity);
    private readonly AlignedBuffer<double> _counts = new(SeriesChunk.Capacity);

    /// <param name="options">Mean or sum, fewest layers.</param>
    /// <param name="layers">How each layer of the year is stored, in order of date.</param>
    /// <exception cref="LdnException">Exit 2: a scale or offset that cannot be used.</exception>
    public AnnualKernel(AnnualIntegration options, IReadOnlyList<LayerEncoding> layers)
        : this(options, layers, Simd.Widest)
    {
    }

    internal AnnualKernel(AnnualIntegration options, IReadOnlyList<LayerEncoding> layers, SimdLevel level)
    {
        for (int i = 0; i < layers.Count; i++)
            layers[i].Validate($"layer {i + 1} of a year");
        _options = options;
        _layers = [.. layers.Select(layer => new LayerDecoder(layer))];
        _stages = SeriesStages.Create(level, new ProductivityOptions(), SeriesStages.AnyYears);
    }

    /// <summary>Computes one block.</summary>
    /// <param name="layers">Stored cells of each layer, in order of date.</param>
    /// <param name="year">One value a pixel in physical units, NaN no data: a layer of type Float64, scale 1, for
    /// <see cref="ProductivityKernel"/>.</param>
    public void Run(ReadOnlySpan<ReadOnlyMemory<byte>> layers, Span<double> year)
    {
        int fewest = _options.FewestOf(_layers.Length);
        Span<double> values = _values.Span, sums = _sums.Span, counts = _counts.Span;
        for (int first = 0; first < year.Length; first += SeriesChunk.Capacity)
        {
            int count = Math.Min(SeriesChunk.Capacity, year.Length - first);
            sums.Clear();
            counts.Clear();
            for (int i = 0; i < _layers.Length; i++)
            {
                _stages.Decode(_layers[i], layers[i].Span, first, count, values, default);
                _stages.Accumulate(values, sums, counts);
            }

            Span<double> results = year.Slice(first, count);
            for (int p = 0; p < results.Length; p++)
            {
                double value = _options.Statistic == AnnualStatistic.Mean ? sums[p] / counts[p] : sums[p];
                results[p] = counts[p] < fewest ? double.NaN : value;
            }
        }
    }
}
