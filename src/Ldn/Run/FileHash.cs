using System.Security.Cryptography;
using Ldn.Rasters;

namespace Ldn.Run;

/// <summary>Size and SHA-256 (lower-case hexadecimal) of a file.</summary>
internal sealed record FileHash(long Bytes, string Sha256)
{
    /// <summary>Reads a whole file for its hash.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static FileHash Of(string path, CancellationToken cancellation = default)
    {
        using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        return Of(stream, cancellation);
    }

    /// <summary>Reads a stream to its end for its hash.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static FileHash Of(Stream stream, CancellationToken cancellation)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[1 << 20];
        for (int read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
        {
            cancellation.ThrowIfCancellationRequested();
            hash.AppendData(buffer, 0, read);
        }

        return new FileHash(stream.Length, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }
}

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
