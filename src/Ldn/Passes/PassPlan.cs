using Ldn.Conditions;
using Ldn.Grids;
using Ldn.Jobs;
using Ldn.Kernels;
using Ldn.Zones;

namespace Ldn.Passes;

/// <summary>
/// Everything the pass needs, decided before the first pixel: the run's grid and extent, which inputs are read, and the tables that turn their
/// cells into joint codes. Immutable; workers fork their own readers from <see cref="Inputs"/>.
/// </summary>
public sealed record PassPlan
{
    public required Grid Grid { get; init; }

    /// <summary>The part of the run's grid that is computed and written; its corner lies on a multiple of 512 cells.</summary>
    public required Window Extent { get; init; }

    /// <summary>Which zones, regions and corrections hold each cell; every span lies inside some zone.</summary>
    public required PlaceSpans Places { get; init; }

    public required CellArea Areas { get; init; }

    public required IReadOnlyList<RasterInput> Inputs { get; init; }

    public required IReadOnlyList<CoverPlan> Covers { get; init; }

    public required IReadOnlyList<PeriodPlan> Periods { get; init; }

    /// <summary>
    /// Land-cover condition and water (bits of <see cref="Evidence"/>) of each transition, index from × 256 + to; one table a transition matrix.
    /// </summary>
    public required IReadOnlyList<byte[]> Transitions { get; init; }

    /// <summary>Which of <see cref="Transitions"/> holds in each place; empty when there is one matrix for all.</summary>
    public required IReadOnlyList<int> TransitionsOfPlace { get; init; }

    /// <summary>Index of the water mask among the inputs, −1 without.</summary>
    public required int WaterInput { get; init; }

    public required ChangeRank SoilCarbonRank { get; init; }

    public required IndicatorTables Tables { get; init; }

    public required StatusRule StatusRule { get; init; }

    /// <summary>Recodes of the corrections that apply, by place; null where a place has none. See <see cref="PlaceRecode"/>.</summary>
    public required IReadOnlyList<PlaceRecode?> Recodes { get; init; }

    /// <summary>Values without a class count as no data instead of stopping the run.</summary>
    public required bool UnmappedIsNoData { get; init; }
}

/// <summary>One raster of the run, open and brought onto the run's grid.</summary>
public sealed record RasterInput(string Layer, string File, IRasterSource Source, AlignedRaster Raster, IReadOnlyList<double> NoData);

/// <summary>Land cover of one year: codes are dense legend indexes, 0 no data.</summary>
public sealed record CoverPlan(int Year, int Input, ClassRecoder Recoder);

/// <summary>One period in terms of inputs and covers; −1 or null where the sub-indicator is left out.</summary>
public sealed record PeriodPlan(Period Period, int FromCover, int ToCover, EvidencePlan? Productivity, SoilCarbonPlan? SoilCarbon);

/// <summary>
/// Class rasters whose recoded bytes add up to an index into <paramref name="Evidence"/>, the productivity evidence already shifted into place.
/// </summary>
public sealed record EvidencePlan(IReadOnlyList<(int Input, ClassRecoder Recoder)> Parts, byte[] Evidence);

/// <summary>Two stocks (t C/ha), or one change in per cent (<paramref name="FinalInput"/> −1).</summary>
public sealed record SoilCarbonPlan(int InitialInput, int FinalInput)
{
    public bool IsChange => FinalInput < 0;
}
