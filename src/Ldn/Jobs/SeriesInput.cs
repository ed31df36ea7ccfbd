using Ldn.Productivity;

namespace Ldn.Jobs;

/// <summary>Productivity from one raster or band a year (method §4.2).</summary>
/// <param name="Files">The series by year, stand-ins filled in.</param>
/// <param name="Climate">The climate by year; empty where the trend's method needs none.</param>
/// <param name="Units">Rasters whose combination is the ecological unit; empty where no performance is computed.</param>
/// <param name="Scale">Physical value of a stored 1, in place of what the files say; null: the files'.</param>
/// <param name="Offset">Physical value of a stored 0, likewise.</param>
/// <param name="Options">Rules in force.</param>
/// <param name="Windows">Years judged in each period, by period id.</param>
internal sealed record SeriesInput(
    SortedDictionary<int, string> Files, SortedDictionary<int, string> Climate, IReadOnlyList<string> Units, double? Scale,
    double? Offset,
    ProductivityOptions Options, IReadOnlyDictionary<string, SeriesWindow> Windows)
{
    /// <summary>In place of <see cref="Files"/>: several dated layers a year, which are made one.</summary>
    public StackInput? Stack { get; init; }

    /// <summary>Raster of the greatest NDVI of each period's window, by period id; empty where none is given.</summary>
    public IReadOnlyDictionary<string, string> Greatest { get; init; } = new Dictionary<string, string>();

    /// <summary>State is part of the combination alone.</summary>
    public bool HasState => Options.LpdMethod == LpdMethod.Combination;

    /// <summary>Performance needs ecological units, and classes of land productivity dynamics need performance.</summary>
    public bool HasPerformance => HasState && Units.Count > 0;
}

/// <summary>
/// Files of an intra-annual stack, whose bands are its layers; dates from a table or, where that is null, from the names of bands
/// or files.
/// </summary>
internal sealed record StackInput(IReadOnlyList<string> Files, string? Dates, AnnualIntegration Integration);
