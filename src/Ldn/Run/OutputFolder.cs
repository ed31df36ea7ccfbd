namespace Ldn.Run;

/// <summary>
/// The folder of a result. Files are written in a temporary folder inside it and renamed into place together, provenance.json last: a folder
/// without it is not a result. Whatever happens before <see cref="Publish"/>, an earlier result stays as it was.
/// </summary>
public sealed class OutputFolder : IDisposable
{
    public const string Provenance = "provenance.json";
    private const string Temporary = ".ldn-partial";

    /// <summary>In the temporary folder while files are renamed into place: their names, for the next run to remove them if this one is killed midway.</summary>
    private const string Publishing = ".publishing";

    private const int TooManyFiles = 24, NoSpace = 28, NoSpaceOnWindows = 112;
    private readonly string _folder;
    private readonly bool _overwrite;
    private readonly IReadOnlyList<string> _created;
    private readonly FileStream _lock;
    private readonly string _last;
    private readonly bool _durable;

    private OutputFolder(string folder, bool overwrite, IReadOnlyList<string> created, FileStream held, string last, bool durable)
    {
        (_last, _durable) = (last, durable);
        _folder = folder;
        _overwrite = overwrite;
        _created = created;
        _lock = held;
    }

    /// <summary>
    /// Takes the folder for one run, making it where needed and removing what a killed run left behind.
    /// </summary>
    /// <exception cref="LdnException">Exit 2: a result is there and <paramref name="overwrite"/> is off, or the folder cannot be written;
    /// exit 75: another run is writing there.</exception>
    public static OutputFolder Open(string folder, bool overwrite) => Open(folder, overwrite, Provenance, durable: false);

    /// <summary>
    /// Takes the folder of a part of a run, whose last file is <paramref name="last"/>. What is there is replaced; before the files are renamed into place they are forced
    /// to the disk, for another machine is to read them.
    /// </summary>
    /// <inheritdoc cref="Open(string, bool)"/>
    public static OutputFolder OpenPart(string folder, string last) => Open(folder, overwrite: true, last, durable: true);

    private static OutputFolder Open(string folder, bool overwrite, string last, bool durable)
    {
        folder = Path.GetFullPath(folder);
        if (!overwrite && File.Exists(Path.Combine(folder, last)))
            throw Fault.Output.Error($"{folder} already holds a result", "choose another --out, or replace it with --overwrite");
        IReadOnlyList<string> created = Missing(folder);
        string temporary = Path.Combine(folder, Temporary);
        FileStream? held = null;
        try
        {
            Directory.CreateDirectory(temporary);
            held = new FileStream(Path.Combine(temporary, ".lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            RemoveHalfPublished(folder, temporary, last);
            foreach (string left in Directory.EnumerateFileSystemEntries(temporary).Where(f => Path.GetFileName(f) != ".lock"))
            {
                if (Directory.Exists(left))
                    Directory.Delete(left, recursive: true);
                else
                    File.Delete(left);
            }
        }
        catch (IOException e) when ((e.HResult & 0xFFFF) is TooManyFiles or NoSpace or NoSpaceOnWindows)
        {
            held?.Dispose();
            RemoveEmpty([temporary, .. created]);
            throw Fault.Temporary.Error($"output folder {folder} cannot be written: {e.Message}", "run again; check the disk and the limit of open files", e);
        }
        catch (IOException e) when (held is null && Directory.Exists(temporary))
        {
            throw Fault.FolderInUse.Error($"another run is writing into {folder}", "wait for it, or choose another --out", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            held?.Dispose();
            throw Fault.Output.Error($"output folder {folder} cannot be written: {e.Message}", "choose another --out", e);
        }

        return new OutputFolder(folder, overwrite, created, held, last, durable);
    }

    /// <summary>Where a file of the result is written for now.</summary>
    public string this[string name] => Path.Combine(_folder, Temporary, name);

    /// <summary>Files written so far, by name.</summary>
    public IReadOnlyList<string> Files =>
        [.. Directory.EnumerateFiles(Path.Combine(_folder, Temporary)).Select(f => Path.GetFileName(f)!).Where(f => f is not (".lock" or Publishing)).Order(StringComparer.Ordinal)];

    /// <summary>Renames everything into place. The last file, provenance.json of a result, must be among them.</summary>
    /// <exception cref="LdnException">Exit 2: a file of the result's name is there already and may not be replaced.</exception>
    public void Publish()
    {
        IReadOnlyList<string> files = Files;
        if (!_overwrite && files.FirstOrDefault(f => File.Exists(Path.Combine(_folder, f))) is { } there)
            throw Fault.Output.Error($"{Path.Combine(_folder, there)} is there already", "choose another --out, or replace it with --overwrite");
        if (_durable)
            foreach (string file in files)
                Force(this[file]);
        File.WriteAllLines(this[Publishing], files);
        File.Delete(Path.Combine(_folder, _last));
        foreach (string file in files.Where(f => f != _last).Append(_last))
            File.Move(this[file], Path.Combine(_folder, file), overwrite: _overwrite);
    }

    /// <summary>What kept a file from being written, as the user should hear it.</summary>
    /// <param name="cause">An <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> from under the run.</param>
    public LdnException Failure(Exception cause) =>
        !Directory.Exists(Path.Combine(_folder, Temporary)) ? Fault.Temporary.Error($"{_folder} was removed while the run was writing into it", "run again, and leave the folder alone meanwhile", cause)
        : (cause.HResult & 0xFFFF) is NoSpace or NoSpaceOnWindows ? Fault.DiskFull.Error($"{_folder}: the disk is full", "free some space, or write to another disk, and run again", cause)
        : Fault.Temporary.Error($"{_folder}: {cause.Message}", "run again; if it fails again, check the disk and the limit of open files", cause);

    private static void Force(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.ReadWrite);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Files that a killed run had renamed into place before the last one are no result and in nobody's way.</summary>
    private static void RemoveHalfPublished(string folder, string temporary, string last)
    {
        string list = Path.Combine(temporary, Publishing);
        if (!File.Exists(list) || File.Exists(Path.Combine(folder, last)))
            return;
        // Names only: a list that something else wrote leads nowhere else.
        foreach (string name in File.ReadAllLines(list).Where(name => name.Length > 0 && name == Path.GetFileName(name)))
            File.Delete(Path.Combine(folder, name));
    }

    /// <summary>Removes the temporary folder, and the result's folder and those above it where this run made them and nothing is in them.</summary>
    public void Dispose()
    {
        _lock.Dispose();
        try
        {
            Directory.Delete(Path.Combine(_folder, Temporary), recursive: true);
            foreach (string folder in _created.TakeWhile(f => !Directory.EnumerateFileSystemEntries(f).Any()))
                Directory.Delete(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The folder was taken away under the run; there is nothing left to remove.
        }
    }

    /// <summary>Removes folders made for nothing, the deepest first; needs no file handle, for there may be none left.</summary>
    private static void RemoveEmpty(IEnumerable<string> folders)
    {
        try
        {
            foreach (string folder in folders)
                Directory.Delete(folder);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Something else lies there: an earlier result, or another run's.
        }
    }

    /// <summary>The folders that have to be made for a path, the deepest first.</summary>
    private static List<string> Missing(string folder)
    {
        var missing = new List<string>();
        for (string? part = folder; part is not null && !Path.Exists(part); part = Path.GetDirectoryName(part))
            missing.Add(part);
        return missing;
    }
}
