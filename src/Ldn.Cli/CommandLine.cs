using System.Runtime.InteropServices;
using Ldn.Cli.Flags;
using Ldn.Cli.Help;
using Ldn.Gdal;
using Ldn.Jobs.Flags;

namespace Ldn.Cli;

/// <summary>Parses, runs and turns whatever happens into an exit code and one message (interface contract, §1).</summary>
internal static class CommandLine
{
    private const int Terminated = 143;

    /// <summary>SIGXCPU and SIGXFSZ: limits that were set for the process (ulimit).</summary>
    private const PosixSignal TimeLimit = (PosixSignal)24, SizeLimit = (PosixSignal)25;

    private static readonly CancellationTokenSource s_cancellation = new();
    private static int s_interrupted;

    /// <summary>Cancelled by SIGINT and SIGTERM, and by whatever else ends a process that may still tidy up.</summary>
    public static CancellationToken Cancellation => s_cancellation.Token;

    public static int Run(IReadOnlyList<Verb> verbs, string[] args)
    {
        if (HelpText.Answer(verbs, args))
            return (int)ExitCode.Success;

        Call? call = null;
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, c => Interrupt(c, 130));
        using PosixSignalRegistration terminate =
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, c => Interrupt(c, Terminated));
        using PosixSignalRegistration hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, c => Interrupt(c, Terminated));
        using PosixSignalRegistration quit = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, c => Interrupt(c, Terminated));
        using PosixSignalRegistration? outOfTime = OperatingSystem.IsWindows() ? null
            : PosixSignalRegistration.Create(TimeLimit, c => Interrupt(c, Terminated));
        // The write that was too long fails then, and says why.
        using PosixSignalRegistration? fileTooLarge = OperatingSystem.IsWindows() ? null
            : PosixSignalRegistration.Create(SizeLimit, c => c.Cancel = true);
        try
        {
            call = Call.Parse(verbs, args, Environment.GetEnvironmentVariable);
            if (Mistakes.Variables(verbs, Environment.GetEnvironmentVariables().Keys.Cast<string>()) is { } stray && !call.Quiet)
                Console.Error.WriteLine($"  warning: {stray}");
            if (call.Is(RunFlags.NoRemote))
                GdalGeodata.RefuseRemote();
            GdalGeodata.DefaultReader = RunFlags.ReaderOf(call);
            return call.Verb.Run(call);
        }
        catch (LdnException e)
        {
            return Failed(new Asked(call, args), e, e.Fault, (int)e.ExitCode, e.Message, e.Remedy);
        }
        catch (OperationCanceledException) when (s_interrupted != 0)
        {
            return Failed(new Asked(call, args), null, Fault.Interrupted, s_interrupted, Fault.Interrupted.Text, null);
        }
        catch (Exception e)
        {
            (Fault fault, string what, string remedy) = SystemErrors.IsDiskFull(e)
                ? (Fault.DiskFull, e.Message, "free some space, or write to another disk, and run again")
                : SystemErrors.IsPassing(e) ? (Fault.Temporary, e.Message, "run again; if it fails again, check the disk or mount")
                : IsPartOfProgram(e) ? (Fault.Temporary, $"a part of the program cannot be loaded: {e.Message}", "allow more open files (ulimit -n) and run again")
                : (Fault.Unexpected, $"unexpected error: {e.Message}", "run again with -v for details to report");
            return Failed(new Asked(call, args), e, fault, (int)fault.ExitCode, what, remedy);
        }
    }

    /// <summary>Says what happened on standard error and, where the result was to be JSON, on standard output; returns the exit code.</summary>
    private static int Failed(Asked asked, Exception? details, Fault fault, int exitCode, string message, string? remedy)
    {
        if (asked.Call?.Blame(message) is { } blame)
            remedy = remedy is null ? blame : $"{remedy}; {blame}";
        Console.Error.WriteLine($"ldn: {fault.Say(message)}");
        if (remedy is not null)
            Console.Error.WriteLine($"  {remedy}");
        if (details is not null && asked.For(RunFlags.Verbose))
            Console.Error.WriteLine(details);
        // Failed checks come with complete results, which are on standard output already.
        if (exitCode == (int)ExitCode.CheckFailed || !asked.For(RunFlags.Json))
            return exitCode;
        try
        {
            CliJson.WriteError(fault.Code, exitCode, message, remedy);
        }
        catch (LdnException)
        {
            // Nobody reads standard output: standard error has said it.
        }

        return exitCode;
    }

    private static void Interrupt(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        s_interrupted = exitCode;
        s_cancellation.Cancel();
    }

    /// <summary>Whether it was an assembly that could not be loaded; it is named with its version.</summary>
    private static bool IsPartOfProgram(Exception e) =>
        (e as FileNotFoundException)?.FileName?.Contains(", Version=", StringComparison.Ordinal) ?? (e as FileLoadException)?.FileName?.Contains(", Version=", StringComparison.Ordinal) ?? false;

    /// <summary>How failures are to be told: as the call says or, where it could not be read, as its words look.</summary>
    private sealed record Asked(Call? Call, string[] Words)
    {
        public bool For(SwitchFlag flag) => Call?.Is(flag)
            ?? (Words.Any(w => w == flag.Name || w == flag.Short || w == flag.Name + "=true")
                || bool.TryParse(Environment.GetEnvironmentVariable(flag.Variable), out bool yes) && yes);
    }
}
