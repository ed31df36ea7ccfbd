using Ldn.Reports;

namespace Ldn.Run;

/// <summary>
/// The folder of a result. Files are written in a work folder inside it and renamed into place together, provenance.json last: a
/// folder without it is not a result. Whatever happens before the end of <see cref="Publish"/>, an earlier result stays as it
/// was, or is put back by the next run; and no input of the run is ever written.
/// </summary>
internal sealed class OutputFolder : IDisposable
{
    public const string Provenance = "provenance.json";

    public const string Summary = SummaryJson.FileName;

    /// <summary>The bytes of the summary of a finished run.</summary>
    /// <param name="folder">Its folder.</param>
    /// <exception cref="LdnException">Exit 3: the folder holds no finished run.</exception>
    public static byte[] SummaryOf(string folder)
    {
        string summary = Path.Combine(folder, Summary);
        if (!File.Exists(Path.Combine(folder, Provenance)) || !File.Exists(summary))
            throw Fault.Run.Error($"{folder} holds no finished run", "give the folder that 'ldn compute --out' wrote");
        return PlainFile.ReadBytes(summary, summary, Fault.Run);
    }

    /// <summary>In the names of files beside a raster that is being written, which are none of the result.</summary>
    private const string Spool = ".spool";

    private readonly string _folder;
    private readonly bool _overwrite;
    private readonly IReadOnlyList<string> _created;
    private readonly WorkFolder _work;
    private readonly string _last;
    private readonly bool _durable;
    private readonly Dictionary<string, string> _inputs = [];
    private bool _done;

    private OutputFolder(string folder, bool overwrite, IReadOnlyList<string> created, WorkFolder work, string last, bool durable)
    {
        (_folder, _overwrite, _created, _work, _last, _durable) = (folder, overwrite, created, work, last, durable);
    }

    /// <summary>
    /// Takes the folder for one run, making it where needed and taking back or removing what a killed run left behind.
    /// </summary>
    /// <exception cref="LdnException">Exit 2: a result is there and <paramref name="overwrite"/> is off, or the folder cannot be
    /// written; exit 75: another run is writing there, or the system fails for the moment.</exception>
    public static OutputFolder Open(string folder, bool overwrite) => Open(folder, overwrite, Provenance, durable: false);

    /// <summary>The same for files of another kind, of which <paramref name="last"/> is put in place after the others.</summary>
    /// <inheritdoc cref="Open(string, bool)"/>
    public static OutputFolder Open(string folder, bool overwrite, string last) => Open(folder, overwrite, last, durable: false);

    /// <summary>
    /// Takes the folder of a part of a run, whose last file is <paramref name="last"/>. What is there is replaced; before the
    /// files are renamed into place they are forced to the disk, for another machine is to read them.
    /// </summary>
    /// <inheritdoc cref="Open(string, bool)"/>
    public static OutputFolder OpenPart(string folder, string last)
    {
        foreach (string own in new[] { folder, Path.GetDirectoryName(folder) ?? folder })
            if (FileFacts.Of(own, throughLinks: false).Kind == FileKind.Link)
                throw Fault.Output.Error(
                    $"{own} is a link: parts of a run are written into folders of its own", "remove the link");
        return Open(folder, overwrite: true, last, durable: true);
    }

    private static OutputFolder Open(string folder, bool overwrite, string last, bool durable)
    {
        if (string.IsNullOrWhiteSpace(folder) || folder.Contains('\0'))
            throw Fault.Output.Error(
                "the name of the result's folder is empty, or none that a folder can have", "name it with --out DIR");
        folder = Path.GetFullPath(folder);
        for (string? part = folder; part is not null; part = Path.GetDirectoryName(part))
            if (File.Exists(part))
                throw Fault.Output.Error($"{part} is a file, not a folder that results can go to", "choose another --out");
        bool Holds() => File.Exists(Path.Combine(folder, last));
        LdnException There() => Fault.Output.Error(
            $"{folder} already holds {(last == Provenance ? "a result" : last)}",
                "choose another --out, or replace it with --overwrite");
        if (!overwrite && Holds() && !Path.Exists(Path.Combine(folder, WorkFolder.Name)))
            throw There();
        IReadOnlyList<string> created = Missing(folder);
        WorkFolder? work = null;
        try
        {
            work = WorkFolder.Take(folder);
            // What a killed run was allowed to replace, and had begun to, this one may replace in its stead.
            bool resumed = new Publication(folder, work.Path).Recover();
            work.Empty();
            if (!overwrite && !resumed && Holds())
                throw There();
            return new OutputFolder(folder, overwrite || resumed, created, work, last, durable);
        }
        catch (Exception e)
        {
            GiveUp(folder, work, created);
            throw e switch
            {
                IOException when SystemErrors.IsDiskFull(e) =>
                    Fault.DiskFull.Error(
                        $"output folder {folder} cannot be written: the disk is full",
                        "free some space, or write to another disk, and run again", e),
                IOException when SystemErrors.IsPassing(e) =>
                    Fault.Temporary.Error(
                        $"output folder {folder} cannot be written: {e.Message}",
                        "run again; check the disk and the limit of open files", e),
                IOException or UnauthorizedAccessException =>
                    Fault.Output.Error($"output folder {folder} cannot be written: {e.Message}", "choose another --out", e),
                _ => e,
            };
        }
    }

    /// <summary>
    /// Where a file of the result is written for now. A name may have a folder before it (<c>trends-earth/x.json</c>), which is
    /// made.
    /// </summary>
    /// <exception cref="LdnException">Exit 2: an input of the run lies under that name in the result's folder.</exception>
    public string this[string name]
    {
        get
        {
            CheckInput(name);
            string path = Path.Combine(_work.Path, name);
            if (name.Contains('/'))
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            return path;
        }
    }

    /// <summary>The folder in which <see cref="this"/> puts files, for those who write several.</summary>
    public string Work => _work.Path;

    /// <summary>Files written so far, by name, those of folders with their folder before them.</summary>
    public IReadOnlyList<string> Files =>
    [
        .. Directory.EnumerateFiles(_work.Path, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(_work.Path, f).Replace('\\', '/'))
                .Where(f => f[0] != '.' && !f.Contains(Spool, StringComparison.Ordinal)).Order(StringComparer.Ordinal),
    ];

    /// <summary>Removes files that were written for other files alone: those whose names begin so.</summary>
    public void Remove(string prefix)
    {
        foreach (string file in Directory.EnumerateFiles(_work.Path, prefix + "*"))
            File.Delete(file);
    }

    /// <summary>
    /// Keeps what the run reads from being replaced by what it writes, under whatever name or link it lies in the result's
    /// folder.
    /// </summary>
    /// <param name="inputs">Files of this machine.</param>
    /// <param name="names">Names under which the run is to write, as far as they are known: a clash is told before anything is
    /// computed.</param>
    /// <exception cref="LdnException">Exit 2: an input lies under the name of an output.</exception>
    public void Protect(IEnumerable<string> inputs, params IEnumerable<string> names)
    {
        if (!Directory.Exists(_folder))
            return;
        (string Path, FileFacts Facts)[] read =
            [.. inputs.Where(i => i.Length > 0).Select(i => (Path.GetFullPath(i), FileFacts.Of(i)))
            .Where(i => i.Item2.Kind == FileKind.Regular)];
        foreach (string there in Directory.EnumerateFiles(_folder))
        {
            FileFacts facts = FileFacts.Of(there, throughLinks: false);
            if (Array.Find(read, i => i.Path == there || i.Facts.IsSameFile(facts)) is { Path: { } input })
                _inputs[Path.GetFileName(there)] = input;
        }

        foreach (string name in _inputs.Count == 0 ? [] : names)
            CheckInput(name);
    }

    /// <summary>Renames everything into place. The last file, provenance.json of a result, must be among them.</summary>
    /// <param name="last">Another last file than the folder was opened for.</param>
    /// <exception cref="LdnException">Exit 2: something of a file's name is there already and may not be replaced; exit 75: the
    /// system fails for the moment, and all is as it was.</exception>
    public void Publish(string? last = null)
    {
        try
        {
            IReadOnlyList<string> files = Files;
            foreach (string file in files)
                CheckPlace(file);
            if (_durable)
                foreach (string file in files)
                    Force(this[file]);
            new Publication(_folder, _work.Path).Run(files, last ?? _last);
            _done = true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Failure(e);
        }
        catch (LdnException e) when (e.Fault == Fault.Temporary)
        {
            // The earlier files lie in the work folder.
            _done = true;
            _work.Dispose();
            throw;
        }

        try
        {
            _work.Remove();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Fault.Temporary.Error(
                $"{_folder} holds the whole result, but {_work.Path} cannot be removed: {e.Message}",
                "remove it, or run again with --overwrite", e);
        }
    }

    /// <summary>What kept a file from being written, as the user should hear it.</summary>
    /// <param name="cause">An <see cref="IOException"/> or <see cref="UnauthorizedAccessException"/> from under the run.</param>
    public LdnException Failure(Exception cause) =>
        !_work.IsThere ? Fault.Temporary.Error(
            $"{_folder} was removed while the run was writing into it", "run again, and leave the folder alone meanwhile", cause)
        : SystemErrors.IsDiskFull(cause)
            ? Fault.DiskFull.Error(
            $"{_folder}: the disk is full", "free some space, or write to another disk, and run again", cause)
        : Fault.Temporary.Error(
            $"{_folder}: {cause.Message}", "run again; if it fails again, check the disk and the limit of open files", cause);

    /// <summary>
    /// Removes the work folder, and the result's folder and those above it where this run made them and nothing is in them.
    /// </summary>
    public void Dispose()
    {
        if (!_done)
            GiveUp(_folder, _work, _created);
        _done = true;
    }

    private void CheckInput(string name)
    {
        if (_inputs.TryGetValue(name, out string? input))
        {
            string there = Path.Combine(_folder, name);
            throw Fault.Output.Error(
                $"{there} is an input of this run{(input == there ? "" : $" ({input})")}, and the result has a file of that name",
                "choose another --out: inputs are never replaced");
        }
    }

    private void CheckPlace(string file)
    {
        CheckInput(file);
        string path = Path.Combine(_folder, file);
        if (!Publication.IsInPlace(_folder, file))
            throw Fault.Output.Error(
                $"{Path.GetDirectoryName(path)} is there already and is no folder", "choose another --out, or move it away");
        FileKind there = FileFacts.Of(path, throughLinks: false).Kind;
        if (there is FileKind.Folder or FileKind.Other)
            throw Fault.Output.Error($"{path} is there already and is no file", "choose another --out, or move it away");
        if (!_overwrite && there != FileKind.Missing)
            throw Fault.Output.Error($"{path} is there already", "choose another --out, or replace it with --overwrite");
    }

    private static void Force(string path)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.ReadWrite);
        stream.Flush(flushToDisk: true);
    }

    /// <summary>Leaves nothing of a run that came to nothing; best effort, for what led here matters more.</summary>
    private static void GiveUp(string folder, WorkFolder? work, IReadOnlyList<string> created)
    {
        try
        {
            if (work is not null)
                work.Remove();
            else if (FileFacts.Of(Path.Combine(folder, WorkFolder.Name), throughLinks: false).Kind == FileKind.Folder)
                Directory.Delete(Path.Combine(folder, WorkFolder.Name)); // Only where it is empty.
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Another run's by now, taken away under this one, or not to be removed.
            work?.Dispose();
        }

        try
        {
            foreach (string made in created)
                Directory.Delete(made);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Something else lies there, or it is gone already.
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
