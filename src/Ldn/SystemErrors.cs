using System.Text.Json;

namespace Ldn;

/// <summary>Errors of the operating system by their numbers (errno), which every Unix gives to the same words.</summary>
internal static class SystemErrors
{
    /// <summary>
    /// What a disk, a network mount or a busy system says when it fails for the moment: input/output error, interrupted, busy,
    /// stale file handle, no answer, connection lost. A second number is that of BSD and macOS.
    /// </summary>
    private static readonly int[] s_passing =
    [
        5 /* EIO */, 4 /* EINTR */, 11, 35 /* EAGAIN */, 16 /* EBUSY */, 116, 70 /* ESTALE */, 110, 60 /* ETIMEDOUT */, 112,
            64 /* EHOSTDOWN */, 113, 65 /* EHOSTUNREACH */, 107, 57 /* ENOTCONN */, 104, 54 /* ECONNRESET */,
        121 /* EREMOTEIO */, 23 /* ENFILE */, 24 /* EMFILE */,
    ];

    private const int WouldBlock = 11, WouldBlockOnMac = 35, SharingViolation = 32;

    private const int NoSpace = 28, FileTooLarge = 27, Quota = 122, QuotaOnMac = 69, NoSpaceOnWindows = 112;

    /// <summary>The cure of what fails for the moment.</summary>
    public const string CheckDisk = "run again; if it fails again, check the disk or mount";

    /// <summary>Whether a file could not be opened because another process holds it.</summary>
    public static bool IsHeldByAnother(IOException failure) => (failure.HResult & 0xFFFF) is var number
        && (OperatingSystem.IsWindows() ? number == SharingViolation
            : number == (OperatingSystem.IsMacOS() ? WouldBlockOnMac : WouldBlock));

    /// <summary>Whether the disk is full, or as full as the user may make it.</summary>
    public static bool IsDiskFull(Exception failure) => failure is IOException && (failure.HResult & 0xFFFF) is var number
        && (OperatingSystem.IsWindows() ? number == NoSpaceOnWindows : number is NoSpace or FileTooLarge or Quota
            || (OperatingSystem.IsMacOS() && number == QuotaOnMac));

    /// <summary>Whether trying again may help.</summary>
    public static bool IsPassing(int number) => Array.IndexOf(s_passing, number) >= 0;

    /// <summary>
    /// Whether trying again may help with a failed read or write; its result code is the system's own number on Unix.
    /// </summary>
    public static bool IsPassing(Exception failure) => failure is IOException && IsPassing(failure.HResult);

    /// <summary>The error of a file that cannot be written.</summary>
    /// <param name="what">The file, as messages call it.</param>
    public static LdnException Writing(string what, Exception failure) =>
        IsDiskFull(failure) ? Fault.DiskFull.Error(
            $"{what} cannot be written: the disk is full", "free some space, or write to another disk, and run again", failure)
        : IsPassing(failure)
            ? Fault.Temporary.Error(
            $"{what} cannot be written: {failure.Message}", CheckDisk, failure)
        : Fault.Output.Error(
            $"{what} cannot be written: {failure.Message}", "name a place in a folder that is there, where you may write", failure);

    /// <summary>
    /// The error of a table, job or other text that cannot be read: temporary where the system's own fault is, else what
    /// <paramref name="otherwise"/> says.
    /// </summary>
    /// <param name="what">The file, as messages call it.</param>
    public static LdnException Reading(string what, Exception failure, Fault otherwise) => IsPassing(failure)
        ? Fault.Temporary.Error(
            $"{what} cannot be read: {failure.Message}", CheckDisk, failure)
        : failure is FileNotFoundException or DirectoryNotFoundException
        ? otherwise.Error($"{what} cannot be read: no such file", "check the path", failure)
        : otherwise.Error($"{what} cannot be read: {failure.Message}", "check the path and its permissions", failure);

    /// <summary>
    /// Whether an exception is what reading a document ends in that is not as it was written: members missing or of another kind,
    /// numbers out of range, lists too short.
    /// </summary>
    public static bool IsOfDamagedDocument(Exception e) => e is JsonException or KeyNotFoundException or InvalidOperationException
        or FormatException or OverflowException or ArgumentException or IndexOutOfRangeException or InvalidDataException
        or NullReferenceException or InvalidCastException;
}
