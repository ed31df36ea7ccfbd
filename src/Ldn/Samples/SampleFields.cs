using Ldn.Rasters;

namespace Ldn.Samples;

/// <summary>The noise fields of a sample world; wavelengths are fixed in degrees, detail goes down to the cell.</summary>
internal sealed class SampleFields
{
    public SampleFields(Grid grid, int seed)
    {
        LatticeNoise Field(uint number, double degrees, int finest, int gain) => new(
            unchecked(((uint)seed * 0x2545F491u) + (number * 0x8F1BBCDDu)),
            Exponent(degrees / grid.CellWidth, finest),
            Exponent(degrees / -grid.CellHeight, finest),
            finest,
            gain);
        Relief = Field(1, 14, 3, 150);
        Moisture = Field(2, 16, 3, 150);
        Cover = Field(3, 3, 1, 150);
        Variety = Field(4, 4, 1, 176);
        EarlyChange = Field(5, 2, 3, 150);
        LateChange = Field(6, 2, 3, 150);
        Productivity = Field(7, 3, 1, 250);
        LateProductivity = Field(8, 2, 2, 220);
        Soil = Field(9, 5, 1, 192);
    }

    public LatticeNoise Relief { get; }

    public LatticeNoise Moisture { get; }

    /// <summary>Which kind of cover a cell has within its biome, ordered from water over forest and field to town.</summary>
    public LatticeNoise Cover { get; }

    /// <summary>Which of the codes of a kind.</summary>
    public LatticeNoise Variety { get; }

    /// <summary>Where cover changes from 2000 to 2015.</summary>
    public LatticeNoise EarlyChange { get; }

    /// <summary>Where cover changes after 2015.</summary>
    public LatticeNoise LateChange { get; }

    public LatticeNoise Productivity { get; }

    public LatticeNoise LateProductivity { get; }

    public LatticeNoise Soil { get; }

    private static int Exponent(double cells, int finest)
    {
        int exponent = finest;
        while (exponent < 20 && (1 << exponent) * 1.5 < cells)
            exponent++;
        return exponent;
    }
}

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
internal sealed record SampleOptions(
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
