using Ldn.Jobs;
using Ldn.Rasters;

namespace Ldn.Run;

/// <summary>
/// The inputs of a run, and all that lies beside them, as they were before it opened them: a result must not name the size, time
/// or hash of other bytes than it was computed from.
/// </summary>
internal sealed class InputStamps
{
    private readonly IGeodata _geodata;
    private readonly Dictionary<string, FileFacts> _files = [];
    private readonly Dictionary<string, RemoteStamp> _remote = [];
    private readonly HashSet<string> _inputs = [];

    private InputStamps(IGeodata geodata) => _geodata = geodata;

    /// <summary>Files of this machine that the run reads, and those beside them.</summary>
    public IReadOnlyCollection<string> Files => _files.Keys;

    /// <summary>Takes the stamps of what a job names; to be called before anything of it is opened.</summary>
    public static InputStamps Before(Job job, IGeodata geodata)
    {
        var stamps = new InputStamps(geodata);
        foreach (string path in job.Files.Select(DataSetName.LocalFile).Where(p => p.Length > 0))
            stamps.Take(path);
        return stamps;
    }

    /// <summary>Takes the stamps of the inputs of a plan.</summary>
    /// <param name="plan">The run, its inputs open.</param>
    /// <param name="hashRemote">Whether remote inputs are read through for their hash.</param>
    /// <param name="geodata">Knows remote files, and what a data set is made of.</param>
    public static InputStamps Of(RunPlan plan, bool hashRemote, IGeodata geodata, CancellationToken cancellation)
    {
        InputStamps stamps = Before(plan.Job, geodata);
        stamps.Add(plan, hashRemote, cancellation);
        return stamps;
    }

    /// <summary>Adds the inputs of a plan that the job does not name itself, and what lies beside all of them.</summary>
    public void Add(RunPlan plan, bool hashRemote, CancellationToken cancellation)
    {
        string[] names = [.. Provenance.InputNames(plan)];
        string[] far = [.. names.Where(n => DataSetName.LocalFile(n).Length == 0)];
        foreach (RemoteStamp remote in FewAtOnce.Select(far, n => RemoteStamp.Of(n, hashRemote, _geodata, cancellation))
            .OfType<RemoteStamp>())
            _remote[remote.Name] = remote;
        foreach (string name in names)
        {
            string path = DataSetName.LocalFile(name);
            if (path.Length == 0)
                continue;
            Take(path);
            _inputs.Add(Path.GetFullPath(path));
        }

        foreach (string path in SideFiles.Of(names, _geodata))
            Take(path);
    }

    /// <summary>Hash of a file that is as it was.</summary>
    /// <exception cref="LdnException">As <see cref="CheckAll"/>.</exception>
    public FileHash Hash(string path, CancellationToken cancellation)
    {
        Check(Path.GetFullPath(path));
        var hash = FileHash.Of(path, cancellation);
        Check(Path.GetFullPath(path));
        return hash;
    }

    /// <summary>Size and hash of all that the run read beside its inputs: what lies beside them, tables of rules.</summary>
    public IReadOnlyList<(string Path, FileHash Hash)> SideHashes(CancellationToken cancellation) =>
        [.. _files.Keys.Where(p => !_inputs.Contains(p)).Order(StringComparer.Ordinal).Select(p => (p, Hash(p, cancellation)))];

    /// <summary>The stamp of a remote input, by its name without a band.</summary>
    public RemoteStamp? Remote(string name) => _remote.GetValueOrDefault(name);

    /// <exception cref="LdnException">Exit 3: a file is gone; exit 75: one has changed since the run opened it, or its server
    /// fails for the moment.</exception>
    public void CheckAll()
    {
        foreach (string path in _files.Keys)
            Check(path);
        if (RemoteStamp.FirstChanged([.. _remote.Values], _geodata) is { } changed)
            throw Changed(changed.Name);
    }

    private void Take(string path)
    {
        if (FileFacts.Of(path) is { Kind: FileKind.Regular } facts)
            _files.TryAdd(Path.GetFullPath(path), facts);
    }

    private void Check(string path)
    {
        if (!_files.TryGetValue(path, out FileFacts stamp))
            return;
        FileFacts now = FileFacts.Of(path);
        if (now.Kind != FileKind.Regular)
            throw Fault.Missing.Error($"{path} was removed while the run was reading it", "bring it back and run again");
        if (now != stamp)
            throw Changed(path);
    }

    private static LdnException Changed(string name) =>
        Fault.Temporary.Error($"{name} changed while the run was reading it", "run again once nothing writes to it");
}
