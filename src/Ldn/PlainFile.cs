using System.Text;

namespace Ldn;

/// <summary>
/// Small files that are read whole: jobs, tables, what runs leave. Pipes, devices and files without measure are refused before
/// they are opened.
/// </summary>
internal static class PlainFile
{
    /// <summary>Bytes that a file which is read whole may have where its reader names no other bound.</summary>
    public const long Largest = 1L << 30;

    /// <summary>A whole file.</summary>
    /// <param name="what">The file, as messages call it, such as <c>table targets.csv</c>.</param>
    /// <param name="path">Its name.</param>
    /// <param name="otherwise">The fault where the file itself is amiss and not the system.</param>
    /// <param name="largest">Bytes it may have.</param>
    /// <exception cref="LdnException">As <paramref name="otherwise"/>: missing, a folder, a pipe or device, too large, not
    /// allowed; exit 75: the system fails for the moment.</exception>
    public static byte[] ReadBytes(string what, string path, Fault otherwise, long largest = Largest)
    {
        try
        {
            Require(what, path, otherwise);
            if (FileFacts.Of(path).Bytes is var bytes && bytes > largest)
                throw otherwise.Error(
                    $"{what} is larger than {Math.Max(1, largest >> 20)} MB, which is more than such a file can need",
                    "check that it is the file that is meant");
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw SystemErrors.Reading(what, e, otherwise);
        }
    }

    /// <summary>A whole file as text: UTF-8, or what its byte-order mark says.</summary>
    /// <inheritdoc cref="ReadBytes"/>
    public static string ReadText(string what, string path, Fault otherwise, long largest = Largest)
    {
        using var reader = new StreamReader(new MemoryStream(ReadBytes(what, path, otherwise, largest)), Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <summary>Refuses what is there but is no plain file. What is not there is for the reader to tell.</summary>
    /// <exception cref="LdnException">As <paramref name="otherwise"/>.</exception>
    public static void Require(string what, string path, Fault otherwise)
    {
        switch (FileFacts.Of(path).Kind)
        {
            case FileKind.Folder:
                throw otherwise.Error($"{what} cannot be read: it is a folder", "name the file in it");
            case FileKind.Other:
                throw otherwise.Error(
                    $"{what} cannot be read: it is a pipe or a device, not a file",
                    "save what comes from it as a file, and name that");
            case FileKind.Missing when path.Contains('\0'):
                throw otherwise.Error(
                    $"{what.Replace("\0", "\\0", StringComparison.Ordinal)} has a name that no file can have",
                    "correct the name");
            default:
                break;
        }
    }
}
