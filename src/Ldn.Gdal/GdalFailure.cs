using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Ldn.Gdal.Interop;

namespace Ldn.Gdal;

/// <summary>Turns what GDAL reported into the error the user sees: which file, why, and whether trying again can help.</summary>
internal static partial class GdalFailure
{
    private static readonly string[] RemotePrefixes =
    [
        "/vsicurl", "/vsis3", "/vsigs", "/vsiaz", "/vsiadls", "/vsioss", "/vsiswift", "/vsiwebhdfs", "/vsihdfs", "http://",
        "https://",
    ];

    private const int InputOutput = 5, Interrupted = 4, StaleHandle = 116, RemoteInputOutput = 121;

    private const string TryAgain = "try again; the storage or the network failed for the moment";

    /// <summary>Whether a name leads over the network.</summary>
    public static bool IsRemote(string name) =>
        Array.Exists(RemotePrefixes, prefix => name.Contains(prefix, StringComparison.Ordinal));

    /// <summary>Whether another program holds the file for itself, as an editing session does a GeoPackage.</summary>
    private static bool IsLocked(string text) => Locked().IsMatch(text);

    /// <summary>
    /// A failure to open or read: exit 75 for what fails for the moment, remote storage or a disk or mount of this machine, else
    /// exit 3.
    /// </summary>
    public static LdnException Reading(string name, string what, in ErrorScope errors, string? remedy = null)
    {
        string cause = Cause(errors);
        string message = cause.Length == 0 ? $"{name}: {what}" : $"{name}: {what}: {cause}";
        if (IsRemote(name))
        {
            string all = All(errors);
            return IsTransient(all) ? Fault.Network.Error(message, TryAgain)
                : IsCutOff(all) ? BrokenOff(message)
                : Fault.Unreadable.Error(message, remedy);
        }

        if (Database().IsMatch(name))
            return IsTransient(All(errors)) || AwayForNow().IsMatch(All(errors))
                ? Fault.Network.Error(message, "run again when the database answers; look with 'psql' or 'ogrinfo'")
                : Fault.Unreadable.Error(message, "the database's words tell why; look with 'psql' or 'ogrinfo'");
        if (IsLocked(All(errors)))
            return Fault.Temporary.Error(
                message, "another program has the file open: close it there, or run again when it is done");
        return PassingFault(name, errors) is { } reason
            ? Fault.Temporary.Error($"{message} ({reason})", SystemErrors.CheckDisk)
            : Fault.Unreadable.Error(message, remedy);
    }

    /// <summary>
    /// Whether a read has failed on this thread since an <see cref="ErrorScope"/> was opened: several formats take a read that
    /// fails for the end of the file, report nothing and give zeros. The system's error number stays until another call fails.
    /// </summary>
    public static bool IsReadFailure(out int number) => (number = Marshal.GetLastSystemError()) is InputOutput or Interrupted
        or StaleHandle or RemoteInputOutput;

    /// <summary>Exit 75 for an answer of remote storage that came in part.</summary>
    public static LdnException BrokenOff(string message) =>
        Fault.Network.Error(message, TryAgain, new EndOfStreamException("the answer broke off"));

    /// <summary>Whether an error is such an answer's, which GDAL has not asked for again.</summary>
    public static bool IsBrokenOff(LdnException error) =>
        error.Fault == Fault.Network && error.InnerException is EndOfStreamException;

    /// <summary>A failure of managed code to read a file of this machine, by the same rules.</summary>
    public static LdnException Reading(string name, string what, Exception cause) => SystemErrors.IsPassing(cause)
        ? Fault.Temporary.Error(
            $"{name}: {what}: {cause.Message}", SystemErrors.CheckDisk, cause)
        : Fault.Unreadable.Error($"{name}: {what}: {cause.Message}", "check the file and its permissions", cause);

    /// <summary>
    /// The system's word for a fault of a disk or mount behind a failure; null where it is the file itself that is amiss. GDAL
    /// asks for much after a file's first bytes could not be read, and the number of that error is lost: the file is then asked
    /// once more.
    /// </summary>
    private static string? PassingFault(string name, in ErrorScope errors)
    {
        if (IsReadFailure(out int number))
            return Marshal.GetPInvokeErrorMessage(number);
        foreach (GdalMessage message in errors.Messages)
            if (SystemErrors.IsPassing(message.SystemError))
                return Marshal.GetPInvokeErrorMessage(message.SystemError);
        return Unread(name);
    }

    /// <summary>
    /// The system's word for what keeps a file of this machine, or one beside it that differs in its ending, from being read now;
    /// null where nothing does.
    /// </summary>
    public static string? UnreadNow(string path)
    {
        if (FileFacts.Of(path).Kind != FileKind.Regular)
            return null;
        string stem = Path.GetFileNameWithoutExtension(path) + '.';
        try
        {
            return Directory.EnumerateFiles(Path.GetDirectoryName(Path.GetFullPath(path))!)
                .Where(f => Path.GetFileName(f).StartsWith(stem, StringComparison.OrdinalIgnoreCase))
                .Select(Unread).FirstOrDefault(reason => reason is not null);
        }
        catch (IOException e)
        {
            return SystemErrors.IsPassing(e) ? e.Message : null;
        }
    }

    private static string? Unread(string path)
    {
        try
        {
            using FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            file.ReadByte();
            return null;
        }
        catch (IOException e)
        {
            return SystemErrors.IsPassing(e) ? e.Message : null;
        }
        catch (Exception e) when (e is UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>
    /// A failure to create or write: exit 75 where the disk is full or failing, else exit 2 (folder missing, no permission).
    /// </summary>
    public static LdnException Writing(string path, string what, in ErrorScope errors)
    {
        string all = All(errors);
        if (DiskFull().IsMatch(all) || (all.Length > 0 && IsFull(path)))
            return Fault.DiskFull.Error($"{path}: the disk is full", "free some space, or write to another disk, and run again");
        string cause = Cause(errors);
        string message = cause.Length == 0 ? $"{path}: {what}" : $"{path}: {what}: {cause}";
        return Denied().IsMatch(all)
            ? Fault.Output.Error(message, "check that the folder exists and that you may write to it")
            : LdnException.Temporary(message, "run again; if it fails again, check the disk");
    }

    /// <summary>A failure of the managed file system calls around a written file, by the same rules.</summary>
    public static LdnException Writing(string path, Exception cause) => cause switch
    {
        UnauthorizedAccessException or DirectoryNotFoundException =>
            Fault.Output.Error(
                $"{path}: cannot be written: {cause.Message}", "check that the folder exists and that you may write to it",
                cause),
        _ when DiskFull().IsMatch(cause.Message) =>
            Fault.DiskFull.Error($"{path}: the disk is full", "free some space, or write to another disk, and run again", cause),
        _ => LdnException.Temporary(
            $"{path}: cannot be written: {cause.Message}", "run again; if it fails again, check the disk", cause),
    };

    /// <summary>
    /// The first failure GDAL reported, or the last warning where it reported none; on one line, without a full stop.
    /// </summary>
    internal static string Cause(in ErrorScope errors)
    {
        string text = "";
        foreach (GdalMessage message in errors.Messages)
        {
            text = message.Text;
            if (message.Severity >= GdalApi.CeFailure)
                break;
        }

        return text.ReplaceLineEndings(" ").Trim().TrimEnd('.');
    }

    /// <summary>
    /// Whether GDAL's words describe a remote failure that may pass: server errors, throttling, time-outs, broken connections.
    /// </summary>
    internal static bool IsTransient(string text) => Transient().IsMatch(text);

    /// <summary>
    /// Whether a remote file came in part or not at all without the server having refused it: GDAL then speaks of the file, not
    /// of the connection that broke or stood still. A file that is really cut off looks the same; it is tried again in vain.
    /// </summary>
    internal static bool IsCutOff(string text) => CutOff().IsMatch(text) && !RefusedByServer().IsMatch(text);

    /// <summary>
    /// Whether something of a file that GDAL opened was left out because it could not be read. It only warns of that, and the
    /// rest would be taken for a file without place, or without a no-data value.
    /// </summary>
    internal static bool LeftOut(in ErrorScope errors)
    {
        foreach (GdalMessage message in errors.Messages)
            if (
                SystemErrors.IsPassing(message.SystemError)
                    || message.Text.Contains("IO error during reading", StringComparison.Ordinal))
                return true;
        return false;
    }

    /// <summary>Whether GDAL's words say that the disk is full.</summary>
    internal static bool IsDiskFull(string text) => DiskFull().IsMatch(text);

    private static string All(in ErrorScope errors)
    {
        List<string> texts = [];
        foreach (GdalMessage message in errors.Messages)
            texts.Add(message.Text);
        return string.Join('\n', texts);
    }

    /// <summary>GDAL does not always pass on the system's reason for a failed write.</summary>
    private static bool IsFull(string path)
    {
        try
        {
            return Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder
                && new DriveInfo(folder).AvailableFreeSpace < 1 << 16;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [GeneratedRegex(
        @"HTTP[ a-z]*(code)?[ :=]*(408|425|429|5\d\d)\b|\b5\d\d (Internal|Bad Gateway|Service|Gateway)|SlowDown|ServiceUnavailable"
        + "|InternalError|RequestTimeout|Throttl|timed? ?out|timeout|Could not resolve|Couldn't resolve|Failed to connect|Could "
        + "not connect"
        + "|Couldn't connect|Connection (reset|refused|was reset)|Recv failure|Send failure|Empty reply|SSL "
        + "connection|GOAWAY|too slow",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Transient();

    [GeneratedRegex(
        @"got \d+ bytes, expected|transfer closed|not recognized as a supported file format|Read ?error|error reading|Cannot read|can't read|IO error during reading|TIFFReadDirectory|TIFFFetch",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CutOff();

    [GeneratedRegex(@"(code|error)[ :=]*4\d\d\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RefusedByServer();

    [GeneratedRegex("^(PG:|postgres(ql)?://)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Database();

    [GeneratedRegex(
        "database system is (starting up|shutting down|in recovery)|too many clients|remaining connection slots|"
            + "terminating connection|server closed the connection",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex AwayForNow();

    [GeneratedRegex("database (table )?is locked|used by another process|sharing violation", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Locked();

    [GeneratedRegex(
        "No space left|not enough space|disk (is )?full|Disk quota exceeded|free disk space",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DiskFull();

    [GeneratedRegex(
        "Permission denied|Read-only file system|No such file or directory|Is a directory|Not a directory|access is denied|not "
            + "supported",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Denied();
}
