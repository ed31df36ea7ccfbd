using Ldn.Gdal.Interop;
using Ldn.Lanes;

namespace Ldn.Gdal;

/// <summary>
/// Overviews of a spooled class raster by repeated 2 × 2 mode. GDAL's own mode resampling costs several times what encoding the
/// raster does; the COG driver takes overviews that are there already as they are.
/// </summary>
internal static class ClassOverviews
{
    private const int Block = RasterTarget.BlockSize;

    /// <summary>Adds levels until the last fits one tile. The spool must be flushed.</summary>
    public static void Build(DatasetHandle spool, nint band, int width, int height, CancellationToken cancellation)
    {
        var levels = new List<int>();
        for (int factor = 1; Math.Max(Half(width, factor), Half(height, factor)) > Block;)
            levels.Add(factor *= 2);
        if (levels.Count == 0)
            return;
        _ = GdalApi.GDALBuildOverviews(spool, "NONE", levels.Count, [.. levels], 0, [], 0, 0);
        nint source = band;
        for (int level = 0; level < levels.Count; level++)
        {
            nint target = GdalApi.GDALGetOverview(band, level);
            Reduce(source, Half(width, levels[level] / 2), Half(height, levels[level] / 2), target, cancellation);
            source = target;
        }
    }

    /// <summary>
    /// Writes the same levels of a raster that is not to be changed into a file beside it, where GDAL looks for them
    /// (<c>.ovr</c>).
    /// </summary>
    public static unsafe void BuildBeside(nint band, string path, int width, int height, in ErrorScope errors)
    {
        if (Math.Max(width, height) <= Block)
            return;
        int halfWidth = Half(width, 2), halfHeight = Half(height, 2);
        using StringList options = new(
            "TILED=YES", $"BLOCKXSIZE={Block}", $"BLOCKYSIZE={Block}", "COMPRESS=LZW", "BIGTIFF=IF_SAFER");
        using DatasetHandle file = GdalApi.GDALCreate(
            GdalApi.GDALGetDriverByName("GTiff"), path, halfWidth, halfHeight, 1, GdalApi.GdtByte, options.Pointer);
        if (file.IsInvalid)
            throw GdalFailure.Writing(path, "cannot be created", errors);
        nint half = GdalApi.GDALGetRasterBand(file, 1);
        Reduce(band, width, height, half, CancellationToken.None);
        GdalApi.GDALFlushCache(file);
        Build(file, half, halfWidth, halfHeight, CancellationToken.None);
    }

    private static int Half(int cells, int factor) => (cells + factor - 1) / factor;

    /// <summary>Halves one level, a row of tiles at a time.</summary>
    private static void Reduce(nint source, int width, int height, nint target, CancellationToken cancellation)
    {
        int halfWidth = Half(width, 2);
        byte[] cells = new byte[width * 2 * Block], reduced = new byte[halfWidth * Block];
        for (int row = 0; row < height; row += 2 * Block)
        {
            cancellation.ThrowIfCancellationRequested();
            int rows = Math.Min(2 * Block, height - row), halfRows = Half(rows, 2);
            _ = GdalApi.GDALRasterIOEx(
                source, GdalApi.GfRead, 0, row, width, rows, cells.AsSpan(0, width * rows), width, rows, GdalApi.GdtByte, 1,
                width, 0);
            for (int r = 0; r < halfRows; r++)
            {
                ReadOnlySpan<byte> upper = cells.AsSpan(2 * r * width, width);
                ReadOnlySpan<byte> lower = (2 * r) + 1 < rows ? cells.AsSpan(((2 * r) + 1) * width, width) : upper;
                ModeReduction.Row(upper, lower, reduced.AsSpan(r * halfWidth, halfWidth));
            }

            _ = GdalApi.GDALRasterIOEx(
                target, GdalApi.GfWrite, 0, row / 2, halfWidth, halfRows, reduced.AsSpan(0, halfWidth * halfRows), halfWidth,
                halfRows, GdalApi.GdtByte, 1, halfWidth, 0);
        }
    }
}
