using Ldn.Cli.Flags;
using Ldn.Gdal;
using Ldn.Jobs.Flags;
using Ldn.Rasters;
using Ldn.Run;
using Ldn.Samples;

namespace Ldn.Cli.Verbs;

/// <summary><c>ldn sample</c>: a deterministic, openly synthetic six-country data set of any size, with a job file.</summary>
internal static class SampleVerb
{
    private static readonly WholeFlag s_width = new("--width", "W")
    {
        Group = FlagGroup.Outputs,
        Doc = "Columns",
        Default = "1200",
        Example = "600"
    };

    private static readonly WholeFlag s_height = new("--height", "H")
    {
        Group = FlagGroup.Outputs,
        Doc = "Rows",
        Default = "900",
        Example = "450"
    };

    private static readonly WholeFlag s_seed = new("--seed", "S")
    {
        Group = FlagGroup.Outputs,
        Doc = "Another seed is another invented world",
        Default = "1",
        Example = "7"
    };

    private static readonly TextFlag s_compress = new("--compress", "NAME")
    {
        Group = FlagGroup.Outputs,
        Doc = "Compression of the rasters",
        Values = ["deflate", "lzw", "zstd", "none"],
        Default = "deflate",
        Example = "zstd",
    };

    private static readonly TextFlag s_layout = new("--layout", "NAME")
    {
        Group = FlagGroup.Outputs,
        Doc = "How the rasters lie in their files",
        Values = ["tiled", "striped"],
        Default = "tiled",
        Example = "striped",
    };

    private static readonly SwitchFlag s_floats = new("--float-soil-carbon")
    {
        Group = FlagGroup.Outputs,
        Doc = "Stocks as 32-bit floats instead of 16-bit integers",
        Example = "",
    };

    private static readonly SwitchFlag s_baseline = new("--baseline-only")
    {
        Group = FlagGroup.Outputs,
        Doc = "Only the five rasters of the baseline",
        Example = ""
    };

    private static readonly SwitchFlag s_whole = new("--whole-extent")
    {
        Group = FlagGroup.Outputs,
        Doc = "Data in every cell, not only in the six countries",
        Example = "",
    };

    public static Verb Verb { get; } = new("sample", "Write a synthetic six-country data set and its job file")
    {
        Run = Run,
        Doc = "The figures are invented, over real boundaries; the same seed gives the same bytes.",
        Operands = [new("DIR", "Folder for the data set")],
        Flags =
        [
            s_width, s_height, s_seed, s_compress, s_layout, s_floats, s_baseline, s_whole, RunFlags.Overwrite, RunFlags.Threads,
            RunFlags.Quiet, RunFlags.Verbose,
        ],
        Examples = [new("sample data --width 600 --height 450", "small rasters and data/job.json")],
    };

    private static int Run(Call call)
    {
        string folder = RunFlags.Folder(call.Operand!);
        var options = new SampleOptions(
            call.Of(s_width) ?? 1200, call.Of(s_height) ?? 900, call.Of(s_seed) ?? 1,
            Enum.Parse<RasterCompression>(call.Of(s_compress) ?? "deflate", ignoreCase: true),
            Enum.Parse<RasterLayout>(call.Of(s_layout) ?? "tiled", ignoreCase: true),
            call.Is(s_floats), call.Is(s_baseline), call.Is(s_whole), call.Threads, call.Is(RunFlags.Overwrite));
        using (OutputFolder target = OutputFolder.Open(folder, options.Overwrite, "job.json"))
        {
            SampleWorld.Write(target.Work, options, new GdalGeodata(), null, CommandLine.Cancellation);
            target.Publish();
        }

        if (!call.Quiet)
            Console.Error.WriteLine(
                $"  synthetic data written: {folder}\n  compute it with: ldn compute {Path.Combine(folder, "job.json")} --out "
                    + "DIR");
        return (int)ExitCode.Success;
    }
}
