namespace Ldn.Subjects;

/// <summary>What a job asks beyond the indicator, checked (method §10, §11). Absent parts are null or empty and cost nothing.</summary>
public sealed record Strata
{
    /// <summary>Layers that, combined, tell the land type of a cell; empty where there are none.</summary>
    public IReadOnlyList<StratumLayerInput> LandTypes { get; init; } = [];

    /// <summary>What stands behind degradation and whom it meets.</summary>
    public DriverInputs Drivers { get; init; } = new();

    /// <summary>Raster that is above 0 where land is at risk.</summary>
    public string? Risk { get; init; }

    public bool ResponseHierarchy { get; init; }

    public HotspotsInput? Hotspots { get; init; }

    /// <summary>Grades of degradation, or null where none are asked for.</summary>
    public SeverityTable? Severity { get; init; }

    /// <summary>What degradation costs by land cover and grade.</summary>
    public CostTable? Cost { get; init; }

    /// <summary>National targets, each for a zone or group of the run.</summary>
    public IReadOnlyList<Target> Targets { get; init; } = [];

    /// <summary>Files beside the rasters of the pass, for the record: polygons and tables, each with what it is.</summary>
    public IReadOnlyList<(string Layer, string File)> Files { get; init; } = [];

    /// <summary>Year to which degradation is projected; null where no projection is asked for.</summary>
    public int? TargetYear { get; init; }
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
