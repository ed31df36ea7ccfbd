using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ldn.Lanes;

namespace Ldn.Indicator;

/// <summary>
/// From joint codes (<see cref="Evidence"/>) to condition and status bytes: spans in, spans out, all of one length.
/// </summary>
public static class IndicatorKernel
{
    /// <summary>indicator[i] = condition of (land[i], soil[i]); water and no data 0.</summary>
    public static void Indicator(
        ReadOnlySpan<byte> land, ReadOnlySpan<byte> soil, Span<byte> indicator, IndicatorTables tables) =>
        Indicator(land, soil, indicator, tables, Simd.Widest);

    internal static void Indicator(
        ReadOnlySpan<byte> land, ReadOnlySpan<byte> soil, Span<byte> indicator, IndicatorTables tables, SimdLevel level)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(soil.Length, land.Length);
        ArgumentOutOfRangeException.ThrowIfNotEqual(indicator.Length, land.Length);
        int done = level switch
        {
            SimdLevel.Vector512 => Indicator<Lanes512<byte>>(land, soil, indicator, tables),
            SimdLevel.Vector256 => Indicator<Lanes256<byte>>(land, soil, indicator, tables),
            SimdLevel.Vector128 => Indicator<Lanes128<byte>>(land, soil, indicator, tables),
            _ => 0,
        };
        for (int i = done; i < land.Length; i++)
        {
            int set = tables.LandCoverSet[land[i] & 7] | tables.ProductivitySet[land[i] >> 3] | tables.SoilCarbonSet[soil[i]];
            indicator[i] = set >= 0x80 ? (byte)0 : tables.Combine[set];
        }
    }

    /// <summary>condition[i] of the land-cover sub-indicator; water 0 where the rules mask it.</summary>
    public static void LandCover(ReadOnlySpan<byte> land, Span<byte> condition, IndicatorTables tables)
    {
        for (int i = 0; i < land.Length; i++)
            condition[i] = tables.LandCoverCondition[land[i] & 7];
    }

    /// <summary>condition[i] of the productivity sub-indicator; water 0 where the rules mask it.</summary>
    public static void Productivity(ReadOnlySpan<byte> land, Span<byte> condition, IndicatorTables tables)
    {
        int mask = tables.MaskWater ? Evidence.WaterBit : 0;
        for (int i = 0; i < land.Length; i++)
            condition[i] = (land[i] & mask) != 0 ? (byte)0 : tables.ProductivityCondition[land[i] >> Evidence.ProductivityShift];
    }

    /// <summary>condition[i] of the soil-carbon sub-indicator; always 0 on water, whose stock is not land's.</summary>
    public static void SoilCarbon(ReadOnlySpan<byte> land, ReadOnlySpan<byte> soil, Span<byte> condition, IndicatorTables tables)
    {
        for (int i = 0; i < land.Length; i++)
            condition[i] = (land[i] & Evidence.WaterBit) != 0 ? (byte)0 : tables.SoilCarbonCondition[soil[i]];
    }

    /// <summary>status[i] from the indicator of the baseline and of the period (0 where either has none).</summary>
    public static void Status(ReadOnlySpan<byte> baseline, ReadOnlySpan<byte> period, Span<byte> status, StatusRule rule)
    {
        Span<byte> table = stackalloc byte[16];
        for (int pair = 0; pair < 16; pair++)
            table[pair] = (byte)StatusLaw.Of((Condition)(pair & 3), (Condition)(pair >> 2), rule);
        for (int i = 0; i < status.Length; i++)
            status[i] = table[baseline[i] | period[i] << 2];
    }

    private static int Indicator<T>(
        ReadOnlySpan<byte> land, ReadOnlySpan<byte> soil, Span<byte> indicator, IndicatorTables tables)
        where T : struct, ILanes<T, byte>
    {
        ref byte landRef = ref MemoryMarshal.GetReference(land);
        ref byte soilRef = ref MemoryMarshal.GetReference(soil);
        ref byte target = ref MemoryMarshal.GetReference(indicator);
        T landCover = T.Table(tables.LandCoverSet), combine = T.Table(tables.Combine);
        T productivityLow = T.Table(tables.ProductivitySet.AsSpan(0, 16)),
        productivityHigh = T.Table(tables.ProductivitySet.AsSpan(16));
        T soilLow = T.Table(tables.SoilCarbonSet.AsSpan(0, 16)), soilHigh = T.Table(tables.SoilCarbonSet.AsSpan(16));
        T seven = T.Broadcast(7), fifteen = T.Broadcast(15), zero = T.Zero, water = T.Broadcast(0x80);
        int i = 0;
        for (; i <= land.Length - T.Count; i += T.Count)
        {
            T l = T.Load(ref landRef, i);
            T set = T.Lookup(landCover, l & seven)
                | Lookup32(productivityLow, productivityHigh, T.ShiftRight(l, Evidence.ProductivityShift))
                | Lookup32(soilLow, soilHigh, T.Load(ref soilRef, i));
            T dry = T.Equal(set & water, zero);
            T.Store(dry & T.Lookup(combine, set & fifteen), ref target, i);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Lookup32<T>(T low, T high, T index)
        where T : struct, ILanes<T, byte>
    {
        T four = index & T.Broadcast(15);
        T isLow = T.Equal(index & T.Broadcast(16), T.Zero);
        return T.Select(isLow, T.Lookup(low, four), T.Lookup(high, four));
    }
}
