namespace Ldn;

/// <summary>Errors of the operating system by their numbers (errno), which every Unix gives to the same words.</summary>
public static class SystemErrors
{
    /// <summary>
    /// What a disk or a network mount says when it fails for the moment: input/output error, stale file handle, no answer, connection lost. A second number is that of
    /// BSD and macOS.
    /// </summary>
    private static readonly int[] s_passing =
    [
        5 /* EIO */, 116, 70 /* ESTALE */, 110, 60 /* ETIMEDOUT */, 112, 64 /* EHOSTDOWN */, 113, 65 /* EHOSTUNREACH */, 107, 57 /* ENOTCONN */, 104, 54 /* ECONNRESET */,
        121 /* EREMOTEIO */, 23 /* ENFILE */, 24 /* EMFILE */,
    ];

    /// <summary>Whether trying again may help.</summary>
    public static bool IsPassing(int number) => Array.IndexOf(s_passing, number) >= 0;

    /// <summary>Whether trying again may help with a failed read or write; its result code is the system's own number on Unix.</summary>
    public static bool IsPassing(Exception failure) => failure is IOException && IsPassing(failure.HResult);

    /// <summary>The error of a table, job or other text that cannot be read: temporary where the system's own fault is, else what <paramref name="otherwise"/> says.</summary>
    /// <param name="what">The file, as messages call it.</param>
    public static LdnException Reading(string what, Exception failure, Fault otherwise) => IsPassing(failure)
        ? Fault.Temporary.Error($"{what} cannot be read: {failure.Message}", "run again; if it fails again, check the disk or mount", failure)
        : otherwise.Error($"{what} cannot be read: {failure.Message}", "check the path and its permissions", failure);
}
