using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Ldn.Lanes;

/// <summary>512 bits of lanes.</summary>
internal readonly struct Lanes512<T>(Vector512<T> value) : ILanes<Lanes512<T>, T>
    where T : unmanaged
{
    private readonly Vector512<T> _value = value;

    public static int Count
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Vector512<T>.Count;
    }

    public static Lanes512<T> Zero
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => new(Vector512<T>.Zero);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Broadcast(T value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Load(ref T source, int index) => new(Vector512.LoadUnsafe(ref source, (nuint)index));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes512<T> value, ref T destination, int index) =>
        Vector512.StoreUnsafe(value._value, ref destination, (nuint)index);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LoadWidened<TNarrow>(ref TNarrow source, int index)
        where TNarrow : unmanaged
    {
        if (typeof(TNarrow) == typeof(T))
            return Load(ref Unsafe.As<TNarrow, T>(ref source), index);
        if (typeof(T) == typeof(double))
            return new(Vector512.WidenLower(Half<TNarrow, float>(ref source, index)).As<double, T>());
        if (typeof(T) == typeof(long))
            return new(Vector512.WidenLower(Half<TNarrow, int>(ref source, index)).As<long, T>());
        Vector512<int> whole = Whole(ref source, index);
        return typeof(T) == typeof(int) ? new(whole.As<int, T>()) : new(Vector512.ConvertToSingle(whole).As<float, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreNarrowed<TNarrow>(Lanes512<T> value, ref TNarrow destination, int index)
        where TNarrow : unmanaged
    {
        if (typeof(TNarrow) == typeof(T))
        {
            Store(value, ref Unsafe.As<TNarrow, T>(ref destination), index);
            return;
        }

        if (typeof(T) == typeof(int))
        {
            Avx512F.ConvertToVector128Byte(value._value.AsInt32()).StoreUnsafe(
                ref Unsafe.As<TNarrow, byte>(ref destination), (nuint)index);
            return;
        }

        Vector512<double> wide = value._value.AsDouble();
        Vector256<float> single = Vector512.Narrow(wide, wide).GetLower();
        if (typeof(TNarrow) == typeof(float))
        {
            single.StoreUnsafe(ref Unsafe.As<TNarrow, float>(ref destination), (nuint)index);
            return;
        }

        Vector256<int> eight = Vector256.ConvertToInt32Native(single);
        Vector128<short> numbers = Vector128.Narrow(eight.GetLower(), eight.GetUpper());
        Unsafe.WriteUnaligned(
            ref Unsafe.As<TNarrow, byte>(ref Unsafe.Add(ref destination, index)),
            Vector128.Narrow(numbers.AsUInt16(), numbers.AsUInt16()).AsUInt64().ToScalar());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator +(Lanes512<T> left, Lanes512<T> right) => new(left._value + right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator -(Lanes512<T> left, Lanes512<T> right) => new(left._value - right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator *(Lanes512<T> left, Lanes512<T> right) => new(left._value * right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator /(Lanes512<T> left, Lanes512<T> right) => new(left._value / right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator &(Lanes512<T> left, Lanes512<T> right) => new(left._value & right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator |(Lanes512<T> left, Lanes512<T> right) => new(left._value | right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> operator ^(Lanes512<T> left, Lanes512<T> right) => new(left._value ^ right._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Min(Lanes512<T> left, Lanes512<T> right) => new(Vector512.MinNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Max(Lanes512<T> left, Lanes512<T> right) => new(Vector512.MaxNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Abs(Lanes512<T> value) => new(Vector512.Abs(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Sqrt(Lanes512<T> value) => new(Vector512.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum(Lanes512<T> value) => Vector512.Sum(value._value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Less(Lanes512<T> left, Lanes512<T> right) => new(Vector512.LessThan(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LessOrEqual(Lanes512<T> left, Lanes512<T> right) =>
        new(Vector512.LessThanOrEqual(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Equal(Lanes512<T> left, Lanes512<T> right) => new(Vector512.Equals(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Select(Lanes512<T> mask, Lanes512<T> yes, Lanes512<T> no) =>
        new(Vector512.ConditionalSelect(mask._value, yes._value, no._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Lanes512<T> mask) => mask._value.AsInt64() != Vector512<long>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool All(Lanes512<T> mask) => mask._value.AsInt64() == Vector512<long>.AllBitsSet;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Bits(Lanes512<T> mask) => mask._value.ExtractMostSignificantBits();

    // A masked addition, one step where there are mask registers; written in one expression, or it becomes three.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> CountLess(Lanes512<T> counters, Lanes512<T> left, Lanes512<T> right)
    {
        if (Unsafe.SizeOf<T>() == sizeof(int))
        {
            Vector512<int> count = counters._value.AsInt32();
            return new(Vector512.ConditionalSelect(
                Vector512.LessThan(left._value, right._value).AsInt32(), count + Vector512<int>.One, count).As<int, T>());
        }

        Vector512<long> wide = counters._value.AsInt64();
        return new(Vector512.ConditionalSelect(
            Vector512.LessThan(left._value, right._value).AsInt64(), wide + Vector512<long>.One, wide).As<long, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> CountEqual(Lanes512<T> counters, Lanes512<T> left, Lanes512<T> right)
    {
        if (Unsafe.SizeOf<T>() == sizeof(int))
        {
            Vector512<int> count = counters._value.AsInt32();
            return new(Vector512.ConditionalSelect(
                Vector512.Equals(left._value, right._value).AsInt32(), count + Vector512<int>.One, count).As<int, T>());
        }

        Vector512<long> wide = counters._value.AsInt64();
        return new(Vector512.ConditionalSelect(
            Vector512.Equals(left._value, right._value).AsInt64(), wide + Vector512<long>.One, wide).As<long, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Values(Lanes512<T> counters) =>
        typeof(T) == typeof(float) ? new(Vector512.ConvertToSingle(counters._value.AsInt32()).As<float, T>())
        : typeof(T) == typeof(double) ? new(Vector512.ConvertToDouble(counters._value.AsInt64()).As<double, T>())
        : counters;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Table(ReadOnlySpan<byte> sixteen)
    {
        Vector128<byte> quarter = Vector128.Create(sixteen);
        Vector256<byte> half = Vector256.Create(quarter, quarter);
        return new(Vector512.Create(half, half).As<byte, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Lookup(Lanes512<T> table, Lanes512<T> index) =>
        new(Avx512BW.Shuffle(table._value.AsByte(), index._value.AsByte()).As<byte, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> ShiftRight(Lanes512<T> value, int bits) =>
        new(((value._value.AsUInt16() >>> bits).AsByte() & Vector512.Create((byte)(byte.MaxValue >> bits))).As<byte, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Lanes512<T> Even, Lanes512<T> Odd) Unzip(Lanes512<T> first, Lanes512<T> second)
    {
        Vector512<ushort> a = first._value.AsUInt16(), b = second._value.AsUInt16();
        return (new(Vector512.Narrow(a, b).As<byte, T>()), new(Vector512.Narrow(a >>> 8, b >>> 8).As<byte, T>()));
    }

    /// <summary>Half as many bytes as a vector has, as its lower half.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<TAs> Half<TNarrow, TAs>(ref TNarrow source, int index)
        where TNarrow : unmanaged
        where TAs : unmanaged =>
        Vector256.LoadUnsafe(ref Unsafe.As<TNarrow, TAs>(ref source), (nuint)index).ToVector512Unsafe();

    /// <summary>Sixteen whole numbers of 8 or 16 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> Whole<TNarrow>(ref TNarrow source, int index)
        where TNarrow : unmanaged
    {
        if (typeof(TNarrow) == typeof(short))
            return Vector512.WidenLower(Half<TNarrow, short>(ref source, index));
        if (typeof(TNarrow) == typeof(ushort))
            return Vector512.WidenLower(Half<TNarrow, ushort>(ref source, index)).AsInt32();
        Vector128<byte> bytes = Vector128.LoadUnsafe(ref Unsafe.As<TNarrow, byte>(ref source), (nuint)index);
        return typeof(TNarrow) == typeof(sbyte)
            ? Avx512F.ConvertToVector512Int32(bytes.AsSByte())
            : Avx512F.ConvertToVector512Int32(bytes);
    }
}
