using Ldn.Cli.Flags;
using Ldn.Jobs;
using Ldn.Jobs.Flags;
using Ldn.Run;
using Ldn.Subjects;

namespace Ldn.Cli.Verbs;

/// <summary><c>ldn drought</c>: SPI and SPEI from monthly rasters, land and people in drought (SO3).</summary>
internal static class DroughtVerb
{
    public static Verb Verb { get; } = new(
        "drought", "SPI and SPEI from monthly rasters; land and people in drought, by year and block of four years")
    {
        Run = Run,
        Doc = "Computes the drought of a job alone, without the indicator: the index, its classes, blocks, people and "
            + "vulnerability. Without a job file the flags describe the series; a job file may name ready rasters of an index. "
            + "The grid is that of the precipitation unless --like names another raster. Land is all inside the zones but the "
            + "water mask.",
        Operands = [new("JOB", "Job file; without one, the flags describe the series", 0)],
        Flags =
        [
            .. DroughtFlags.All, InputFlags.Water, .. ZoneFlags.All, RuleFlags.Profile, RuleFlags.NoData, .. OutputFlags.All,
            RunFlags.HashRemote, .. RunFlags.Common,
        ],
        Examples =
        [
            new("drought --precipitation chirps-v2.0.1981.01.tif chirps-v2.0.1981.02.tif --zones countries.geojson "
                + "--zone-id iso3 --out drought",
                "SPI-12 of December from files a month"),
            new("drought --index spei --precipitation pr.nc --pet-method hargreaves --temperature-minimum tmin.nc "
                + "--temperature-maximum tmax.nc --out drought",
                "SPEI-12 from netCDF files with a time axis"),
            new("drought job.json --months 3 --end-month 9 --out spi3", "another accumulation of a job's drought"),
        ],
    };

    private static int Run(Call call)
    {
        string? file = call.Operand;
        JobConfig config = call.LayOver(file is null ? new JobConfig() : JobReader.Read(file, AllSubjects.InOrder));
        string folder = file is null ? Directory.GetCurrentDirectory() : Path.GetDirectoryName(Path.GetFullPath(file))!;
        return ComputeVerb.RunChecked(DroughtJob.Of(config, folder), RunFlags.OutFolder(call), call);
    }
}
