namespace Ldn.SoilCarbon;

/// <summary>
/// The IPCC climate zones and f, the factor by which cultivation changes the soil carbon of native land in 20 years (method §5).
/// Codes: 1, 2 warm temperate moist, dry; 3, 4 cool temperate moist, dry; 5, 6 polar moist, dry; 7, 8 boreal moist, dry; 9
/// tropical montane; 10 tropical wet; 11 tropical moist; 12 tropical dry; 0 no data.
/// </summary>
public static class ClimateZones
{
    private static readonly double[] Factors =
        [double.NaN, 0.69, 0.80, 0.69, 0.80, 0.69, 0.80, 0.69, 0.80, 0.64, 0.48, 0.48, 0.58];

    /// <summary>The greatest code.</summary>
    public const int Count = 12;

    /// <summary>f by code 0…12; entry 0 is NaN (no data).</summary>
    public static ReadOnlySpan<double> CropFactors => Factors;

    /// <summary>True for 0…12; other values of a climate zone raster are errors (method §2).</summary>
    public static bool IsCode(int code) => code is >= 0 and <= Count;
}
