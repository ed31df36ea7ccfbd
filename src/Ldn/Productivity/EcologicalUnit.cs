namespace Ldn.Productivity;

/// <summary>
/// An ecological unit as one number: the values of one or several rasters (a unit raster, or land cover × soil × …) side by side
/// in 64 bits, so the number depends only on the values, not on the order in which combinations are met (method §4.2,
/// performance).
/// </summary>
internal static class EcologicalUnit
{
    /// <summary>Most rasters that can be combined.</summary>
    public const int MostRasters = 4;

    /// <summary>A pixel that belongs to no unit: any of the rasters has no data there.</summary>
    public const long None = long.MinValue;

    /// <summary>
    /// Number of different whole values that fit, from 0, when so many rasters are combined: 2³¹ for one or two, 2²¹ for three,
    /// 2¹⁵ for four.
    /// </summary>
    public static long Range(int rasters) => 1L << Bits(rasters);

    /// <summary>Combines the values of one pixel, the first raster most significant.</summary>
    /// <exception cref="LdnException">Exit 3: a value is negative or beyond <see cref="Range"/>.</exception>
    public static long Combine(ReadOnlySpan<long> values)
    {
        int bits = Bits(values.Length);
        long unit = 0;
        foreach (long value in values)
            unit = (unit << bits) | Checked(value, bits);
        return unit;
    }

    /// <summary>The values that a unit is combined of, the first raster first.</summary>
    public static long[] Values(long unit, int rasters)
    {
        int bits = Bits(rasters);
        var values = new long[rasters];
        for (int i = rasters - 1; i >= 0; i--, unit >>= bits)
            values[i] = unit & ((1L << bits) - 1);
        return values;
    }

    /// <summary>
    /// Appends the values of one more raster to the units of a block, in place; units start as zeros.
    /// <see cref="None"/> in either stays or becomes None.
    /// </summary>
    /// <param name="units">Units so far, one a pixel.</param>
    /// <param name="values">Values of the raster, one a pixel.</param>
    /// <param name="rasters">How many rasters are combined in all.</param>
    /// <exception cref="LdnException">Exit 3: a value is negative or beyond <see cref="Range"/>.</exception>
    public static void Append(Span<long> units, ReadOnlySpan<long> values, int rasters)
    {
        int bits = Bits(rasters);
        values = values[..units.Length];
        for (int i = 0; i < units.Length; i++)
            units[i] = units[i] == None || values[i] == None ? None : (units[i] << bits) | Checked(values[i], bits);
    }

    private static int Bits(int rasters) => rasters switch
    {
        1 or 2 => 31,
        3 => 21,
        4 => 15,
        _ => throw Fault.Series.Error($"{rasters} rasters of ecological units", $"combine 1 to {MostRasters}"),
    };

    private static long Checked(long value, int bits) => value >= 0 && value < 1L << bits
        ? value
        : throw Fault.Values.Error($"ecological unit {value} is not between 0 and {(1L << bits) - 1}",
            "renumber the units, or declare the value as no data");
}
