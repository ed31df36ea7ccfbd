using Ldn.Indicator;

namespace Ldn.Jobs;

/// <summary>
/// Regions that a run assesses by rules of their own (drought §6). Rules are counted through: 0 are those of land in no region,
/// i + 1 those of <see cref="All"/>[i].
/// </summary>
/// <param name="Zones">Polygons, or a raster of whole numbers.</param>
/// <param name="Layer">Layer of the polygons, where there are several.</param>
/// <param name="Id">Attribute with the id; null for a raster, whose values are the ids.</param>
/// <param name="Name">Attribute with the name; null: the id serves.</param>
/// <param name="Outside">The job's own rules where land in no region takes them; null where such land is an error.</param>
/// <param name="All">Every region with the job that holds there: sub-indicators and rules are the region's.</param>
internal sealed record RegionSet(
    string Zones, string? Layer, string? Id, string? Name, Region? Outside, IReadOnlyList<Region> All)
{
    /// <summary>What land in no region is called.</summary>
    public const string Default = "default";

    /// <summary>Whether regions differ in their transition matrices alone, as <c>landCover.regions</c> says.</summary>
    public bool MatricesOnly { get; init; }

    /// <summary>By what rules, in the order of their numbers; 0 those of any region where no land is to take them.</summary>
    public IReadOnlyList<Job> Rules => [(Outside ?? All[0]).Job, .. All.Select(r => r.Job)];

    /// <summary>The rules that some land may take, each with the id of its region.</summary>
    public IEnumerable<Region> InUse => Outside is { } outside ? All.Append(outside) : All;

    /// <summary>The regions of a job, however they are written; null without.</summary>
    public static RegionSet? Of(Job job) => job.Regions ?? (job.LandCover is { Regions: { } regions } cover
        ? new RegionSet(
            regions.Zones, regions.Layer, "region", null, regions.OutsideTakesDefault ? new Region(Default, job) : null,
            [.. regions.Matrices.Regions.Select(r => new Region(r.Region, job with
            {
                LandCover = cover with { Matrix = r.Matrix, Regions = null },
            }))])
        {
            MatricesOnly = true,
        }
        : null);

    /// <summary>Whether the regions judge soil carbon by different rules, so that no one threshold is that of the run.</summary>
    public bool SoilRulesDiffer => InUse.Select(r => (
        r.Job.Rules.SocThreshold, r.Job.Rules.SocInclusive, r.Job.Rules.SocTestLevel,
        r.Job.Rules.SocTestLevel is null ? null : r.Job.SoilCarbon?.StandardError)).Distinct().Skip(1).Any();
}

/// <summary>A region and the job that holds in it.</summary>
internal sealed record Region(string Id, Job Job)
{
    /// <summary>Everything in force there, as the job writes it, sub-indicator by sub-indicator.</summary>
    public IReadOnlyList<RegionParameter> Parameters { get; init; } = [];
}

/// <summary>A parameter that holds in a region.</summary>
/// <param name="SubIndicator">Of which sub-indicator.</param>
/// <param name="Key">Its key in the block of the job, parts separated by dots.</param>
/// <param name="Value">Its value, a file by its name.</param>
internal sealed record RegionParameter(SubIndicator SubIndicator, string Key, string Value);
