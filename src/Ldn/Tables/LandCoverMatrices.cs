using Ldn.Jobs;
using Ldn.LandCover;

namespace Ldn.Tables;

/// <summary>The transition matrices of a job by region.</summary>
internal sealed record LandCoverMatrices(IReadOnlyList<(string Region, TransitionMatrix Matrix)> All)
{
    public static LandCoverMatrices Of(Job job)
    {
        LandCoverInput input = job.LandCover ?? throw new InvalidOperationException("no land cover in this run");
        return input.Regions is { } regions
            ? new([.. regions.Matrices.Regions.Select(r => (r.Region, r.Matrix))])
            : new([("all", input.Matrix)]);
    }
}
