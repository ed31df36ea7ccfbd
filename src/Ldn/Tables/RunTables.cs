using Ldn.Jobs;

namespace Ldn.Tables;

/// <summary>The tables of the indicator and its sub-indicators, which every run has, in the order of the files.</summary>
internal static class RunTables
{
    public static IReadOnlyList<ResultTable> All(RunStatistics run)
    {
        if (run.Job.WithoutIndicator)
            return [];
        var tables = new List<ResultTable>
        {
            ConditionTables.Summary(run),
            ConditionTables.Headline(run, z => run.FiguresOf(z)),
        };

        // An indicator made elsewhere has no sub-indicators, and no other rule would make another of it.
        if (!run.Job.IndicatorIsGiven)
            tables.AddRange([CrossTables.SubIndicators(run), Sensitivity.Table(run), Combinations.Table(run)]);
        if (run.Job.Periods.Count > 1)
        {
            tables.Add(CrossTables.Status(run));
            if (!run.Job.IndicatorIsGiven)
                tables.Add(CrossTables.NewLosses(run));
        }

        if (run.Legend is not null)
        {
            tables.Add(CrossTables.Transitions(run, unccd7: false));
            tables.Add(CrossTables.Transitions(run, unccd7: true));
            if (run.Gaps.Count > 0)
                tables.Add(CrossTables.Gaps(run));
            if (ProductivityEvidence.TableClasses(run.Job) is { } classes)
                tables.Add(CrossTables.LpdByTransition(run, classes));
        }

        if (run.Carbon.Count > 0)
            tables.Add(CarbonTables.ByLandCover(run));
        return tables;
    }

    /// <summary>The same for a run that has every one of them, without rows.</summary>
    public static IReadOnlyList<ResultTable> Kinds(RunStatistics empty) =>
        [.. All(empty), CrossTables.Gaps(empty), CrossTables.LpdByTransition(empty, []), CarbonTables.ByLandCover(empty)];
}
