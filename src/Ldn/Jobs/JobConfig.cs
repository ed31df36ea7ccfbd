using System.Text.Json;
using System.Text.Json.Serialization;
using Ldn.Subjects;

namespace Ldn.Jobs;

/// <summary>
/// A job file as written (interface contract §2): every member optional, names as in JSON. <see cref="JobReader"/> reads it,
/// <see cref="JobResolver"/> makes a checked <see cref="Job"/> of it. The published schema is generated from these types.
/// </summary>
public sealed record JobConfig
{
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    public string? Name { get; init; }

    /// <summary>unccd-2018, unccd-2022, unccd-2026 or yearly; instead of <see cref="Periods"/>.</summary>
    public string? Preset { get; init; }

    public Dictionary<string, PeriodConfig>? Periods { get; init; }

    public LandCoverConfig? LandCover { get; init; }

    public ProductivityConfig? Productivity { get; init; }

    public SoilCarbonConfig? SoilCarbon { get; init; }

    /// <summary>Sub-indicators deliberately left out: land-cover, productivity, soil-carbon.</summary>
    public List<string>? Without { get; init; }

    /// <summary>Water mask (non-zero is water) for runs without land cover.</summary>
    public string? Water { get; init; }

    public List<ZoneConfig>? Zones { get; init; }

    public StrataConfig? Strata { get; init; }

    public ActivitiesConfig? Activities { get; init; }

    public CorrectionsConfig? Corrections { get; init; }

    /// <summary>A CSV or JSON of targets.</summary>
    public string? Targets { get; init; }

    public RulesConfig? Rules { get; init; }

    public GridConfig? Grid { get; init; }

    public OutputsConfig? Outputs { get; init; }

    /// <summary>Undeclared fill values per layer: land-cover, productivity, soc, or a file name of the job.</summary>
    public Dictionary<string, List<double>>? NoData { get; init; }
}

/// <summary>First and last year of a period, per sub-indicator.</summary>
public sealed record PeriodConfig
{
    public int[]? LandCover { get; init; }

    public int[]? Productivity { get; init; }

    public int[]? SoilCarbon { get; init; }
}

public sealed record LandCoverConfig
{
    public string? Legend { get; init; }

    public string? Matrix { get; init; }

    public RegionsConfig? Regions { get; init; }

    public Dictionary<string, string>? Years { get; init; }

    public Dictionary<string, int>? StandIns { get; init; }
}

/// <summary>Polygons (attribute <c>region</c>) or an integer raster, and the table of one matrix a region.</summary>
public sealed record RegionsConfig
{
    public string? Zones { get; init; }

    public string? Layer { get; init; }

    public string? Matrices { get; init; }

    /// <summary>error (default) or default: what happens to land in no region.</summary>
    public string? Outside { get; init; }
}

public sealed record ProductivityConfig
{
    /// <summary>lpd, condition, parts or series.</summary>
    public string? Kind { get; init; }

    /// <summary>By kind: a file; an object of trend, state and performance; the years of a window.</summary>
    public Dictionary<string, JsonElement>? Periods { get; init; }

    public Dictionary<string, string>? Years { get; init; }

    public Dictionary<string, int>? StandIns { get; init; }

    public string? Variable { get; init; }

    public double? Scale { get; init; }

    public double? Offset { get; init; }

    public string? Method { get; init; }

    public Dictionary<string, string>? Climate { get; init; }

    public string? Slope { get; init; }

    public string? Significance { get; init; }

    public string? State { get; init; }

    public List<string>? Units { get; init; }

    public string? PerformanceScope { get; init; }

    public string? LpdMethod { get; init; }

    public int? MinYears { get; init; }

    /// <summary>In place of <see cref="Years"/>: files of a stack of several layers a year, each layer dated.</summary>
    public List<string>? Layers { get; init; }

    /// <summary>What the layers of a year become; only with <see cref="Layers"/>.</summary>
    public IntegrationConfig? Integrate { get; init; }

    /// <summary>Raster of the window's greatest NDVI by period, for the deserts of fao-wocat.</summary>
    public Dictionary<string, string>? Greatest { get; init; }

    /// <summary>Initial biomass up to which fao-wocat calls it low and medium (default 0.4, 0.7).</summary>
    public double[]? BiomassLimits { get; init; }

    /// <summary>Greatest NDVI up to which fao-wocat sees a desert (default 0.25).</summary>
    public double? DesertLimit { get; init; }

    /// <summary>Difference of means up to which state sees no change, in units of the series.</summary>
    public double? StateMinimum { get; init; }

    /// <summary>Step to which means are rounded before performance, in units of the series.</summary>
    public double? Quantum { get; init; }
}

/// <summary>How the layers of a year become one.</summary>
public sealed record IntegrationConfig
{
    /// <summary>mean (default) or sum of the valid layers.</summary>
    public string? Statistic { get; init; }

    /// <summary>CSV of layer,date; without it the dates are in the names of bands or files.</summary>
    public string? Dates { get; init; }

    /// <summary>Month with which a year starts, 1 to 12 (default 1).</summary>
    public int? StartMonth { get; init; }

    /// <summary>Fewest valid layers of a pixel in a year (default: half of them).</summary>
    public int? MinCount { get; init; }
}

public sealed record SoilCarbonConfig
{
    /// <summary>stocks, change or reference.</summary>
    public string? Kind { get; init; }

    public Dictionary<string, string>? Years { get; init; }

    public Dictionary<string, string>? Periods { get; init; }

    public Dictionary<string, int>? StandIns { get; init; }

    public string? Reference { get; init; }

    public int? ReferenceYear { get; init; }

    public string? ClimateZones { get; init; }

    public double? Factor { get; init; }

    public string? Factors { get; init; }

    public string? FactorClasses { get; init; }

    public string? Placement { get; init; }

    public string? Management { get; init; }

    public string? Input { get; init; }

    /// <summary>Further years to write stocks of, beside those the periods need.</summary>
    public List<int>? OutputYears { get; init; }
}

public sealed record ZoneConfig
{
    public string? File { get; init; }

    public string? Layer { get; init; }

    public string? Id { get; init; }

    public string? Name { get; init; }

    /// <summary>A CSV of groups, or north-east-asia or m49.</summary>
    public string? Groups { get; init; }

    /// <summary>A CSV of official land areas.</summary>
    public string? LandArea { get; init; }

    public bool? Dissolve { get; init; }
}

public sealed record CorrectionsConfig
{
    public string? File { get; init; }

    public string? Layer { get; init; }
}

public sealed record RulesConfig
{
    public string? Profile { get; init; }

    public string? Missing { get; init; }

    public string? LpdTable { get; init; }

    public double? SocThreshold { get; init; }

    public bool? SocInclusive { get; init; }

    public string? Unmapped { get; init; }

    /// <summary>addendum-2025 (default) or progress-2022.</summary>
    public string? Status { get; init; }
}

public sealed record GridConfig
{
    /// <summary>landCover, productivity, soilCarbon, finest or a file.</summary>
    public string? Like { get; init; }

    /// <summary>zones or full.</summary>
    public string? Extent { get; init; }

    public ResamplingConfig? Resampling { get; init; }
}

/// <summary>nearest, mode (classes) or average (continuous values), per layer.</summary>
public sealed record ResamplingConfig
{
    public string? LandCover { get; init; }

    public string? Productivity { get; init; }

    public string? SoilCarbon { get; init; }
}

public sealed record OutputsConfig
{
    public List<string>? Rasters { get; init; }

    public string? Encoding { get; init; }

    public List<string>? Tables { get; init; }

    public string? Compress { get; init; }
}

/// <summary>Serialisation of job files without reflection at run time.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    ReadCommentHandling = JsonCommentHandling.Skip,
    AllowTrailingCommas = true,
    WriteIndented = true,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(JobConfig))]
[JsonSerializable(typeof(StratumLayerConfig))]
[JsonSerializable(typeof(string))]
public sealed partial class JobJson : JsonSerializerContext;
