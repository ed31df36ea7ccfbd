namespace Ldn.Compute;

/// <summary>Size and time of the local inputs of a run as they were when they were opened: a result must not name the hash of other bytes than it was computed from.</summary>
internal sealed class InputStamps
{
    private readonly Dictionary<string, (long Bytes, DateTime Changed)> _stamps = [];

    /// <summary>Takes the stamps of the inputs of a plan.</summary>
    public static InputStamps Of(RunPlan plan)
    {
        var stamps = new InputStamps();
        foreach (string path in Provenance.InputFiles(plan))
            if (Now(path) is { } stamp)
                stamps._stamps[path] = stamp;
        return stamps;
    }

    /// <exception cref="LdnException">Exit 3: a file is gone; exit 75: it has changed since the run opened it.</exception>
    public void Check(string path)
    {
        if (!_stamps.TryGetValue(path, out (long, DateTime) stamp))
            return;
        if (Now(path) is not { } now)
            throw Fault.Missing.Error($"{path} was removed while the run was reading it", "bring it back and run again");
        if (now != stamp)
            throw Fault.Temporary.Error($"{path} changed while the run was reading it", "run again once nothing writes to it");
    }

    /// <summary>Hash of a file that is as it was.</summary>
    public FileHash Hash(string path, CancellationToken cancellation)
    {
        Check(path);
        return FileHash.Of(path, cancellation);
    }

    public void CheckAll()
    {
        foreach (string path in _stamps.Keys)
            Check(path);
    }

    private static (long, DateTime)? Now(string path) => new FileInfo(path) is { Exists: true } file ? (file.Length, file.LastWriteTimeUtc) : null;
}
