using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ldn.Lanes;

/// <summary>Vector widths a kernel can run at; the widest that the machine has is used, every one gives the same bytes.</summary>
internal enum SimdLevel
{
    Scalar = 0,
    Vector128 = 128,
    Vector256 = 256,
    Vector512 = 512,
}

internal static class Simd
{
    /// <summary>The widest level this machine and process offer (<c>DOTNET_EnableAVX512=0</c> and the like lower it).</summary>
    public static SimdLevel Widest { get; } =
        Vector512.IsHardwareAccelerated && Avx512BW.IsSupported ? SimdLevel.Vector512
        : Vector256.IsHardwareAccelerated && Avx2.IsSupported ? SimdLevel.Vector256
        : Vector128.IsHardwareAccelerated ? SimdLevel.Vector128
        : SimdLevel.Scalar;
}

/// <summary>
/// A vector of <typeparamref name="T"/>, one cell a lane: the few operations that kernels are written in, once for every vector
/// width (<see cref="Lanes128{T}"/>, <see cref="Lanes256{T}"/>, <see cref="Lanes512{T}"/>); the compiler makes a copy for each. A
/// kernel is a scalar law and a loop over lanes that gives its bits, chosen by <see cref="SimdLevel"/>. A mask is a vector whose
/// lanes have all bits set or none. Every floating operation rounds as the scalar one does, every integer one wraps.
/// </summary>
internal interface ILanes<TSelf, T>
    where TSelf : struct, ILanes<TSelf, T>
    where T : unmanaged
{
    /// <summary>Number of lanes.</summary>
    static abstract int Count { get; }

    static abstract TSelf Zero { get; }

    static abstract TSelf Broadcast(T value);

    static abstract TSelf Load(ref T source, int index);

    static abstract void Store(TSelf value, ref T destination, int index);

    /// <summary>
    /// Loads as many values of a narrower type as there are lanes and widens them, exactly: whole numbers of 8 or 16 bits to
    /// <see cref="int"/> and <see cref="float"/>, <see cref="int"/> to <see cref="long"/>, <see cref="float"/> to
    /// <see cref="double"/>, and any type to itself.
    /// </summary>
    static abstract TSelf LoadWidened<TNarrow>(ref TNarrow source, int index)
        where TNarrow : unmanaged;

    /// <summary>
    /// Stores values as a narrower type: <see cref="double"/> rounded to <see cref="float"/>; whole numbers 0…255 of
    /// <see cref="double"/> or <see cref="int"/> as <see cref="byte"/>; any type as itself.
    /// </summary>
    static abstract void StoreNarrowed<TNarrow>(TSelf value, ref TNarrow destination, int index)
        where TNarrow : unmanaged;

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator /(TSelf left, TSelf right);

    static abstract TSelf operator &(TSelf left, TSelf right);

    static abstract TSelf operator |(TSelf left, TSelf right);

    static abstract TSelf operator ^(TSelf left, TSelf right);

    /// <summary>The smaller; which of two zeros is left open, and neither may be NaN.</summary>
    static abstract TSelf Min(TSelf left, TSelf right);

    static abstract TSelf Max(TSelf left, TSelf right);

    static abstract TSelf Abs(TSelf value);

    static abstract TSelf Sqrt(TSelf value);

    /// <summary>Sum of all lanes; floating ones in no order that holds at every width.</summary>
    static abstract T Sum(TSelf value);

    /// <summary>Mask; false where either is NaN.</summary>
    static abstract TSelf Less(TSelf left, TSelf right);

    static abstract TSelf LessOrEqual(TSelf left, TSelf right);

    static abstract TSelf Equal(TSelf left, TSelf right);

    static abstract TSelf Select(TSelf mask, TSelf yes, TSelf no);

    static abstract bool Any(TSelf mask);

    static abstract bool All(TSelf mask);

    /// <summary>Bit i is that of lane i of a mask.</summary>
    static abstract ulong Bits(TSelf mask);

    /// <summary>
    /// Adds 1 to the whole-number counters of the lanes where left is less. Counters start as <see cref="Zero"/>; lanes of 32 or
    /// 64 bits.
    /// </summary>
    static abstract TSelf CountLess(TSelf counters, TSelf left, TSelf right);

    /// <summary>Adds 1 to the counters of the lanes where both are equal.</summary>
    static abstract TSelf CountEqual(TSelf counters, TSelf left, TSelf right);

    /// <summary>Counters as values, exact up to 2²⁴.</summary>
    static abstract TSelf Values(TSelf counters);

    /// <summary>Bytes: a table of 16, ready for <see cref="Lookup"/>.</summary>
    static abstract TSelf Table(ReadOnlySpan<byte> sixteen);

    /// <summary>Bytes: table[index] for every lane; each index must be below 16.</summary>
    static abstract TSelf Lookup(TSelf table, TSelf index);

    /// <summary>Bytes: each shifted right by so many bits, 0 to 7.</summary>
    static abstract TSelf ShiftRight(TSelf value, int bits);

    /// <summary>Bytes: the lanes at even places of both vectors, one after the other, and those at odd places.</summary>
    static abstract (TSelf Even, TSelf Odd) Unzip(TSelf first, TSelf second);
}
