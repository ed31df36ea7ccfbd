using System.Runtime.CompilerServices;
using Ldn.Indicator;
using Ldn.Lanes;
using Ldn.Productivity.Laws;

namespace Ldn.Productivity.Vectors;

/// <summary>
/// What <see cref="ProductivityKernel.Run"/> writes, one element a pixel; a span left empty is not computed. All that are wanted
/// have the same length.
/// </summary>
internal ref struct ProductivityOutputs
{
    /// <summary>Condition of the trend: 1 degraded, 2 stable, 3 improved, 0 no data.</summary>
    public Span<byte> Trend { get; set; }

    /// <summary>Units of the trend's series a year; NaN no data.</summary>
    public Span<float> Slope { get; set; }

    /// <summary>Mann–Kendall S; <see cref="TrendLaw.NoS"/> no data.</summary>
    public Span<short> S { get; set; }

    /// <summary>Valid years of the trend's series.</summary>
    public Span<byte> Valid { get; set; }

    /// <summary><see cref="MannKendall.TieTerm"/>.</summary>
    public Span<int> TieTerm { get; set; }

    /// <summary>Standardised S; NaN no data.</summary>
    public Span<float> Z { get; set; }

    /// <summary>Two-sided probability of Z; NaN no data.</summary>
    public Span<float> P { get; set; }

    /// <summary>Condition of the state, coded as the trend's.</summary>
    public Span<byte> State { get; set; }

    /// <summary>Percentile classes of change −9…9, or z under <see cref="StateMethod.ZScore"/>; NaN no data.</summary>
    public Span<float> StateChange { get; set; }

    /// <summary>Mean over the window, for <see cref="PerformanceLaw"/>; NaN no data.</summary>
    public Span<double> Mean { get; set; }

    /// <summary>LPD classes 1…5 by the FAO-WOCAT rule, 0 no data; only with <see cref="LpdMethod.FaoWocat"/>.</summary>
    public Span<byte> FaoWocat { get; set; }
}

/// <summary>
/// Trend, state and window mean of blocks of pixels from their yearly layers (method §4.2), in vectors with one pixel a lane; bit
/// for bit what the laws give for each pixel. Holds scratch memory and allocates nothing per call: one kernel a worker.
/// </summary>
internal sealed class ProductivityKernel
{
    private readonly ProductivityOptions _options;
    private readonly LayerDecoder[] _series;
    private readonly LayerDecoder[] _climate;
    private readonly SeriesChunk _chunk;
    private readonly SeriesStages _stages;
    private readonly SignificanceTable _table;
    private readonly bool _byStoredOrder;

    /// <param name="options">Rules in force.</param>
    /// <param name="window">Years.</param>
    /// <param name="series">How each year of the window is stored, in year order.</param>
    /// <param name="climate">The same for the climate; empty for <see cref="TrendMethod.Trend"/>.</param>
    /// <exception cref="LdnException">Exit 2: options that contradict each other or the window, a scale or offset that cannot be
    /// used, climate missing.</exception>
    public ProductivityKernel(
        ProductivityOptions options, SeriesWindow window, IReadOnlyList<LayerEncoding> series,
        IReadOnlyList<LayerEncoding> climate)
        : this(options, window, series, climate, Simd.Widest)
    {
    }

    internal ProductivityKernel(
        ProductivityOptions options, SeriesWindow window, IReadOnlyList<LayerEncoding> series,
        IReadOnlyList<LayerEncoding> climate, SimdLevel level)
    {
        options.Validate(window);
        Expect(series, window.Years, "series");
        if (options.NeedsClimate && climate.Count == 0)
        {
            throw Fault.Series.Error($"trend method {options.Method.ToString().ToLowerInvariant()} needs a climate series",
                "give --climate, one layer a year");
        }

        Expect(climate, options.NeedsClimate ? window.Years : 0, "climate series");
        _options = options;
        _series = [.. series.Select(layer => new LayerDecoder(layer))];
        _climate = [.. climate.Select(layer => new LayerDecoder(layer))];
        _byStoredOrder = !options.NeedsClimate && level != SimdLevel.Scalar && LayerEncoding.StoredOrderIsPhysical(series);
        _chunk = new SeriesChunk(window.Years, options.NeedsClimate)
        {
            Stored = _byStoredOrder ? (series[0].Scale, series[0].Offset) : null
        };
        _stages = SeriesStages.Create(level, options, window.Years);
        _table = new SignificanceTable(options, window.Years);
        Level = level;
    }

    /// <summary>Width of the vectors in use.</summary>
    public SimdLevel Level { get; }

    /// <summary>Computes one block.</summary>
    /// <param name="series">Stored cells of each year of the window, <paramref name="pixels"/> of them, in year order.</param>
    /// <param name="climate">The same for the climate; empty where none is needed.</param>
    /// <param name="pixels">Number of pixels.</param>
    /// <param name="outputs">What is wanted.</param>
    /// <param name="greatest">Greatest NDVI of the window for the FAO-WOCAT rule, NaN where unknown; empty where not
    /// given.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run(
        ReadOnlySpan<ReadOnlyMemory<byte>> series, ReadOnlySpan<ReadOnlyMemory<byte>> climate, int pixels,
        ProductivityOutputs outputs,
        ReadOnlySpan<float> greatest = default)
    {
        bool trend = outputs.Trend.Length + outputs.Slope.Length + outputs.S.Length + outputs.Z.Length + outputs.P.Length
            + outputs.FaoWocat.Length + outputs.Valid.Length + outputs.TieTerm.Length > 0;
        for (int first = 0; first < pixels; first += SeriesChunk.Capacity)
        {
            int count = Math.Min(SeriesChunk.Capacity, pixels - first);
            _chunk.Pixels = count;
            _chunk.SeriesComplete = Decode(
                _series, series, first, _chunk.Series.Span, _byStoredOrder ? _chunk.Single.Span : default);
            if (trend)
            {
                Decode(_climate, climate, first, _chunk.Climate.Span, default);
                Trend(first, count, outputs);
            }

            if (outputs.State.Length + outputs.StateChange.Length > 0)
                State(first, count, outputs);
            if (!outputs.Mean.IsEmpty)
            {
                _stages.WindowMean(_chunk);
                _chunk.Mean.Span[..count].CopyTo(outputs.Mean[first..]);
            }

            if (!outputs.FaoWocat.IsEmpty)
                FaoWocat(outputs.FaoWocat.Slice(first, count), greatest.IsEmpty ? default : greatest.Slice(first, count));
        }
    }

    private static void Expect(IReadOnlyList<LayerEncoding> layers, int years, string what)
    {
        if (layers.Count != years)
            throw Fault.Series.Error($"{what}: {layers.Count} layers where {years} are needed");
        for (int t = 0; t < layers.Count; t++)
            layers[t].Validate($"{what}, layer {t + 1}");
    }

    /// <summary>True when no cell is missing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Decode(
        LayerDecoder[] layers, ReadOnlySpan<ReadOnlyMemory<byte>> stored, int first, Span<double> physical, Span<float> single)
    {
        bool complete = true;
        for (int t = 0; t < layers.Length; t++)
        {
            int row = t * SeriesChunk.Stride;
            complete &= _stages.Decode(layers[t], stored[t].Span, first, _chunk.Pixels, physical.Slice(row, SeriesChunk.Capacity),
                single.IsEmpty ? default : single.Slice(row, SeriesChunk.Capacity));
        }

        return complete;
    }

    private void Trend(int first, int count, ProductivityOutputs outputs)
    {
        if (_options.NeedsClimate)
            _stages.TrendSeries(_chunk);
        _stages.MannKendall(_chunk, _byStoredOrder);
        _stages.Slope(_chunk);
        _stages.TrendConditions(_chunk);
        if (_options.Autocorrelation != Autocorrelation.Ignored)
            CorrectTrend();
        int minYears = _options.MinYears;
        if (!outputs.Trend.IsEmpty)
            _chunk.TrendCondition.Span[..count].CopyTo(outputs.Trend[first..]);
        if (!outputs.Slope.IsEmpty)
            ChunkOutputs.Slope(_chunk, minYears, outputs.Slope.Slice(first, count));
        if (!outputs.S.IsEmpty)
            ChunkOutputs.S(_chunk, minYears, outputs.S.Slice(first, count));
        if (!outputs.Valid.IsEmpty)
            ChunkOutputs.Whole(_chunk.Valid.Span, outputs.Valid.Slice(first, count));
        if (!outputs.TieTerm.IsEmpty)
            ChunkOutputs.Whole(_chunk.TieTerm.Span, outputs.TieTerm.Slice(first, count));
        if (!outputs.Z.IsEmpty)
            ChunkOutputs.Z(_chunk, minYears, outputs.Z.Slice(first, count));
        if (!outputs.P.IsEmpty)
            ChunkOutputs.P(_chunk, minYears, _table, outputs.P.Slice(first, count));
    }

    /// <summary>The conditions of the chunk once more, pixel by pixel, under a correction for autocorrelation.</summary>
    private void CorrectTrend()
    {
        Span<double> series = stackalloc double[_chunk.Years];
        for (int p = 0; p < _chunk.Pixels; p++)
        {
            if (_chunk.Valid.Span[p] < _options.MinYears)
                continue;
            for (int t = 0; t < series.Length; t++)
                series[t] = _chunk.Trend.Span[(t * SeriesChunk.Stride) + p];
            double slope = _chunk.Slope.Span[p];
            bool counts = Math.Abs(AutocorrelatedTrend.Z(_options.Autocorrelation, series)) > TrendLaw.CriticalZ && slope != 0;
            _chunk.TrendCondition.Span[p] = !counts ? ConditionCode.Stable
                : slope < 0 ? ConditionCode.Degraded : ConditionCode.Improved;
        }
    }

    private void State(int first, int count, ProductivityOutputs outputs)
    {
        _stages.State(_chunk);
        if (!outputs.State.IsEmpty)
            _chunk.StateCondition.Span[..count].CopyTo(outputs.State[first..]);
        if (!outputs.StateChange.IsEmpty)
            ChunkOutputs.Singles(_chunk.Change.Span, outputs.StateChange.Slice(first, count));
    }

    /// <summary>After the trend, whose conditions it needs.</summary>
    private void FaoWocat(Span<byte> lpd, ReadOnlySpan<float> greatest)
    {
        if (_options.LpdMethod != LpdMethod.FaoWocat)
            throw new InvalidOperationException("FAO-WOCAT classes are asked of a kernel without that rule");
        _stages.FaoWocat(_chunk);
        for (int p = 0; p < lpd.Length; p++)
        {
            double change = _chunk.Change.Span[p];
            byte trend = _chunk.TrendCondition.Span[p];
            lpd[p] = trend == ConditionCode.NoData || double.IsNaN(change)
                ? (byte)LpdClass.NoData
                : FaoWocatLaw.Lpd(trend, _chunk.Mtid.Span[p] == 0, _chunk.Mean.Span[p], (int)change,
                    greatest.IsEmpty ? double.NaN : greatest[p], _options);
        }
    }
}

/// <summary>From the buffers of a chunk to the blocks a caller asked for, no data in each one's own way.</summary>
internal static class ChunkOutputs
{
    public static void Singles(ReadOnlySpan<double> values, Span<float> singles)
    {
        values = values[..singles.Length];
        for (int i = 0; i < values.Length; i++)
            singles[i] = (float)values[i];
    }

    /// <summary>Whole numbers that fit.</summary>
    public static void Whole<T>(ReadOnlySpan<float> values, Span<T> numbers)
        where T : struct, System.Numerics.INumber<T>
    {
        for (int p = 0; p < numbers.Length; p++)
            numbers[p] = T.CreateTruncating(values[p]);
    }

    /// <summary>Slope, NaN with fewer than the least valid years.</summary>
    public static void Slope(SeriesChunk chunk, int minYears, Span<float> slopes)
    {
        ReadOnlySpan<float> valid = chunk.Valid.Span[..slopes.Length];
        ReadOnlySpan<double> values = chunk.Slope.Span[..slopes.Length];
        for (int p = 0; p < slopes.Length; p++)
            slopes[p] = valid[p] < minYears ? float.NaN : (float)values[p];
    }

    /// <summary>S, <see cref="TrendLaw.NoS"/> with fewer than the least valid years.</summary>
    public static void S(SeriesChunk chunk, int minYears, Span<short> values)
    {
        for (int p = 0; p < values.Length; p++)
            values[p] = chunk.Valid.Span[p] < minYears ? TrendLaw.NoS : (short)chunk.S.Span[p];
    }

    /// <summary>Z, NaN with fewer than the least valid years.</summary>
    public static void Z(SeriesChunk chunk, int minYears, Span<float> values)
    {
        for (int p = 0; p < values.Length; p++)
        {
            int n = (int)chunk.Valid.Span[p];
            values[p] = n < minYears
                ? float.NaN
                : (float)SignificanceTable.Z(n, (int)chunk.S.Span[p], (int)chunk.TieTerm.Span[p]);
        }
    }

    /// <summary>P, NaN with fewer than the least valid years.</summary>
    public static void P(SeriesChunk chunk, int minYears, SignificanceTable table, Span<float> values)
    {
        for (int p = 0; p < values.Length; p++)
        {
            int n = (int)chunk.Valid.Span[p];
            values[p] = n < minYears ? float.NaN : (float)table.P(n, (int)chunk.S.Span[p], (int)chunk.TieTerm.Span[p]);
        }
    }
}
