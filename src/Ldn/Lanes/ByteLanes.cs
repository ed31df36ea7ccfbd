using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ldn.Lanes;

/// <summary>
/// The few byte operations that the kernels need, at one vector width. Kernels are written once over it; the JIT makes a copy for each width.
/// </summary>
internal interface IByteLanes<TSelf>
    where TSelf : struct, IByteLanes<TSelf>
{
    /// <summary>Bytes in one vector.</summary>
    static abstract int Count { get; }

    static abstract TSelf Load(ref byte source, int offset);

    static abstract TSelf Broadcast(byte value);

    /// <summary>A table of 16 bytes, ready for <see cref="Lookup"/>.</summary>
    static abstract TSelf Table(ReadOnlySpan<byte> sixteen);

    void Store(ref byte target, int offset);

    /// <summary>table[index] for every lane; each index must be below 16.</summary>
    static abstract TSelf Lookup(TSelf table, TSelf index);

    static abstract TSelf And(TSelf left, TSelf right);

    static abstract TSelf Or(TSelf left, TSelf right);

    static abstract TSelf Xor(TSelf left, TSelf right);

    /// <summary>All ones in each lane where equal, else zero.</summary>
    static abstract TSelf Equal(TSelf left, TSelf right);

    /// <summary>Each byte shifted right by three.</summary>
    static abstract TSelf ShiftRight3(TSelf value);

    /// <summary>mask ? yes : no, lane by lane, for masks of all ones or zero.</summary>
    static abstract TSelf Select(TSelf mask, TSelf yes, TSelf no);

    /// <summary>Bit i set where lane i's highest bit is.</summary>
    ulong Mask();
}

internal readonly struct Lanes128(Vector128<byte> v) : IByteLanes<Lanes128>
{
    private readonly Vector128<byte> _v = v;

    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Load(ref byte source, int offset) => new(Vector128.LoadUnsafe(ref source, (nuint)offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Broadcast(byte value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Table(ReadOnlySpan<byte> sixteen) => new(Vector128.Create(sixteen));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref byte target, int offset) => _v.StoreUnsafe(ref target, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Lookup(Lanes128 table, Lanes128 index) => new(Vector128.ShuffleNative(table._v, index._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 And(Lanes128 left, Lanes128 right) => new(left._v & right._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Or(Lanes128 left, Lanes128 right) => new(left._v | right._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Xor(Lanes128 left, Lanes128 right) => new(left._v ^ right._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Equal(Lanes128 left, Lanes128 right) => new(Vector128.Equals(left._v, right._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 ShiftRight3(Lanes128 value) => new((value._v.AsUInt16() >>> 3).AsByte() & Vector128.Create((byte)31));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128 Select(Lanes128 mask, Lanes128 yes, Lanes128 no) => new(Vector128.ConditionalSelect(mask._v, yes._v, no._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Mask() => _v.ExtractMostSignificantBits();
}

internal readonly struct Lanes256(Vector256<byte> v) : IByteLanes<Lanes256>
{
    private readonly Vector256<byte> _v = v;

    public static int Count => 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Load(ref byte source, int offset) => new(Vector256.LoadUnsafe(ref source, (nuint)offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Broadcast(byte value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Table(ReadOnlySpan<byte> sixteen)
    {
        Vector128<byte> half = Vector128.Create(sixteen);
        return new(Vector256.Create(half, half));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref byte target, int offset) => _v.StoreUnsafe(ref target, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Lookup(Lanes256 table, Lanes256 index) => new(Avx2.Shuffle(table._v, index._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 And(Lanes256 left, Lanes256 right) => new(left._v & right._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Or(Lanes256 left, Lanes256 right) => new(left._v | right._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Xor(Lanes256 left, Lanes256 right) => new(left._v ^ right._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Equal(Lanes256 left, Lanes256 right) => new(Vector256.Equals(left._v, right._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 ShiftRight3(Lanes256 value) => new((value._v.AsUInt16() >>> 3).AsByte() & Vector256.Create((byte)31));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256 Select(Lanes256 mask, Lanes256 yes, Lanes256 no) => new(Vector256.ConditionalSelect(mask._v, yes._v, no._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Mask() => _v.ExtractMostSignificantBits();
}

internal readonly struct Lanes512(Vector512<byte> v) : IByteLanes<Lanes512>
{
    private readonly Vector512<byte> _v = v;

    public static int Count => 64;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Load(ref byte source, int offset) => new(Vector512.LoadUnsafe(ref source, (nuint)offset));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Broadcast(byte value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Table(ReadOnlySpan<byte> sixteen)
    {
        Vector128<byte> quarter = Vector128.Create(sixteen);
        Vector256<byte> half = Vector256.Create(quarter, quarter);
        return new(Vector512.Create(half, half));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref byte target, int offset) => _v.StoreUnsafe(ref target, (nuint)offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Lookup(Lanes512 table, Lanes512 index) => new(Avx512BW.Shuffle(table._v, index._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 And(Lanes512 left, Lanes512 right) => new(left._v & right._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Or(Lanes512 left, Lanes512 right) => new(left._v | right._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Xor(Lanes512 left, Lanes512 right) => new(left._v ^ right._v);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Equal(Lanes512 left, Lanes512 right) => new(Vector512.Equals(left._v, right._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 ShiftRight3(Lanes512 value) => new((value._v.AsUInt16() >>> 3).AsByte() & Vector512.Create((byte)31));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512 Select(Lanes512 mask, Lanes512 yes, Lanes512 no) => new(Vector512.ConditionalSelect(mask._v, yes._v, no._v));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Mask() => _v.ExtractMostSignificantBits();
}
