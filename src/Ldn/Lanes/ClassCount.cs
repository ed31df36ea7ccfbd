using System.Numerics;
using System.Runtime.InteropServices;

namespace Ldn.Lanes;

/// <summary>Counts the condition bytes 1, 2 and 3 of a span.</summary>
public static class ClassCount
{
    /// <summary>Adds to <paramref name="counts"/>[1…3] the number of bytes of that value; other values are not counted.</summary>
    public static void Add(ReadOnlySpan<byte> values, Span<long> counts) => Add(values, counts, Simd.Widest);

    internal static void Add(ReadOnlySpan<byte> values, Span<long> counts, SimdLevel level)
    {
        int done = level switch
        {
            SimdLevel.Vector512 => Add<Lanes512>(values, counts),
            SimdLevel.Vector256 => Add<Lanes256>(values, counts),
            SimdLevel.Vector128 => Add<Lanes128>(values, counts),
            _ => 0,
        };
        for (int i = done; i < values.Length; i++)
            if (values[i] is >= 1 and <= 3)
                counts[values[i]]++;
    }

    private static int Add<T>(ReadOnlySpan<byte> values, Span<long> counts)
        where T : struct, IByteLanes<T>
    {
        ref byte source = ref MemoryMarshal.GetReference(values);
        int i = 0, one = 0, two = 0, three = 0;
        for (; i <= values.Length - T.Count; i += T.Count)
        {
            T v = T.Load(ref source, i);
            one += BitOperations.PopCount(T.Equal(v, T.Broadcast(1)).Mask());
            two += BitOperations.PopCount(T.Equal(v, T.Broadcast(2)).Mask());
            three += BitOperations.PopCount(T.Equal(v, T.Broadcast(3)).Mask());
        }

        counts[1] += one;
        counts[2] += two;
        counts[3] += three;
        return i;
    }
}
