using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ldn.Lanes;

/// <summary>
/// A table of 256 bytes looked up for a span of bytes. In vectors where the processor permutes bytes of two registers; sixteen
/// shuffles of 16 bytes would gain nothing.
/// </summary>
internal static class ByteTable
{
    /// <summary>Bytes of a table.</summary>
    public const int Size = 256;

    /// <summary>target[i] = table[source[i]]; returns whether any <paramref name="flags"/>[source[i]] (0 or 1) is set.</summary>
    public static bool Lookup(ReadOnlySpan<byte> source, ReadOnlySpan<byte> table, ReadOnlySpan<byte> flags, Span<byte> target) =>
        Lookup(source, table, flags, target, Simd.Widest);

    internal static bool Lookup(
        ReadOnlySpan<byte> source, ReadOnlySpan<byte> table, ReadOnlySpan<byte> flags, Span<byte> target, SimdLevel level)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(source.Length, target.Length, nameof(source));
        ArgumentOutOfRangeException.ThrowIfNotEqual(table.Length, Size);
        ArgumentOutOfRangeException.ThrowIfNotEqual(flags.Length, Size);
        int any = 0, i = level == SimdLevel.Vector512
            && Avx512Vbmi.IsSupported ? Blocks(source, table, flags, target, ref any) : 0;
        for (; i < target.Length; i++)
        {
            target[i] = table[source[i]];
            any |= flags[source[i]];
        }

        return any != 0;
    }

    private static int Blocks(
        ReadOnlySpan<byte> source, ReadOnlySpan<byte> table, ReadOnlySpan<byte> flags, Span<byte> target, ref int any)
    {
        ref byte from = ref MemoryMarshal.GetReference(source);
        ref byte to = ref MemoryMarshal.GetReference(target);
        (Quarters codes, Quarters set) = (new Quarters(table), new Quarters(flags));
        Vector512<byte> met = Vector512<byte>.Zero;
        int i = 0;
        for (; i <= target.Length - Vector512<byte>.Count; i += Vector512<byte>.Count)
        {
            var index = Vector512.LoadUnsafe(ref from, (nuint)i);
            codes.Of(index).StoreUnsafe(ref to, (nuint)i);
            met |= set.Of(index);
        }

        any |= met == Vector512<byte>.Zero ? 0 : 1;
        return i;
    }

    /// <summary>A table in four registers.</summary>
    private readonly struct Quarters(ReadOnlySpan<byte> table)
    {
        private readonly Vector512<byte> _0 = Vector512.Create(table), _1 = Vector512.Create(table[64..]),
        _2 = Vector512.Create(table[128..]), _3 = Vector512.Create(table[192..]);

        /// <summary>
        /// table[index] of every lane; the permutation reads seven bits of an index, the eighth chooses the half.
        /// </summary>
        public Vector512<byte> Of(Vector512<byte> index) => Vector512.ConditionalSelect(
            Vector512.LessThan(index.AsSByte(), Vector512<sbyte>.Zero).AsByte(),
            Avx512Vbmi.PermuteVar64x8x2(_2, index, _3),
            Avx512Vbmi.PermuteVar64x8x2(_0, index, _1));
    }
}
