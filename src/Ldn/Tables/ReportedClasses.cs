using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.LandCover;
using Ldn.Questions;

namespace Ldn.Tables;

/// <summary>
/// The classes by which people, drylands and drivers are told: the condition in the baseline, the status afterwards (method §7),
/// and water apart.
/// </summary>
internal static class ReportedClasses
{
    /// <summary>Index of water; the others are conditions.</summary>
    public const int Water = 4;

    public const int Count = 5;

    /// <summary>Names by index, and the order in which tables list them.</summary>
    public static readonly (int Class, string Name)[] InOrder =
        [.. new[] { Condition.Degraded, Condition.Stable, Condition.Improved, Condition.NoData }.Select(c => ((int)c, c.Name())),
            (Water, "water")];

    /// <summary>The class of a code of <see cref="ConditionsPlane"/> of a period.</summary>
    public static int Of(ulong code, int period, StatusRule rule)
    {
        var pair = new ConditionPair((byte)code);
        return period == 0
            ? pair.BaselineWater ? Water : (int)pair.Baseline
            : pair.StatusWater ? Water : (int)pair.Status(rule).ThreeClass();
    }

    /// <summary>Whether the code is land in the baseline's initial year.</summary>
    public static bool IsLand(ulong code) => !new ConditionPair((byte)code).BaselineWater;
}

/// <summary>The transition matrices of a job by region.</summary>
internal sealed record LandCoverMatrices(IReadOnlyList<(string Region, TransitionMatrix Matrix)> All)
{
    public static LandCoverMatrices Of(Job job)
    {
        LandCoverInput input = job.LandCover ?? throw new InvalidOperationException("no land cover in this run");
        return RegionSet.Of(job) is { } regions
            ? new([.. (regions.MatricesOnly ? regions.All : regions.InUse).Select(r => (r.Id, r.Job.LandCover!.Matrix))])
            : new([("all", input.Matrix)]);
    }
}
