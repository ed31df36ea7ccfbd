using Ldn.Rasters;

namespace Ldn.Run;

/// <summary>The inputs of a run as they were when it opened them: a result must not name the size, time or hash of other bytes than it was computed from.</summary>
internal sealed class InputStamps(IGeodata geodata)
{
    private readonly Dictionary<string, (long Bytes, DateTime Changed)> _files = [];
    private readonly Dictionary<string, RemoteStamp> _remote = [];

    /// <summary>Takes the stamps of the inputs of a plan.</summary>
    /// <param name="plan">The run, its inputs open.</param>
    /// <param name="hashRemote">Whether remote inputs are read through for their hash.</param>
    /// <param name="geodata">Knows remote files.</param>
    public static InputStamps Of(RunPlan plan, bool hashRemote, IGeodata geodata, CancellationToken cancellation)
    {
        var stamps = new InputStamps(geodata);
        foreach (string name in Provenance.InputNames(plan))
        {
            string path = Provenance.LocalFile(name);
            if (path.Length > 0 && Now(path) is { } stamp)
                stamps._files[path] = stamp;
            else if (path.Length == 0 && RemoteStamp.Of(name, hashRemote, geodata, cancellation) is { } remote)
                stamps._remote[name] = remote;
        }

        return stamps;
    }

    /// <summary>Hash of a file that is as it was.</summary>
    /// <exception cref="LdnException">As <see cref="CheckAll"/>.</exception>
    public FileHash Hash(string path, CancellationToken cancellation)
    {
        Check(path);
        return FileHash.Of(path, cancellation);
    }

    /// <summary>The stamp of a remote input, by its name without a band.</summary>
    public RemoteStamp? Remote(string name) => _remote.GetValueOrDefault(name);

    /// <exception cref="LdnException">Exit 3: a file is gone; exit 75: one has changed since the run opened it, or its server fails for the moment.</exception>
    public void CheckAll()
    {
        foreach (string path in _files.Keys)
            Check(path);
        foreach (RemoteStamp remote in _remote.Values)
            if (remote.IsChanged(geodata))
                throw Changed(remote.Name);
    }

    private void Check(string path)
    {
        if (!_files.TryGetValue(path, out (long, DateTime) stamp))
            return;
        if (Now(path) is not { } now)
            throw Fault.Missing.Error($"{path} was removed while the run was reading it", "bring it back and run again");
        if (now != stamp)
            throw Changed(path);
    }

    private static LdnException Changed(string name) => Fault.Temporary.Error($"{name} changed while the run was reading it", "run again once nothing writes to it");

    private static (long, DateTime)? Now(string path) => new FileInfo(path) is { Exists: true } file ? (file.Length, file.LastWriteTimeUtc) : null;
}
