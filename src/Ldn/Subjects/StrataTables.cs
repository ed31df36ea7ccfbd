using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>The tables of what a job asks beyond the indicator, in the order of the files.</summary>
internal static class StrataTables
{
    public static IEnumerable<ResultTable> Of(RunStatistics run)
    {
        if (run.Job.Strata is not { } strata)
            yield break;
        if (strata.LandTypes.Count > 0)
            yield return NeutralityTables.Neutrality(run);
        if (strata.TargetYear is not null && run.Job.Periods.Count > 1)
            yield return NeutralityTables.Projection(run);
        if (strata.Targets.Count > 0)
            yield return TargetTables.Targets(run);
        if (strata.ResponseHierarchy)
            yield return ResponseTables.Hierarchy(run);
        if (strata.Severity is not null)
            yield return SeverityTables.Severity(run);
        if (strata.Cost is not null)
            yield return SeverityTables.Cost(run);
        if (strata.Hotspots is not null)
            yield return HotspotTables.Spots(run);
    }

    /// <summary>Every table there may be, without rows.</summary>
    public static IEnumerable<ResultTable> Kinds(RunStatistics empty) =>
    [
        NeutralityTables.Neutrality(empty), NeutralityTables.Projection(empty), TargetTables.Targets(empty), ResponseTables.Hierarchy(empty),
        SeverityTables.Severity(empty), SeverityTables.Cost(empty), HotspotTables.Spots(empty),
    ];
}
