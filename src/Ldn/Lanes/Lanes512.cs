using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
    public static Lanes512<T> LoadSingles(ref float source, int index) =>
        new(Vector512.WidenLower(Vector256.LoadUnsafe(ref source, (nuint)index).ToVector512Unsafe()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Lanes512<T> value, ref T destination, int index) =>
        Vector512.StoreUnsafe(value._value, ref destination, (nuint)index);

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
    public static Lanes512<T> Min(Lanes512<T> left, Lanes512<T> right) => new(Vector512.MinNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Max(Lanes512<T> left, Lanes512<T> right) => new(Vector512.MaxNative(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Abs(Lanes512<T> value) => new(Vector512.Abs(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Sqrt(Lanes512<T> value) => new(Vector512.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Less(Lanes512<T> left, Lanes512<T> right) => new(Vector512.LessThan(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> LessOrEqual(Lanes512<T> left, Lanes512<T> right) => new(Vector512.LessThanOrEqual(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Equal(Lanes512<T> left, Lanes512<T> right) => new(Vector512.Equals(left._value, right._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Select(Lanes512<T> mask, Lanes512<T> yes, Lanes512<T> no) =>
        new(Vector512.ConditionalSelect(mask._value, yes._value, no._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Any(Lanes512<T> mask) => mask._value.AsInt64() != Vector512<long>.Zero;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool All(Lanes512<T> mask) => mask._value.AsInt64() == Vector512<long>.AllBitsSet;

    // A masked addition, one step where there are mask registers; written in one expression, or it becomes three.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> CountLess(Lanes512<T> counters, Lanes512<T> left, Lanes512<T> right)
    {
        if (typeof(T) == typeof(float))
        {
            Vector512<int> count = counters._value.AsInt32();
            Vector512<float> a = left._value.As<T, float>(), b = right._value.As<T, float>();
            return new(Vector512.ConditionalSelect(Vector512.LessThan(a, b).AsInt32(), count + Vector512<int>.One, count).As<int, T>());
        }

        Vector512<long> wide = counters._value.AsInt64();
        Vector512<double> c = left._value.As<T, double>(), d = right._value.As<T, double>();
        return new(Vector512.ConditionalSelect(Vector512.LessThan(c, d).AsInt64(), wide + Vector512<long>.One, wide).As<long, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> CountEqual(Lanes512<T> counters, Lanes512<T> left, Lanes512<T> right)
    {
        if (typeof(T) == typeof(float))
        {
            Vector512<int> count = counters._value.AsInt32();
            Vector512<float> a = left._value.As<T, float>(), b = right._value.As<T, float>();
            return new(Vector512.ConditionalSelect(Vector512.Equals(a, b).AsInt32(), count + Vector512<int>.One, count).As<int, T>());
        }

        Vector512<long> wide = counters._value.AsInt64();
        Vector512<double> c = left._value.As<T, double>(), d = right._value.As<T, double>();
        return new(Vector512.ConditionalSelect(Vector512.Equals(c, d).AsInt64(), wide + Vector512<long>.One, wide).As<long, T>());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes512<T> Values(Lanes512<T> counters) => typeof(T) == typeof(float)
        ? new(Vector512.ConvertToSingle(counters._value.AsInt32()).As<float, T>())
        : new(Vector512.ConvertToDouble(counters._value.AsInt64()).As<double, T>());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreSingles(Lanes512<T> values, ref float destination, int index)
    {
        if (typeof(T) == typeof(float))
        {
            Vector512.StoreUnsafe(values._value.As<T, float>(), ref destination, (nuint)index);
            return;
        }

        Vector512<double> wide = values._value.As<T, double>();
        Vector512.Narrow(wide, wide).GetLower().StoreUnsafe(ref destination, (nuint)index);
    }
}
