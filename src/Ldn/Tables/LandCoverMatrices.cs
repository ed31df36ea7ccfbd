using Ldn.Jobs;
using Ldn.LandCover;

namespace Ldn.Tables;

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
