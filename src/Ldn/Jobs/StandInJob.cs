using System.Text.Json;

namespace Ldn.Jobs;

/// <summary>
/// Jobs that compute no indicator, because it is given or not asked for: all but its layers is resolved as for any job. One
/// condition stands in for them; whoever resolves the job puts what there is in its place, or takes it out.
/// </summary>
internal static class StandInJob
{
    /// <summary>The job with the stand-in for its periods and layers.</summary>
    public static JobConfig Of(JobConfig config) => config with
    {
        Preset = null,
        Periods = new() { ["baseline"] = new PeriodConfig() },
        Without = ["land-cover", "soil-carbon"],
        LandCover = null,
        SoilCarbon = null,
        Productivity = new ProductivityConfig
        {
            Kind = "condition",
            Periods = new() { ["baseline"] = JsonSerializer.SerializeToElement("", JobJson.Default.String) },
        },
    };
}
