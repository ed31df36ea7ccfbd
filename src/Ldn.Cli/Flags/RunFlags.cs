using System.Globalization;
using System.Text.RegularExpressions;
using Ldn.Csv;
using Ldn.Gdal;
using Ldn.Jobs.Flags;
using Ldn.Reports;

namespace Ldn.Cli.Flags;

/// <summary>Flags of how a run is carried out and what it says; nothing here changes a figure.</summary>
internal static class RunFlags
{
    public static TextFlag Out { get; } = new("--out", "DIR")
    {
        Short = "-o",
        Group = FlagGroup.Outputs,
        Doc = "Folder of the result",
        Example = "result",
    };

    public static SwitchFlag Overwrite { get; } = new("--overwrite")
    {
        Group = FlagGroup.Outputs,
        Doc = "Replace an existing result; otherwise it is never touched",
        Example = "",
    };

    public static SwitchFlag SkipDone { get; } = new("--skip-done")
    {
        Group = FlagGroup.Outputs,
        Doc = "Leave results alone whose job and inputs have not changed",
        More = "Every input is read and hashed anew to know. A job with remote inputs is always computed. To replace what has "
            + "changed give --overwrite too.",
        Example = "",
    };

    public static TextFlag Language { get; } = new("--language", "CODE")
    {
        Group = FlagGroup.Outputs,
        Doc = "Language of the reports",
        Values = [.. Texts.Languages],
        OtherWords = [
            ("cn", "zh"), ("chinese", "zh"), ("中文", "zh"), ("jp", "ja"), ("japanese", "ja"), ("日本語", "ja"), ("kr", "ko"),
            ("korean", "ko"), ("한국어", "ko"), ("mongolian", "mn"), ("монгол", "mn"), ("russian", "ru"), ("русский", "ru"),
            ("english", "en")],
        Default = "en",
        Example = "mn",
    };

    public static TextFlag FailOn { get; } = new("--fail-on", "EXPR[,…]")
    {
        Group = FlagGroup.Outputs,
        Doc = "Exit 4 on targets off track (targets), land types that lose (not-neutral) or a headline column beyond a bound, "
            + "such as degraded_pct_of_land>20",
        More = "The results are written all the same.",
        Example = "degraded_pct_of_land>20",
    };

    public static SwitchFlag HashRemote { get; } = new("--hash-remote")
    {
        Group = FlagGroup.Inputs,
        Doc = "Read remote inputs through for their SHA-256; otherwise their size and time of change stand for them",
        Example = "",
    };

    public static WholeFlag Threads { get; } = new("--threads", "N")
    {
        Group = FlagGroup.Running,
        Doc = "Workers",
        Default = "all processors",
        Range = (1, 1024),
        Example = "4",
    };

    public static SizeFlag Memory { get; } = new("--memory")
    {
        Group = FlagGroup.Running,
        Doc = "Memory of the run: cells are planned to fit, and what zones, groups and tables need beyond it is an error",
        Default = "half of the machine's",
        Example = "2G",
    };

    public static SwitchFlag Json { get; } = new("--json")
    {
        Group = FlagGroup.Running,
        Doc = "Print the result, or the error, as JSON on standard output",
        Example = "",
    };

    public static SwitchFlag Quiet { get; } = new("--quiet")
    {
        Short = "-q",
        Group = FlagGroup.Running,
        Doc = "Say nothing but errors",
        Example = "",
    };

    public static SwitchFlag Verbose { get; } = new("--verbose")
    {
        Short = "-v",
        Group = FlagGroup.Running,
        Doc = "Say more: errors with their details; of a run also who reads which input, how it comes onto the grid, the rules, "
            + "what is counted, and each file written",
        Example = "",
    };

    public static SwitchFlag NoProgress { get; } = new("--no-progress")
    {
        Group = FlagGroup.Running,
        Doc = "No progress",
        Example = "",
    };

    public static TextFlag Progress { get; } = new("--progress", "FORM")
    {
        Group = FlagGroup.Running,
        Doc = "json: one event a line on standard error",
        More =
            "Otherwise progress is a bar on a terminal, and a plain line every ten seconds elsewhere. Events are start, phase, "
            + "progress and end: 'ldn schema progress'. Other lines of standard error do not begin with a brace.",
        Values = ["json"],
        Example = "json",
    };

    public static TextFlag Color { get; } = new("--color", "WHEN")
    {
        Group = FlagGroup.Running,
        Doc = "Colours on standard error",
        More = "auto colours on a terminal, unless NO_COLOR is set or TERM is dumb.",
        Values = ["auto", "always", "never"],
        Default = "auto",
        Example = "never",
    };

    public static SwitchFlag NoRemote { get; } = new("--no-remote")
    {
        Group = FlagGroup.Running,
        Doc = "Read plain files of this machine only: no network, no databases, no virtual rasters (VRT), nor any of them "
            + "inside archives",
        Example = "",
    };

    public static TextFlag Reader { get; } = new("--reader", "NAME")
    {
        Group = FlagGroup.Running,
        Doc = "Who decodes rasters, to the same cells: common GeoTIFF files the program itself and all else GDAL (auto), or "
            + "GDAL alone",
        Values = ["auto", "gdal"],
        Default = "auto",
        Example = "gdal",
    };

    /// <summary>
    /// What every verb that computes understands; those that have no use for one take it and say so in their help.
    /// </summary>
    public static IReadOnlyList<Flag> Common { get; } = [
        Out, Overwrite, Threads, Memory, Json, Quiet, Verbose, NoProgress, Progress, Color, NoRemote, Reader];

    /// <summary>What is said and read, for verbs that write no result.</summary>
    public static IReadOnlyList<Flag> Saying { get; } = [Json, Quiet, Verbose, Color, NoRemote, Reader];

    public static RasterReader ReaderOf(Call call) => call.Of(Reader) == "gdal" ? RasterReader.Gdal : RasterReader.Auto;

    public static string OutFolder(Call call) =>
        Folder(call.Of(Out) ?? throw LdnException.Usage("no folder for the result", "name it with --out DIR"));

    /// <summary>A folder to be written to; GDAL's names of archives and of the network are none.</summary>
    public static string Folder(string name) => name.StartsWith("/vsi", StringComparison.Ordinal) && !Directory.Exists(name)
        ? throw Fault.Output.Error($"{name} is no folder of this machine", "results are written to plain folders only")
        : name;
}

/// <summary>An amount of memory, such as 512M or 2G, at least 1M.</summary>
internal sealed partial record SizeFlag(string Name) : Flag<long?>(Name, "SIZE")
{
    public override object Read(string said, IReadOnlyList<string> texts)
    {
        Match match = Size().Match(texts[^1]);
        double number = match.Success
            ? double.Parse(match.Groups[1].ValueSpan, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)
            : 0;
        double bytes = number * (
            match.Groups[2]
                .Value.ToUpperInvariant() switch
            { "K" => 1L << 10, "M" => 1L << 20, "G" => 1L << 30, "T" => 1L << 40, _ => 1 });
        return bytes is >= 1 << 20 and < long.MaxValue
            ? (long)bytes
            : throw Fault.Usage.Error($"{said}: '{texts[^1]}' is not a size", Meant(texts[^1]));
    }

    /// <summary>As it is written here, where commas and letters of another custom are all that is wrong.</summary>
    private static string Meant(string text)
    {
        string plain = Typed.Plain(text).Replace(',', '.').Replace("Гб", "G", StringComparison.OrdinalIgnoreCase)
            .Replace("Мб", "M", StringComparison.OrdinalIgnoreCase).Replace("Mб", "M", StringComparison.OrdinalIgnoreCase);
        return plain != text && Size().IsMatch(plain) ? $"write {plain}" : "give something like 512M or 2G, at least 1M";
    }

    [GeneratedRegex(@"^\s*(\d+(?:\.\d+)?)\s*(?:([KMGT])i?)?B?\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Size();
}
