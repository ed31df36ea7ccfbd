using System.CommandLine;
using System.Globalization;
using Ldn.Gdal;

namespace Ldn.Cli;

/// <summary>The options that every command shares; each is defined once.</summary>
internal static class CommonOptions
{
    public static Option<string?> Out { get; } = new("--out", "-o") { Description = "Folder of the result", HelpName = "DIR" };

    public static Option<bool> Overwrite { get; } = new("--overwrite") { Description = "Replace an existing result; otherwise it is never touched" };

    public static Option<int?> Threads { get; } = new("--threads") { Description = "Workers (default: all processors)", HelpName = "N" };

    public static Option<string?> Memory { get; } = new("--memory") { Description = "Memory to plan for, such as 2G (default: half of the machine's)", HelpName = "SIZE" };

    public static Option<bool> Json { get; } = new("--json") { Description = "Print the result as JSON on standard output" };

    public static Option<bool> Quiet { get; } = new("--quiet", "-q") { Description = "Say nothing but errors" };

    public static Option<bool> Verbose { get; } = new("--verbose", "-v") { Description = "Say more; errors with details" };

    public static Option<bool> NoProgress { get; } = new("--no-progress") { Description = "No progress" };

    public static Option<string?> Progress { get; } = new("--progress") { Description = "json: one event a line on standard error", HelpName = "FORM" };

    public static Option<bool> NoRemote { get; } = new("--no-remote")
    {
        Description = "Read plain files of this machine only: no network, no databases, no virtual rasters (VRT), nor any of them inside archives",
    };

    public static Option<string?> Reader { get; } = new("--reader")
    {
        Description = "Who decodes rasters, to the same cells: auto, gdal (default auto: common GeoTIFF files by the program itself, all else by GDAL)",
        HelpName = "NAME",
    };

    /// <summary>Adds the common options to a command; <paramref name="target"/> in place of <c>--out</c> where the result is no folder.</summary>
    public static Command WithCommonOptions(this Command command, Option? target = null)
    {
        foreach (Option option in new Option[] { target ?? Out, Overwrite, Threads, Memory, Json, Quiet, Verbose, NoProgress, Progress, NoRemote, Reader })
            command.Options.Add(option);
        return command;
    }

    public static int ThreadCount(ParseResult parsed) => parsed.GetValue(Threads) switch
    {
        null => Environment.ProcessorCount,
        > 0 and <= 1024 and int threads => threads,
        int wrong => throw LdnException.Usage($"--threads {wrong} is not a number of workers", "give a number from 1 on"),
    };

    /// <summary>Bytes of --memory; half of what the process may use when it is not given.</summary>
    public static long MemoryBytes(ParseResult parsed)
    {
        if (parsed.GetValue(Memory) is not { } text)
            return GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2;
        string number = text.TrimEnd('B', 'b').TrimEnd('i');
        long unit = number.Length == 0 ? 1 : char.ToUpperInvariant(number[^1]) switch { 'K' => 1L << 10, 'M' => 1L << 20, 'G' => 1L << 30, 'T' => 1L << 40, _ => 1 };
        if (unit > 1)
            number = number[..^1];
        return double.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double value) && value * unit >= 1 << 20
            ? (long)(value * unit)
            : throw LdnException.Usage($"--memory {text} is not a size", "give something like 512M or 2G, at least 1M");
    }

    public static RasterReader ReaderOf(ParseResult parsed) => (parsed.GetResult(Reader) is null ? null : parsed.GetValue(Reader)) switch
    {
        null or "auto" => RasterReader.Auto,
        "gdal" => RasterReader.Gdal,
        var other => throw LdnException.Usage($"--reader {other} is not known", "one of auto, gdal"),
    };

    public static string OutFolder(ParseResult parsed) =>
        Folder(parsed.GetValue(Out) ?? throw LdnException.Usage("no folder for the result", "name it with --out DIR"));

    /// <summary>A folder to be written to; GDAL's names of archives and of the network are none.</summary>
    public static string Folder(string name) => name.StartsWith("/vsi", StringComparison.Ordinal) && !Directory.Exists(name)
        ? throw Fault.Output.Error($"{name} is no folder of this machine", "results are written to plain folders only")
        : name;
}
