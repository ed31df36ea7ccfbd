using Ldn.Counting;

namespace Ldn.Subjects;

/// <summary>What the questions about people, drylands, drivers and drought stand for, in the order of the job.</summary>
public sealed record DriverFrame
{
    public IReadOnlyList<PopulationLayer> Population { get; init; } = [];

    /// <summary>Years of the aridity dates, ascending; null for a single date without one.</summary>
    public IReadOnlyList<int?> AridityYears { get; init; } = [];

    public IReadOnlyList<DriverLayer> Drivers { get; init; } = [];

    public IReadOnlyList<CategoryLayer> Categories { get; init; } = [];

    public IReadOnlyList<int> DroughtYears { get; init; } = [];

    /// <summary>
    /// Which of some years, ascending, stands for a moment: the closest, the earlier of two as close (method §11); −1 where there is none.
    /// </summary>
    public static int Serving(IReadOnlyList<int?> years, int? moment)
    {
        int serving = years.Count > 0 ? 0 : -1;
        for (int i = 1; i < years.Count; i++)
            if (Math.Abs((long)(years[i] - moment ?? 0)) < Math.Abs((long)(years[serving] - moment ?? 0)))
                serving = i;
        return serving;
    }

    /// <summary>The population that stands for a moment, or null.</summary>
    public PopulationLayer? PopulationAt(int? moment) =>
        Serving([.. Population.Select(p => (int?)p.Year)], moment) is >= 0 and int index ? Population[index] : null;

    /// <summary>The dates of people that serve some year of a block of drought, or its last year, ascending.</summary>
    public IReadOnlyList<PopulationLayer> PopulationOfBlock(IReadOnlyList<int> years, int last) =>
        [.. years.Append(last).Select(y => PopulationAt(y)).OfType<PopulationLayer>().Distinct().OrderBy(p => p.Year)];
}

/// <summary>People of a year: the sums of its rasters, and which of them make up each sex.</summary>
public sealed record PopulationLayer(int Year, IReadOnlyList<CountSum> Rasters, IReadOnlyList<(string Sex, IReadOnlyList<int> Rasters)> Sexes);

/// <summary>A continuous layer; <paramref name="Steps"/> is null for a count.</summary>
public sealed record DriverLayer(string Name, string Unit, QuantumPlane? Steps);

/// <summary>A categorical layer: its classes are told as land types are.</summary>
public sealed record CategoryLayer(string Name, LandTypes Classes);
