using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ldn.Lanes;

/// <summary>256 bits of lanes.</summary>
internal readonly struct Lanes256<T>(Vector256<T> value) : ILanes<Lanes256<T>, T>
    where T : unmanaged
{
    private readonly Vector256<T> _value = value;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector256<T>.Count;
    }

    public static Lanes256<T> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector256<T>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Broadcast(T value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Load(ref T source, int index) => new(Vector256.LoadUnsafe(ref source, (nuint)index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes256<T> value, ref T destination, int index) =>
        Vector256.StoreUnsafe(value._value, ref destination, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> LoadWidened<TNarrow>(ref TNarrow source, int index)
        where TNarrow : unmanaged
    {
        if (typeof(TNarrow) == typeof(T))
            return Load(ref Unsafe.As<TNarrow, T>(ref source), index);
        if (typeof(T) == typeof(double))
            return new(Vector256.WidenLower(Half<TNarrow, float>(ref source, index)).As<double, T>());
        if (typeof(T) == typeof(long))
            return new(Vector256.WidenLower(Half<TNarrow, int>(ref source, index)).As<long, T>());
        Vector256<int> whole = Whole(ref source, index);
        return typeof(T) == typeof(int) ? new(whole.As<int, T>()) : new(Vector256.ConvertToSingle(whole).As<float, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNarrowed<TNarrow>(Lanes256<T> value, ref TNarrow destination, int index)
        where TNarrow : unmanaged
    {
        if (typeof(TNarrow) == typeof(T))
        {
            Store(value, ref Unsafe.As<TNarrow, T>(ref destination), index);
            return;
        }

        if (typeof(T) == typeof(int))
        {
            Vector256<int> whole = value._value.AsInt32();
            StoreBytes<TNarrow, ulong>(Vector128.Narrow(whole.GetLower(), whole.GetUpper()), ref destination, index);
            return;
        }

        Vector256<double> wide = value._value.AsDouble();
        Vector128<float> single = Vector256.Narrow(wide, wide).GetLower();
        if (typeof(TNarrow) == typeof(float))
        {
            single.StoreUnsafe(ref Unsafe.As<TNarrow, float>(ref destination), (nuint)index);
            return;
        }

        Vector128<int> four = Vector128.ConvertToInt32Native(single);
        StoreBytes<TNarrow, uint>(Vector128.Narrow(four, four), ref destination, index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator +(Lanes256<T> left, Lanes256<T> right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator -(Lanes256<T> left, Lanes256<T> right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator *(Lanes256<T> left, Lanes256<T> right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator /(Lanes256<T> left, Lanes256<T> right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator &(Lanes256<T> left, Lanes256<T> right) => new(left._value & right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator |(Lanes256<T> left, Lanes256<T> right) => new(left._value | right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> operator ^(Lanes256<T> left, Lanes256<T> right) => new(left._value ^ right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Min(Lanes256<T> left, Lanes256<T> right) => new(Vector256.MinNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Max(Lanes256<T> left, Lanes256<T> right) => new(Vector256.MaxNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Abs(Lanes256<T> value) => new(Vector256.Abs(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Sqrt(Lanes256<T> value) => new(Vector256.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes256<T> value) => Vector256.Sum(value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Less(Lanes256<T> left, Lanes256<T> right) => new(Vector256.LessThan(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> LessOrEqual(Lanes256<T> left, Lanes256<T> right) =>
        new(Vector256.LessThanOrEqual(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Equal(Lanes256<T> left, Lanes256<T> right) => new(Vector256.Equals(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Select(Lanes256<T> mask, Lanes256<T> yes, Lanes256<T> no) =>
        new(Vector256.ConditionalSelect(mask._value, yes._value, no._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Lanes256<T> mask) => mask._value.AsInt64() != Vector256<long>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool All(Lanes256<T> mask) => mask._value.AsInt64() == Vector256<long>.AllBitsSet;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Bits(Lanes256<T> mask) => mask._value.ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> CountLess(Lanes256<T> counters, Lanes256<T> left, Lanes256<T> right) =>
        Unsafe.SizeOf<T>() == sizeof(int)
        ? new((counters._value.AsInt32() - Vector256.LessThan(left._value, right._value).AsInt32()).As<int, T>())
        : new((counters._value.AsInt64() - Vector256.LessThan(left._value, right._value).AsInt64()).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> CountEqual(Lanes256<T> counters, Lanes256<T> left, Lanes256<T> right) =>
        Unsafe.SizeOf<T>() == sizeof(int)
        ? new((counters._value.AsInt32() - Vector256.Equals(left._value, right._value).AsInt32()).As<int, T>())
        : new((counters._value.AsInt64() - Vector256.Equals(left._value, right._value).AsInt64()).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Values(Lanes256<T> counters) =>
        typeof(T) == typeof(float) ? new(Vector256.ConvertToSingle(counters._value.AsInt32()).As<float, T>())
        : typeof(T) == typeof(double) ? new(Vector256.ConvertToDouble(counters._value.AsInt64()).As<double, T>())
        : counters;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Table(ReadOnlySpan<byte> sixteen)
    {
        Vector128<byte> half = Vector128.Create(sixteen);
        return new(Vector256.Create(half, half).As<byte, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> Lookup(Lanes256<T> table, Lanes256<T> index) =>
        new(Avx2.Shuffle(table._value.AsByte(), index._value.AsByte()).As<byte, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes256<T> ShiftRight(Lanes256<T> value, int bits) =>
        new(((value._value.AsUInt16() >>> bits).AsByte() & Vector256.Create((byte)(byte.MaxValue >> bits))).As<byte, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes256<T> Even, Lanes256<T> Odd) Unzip(Lanes256<T> first, Lanes256<T> second)
    {
        Vector256<ushort> a = first._value.AsUInt16(), b = second._value.AsUInt16();
        return (new(Vector256.Narrow(a, b).As<byte, T>()), new(Vector256.Narrow(a >>> 8, b >>> 8).As<byte, T>()));
    }

    /// <summary>Half as many bytes as a vector has, as its lower half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<TAs> Half<TNarrow, TAs>(ref TNarrow source, int index)
        where TNarrow : unmanaged
        where TAs : unmanaged =>
        Vector128.LoadUnsafe(ref Unsafe.As<TNarrow, TAs>(ref source), (nuint)index).ToVector256Unsafe();

    /// <summary>Eight whole numbers of 8 or 16 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Whole<TNarrow>(ref TNarrow source, int index)
        where TNarrow : unmanaged
    {
        if (typeof(TNarrow) == typeof(short))
            return Vector256.WidenLower(Half<TNarrow, short>(ref source, index));
        if (typeof(TNarrow) == typeof(ushort))
            return Vector256.WidenLower(Half<TNarrow, ushort>(ref source, index)).AsInt32();
        ulong eight = Unsafe.ReadUnaligned<ulong>(ref Unsafe.As<TNarrow, byte>(ref Unsafe.Add(ref source, index)));
        Vector128<byte> bytes = Vector128.CreateScalarUnsafe(eight).AsByte();
        return typeof(TNarrow) == typeof(sbyte)
            ? Vector256.WidenLower(Vector128.WidenLower(bytes.AsSByte()).ToVector256Unsafe())
            : Vector256.WidenLower(Vector128.WidenLower(bytes).ToVector256Unsafe()).AsInt32();
    }

    /// <summary>The low bytes of eight numbers, or of the first four, as a word of so many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreBytes<TNarrow, TWord>(Vector128<short> numbers, ref TNarrow destination, int index)
        where TNarrow : unmanaged
        where TWord : unmanaged =>
        Unsafe.WriteUnaligned(
            ref Unsafe.As<TNarrow, byte>(ref Unsafe.Add(ref destination, index)),
            Vector128.Narrow(numbers.AsUInt16(), numbers.AsUInt16()).As<byte, TWord>().ToScalar());
}
