using Ldn.Lanes;
using Ldn.Productivity.Laws;

namespace Ldn.Productivity.Vectors;

/// <summary>
/// <see cref="AnnualIntegration.Value"/> for blocks of pixels: the layers of one year → one value a pixel, bit for bit what the
/// law gives. Holds scratch memory and allocates nothing per call: one kernel a worker and year.
/// </summary>
public sealed class AnnualKernel
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
