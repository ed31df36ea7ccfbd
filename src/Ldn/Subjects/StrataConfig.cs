using System.Text.Json;

namespace Ldn.Subjects;

/// <summary>
/// What a job asks beyond the indicator (method §10 and §11), every member optional. A layer is a file name or an object as
/// <see cref="StratumLayerConfig"/>.
/// </summary>
public sealed record StrataConfig
{
    /// <summary>Layers that, combined, tell the land type of a cell: categorical rasters and polygons.</summary>
    public List<JsonElement>? LandTypes { get; init; }

    /// <summary>Raster that is above 0 where land is at risk, for the response hierarchy.</summary>
    public string? Risk { get; init; }

    /// <summary>Whether the response hierarchy is computed; without an answer it is where land types, targets or a risk layer are given.</summary>
    public bool? ResponseHierarchy { get; init; }

    public HotspotsConfig? Hotspots { get; init; }

    /// <summary>default, or a CSV of degraded_sub_indicators, lpd, grade.</summary>
    public string? Severity { get; init; }

    /// <summary>A CSV of land_cover, grade, usd_per_ha_year.</summary>
    public string? Cost { get; init; }

    /// <summary>Year of the projection, 2030 without an answer.</summary>
    public int? TargetYear { get; init; }

    /// <summary>Whether the change of soil carbon is told in t of carbon and of carbon dioxide.</summary>
    public bool? Climate { get; init; }

    /// <summary>A raster of P/PET, or one a date by year.</summary>
    public JsonElement? Aridity { get; init; }

    /// <summary>People per cell, by year.</summary>
    public Dictionary<string, PopulationConfig>? Population { get; init; }

    public List<DriverConfig>? Drivers { get; init; }

    public List<JsonElement>? Categories { get; init; }

    /// <summary>Rasters of a standardised precipitation index, by year.</summary>
    public Dictionary<string, string>? Drought { get; init; }

    /// <summary>A CSV of zone_id, year, female, male, total: official people, by which PRAIS divides (CP-1.T2).</summary>
    public string? OfficialPopulation { get; init; }

    /// <summary>A CSV of zone_id, year, variable, value, unit.</summary>
    public string? Statistics { get; init; }
}

/// <summary>A layer that divides the land: a raster of whole numbers, or polygons that <see cref="Id"/> tells apart.</summary>
public sealed record StratumLayerConfig
{
    public string? File { get; init; }

    /// <summary>Layer of the file, where it has several.</summary>
    public string? Layer { get; init; }

    /// <summary>Attribute with the id of a polygon's class; polygons that share one are one class.</summary>
    public string? Id { get; init; }

    /// <summary>What the layer is called in tables and targets; the file's name without an answer.</summary>
    public string? Name { get; init; }

    /// <summary>A CSV of code, name.</summary>
    public string? Classes { get; init; }
}

/// <summary>Where hot- and brightspots are looked for: in polygons, in equal-area cells, or in both.</summary>
public sealed record HotspotsConfig
{
    /// <summary>Side of the equal-area cells in km.</summary>
    public double? CellKm { get; init; }

    public StratumLayerConfig? Polygons { get; init; }
}

/// <summary>Rasters of people per cell.</summary>
public sealed record PopulationConfig
{
    public string? Female { get; init; }

    public string? Male { get; init; }

    public string? Total { get; init; }
}
