using System.Runtime.InteropServices;

namespace Ldn.Indicator;

/// <summary>The two encodings of condition rasters (method §1).</summary>
public static class ConditionEncoding
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
