using Ldn.Indicator;
using Ldn.Subjects;

namespace Ldn.Tables;

/// <summary>Every table of a run, in the order of the files.</summary>
public static class RunTables
{
    public static IReadOnlyList<ResultTable> All(RunStatistics run, IReadOnlyList<Correction>? corrections = null)
    {
        PeriodFigures[][] figures = run.Figures();
        var tables = new List<ResultTable>
        {
            ConditionTables.Summary(run, figures),
            ConditionTables.Headline(run, figures),
        };

        // An indicator made elsewhere has no sub-indicators, and no other rule would make another of it.
        if (!run.Job.IndicatorIsGiven)
            tables.AddRange([CrossTables.SubIndicators(run), Sensitivity.Table(run)]);
        if (run.Job.Periods.Count > 1)
            tables.Add(CrossTables.Status(run));
        if (run.Legend is not null)
        {
            tables.Add(CrossTables.Transitions(run, unccd7: false));
            tables.Add(CrossTables.Transitions(run, unccd7: true));
            if (run.Gaps.Count > 0)
                tables.Add(CrossTables.Gaps(run));
            if (ProductivityEvidence.LpdClasses(run.Job) is { } classes)
                tables.Add(CrossTables.LpdByTransition(run, classes));
        }

        if (run.Carbon.Count > 0)
            tables.Add(CarbonTables.ByLandCover(run));
        tables.AddRange(StrataTables.Of(run));
        tables.AddRange(Drivers(run, figures));
        if (run.Activities.Count > 0)
            tables.AddRange(ActivityTables.All(run));
        if (corrections is { Count: > 0 })
        {
            tables.Add(CorrectionTables.Moved(run, corrections));
            tables.Add(BeforeCorrections(run));
        }

        return tables;
    }

    /// <summary>Every table that a run may have, without rows: their columns are what the schema publishes.</summary>
    public static IReadOnlyList<ResultTable> Kinds()
    {
        RunStatistics run = RunStatistics.Empty();
        return
        [
            .. All(run), CrossTables.Gaps(run), CrossTables.LpdByTransition(run, []), CarbonTables.ByLandCover(run), CorrectionTables.Moved(run, []),
            BeforeCorrections(run), .. ActivityTables.All(run),
            ClimateTables.Change(run), PopulationTables.ByCondition(run), DrylandTables.Desertification(run), DrylandTables.ByDate(run), DrylandTables.Transitions(run),
            DriverTables.Continuous(run), DriverTables.Categorical(run), DroughtTables.ByYear(run), DroughtTables.ByBlock(run), StatisticsTable.Beside(run, []),
            .. StrataTables.Kinds(run),
        ];
    }

    /// <summary>What stands behind degradation and whom it meets, as far as the job asks.</summary>
    private static IEnumerable<ResultTable> Drivers(RunStatistics run, PeriodFigures[][] figures)
    {
        if (run.Job.Strata?.Drivers is not { } asked)
            yield break;
        if (asked.Climate)
            yield return ClimateTables.Change(run);
        if (asked.Population.Count > 0)
            yield return PopulationTables.ByCondition(run);
        if (asked.Aridity.Count > 0)
        {
            yield return DrylandTables.Desertification(run);
            yield return DrylandTables.ByDate(run);
        }

        if (asked.Aridity.Count > 1)
            yield return DrylandTables.Transitions(run);
        if (asked.Drivers.Count > 0)
            yield return DriverTables.Continuous(run);
        if (asked.Categories.Count > 0)
            yield return DriverTables.Categorical(run);
        if (asked.Drought.Count > 0)
        {
            yield return DroughtTables.ByYear(run);
            yield return DroughtTables.ByBlock(run);
        }

        if (asked.Statistics.Count > 0)
            yield return StatisticsTable.Beside(run, figures);
    }

    private static ResultTable BeforeCorrections(RunStatistics run) => ConditionTables.Headline(
        run, run.Figures(corrected: false), name: "headline_before_corrections", title: "The reported figure before corrections");
}
