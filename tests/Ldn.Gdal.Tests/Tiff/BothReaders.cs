using System.Text.RegularExpressions;
using Ldn.Rasters;

namespace Ldn.Gdal.Tests.Tiff;

/// <summary>The same raster read by GDAL alone and past GDAL, block by block.</summary>
internal static partial class BothReaders
{
    private static readonly GdalGeodata s_gdal = new() { Reader = RasterReader.Gdal },
    s_auto = new() { Reader = RasterReader.Auto };

    /// <summary>
    /// Asserts that all blocks have the same bytes or the same error, beyond the raster's edges as well. After a damaged block
    /// libtiff can take a sound one for damaged
    /// (one that looks like old LZW makes it decode the next as old LZW too): then what GDAL says of a block alone is the law.
    /// </summary>
    /// <returns>The blocks there are, and how many were read past GDAL; no blocks where neither reader opens the
    /// raster.</returns>
    public static (int Blocks, int PastGdal) Compare(string name, string what)
    {
        string? expected = Error(() => s_gdal.OpenRaster(name).Dispose());
        if (expected is not null)
        {
            Assert.That(Error(() => s_auto.OpenRaster(name).Dispose()), Is.EqualTo(expected), what);
            return (0, 0);
        }

        using IRasterSource gdal = s_gdal.OpenRaster(name), auto = s_auto.OpenRaster(name);
        byte[] law = new byte[gdal.BlockWidth * gdal.BlockHeight * gdal.CellType.Size()], cells = new byte[law.Length];
        int across = ((gdal.Grid.Width - 1) / gdal.BlockWidth) + 1, down = ((gdal.Grid.Height - 1) / gdal.BlockHeight) + 1;
        for (int row = 0; row < down; row++)
            for (int column = 0; column < across; column++)
            {
                // What is not written must not look like what is.
                law.AsSpan().Fill(0xA5);
                cells.AsSpan().Fill(0xA5);
                string? error = Error(() => gdal.ReadBlock(column, row, law)),
                own = Error(() => auto.ReadBlock(column, row, cells));
                if (own != error || (error is null && !cells.AsSpan().SequenceEqual(law)))
                {
                    using IRasterSource alone = s_gdal.OpenRaster(name);
                    error = Error(() => alone.ReadBlock(column, row, law));
                }

                // GDAL may keep the cause to itself once it has been asked where the block lies.
                if (own is null || error?.StartsWith(own, StringComparison.Ordinal) != true)
                    Assert.That(own, Is.EqualTo(error), $"{what}, block {column}, {row}");
                if (error is null && !cells.AsSpan().SequenceEqual(law))
                    Assert.Fail(
                        $"{what}, block {column}, {row}: first difference at byte {cells.AsSpan().CommonPrefixLength(law)} of "
                            + $"{law.Length}");
            }

        Assert.That(((RasterFile)gdal).BlocksPastGdal, Is.Zero);
        return (across * down, (int)((RasterFile)auto).BlocksPastGdal);
    }

    private static string? Error(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (LdnException e)
        {
            return $"{e.ExitCode} {Scanline().Replace(e.Message, "")}";
        }
    }

    /// <summary>libtiff names the row that it happened to read last, from whatever block.</summary>
    [GeneratedRegex(@"at (scanline \d+|row \d+, col \d+)")]
    private static partial Regex Scanline();

    /// <summary>Whether the libraries for a compression are on this machine.</summary>
    public static bool IsKnown(string compression) => compression switch
    {
        "LZW" => true,
        "DEFLATE" => GdalVersions.Deflate is not null,
        _ => false,
    };
}
