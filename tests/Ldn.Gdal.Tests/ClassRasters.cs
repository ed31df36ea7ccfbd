using Ldn.Rasters;

namespace Ldn.Gdal.Tests;

/// <summary>Class rasters of any size to write.</summary>
internal static class ClassRasters
{
    private static readonly RasterClass[] s_classes =
    [
        new(1, "degraded", "#9b2779"), new(2, "stable", "#ffffe0"), new(3, "improved", "#006500"),
        new(7, "seven & <more>", "#1b7837"),
    ];

    public static RasterDescription Description(int width, int height) =>
        new(Scratch.Grid(width, height), CellType.Byte, 0, "what it is", s_classes, RasterCompression.Lzw, 1);

    /// <summary>Patches of classes and of no data with noise on some, unlike in every tile.</summary>
    public static byte[] Cells(int width, int height)
    {
        var random = new Random((width * 31) + height);
        byte[] values = [0, 1, 2, 3, 7];
        byte[] cells = new byte[width * height];
        for (int i = 0; i < cells.Length; i++)
        {
            int x = i % width, y = i / width, patch = ((x / 37) * 7) + ((y / 23) * 3) + (x * y / 90_000);
            cells[i] = patch % 4 == 0 && random.Next(3) == 0 ? values[random.Next(5)] : values[patch % 5];
        }

        return cells;
    }
}
