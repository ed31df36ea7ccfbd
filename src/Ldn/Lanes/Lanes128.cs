using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Ldn.Lanes;

/// <summary>128 bits of lanes.</summary>
internal readonly struct Lanes128<T>(Vector128<T> value) : ILanes<Lanes128<T>, T>
    where T : unmanaged
{
    private readonly Vector128<T> _value = value;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector128<T>.Count;
    }

    public static Lanes128<T> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector128<T>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Broadcast(T value) => new(Vector128.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Load(ref T source, int index) => new(Vector128.LoadUnsafe(ref source, (nuint)index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes128<T> value, ref T destination, int index) =>
        Vector128.StoreUnsafe(value._value, ref destination, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LoadWidened<TNarrow>(ref TNarrow source, int index)
        where TNarrow : unmanaged
    {
        if (typeof(TNarrow) == typeof(T))
            return Load(ref Unsafe.As<TNarrow, T>(ref source), index);
        if (typeof(T) == typeof(double))
            return new(Vector128.WidenLower(Half<TNarrow, float>(ref source, index)).As<double, T>());
        if (typeof(T) == typeof(long))
            return new(Vector128.WidenLower(Half<TNarrow, int>(ref source, index)).As<long, T>());
        Vector128<int> whole = Whole(ref source, index);
        return typeof(T) == typeof(int) ? new(whole.As<int, T>()) : new(Vector128.ConvertToSingle(whole).As<float, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNarrowed<TNarrow>(Lanes128<T> value, ref TNarrow destination, int index)
        where TNarrow : unmanaged
    {
        if (typeof(TNarrow) == typeof(T))
        {
            Store(value, ref Unsafe.As<TNarrow, T>(ref destination), index);
            return;
        }

        if (typeof(T) == typeof(int))
        {
            Vector128<int> whole = value._value.AsInt32();
            StoreBytes<TNarrow, uint>(Vector128.Narrow(whole, whole), ref destination, index);
            return;
        }

        Vector128<double> wide = value._value.AsDouble();
        Vector128<float> single = Vector128.Narrow(wide, wide);
        if (typeof(TNarrow) == typeof(float))
        {
            single.GetLower().StoreUnsafe(ref Unsafe.As<TNarrow, float>(ref destination), (nuint)index);
            return;
        }

        Vector128<int> two = Vector128.ConvertToInt32Native(single);
        StoreBytes<TNarrow, ushort>(Vector128.Narrow(two, two), ref destination, index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator +(Lanes128<T> left, Lanes128<T> right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator -(Lanes128<T> left, Lanes128<T> right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator *(Lanes128<T> left, Lanes128<T> right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator /(Lanes128<T> left, Lanes128<T> right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator &(Lanes128<T> left, Lanes128<T> right) => new(left._value & right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator |(Lanes128<T> left, Lanes128<T> right) => new(left._value | right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> operator ^(Lanes128<T> left, Lanes128<T> right) => new(left._value ^ right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Min(Lanes128<T> left, Lanes128<T> right) => new(Vector128.MinNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Max(Lanes128<T> left, Lanes128<T> right) => new(Vector128.MaxNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Abs(Lanes128<T> value) => new(Vector128.Abs(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Sqrt(Lanes128<T> value) => new(Vector128.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes128<T> value) => Vector128.Sum(value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Less(Lanes128<T> left, Lanes128<T> right) => new(Vector128.LessThan(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> LessOrEqual(Lanes128<T> left, Lanes128<T> right) =>
        new(Vector128.LessThanOrEqual(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Equal(Lanes128<T> left, Lanes128<T> right) => new(Vector128.Equals(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Select(Lanes128<T> mask, Lanes128<T> yes, Lanes128<T> no) =>
        new(Vector128.ConditionalSelect(mask._value, yes._value, no._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Lanes128<T> mask) => mask._value.AsInt64() != Vector128<long>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool All(Lanes128<T> mask) => mask._value.AsInt64() == Vector128<long>.AllBitsSet;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Bits(Lanes128<T> mask) => mask._value.ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> CountLess(Lanes128<T> counters, Lanes128<T> left, Lanes128<T> right) =>
        Unsafe.SizeOf<T>() == sizeof(int)
        ? new((counters._value.AsInt32() - Vector128.LessThan(left._value, right._value).AsInt32()).As<int, T>())
        : new((counters._value.AsInt64() - Vector128.LessThan(left._value, right._value).AsInt64()).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> CountEqual(Lanes128<T> counters, Lanes128<T> left, Lanes128<T> right) =>
        Unsafe.SizeOf<T>() == sizeof(int)
        ? new((counters._value.AsInt32() - Vector128.Equals(left._value, right._value).AsInt32()).As<int, T>())
        : new((counters._value.AsInt64() - Vector128.Equals(left._value, right._value).AsInt64()).As<long, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Values(Lanes128<T> counters) =>
        typeof(T) == typeof(float) ? new(Vector128.ConvertToSingle(counters._value.AsInt32()).As<float, T>())
        : typeof(T) == typeof(double) ? new(Vector128.ConvertToDouble(counters._value.AsInt64()).As<double, T>())
        : counters;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Table(ReadOnlySpan<byte> sixteen) => new(Vector128.Create(sixteen).As<byte, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> Lookup(Lanes128<T> table, Lanes128<T> index) =>
        new(Vector128.ShuffleNative(table._value.AsByte(), index._value.AsByte()).As<byte, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes128<T> ShiftRight(Lanes128<T> value, int bits) =>
        new(((value._value.AsUInt16() >>> bits).AsByte() & Vector128.Create((byte)(byte.MaxValue >> bits))).As<byte, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes128<T> Even, Lanes128<T> Odd) Unzip(Lanes128<T> first, Lanes128<T> second)
    {
        Vector128<ushort> a = first._value.AsUInt16(), b = second._value.AsUInt16();
        return (new(Vector128.Narrow(a, b).As<byte, T>()), new(Vector128.Narrow(a >>> 8, b >>> 8).As<byte, T>()));
    }

    /// <summary>Half as many bytes as a vector has, as its lower half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<TAs> Half<TNarrow, TAs>(ref TNarrow source, int index)
        where TNarrow : unmanaged
        where TAs : unmanaged =>
        Vector64.LoadUnsafe(ref Unsafe.As<TNarrow, TAs>(ref source), (nuint)index).ToVector128Unsafe();

    /// <summary>Four whole numbers of 8 or 16 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> Whole<TNarrow>(ref TNarrow source, int index)
        where TNarrow : unmanaged
    {
        if (typeof(TNarrow) == typeof(short))
            return Vector128.WidenLower(Half<TNarrow, short>(ref source, index));
        if (typeof(TNarrow) == typeof(ushort))
            return Vector128.WidenLower(Half<TNarrow, ushort>(ref source, index)).AsInt32();
        uint four = Unsafe.ReadUnaligned<uint>(ref Unsafe.As<TNarrow, byte>(ref Unsafe.Add(ref source, index)));
        Vector128<byte> bytes = Vector128.CreateScalarUnsafe(four).AsByte();
        return typeof(TNarrow) == typeof(sbyte)
            ? Vector128.WidenLower(Vector128.WidenLower(bytes.AsSByte()))
            : Vector128.WidenLower(Vector128.WidenLower(bytes)).AsInt32();
    }

    /// <summary>The low bytes of the first two or four numbers, as a word of so many.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreBytes<TNarrow, TWord>(Vector128<short> numbers, ref TNarrow destination, int index)
        where TNarrow : unmanaged
        where TWord : unmanaged =>
        Unsafe.WriteUnaligned(
            ref Unsafe.As<TNarrow, byte>(ref Unsafe.Add(ref destination, index)),
            Vector128.Narrow(numbers.AsUInt16(), numbers.AsUInt16()).As<byte, TWord>().ToScalar());
}
