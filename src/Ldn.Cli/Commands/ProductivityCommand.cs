using System.CommandLine;
using Ldn.Jobs;

namespace Ldn.Cli.Commands;

/// <summary><c>ldn productivity</c>: annual series to trend, state, performance and land productivity dynamics (method §4.2).</summary>
internal static class ProductivityCommand
{
    public static Command Create()
    {
        var job = new Argument<string?>("JOB") { Description = "Job file; without, the flags describe the series", Arity = ArgumentArity.ZeroOrOne };
        var command = new Command("productivity", "Productivity from annual series: trend, state, performance and land productivity dynamics") { job };
        var series = new SeriesOptions();
        series.AddTo(command);
        var options = new JobOptions(JobOptions.ForProductivity);
        options.AddTo(command);
        command.WithCommonOptions();
        command.SetAction(parsed =>
        {
            string? file = parsed.GetValue(job);
            JobConfig config = options.Overlay(file is null ? null : JobReader.Read(file), parsed);
            (int First, int Last)? years = options.YearsOf(parsed) ?? series.NamedYears(parsed);
            config = config with { Productivity = series.Overlay(file is null ? null : SeriesOf(config), years, parsed) };
            if (file is null)
            {
                if (config.Productivity is { Years: null, Layers: null })
                    throw LdnException.Usage("no series", "give --series FILE… and --years A-B, or a job file");
                if (years is var (first, last))
                    config = config with { Periods = new() { ["baseline"] = new PeriodConfig { Productivity = [first, last] } } };
                config = config with { Name = config.Name ?? "Land productivity" };
            }

            return ComputeCommand.Run(ProductivityOnly(config, file), options, parsed, [.. series.Given(parsed)]);
        });
        return command;
    }

    private static ProductivityConfig SeriesOf(JobConfig config) => config.Productivity is { Kind: "series" } series
        ? series
        : throw LdnException.Usage("the job's productivity is not of kind 'series'", "ldn productivity needs one raster or band a year");

    /// <summary>The productivity part of a job, with the rasters it makes on the way.</summary>
    private static Job ProductivityOnly(JobConfig config, string? file)
    {
        bool waterIsLost = config.LandCover is not null && config.Water is null;
        List<string>? rasters = config.Outputs?.Rasters;
        config = config with
        {
            Without = ["land-cover", "soil-carbon"],
            Outputs = (config.Outputs ?? new OutputsConfig()) with
            {
                Rasters = rasters is null ? ["parts"] : rasters.Contains("none") || rasters.Contains("parts") ? rasters : [.. rasters, "parts"],
            },
        };
        string folder = file is null ? Directory.GetCurrentDirectory() : Path.GetDirectoryName(Path.GetFullPath(file))!;
        Job job = JobResolver.Resolve(config, folder);
        return waterIsLost
            ? job with { Notes = [.. job.Notes, "the job's land cover is not read, and so water is land here; give --water, or let 'ldn compute' make these rasters"] }
            : job;
    }
}
