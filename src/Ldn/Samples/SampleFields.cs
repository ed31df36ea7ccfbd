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
