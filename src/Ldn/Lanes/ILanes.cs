using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ldn.Lanes;

/// <summary>
/// A vector of <typeparamref name="T"/> (float or double), one pixel a lane: the few operations the kernels of this folder are
/// written in, once for every vector width. A mask is a vector whose lanes have all bits set or none. Every operation rounds as
/// the scalar one does, so a kernel gives the bits of its law.
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

    /// <summary>Loads single-precision values and widens them; only where T is double.</summary>
    static abstract TSelf LoadSingles(ref float source, int index);

    static abstract void Store(TSelf value, ref T destination, int index);

    static abstract TSelf operator +(TSelf left, TSelf right);

    static abstract TSelf operator -(TSelf left, TSelf right);

    static abstract TSelf operator *(TSelf left, TSelf right);

    static abstract TSelf operator /(TSelf left, TSelf right);

    static abstract TSelf operator &(TSelf left, TSelf right);

    static abstract TSelf operator |(TSelf left, TSelf right);

    /// <summary>The smaller; which of two zeros is left open, and neither may be NaN.</summary>
    static abstract TSelf Min(TSelf left, TSelf right);

    static abstract TSelf Max(TSelf left, TSelf right);

    static abstract TSelf Abs(TSelf value);

    static abstract TSelf Sqrt(TSelf value);

    /// <summary>Mask; false where either is NaN.</summary>
    static abstract TSelf Less(TSelf left, TSelf right);

    static abstract TSelf LessOrEqual(TSelf left, TSelf right);

    static abstract TSelf Equal(TSelf left, TSelf right);

    static abstract TSelf Select(TSelf mask, TSelf yes, TSelf no);

    static abstract bool Any(TSelf mask);

    static abstract bool All(TSelf mask);

    /// <summary>
    /// Adds 1 to the whole-number counters of the lanes where left is less. Counters start as <see cref="Zero"/>.
    /// </summary>
    static abstract TSelf CountLess(TSelf counters, TSelf left, TSelf right);

    /// <summary>Adds 1 to the counters of the lanes where both are equal.</summary>
    static abstract TSelf CountEqual(TSelf counters, TSelf left, TSelf right);

    /// <summary>Counters as values, exact up to 2²⁴.</summary>
    static abstract TSelf Values(TSelf counters);

    /// <summary>Stores values rounded to single precision.</summary>
    static abstract void StoreSingles(TSelf values, ref float destination, int index);
}

/// <summary>A zeroed array that starts at a cache line, so that no aligned vector straddles two.</summary>
internal sealed class AlignedBuffer<T>
    where T : unmanaged
{
    private const int CacheLine = 64;

    private readonly T[] _array;
    private readonly int _start;
    private readonly int _length;

    public AlignedBuffer(int length)
    {
        int size = Unsafe.SizeOf<T>();
        _length = length;
        _array = GC.AllocateArray<T>(length + (CacheLine / size), pinned: true);
        nint address = Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0);
        _start = (int)((CacheLine - (address % CacheLine)) % CacheLine) / size;
    }

    public Span<T> Span => _array.AsSpan(_start, _length);

    public ref T First => ref _array[_start];
}
