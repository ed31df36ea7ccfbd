using System.CommandLine;
using System.CommandLine.Parsing;
using System.Runtime.InteropServices;
using Ldn.Gdal;

namespace Ldn.Cli;

/// <summary>Parses, runs and turns whatever happens into an exit code and one message (interface contract, §1).</summary>
internal static class CommandLine
{
    private static readonly CancellationTokenSource s_cancellation = new();
    private static int s_interrupted;

    /// <summary>Cancelled by SIGINT and SIGTERM.</summary>
    public static CancellationToken Cancellation => s_cancellation.Token;

    public static int Run(RootCommand root, string[] args)
    {
        // Opened while there are file handles: a run that ends for lack of them must still be able to say so.
        _ = Console.Error;
        ParseResult parsed = root.Parse(WithEnvironment(root, args));
        if (parsed.Errors.Count > 0)
        {
            foreach (ParseError error in parsed.Errors)
                Console.Error.WriteLine($"ldn: {Fault.Usage.Say(error.Message)}");
            Console.Error.WriteLine($"  run 'ldn {string.Join(' ', CommandPath(parsed))}--help' for the options there are");
            return (int)ExitCode.Usage;
        }

        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, c => Interrupt(c, 130));
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, c => Interrupt(c, 143));
        try
        {
            if (Asked(parsed, CommonOptions.NoRemote))
                GdalGeodata.RefuseRemote();
            GdalGeodata.DefaultReader = CommonOptions.ReaderOf(parsed);
            return parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (LdnException e)
        {
            return Failed(parsed, e, e.Fault, (int)e.ExitCode, e.Message, e.Remedy);
        }
        catch (OperationCanceledException) when (s_interrupted != 0)
        {
            return Failed(parsed, null, Fault.Interrupted, s_interrupted, Fault.Interrupted.Text, null);
        }
        catch (Exception e)
        {
            (Fault fault, string what, string remedy) = e is IOException && IsDiskFull(e)
                ? (Fault.DiskFull, e.Message, "free some space, or write to another disk, and run again")
                : SystemErrors.IsPassing(e) ? (Fault.Temporary, e.Message, "run again; if it fails again, check the disk or mount")
                : IsPartOfProgram(e) ? (Fault.Temporary, $"a part of the program cannot be loaded: {e.Message}", "allow more open files (ulimit -n) and run again")
                : (Fault.Unexpected, $"unexpected error: {e.Message}", "run again with -v for details to report");
            return Failed(parsed, e, fault, (int)fault.ExitCode, what, remedy);
        }
    }

    /// <summary>Says what happened on standard error and, where the result was to be JSON, on standard output; returns the exit code.</summary>
    private static int Failed(ParseResult parsed, Exception? details, Fault fault, int exitCode, string message, string? remedy)
    {
        Console.Error.WriteLine($"ldn: {fault.Say(message)}");
        if (remedy is not null)
            Console.Error.WriteLine($"  {remedy}");
        if (details is not null && Asked(parsed, CommonOptions.Verbose))
            Console.Error.WriteLine(details);
        // Failed checks come with complete results, which are on standard output already.
        if (exitCode != (int)ExitCode.CheckFailed && Asked(parsed, CommonOptions.Json))
            CliJson.WriteError(fault.Code, exitCode, message, remedy);
        return exitCode;
    }

    private static void Interrupt(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        s_interrupted = exitCode;
        s_cancellation.Cancel();
    }

    private static bool IsDiskFull(Exception e) => (e.HResult & 0xFFFF) is 28 or 112;

    /// <summary>Whether it was an assembly that could not be loaded; it is named with its version.</summary>
    private static bool IsPartOfProgram(Exception e) =>
        (e as FileNotFoundException)?.FileName?.Contains(", Version=", StringComparison.Ordinal) ?? (e as FileLoadException)?.FileName?.Contains(", Version=", StringComparison.Ordinal) ?? false;

    private static bool Asked(ParseResult parsed, Option<bool> option) => parsed.GetResult(option) is not null && parsed.GetValue(option);

    private static IEnumerable<string> CommandPath(ParseResult parsed) =>
        parsed.CommandResult.Command is RootCommand ? [] : [parsed.CommandResult.Command.Name, ""];

    /// <summary>An option that is not given takes the value of its LDN_ variable: LDN_THREADS for --threads.</summary>
    private static string[] WithEnvironment(RootCommand root, string[] args)
    {
        Command? command = args.Length == 0 ? null : root.Subcommands.FirstOrDefault(c => c.Name == args[0]);
        if (command is null)
            return args;
        var all = new List<string>(args);
        bool shard = args.Any(a => a == "--plan" || a.StartsWith("--plan=", StringComparison.Ordinal)) || Environment.GetEnvironmentVariable("LDN_PLAN") is { Length: > 0 };
        foreach (Option option in command.Options)
        {
            // Whoever plans with LDN_ variables set has them set for the shards too, where the plan's own hold.
            if (shard && !ShardOptions.Takes(option))
                continue;
            string variable = "LDN_" + option.Name.TrimStart('-').Replace('-', '_').ToUpperInvariant();
            bool given = args.Any(a => a == option.Name || option.Aliases.Contains(a) || a.StartsWith(option.Name + "=", StringComparison.Ordinal));
            if (!given && Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value && option.Name is not "--help" and not "--version")
                all.Add($"{option.Name}={value}");
        }

        return [.. all];
    }
}
