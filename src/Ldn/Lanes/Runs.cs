using System.Numerics;
using System.Runtime.InteropServices;

namespace Ldn.Lanes;

/// <summary>Finds where any of several byte planes changes from one pixel to the next: the ends of runs of equal joint codes.</summary>
public static class Runs
{
    /// <summary>
    /// Writes to <paramref name="ends"/> the exclusive end of each run of pixels <paramref name="start"/> … <paramref name="end"/> (exclusive)
    /// over which every plane is constant; returns how many. <paramref name="ends"/> must hold end − start entries.
    /// </summary>
    public static int Find(ReadOnlySpan<byte[]> planes, int start, int end, Span<int> ends) => Find(planes, start, end, ends, Simd.Widest);

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
            SimdLevel.Vector512 => Find<Lanes512>(planes, start, end, ends, ref count),
            SimdLevel.Vector256 => Find<Lanes256>(planes, start, end, ends, ref count),
            SimdLevel.Vector128 => Find<Lanes128>(planes, start, end, ends, ref count),
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
        where T : struct, IByteLanes<T>
    {
        int i = start + 1;
        T zero = T.Broadcast(0);
        ulong all = T.Count == 64 ? ulong.MaxValue : (1UL << T.Count) - 1;
        for (; i <= end - T.Count; i += T.Count)
        {
            T difference = zero;
            foreach (byte[] plane in planes)
            {
                ref byte source = ref MemoryMarshal.GetArrayDataReference(plane);
                difference = T.Or(difference, T.Xor(T.Load(ref source, i), T.Load(ref source, i - 1)));
            }

            for (ulong breaks = T.Equal(difference, zero).Mask() ^ all; breaks != 0; breaks &= breaks - 1)
                ends[count++] = i + BitOperations.TrailingZeroCount(breaks);
        }

        return i;
    }
}
