using System.Text.RegularExpressions;
using Ldn.Gdal.Interop;

namespace Ldn.Gdal;

/// <summary>Turns what GDAL reported into the error the user sees: which file, why, and whether trying again can help.</summary>
internal static partial class GdalFailure
{
    private static readonly string[] RemotePrefixes =
    [
        "/vsicurl", "/vsis3", "/vsigs", "/vsiaz", "/vsiadls", "/vsioss", "/vsiswift", "/vsiwebhdfs", "/vsihdfs", "http://", "https://",
    ];

    /// <summary>Whether a name leads over the network.</summary>
    public static bool IsRemote(string name) => Array.Exists(RemotePrefixes, prefix => name.Contains(prefix, StringComparison.Ordinal));

    /// <summary>A failure to open or read: exit 75 for transient failures of remote storage, else exit 3.</summary>
    public static LdnException Reading(string name, string what, in ErrorScope errors, string? remedy = null)
    {
        string cause = Cause(errors);
        string message = cause.Length == 0 ? $"{name}: {what}" : $"{name}: {what}: {cause}";
        return IsRemote(name) && (IsTransient(All(errors)) || IsCutOff(All(errors)))
            ? Fault.Network.Error(message, "try again; the storage or the network failed for the moment")
            : Fault.Unreadable.Error(message, remedy);
    }

    /// <summary>A failure to create or write: exit 75 where the disk is full or failing, else exit 2 (folder missing, no permission).</summary>
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
            Fault.Output.Error($"{path}: cannot be written: {cause.Message}", "check that the folder exists and that you may write to it", cause),
        _ when DiskFull().IsMatch(cause.Message) =>
            Fault.DiskFull.Error($"{path}: the disk is full", "free some space, or write to another disk, and run again", cause),
        _ => LdnException.Temporary($"{path}: cannot be written: {cause.Message}", "run again; if it fails again, check the disk", cause),
    };

    /// <summary>The first failure GDAL reported, or the last warning where it reported none; on one line, without a full stop.</summary>
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

    /// <summary>Whether GDAL's words describe a remote failure that may pass: server errors, throttling, time-outs, broken connections.</summary>
    internal static bool IsTransient(string text) => Transient().IsMatch(text);

    /// <summary>
    /// Whether a remote file came in part or not at all without the server having refused it: GDAL then speaks of the file, not of the connection that broke or
    /// stood still. A file that is really cut off looks the same; it is tried again in vain.
    /// </summary>
    internal static bool IsCutOff(string text) => CutOff().IsMatch(text) && !RefusedByServer().IsMatch(text);

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
            return Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder && new DriveInfo(folder).AvailableFreeSpace < 1 << 16;
        }
        catch (Exception e) when (e is IOException or ArgumentException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    [GeneratedRegex(
        @"HTTP[ a-z]*(code)?[ :=]*(408|425|429|5\d\d)\b|\b5\d\d (Internal|Bad Gateway|Service|Gateway)|SlowDown|ServiceUnavailable"
        + "|InternalError|RequestTimeout|Throttl|timed? ?out|timeout|Could not resolve|Couldn't resolve|Failed to connect|Could not connect"
        + "|Couldn't connect|Connection (reset|refused|was reset)|Recv failure|Send failure|Empty reply|SSL connection|GOAWAY|transfer closed|too slow",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Transient();

    [GeneratedRegex(
        @"got \d+ bytes, expected|not recognized as a supported file format|Read ?error|error reading|Cannot read|can't read|TIFFReadDirectory|TIFFFetch",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CutOff();

    [GeneratedRegex(@"(code|error)[ :=]*4\d\d\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex RefusedByServer();

    [GeneratedRegex(
        "No space left|not enough space|disk (is )?full|Disk quota exceeded|free disk space",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex DiskFull();

    [GeneratedRegex(
        "Permission denied|Read-only file system|No such file or directory|Is a directory|Not a directory|access is denied|not supported",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Denied();
}
