namespace Ldn.Jobs;

/// <summary>Regions of a job as written (drought §6): where they are, and what each has of its own.</summary>
internal sealed record RegionsSection
{
    [JobKey("Polygons of the regions, or a raster of whole numbers", "\"ecoregions.gpkg\"")]
    public string? Zones { get; init; }

    [JobKey("Layer of the file, where it has several", "\"regions\"")]
    public string? Layer { get; init; }

    [JobKey("Attribute with the id of the region; a raster has none, its values are the ids", "\"region\"")]
    public string? Id { get; init; }

    [JobKey("Attribute with the name of the region", "\"name\"")]
    public string? Name { get; init; }

    [JobKey("What happens to land in no region: it is an error, or the job's own rules hold there", "\"error\"", "error",
        "default")]
    public string? Outside { get; init; }

    [JobKey("Each region by its id: what is laid over the job's own blocks there, nothing where it is empty",
        "{ \"north\": { \"rules\": { \"socThreshold\": 5 } }, \"south\": {} }")]
    public Dictionary<string, RegionConfig>? Define { get; init; }
}

/// <summary>What one region has of its own; every key left out is the job's.</summary>
internal sealed record RegionConfig
{
    [JobKey("Its transition matrix", "{ \"matrix\": \"north.csv\" }")]
    public RegionCoverConfig? LandCover { get; init; }

    [JobKey("Its productivity: any key of the job's block; another kind replaces the block",
        "{ \"kind\": \"lpd\", \"periods\": { \"baseline\": \"north_lpd.tif\" } }")]
    public ProductivityConfig? Productivity { get; init; }

    [JobKey("Its model of soil carbon", "{ \"factor\": 0.8 }")]
    public RegionSoilConfig? SoilCarbon { get; init; }

    [JobKey("Its rules", "{ \"socThreshold\": 5 }")]
    public RegionRulesConfig? Rules { get; init; }
}

internal sealed record RegionCoverConfig
{
    [JobKey("A CSV of transitions in legend codes, cells -1, 0, 1", "\"north.csv\"")]
    public string? Matrix { get; init; }
}

/// <summary>Keys of <see cref="SoilCarbonConfig"/> that a region may have of its own.</summary>
internal sealed record RegionSoilConfig
{
    [JobKey("Its reference stock", "\"north_soc2000.tif\"")]
    public string? Reference { get; init; }

    [JobKey("Its raster of IPCC climate zones, in place of a factor", "\"climate_zones.tif\"")]
    public string? ClimateZones { get; init; }

    [JobKey("Its factor of cropping, in place of climate zones", "0.8")]
    public double? Factor { get; init; }

    [JobKey("Its CSV of from,to,factor", "\"north_factors.csv\"")]
    public string? Factors { get; init; }

    [JobKey("Classes that its table of factors is written in", "\"unccd\"", "unccd", "legend")]
    public string? FactorClasses { get; init; }

    [JobKey("Where between two dated covers the change is placed", "\"middle\"", "middle", "start", "end")]
    public string? Placement { get; init; }

    [JobKey("Its raster of management factors", "\"management.tif\"")]
    public string? Management { get; init; }

    [JobKey("Its raster of input factors", "\"input.tif\"")]
    public string? Input { get; init; }

    [JobKey("Its raster of the standard error of the baseline's mean stock", "\"north_se.tif\"")]
    public string? StandardError { get; init; }

    [JobKey("Its organic soils", "{ \"mask\": \"wetland\", \"factors\": \"emissions.csv\" }")]
    public OrganicConfig? Organic { get; init; }
}

/// <summary>Keys of <see cref="RulesConfig"/> that a region may have of its own.</summary>
internal sealed record RegionRulesConfig
{
    [JobKey("Change of soil carbon in per cent beyond which it counts", "5")]
    public double? SocThreshold { get; init; }

    [JobKey("Whether a change of exactly the threshold counts", "false")]
    public bool? SocInclusive { get; init; }

    [JobKey("How its soil carbon of a reporting period is judged", "\"threshold\"", "threshold", "interval")]
    public string? SocTest { get; init; }

    [JobKey("How trend, state and performance combine", "\"prais-2026\"", "prais-2026", "gpg-v2", "gpg-v1")]
    public string? LpdTable { get; init; }
}
