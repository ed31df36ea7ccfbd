namespace Ldn.Run;

/// <summary>
/// Puts the files of a result in place of those that are there: all of them, or none. What is replaced is kept aside in the work
/// folder until the last file is in place, and a list there says what is under way: when a rename fails everything is taken back,
/// and when the run is killed the next one does so.
/// </summary>
/// <param name="folder">The result's folder.</param>
/// <param name="work">The work folder in it, with the new files.</param>
internal sealed class Publication(string folder, string work)
{
    /// <summary>
    /// In the work folder: the names of the files that are being put in place; the last line is the last to come, without which
    /// the others are no result.
    /// </summary>
    public const string List = ".publishing";

    /// <summary>In the work folder: the files they replace.</summary>
    private const string Replaced = ".replaced";

    /// <param name="files">The new files, by name.</param>
    /// <param name="last">The one that makes a result of the others: its predecessor is the first to go, it is the last to
    /// come.</param>
    /// <exception cref="IOException">A rename failed; everything is as it was.</exception>
    /// <exception cref="LdnException">Exit 75: a rename failed, and so did taking back; the next run does it.</exception>
    public void Run(IEnumerable<string> files, string last)
    {
        string[] all = [.. files.Where(f => f != last), last];
        File.WriteAllLines(New(List), all);
        Directory.CreateDirectory(New(Replaced));
        try
        {
            foreach (string within in all.Select(f => Path.GetDirectoryName(f)!).Where(d => d.Length > 0).Distinct())
            {
                Directory.CreateDirectory(In(within));
                Directory.CreateDirectory(Old(within));
            }

            foreach (string file in all.Reverse().Where(f => Exists(In(f))))
                Move(In(file), Old(file));
            foreach (string file in all)
                Move(New(file), In(file));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            try
            {
                TakeBack(all);
            }
            catch (Exception again) when (again is IOException or UnauthorizedAccessException)
            {
                throw Fault.Temporary.Error(
                    $"{folder}: {e.Message}; and what was there could not be put back: {again.Message}",
                        $"run again: the earlier files lie in {work}, and the next run puts them back", again);
            }

            throw;
        }
    }

    /// <summary>
    /// Takes back what a killed run had begun; a publication that it had only to tidy up after is left as it is.
    /// </summary>
    /// <returns>Whether it had begun to replace files: the earlier ones, if there were any, are in place again.</returns>
    public bool Recover()
    {
        if (FileFacts.Of(New(List), throughLinks: false).Kind != FileKind.Regular)
            return false;
        // Names only: a list that something else wrote leads nowhere else.
        string[] all = [.. File.ReadAllLines(New(List))
            .Where(name => IsName(name) && IsInPlace(folder, name))];
        string? last = all.Contains(OutputFolder.Provenance) ? OutputFolder.Provenance : all.LastOrDefault();
        if (last is null || (Exists(In(last)) && !Exists(New(last))))
            return false;
        bool begun = !Exists(In(last));
        TakeBack(all.Where(f => f != last).Append(last));
        return begun;
    }

    /// <summary>
    /// Whether the folder before a file's name, where it has one, is a folder of the result or yet to be made, and no link.
    /// </summary>
    public static bool IsInPlace(string folder, string name) => Path.GetDirectoryName(name) is not { Length: > 0 } within
        || FileFacts.Of(Path.Combine(folder, within), throughLinks: false).Kind is FileKind.Missing or FileKind.Folder;

    /// <summary>A name, or a folder and a name.</summary>
    private static bool IsName(string name) => name.Split('/') is { Length: 1 or 2 } parts
        && Array.TrueForAll(parts, part => part.Length > 0 && part == Path.GetFileName(part) && part is not ("." or ".."));

    /// <summary>
    /// Whatever has left the work folder goes, and what it replaced comes back; the last file, which makes a result of the
    /// others, after all others.
    /// </summary>
    private void TakeBack(IEnumerable<string> files)
    {
        bool kept = FileFacts.Of(New(Replaced), throughLinks: false).Kind == FileKind.Folder;
        foreach (string file in files)
        {
            if (kept && Exists(Old(file)))
                Move(Old(file), In(file));
            else if (!Exists(New(file)) && FileFacts.Of(In(file), throughLinks: false).Kind is FileKind.Regular or FileKind.Link)
                WorkFolder.Insist(() => File.Delete(In(file)));
        }
    }

    private static void Move(string from, string to) => WorkFolder.Insist(() => File.Move(from, to, overwrite: true));

    private static bool Exists(string path) => FileFacts.Of(path, throughLinks: false).Kind != FileKind.Missing;

    private string In(string file) => Path.Combine(folder, file);

    private string New(string file) => Path.Combine(work, file);

    private string Old(string file) => Path.Combine(work, Replaced, file);
}
