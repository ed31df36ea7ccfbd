using System.Runtime.InteropServices;

namespace Ldn.Lanes;

/// <summary>Sums of fixed-point values: integers, so that no order of adding changes them (method §9).</summary>
internal static class FixedPoint
{
    /// <summary>The fixed-point value that stands for no data.</summary>
    public const int None = int.MinValue;

    /// <summary>
    /// value[i] = cell × <paramref name="quanta"/>; <see cref="None"/> for a negative cell and for <paramref name="noData"/>
    /// (<see cref="int.MinValue"/> where there is none).
    /// </summary>
    public static void OfShorts(ReadOnlySpan<short> cells, int noData, int quanta, Span<int> values) =>
        OfShorts(cells, noData, quanta, values, Simd.Widest);

    internal static void OfShorts(ReadOnlySpan<short> cells, int noData, int quanta, Span<int> values, SimdLevel level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cells.Length, values.Length, nameof(cells));
        int i = level switch
        {
            SimdLevel.Vector512 => OfShorts<Lanes512<int>>(cells, noData, quanta, values),
            SimdLevel.Vector256 => OfShorts<Lanes256<int>>(cells, noData, quanta, values),
            SimdLevel.Vector128 => OfShorts<Lanes128<int>>(cells, noData, quanta, values),
            _ => 0,
        };
        for (; i < values.Length; i++)
            values[i] = cells[i] == noData || cells[i] < 0 ? None : cells[i] * quanta;
    }

    /// <summary>Sum and number of the values that are not <see cref="None"/>.</summary>
    public static (long Sum, int Known) SumKnown(ReadOnlySpan<int> values) => SumKnown(values, Simd.Widest);

    internal static (long Sum, int Known) SumKnown(ReadOnlySpan<int> values, SimdLevel level)
    {
        (long sum, int known, int i) = level switch
        {
            SimdLevel.Vector512 => SumKnown<Lanes512<long>>(values),
            SimdLevel.Vector256 => SumKnown<Lanes256<long>>(values),
            SimdLevel.Vector128 => SumKnown<Lanes128<long>>(values),
            _ => default,
        };
        for (; i < values.Length; i++)
        {
            if (values[i] == None)
                continue;
            sum += values[i];
            known++;
        }

        return (sum, known);
    }

    private static int OfShorts<TInt>(ReadOnlySpan<short> cells, int noData, int quanta, Span<int> values)
        where TInt : struct, ILanes<TInt, int>
    {
        ref short source = ref MemoryMarshal.GetReference(cells);
        ref int target = ref MemoryMarshal.GetReference(values);
        (TInt fill, TInt factor, TInt none) = (TInt.Broadcast(noData), TInt.Broadcast(quanta), TInt.Broadcast(None));
        int i = 0;
        for (; i <= values.Length - TInt.Count; i += TInt.Count)
        {
            TInt cell = TInt.LoadWidened(ref source, i);
            TInt missing = TInt.Less(cell, TInt.Zero) | TInt.Equal(cell, fill);
            TInt.Store(TInt.Select(missing, none, cell * factor), ref target, i);
        }

        return i;
    }

    /// <summary>Of whole vectors: what no data adds is taken off again at the end.</summary>
    private static (long Sum, int Known, int Done) SumKnown<TLong>(ReadOnlySpan<int> values)
        where TLong : struct, ILanes<TLong, long>
    {
        ref int source = ref MemoryMarshal.GetReference(values);
        TLong none = TLong.Broadcast(None), missing = TLong.Zero, sum = TLong.Zero;
        int i = 0;
        for (; i <= values.Length - (2 * TLong.Count); i += 2 * TLong.Count)
        {
            TLong first = TLong.LoadWidened(ref source, i), second = TLong.LoadWidened(ref source, i + TLong.Count);
            missing = TLong.CountEqual(TLong.CountEqual(missing, first, none), second, none);
            sum += first + second;
        }

        int unknown = (int)TLong.Sum(missing);
        return (TLong.Sum(sum) - ((long)None * unknown), i - unknown, i);
    }
}
