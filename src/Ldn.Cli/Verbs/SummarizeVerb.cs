using System.Globalization;
using Ldn.Cli.Flags;
using Ldn.Cli.Terminal;
using Ldn.Gdal;
using Ldn.Jobs.Flags;
using Ldn.Rasters;
using Ldn.Run;

namespace Ldn.Cli.Verbs;

/// <summary><c>ldn summarize</c>: tables for condition and status rasters made elsewhere.</summary>
internal static class SummarizeVerb
{
    private static readonly SeveralFlag s_condition = new("--condition", "[PERIOD=]FILE")
    {
        Group = FlagGroup.Inputs,
        Doc = "Condition raster (1, 2, 3 or -1, 0, 1); repeat for several periods, the first is the baseline",
        Example = "baseline=condition.tif",
    };

    private static readonly SeveralFlag s_status = new("--status", "[PERIOD=]FILE")
    {
        Group = FlagGroup.Inputs,
        Doc = "Status raster, classes 1 to 7; repeat for several periods",
        Example = "report_1=status.tif",
    };

    /// <summary>The name it had first.</summary>
    private static readonly SeveralFlag s_statusRaster =
        s_status with { Name = "--status-raster", Doc = "Another name of --status" };

    public static Verb Verb { get; } = new("summarize", "Tables for condition and status rasters made elsewhere")
    {
        Run = Run,
        Doc = "Counts the rasters' classes in the zones and writes the same tables as a run. A file of several bands is a "
            + "raster a band.",
        Flags =
        [
            s_condition, s_status, s_statusRaster, InputFlags.Water, .. ZoneFlags.All, RuleFlags.NoData, RuleFlags.Unmapped,
            RuleFlags.ConditionEncoding, OutputFlags.Name, OutputFlags.Like,
            RunFlags.HashRemote, .. RunFlags.Common,
        ],
        Examples = [
            new("summarize --condition indicator.tif --zones countries.geojson --zone-id iso3 --out tables", "one period")],
    };

    private static int Run(Call call)
    {
        var geodata = new GdalGeodata();
        IReadOnlyList<string> statuses = [.. call.Of(s_status) ?? [], .. call.Of(s_statusRaster) ?? []];
        ComputeResult result;
        using (ConsoleProgress? progress = ConsoleProgress.Create(call))
        {
            result = SummarizeRun.Execute(
                Rasters(call.Of(s_condition) ?? [], geodata, "baseline"), Rasters(statuses, geodata, "report_1"),
                call.LayOver(InputFlags.SinglePeriod(call)),
                ComputeVerb.How(call, RunFlags.OutFolder(call)) with { Begins = progress is null ? null : progress.Begins },
                geodata, progress?.Heard, CommandLine.Cancellation);
            progress?.Ends(result.Folder);
        }

        ComputeVerb.Say(result, call);
        return (int)ExitCode.Success;
    }

    /// <summary>
    /// The rasters with their periods: as named, else baseline, report_1, … in order (from <paramref name="first"/>). A file of
    /// several bands is a raster a band.
    /// </summary>
    private static List<GivenRaster> Rasters(IReadOnlyList<string> given, GdalGeodata geodata, string first)
    {
        var rasters = new List<GivenRaster>();
        foreach (string item in given)
        {
            int equals = item.IndexOf('=', StringComparison.Ordinal),
            suffix = item.LastIndexOf("#band=", StringComparison.Ordinal);
            bool named = equals > 0 && (suffix < 0 ? !File.Exists(item) : suffix > equals && !File.Exists(item[..suffix]));
            var file = RasterName.Parse(
                DataSetName.Resolved(named ? item[(equals + 1)..] : item, Directory.GetCurrentDirectory()));
            int bands = file.Band is not null ? 1 : geodata.BandNames(file.Dataset).Count;
            for (int band = 1; band <= bands; band++)
            {
                string period = named ? item[..equals] + (bands > 1 ? $"_{band}" : "") : Default(first, rasters.Count);
                rasters.Add(new GivenRaster(period, $"{(bands > 1 ? file.OfBand(band) : file)}"));
            }
        }

        return rasters;
    }

    private static string Default(string first, int index) =>
        index == 0 ? first : "report_" + (index + (first == "baseline" ? 0 : 1)).ToString(CultureInfo.InvariantCulture);
}
