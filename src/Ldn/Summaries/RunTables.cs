namespace Ldn.Summaries;

/// <summary>Every table of a run, in the order of the files.</summary>
public static class RunTables
{
    public static IReadOnlyList<ResultTable> All(RunStatistics run)
    {
        PeriodFigures[][] figures = [.. Enumerable.Range(0, run.Job.Periods.Count).Select(p => run.Figures(p, run.Tables))];
        var tables = new List<ResultTable>
        {
            ConditionTables.Summary(run, figures),
            ConditionTables.Headline(run, figures),
            CrossTables.SubIndicators(run),
            Sensitivity.Table(run),
        };
        if (run.Job.Periods.Count > 1)
            tables.Add(CrossTables.Status(run));
        if (run.Legend is not null)
        {
            tables.Add(CrossTables.Transitions(run, unccd7: false));
            tables.Add(CrossTables.Transitions(run, unccd7: true));
        }

        return tables;
    }
}
