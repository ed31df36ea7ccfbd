using Ldn.Cli.Flags;
using Ldn.Cli.Terminal;
using Ldn.Gdal;
using Ldn.Jobs.Flags;
using Ldn.Reports;
using Ldn.Run;
using Ldn.Run.Explain;

namespace Ldn.Cli.Verbs;

/// <summary><c>ldn explain</c>: one cell of a finished run, told from the run's own inputs.</summary>
internal static class ExplainVerb
{
    private static readonly SeveralFlag s_at = new("--at", "LON,LAT")
    {
        Group = FlagGroup.Questions,
        Doc = "A place, longitude and latitude in degrees",
        Example = "106.9,47.9",
    };

    private static readonly TextFlag s_points = new("--points", "FILE")
    {
        Group = FlagGroup.Questions,
        Doc = "Many places: a CSV with longitude, latitude and, if any, id, or a vector file of points",
        Example = "points.csv",
    };

    private static readonly TextFlag s_page = new("--page", "FILE")
    {
        Group = FlagGroup.Outputs,
        Doc = "Write a page of the cells too, with the years of a series drawn",
        More = "It needs nothing but itself and runs no script.",
        Example = "cell.html",
    };

    private static readonly SwitchFlag s_verify = new("--verify")
    {
        Group = FlagGroup.Inputs,
        Doc = "Read every input through for its SHA-256 before anything is told from it",
        More = "Otherwise an input of the recorded size that was not written to since the run ended counts as what it was.",
        Example = "",
    };

    public static Verb Verb { get; } = new("explain", "Tell why single cells of a finished run are what they are")
    {
        Run = Run,
        Doc =
            "Tells a cell from the run's own inputs, by the code that computed it: area, zones, and for each period raw values, "
            + "classes, matrix, productivity, soil carbon, thresholds, corrections, what decides, what single change would flip "
            + "it, "
            + "its condition under every combination of rules, and the cells around. Where inputs are gone or changed it tells "
            + "what "
            + "the rasters of the result can tell.",
        Operands = [new("RESULT", "Folder of a finished run")],
        Flags = [s_at, s_points, s_verify, s_page, RunFlags.Language, RunFlags.Overwrite, .. RunFlags.Saying],
        Examples =
        [
            new("explain result --at 106.9,47.9", "the cell that holds a place"),
            new("explain result --points fields.csv --json", "many, as one JSON array"),
            new("explain result --at 106.9,47.9 --page cell.html --language mn", "its years drawn, in Mongolian"),
        ],
    };

    private static int Run(Call call)
    {
        var geodata = new GdalGeodata();
        var texts = Texts.Load(call.Of(RunFlags.Language) ?? "en");
        ExplainPoint[] points = [
            .. (call.Of(s_at) ?? []).Select(ExplainPoint.Parse),
            .. call.Of(s_points) is { } file ? ExplainPoint.Read(file, geodata) : []];
        if (points.Length == 0)
            throw LdnException.Usage("no place is asked about", "name one with --at LON,LAT, such as --at 106.9,47.9");
        if (call.Of(s_page) is { } there && File.Exists(there) && !call.Is(RunFlags.Overwrite))
            throw Fault.Output.Error($"{there} is there already", "choose another name, or replace it with --overwrite");
        using var run = ExplainRun.Open(
            call.Operand!, call.Is(s_verify) ? FileCheck.Bytes : FileCheck.Dates, geodata, CommandLine.Cancellation);
        if (run.WhyRasters is { } why && !call.Quiet)
            Console.Error.WriteLine($"  warning: told from the rasters of the result alone: {why}");

        // All before a word: a place beyond the grid is refused as a whole.
        CellStory[] stories = [.. points.Select(p => run.Tell(p.Longitude, p.Latitude, p.Name, CommandLine.Cancellation))];
        if (call.Of(s_page) is { } page)
        {
            WholeFile.Write(page, stream => CellPage.Write(stream, stories, texts));
            if (!call.Quiet)
                Console.Error.WriteLine($"  written: {page}");
        }

        if (call.Is(RunFlags.Json))
        {
            using Stream stdout = Streams.OpenOutput();
            StoryDocument.Write(stdout, stories, single: points.Length == 1 && !call.Has(s_points));
            return (int)ExitCode.Success;
        }

        for (int i = 0; i < stories.Length; i++)
        {
            if (i > 0)
                Console.Out.WriteLine();
            string text = CellText.Of(stories[i], Screen.OutputWidth, call.Is(RunFlags.Verbose), texts);
            foreach (string line in text.TrimEnd('\n').Split('\n'))
                Console.Out.WriteLine(line);
        }

        return (int)ExitCode.Success;
    }
}
