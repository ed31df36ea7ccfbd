using Ldn.Gdal.Interop;
using Ldn.Gdal.Tiff;
using Ldn.Rasters;

namespace Ldn.Gdal;

/// <summary>
/// What stands in the header of a raster, from GDAL itself: it writes a raster of one cell with the same description, in memory.
/// Place, size of the cells, coordinate system, palette, names and no data do not depend on how many cells there are.
/// </summary>
/// <param name="Tags">The tags of its directory, in order.</param>
/// <param name="Companion">The file that GDAL writes beside it, with the names of the classes; empty where it writes
/// none.</param>
internal sealed record HeaderTemplate(IReadOnlyList<HeaderTag> Tags, byte[] Companion)
{
    /// <summary>What is added to the raster's name for the companion's.</summary>
    public const string CompanionExtension = ".aux.xml";

    private static int s_made;

    /// <param name="path">The raster, for messages.</param>
    /// <param name="description">What it is.</param>
    /// <param name="statistics">Those of its cells; null where no cell has data, or none is there yet.</param>
    /// <exception cref="LdnException">Exit 2: no file can have this header.</exception>
    public static HeaderTemplate Make(string path, RasterDescription description, CellStatistics? statistics = null)
    {
        GdalLibrary.EnsureReady();
        RasterTarget.Check(description);
        RasterDescription cell = description with { Grid = description.Grid with { Width = 1, Height = 1 }, Threads = 1 };
        string name = $"/vsimem/ldn-header-{Interlocked.Increment(ref s_made)}", source = name + ".spool.tif",
        target = name + ".tif";
        using ErrorScope errors = ErrorScope.Open();
        try
        {
            using (DatasetHandle spool = RasterTarget.CreateSpool(source, cell, errors))
            {
                nint band = GdalApi.GDALGetRasterBand(spool, 1);
                RasterTarget.Describe(spool, band, cell);
                statistics?.Set(band);
                if (errors.Failed)
                    throw GdalFailure.Writing(path, "cannot be created", errors);
                RasterTarget.LayOut(target, spool, cell, errors, null, CancellationToken.None);
            }

            byte[] file = GdalApi.FileInMemory(target) ?? throw GdalFailure.Writing(path, "cannot be created", errors);
            return new HeaderTemplate(HeaderTag.ReadAll(file), GdalApi.FileInMemory(target + CompanionExtension) ?? []);
        }
        finally
        {
            foreach (string file in (string[])[source, source + CompanionExtension, target, target + CompanionExtension])
                _ = GdalApi.VSIUnlink(file);
        }
    }
}
