using Ldn.Jobs;
using Ldn.Productivity;

namespace Ldn.Pass;

/// <summary>Productivity from annual series in terms of the plan's inputs (method §4.2).</summary>
/// <param name="Options">Rules in force.</param>
/// <param name="Scale">In place of the files' own; null: theirs.</param>
/// <param name="Offset">Likewise.</param>
/// <param name="Years">Inputs of each year that some window holds: one, or several that are integrated.</param>
/// <param name="Periods">One a period of the run.</param>
/// <param name="Units">Inputs that make the ecological unit, the most significant first; empty without performance.</param>
public sealed record SeriesPlan(
    ProductivityOptions Options, double? Scale, double? Offset, IReadOnlyList<IReadOnlyList<int>> Years,
    IReadOnlyList<SeriesPeriod> Periods, IReadOnlyList<int> Units)
{
    /// <summary>How the inputs of a year become one; null where each year is one input.</summary>
    public AnnualIntegration? Integration { get; init; }

    /// <summary>Zone of the pixels that share a percentile with those of a place, −1 for a place in none.</summary>
    public IReadOnlyList<int> ZoneOfPlace { get; init; } = [];

    /// <summary>Of each period, found by the first stage; empty before it.</summary>
    public IReadOnlyList<PerformanceLimits> Limits { get; init; } = [];

    /// <summary>
    /// Where the first stage leaves trend, state and mean of each pixel for the pass; null where the pass reads the series
    /// itself.
    /// </summary>
    public SeriesSpool? Spool { get; init; }

    /// <summary>Inputs of the years and their climate, which nothing else reads.</summary>
    public IEnumerable<int> YearInputs =>
        Periods.SelectMany(p => p.Years.SelectMany(year => Years[year]).Concat(p.Climate)).Distinct();

    /// <inheritdoc cref="SeriesInput.HasState"/>
    public bool HasState => Options.LpdMethod == LpdMethod.Combination;

    /// <inheritdoc cref="SeriesInput.HasPerformance"/>
    public bool HasPerformance => Units.Count > 0;
}

/// <summary>
/// The window of one period: its years among the plan's and the inputs of its climate, in year order, and the input of its
/// greatest NDVI, −1 without.
/// </summary>
public sealed record SeriesPeriod(SeriesWindow Window, IReadOnlyList<int> Years, IReadOnlyList<int> Climate, int Greatest = -1);
