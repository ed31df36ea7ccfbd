using System.CommandLine;
using System.Globalization;
using Ldn.Jobs;

namespace Ldn.Cli.Commands;

/// <summary><c>ldn soc</c>: a reference stock carried on by land cover, to yearly stocks and their change (method §5).</summary>
internal static class SocCommand
{
    public static Command Create()
    {
        var job = new Argument<string?>("JOB") { Description = "Job file; without, the flags describe the model", Arity = ArgumentArity.ZeroOrOne };
        var reference = new Option<string?>("--reference") { Description = "Stock of the reference year, t C/ha", HelpName = "FILE" };
        var referenceYear = new Option<int?>("--reference-year") { Description = "Its year (default: the first land cover's)", HelpName = "YEAR" };
        var covers = new Option<string[]>("--land-cover") { Description = "Land cover of a year; repeat", HelpName = "YEAR=FILE", DefaultValueFactory = _ => [] };
        var climate = new Option<string?>("--climate-zones") { Description = "IPCC climate zones, codes 0 to 12", HelpName = "FILE" };
        var factor = new Option<double?>("--factor") { Description = "One factor f in place of climate zones", HelpName = "F" };
        var factors = new Option<string?>("--factors") { Description = "Factor table, CSV from,to,factor", HelpName = "FILE" };
        var factorClasses = new Option<string?>("--factor-classes") { Description = "unccd (default) or legend", HelpName = "NAME" };
        var placement = new Option<string?>("--placement") { Description = "middle (default), start, end", HelpName = "NAME" };
        var management = new Option<string?>("--management") { Description = "Management factors", HelpName = "FILE" };
        var input = new Option<string?>("--input") { Description = "Input factors", HelpName = "FILE" };
        var command = new Command("soc", "Soil organic carbon from a reference stock and land cover: yearly stocks and change")
        {
            job, reference, referenceYear, covers, climate, factor, factors, factorClasses, placement, management, input,
        };
        var options = new JobOptions();
        options.AddTo(command);
        command.WithCommonOptions();
        command.SetAction(parsed =>
        {
            string? file = parsed.GetValue(job);
            JobConfig config = options.Overlay(file is null ? null : JobReader.Read(file), parsed);
            if (file is null)
            {
                SortedDictionary<int, string> years = Years(parsed.GetValue(covers)!);
                int first = parsed.GetValue(referenceYear) ?? years.Keys.First();
                config = config with
                {
                    Name = config.Name ?? "Soil organic carbon",
                    Periods = new() { ["baseline"] = new PeriodConfig { SoilCarbon = [first, years.Keys.Last()] } },
                    LandCover = new LandCoverConfig { Legend = options.LegendOf(parsed), Years = years.ToDictionary(y => $"{y.Key}", y => y.Value) },
                    SoilCarbon = new SoilCarbonConfig
                    {
                        Kind = "reference",
                        Reference = parsed.GetValue(reference),
                        ReferenceYear = first,
                        ClimateZones = parsed.GetValue(climate),
                        Factor = parsed.GetValue(factor),
                        Factors = parsed.GetValue(factors),
                        FactorClasses = parsed.GetValue(factorClasses),
                        Placement = parsed.GetValue(placement),
                        Management = parsed.GetValue(management),
                        Input = parsed.GetValue(input),
                    },
                };
            }

            return ComputeCommand.Run(SoilCarbonOnly(config, file), options, parsed);
        });
        return command;
    }

    /// <summary>The soil-carbon part of a job, with a stock of every year.</summary>
    private static Job SoilCarbonOnly(JobConfig config, string? file)
    {
        if (config.SoilCarbon?.Kind != "reference")
            throw LdnException.Usage("the job's soil carbon is not of kind 'reference'", "ldn soc needs a reference stock and land cover");
        config = config with
        {
            Without = ["land-cover", "productivity"],
            Outputs = (config.Outputs ?? new OutputsConfig()) with { Rasters = config.Outputs?.Rasters ?? ["parts"] },
        };
        string folder = file is null ? Directory.GetCurrentDirectory() : Path.GetDirectoryName(Path.GetFullPath(file))!;
        Job job = JobResolver.Resolve(config, folder);
        int first = job.SoilCarbon!.Model!.ReferenceYear, last = job.Periods.Max(p => p.SoilCarbon!.Last);
        return job with { SoilCarbon = job.SoilCarbon with { MoreYears = [.. Enumerable.Range(first, Math.Max(1, last - first + 1))] } };
    }

    private static SortedDictionary<int, string> Years(string[] given)
    {
        var years = new SortedDictionary<int, string>();
        foreach (string item in given)
        {
            if (item.Split('=', 2) is not [string year, string file] || !int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out int number))
                throw LdnException.Usage($"--land-cover {item} is not YEAR=FILE", "for example --land-cover 2000=lc2000.tif");
            if (!years.TryAdd(number, file))
                throw LdnException.Usage($"--land-cover gives {number} twice");
        }

        return years.Count > 0 ? years : throw LdnException.Usage("ldn soc needs land cover", "give --land-cover YEAR=FILE, once a year");
    }
}
