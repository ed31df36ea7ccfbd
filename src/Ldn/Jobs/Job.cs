using System.Globalization;
using Ldn.Indicator;
using Ldn.LandCover;
using Ldn.Rasters;
using Ldn.SoilCarbon;
using Ldn.Zones;

namespace Ldn.Jobs;

/// <summary>
/// A checked job: every option has its value, every path is resolved, every table of rules is read. No input raster is open yet.
/// </summary>
internal sealed record Job
{
    public required string Name { get; init; }

    /// <summary>
    /// Every file that the job names, rasters, polygons and tables, where it lies; names of other things may be among them.
    /// </summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>
    /// The job as written with every flag laid over it, and the folder its paths start from: what makes it again. Null for one
    /// that was put together otherwise.
    /// </summary>
    public WrittenJob? Written { get; init; }

    /// <summary>The preset the periods come from, or null when they were given.</summary>
    public string? Preset { get; init; }

    /// <summary>Baseline first, then the reporting periods in order.</summary>
    public required IReadOnlyList<Period> Periods { get; init; }

    /// <summary>Null when left out, like the other two.</summary>
    public LandCoverInput? LandCover { get; init; }

    public ProductivityInput? Productivity { get; init; }

    public SoilCarbonInput? SoilCarbon { get; init; }

    public string? WaterMask { get; init; }

    /// <summary>
    /// Land cover of which the water alone is read: that of a finished run whose rasters are asked again. Null elsewhere.
    /// </summary>
    public WaterCover? WaterCover { get; init; }

    public required IReadOnlyList<ZoneLayerInput> Zones { get; init; }

    /// <summary>Id and name of a group of all zones of the first layer; null where none is asked for.</summary>
    public Zone? Total { get; init; }

    /// <summary>
    /// Regions with rules of their own; null without. The job's own sub-indicators and rules are then those of land in no region
    /// or, where there may be no such land, of the first region; what is told of the whole run follows from all of them.
    /// </summary>
    public RegionSet? Regions { get; init; }

    /// <summary>What is asked of each subject beyond the indicator, in the order of the subjects.</summary>
    public IReadOnlyList<IAsked> Asked { get; init; } = [];

    public required Rules Rules { get; init; }

    public required GridOptions Grid { get; init; }

    public required OutputOptions Outputs { get; init; }

    /// <summary>Undeclared fills by layer name (land-cover, productivity, soc) or file.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<double>> NoData { get; init; } = new Dictionary<string,
    IReadOnlyList<double>>();

    /// <summary>Where the data come from, by layer.</summary>
    public IReadOnlyDictionary<string, SourceConfig> Sources { get; init; } = new Dictionary<string, SourceConfig>();

    /// <summary>Facts to be said in every output: stand-ins used, sub-indicators left out.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>
    /// The annual series that all land is assessed by, with one reading of its evidence; null without, and where regions have
    /// series or tables of their own.
    /// </summary>
    public SeriesInput? OneSeries => Productivity?.Series is { } series && !ProductivityEvidence.IsJoint(this)
        && (Regions?.InUse.All(r => ReferenceEquals(r.Job.Productivity?.Series, series)) ?? true) ? series : null;

    /// <summary>Whether productivity is known by its annual series, somewhere at least.</summary>
    public bool HasSeries => Productivity?.Series is not null
        || (Regions?.InUse.Any(r => r.Job.Productivity?.Series is not null) ?? false);

    /// <summary>
    /// The rasters are the indicator itself, made elsewhere (<c>ldn summarize</c>): there are no sub-indicators to speak of.
    /// </summary>
    public bool IndicatorIsGiven { get; init; }

    /// <summary>
    /// Subjects alone are computed (<c>ldn drought</c>): no indicator, no sub-indicator; the one period stands for the land.
    /// </summary>
    public bool WithoutIndicator { get; init; }

    /// <summary>What is asked of one subject, or null.</summary>
    public T? Asks<T>()
        where T : class, IAsked => Asked.OfType<T>().FirstOrDefault();

    public IEnumerable<SubIndicator> SubIndicators => IndicatorIsGiven || WithoutIndicator ? [] :
        Enum.GetValues<SubIndicator>().Where(s => s switch
        {
            SubIndicator.LandCover => LandCover is not null,
            SubIndicator.Productivity => Productivity is not null,
            _ => SoilCarbon is not null,
        });
}

/// <summary>A job before it is checked, flags laid over it, and the folder its relative paths start from.</summary>
internal sealed record WrittenJob(JobConfig Config, string Folder);

/// <summary>First and last year.</summary>
internal sealed record YearSpan(int First, int Last)
{
    /// <summary>What stands for the years of a period that nobody named: no year, and never to be told as one.</summary>
    public static YearSpan Unnamed { get; } = new(1, 2);

    public bool IsNamed => this != Unnamed;

    /// <summary>A year as it is told: initial or final where nobody named it.</summary>
    public static string Told(long year) =>
        year == Unnamed.First ? "initial" : year == Unnamed.Last ? "final" : year.ToString(CultureInfo.InvariantCulture);

    /// <summary>The year that is told so; null for any other text.</summary>
    public static int? Read(string told) => told switch
    {
        "initial" => Unnamed.First,
        "final" => Unnamed.Last,
        _ => int.TryParse(told, NumberStyles.None, CultureInfo.InvariantCulture, out int year) ? year : null,
    };

    /// <summary>The span that <see cref="ToString"/> tells so; null for any other text.</summary>
    public static YearSpan? Parse(string told) =>
        told.Split('-') is { Length: <= 2 } parts && Read(parts[0]) is { } first && Read(parts[^1]) is { } last
            ? new YearSpan(first, last) : null;

    public override string ToString() => !IsNamed ? "initial-final" : First == Last ? $"{First}" : $"{First}-{Last}";
}

/// <summary>
/// A period and its years per sub-indicator (null where the sub-indicator is left out or the years are not told).
/// </summary>
internal sealed record Period(string Id, YearSpan? LandCover, YearSpan? Productivity, YearSpan? SoilCarbon)
{
    public bool IsBaseline => Id == "baseline";

    /// <summary>The year a figure of the period is of: the last of productivity, or of whatever else tells its years.</summary>
    public int? FinalYear => (Productivity ?? LandCover ?? SoilCarbon) is { IsNamed: true } years ? years.Last : null;

    public YearSpan? Of(SubIndicator sub) => sub switch
    {
        SubIndicator.LandCover => LandCover,
        SubIndicator.Productivity => Productivity,
        _ => SoilCarbon,
    };
}

/// <summary>Dated files of one layer with their stand-ins.</summary>
internal sealed record DatedFiles(SortedDictionary<int, string> Files, IReadOnlyDictionary<int, int> StandIns)
{
    /// <summary>The year whose file serves for <paramref name="year"/>: itself or its stand-in.</summary>
    public int Serving(int year) => Files.ContainsKey(year) ? year : StandIns.TryGetValue(year, out int other) ? other : year;

    public bool Has(int year) => Files.ContainsKey(Serving(year));
}

internal sealed record LandCoverInput(
    Legend Legend, TransitionMatrix Matrix, RegionsInput? Regions, DatedFiles Years, bool Dated);

/// <summary>Land cover, and by period id the year whose water is no land of the period.</summary>
internal sealed record WaterCover(LandCoverInput Cover, IReadOnlyDictionary<string, int> FirstYears);

internal sealed record RegionsInput(string Zones, string? Layer, RegionMatrices Matrices, bool OutsideTakesDefault);

internal enum ProductivityKind
{
    Lpd,
    Condition,
    Parts,

    /// <summary>The seven status classes, as <c>ldn summarize</c> reads them.</summary>
    Status,

    /// <summary>Annual rasters, of which trend, state and performance are computed.</summary>
    Series,
}

/// <summary>Files per period id: one file, or for parts trend, state and performance in this order.</summary>
internal sealed record ProductivityInput(ProductivityKind Kind, IReadOnlyDictionary<string, string[]> Periods)
{
    /// <summary>Of <see cref="ProductivityKind.Series"/> alone, whose <see cref="Periods"/> are empty.</summary>
    public SeriesInput? Series { get; init; }

    /// <summary>What the evidence of a pixel is: a series ends in trend, state and performance, or in LPD classes.</summary>
    public ProductivityKind EvidenceKind =>
        Series is null ? Kind : Series.HasState ? ProductivityKind.Parts : ProductivityKind.Lpd;
}

internal enum SoilCarbonKind
{
    Stocks,
    Change,
    Reference,
}

/// <summary>Stocks by year, per-cent changes by period id, or a reference stock and the model that carries it on.</summary>
internal sealed record SoilCarbonInput(
    SoilCarbonKind Kind, DatedFiles Years, IReadOnlyDictionary<string, string> Periods, StockModelInput? Model)
{
    /// <summary>Further years to compute stocks of, beside those the periods need.</summary>
    public IReadOnlyList<int> MoreYears { get; init; } = [];

    /// <summary>Standard error of the baseline's mean stock, t C/ha, for the statistical test; null: from its years.</summary>
    public string? StandardError { get; init; }
}

/// <summary>
/// A reference stock, the land cover since, and the factors of the change (method §5). Climate zones or a constant factor.
/// </summary>
/// <param name="ConstantFactor">f of the factor table, above 0; null where climate zones give it.</param>
internal sealed record StockModelInput(
    string Reference, int ReferenceYear, string? ClimateZones, double? ConstantFactor, StockChangeFactors Factors,
    ChangePlacement Placement,
    string? Management, string? Input, Legend Legend, DatedFiles Covers)
{
    /// <summary>Organic soils; null without.</summary>
    public OrganicInput? Organic { get; init; }
}

/// <summary>Organic soils of a stock model.</summary>
/// <param name="Mask">Raster that is not 0 there; null where wetlands of the reference year stand for them.</param>
/// <param name="Soils">Emission factors.</param>
/// <param name="Fires">Losses by fire, t C/ha, by year.</param>
internal sealed record OrganicInput(string? Mask, OrganicSoils Soils, SortedDictionary<int, string> Fires);

/// <summary>One layer of zones; <see cref="Id"/> is null for a raster of integer zones.</summary>
internal sealed record ZoneLayerInput(
    string File, string? Layer, string? Id, string? Name, string? Groups, string? LandArea, bool Dissolve);

/// <summary>The rules of method §3–§7 in force.</summary>
/// <param name="SocThreshold">Per cent: a change of stock beyond ± this counts (method §5).</param>
internal sealed record Rules(
    string Profile,
    MissingDataPolicy Missing,
    string LpdTable,
    double SocThreshold,
    bool SocInclusive,
    bool UnmappedIsNoData,
    bool MaskWaterInSubIndicators,
    StatusRule Status)
{
    /// <summary>In place of a threshold of soil carbon, where regions have different ones.</summary>
    public const double ByRegion = SoilRulesByRegion.ByRegion;

    /// <summary>
    /// Level of confidence of the statistical test of soil carbon in reporting periods; null where the threshold judges them.
    /// </summary>
    public double? SocTestLevel { get; init; }

    /// <summary>Whether condition rasters hold −1, 0, 1 (else 1, 2, 3); null where their values are to tell.</summary>
    public bool? SignedConditions { get; init; }
}

/// <summary>Which input's grid is the run's, its extent, and how the others are brought onto it.</summary>
internal sealed record GridOptions(
    string Like, bool FullExtent, Resampling LandCover, Resampling Productivity, Resampling SoilCarbon);

[Flags]
internal enum RasterOutputs
{
    None = 0,
    Indicator = 1,
    SubIndicators = 2,
    Status = 4,
    Parts = 8,

    /// <summary>Gains and losses, and the verdict of each land type.</summary>
    Neutrality = 16,

    /// <summary>The response hierarchy.</summary>
    Response = 32,

    /// <summary>
    /// The maps that PRAIS asks for beside them: land cover and its change, land productivity, stocks, people exposed, drought.
    /// </summary>
    Prais = 64,

    /// <summary>Drought: the index that is computed, its classes by year and block, people in it, vulnerability.</summary>
    Drought = 128,
}

internal sealed record OutputOptions(
    RasterOutputs Rasters, bool SignedEncoding, IReadOnlySet<string> Tables, RasterCompression Compression)
{
    /// <summary>The tables that can be asked for; csv, json and provenance are always written.</summary>
    public static IReadOnlyList<string> KnownTables { get; } =
        ["csv", "json", "html", "xlsx", "gpkg", "prais", "trends-earth", "parquet", "qgis"];

    /// <summary>The tables written where the job does not say.</summary>
    public static IReadOnlyList<string> UsualTables { get; } = ["csv", "json", "html", "xlsx", "gpkg", "prais"];

    /// <summary>
    /// Whether the run is of areas affected alone: the archive for PRAIS then has no rasters, which would overwrite the
    /// country's.
    /// </summary>
    public bool AffectedAreasOnly { get; init; }

    /// <summary>Zones of page, workbook and forms of PRAIS where the job does not say.</summary>
    public const int UsualReportZones = 1000;

    /// <summary>Zones that page, workbook and the forms of PRAIS tell of at most, groups beside; tables hold all.</summary>
    public int ReportZones { get; init; } = UsualReportZones;

    /// <summary>Date of the archive for PRAIS; null: the end of the last period.</summary>
    public DateOnly? ReportDate { get; init; }
}
