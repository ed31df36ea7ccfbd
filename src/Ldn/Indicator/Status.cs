namespace Ldn.Indicator;

/// <summary>Status of a reporting period against the baseline, seven classes (method §7), as encoded in rasters.</summary>
public enum Status : byte
{
    /// <summary>One of the two conditions is not known, or the land is water.</summary>
    NoData = 0,

    /// <summary>Degraded in both.</summary>
    PersistentDegradation = 1,

    /// <summary>Degraded in the period alone.</summary>
    RecentDegradation = 2,

    /// <summary>Degraded in the baseline, stable since.</summary>
    BaselineDegradation = 3,

    /// <summary>Stable in both.</summary>
    Stability = 4,

    /// <summary>Improved in the baseline, stable since.</summary>
    BaselineImprovement = 5,

    /// <summary>Improved in the period alone.</summary>
    RecentImprovement = 6,

    /// <summary>Improved in both.</summary>
    PersistentImprovement = 7,
}

/// <summary>How the status follows from the conditions of the baseline and the period (method §7).</summary>
public enum StatusRule
{
    /// <summary>GPG Addendum 2025, the 2026 cycle.</summary>
    Addendum2025,

    /// <summary>Legacy: degraded then improved counts as stable; improved then stable as improved.</summary>
    Progress2022,
}

/// <summary>The rule of status, cell by cell (method §7).</summary>
public static class StatusLaw
{
    /// <summary>
    /// Status of a pixel that is water in neither period. The legacy rule's "degraded then improved" is class 4, stability.
    /// </summary>
    public static Status Of(Condition baseline, Condition period, StatusRule rule = StatusRule.Addendum2025) =>
        (baseline, period) switch
        {
            (Condition.NoData, _) or (_, Condition.NoData) => Status.NoData,
            (Condition.Degraded, Condition.Degraded) => Status.PersistentDegradation,
            (Condition.Degraded, Condition.Stable) => Status.BaselineDegradation,
            (Condition.Degraded, Condition.Improved) when rule == StatusRule.Progress2022 => Status.Stability,
            (_, Condition.Degraded) => Status.RecentDegradation,
            (Condition.Stable, Condition.Stable) => Status.Stability,
            (Condition.Improved, Condition.Stable) => Status.BaselineImprovement,
            (Condition.Improved, Condition.Improved) => Status.PersistentImprovement,
            _ => Status.RecentImprovement,
        };

    /// <summary>The three classes of a status: 1–3 degraded, 4 stable, 5–7 improved.</summary>
    public static Condition ThreeClass(this Status status) => status switch
    {
        Status.NoData => Condition.NoData,
        < Status.Stability => Condition.Degraded,
        Status.Stability => Condition.Stable,
        _ => Condition.Improved,
    };

    /// <summary>Name in tables, in snake case.</summary>
    public static string Name(this Status status) => status switch
    {
        Status.PersistentDegradation => "persistent_degradation",
        Status.RecentDegradation => "recent_degradation",
        Status.BaselineDegradation => "baseline_degradation",
        Status.Stability => "stability",
        Status.BaselineImprovement => "baseline_improvement",
        Status.RecentImprovement => "recent_improvement",
        Status.PersistentImprovement => "persistent_improvement",
        _ => "no_data",
    };

    /// <summary>Colour as <c>#rrggbb</c> (method §1).</summary>
    public static string Color(this Status status) => status switch
    {
        Status.PersistentDegradation => "#762a83",
        Status.RecentDegradation => "#af8dc3",
        Status.BaselineDegradation => "#e7d4e8",
        Status.Stability => "#f7f7f7",
        Status.BaselineImprovement => "#d9f0d3",
        Status.RecentImprovement => "#7fbf7b",
        Status.PersistentImprovement => "#1b7837",
        _ => "#000000",
    };
}
