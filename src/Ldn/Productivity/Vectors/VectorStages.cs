using System.Runtime.CompilerServices;
using Ldn.Lanes;

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

        Span<float> cells = single.IsEmpty ? _cells.Span[..padded] : single[..padded];
        ReadOnlySpan<float> source = layer.AsSingle(stored, first, pixels);
        int direct = source.Length / TSingle.Count * TSingle.Count;
        if (direct < pixels)
        {
            layer.WidenToSingle(stored, first + direct, cells[direct..pixels]);
            cells[pixels..].Fill(float.NaN);
        }

        return SimdDecode.Run<TSingle, TDouble>(source[..direct], layer, cells, physical)
            & SimdDecode.Run<TSingle, TDouble>(cells[direct..], layer, cells[direct..], physical[direct..]);
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

    public override void State(SeriesChunk chunk) => _state.Run<TDouble>(chunk);

    public override void WindowMean(SeriesChunk chunk) => SimdMeans.Window<TDouble>(chunk, _options.MinYears);

    public override void FaoWocat(SeriesChunk chunk) => _faoWocat!.Run<TDouble>(chunk);
}
