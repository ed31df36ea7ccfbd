using System.Buffers.Binary;

namespace Ldn.Gdal.Tiff;

/// <summary>
/// Lays compressed tiles out as a Cloud-Optimized GeoTIFF: header, declaration of the layout, the directories of the full
/// resolution and its overviews, then the cells, smallest overview first, each tile with its length before it and its last four
/// bytes repeated behind it.
/// </summary>
internal static class CogFile
{
    private const int CopyBuffer = 1 << 20;

    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="template">Tags of a directory with the same header.</param>
    /// <param name="levels">Full resolution and overviews.</param>
    /// <param name="spool">Where their compressed tiles are.</param>
    /// <param name="largestClassic">More bytes of cells make it a BigTIFF.</param>
    /// <param name="progress">Told the share of the tiles written.</param>
    /// <param name="cancellation">Cancels between two tiles.</param>
    /// <exception cref="IOException">The disk is full or fails.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Write(
        string path, IReadOnlyList<HeaderTag> template, TileLevel[] levels, TileSpool spool, long largestClassic,
        Action<double> progress, CancellationToken cancellation)
    {
        byte[] noData = new TileWork().Pack(new byte[TileLevel.TileCells]).ToArray();
        int[][] lengths = [
            .. levels.Select(
                level => Enumerable.Range(0, level.Count)
                    .Select(t => level.Packed(t) is { Length: > 0 } packed ? packed.Length : noData.Length).ToArray())];
        var header = new CogHeader(template, levels, lengths, largestClassic);
        using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.ReadWrite, CopyBuffer);
        file.Write(header.Bytes());
        Span<byte> leader = stackalloc byte[CogHeader.LeaderLength];
        byte[] tile = new byte[LzwEncoder.Bound(TileLevel.TileCells)];
        long done = 0, all = levels.Sum(level => (long)level.Count);
        for (int k = levels.Length - 1; k >= 0; k--)
        {
            for (int t = 0; t < levels[k].Count; t++)
            {
                cancellation.ThrowIfCancellationRequested();
                (long at, int length) = levels[k].Packed(t);
                ReadOnlySpan<byte> packed = noData;
                if (length > 0)
                {
                    spool.Read(tile.AsSpan(0, length), at);
                    packed = tile.AsSpan(0, length);
                }

                BinaryPrimitives.WriteInt32LittleEndian(leader, packed.Length);
                file.Write(leader);
                file.Write(packed);
                file.Write(packed[^CogHeader.TrailerLength..]);
                progress((double)++done / all);
            }
        }
    }
}

/// <summary>
/// Everything before the cells of a Cloud-Optimized GeoTIFF. Where the tiles lie follows from their lengths, so it is known
/// before the first is written. The lists of places and lengths stand behind the directories, which a reader then has with its
/// first request.
/// </summary>
internal sealed class CogHeader
{
    /// <summary>Bytes before a tile, its length, and behind it, its last four bytes again.</summary>
    public const int LeaderLength = 4, TrailerLength = 4;

    private readonly bool _big;
    private readonly HeaderTag[][] _directories;
    private readonly long[] _directoryAt;

    /// <param name="template">Tags of a directory with the same header.</param>
    /// <param name="levels">Full resolution and overviews.</param>
    /// <param name="lengths">Bytes of every tile of every level, as compressed.</param>
    /// <param name="largestClassic">More bytes of cells make it a BigTIFF, with offsets of eight bytes in place of four.</param>
    public CogHeader(IReadOnlyList<HeaderTag> template, TileLevel[] levels, int[][] lengths, long largestClassic)
    {
        bool big = _big = lengths.Sum(level => level.Sum(length => LeaderLength + (long)length + TrailerLength)) > largestClassic;
        _directories = new HeaderTag[levels.Length][];
        _directoryAt = new long[levels.Length];
        long at = Even(HeadLength + Declaration.Length);
        for (int k = 0; k < levels.Length; k++)
        {
            _directories[k] = Tags(template, levels[k], k, big);
            _directoryAt[k] = at;
            at += DirectoryLength(_directories[k]);
        }

        at += _directories.Sum(tags => tags.Where(IsList).Sum(tag => tag.Value.Length <= Word ? 0L : Even(tag.Value.Length)));
        CellsAt = at;
        for (int k = levels.Length - 1; k >= 0; k--)
        {
            long[] offsets = new long[lengths[k].Length];
            for (int t = 0; t < offsets.Length; t++)
            {
                offsets[t] = at + LeaderLength;
                at += LeaderLength + lengths[k][t] + TrailerLength;
            }

            Set(_directories[k], HeaderTag.Numbers(HeaderTag.TileOffsets, offsets, big));
            Set(
                _directories[k],
                HeaderTag.Numbers(HeaderTag.TileByteCounts, [.. lengths[k].Select(length => (long)length)], wide: false));
        }

        FileLength = at;
    }

    /// <summary>Where the cells begin.</summary>
    public long CellsAt { get; }

    /// <summary>Bytes of the whole file.</summary>
    public long FileLength { get; }

    /// <summary>GDAL's declaration of the layout, by which readers get a tile and its length in one request.</summary>
    private static ReadOnlySpan<byte> Declaration =>
        "GDAL_STRUCTURAL_METADATA_SIZE=000140 bytes\nLAYOUT=IFDS_BEFORE_DATA\nBLOCK_ORDER=ROW_MAJOR\nBLOCK_LEADER=SIZE_AS_UINT4\nBLOCK_TRAILER=LAST_4_BYTES_REPEATED\nKNOWN_INCOMPATIBLE_EDITION=NO\n "u8;

    /// <summary>Bytes of an offset, and of what stands in a directory without one.</summary>
    private int Word => _big ? 8 : 4;

    private int HeadLength => _big ? 16 : 8;

    private int EntryLength => _big ? 20 : 12;

    private int CountLength => _big ? 8 : 2;

    /// <summary>The bytes before the cells.</summary>
    public byte[] Bytes()
    {
        byte[] file = new byte[CellsAt];
        (_big ? "II+\0\b\0\0\0"u8 : "II*\0"u8).CopyTo(file);
        Number(file, HeadLength - Word, Word, _directoryAt[0]);
        Declaration.CopyTo(file.AsSpan(HeadLength));
        long listAt = _directoryAt[^1] + DirectoryLength(_directories[^1]);
        for (int k = 0; k < _directories.Length; k++)
        {
            HeaderTag[] tags = _directories[k];
            long at = _directoryAt[k], valueAt = at + CountLength + (tags.Length * EntryLength) + Word;
            Number(file, at, CountLength, tags.Length);
            at += CountLength;
            foreach (HeaderTag tag in tags)
            {
                Number(file, at, 2, tag.Id);
                Number(file, at + 2, 2, tag.Type);
                Number(file, at + 4, Word, tag.Count);
                long place = at + 4 + Word;
                if (tag.Value.Length > Word)
                {
                    ref long elsewhere = ref IsList(tag) ? ref listAt : ref valueAt;
                    Number(file, place, Word, elsewhere);
                    place = elsewhere;
                    elsewhere += Even(tag.Value.Length);
                }

                tag.Value.CopyTo(file, place);
                at += EntryLength;
            }

            Number(file, at, Word, k + 1 < _directories.Length ? _directoryAt[k + 1] : 0);
        }

        return file;
    }

    private static HeaderTag[] Tags(IReadOnlyList<HeaderTag> template, TileLevel level, int overview, bool big)
    {
        var tags = template.Where(tag => overview == 0 || !tag.IsOfTheWhole).ToList();
        if (overview > 0)
            tags.Insert(0, HeaderTag.Numbers(HeaderTag.NewSubfileType, [1], wide: false));
        HeaderTag[] all = [.. tags];
        Set(all, HeaderTag.Size(HeaderTag.ImageWidth, level.Width));
        Set(all, HeaderTag.Size(HeaderTag.ImageLength, level.Height));

        // Room for the lists, whose values follow from where everything else lies.
        Set(all, HeaderTag.Numbers(HeaderTag.TileOffsets, new long[level.Count], big));
        Set(all, HeaderTag.Numbers(HeaderTag.TileByteCounts, new long[level.Count], wide: false));
        return all;
    }

    private static void Set(HeaderTag[] tags, HeaderTag tag) => tags[Array.FindIndex(tags, t => t.Id == tag.Id)] = tag;

    private static bool IsList(HeaderTag tag) => tag.Id is HeaderTag.TileOffsets or HeaderTag.TileByteCounts;

    private static long Even(long length) => (length + 1) & ~1L;

    private static void Number(byte[] file, long at, int length, long value)
    {
        Span<byte> eight = stackalloc byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(eight, value);
        eight[..length].CopyTo(file.AsSpan((int)at));
    }

    /// <summary>Bytes of a directory with its values, but without its lists of tiles.</summary>
    private long DirectoryLength(HeaderTag[] tags) =>
        CountLength + ((long)tags.Length * EntryLength) + Word + tags.Where(tag => !IsList(tag) && tag.Value.Length > Word)
            .Sum(tag => Even(tag.Value.Length));
}
