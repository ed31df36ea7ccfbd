using Ldn.Accuracy;
using Ldn.Cli.Flags;
using Ldn.Cli.Terminal;
using Ldn.Csv;
using Ldn.Gdal;
using Ldn.Jobs.Flags;
using Ldn.Reports;
using Ldn.Run;

namespace Ldn.Cli.Verbs;

/// <summary>
/// <c>ldn sample-points</c> and <c>ldn accuracy</c>: from a finished run to points, and from points that were looked at to what
/// the map is worth.
/// </summary>
internal static class AccuracyVerbs
{
    private static readonly TextFlag s_period = new("--period", "ID")
    {
        Group = FlagGroup.Inputs,
        Doc = "Period of the map",
        Default = "the last one",
        Example = "report_1",
    };

    private static readonly TextFlag s_map = new("--map", "NAME")
    {
        Group = FlagGroup.Inputs,
        Doc = "Map that is looked at: status against the baseline, or the period's own condition",
        Values = ["status", "condition"],
        Default = "status, of the baseline condition",
        Example = "condition",
    };

    private static readonly WholeFlag s_perStratum = new("--per-stratum", "K")
    {
        Group = FlagGroup.Questions,
        Doc = "Points of each class in each zone",
        Range = (1, 1_000_000),
        Default = "as --half-width asks",
        Example = "75",
    };

    private static readonly NumberFlag s_halfWidth = new("--half-width", "PERCENT")
    {
        Group = FlagGroup.Questions,
        Doc = "Half-width of the 95 % interval of the map's accuracy that the sample is sized for, percentage points",
        Default = "5",
        Example = "3",
    };

    private static readonly NumberFlag s_expected = new("--expected", "SHARE")
    {
        Group = FlagGroup.Questions,
        Doc = "Accuracy expected of each class, 0 to 1, from which the size follows",
        Default = "0.8",
        Example = "0.85",
    };

    private static readonly WholeFlag s_seed = new("--seed", "S")
    {
        Group = FlagGroup.Questions,
        Doc = "Another seed is another sample",
        Default = "1",
        Example = "7",
    };

    public static Verb SamplePoints { get; } = new(
        "sample-points", "Draw a stratified random sample of a finished run, to look at")
    {
        Run = Draw,
        Doc = "Strata are the classes of the map in each zone; cells are drawn in proportion to their true area. Fill in the "
            + "column reference with a class as in summary.csv, "
            + "then call ldn accuracy. Stratum names do not tell the class of the map.",
        Operands = [new("RESULT", "Folder of a finished run")],
        Flags = [
            s_period, s_map, s_perStratum, s_halfWidth, s_expected, s_seed, RunFlags.Out, RunFlags.Overwrite, .. RunFlags.Saying],
        Examples = [new("sample-points result --per-stratum 75 -o points.csv", "75 points of each class in each zone")],
    };

    public static Verb Accuracy { get; } = new("accuracy", "Accuracy of a map and areas by what was seen at sampled points")
    {
        Run = Judge,
        Doc = "Writes accuracy.csv and adjusted_areas.csv, each figure with its standard error and its 95 % interval, for zones "
            + "and groups.",
        Operands = [
            new("RESULT", "Folder of the finished run"),
            new("POINTS", "Table of ldn sample-points with the column reference filled in")],
        Flags = [
            s_period, s_map, ZoneFlags.Groups, ZoneFlags.TextEncoding, RunFlags.Out, RunFlags.Overwrite, .. RunFlags.Saying],
        Examples = [new("accuracy result points.csv --out accuracy", "what the points say of the map")],
    };

    private static int Draw(Call call)
    {
        string path = call.Of(RunFlags.Out) ?? throw LdnException.Usage("no file for the points", "name it with -o points.csv");
        if (File.Exists(path) && !call.Is(RunFlags.Overwrite))
            throw Fault.Output.Error($"{path} is there already", "choose another name, or replace it with --overwrite");
        double expected = call.Of(s_expected) ?? 0.8, half = call.Of(s_halfWidth) ?? 5;
        if (expected is not (> 0 and < 1))
            throw LdnException.Usage($"--expected {expected} is not between 0 and 1", "such as 0.8, for four points in five");
        if (half is not (> 0 and < 50))
            throw LdnException.Usage($"--half-width {half} is not between 0 and 50 percentage points", "such as 5");
        using ResultMap map = Open(call);
        IReadOnlyList<string[]> rows = AccuracyRun.Sample(
            map, new SampleWish(call.Of(s_perStratum), half, expected), (ulong)(call.Of(s_seed) ?? 1), CommandLine.Cancellation);
        if (path.EndsWith(".gpkg", StringComparison.OrdinalIgnoreCase))
            ((Rasters.IGeodata)new GdalGeodata()).WriteGeoPackage(path, AccuracyRun.Layer(rows));
        else
            WholeFile.Write(path, AccuracyRun.Text(rows));
        if (!call.Quiet)
            Console.Error.WriteLine(
                $"  {rows.Count} points of {map.Period} written: {path}; fill in reference with one of: "
                    + $"{string.Join(", ", map.Classes)}");
        return (int)ExitCode.Success;
    }

    private static int Judge(Call call)
    {
        string target = call.Of(RunFlags.Out) ?? Path.Combine(call.Operands[0], "accuracy");
        CsvTable points = CsvTable.Read(call.Operands[1], SeenPoints.Columns);
        using ResultMap map = Open(call);
        using OutputFolder folder = OutputFolder.Open(target, call.Is(RunFlags.Overwrite), "accuracy.csv");
        AccuracyResult result = AccuracyRun.Judge(map, points, CommandLine.Cancellation);
        CsvReport.Write(folder["adjusted_areas.csv"], result.Areas);
        CsvReport.Write(folder["accuracy.csv"], result.Accuracy);
        folder.Publish();
        if (call.Is(RunFlags.Json))
        {
            using Stream stdout = Streams.OpenOutput();
            AccuracyRun.WriteJson(stdout, result);
        }

        if (!call.Quiet)
        {
            foreach (string note in result.Notes)
                Console.Error.WriteLine($"  note: {note}");
            Console.Error.WriteLine($"  written: {target}");
        }

        return (int)ExitCode.Success;
    }

    private static ResultMap Open(Call call) => ResultMap.Open(
        call.Operands[0], call.Of(s_period), call.Of(s_map) == "condition",
        call.Has(ZoneFlags.Groups) ? call.Of(ZoneFlags.Groups) : null,
        new GdalGeodata());
}
