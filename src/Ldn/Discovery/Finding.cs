namespace Ldn.Discovery;

/// <summary>What a file can be in a job.</summary>
internal enum LayerKind
{
    Unknown,
    LandCover,
    Lpd,
    Condition,
    Trend,
    State,
    Performance,

    /// <summary>An annual value of vegetation: a file, or a band, for each year.</summary>
    Series,

    /// <summary>Several dated layers a year.</summary>
    Stack,
    SoilStock,
    SoilChange,
    ClimateZones,
    Water,
    Population,
    Aridity,
    Drought,
    Rain,

    /// <summary>Of the air, by month.</summary>
    Temperature,

    /// <summary>Potential evapotranspiration by month.</summary>
    Evapotranspiration,
    Driver,
    Category,
    Zones,
    Corrections,
    Activities,

    /// <summary>Polygons that carry <c>region</c> or a raster of them, and the table of their matrices.</summary>
    Regions,
    RegionMatrices,
    Groups,
    Legend,
    Matrix,
    LandArea,
    Targets,
    Statistics,
    Factors,
}

/// <summary>A file, or a band of one, what it was taken for, and why.</summary>
/// <param name="File">Relative to the folder that was looked through, with slashes; a band as <c>file.tif#band=2</c>.</param>
internal sealed record Finding(string File, LayerKind Kind, string Why)
{
    /// <summary>The years that names or bands tell, ascending.</summary>
    public IReadOnlyList<int> Years { get; init; } = [];

    /// <summary>
    /// Of land cover its legend, of a series its variable, of people <c>female</c>, <c>male</c> or <c>total</c>, of rainfall
    /// <c>monthly</c> where it is not by year, of temperature <c>mean</c>, <c>minimum</c> or <c>maximum</c>.
    /// </summary>
    public string? Detail { get; init; }

    /// <summary>Of a series or of temperature: what stored values are to be multiplied with.</summary>
    public double? Scale { get; init; }

    /// <summary>Of temperature: what is to be added then.</summary>
    public double? Offset { get; init; }

    /// <summary>Of rainfall, temperature and evapotranspiration: the months of the layers, since the year 0.</summary>
    public IReadOnlyList<int> Months { get; init; } = [];

    /// <summary>Undeclared values that look like fills.</summary>
    public IReadOnlyList<double> Fills { get; init; } = [];

    /// <summary>What a person should look at.</summary>
    public string? Doubt { get; init; }

    /// <summary>The product it was recognised as, for the sources of a report.</summary>
    public Product? Product { get; init; }

    /// <summary>Of land cover in no built-in legend: the codes that were met.</summary>
    public IReadOnlyList<double> Codes { get; init; } = [];

    /// <summary>Of a stack: its bands, in order, with the year of each.</summary>
    public IReadOnlyList<int> BandYears { get; init; } = [];

    /// <summary>Of zones.</summary>
    public ZoneFields? Zones { get; init; }

    /// <summary>Of zones in a file of several layers: which.</summary>
    public string? Layer { get; init; }

    /// <summary>The file, and the layer where it has several.</summary>
    public string Name => Layer is null ? File : $"{File}#layer={Layer}";

    /// <summary>Detail of rainfall that has several dates a year.</summary>
    internal const string Monthly = "monthly";

    /// <summary>What the kind is called.</summary>
    public string Called => Kind switch
    {
        LayerKind.Unknown => "not used",
        LayerKind.LandCover => $"land cover, legend {Detail ?? "?"}",
        LayerKind.Lpd => "land productivity dynamics",
        LayerKind.Condition => "condition of productivity",
        LayerKind.Series => $"annual {Detail?.ToUpperInvariant()}",
        LayerKind.Stack => $"{Detail?.ToUpperInvariant()}, several layers a year",
        LayerKind.SoilStock => "soil carbon stock",
        LayerKind.SoilChange => "soil carbon change in per cent",
        LayerKind.ClimateZones => "IPCC climate zones",
        LayerKind.Population => $"people ({Detail})",
        LayerKind.Rain => Detail == Monthly ? "rainfall by month" : "rainfall by year",
        LayerKind.Temperature => $"{Detail} temperature",
        LayerKind.Evapotranspiration => "potential evapotranspiration",
        LayerKind.LandArea => "official land areas",
        LayerKind.Factors => "soil carbon factors",
        LayerKind.Regions => "regions",
        LayerKind.RegionMatrices => "matrices by region",
        _ => Kind.ToString().ToLowerInvariant(),
    };
}

/// <summary>A layer of polygons as zones: how many, and which attributes can be id and name.</summary>
internal sealed record ZoneFields(
    int Count, string? Id, string? Name, IReadOnlyList<string> OtherIds, bool IsIso3, string Example)
{
    /// <summary>An attribute with one value for all: the country that the zones are parts of.</summary>
    public (string Id, string Name)? Whole { get; init; }

    /// <summary>Ids of all zones, in file order.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];
}

/// <summary>A published product: what its files are, and how a report cites it.</summary>
/// <param name="Pattern">Regular expression on the name, in lower case.</param>
/// <param name="Legend">Of land cover, or null.</param>
internal sealed record Product(
    string Pattern, LayerKind Kind, string Title, string Publisher, string? Link, string? Legend = null,
    string? Doubt = null);
