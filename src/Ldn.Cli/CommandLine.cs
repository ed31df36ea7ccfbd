using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ldn.Cli.Flags;
using Ldn.Cli.Help;
using Ldn.Cli.Terminal;
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

    /// <param name="verbs">All there are.</param>
    /// <param name="args">Words of the command line.</param>
    /// <param name="ownProcess">Whether nobody else lives in this process: its memory may then be held.</param>
    public static int Run(IReadOnlyList<Verb> verbs, string[] args, bool ownProcess = false)
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
        Screen.Choose(new Asked(null, args).Color);
        try
        {
            call = Call.Parse(verbs, args, Environment.GetEnvironmentVariable);
            Screen.Choose(call.Of(RunFlags.Color));
            if (ownProcess)
                MemoryLimit.Hold(call.Of(RunFlags.Memory));
            if (Mistakes.Variables(verbs, Environment.GetEnvironmentVariables().Keys.Cast<string>()) is { } stray && !call.Quiet)
                Screen.Say("  ", Tone.Warning, "warning:", " " + stray);
            if (call.Is(RunFlags.NoRemote))
                GdalGeodata.RefuseRemote();
            (TextEncoding.OfProgram, TextEncoding.Given) = (call.Of(ZoneFlags.TextEncoding), null);
            GdalGeodata.DefaultReader = RunFlags.ReaderOf(call);
            return call.Verb.Run(call);
        }
        catch (Exception e)
        {
            return Say(Failure.Of(e, s_interrupted), new Asked(call, args));
        }
    }

    /// <summary>
    /// Says what happened to one of several jobs and returns the exit code that it alone would have ended with; only a signal
    /// ends them all.
    /// </summary>
    public static Failure SayOfJob(Exception e, Call call, string job)
    {
        Failure failure = Failure.Of(e, s_interrupted);
        if (s_interrupted == 0)
            _ = Say(failure with { Message = $"{job}: {failure.Message}" }, new Asked(call, []));
        return failure;
    }

    /// <summary>
    /// Says what happened on standard error and, where the result was to be JSON, on standard output; returns the exit code.
    /// </summary>
    private static int Say(Failure failure, Asked asked)
    {
        string? remedy = failure.Remedy;
        if (asked.Call?.Blame(failure.Message) is { } blame)
            remedy = remedy is null ? blame : $"{remedy}; {blame}";
        Screen.Say("", Tone.Error, "ldn:", " " + failure.Fault.Say(failure.Message));
        if (remedy is not null)
            Console.Error.WriteLine($"  {remedy}");
        if (failure.Details is not null && asked.For(RunFlags.Verbose))
            Console.Error.WriteLine(failure.Details);
        // Failed checks come with complete results, which are on standard output already.
        if (failure.ExitCode == (int)ExitCode.CheckFailed || !asked.For(RunFlags.Json))
            return failure.ExitCode;
        try
        {
            CliJson.WriteError(failure.Fault.Code, failure.ExitCode, failure.Message, remedy);
        }
        catch (LdnException)
        {
            // Nobody reads standard output: standard error has said it.
        }

        return failure.ExitCode;
    }

    private static void Interrupt(PosixSignalContext context, int exitCode)
    {
        context.Cancel = true;
        s_interrupted = exitCode;
        s_cancellation.Cancel();
    }

    /// <summary>How failures are to be told: as the call says or, where it could not be read, as its words look.</summary>
    private sealed record Asked(Call? Call, string[] Words)
    {
        /// <summary>What the words say of colours; also errors of the words themselves heed it.</summary>
        public string? Color
        {
            get
            {
                int at = Array.FindLastIndex(
                    Words, w => w == RunFlags.Color.Name || w.StartsWith(RunFlags.Color.Name + "=", StringComparison.Ordinal));
                return at < 0 ? Environment.GetEnvironmentVariable(RunFlags.Color.Variable)
                    : Words[at].Contains('=', StringComparison.Ordinal) ? Words[at][(RunFlags.Color.Name.Length + 1)..]
                    : at + 1 < Words.Length ? Words[at + 1] : null;
            }
        }

        public bool For(SwitchFlag flag) => Call?.Is(flag)
            ?? (Words.Any(w => w == flag.Name || w == flag.Short || w == flag.Name + "=true")
                || bool.TryParse(Environment.GetEnvironmentVariable(flag.Variable), out bool yes) && yes);
    }
}

/// <summary>Serialisation without reflection at run time.</summary>
[JsonSerializable(typeof(string))]
internal sealed partial class CliJson : JsonSerializerContext
{
    /// <summary>One line on standard output in place of a result: <c>{"error":{"code","exit","message","remedy"}}</c>.</summary>
    public static void WriteError(string code, int exitCode, string message, string? remedy)
    {
        using Stream stdout = Streams.OpenOutput();
        using (var json = new Utf8JsonWriter(stdout))
        {
            json.WriteStartObject();
            json.WriteStartObject("error");
            json.WriteString("code", code);
            json.WriteNumber("exit", exitCode);
            json.WriteString("message", message);
            json.WriteString("remedy", remedy);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        stdout.WriteByte((byte)'\n');
    }
}
