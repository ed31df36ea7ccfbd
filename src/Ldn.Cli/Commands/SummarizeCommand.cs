using System.CommandLine;
using System.Globalization;
using Ldn.Gdal;
using Ldn.Run;

namespace Ldn.Cli.Commands;

/// <summary><c>ldn summarize</c>: tables for condition and status rasters made elsewhere.</summary>
internal static class SummarizeCommand
{
    public static Command Create()
    {
        var condition = new Option<string[]>("--condition")
        {
            Description = "Condition raster (1, 2, 3 or -1, 0, 1); repeat for several periods, the first is the baseline",
            HelpName = "[PERIOD=]FILE",
            DefaultValueFactory = _ => [],
        };
        var status = new Option<string[]>("--status-raster", "--status")
        {
            Description = "Status raster, classes 1 to 7",
            HelpName = "[PERIOD=]FILE",
            DefaultValueFactory = _ => [],
        };
        var command = new Command("summarize", "Tables for condition and status rasters made elsewhere") { condition, status };
        var options = new JobOptions(JobOptions.ForGivenRasters);
        options.AddTo(command);
        command.WithCommonOptions();
        command.SetAction(parsed =>
        {
            var geodata = new GdalGeodata();
            var how = new ComputeOptions(
                CommonOptions.OutFolder(parsed), parsed.GetValue(CommonOptions.Overwrite), CommonOptions.ThreadCount(parsed), CommonOptions.MemoryBytes(parsed),
                options.Given(parsed))
            {
                HashRemote = options.HashesRemote(parsed),
            };
            ComputeResult result;
            using (ConsoleProgress? progress = ConsoleProgress.Create(parsed))
            {
                result = SummarizeRun.Execute(
                    Rasters(parsed.GetValue(condition)!, geodata, "baseline"), Rasters(parsed.GetValue(status)!, geodata, "report_1"), options.Overlay(null, parsed),
                    how, geodata, progress, CommandLine.Cancellation);
            }

            ComputeCommand.Say(result, parsed);
            return (int)ExitCode.Success;
        });
        return command;
    }

    /// <summary>
    /// The rasters with their periods: as named, else baseline, report_1, … in order (from <paramref name="first"/>). A file of several bands is a raster a band.
    /// </summary>
    private static List<GivenRaster> Rasters(string[] given, GdalGeodata geodata, string first)
    {
        var rasters = new List<GivenRaster>();
        foreach (string item in given)
        {
            int equals = item.IndexOf('=', StringComparison.Ordinal);
            bool named = equals > 0 && !File.Exists(item) && !item.Contains("#band=", StringComparison.Ordinal) || (equals > 0 && item.IndexOf("#band=", StringComparison.Ordinal) > equals);
            string file = named ? item[(equals + 1)..] : item;
            int bands = file.Contains("#band=", StringComparison.Ordinal) ? 1 : geodata.BandNames(file).Count;
            for (int band = 1; band <= bands; band++)
            {
                string period = named ? item[..equals] + (bands > 1 ? $"_{band}" : "") : Default(first, rasters.Count);
                rasters.Add(new GivenRaster(period, bands > 1 ? $"{file}#band={band}" : file));
            }
        }

        return rasters;
    }

    private static string Default(string first, int index) =>
        index == 0 ? first : "report_" + (index + (first == "baseline" ? 0 : 1)).ToString(CultureInfo.InvariantCulture);
}
