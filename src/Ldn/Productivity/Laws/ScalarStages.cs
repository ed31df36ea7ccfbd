using Ldn.Indicator;
using Ldn.Lanes;
using Ldn.Productivity.Vectors;

namespace Ldn.Productivity.Laws;

/// <summary>The stages by the laws, for machines without vectors and as the yardstick of the others.</summary>
internal sealed class ScalarStages(ProductivityOptions options) : SeriesStages
{
    private readonly double[] _series = new double[SeriesWindow.MostYears];
    private readonly double[] _climate = new double[SeriesWindow.MostYears];
    private readonly double[] _trend = new double[SeriesWindow.MostYears];
    private double[] _pairs = [];

    public override bool Decode(
        LayerDecoder layer, ReadOnlySpan<byte> stored, int first, int pixels, Span<double> physical, Span<float> single)
    {
        layer.Decode(stored, first, physical[..pixels]);
        return false;
    }

    public override void Accumulate(ReadOnlySpan<double> values, Span<double> sums, Span<double> counts)
    {
        for (int p = 0; p < values.Length; p++)
        {
            if (!double.IsFinite(values[p]))
                continue;
            sums[p] += values[p];
            counts[p] += 1;
        }
    }

    public override void TrendSeries(SeriesChunk chunk)
    {
        for (int p = 0; p < chunk.Pixels; p++)
        {
            Span<double> trend = _trend.AsSpan(0, chunk.Years);
            Laws.TrendSeries.Make(options.Method, Gather(chunk, chunk.Series, p, _series), Gather(chunk, chunk.Climate, p, _climate), trend);
            for (int t = 0; t < trend.Length; t++)
                chunk.Trend.Span[(t * SeriesChunk.Stride) + p] = trend[t];
        }
    }

    public override void MannKendall(SeriesChunk chunk, bool byStoredOrder)
    {
        for (int p = 0; p < chunk.Pixels; p++)
        {
            ReadOnlySpan<double> series = Gather(chunk, chunk.Trend, p, _trend);
            chunk.Valid.Span[p] = Laws.MannKendall.ValidYears(series);
            chunk.S.Span[p] = Laws.MannKendall.S(series);
            chunk.TieTerm.Span[p] = Laws.MannKendall.TieTerm(series);
        }
    }

    public override void Slope(SeriesChunk chunk)
    {
        int pairs = chunk.Years * (chunk.Years - 1) / 2;
        if (_pairs.Length < pairs)
            _pairs = new double[pairs];
        for (int p = 0; p < chunk.Pixels; p++)
        {
            ReadOnlySpan<double> series = Gather(chunk, chunk.Trend, p, _trend);
            chunk.Slope.Span[p] = options.Slope == SlopeEstimator.TheilSen ? TheilSen.Slope(series, _pairs) : LeastSquares.Slope(series);
        }
    }

    public override void TrendConditions(SeriesChunk chunk)
    {
        for (int p = 0; p < chunk.Pixels; p++)
        {
            (int valid, int s) = ((int)chunk.Valid.Span[p], (int)chunk.S.Span[p]);
            double z = SignificanceTable.Z(valid, s, (int)chunk.TieTerm.Span[p]);
            chunk.TrendCondition.Span[p] = valid < options.MinYears
                ? ConditionCode.NoData
                : TrendLaw.Condition(valid, s, z, chunk.Slope.Span[p], options);
        }
    }

    public override void State(SeriesChunk chunk)
    {
        for (int p = 0; p < chunk.Pixels; p++)
        {
            StateResult state = StateLaw.Evaluate(Gather(chunk, chunk.Series, p, _series), options);
            chunk.StateCondition.Span[p] = state.Condition;
            chunk.Change.Span[p] = state.Condition == ConditionCode.NoData ? double.NaN
                : options.State == StateMethod.ZScore ? state.Z : state.Change;
        }
    }

    public override void WindowMean(SeriesChunk chunk)
    {
        for (int p = 0; p < chunk.Pixels; p++)
            chunk.Mean.Span[p] = PerformanceLaw.WindowMean(Gather(chunk, chunk.Series, p, _series), options);
    }

    public override void FaoWocat(SeriesChunk chunk)
    {
        for (int p = 0; p < chunk.Pixels; p++)
        {
            FaoWocatFigures figures = FaoWocatLaw.Figures(Gather(chunk, chunk.Series, p, _series), options);
            chunk.Change.Span[p] = figures.Known ? figures.Change : double.NaN;
            chunk.Mean.Span[p] = figures.InitialBiomass;
            chunk.Mtid.Span[p] = figures.LastNotAbove ? 0 : 1;
        }
    }

    private static Span<double> Gather(SeriesChunk chunk, AlignedBuffer<double> planes, int pixel, double[] series)
    {
        Span<double> source = planes.Span;
        for (int t = 0; t < chunk.Years; t++)
            series[t] = source[(t * SeriesChunk.Stride) + pixel];
        return series.AsSpan(0, chunk.Years);
    }
}
