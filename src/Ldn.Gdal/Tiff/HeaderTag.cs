using System.Buffers.Binary;

namespace Ldn.Gdal.Tiff;

/// <summary>A tag of a TIFF directory: number, type and values in the little-endian order of the file.</summary>
internal sealed record HeaderTag(int Id, int Type, byte[] Value)
{
    public const int NewSubfileType = 254, ImageWidth = 256, ImageLength = 257, TileOffsets = 324, TileByteCounts = 325;

    private const int Short = 3, Long = 4, Long8 = 16;

    /// <summary>
    /// Tags that belong to the raster as a whole: place, coordinate system and GDAL's metadata. Overviews do without.
    /// </summary>
    private static readonly int[] s_ofTheWhole = [33550, 33922, 34264, 34735, 34736, 34737, 42112];

    public bool IsOfTheWhole => Array.IndexOf(s_ofTheWhole, Id) >= 0;

    /// <summary>How many values there are.</summary>
    public int Count => Value.Length / SizeOf(Type);

    /// <summary>A number in the smallest type that GDAL would take for a size.</summary>
    public static HeaderTag Size(int id, int value) => value <= ushort.MaxValue
        ? new HeaderTag(id, Short, [(byte)value, (byte)(value >> 8)])
        : Numbers(id, [value], wide: false);

    /// <summary>Numbers of four bytes, or of eight.</summary>
    public static HeaderTag Numbers(int id, ReadOnlySpan<long> values, bool wide)
    {
        byte[] bytes = new byte[values.Length * (wide ? 8 : 4)];
        for (int i = 0; i < values.Length; i++)
        {
            if (wide)
                BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8 * i), values[i]);
            else
                BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(4 * i), checked((uint)values[i]));
        }

        return new HeaderTag(id, wide ? Long8 : Long, bytes);
    }

    /// <summary>The tags of the first directory of a classic little-endian TIFF.</summary>
    /// <exception cref="InvalidDataException">Another kind of file.</exception>
    public static IReadOnlyList<HeaderTag> ReadAll(ReadOnlySpan<byte> file)
    {
        if (!file.StartsWith("II*\0"u8))
            throw new InvalidDataException("not a classic little-endian TIFF");
        ReadOnlySpan<byte> directory = file[BinaryPrimitives.ReadInt32LittleEndian(file[4..])..];
        var tags = new HeaderTag[BinaryPrimitives.ReadUInt16LittleEndian(directory)];
        for (int i = 0; i < tags.Length; i++)
        {
            ReadOnlySpan<byte> entry = directory.Slice(2 + (12 * i), 12);
            int id = BinaryPrimitives.ReadUInt16LittleEndian(entry), type = BinaryPrimitives.ReadUInt16LittleEndian(entry[2..]);
            int length = BinaryPrimitives.ReadInt32LittleEndian(entry[4..]) * SizeOf(type);
            ReadOnlySpan<byte> values = length <= 4 ? entry[8..] : file[BinaryPrimitives.ReadInt32LittleEndian(entry[8..])..];
            tags[i] = new HeaderTag(id, type, values[..length].ToArray());
        }

        return tags;
    }

    private static int SizeOf(int type) => type switch
    {
        1 or 2 or 6 or 7 => 1,
        Short or 8 => 2,
        Long or 9 or 11 => 4,
        5 or 10 or 12 or Long8 => 8,
        _ => throw new InvalidDataException($"a TIFF tag of type {type}"),
    };
}
