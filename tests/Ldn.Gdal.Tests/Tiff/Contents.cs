using System.Buffers.Binary;
using Ldn.Rasters;

namespace Ldn.Gdal.Tests.Tiff;

/// <summary>Cells as real rasters have them and as none has, each byte a pure function of its place.</summary>
internal static class Contents
{
    public static string[] Kinds { get; } = ["constant", "noise", "runs", "smooth"];

    /// <summary>Content for <see cref="TestRaster.Content"/>.</summary>
    public static Func<int, int, byte> Of(string kind, CellType type, int seed) => kind switch
    {
        "constant" => (_, _) => (byte)(seed % 7),
        "noise" => (band, offset) => (byte)Mixed(offset, seed + band),
        "runs" => (band, offset) => (byte)(
            offset % type.Size() != 0 ? 0 : 1 + (Mixed(offset / type.Size() / 37, seed + band) % 6)),
        _ => (band, offset) => Smooth(type, offset / type.Size(), seed + band, offset % type.Size()),
    };

    /// <summary>A number without pattern.</summary>
    public static uint Mixed(int place, int seed)
    {
        uint x = (uint)place * 2654435761u ^ (uint)seed * 0x85EBCA6Bu;
        x = (x ^ (x >> 15)) * 0x2C1B3C6Du;
        return x ^ (x >> 12);
    }

    private static byte Smooth(CellType type, int cell, int seed, int place)
    {
        double value = 90 + (40 * Math.Sin((cell * 0.013) + seed)) + (Mixed(cell, seed) % 3);
        Span<byte> bytes = stackalloc byte[8];
        if (type == CellType.Float32)
            BinaryPrimitives.WriteSingleLittleEndian(bytes, (float)Math.Round(value, 1));
        else if (type == CellType.Float64)
            BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        else
            BinaryPrimitives.WriteInt64LittleEndian(bytes, (long)value);
        return bytes[place];
    }
}
