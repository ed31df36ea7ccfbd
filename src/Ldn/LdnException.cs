namespace Ldn;

/// <summary>Exit codes of the program (interface contract, §1); every error carries the one it ends with.</summary>
public enum ExitCode
{
    /// <summary>All is done; warnings may have been said.</summary>
    Success = 0,

    /// <summary>An error the program did not foresee, or it was interrupted.</summary>
    Unexpected = 1,

    /// <summary>Usage or configuration.</summary>
    Usage = 2,

    /// <summary>Input data unusable.</summary>
    Input = 3,

    /// <summary>A check failed (<c>--fail-on</c>, <c>compare</c>, targets).</summary>
    CheckFailed = 4,

    /// <summary>Parts of a sharded run are missing.</summary>
    Incomplete = 5,

    /// <summary>Temporary I/O failure; retrying is safe.</summary>
    Temporary = 75,
}

/// <summary>
/// An error the user can act on. <see cref="Exception.Message"/> says what is wrong and where; <see cref="Remedy"/> says how to
/// mend it. Anything else that escapes is a defect of the program and ends with <see cref="ExitCode.Unexpected"/>.
/// </summary>
public sealed class LdnException : Exception
{
    internal LdnException(Fault fault, string message, string? remedy, Exception? inner)
        : base(message, inner)
    {
        Fault = fault;
        Remedy = remedy;
    }

    /// <summary>What kind of fault it is; it gives the code and the exit code.</summary>
    public Fault Fault { get; }

    /// <summary>The exit code the program ends with.</summary>
    public ExitCode ExitCode => Fault.ExitCode;

    /// <summary>What the user can do about it; one sentence without a final full stop, or null where nothing helps.</summary>
    public string? Remedy { get; }

    /// <summary>Wrong options, job file, tables of rules (exit 2), of no more special kind.</summary>
    internal static LdnException Usage(string message, string? remedy = null, Exception? inner = null) =>
        Fault.Usage.Error(message, remedy, inner);

    /// <summary>An input that cannot be used as it is (exit 3), of no more special kind.</summary>
    internal static LdnException Input(string message, string? remedy = null, Exception? inner = null) =>
        Fault.Input.Error(message, remedy, inner);

    /// <summary>A check the user asked for failed; results are complete (exit 4).</summary>
    internal static LdnException Check(string message) => Fault.Check.Error(message);

    /// <summary>Parts missing or damaged (exit 5).</summary>
    internal static LdnException Incomplete(string message, string? remedy = null) => Fault.Incomplete.Error(message, remedy);

    /// <summary>I/O that may succeed on another try (exit 75).</summary>
    internal static LdnException Temporary(string message, string? remedy = null, Exception? inner = null) =>
        Fault.Temporary.Error(message, remedy, inner);
}
