using System.CommandLine;
using Ldn.Gdal;
using Ldn.Rasters;
using Ldn.Samples;

namespace Ldn.Cli.Commands;

/// <summary><c>ldn sample</c>: a deterministic, openly synthetic six-country data set of any size, with a job file.</summary>
internal static class SampleCommand
{
    public static Command Create()
    {
        var directory = new Argument<string>("DIR") { Description = "Folder for the data set" };
        var width = new Option<int>("--width") { Description = "Columns", DefaultValueFactory = _ => 1200, HelpName = "W" };
        var height = new Option<int>("--height") { Description = "Rows", DefaultValueFactory = _ => 900, HelpName = "H" };
        var seed = new Option<int>("--seed") { Description = "Another seed is another invented world", DefaultValueFactory = _ => 1, HelpName = "S" };
        var compress = new Option<string>("--compress") { Description = "deflate (default), lzw, zstd, none", DefaultValueFactory = _ => "deflate", HelpName = "NAME" };
        var layout = new Option<string>("--layout") { Description = "tiled (default), striped", DefaultValueFactory = _ => "tiled", HelpName = "NAME" };
        var floats = new Option<bool>("--float-soil-carbon") { Description = "Stocks as 32-bit floats instead of 16-bit integers" };
        var baseline = new Option<bool>("--baseline-only") { Description = "Only the five rasters of the baseline" };
        var whole = new Option<bool>("--whole-extent") { Description = "Data in every cell, not only in the six countries" };
        var command = new Command("sample", "Write a synthetic six-country data set and its job file")
        {
            directory, width, height, seed, compress, layout, floats, baseline, whole,
        };
        command.WithCommonOptions();
        command.SetAction(parsed =>
        {
            string folder = CommonOptions.Folder(parsed.GetValue(directory)!);
            var options = new SampleOptions(
                parsed.GetValue(width), parsed.GetValue(height), parsed.GetValue(seed),
                Choice<RasterCompression>("--compress", parsed.GetValue(compress)!, "deflate", "lzw", "zstd", "none"),
                Choice<RasterLayout>("--layout", parsed.GetValue(layout)!, "tiled", "striped"),
                parsed.GetValue(floats), parsed.GetValue(baseline), parsed.GetValue(whole), CommonOptions.ThreadCount(parsed),
                parsed.GetValue(CommonOptions.Overwrite));
            SampleWorld.Write(folder, options, new GdalGeodata(), null, CommandLine.Cancellation);
            if (!parsed.GetValue(CommonOptions.Quiet))
                Console.Error.WriteLine($"  synthetic data written: {folder}\n  compute it with: ldn compute {Path.Combine(folder, "job.json")} --out DIR");
            return (int)ExitCode.Success;
        });
        return command;
    }

    private static T Choice<T>(string option, string given, params string[] names)
        where T : struct, Enum =>
        names.Contains(given)
            ? Enum.Parse<T>(given, ignoreCase: true)
            : throw LdnException.Usage($"{option}: unknown value '{given}'", $"use one of {string.Join(", ", names)}");
}
