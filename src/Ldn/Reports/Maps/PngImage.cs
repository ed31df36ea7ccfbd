using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.IO.Hashing;

namespace Ldn.Reports.Maps;

/// <summary>Encodes images of at most 16 colours as PNG: a palette, four bits a pixel, no time stamp.</summary>
internal static class PngImage
{
    /// <param name="width">Pixels.</param>
    /// <param name="height">Pixels.</param>
    /// <param name="pixels">Palette indexes, row by row.</param>
    /// <param name="palette">Colours as #rrggbb, or null for transparent.</param>
    public static byte[] Encode(int width, int height, ReadOnlySpan<byte> pixels, IReadOnlyList<string?> palette)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(palette.Count, 16);
        using var png = new MemoryStream();
        png.Write([0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (4, 3);
        Chunk(png, "IHDR"u8, header);
        Chunk(png, "PLTE"u8, [.. palette.SelectMany(Rgb)]);
        Chunk(png, "tRNS"u8, [.. palette.Select(c => c is null ? (byte)0 : (byte)255)]);
        Chunk(png, "IDAT"u8, Compressed(width, height, pixels));
        Chunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static byte[] Compressed(int width, int height, ReadOnlySpan<byte> pixels)
    {
        // A row: the filter (none, for palettes compress best so), then two pixels a byte.
        var row = new byte[1 + ((width + 1) / 2)];
        using var data = new MemoryStream();
        using (var zlib = new ZLibStream(data, CompressionLevel.Optimal, leaveOpen: true))
        {
            for (int y = 0; y < height; y++)
            {
                ReadOnlySpan<byte> line = pixels.Slice(y * width, width);
                for (int x = 0; x + 1 < width; x += 2)
                    row[1 + (x / 2)] = (byte)((line[x] << 4) | line[x + 1]);
                if (width % 2 == 1)
                    row[^1] = (byte)(line[^1] << 4);
                zlib.Write(row);
            }
        }

        return data.ToArray();
    }

    private static byte[] Rgb(string? color)
    {
        int rgb = color is null ? 0 : int.Parse(color.AsSpan(1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
        return [(byte)(rgb >> 16), (byte)(rgb >> 8), (byte)rgb];
    }

    private static void Chunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(type);
        png.Write(data);
        var checksum = new Crc32();
        checksum.Append(type);
        checksum.Append(data);
        BinaryPrimitives.WriteUInt32BigEndian(number, checksum.GetCurrentHashAsUInt32());
        png.Write(number);
    }
}
