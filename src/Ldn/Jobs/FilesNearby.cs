using Ldn.Csv;

namespace Ldn.Jobs;

/// <summary>
/// Where a file that is not where a name says may lie: a file of that name near by, or one of nearly that name in its folder.
/// </summary>
internal static class FilesNearby
{
    private const int MostLooked = 4000, Deepest = 3;

    /// <summary>A remedy for a missing file, or null where nothing like it is found.</summary>
    /// <param name="name">As it was given.</param>
    /// <param name="folder">Folder that relative names start from.</param>
    public static string? Hint(string name, string folder)
    {
        try
        {
            string slashes = name.Replace('\\', '/');
            if (slashes != name && File.Exists(Path.Combine(folder, slashes)))
                return $"write it with slashes: {slashes}";
            if (OfShell(slashes) is { } shell)
                return shell;
            if (slashes.IndexOf("|layer", StringComparison.Ordinal) is > 0 and var bar)
                return $"'{slashes[bar..]}' is how QGIS names a layer: name the file {slashes[..bar]}, and the layer with "
                    + "--zone-layer, in a job with \"layer\"";
            string file = slashes[(slashes.LastIndexOf('/') + 1)..];
            if (file.Length == 0)
                return null;
            if (Find(file, folder) is { } found)
                return $"a file of that name lies near: {Path.GetRelativePath(folder, found).Replace('\\', '/')}";
            string beside = Path.GetDirectoryName(Path.Combine(folder, slashes)) ?? folder;
            if (!Directory.Exists(beside))
                return $"there is no folder {beside}";
            if (File.Exists(Path.Combine(folder, slashes + ".txt")))
                return $"{file}.txt lies there: Windows hides the last ending. Rename it to {file}, or name it {slashes}.txt";
            string? near = NearestName.Of(file,
                Directory.EnumerateFiles(beside).Take(MostLooked).Select(f => Path.GetFileName(f)));
            return near is null ? null : $"did you mean {slashes[..^file.Length]}{near}?";
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>What a shell would have replaced, had it seen the name without quotes.</summary>
    private static string? OfShell(string name) =>
        name.StartsWith("~/", StringComparison.Ordinal) || name.Contains("/~/", StringComparison.Ordinal)
            ? "write the whole path of the home folder: ~ is replaced by shells alone"
        : name.Contains('$') || name.Count(c => c == '%') > 1
            ? "variables are not replaced in names: write the path itself"
        : name.AsSpan().IndexOfAny('*', '?') >= 0 ? "patterns are not expanded: name one file" : null;

    /// <summary>
    /// In the folder and below it, beside it, and in the current folder: breadth first, so that the nearest is found first.
    /// </summary>
    private static string? Find(string file, string folder)
    {
        var next = new Queue<(string Folder, int Depth)>([(folder, 0), (Directory.GetCurrentDirectory(), 1)]);
        // What lies in /tmp or /home beside the folder is another's.
        if (Path.GetDirectoryName(Path.GetFullPath(folder).TrimEnd('/')) is { } above && above != Path.GetPathRoot(above))
            next.Enqueue((above, Path.GetDirectoryName(above) == Path.GetPathRoot(above) ? Deepest : Deepest - 1));
        int looked = 0;
        while (next.TryDequeue(out (string Folder, int Depth) at))
        {
            foreach (string entry in Entries(at.Folder))
            {
                if (++looked > MostLooked)
                    return null;
                if (string.Equals(Path.GetFileName(entry), file, StringComparison.OrdinalIgnoreCase) && File.Exists(entry))
                    return entry;
                if (at.Depth < Deepest && Directory.Exists(entry) && new DirectoryInfo(entry).LinkTarget is null)
                    next.Enqueue((entry, at.Depth + 1));
            }
        }

        return null;
    }

    private static IEnumerable<string> Entries(string folder)
    {
        try
        {
            return Directory.GetFileSystemEntries(folder).Order(StringComparer.Ordinal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
