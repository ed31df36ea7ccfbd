using Microsoft.Win32.SafeHandles;

namespace Ldn.Gdal.Tiff;

/// <summary>
/// A file beside a raster that is being written: keeps what has no place in the raster yet, in the order it comes, and is removed
/// at the end. Thread-safe as long as nobody reads what another is writing.
/// </summary>
internal sealed class TileSpool : IDisposable
{
    private readonly string _path;
    private readonly SafeFileHandle _file;
    private long _end;

    /// <exception cref="IOException">It cannot be created.</exception>
    /// <exception cref="UnauthorizedAccessException">Nothing may be written there.</exception>
    public TileSpool(string path)
    {
        _path = path;
        _file = File.OpenHandle(path, FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite);
    }

    public bool IsClosed => _file.IsClosed;

    /// <summary>Adds bytes and returns where they begin.</summary>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    public long Append(ReadOnlySpan<byte> bytes)
    {
        long at = Reserve(bytes.Length);
        Write(bytes, at);
        return at;
    }

    /// <summary>Keeps room for bytes, which are 0 until they are written, and returns where it begins.</summary>
    public long Reserve(int length) => Interlocked.Add(ref _end, length) - length;

    /// <exception cref="IOException">The disk is full or fails.</exception>
    public void Write(ReadOnlySpan<byte> bytes, long at) => RandomAccess.Write(_file, bytes, at);

    /// <summary>Reads bytes back; room that nobody has written to is 0.</summary>
    public void Read(Span<byte> bytes, long at)
    {
        while (bytes.Length > 0)
        {
            int read = RandomAccess.Read(_file, bytes, at);
            if (read == 0)
                bytes.Clear();
            bytes = bytes[(read == 0 ? bytes.Length : read)..];
            at += read;
        }
    }

    public void Dispose()
    {
        _file.Dispose();
        LeftFiles.Remove(_path);
    }
}
