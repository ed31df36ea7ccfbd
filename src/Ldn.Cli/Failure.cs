namespace Ldn.Cli;

/// <summary>How a run ended that did not succeed: what to say, and the exit code.</summary>
/// <param name="Details">What was caught, for <c>-v</c>.</param>
internal sealed record Failure(Fault Fault, int ExitCode, string Message, string? Remedy, Exception? Details)
{
    /// <summary>From the least to the worst: checks that failed, try again, incomplete, input, usage, unexpected.</summary>
    private static readonly int[] s_worse = [0, 4, 75, 5, 3, 2, 1];

    /// <summary>The worse of two exit codes: what can be cured by trying again counts less than what cannot.</summary>
    public static int Worse(int a, int b) => Array.IndexOf(s_worse, a) >= Array.IndexOf(s_worse, b) ? a : b;

    /// <param name="e">What was thrown.</param>
    /// <param name="interrupted">Exit code of the signal that came, 0 for none.</param>
    public static Failure Of(Exception e, int interrupted) => e switch
    {
        LdnException known => new(known.Fault, (int)known.ExitCode, known.Message, known.Remedy, known),
        OperationCanceledException when interrupted != 0 => new(
            Fault.Interrupted, interrupted, Fault.Interrupted.Text, null, null),
        OutOfMemoryException memory => Of(MemoryLimit.Error("this run", "ask for less at once", memory), interrupted),
        _ when SystemErrors.IsDiskFull(e) => Because(
            Fault.DiskFull, e, e.Message, "free some space, or write to another disk, and run again"),
        _ when SystemErrors.IsPassing(e) => Because(
            Fault.Temporary, e, e.Message, SystemErrors.CheckDisk),
        _ when IsPartOfProgram(e) => Because(
            Fault.Temporary, e, $"a part of the program cannot be loaded: {e.Message}",
            "allow more open files (ulimit -n) and run again"),
        _ => Because(Fault.Unexpected, e, $"unexpected error: {e.Message}", "run again with -v for details to report"),
    };

    private static Failure Because(Fault fault, Exception e, string message, string remedy) =>
        new(fault, (int)fault.ExitCode, message, remedy, e);

    /// <summary>Whether it was an assembly that could not be loaded; it is named with its version.</summary>
    private static bool IsPartOfProgram(Exception e) => e switch
    {
        FileNotFoundException { FileName: { } name } => name.Contains(", Version=", StringComparison.Ordinal),
        FileLoadException { FileName: { } name } => name.Contains(", Version=", StringComparison.Ordinal),
        _ => false,
    };
}
