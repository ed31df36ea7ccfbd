using Ldn.Cli.Flags;
using Ldn.Gdal;
using Ldn.Jobs;
using Ldn.Jobs.Flags;
using Ldn.Run;

namespace Ldn.Cli.Verbs;

/// <summary><c>ldn neutrality</c>: asks a finished run about land types, targets, activities, response and hotspots.</summary>
internal static class NeutralityVerb
{
    public static Verb Verb { get; } = new(
        "neutrality", "Land types, targets, response hierarchy, hotspots and projection for a finished run")
    {
        Run = Run,
        Doc = "Asks the indicator rasters of a finished run; they are not computed again. The result comes to "
            + "RUN_DIR/neutrality without --out.",
        Operands = [new("RUN_DIR", "Folder of a finished run with its indicator rasters")],
        Flags =
        [
            .. ZoneFlags.All, .. QuestionFlags.All, InputFlags.Water, RuleFlags.NoData, OutputFlags.Name, OutputFlags.Rasters,
            OutputFlags.Compress,
            RunFlags.FailOn, RunFlags.HashRemote, .. RunFlags.Common,
        ],
        Examples = [
            new(
                "neutrality result --land-types soils.tif --targets targets.csv --fail-on not-neutral",
                "like for like, and an exit code")],
    };

    private static int Run(Call call)
    {
        string folder = call.Operand!;
        var geodata = new GdalGeodata();
        JobConfig own = NeutralityRun.Zones(Path.GetFullPath(folder), geodata), asked = call.LayOver(own);
        if (asked.Zones?.FirstOrDefault()?.File != own.Zones?.FirstOrDefault()?.File)
            asked = asked with { Total = null };
        Job job = NeutralityRun.Job(folder, asked, geodata);
        return ComputeVerb.RunChecked(job, call.Of(RunFlags.Out) ?? Path.Combine(folder, "neutrality"), call);
    }
}
