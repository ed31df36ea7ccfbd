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
    public abstract bool Decode(LayerDecoder layer, ReadOnlySpan<byte> stored, int first, int pixels, Span<double> physical, Span<float> single);

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
