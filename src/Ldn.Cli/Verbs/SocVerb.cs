using Ldn.Cli.Flags;
using Ldn.Jobs;
using Ldn.Jobs.Flags;
using Ldn.Subjects;

namespace Ldn.Cli.Verbs;

/// <summary><c>ldn soc</c>: a reference stock carried on by land cover, to yearly stocks and their change (method §5).</summary>
internal static class SocVerb
{
    public static Verb Verb { get; } = new(
        "soc", "Soil organic carbon from a reference stock and land cover: yearly stocks and change")
    {
        Run = Run,
        Doc = "Computes the soil carbon of a job alone and writes the stock of every year as a raster. Without a job file the "
            + "flags describe the model.",
        Operands = [new("JOB", "Job file; without one, the flags describe the model", 0)],
        Flags =
        [
            .. SoilFlags.All, InputFlags.Legend, InputFlags.Water, InputFlags.Corrections, .. ZoneFlags.All,
            .. RuleFlags.All.Where(f => f != RuleFlags.Without && f != RuleFlags.LpdTable), .. QuestionFlags.All,
            .. OutputFlags.All, RunFlags.HashRemote, .. RunFlags.Common,
        ],
        Examples =
        [
            new("soc --reference soc2000.tif --land-cover 2000=lc2000.tif --land-cover 2015=lc2015.tif --legend esa-cci "
                + "--climate-zones climate.tif --out soc",
                "a stock of 2000 carried on to 2015"),
        ],
    };

    private static int Run(Call call)
    {
        string? file = call.Operand;
        JobConfig config = call.LayOver(file is null ? InputFlags.SinglePeriod(call) : JobReader.Read(file, AllSubjects.InOrder));
        if (file is null)
        {
            Dictionary<string, string> covers = config.LandCover?.Years
                ?? throw LdnException.Usage("ldn soc needs land cover", "give --land-cover YEAR=FILE, once a year");
            int[] years = [
                .. covers.Keys.Select(y => int.Parse(y, System.Globalization.CultureInfo.InvariantCulture)).Order()];
            int first = call.Of(SoilFlags.ReferenceYear) ?? years[0];
            config = config with
            {
                Name = config.Name ?? "Soil organic carbon",
                Periods = new() { ["baseline"] = new PeriodConfig { SoilCarbon = [first, years[^1]] } },
                SoilCarbon = (config.SoilCarbon ?? new SoilCarbonConfig { Kind = "reference" }) with { ReferenceYear = first },
            };
        }

        return ComputeVerb.RunChecked(SoilCarbonOnly(config, file), RunFlags.OutFolder(call), call);
    }

    /// <summary>The soil-carbon part of a job, with a stock of every year.</summary>
    private static Job SoilCarbonOnly(JobConfig config, string? file)
    {
        if (config.SoilCarbon?.Kind != "reference")
            throw LdnException.Usage(
                "the job's soil carbon is not of kind 'reference'", "ldn soc needs a reference stock and land cover");
        config = config with
        {
            Without = ["land-cover", "productivity"],
            Outputs = (config.Outputs ?? new OutputsConfig()) with { Rasters = [.. config.Outputs?.Rasters ?? [], "parts"] },
        };
        string folder = file is null ? Directory.GetCurrentDirectory() : Path.GetDirectoryName(Path.GetFullPath(file))!;
        Job job = JobResolver.Resolve(config, folder, AllSubjects.InOrder);
        int first = job.SoilCarbon!.Model!.ReferenceYear, last = job.Periods.Max(p => p.SoilCarbon!.Last);
        // Regions have the years of the job, so these are asked of the job as written.
        return JobResolver.Resolve(
            config with
            {
                SoilCarbon = config.SoilCarbon with
                {
                    OutputYears = [.. Enumerable.Range(first, Math.Max(1, last - first + 1))]
                }
            },
            folder, AllSubjects.InOrder);
    }
}
