using Ldn.Cli.Flags;
using Ldn.Jobs;
using Ldn.Jobs.Flags;
using Ldn.Subjects;

namespace Ldn.Cli.Verbs;

/// <summary>
/// <c>ldn productivity</c>: annual series to trend, state, performance and land productivity dynamics (method §4.2).
/// </summary>
internal static class ProductivityVerb
{
    public static Verb Verb { get; } = new(
        "productivity", "Productivity from annual series: trend, state, performance and land productivity dynamics")
    {
        Run = Run,
        Doc = "Computes the productivity of a job alone and writes every step as a raster. Without a job file the flags "
            + "describe the series. Without --units it makes trend and state: performance, and with it land productivity "
            + "dynamics, needs them.",
        Operands = [new("JOB", "Job file; without one, the flags describe the series", 0)],
        Flags =
        [
            .. SeriesFlags.All, InputFlags.Water, InputFlags.Corrections, .. ZoneFlags.All, RuleFlags.Preset, RuleFlags.Profile,
            RuleFlags.Missing, RuleFlags.LpdTable,
            RuleFlags.Status, RuleFlags.NoData, .. OutputFlags.All, RunFlags.HashRemote, .. RunFlags.Common,
        ],
        Examples =
        [
            new("productivity --series ndvi2000.tif ndvi2001.tif --years 2000-2001 --scale 0.0001 --units units.tif --zones "
                + "countries.geojson --zone-id iso3 --out productivity",
                "a file a year"),
            new(
                "productivity job.json --method rue --climate rain.tif --out rue",
                "a job's series against its rainfall, a band a year"),
        ],
    };

    private static int Run(Call call)
    {
        string? file = call.Operand;
        JobConfig config = call.LayOver(file is null ? InputFlags.SinglePeriod(call) : JobReader.Read(file, AllSubjects.InOrder));
        if (file is not null && config.Productivity is not { Kind: "series" })
            throw LdnException.Usage(
                "the job's productivity is not of kind 'series'", "ldn productivity needs one raster or band a year");
        if (file is null)
        {
            if (config.Productivity is null or { Years: null, Layers: null })
                throw LdnException.Usage("no series", "give --series FILE… and --years A-B, or a job file");
            if (SeriesFlags.YearsOf(call) is var (first, last))
                config = config with { Periods = new() { ["baseline"] = new PeriodConfig { Productivity = [first, last] } } };
            config = config with { Name = config.Name ?? "Land productivity" };
        }

        return ComputeVerb.RunChecked(ProductivityOnly(config, file), RunFlags.OutFolder(call), call);
    }

    /// <summary>The productivity part of a job, with the rasters it makes on the way.</summary>
    private static Job ProductivityOnly(JobConfig config, string? file)
    {
        bool waterIsLost = config.LandCover is not null && config.Water is null;
        List<string>? rasters = config.Outputs?.Rasters;
        config = config with
        {
            Without = ["land-cover", "soil-carbon"],
            Productivity = config.Productivity! with { UnitsOptional = true },
            Outputs = (config.Outputs ?? new OutputsConfig()) with
            {
                Rasters = rasters is null ? ["parts"] : rasters.Contains("none")
                    || rasters.Contains("parts") ? rasters : [.. rasters, "parts"],
            },
        };
        string folder = file is null ? Directory.GetCurrentDirectory() : Path.GetDirectoryName(Path.GetFullPath(file))!;
        Job job = JobResolver.Resolve(config, folder, AllSubjects.InOrder);
        return waterIsLost
            ? job with
            {
                Notes = [.. job.Notes, "the job's land cover is not read, and so water is land here; give --water, or "
                + "let 'ldn compute' make these rasters"]
            }
            : job;
    }
}
