using System.Buffers.Binary;
using System.IO.Compression;

namespace Ldn.Cli.Tests.Reports;

/// <summary>
/// Reads the pictures that the reports hold (a palette, four bits a pixel, no filter) into the colour of each pixel, null where
/// transparent.
/// </summary>
internal static class Png
{
    public static (int Width, int Height, string?[] Pixels) Read(byte[] png)
    {
        var chunks = new Dictionary<string, byte[]>();
        for (int at = 8; at < png.Length; at += BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at)) + 12)
            chunks[System.Text.Encoding.ASCII.GetString(png, at + 4, 4)] = png[
                (at + 8)..(at + 8 + BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at)))];
        int width = BinaryPrimitives.ReadInt32BigEndian(chunks["IHDR"]),
        height = BinaryPrimitives.ReadInt32BigEndian(chunks["IHDR"].AsSpan(4));
        using var zlib = new ZLibStream(new MemoryStream(chunks["IDAT"]), CompressionMode.Decompress);
        using var raw = new MemoryStream();
        zlib.CopyTo(raw);
        byte[] rows = raw.ToArray(), palette = chunks["PLTE"], alpha = chunks["tRNS"];
        int stride = 1 + ((width + 1) / 2);
        string? Pixel(int index)
        {
            int x = index % width, pair = rows[(index / width * stride) + 1 + (x / 2)], color = x % 2 == 0
                ? pair >> 4
                : pair & 15;
            return alpha[color] == 0 ? null : "#" + Convert.ToHexStringLower(palette, color * 3, 3);
        }

        return (width, height, [.. Enumerable.Range(0, width * height).Select(Pixel)]);
    }
}
