namespace Ldn.Run;

/// <summary>
/// The folder inside a result's in which its files are made: hidden, this run's alone, and gone afterwards. It is never one that
/// something else made, and no link is followed to it, in it or out of it: nothing beside it is written or removed.
/// </summary>
internal sealed class WorkFolder : IDisposable
{
    public const string Name = ".ldn-partial";

    private const string Lock = ".lock";
    private const int Tries = 3;
    private readonly FileStream _lock;
    private readonly FileFacts _facts;

    private WorkFolder(string path, FileStream held)
    {
        Path = path;
        _lock = held;
        _facts = FileFacts.Of(path, throughLinks: false);
    }

    public string Path { get; }

    /// <summary>Whether it is still there, and still the one that this run made.</summary>
    public bool IsThere => FileFacts.Of(Path, throughLinks: false) is { Kind: FileKind.Folder } now
        && (_facts.Inode == 0 || now.IsSameFile(_facts));

    /// <summary>Makes it, or takes over the one that a killed run left.</summary>
    /// <param name="folder">The result's folder, which is made where needed.</param>
    /// <exception cref="LdnException">Exit 2: something else has its name; exit 75: another run holds it.</exception>
    /// <exception cref="IOException">The system refuses.</exception>
    public static WorkFolder Take(string folder)
    {
        string path = System.IO.Path.Combine(folder, Name);
        for (int tries = 0; ; tries++)
        {
            if (FileFacts.Of(path, throughLinks: false).Kind == FileKind.Missing)
                Directory.CreateDirectory(path);
            CheckOwn(path);
            try
            {
                var held = new FileStream(
                    System.IO.Path.Combine(path, Lock), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                // A run that has just ended may have taken the folder away between the two.
                if (File.Exists(System.IO.Path.Combine(path, Lock)))
                    return new WorkFolder(path, held);
                held.Dispose();
            }
            catch (DirectoryNotFoundException) when (tries < Tries)
            {
                continue;
            }
            catch (IOException e) when (SystemErrors.IsHeldByAnother(e))
            {
                throw Fault.FolderInUse.Error($"another run is writing into {folder}", "wait for it, or choose another --out", e);
            }

            if (tries >= Tries)
                throw Fault.FolderInUse.Error($"another run is writing into {folder}", "wait for it, or choose another --out");
        }
    }

    /// <summary>Removes what a killed run left in it.</summary>
    /// <exception cref="IOException">Something cannot be removed.</exception>
    public void Empty()
    {
        foreach (string left in Directory.EnumerateFileSystemEntries(Path).Where(f => System.IO.Path.GetFileName(f) != Lock)
            .ToArray())
            Insist(() => Delete(left));
    }

    /// <summary>Lets go of it and removes it with all that is in it; nothing where it is no longer this run's.</summary>
    /// <exception cref="IOException">Something cannot be removed, however often tried.</exception>
    public void Remove()
    {
        bool there = IsThere;
        if (there)
            Empty();
        _lock.Dispose();
        if (!there)
            return;
        Insist(() => File.Delete(System.IO.Path.Combine(Path, Lock)));
        Insist(() => Directory.Delete(Path));
    }

    /// <summary>Lets go of it; what is in it stays for the next run.</summary>
    public void Dispose() => _lock.Dispose();

    /// <summary>
    /// Does something again where the system failed for the moment: what a disk refuses once it mostly does at the second try.
    /// </summary>
    public static void Insist(Action action)
    {
        for (int tries = 1; ; tries++)
        {
            try
            {
                action();
                return;
            }
            catch (IOException e) when (tries < Tries && SystemErrors.IsPassing(e))
            {
                Thread.Sleep(tries * 10);
            }
        }
    }

    /// <summary>
    /// A killed run's folder has a lock in it, or nothing yet. Any other was made by something else, for something else.
    /// </summary>
    private static void CheckOwn(string path)
    {
        FileKind Kind(string name) => FileFacts.Of(System.IO.Path.Combine(path, name), throughLinks: false).Kind;
        if (FileFacts.Of(path, throughLinks: false).Kind != FileKind.Folder)
            throw Fault.Output.Error(
                $"{path} is in the way: it is a link or a file, and not the folder in which ldn makes a result",
                "remove it, or choose another --out");
        FileKind held = Kind(Lock);
        bool own = held == FileKind.Regular
            || (held == FileKind.Missing
                && (Kind(Publication.List) == FileKind.Regular || !Directory.EnumerateFileSystemEntries(path).Any()));
        if (!own)
            throw Fault.Output.Error(
                $"{path} is in the way: ldn did not make it, and would have to empty it",
                "move it away, or choose another --out");
    }

    private static void Delete(string path)
    {
        if (FileFacts.Of(path, throughLinks: false).Kind == FileKind.Folder)
            Directory.Delete(path, recursive: true);
        else
            File.Delete(path);
    }
}
