namespace Ldn.Gdal;

/// <summary>Who decodes the blocks of rasters. The cells, and the errors of damaged files, are the same.</summary>
public enum RasterReader
{
    /// <summary>
    /// Tiles and strips of common local GeoTIFF files are decoded past GDAL, which still opens them, is asked wherever anything
    /// is in doubt, and reads all else.
    /// </summary>
    Auto,

    /// <summary>GDAL alone.</summary>
    Gdal,
}
