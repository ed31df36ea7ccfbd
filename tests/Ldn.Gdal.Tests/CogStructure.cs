using System.Buffers.Binary;
using System.Text;

namespace Ldn.Gdal.Tests;

/// <summary>
/// Reads a TIFF's directories by hand and asserts what the Cloud-Optimized GeoTIFF convention asks: 512 tiles, all directories
/// before all
/// cells in order from the full resolution down, cells of the smallest overview first, and GDAL's declaration at the start.
/// </summary>
internal sealed record CogStructure(
    IReadOnlyList<int> Widths, IReadOnlyList<string> Palette, IReadOnlyList<IReadOnlyDictionary<int, long[]>> Tags)
{
    private const int ImageWidth = 256, TileWidth = 322, TileOffsets = 324, TileByteCounts = 325, ColorMap = 320,
    SubfileType = 254;

    private sealed record Directory(long Offset, long End, Dictionary<int, long[]> Tags);

    public static CogStructure Check(string path)
    {
        byte[] file = File.ReadAllBytes(path);
        bool big = file[2] == 43;
        Assert.That(
            Encoding.ASCII.GetString(file, big ? 16 : 8, 600),
            Does.Contain("LAYOUT=IFDS_BEFORE_DATA").And.Contains("BLOCK_ORDER=ROW_MAJOR"));

        List<Directory> directories = [];
        for (long offset = big ? Number(file, 8, 8) : Number(file, 4, 4); offset != 0;)
        {
            directories.Add(Read(file, offset, big, out long next));
            offset = next;
        }

        long[] firstCell = [
            .. directories.Select(
                directory => directory.Tags[TileOffsets].Where(tile => tile != 0).DefaultIfEmpty(long.MaxValue).Min())];
        for (int i = 0; i < directories.Count; i++)
        {
            Dictionary<int, long[]> tags = directories[i].Tags;
            Assert.That(tags[TileWidth][0], Is.EqualTo(512));
            Assert.That(directories[i].End, Is.LessThanOrEqualTo(firstCell.Min()), "a directory after cells");
            Assert.That(tags[TileOffsets], Is.Ordered, "tiles row by row");
            Assert.That(
                tags[TileOffsets].Zip(tags[TileByteCounts]).Select(tile => tile.First + tile.Second),
                Has.All.LessThanOrEqualTo(file.Length));
            Assert.That(
                tags.TryGetValue(SubfileType, out long[]? kind) ? kind[0] & 1 : 0, Is.EqualTo(i == 0 ? 0 : 1),
                "overviews are marked so");
            if (i == 0)
                continue;
            Assert.That(directories[i].Offset, Is.GreaterThan(directories[i - 1].Offset));
            Assert.That(firstCell[i], Is.LessThan(firstCell[i - 1]), "the smallest overview's cells come first");
            Assert.That(tags[ImageWidth][0], Is.LessThan(directories[i - 1].Tags[ImageWidth][0]));
        }

        Assert.That(directories[^1].Tags[ImageWidth][0], Is.LessThanOrEqualTo(512), "overviews down to one tile");
        return new CogStructure(
            [.. directories.Select(directory => (int)directory.Tags[ImageWidth][0])], PaletteOf(directories[0]),
            [.. directories.Select(directory => directory.Tags)]);
    }

    private static string[] PaletteOf(Directory directory)
    {
        if (!directory.Tags.TryGetValue(ColorMap, out long[]? map))
            return [];
        int count = map.Length / 3;
        return [
            .. Enumerable.Range(0, count)
                .Select(i => $"#{map[i] >> 8:x2}{map[count + i] >> 8:x2}{map[(2 * count) + i] >> 8:x2}")];
    }

    private static Directory Read(byte[] file, long offset, bool big, out long next)
    {
        int head = big ? 8 : 2, entry = big ? 20 : 12, word = big ? 8 : 4;
        int count = (int)Number(file, offset, head);
        long end = offset + head + (count * entry) + word;
        Dictionary<int, long[]> tags = [];
        for (int i = 0; i < count; i++)
        {
            long at = offset + head + (i * entry);
            int tag = (int)Number(file, at, 2), type = (int)Number(file, at + 2, 2);
            int values = (int)Number(file, at + 4, word),
            size = type switch { 3 or 8 => 2, 4 or 9 or 11 => 4, 5 or 10 or 12 or 16 => 8, _ => 1 };
            long place = values * size <= word ? at + 4 + word : Number(file, at + 4 + word, word);
            end = Math.Max(end, place + (values * size));
            tags[tag] = [.. Enumerable.Range(0, values).Select(k => Number(file, place + (k * size), size))];
        }

        next = Number(file, offset + head + (count * entry), word);
        return new Directory(offset, end, tags);
    }

    private static long Number(byte[] file, long at, int size) => size switch
    {
        1 => file[at],
        2 => BinaryPrimitives.ReadUInt16LittleEndian(file.AsSpan((int)at)),
        4 => BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan((int)at)),
        _ => BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan((int)at)),
    };
}
