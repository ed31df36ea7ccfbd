using Ldn.Rasters;

namespace Ldn.Samples;

/// <summary>What <see cref="SampleWorld"/> writes. The values of every cell follow from width, height and seed alone.</summary>
/// <param name="Width">Columns, 16 or more; they span longitudes 18…192, so that the Russian Federation lies unbroken across
/// 180°.</param>
/// <param name="Height">Rows, 16 or more; they span latitudes 84…18, northernmost first.</param>
/// <param name="Seed">Any number; another seed is another invented world.</param>
/// <param name="Compression">How the rasters are compressed.</param>
/// <param name="Layout">How their cells lie.</param>
/// <param name="FloatSoilCarbon">Stocks as Float32 with one decimal instead of whole Int16.</param>
/// <param name="BaselineOnly">Only the five rasters of the baseline: land cover 2000 and 2015, productivity, stocks 2000 and
/// 2015.</param>
/// <param name="WholeExtent">Data in every cell; without it cells outside the six countries are water, or no data where the layer
/// has no water.</param>
/// <param name="Threads">Workers, 1 or more; the files are the same for any number.</param>
/// <param name="Overwrite">Whether a job that is already in the folder may be replaced.</param>
public sealed record SampleOptions(
    int Width,
    int Height,
    int Seed = 1,
    RasterCompression Compression = RasterCompression.Deflate,
    RasterLayout Layout = RasterLayout.Tiled,
    bool FloatSoilCarbon = false,
    bool BaselineOnly = false,
    bool WholeExtent = false,
    int Threads = 1,
    bool Overwrite = false);
