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
