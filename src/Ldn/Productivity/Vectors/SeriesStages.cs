using Ldn.Indicator;
using Ldn.Lanes;
using Ldn.Productivity.Laws;

namespace Ldn.Productivity.Vectors;

/// <summary>
/// The steps of <see cref="ProductivityKernel"/> on one chunk of pixels, each once for vectors and once by the laws.
/// </summary>
internal abstract class SeriesStages
{
    /// <summary>A window length for those that use only the stages without one.</summary>
    public const int AnyYears = 16;

    public static SeriesStages Create(SimdLevel level, ProductivityOptions options, int years) => level switch
    {
        SimdLevel.Vector512 => new VectorStages<Lanes512<float>, Lanes512<double>>(options, years),
        SimdLevel.Vector256 => new VectorStages<Lanes256<float>, Lanes256<double>>(options, years),
        SimdLevel.Vector128 => new VectorStages<Lanes128<float>, Lanes128<double>>(options, years),
        _ => new ScalarStages(options),
    };

    /// <summary>
    /// Decodes one year of the chunk's pixels: physical values and, where <paramref name="single"/> has room, stored ones. False
    /// when something is missing (or may be).
    /// </summary>
    public abstract bool Decode(
        LayerDecoder layer, ReadOnlySpan<byte> stored, int first, int pixels, Span<double> physical, Span<float> single);

    /// <summary>Adds the valid ones among a chunk's values to sums and counts.</summary>
    public abstract void Accumulate(ReadOnlySpan<double> values, Span<double> sums, Span<double> counts);

    /// <summary>Series and climate → trend series.</summary>
    public abstract void TrendSeries(SeriesChunk chunk);

    /// <summary>Trend series, or stored values in their stead → valid years, S and tie term.</summary>
    public abstract void MannKendall(SeriesChunk chunk, bool byStoredOrder);

    /// <summary>Trend series → slope.</summary>
    public abstract void Slope(SeriesChunk chunk);

    /// <summary>Valid years, S, tie term and slope → condition of the trend.</summary>
    public abstract void TrendConditions(SeriesChunk chunk);

    /// <summary>Series → change and condition of the state.</summary>
    public abstract void State(SeriesChunk chunk);

    /// <summary>Series → mean over the window.</summary>
    public abstract void WindowMean(SeriesChunk chunk);

    /// <summary>Series → change, initial biomass, sign of MTID.</summary>
    public abstract void FaoWocat(SeriesChunk chunk);
}

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
            Laws.TrendSeries.Make(
                options.Method, Gather(chunk, chunk.Series, p, _series), Gather(chunk, chunk.Climate, p, _climate), trend);
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
            chunk.Slope.Span[p] = options.Slope == SlopeEstimator.TheilSen
                ? TheilSen.Slope(series, _pairs)
                : LeastSquares.Slope(series);
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
