using Ldn.Rasters;

namespace Ldn.Subjects;

/// <summary>A raster that may stand behind degradation: <see cref="File"/> and what its values are.</summary>
public sealed record DriverConfig
{
    public string? File { get; init; }

    /// <summary>What the layer is called in tables and targets; the file's name without an answer.</summary>
    public string? Name { get; init; }

    /// <summary>mean (default): values such as a density or a trend; count: a number in each cell, such as livestock.</summary>
    public string? Kind { get; init; }

    public string? Unit { get; init; }

    /// <summary>Step to which values of kind mean are rounded; without it the file's own step for whole numbers, 0.001 for others.</summary>
    public double? Quantum { get; init; }

    /// <summary>nearest (default) or average, for kind mean.</summary>
    public string? Resampling { get; init; }
}

/// <summary>What stands behind degradation and whom it meets (method §11), checked; every part may be empty.</summary>
public sealed record DriverInputs
{
    /// <summary>P/PET by date, ascending; a single one may be without a year.</summary>
    public IReadOnlyList<(int? Year, string File)> Aridity { get; init; } = [];

    /// <summary>People by year, ascending.</summary>
    public IReadOnlyList<PopulationInput> Population { get; init; } = [];

    public IReadOnlyList<DriverInput> Drivers { get; init; } = [];

    public IReadOnlyList<StratumLayerInput> Categories { get; init; } = [];

    /// <summary>A standardised precipitation index by year, ascending.</summary>
    public IReadOnlyList<(int Year, string File)> Drought { get; init; } = [];

    public IReadOnlyList<Statistic> Statistics { get; init; } = [];

    /// <summary>Official people of zones by year.</summary>
    public IReadOnlyList<OfficialPeople> OfficialPopulation { get; init; } = [];

    /// <summary>The table they were read from.</summary>
    public string? StatisticsFile { get; init; }

    /// <summary>Whether the change of soil carbon is told in t of carbon and of carbon dioxide.</summary>
    public bool Climate { get; init; }
}

/// <summary>People per cell in a year; <see cref="Total"/> is null where it is the sum of both sexes.</summary>
public sealed record PopulationInput(int Year, string? Female, string? Male, string? Total);

/// <summary>A continuous layer; a count is summed, anything else averaged over area. <paramref name="Quantum"/> null: by the file's type.</summary>
public sealed record DriverInput(string Name, string File, string Unit, bool IsCount, double? Quantum, Resampling Method);

/// <summary>Official people of a zone in a year; a sex that is not told is null.</summary>
public sealed record OfficialPeople(string ZoneId, int Year, double? Female, double? Male, double Total)
{
    public double? Of(string sex) => sex switch { "female" => Female, "male" => Male, _ => Total };
}

/// <summary>A figure from elsewhere that is set beside the results.</summary>
public sealed record Statistic(string ZoneId, int Year, string Variable, double Value, string Unit);
