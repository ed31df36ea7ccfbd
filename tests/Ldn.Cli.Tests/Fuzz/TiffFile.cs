namespace Ldn.Cli.Tests.Fuzz;

/// <summary>Just enough of a classic little-endian TIFF to damage it where it hurts.</summary>
internal sealed class TiffFile(byte[] bytes)
{
    private static readonly int[] s_sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];

    public byte[] Bytes { get; } = bytes;

    public int Directory => BitConverter.ToInt32(Bytes, 4);

    public int Entries => BitConverter.ToUInt16(Bytes, Directory);

    public int NextPointer => Directory + 2 + (12 * Entries);

    /// <summary>
    /// Where the values of a tag lie, how many there are and how long each is; null where there is no such tag.
    /// </summary>
    public (int At, int Count, int Size, int Entry)? Find(int tag)
    {
        for (int i = 0; i < Entries; i++)
        {
            int entry = Directory + 2 + (12 * i);
            if (BitConverter.ToUInt16(Bytes, entry) != tag)
                continue;
            int size = s_sizes[BitConverter.ToUInt16(Bytes, entry + 2)], count = BitConverter.ToInt32(Bytes, entry + 4);
            return (size * count <= 4 ? entry + 8 : BitConverter.ToInt32(Bytes, entry + 8), count, size, entry);
        }

        return null;
    }

    /// <summary>Writes a number over the first value of a tag, in the tag's own width.</summary>
    public void Set(int tag, ulong value)
    {
        if (Find(tag) is { } found)
            BitConverter.GetBytes(value).AsSpan(0, found.Size).CopyTo(Bytes.AsSpan(found.At));
    }

    public ulong Get(int tag, int index = 0) => Find(tag) is not { } found ? 0 : found.Size switch
    {
        1 => Bytes[found.At + index],
        2 => BitConverter.ToUInt16(Bytes, found.At + (2 * index)),
        4 => BitConverter.ToUInt32(Bytes, found.At + (4 * index)),
        _ => BitConverter.ToUInt64(Bytes, found.At + (8 * index)),
    };
}
