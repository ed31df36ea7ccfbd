namespace Ldn.Jobs;

/// <summary>What a job asks beyond the indicator, checked (method §10, §11). Absent parts are null or empty and cost nothing.</summary>
public sealed record Strata
{
    /// <summary>Layers that, combined, tell the land type of a cell; empty where there are none.</summary>
    public IReadOnlyList<StratumLayerInput> LandTypes { get; init; } = [];

    /// <summary>Whether the change of soil carbon is told in t of carbon and of carbon dioxide.</summary>
    public bool Climate { get; init; }

    /// <summary>Raster that is above 0 where land is at risk.</summary>
    public string? Risk { get; init; }

    public bool ResponseHierarchy { get; init; }

    public HotspotsInput? Hotspots { get; init; }

    /// <summary>Year to which degradation is projected.</summary>
    public int TargetYear { get; init; } = 2030;
}

/// <summary>
/// A layer that divides the land. Polygons have an <see cref="Id"/> attribute; a raster has none and holds whole numbers. <see cref="Names"/> by id or code.
/// </summary>
public sealed record StratumLayerInput(string File, string? Layer, string? Id, string Name, IReadOnlyDictionary<string, string> Names)
{
    public bool IsPolygons => Id is not null;
}

/// <summary>Where hot- and brightspots are looked for: cells of so many km, polygons, or both.</summary>
public sealed record HotspotsInput(double? CellKm, StratumLayerInput? Polygons);
