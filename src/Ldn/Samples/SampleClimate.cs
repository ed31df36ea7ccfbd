using Ldn.Rasters;

namespace Ldn.Samples;

/// <summary>Belts of the invented world, from the pole to the south.</summary>
internal enum Biome
{
    Ice,
    Tundra,
    Taiga,
    Temperate,
    Steppe,
    Desert,
    Subtropical,
}

/// <summary>
/// Warmth and moisture of a cell, each about 0…1000: latitude, a cold plateau, a dry interior and a wet south-east, bent by
/// noise. Only sums, products and quotients of doubles, which every machine rounds alike.
/// </summary>
internal sealed class SampleClimate
{
    private readonly Grid _grid;
    private readonly double[] _plateau;
    private readonly double[] _interior;
    private readonly double[] _west;
    private readonly double[] _east;
    private double _latitude;
    private double _plateauRow;
    private double _interiorRow;
    private double _westRow;
    private double _southRow;

    public SampleClimate(Grid grid, Window window)
    {
        _grid = grid;
        double[] Columns(Func<double, double> of) => [
            .. Enumerable.Range(window.Column, window.Width).Select(column => of(grid.CentreX(column)))];
        _plateau = Columns(longitude => Square((longitude - 90) / 14));
        _interior = Columns(longitude => Square((longitude - 92) / 32));
        _west = Columns(longitude => Square((longitude - 48) / 13));
        _east = Columns(longitude => Unit((longitude - 97) / 15));
    }

    public void MoveTo(int row)
    {
        _latitude = _grid.CentreY(row);
        _plateauRow = 1 - Square((_latitude - 33) / 6);
        _interiorRow = 1 - Square((_latitude - 41) / 9.5);
        _westRow = 1 - Square((_latitude - 46.5) / 5);
        _southRow = Unit((36 - _latitude) / 8);
    }

    /// <summary>Warmth of the cell <paramref name="x"/> of the row.</summary>
    public int Warmth(int x, SampleRow row)
    {
        int smooth = (int)Math.Floor(1000 - ((_latitude - 18) * 1000 / 66) - (205 * Unit(_plateauRow - _plateau[x])));
        return smooth + ((row.Relief[x] - 32768) * 170 / 65536) + ((row.Variety[x] - 32768) * 36 / 65536);
    }

    /// <summary>Moisture of the cell <paramref name="x"/> of the row.</summary>
    public int Moisture(int x, SampleRow row)
    {
        double dry = (440 * Unit(_interiorRow - _interior[x])) + (260 * Unit(_westRow - _west[x]));
        int smooth = (int)Math.Floor(570 - dry + (220 * _east[x] * _southRow));
        return smooth + ((row.Moisture[x] - 32768) * 360 / 65536) + ((row.Variety[x] - 32768) * 36 / 65536);
    }

    /// <summary>The belt of a cell.</summary>
    public static Biome BiomeOf(int warmth, int moisture) => warmth switch
    {
        < 110 => Biome.Ice,
        < 265 => Biome.Tundra,
        < 495 => moisture < 340 ? Biome.Steppe : Biome.Taiga,
        < 725 => moisture < 215 ? Biome.Desert : moisture < 420 ? Biome.Steppe : Biome.Temperate,
        _ => moisture < 230 ? Biome.Desert : moisture < 370 ? Biome.Steppe : Biome.Subtropical,
    };

    /// <summary>The IPCC climate zone (method §5) that fits: 1…12.</summary>
    public static byte ClimateZone(int warmth, int moisture)
    {
        bool dry = moisture < 400;
        return (byte)(warmth switch
        {
            < 220 => dry ? 6 : 5,
            < 470 => dry ? 8 : 7,
            < 640 => dry ? 4 : 3,
            < 900 => dry ? 2 : 1,
            _ => dry ? 12 : moisture < 620 ? 11 : 10,
        });
    }

    /// <summary>Precipitation over potential evapotranspiration in thousandths; the interior falls below 0.05.</summary>
    public static int Aridity(int moisture)
    {
        int m = Math.Clamp(moisture, 0, 1000);
        return 12 + (m * m / 650);
    }

    private static double Square(double value) => value * value;

    private static double Unit(double value) => value < 0 ? 0 : value > 1 ? 1 : value;
}
