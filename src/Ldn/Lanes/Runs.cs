using System.Numerics;
using System.Runtime.InteropServices;

namespace Ldn.Lanes;

/// <summary>
/// Finds where any of several byte planes changes from one pixel to the next: the ends of runs of equal joint codes.
/// </summary>
internal static class Runs
{
    /// <summary>
    /// Writes to <paramref name="ends"/> the exclusive end of each run of pixels <paramref name="start"/> …
    /// <paramref name="end"/> (exclusive)
    /// over which every plane is constant; returns how many. <paramref name="ends"/> must hold end − start entries.
    /// </summary>
    public static int Find(ReadOnlySpan<byte[]> planes, int start, int end, Span<int> ends) =>
        Find(planes, start, end, ends, Simd.Widest);

    internal static int Find(ReadOnlySpan<byte[]> planes, int start, int end, Span<int> ends, SimdLevel level)
    {
        if (end <= start)
            return 0;
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfLessThan(ends.Length, end - start);
        foreach (byte[] plane in planes)
            ArgumentOutOfRangeException.ThrowIfGreaterThan(end, plane.Length);
        int count = 0;
        int done = level switch
        {
            SimdLevel.Vector512 => Find<Lanes512<byte>>(planes, start, end, ends, ref count),
            SimdLevel.Vector256 => Find<Lanes256<byte>>(planes, start, end, ends, ref count),
            SimdLevel.Vector128 => Find<Lanes128<byte>>(planes, start, end, ends, ref count),
            _ => start + 1,
        };
        for (int i = done; i < end; i++)
        {
            foreach (byte[] plane in planes)
            {
                if (plane[i] != plane[i - 1])
                {
                    ends[count++] = i;
                    break;
                }
            }
        }

        ends[count++] = end;
        return count;
    }

    private static int Find<T>(ReadOnlySpan<byte[]> planes, int start, int end, Span<int> ends, ref int count)
        where T : struct, ILanes<T, byte>
    {
        int i = start + 1;
        T zero = T.Zero;
        ulong all = T.Count == 64 ? ulong.MaxValue : (1UL << T.Count) - 1;
        for (; i <= end - T.Count; i += T.Count)
        {
            T difference = zero;
            foreach (byte[] plane in planes)
            {
                ref byte source = ref MemoryMarshal.GetArrayDataReference(plane);
                difference |= T.Load(ref source, i) ^ T.Load(ref source, i - 1);
            }

            for (ulong breaks = T.Bits(T.Equal(difference, zero)) ^ all; breaks != 0; breaks &= breaks - 1)
                ends[count++] = i + BitOperations.TrailingZeroCount(breaks);
        }

        return i;
    }
}

/// <summary>Counts the condition bytes 1, 2 and 3 of a span.</summary>
internal static class ClassCount
{
    /// <summary>Adds to <paramref name="counts"/>[1…3] the number of bytes of that value; other values are not counted.</summary>
    public static void Add(ReadOnlySpan<byte> values, Span<long> counts) => Add(values, counts, Simd.Widest);

    internal static void Add(ReadOnlySpan<byte> values, Span<long> counts, SimdLevel level)
    {
        int done = level switch
        {
            SimdLevel.Vector512 => Add<Lanes512<byte>>(values, counts),
            SimdLevel.Vector256 => Add<Lanes256<byte>>(values, counts),
            SimdLevel.Vector128 => Add<Lanes128<byte>>(values, counts),
            _ => 0,
        };
        for (int i = done; i < values.Length; i++)
            if (values[i] is >= 1 and <= 3)
                counts[values[i]]++;
    }

    private static int Add<T>(ReadOnlySpan<byte> values, Span<long> counts)
        where T : struct, ILanes<T, byte>
    {
        ref byte source = ref MemoryMarshal.GetReference(values);
        int i = 0, one = 0, two = 0, three = 0;
        for (; i <= values.Length - T.Count; i += T.Count)
        {
            T v = T.Load(ref source, i);
            one += BitOperations.PopCount(T.Bits(T.Equal(v, T.Broadcast(1))));
            two += BitOperations.PopCount(T.Bits(T.Equal(v, T.Broadcast(2))));
            three += BitOperations.PopCount(T.Bits(T.Equal(v, T.Broadcast(3))));
        }

        counts[1] += one;
        counts[2] += two;
        counts[3] += three;
        return i;
    }
}
