using System.Security.Cryptography;

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
