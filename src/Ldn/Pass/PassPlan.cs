using System.Numerics;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Productivity;
using Ldn.Rasters;
using Ldn.SoilCarbon;
using Ldn.Zones;

namespace Ldn.Pass;

/// <summary>
/// Everything the pass needs, decided before the first pixel: the run's grid and extent, which inputs are read, and the tables
/// that turn their cells into joint codes. Immutable; workers fork their own readers from <see cref="Inputs"/>.
/// </summary>
internal sealed record PassPlan
{
    public required Grid Grid { get; init; }

    /// <summary>The part of the run's grid that is computed and written; its corner lies on a multiple of 512 cells.</summary>
    public required Window Extent { get; init; }

    /// <summary>
    /// Most rows of a unit whose outputs a worker holds at a time; fewer than a unit has where memory is short.
    /// </summary>
    public int BandRows { get; init; } = int.MaxValue;

    /// <summary>Which zones, regions and corrections hold each cell; every span lies inside some zone.</summary>
    public required PlaceSpans Places { get; init; }

    public required CellArea Areas { get; init; }

    public required IReadOnlyList<RasterInput> Inputs { get; init; }

    public required IReadOnlyList<CoverPlan> Covers { get; init; }

    public required IReadOnlyList<PeriodPlan> Periods { get; init; }

    /// <summary>Soil carbon stocks by year, from files or from the model.</summary>
    public required IReadOnlyList<StockPlan> Stocks { get; init; }

    /// <summary>What the model of stocks from land cover needs; null where stocks come from files.</summary>
    public required StockModelPlan? StockModel { get; init; }

    /// <summary>
    /// Productivity from annual series, each different one once; none where it comes from class rasters. Without
    /// <see cref="Regions"/> there is one at most, which holds everywhere.
    /// </summary>
    public IReadOnlyList<SeriesPlan> Series { get; init; } = [];

    /// <summary>Whether regions have series of their own, or read their evidence by codes of their own.</summary>
    public bool HasSeriesByRegion => Series.Count > 0
        && Regions.Any(r => r.Series != Regions[0].Series || r.ProductivityCodes is not null);

    /// <summary>Whether a first stage has to find limits of performance (method §4.2).</summary>
    public bool NeedsLimits => Series.Any(s => s is { HasPerformance: true, Limits.Count: 0 });

    /// <summary>The limits of performance by period, of all series together: no two judge the same place.</summary>
    public IReadOnlyList<PerformanceLimits> Limits => Series.FirstOrDefault(s => s.HasPerformance)?.Limits ?? [];

    /// <summary>The plan with the limits that its first stage has found.</summary>
    public PassPlan WithLimits(IReadOnlyList<PerformanceLimits> limits) =>
        this with { Series = [.. Series.Select(s => s.HasPerformance ? s with { Limits = limits } : s)] };

    /// <summary>What the first stage leaves of the one series; null where the pass reads the series itself.</summary>
    internal SeriesSpool? Spool => Series is [{ Spool: var spool }] ? spool : null;

    /// <summary>Which stock is summed over which cover: the question of carbon by land-cover class and year.</summary>
    public required IReadOnlyList<CarbonPlan> Carbon { get; init; }

    /// <summary>Land-cover change between the baseline and a reporting period.</summary>
    public required IReadOnlyList<GapPlan> Gaps { get; init; }

    /// <summary>
    /// Land-cover condition and water (bits of <see cref="Evidence"/>) of each transition, index from × 256 + to; one table a
    /// transition matrix.
    /// </summary>
    public required IReadOnlyList<byte[]> Transitions { get; init; }

    /// <summary>
    /// The region of each place: which of <see cref="Transitions"/> and of <see cref="Regions"/> holds there; empty without
    /// regions.
    /// </summary>
    public required IReadOnlyList<int> RegionOfPlace { get; init; }

    /// <summary>
    /// What productivity and soil carbon are in each region, 0 that of land in none; empty where one plan holds everywhere.
    /// </summary>
    public IReadOnlyList<RegionPass> Regions { get; init; } = [];

    /// <summary>
    /// In which regions each input is read; null for one that is read everywhere. Empty as <see cref="Regions"/>.
    /// </summary>
    public IReadOnlyList<bool[]?> RegionsOfInput { get; init; } = [];

    /// <summary>What soil evidence means, of every region.</summary>
    public ISoilEvidence SoilEvidence => JointSoilEvidence ?? (ISoilEvidence)SoilCarbonRank;

    /// <summary>In place of <see cref="SoilCarbonRank"/>, where regions have thresholds of their own; null elsewhere.</summary>
    public SoilRulesByRegion? JointSoilEvidence { get; init; }

    /// <summary>
    /// The test of soil carbon in reporting periods; null where a threshold judges them, or each region its own.
    /// </summary>
    public SoilTestPlan? SoilTest { get; init; }

    /// <summary>Index of the water mask among the inputs, −1 without.</summary>
    public required int WaterInput { get; init; }

    public required ChangeRank SoilCarbonRank { get; init; }

    public required IndicatorTables Tables { get; init; }

    /// <summary>
    /// LPD class of each productivity evidence, <see cref="Evidence.Limit"/> entries; all 0 where the inputs carry no classes.
    /// </summary>
    public required byte[] LpdClasses { get; init; }

    public required StatusRule StatusRule { get; init; }

    /// <summary>
    /// Recodes of the corrections that apply, by place; null where a place has none. See <see cref="PlaceRecode"/>.
    /// </summary>
    public required IReadOnlyList<PlaceRecode?> Recodes { get; init; }

    /// <summary>
    /// What is asked beyond the indicator, each by one question, hence one tally and table of results; never one cube for all.
    /// </summary>
    public IReadOnlyList<Question> Questions { get; init; } = [];

    /// <summary>Memory that computed inputs take, of each worker and of all together.</summary>
    public (long OfWorker, long Shared) ComputingBytes { get; init; }

    /// <summary>Values without a class count as no data instead of stopping the run.</summary>
    public required bool UnmappedIsNoData { get; init; }

    /// <summary>Rows and columns that some question takes together, in blocks that begin at multiples of it; 1: none.</summary>
    internal int CellsTogether =>
        (from question in Questions from plane in question.Planes select plane.CellsTogether).DefaultIfEmpty(1).Max();

    /// <summary>
    /// Tells of which windows cells are asked for: those that zones touch, and of questions on blocks of cells the blocks that
    /// zones touch.
    /// </summary>
    internal Func<Window, bool> Needed()
    {
        int together = CellsTogether;
        return together == 1 ? Places.Touches : window =>
        {
            (int column, int row) = (window.Column / together * together, window.Row / together * together);
            return Places.Touches(new Window(column, row, Up(window.EndColumn) - column, Up(window.EndRow) - row));
        };

        int Up(int end) => (end + together - 1) / together * together;
    }
}

/// <summary>What a region's land is assessed by, in terms of the plan's inputs (drought §6).</summary>
/// <param name="Productivity">By period; null where it is left out or comes from a series.</param>
/// <param name="Series">Number of its series among the plan's; −1 without.</param>
/// <param name="ProductivityCodes">
/// What its productivity evidence is in the run's, by <see cref="ProductivityEvidence.OfRegion"/>; null: the same.
/// </param>
/// <param name="StockModel">Its model of stocks; null where stocks come from files.</param>
/// <param name="SoilRank">Ranks its changes of soil carbon.</param>
/// <param name="SoilCodes">What its ranks are in the run's evidence; null: the same.</param>
internal sealed record RegionPass(
    IReadOnlyList<EvidencePlan?> Productivity, int Series, byte[]? ProductivityCodes, StockModelPlan? StockModel,
    ChangeRank SoilRank, byte[]? SoilCodes)
{
    /// <summary>Its test of soil carbon in reporting periods; null where a threshold judges them.</summary>
    public SoilTestPlan? SoilTest { get; init; }
}

/// <summary>The statistical test of soil carbon in reporting periods (drought §7).</summary>
/// <param name="Test">The law.</param>
/// <param name="StandardError">Input with that of the baseline's mean, −1 where the years tell it.</param>
internal sealed record SoilTestPlan(SoilTest Test, int StandardError);

/// <summary>
/// One raster of the run, open and brought onto the run's grid. Its values mean something when the recoder of a categorical one
/// knows them, or when those of a continuous one are possible. <paramref name="Scale"/> and <paramref name="Offset"/> are those
/// in force: the user's, else the file's.
/// </summary>
/// <param name="NoData">Stored values that are no data: declared by the file or the user.</param>
/// <param name="Scale">Physical value of a stored 1.</param>
/// <param name="Offset">Physical value of a stored 0.</param>
internal sealed record RasterInput(
    string Layer, string Option, string File, IRasterSource Source, AlignedRaster Raster, double[] NoData, ClassRecoder? Recoder,
    LayerValues Values,
    double Scale, double Offset)
{
    /// <summary>Whether it is computed while it is read, of rasters that are no inputs of the pass.</summary>
    public bool IsComputed { get; init; }

    /// <summary>Whether a stored value is neither known nor no data.</summary>
    public bool IsMeaningless(double stored) => !double.IsNaN(stored) && !NoData.Contains(stored)
        && (Recoder is { } recoder ? recoder.IsUnmapped(stored) : !Values.IsPossible(Physical(stored)));

    /// <summary>The physical value of a stored one.</summary>
    public double Physical(double stored) => (stored * Scale) + Offset;

    /// <summary>
    /// Physical values of the input's cells over a slice, NaN for no data: the one way from a stored cell to what it means.
    /// </summary>
    internal void ToPhysical<T>(SliceCells cells, Span<T> values)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Cells.ToPhysical(cells.Cells, Raster.OutputType, NoData, Scale, Offset, cells.Outside, values);
}

/// <summary>Land cover of one year: codes are dense legend indexes, 0 no data.</summary>
internal sealed record CoverPlan(int Year, int Input, ClassRecoder Recoder);

/// <summary>One period in terms of inputs and covers; −1 or null where the sub-indicator is left out.</summary>
internal sealed record PeriodPlan(
    Period Period, int FromCover, int ToCover, EvidencePlan? Productivity, SoilCarbonPlan? SoilCarbon);

/// <summary>
/// Class rasters whose recoded bytes add up to an index into <paramref name="Evidence"/>, the productivity evidence already
/// shifted into place.
/// </summary>
internal sealed record EvidencePlan(IReadOnlyList<(int Input, ClassRecoder Recoder)> Parts, byte[] Evidence);

/// <summary>
/// Two of the plan's stocks, or one input with a change in per cent (<paramref name="ChangeInput"/>, −1 otherwise).
/// </summary>
internal sealed record SoilCarbonPlan(int Initial, int Final, int ChangeInput)
{
    /// <summary>Yearly stocks of the baseline and of the period, for the test of it; null where no land takes one.</summary>
    public (IReadOnlyList<int> Baseline, IReadOnlyList<int> Period)? Years { get; init; }

    public bool IsChange => ChangeInput >= 0;
}

/// <summary>Soil carbon of one year in t C/ha: an input, or where that is −1 an output plane of the model.</summary>
internal sealed record StockPlan(int Year, int Input, int ModelOutput);

/// <summary>
/// Inputs of the stock model (method §5); −1 for rasters that are not used. <paramref name="Covers"/> in the order of its cover
/// years.
/// </summary>
internal sealed record StockModelPlan(
    StockModel Model, int ReferenceInput, int ClimateInput, ClassRecoder? ClimateRecoder, int ManagementInput, int InputInput,
    IReadOnlyList<int> Covers)
{
    /// <summary>Organic soils, whose stocks take no factor of change; null without.</summary>
    public OrganicPlan? Organic { get; init; }

    /// <summary>All rasters it reads beside land cover; −1 for those it does not.</summary>
    public IEnumerable<int> Inputs =>
        new[] { ReferenceInput, ClimateInput, ManagementInput, InputInput, Organic?.Mask ?? -1 }
            .Concat(Organic?.Fires.Select(f => f.Input) ?? []);
}

/// <summary>Organic soils of a stock model (drought §7).</summary>
/// <param name="Soils">Emission factors.</param>
/// <param name="Mask">Input that is not 0 on organic soils, −1 where wetlands of the reference year stand for them.</param>
/// <param name="IsWetland">By dense legend index.</param>
/// <param name="Fires">Losses by fire, each with its step from the reference year.</param>
internal sealed record OrganicPlan(
    OrganicSoils Soils, int Mask, IReadOnlyList<bool> IsWetland, IReadOnlyList<(int Step, int Input)> Fires);

/// <summary>Soil carbon of a year by the land cover of that year or of the nearest that the period has.</summary>
internal sealed record CarbonPlan(int Stock, int Cover);

/// <summary>Two land covers whose transitions belong to no period (method §7).</summary>
internal sealed record GapPlan(int FromCover, int ToCover);
