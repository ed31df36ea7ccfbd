using System.Security.Cryptography;

namespace Ldn.Compute;

/// <summary>Size and SHA-256 (lower-case hexadecimal) of a file.</summary>
internal sealed record FileHash(long Bytes, string Sha256)
{
    /// <summary>Reads a whole file for its hash.</summary>
    public static FileHash Of(string path)
    {
        using FileStream stream = File.OpenRead(path);
        return new FileHash(stream.Length, Convert.ToHexStringLower(SHA256.HashData(stream)));
    }
}
