using Ldn.Jobs;
using Ldn.Subjects;

namespace Ldn.Run;

/// <summary><c>ldn drought</c>: the drought of a job alone, without the indicator.</summary>
internal static class DroughtJob
{
    /// <summary>The run's grid is that of the precipitation, or of the first raster of an index.</summary>
    internal const string Grid = "drought";

    private const string Key = "strata.drought";
    private static readonly IReadOnlyList<IJobSection> s_sections = [
        .. AllSubjects.InOrder.Where(s => s is PopulationSubject or DroughtSubject or VulnerabilitySubject)];

    /// <summary>
    /// The job without sub-indicators, on the grid of the drought's first raster unless it names a file to be like. Its one
    /// period stands for the land: all inside the zones but the water mask.
    /// </summary>
    /// <param name="config">The job; what it asks beside drought and people is left out.</param>
    /// <param name="folder">Where its relative paths start.</param>
    /// <exception cref="LdnException">Exit 2: it asks nothing of drought, or what it asks is not sound.</exception>
    public static Job Of(JobConfig config, string folder)
    {
        if (config.Section(Key) is null)
            throw LdnException.Usage(
                "no precipitation", "give --precipitation FILE…, a layer a month, or a job file with strata.drought");
        string? like = config.Grid?.Like is { } named and not ("landCover" or "productivity" or "soilCarbon" or "finest")
            ? named : null;

        Job job = JobResolver.Resolve(
            StandInJob.Of(config) with
            {
                Name = config.Name ?? "Drought",
                Grid = (config.Grid ?? new GridConfig()) with { Like = like ?? "productivity" },
                Outputs = (config.Outputs ?? new OutputsConfig()) with
                {
                    Rasters = Rasters(config.Outputs?.Rasters),
                    Tables = config.Outputs?.Tables ?? ["csv", "json", "html", "xlsx", "gpkg", "prais"],
                },
            },
            folder, s_sections);
        _ = job.Asks<DroughtAsked>() ?? throw Fault.Job.Error($"{Key} is empty", "name its rasters");
        bool waterIsLost = config.LandCover is not null && config.Water is null;
        return job with
        {
            WithoutIndicator = true,
            Productivity = null,
            Grid = like is null ? job.Grid with { Like = Grid } : job.Grid,
            Notes = waterIsLost
                ? ["the job's land cover is not read, and so water is land here; give --water, or let 'ldn compute' tell drought"]
                : [],
        };
    }

    /// <summary>The rasters of a job that drought has; all of drought where it names none.</summary>
    private static List<string> Rasters(List<string>? given)
    {
        List<string> kept = [.. (given ?? []).Where(r => r is "drought" or "parts" or "none")];
        return kept.Count == 0 || (kept.Contains("parts") && !kept.Contains("drought")) ? ["drought", .. kept] : kept;
    }
}
