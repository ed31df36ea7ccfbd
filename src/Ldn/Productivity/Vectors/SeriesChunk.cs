using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ldn.Productivity.Vectors;

/// <summary>
/// Scratch memory for about a hundred pixels, all in the nearest cache: what the stages of <see cref="ProductivityKernel"/> hand
/// to each other. Planes are year-major: year t of pixel p lies at t × <see cref="Stride"/> + p. Beyond the pixels in use planes
/// hold NaN up to a whole vector, so no stage has a tail.
/// </summary>
internal sealed class SeriesChunk
{
    /// <summary>Pixels a chunk holds: a multiple of every vector length.</summary>
    public const int Capacity = 128;

    /// <summary>
    /// Distance of two years. Not a power of two, or all years of a pixel would compete for the same few cache lines.
    /// </summary>
    public const int Stride = Capacity + 16;

    public SeriesChunk(int years, bool climate)
    {
        Years = years;
        Single = new AlignedBuffer<float>(years * Stride);
        Series = new AlignedBuffer<double>(years * Stride);
        Climate = new AlignedBuffer<double>(climate ? years * Stride : 0);
        Trend = climate ? new AlignedBuffer<double>(years * Stride) : Series;
    }

    public int Years { get; }

    /// <summary>Pixels in use.</summary>
    public int Pixels { get; set; }

    /// <summary>Whether no pixel misses a year of <see cref="Trend"/>.</summary>
    public bool Complete { get; set; }

    /// <summary>Stored values, single precision; filled only where the order of stored values is enough.</summary>
    public AlignedBuffer<float> Single { get; }

    /// <summary>
    /// Scale and offset from <see cref="Single"/> to <see cref="Series"/>, the same in all years; null where stored values are
    /// not kept.
    /// </summary>
    public (double Scale, double Offset)? Stored { get; init; }

    /// <summary>Physical values, NaN where missing.</summary>
    public AlignedBuffer<double> Series { get; }

    public AlignedBuffer<double> Climate { get; }

    /// <summary>
    /// The series of which the trend is taken; the same buffer as <see cref="Series"/> where that is the series itself.
    /// </summary>
    public AlignedBuffer<double> Trend { get; }

    /// <summary>Whether no pixel misses a year of <see cref="Series"/>.</summary>
    public bool SeriesComplete { get; set; }

    /// <summary>
    /// Valid years of <see cref="Trend"/>; like the next two, whole numbers that single precision holds exactly.
    /// </summary>
    public AlignedBuffer<float> Valid { get; } = new(Capacity);

    /// <summary>Rising pairs minus falling ones.</summary>
    public AlignedBuffer<float> S { get; } = new(Capacity);

    public AlignedBuffer<float> TieTerm { get; } = new(Capacity);

    /// <summary>Conditions 0…3 of the trend.</summary>
    public AlignedBuffer<byte> TrendCondition { get; } = new(Capacity);

    /// <summary>Conditions 0…3 of the state.</summary>
    public AlignedBuffer<byte> StateCondition { get; } = new(Capacity);

    public AlignedBuffer<double> Slope { get; } = new(Capacity);

    /// <summary>State: classes of change, or z. FAO-WOCAT: classes of change. NaN where there is no data.</summary>
    public AlignedBuffer<double> Change { get; } = new(Capacity);

    /// <summary>
    /// Mean over the window, NaN where there is no data. FAO-WOCAT: mean of the first years less rounding noise.
    /// </summary>
    public AlignedBuffer<double> Mean { get; } = new(Capacity);

    /// <summary>FAO-WOCAT: MTID less rounding noise.</summary>
    public AlignedBuffer<double> Mtid { get; } = new(Capacity);
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
