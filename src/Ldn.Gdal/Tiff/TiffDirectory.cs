using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Ldn.Gdal.Tiff;

/// <summary>Tags of TIFF that say how cells are stored.</summary>
internal enum TiffTag : ushort
{
    ImageWidth = 256,
    ImageLength = 257,
    BitsPerSample = 258,
    Compression = 259,
    PhotometricInterpretation = 262,
    FillOrder = 266,
    SamplesPerPixel = 277,
    RowsPerStrip = 278,
    PlanarConfiguration = 284,
    Predictor = 317,
    TileWidth = 322,
    TileLength = 323,
}

/// <summary>
/// The whole numbers of one directory of a little-endian TIFF or BigTIFF file; the file may be damaged or hostile.
/// </summary>
internal sealed class TiffDirectory
{
    /// <summary>What stands for a value that cannot be made out; no tag has it.</summary>
    public const ulong Unreadable = ulong.MaxValue;

    /// <summary>More entries than any file has.</summary>
    private const int MostEntries = 4096;

    private readonly SafeFileHandle _file;
    private readonly bool _big;
    private readonly Dictionary<TiffTag, byte[]> _entries = [];

    private TiffDirectory(SafeFileHandle file, bool big)
    {
        _file = file;
        _big = big;
    }

    /// <summary>Bytes of an offset, and of an entry.</summary>
    private int OffsetSize => _big ? 8 : 4;

    private int EntrySize => _big ? 20 : 12;

    /// <summary>
    /// The directory at a place in the file; null where the file is of another kind, or the directory is not to be trusted.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static TiffDirectory? Read(SafeFileHandle file, ulong offset)
    {
        Span<byte> start = stackalloc byte[4];
        if (!TryRead(file, 0, start) || start is not [(byte)'I', (byte)'I', 42 or 43, 0])
            return null;
        var directory = new TiffDirectory(file, start[2] == 43);
        return directory.TryReadEntries(offset) ? directory : null;
    }

    public bool Has(TiffTag tag) => _entries.ContainsKey(tag);

    /// <summary>A tag's value, the first of several; <paramref name="missing"/> where the directory lacks it.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public ulong Value(TiffTag tag, ulong missing = Unreadable)
    {
        if (!_entries.TryGetValue(tag, out byte[]? entry))
            return missing;
        int size = BinaryPrimitives.ReadUInt16LittleEndian(entry.AsSpan(2)) switch { 3 => 2, 4 => 4, 16 => 8, _ => 0 };
        ulong count = Whole(entry.AsSpan(4, OffsetSize));
        ReadOnlySpan<byte> value = entry.AsSpan(4 + OffsetSize, OffsetSize);
        if (size == 0 || count == 0)
            return Unreadable;
        if (count <= (ulong)(OffsetSize / size))
            return Whole(value[..size]);
        Span<byte> elsewhere = stackalloc byte[size];
        return TryRead(_file, Whole(value), elsewhere) ? Whole(elsewhere) : Unreadable;
    }

    private bool TryReadEntries(ulong offset)
    {
        Span<byte> number = stackalloc byte[_big ? 8 : 2];
        if (!TryRead(_file, offset, number) || Whole(number) is not (> 0 and <= MostEntries and ulong count))
            return false;
        var entries = new byte[(int)count * EntrySize];
        if (!TryRead(_file, offset + (ulong)number.Length, entries))
            return false;
        for (int at = 0; at < entries.Length; at += EntrySize)
        {
            var tag = (TiffTag)BinaryPrimitives.ReadUInt16LittleEndian(entries.AsSpan(at));
            if (Enum.IsDefined(tag) && !_entries.TryAdd(tag, entries[at..(at + EntrySize)]))
                return false;
        }

        return true;
    }

    /// <summary>Fills a buffer from a place in a file; false where the file ends before.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static bool TryRead(SafeFileHandle file, ulong offset, Span<byte> target)
    {
        if (offset > long.MaxValue - (ulong)target.Length)
            return false;
        while (target.Length > 0)
        {
            int read = RandomAccess.Read(file, target, (long)offset);
            if (read == 0)
                return false;
            target = target[read..];
            offset += (ulong)read;
        }

        return true;
    }

    private static ulong Whole(ReadOnlySpan<byte> littleEndian)
    {
        ulong value = 0;
        for (int i = littleEndian.Length - 1; i >= 0; i--)
            value = (value << 8) | littleEndian[i];
        return value;
    }
}
