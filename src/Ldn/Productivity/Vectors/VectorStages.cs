using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ldn.Lanes;
using Ldn.Productivity.Laws;
using Ldn.Rasters;

namespace Ldn.Productivity.Vectors;

/// <summary>The stages in vectors of one width.</summary>
internal sealed class VectorStages<TSingle, TDouble> : SeriesStages
    where TSingle : struct, ILanes<TSingle, float>
    where TDouble : struct, ILanes<TDouble, double>
{
    private readonly ProductivityOptions _options;
    private readonly SimdTheilSen? _theilSen;
    private readonly SimdTrendDecision _decision;
    private readonly SimdState _state;
    private readonly SimdFaoWocat? _faoWocat;
    private readonly AlignedBuffer<float> _cells = new(SeriesChunk.Capacity);

    public VectorStages(ProductivityOptions options, int years)
    {
        _options = options;
        _theilSen = options.Slope == SlopeEstimator.TheilSen ? new SimdTheilSen(years, TDouble.Count) : null;
        _decision = new SimdTrendDecision(options, years, TDouble.Count);
        _state = new SimdState(options, years, TDouble.Count);
        _faoWocat = options.LpdMethod == LpdMethod.FaoWocat ? new SimdFaoWocat(options, years, TDouble.Count) : null;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override bool Decode(
        LayerDecoder layer, ReadOnlySpan<byte> stored, int first, int pixels, Span<double> physical, Span<float> single)
    {
        // Whole vectors of the narrower type; the cells beyond the pixels are missing.
        int padded = (pixels + TSingle.Count - 1) / TSingle.Count * TSingle.Count;
        if (!layer.FitsSingle)
        {
            layer.Decode(stored, first, physical[..pixels]);
            physical[pixels..padded].Fill(double.NaN);
            return false;
        }

        stored = stored.Slice(first * layer.Type.Size(), pixels * layer.Type.Size());
        Span<float> cells = single.IsEmpty ? _cells.Span[..padded] : single[..padded];
        return layer.Type switch
        {
            CellType.Byte => Decode(layer, stored, cells, physical),
            CellType.SByte => Decode(layer, MemoryMarshal.Cast<byte, sbyte>(stored), cells, physical),
            CellType.Int16 => Decode(layer, MemoryMarshal.Cast<byte, short>(stored), cells, physical),
            CellType.UInt16 => Decode(layer, MemoryMarshal.Cast<byte, ushort>(stored), cells, physical),
            _ => Decode(layer, MemoryMarshal.Cast<byte, float>(stored), cells, physical),
        };
    }

    public override void Accumulate(ReadOnlySpan<double> values, Span<double> sums, Span<double> counts) =>
        SimdMeans.Accumulate<TDouble>(values, sums, counts);

    public override void TrendSeries(SeriesChunk chunk) => SimdTrendSeries.Run<TDouble>(chunk, _options.Method);

    public override void MannKendall(SeriesChunk chunk, bool byStoredOrder)
    {
        if (byStoredOrder)
            SimdMannKendall.Run<TSingle, float>(chunk, chunk.Single);
        else
            SimdMannKendall.Run<TDouble, double>(chunk, chunk.Trend);
    }

    public override void Slope(SeriesChunk chunk)
    {
        if (_theilSen is not null)
            _theilSen.Run<TDouble>(chunk);
        else
            SimdSlope.LeastSquares<TDouble>(chunk);
    }

    public override void TrendConditions(SeriesChunk chunk) => _decision.Run<TDouble>(chunk);

    public override void State(SeriesChunk chunk) => _state.Run<TSingle, TDouble>(chunk);

    public override void WindowMean(SeriesChunk chunk) => SimdMeans.Window<TDouble>(chunk, _options.MinYears);

    public override void FaoWocat(SeriesChunk chunk) => _faoWocat!.Run<TDouble>(chunk);

    private static bool Decode<T>(LayerDecoder layer, ReadOnlySpan<T> stored, Span<float> cells, Span<double> physical)
        where T : unmanaged, INumberBase<T>
    {
        int direct = stored.Length / TSingle.Count * TSingle.Count;
        bool complete = SimdDecode.Run<TSingle, TDouble, T>(stored[..direct], layer, cells, physical);
        if (direct == cells.Length)
            return complete;
        Span<float> rest = cells[direct..];
        rest.Fill(float.NaN);
        for (int i = direct; i < stored.Length; i++)
            cells[i] = float.CreateTruncating(stored[i]);
        return complete & SimdDecode.Run<TSingle, TDouble, float>(rest, layer, rest, physical[direct..]);
    }
}

/// <summary>Marks missing cells and scales the others, a vector at a time.</summary>
internal static class SimdDecode
{
    /// <summary>
    /// From stored cells to the same in single precision, which holds them exactly, with NaN for no-data values and infinities,
    /// and to physical = stored × scale + offset. Lengths are whole vectors; <paramref name="stored"/> and
    /// <paramref name="cells"/> may be the same memory. True when nothing is missing.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool Run<TSingle, TDouble, T>(
        ReadOnlySpan<T> stored, LayerDecoder layer, Span<float> cells, Span<double> physical)
        where TSingle : struct, ILanes<TSingle, float>
        where TDouble : struct, ILanes<TDouble, double>
        where T : unmanaged
    {
        if (stored.IsEmpty)
            return true;
        ref T source = ref MemoryMarshal.GetReference(stored);
        ref float cell = ref cells[..stored.Length][0];
        ref double destination = ref physical[..stored.Length][0];
        ReadOnlySpan<float> noData = layer.SingleNoData;
        TSingle missing = TSingle.Broadcast(float.NaN), largest = TSingle.Broadcast(float.MaxValue);
        TDouble scale = TDouble.Broadcast(layer.Scale), offset = TDouble.Broadcast(layer.Offset);
        TSingle complete = TSingle.Equal(largest, largest);
        for (int p = 0; p < stored.Length; p += TSingle.Count)
        {
            TSingle value = TSingle.LoadWidened(ref source, p);
            TSingle unknown = TSingle.Less(largest, TSingle.Abs(value));
            for (int i = 0; i < noData.Length; i++)
                unknown |= TSingle.Equal(value, TSingle.Broadcast(noData[i]));
            TSingle result = TSingle.Select(unknown, missing, value);
            complete &= TSingle.Equal(result, result);
            TSingle.Store(result, ref cell, p);
            for (int half = p; half < p + TSingle.Count; half += TDouble.Count)
                TDouble.Store((TDouble.LoadWidened(ref cell, half) * scale) + offset, ref destination, half);
        }

        return TSingle.All(complete);
    }
}

/// <summary>Means over years for a chunk, summed in year order (see <see cref="ValidValues.Mean"/>).</summary>
internal static class SimdMeans
{
    /// <summary>
    /// Mean of the valid ones among years [<paramref name="from"/>, <paramref name="to"/>) of a vector, NaN where there are none,
    /// and their number.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (TLanes Mean, TLanes Count) Of<TLanes>(ref double plane, int from, int to)
        where TLanes : struct, ILanes<TLanes, double>
    {
        TLanes sum = TLanes.Zero, count = TLanes.Zero;
        for (int t = from; t < to; t++)
        {
            TLanes value = TLanes.Load(ref plane, t * SeriesChunk.Stride);
            TLanes valid = TLanes.Equal(value, value);
            sum += value & valid;
            count += TLanes.Broadcast(1) & valid;
        }

        return (sum / count, count);
    }

    /// <summary>The same where no year is missing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static TLanes OfComplete<TLanes>(ref double plane, int from, int to)
        where TLanes : struct, ILanes<TLanes, double>
    {
        TLanes sum = TLanes.Zero;
        for (int t = from; t < to; t++)
            sum += TLanes.Load(ref plane, t * SeriesChunk.Stride);
        return sum / TLanes.Broadcast(to - from);
    }

    /// <summary>Adds the valid ones of so many values, a whole number of vectors, to sums and counts.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Accumulate<TLanes>(ReadOnlySpan<double> values, Span<double> sums, Span<double> counts)
        where TLanes : struct, ILanes<TLanes, double>
    {
        ref double source = ref Unsafe.AsRef(in values[0]);
        ref double sum = ref sums[..values.Length][0];
        ref double count = ref counts[..values.Length][0];
        TLanes one = TLanes.Broadcast(1);
        for (int p = 0; p < values.Length; p += TLanes.Count)
        {
            TLanes value = TLanes.Load(ref source, p);
            TLanes valid = TLanes.Equal(value, value);
            TLanes.Store(TLanes.Load(ref sum, p) + (value & valid), ref sum, p);
            TLanes.Store(TLanes.Load(ref count, p) + (one & valid), ref count, p);
        }
    }

    /// <summary><see cref="PerformanceLaw.WindowMean"/>: fills <see cref="SeriesChunk.Mean"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Window<TLanes>(SeriesChunk chunk, int minYears)
        where TLanes : struct, ILanes<TLanes, double>
    {
        for (int p = 0; p < chunk.Pixels; p += TLanes.Count)
        {
            ref double plane = ref chunk.Series.Span[p];
            if (chunk.SeriesComplete)
            {
                TLanes.Store(OfComplete<TLanes>(ref plane, 0, chunk.Years), ref chunk.Mean.First, p);
                continue;
            }

            (TLanes mean, TLanes count) = Of<TLanes>(ref plane, 0, chunk.Years);
            TLanes known = TLanes.LessOrEqual(TLanes.Broadcast(minYears), count);
            TLanes.Store(TLanes.Select(known, mean, TLanes.Broadcast(double.NaN)), ref chunk.Mean.First, p);
        }
    }
}
