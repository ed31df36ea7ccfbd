using System.Runtime.InteropServices;

namespace Ldn.Indicator;

/// <summary>State of a sub-indicator or of the indicator in one period, as encoded in rasters (method §1).</summary>
public enum Condition : byte
{
    /// <summary>Not known, or water where the rules mask it.</summary>
    NoData = 0,

    /// <summary>Worse than it was.</summary>
    Degraded = 1,

    /// <summary>Neither.</summary>
    Stable = 2,

    /// <summary>Better than it was.</summary>
    Improved = 3,
}

/// <summary>The three sub-indicators, in the order of every output.</summary>
public enum SubIndicator
{
    /// <summary>Change of land cover (method §3).</summary>
    LandCover = 0,

    /// <summary>Land productivity (method §4).</summary>
    Productivity = 1,

    /// <summary>Stock of soil organic carbon (method §5).</summary>
    SoilCarbon = 2,
}

/// <summary>The names the outputs use for conditions and sub-indicators.</summary>
internal static class ConditionNames
{
    public static string Name(this Condition condition) => condition switch
    {
        Condition.Degraded => "degraded",
        Condition.Stable => "stable",
        Condition.Improved => "improved",
        _ => "no_data",
    };

    /// <summary>Display colours of method §1; no data has none.</summary>
    public static string Color(this Condition condition) => condition switch
    {
        Condition.Degraded => "#9b2779",
        Condition.Stable => "#ffffe0",
        Condition.Improved => "#006500",
        _ => "#000000",
    };

    /// <summary>Name in tables and file names.</summary>
    public static string Name(this SubIndicator sub) => sub switch
    {
        SubIndicator.LandCover => "land_cover",
        SubIndicator.Productivity => "productivity",
        _ => "soil_organic_carbon",
    };

    /// <summary>Name on the command line (<c>--without</c>).</summary>
    public static string OptionName(this SubIndicator sub) => sub switch
    {
        SubIndicator.LandCover => "land-cover",
        SubIndicator.Productivity => "productivity",
        _ => "soil-carbon",
    };
}

/// <summary>The codes of <see cref="Condition"/> as the bytes that the kernels compute with (method §1).</summary>
internal static class ConditionCode
{
    public const byte NoData = (byte)Condition.NoData;
    public const byte Degraded = (byte)Condition.Degraded;
    public const byte Stable = (byte)Condition.Stable;
    public const byte Improved = (byte)Condition.Improved;
}

/// <summary>The two encodings of condition rasters (method §1).</summary>
internal static class ConditionEncoding
{
    /// <summary>No data of the signed encoding.</summary>
    public const short SignedNoData = short.MinValue;

    /// <summary>Signed value of a condition: −1, 0, 1, no data −32768.</summary>
    public static short Signed(Condition condition) => condition == Condition.NoData ? SignedNoData : (short)((int)condition - 2);

    /// <summary>
    /// Turns the first <paramref name="count"/> bytes of a buffer (conditions 0…3) into as many signed 16-bit cells, in place.
    /// </summary>
    public static void Sign(Span<byte> buffer, int count)
    {
        Span<short> signed = MemoryMarshal.Cast<byte, short>(buffer);
        for (int i = count - 1; i >= 0; i--)
            signed[i] = Signed((Condition)buffer[i]);
    }
}
