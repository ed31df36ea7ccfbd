using Ldn.Rasters;

namespace Ldn.Run;

/// <summary>
/// A remote input: what its server said of it when it was opened, and its SHA-256 where that was asked for
/// (<see cref="ComputeOptions.HashRemote"/>).
/// </summary>
internal sealed record RemoteStamp(string Name, RemoteFile File, string? Sha256)
{
    /// <summary>Asks the server; null for a file of this machine.</summary>
    /// <exception cref="LdnException">Exit 75: the server fails for the moment.</exception>
    public static RemoteStamp? Of(string name, bool hash, IGeodata geodata, CancellationToken cancellation)
    {
        if (Ask(name, geodata) is not { } file)
            return null;
        if (!hash)
            return new RemoteStamp(name, file, null);
        using Stream stream = geodata.OpenRemote(name);
        FileHash read = FileHash.Of(stream, cancellation);
        return new RemoteStamp(name, file with { Bytes = read.Bytes }, read.Sha256);
    }

    /// <summary>The first of some files of which the server says something else than it did; null where there is none.</summary>
    /// <exception cref="LdnException">Exit 75: the server fails for the moment.</exception>
    public static RemoteStamp? FirstChanged(IReadOnlyList<RemoteStamp> files, IGeodata geodata) => FewAtOnce.Select(
        files, f => Ask(f.Name, geodata)?.Version == f.File.Version ? null : f).FirstOrDefault(f => f is not null);

    /// <summary>A server that hands out a file and no word about it says nothing: that is no error.</summary>
    private static RemoteFile? Ask(string name, IGeodata geodata)
    {
        try
        {
            return geodata.Remote(name);
        }
        catch (LdnException e) when (e.ExitCode == ExitCode.Input)
        {
            return new RemoteFile("", null, null);
        }
    }
}
