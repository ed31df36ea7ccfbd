using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ldn.Rasters;

/// <summary>
/// Sums up the source cells that fall into each cell of a window. Not thread-safe; buffers are reused from window to window.
/// </summary>
internal abstract class CellSummary
{
    /// <summary>Starts a window of so many cells.</summary>
    public abstract void Begin(int cells);

    /// <summary>
    /// Adds neighbouring source cells (stored type) to the cells targets[i] + first; a negative target takes none.
    /// <paramref name="position"/> is that of the first of them in
    /// the source's reading order.
    /// </summary>
    public abstract void Add(ReadOnlySpan<byte> source, ReadOnlySpan<int> targets, int first, long position);

    /// <summary>
    /// Writes the result of each cell that had a valid source cell and marks it in <paramref name="found"/>; says whether all
    /// had.
    /// </summary>
    public abstract bool End(Span<byte> cells, Span<byte> found);

    public static CellSummary Create(CellType type, Resampling method, double? declared, IReadOnlyList<double> noData)
    {
        List<double> all = [.. noData];
        if (declared is { } value)
            all.Add(value);
        return type switch
        {
            CellType.Byte => Of<byte>(),
            CellType.SByte => Of<sbyte>(),
            CellType.UInt16 => Of<ushort>(),
            CellType.Int16 => Of<short>(),
            CellType.UInt32 => Of<uint>(),
            CellType.Int32 => Of<int>(),
            CellType.UInt64 => Of<ulong>(),
            CellType.Int64 => Of<long>(),
            CellType.Float32 => Of<float>(),
            _ => Of<double>(),
        };

        CellSummary Of<T>()
            where T : unmanaged, INumber<T>, IMinMaxValue<T>
        {
            var validity = new Validity<T>(all);
            return method == Resampling.Average ? new MeanSummary<T>(validity)
                : Unsafe.SizeOf<T>() == 1 ? new ByteModeSummary<T>(validity) : new ModeSummary<T>(validity);
        }
    }
}

/// <summary>Tells data from no data: never NaN, never one of the given values as the type holds them.</summary>
internal sealed class Validity<T>
    where T : unmanaged, INumber<T>, IMinMaxValue<T>
{
    private readonly T[] _noData;

    public Validity(IEnumerable<double> noData) => _noData =
    [
        // A declared −3.4028234663852886e38 or 0.1 means the nearest float; 300 in a band of bytes means nothing.
        .. noData.Where(v => !double.IsNaN(v)).Select(v => (Value: v, Stored: T.CreateSaturating(v)))
            .Where(v => typeof(T) == typeof(float) || double.CreateSaturating(v.Stored) == v.Value).Select(v => v.Stored)
                .Distinct(),
    ];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsValid(T value)
    {
        foreach (T none in _noData)
            if (value == none)
                return false;
        return !T.IsNaN(value);
    }
}

/// <summary>
/// Means in double, summed in the absolute order of the source's blocks, so that no window changes a last digit.
/// </summary>
internal sealed class MeanSummary<T>(Validity<T> validity) : CellSummary
    where T : unmanaged, INumber<T>, IMinMaxValue<T>
{
    private double[] _sums = [];
    private int[] _counts = [];

    public override void Begin(int cells)
    {
        if (_sums.Length < cells)
            (_sums, _counts) = (new double[cells], new int[cells]);
        _sums.AsSpan(0, cells).Clear();
        _counts.AsSpan(0, cells).Clear();
    }

    public override void Add(ReadOnlySpan<byte> source, ReadOnlySpan<int> targets, int first, long position)
    {
        ReadOnlySpan<T> values = MemoryMarshal.Cast<byte, T>(source);
        for (int i = 0; i < targets.Length; i++)
            if (targets[i] >= 0 && validity.IsValid(values[i]))
            {
                _sums[first + targets[i]] += double.CreateTruncating(values[i]);
                _counts[first + targets[i]]++;
            }
    }

    public override bool End(Span<byte> cells, Span<byte> found)
    {
        Span<double> means = MemoryMarshal.Cast<byte, double>(cells);
        bool all = true;
        for (int i = 0; i < found.Length; i++)
        {
            bool any = _counts[i] > 0;
            found[i] = any ? (byte)1 : (byte)0;
            all &= any;
            if (any)
                means[i] = _sums[i] / _counts[i];
        }
        return all;
    }
}

/// <summary>
/// Modes of one-byte classes: planes of counts and of first positions for each class met in the window. Of classes as frequent
/// the one met first in reading order wins, whatever blocks were read in between.
/// </summary>
internal sealed class ByteModeSummary<T>(Validity<T> validity) : CellSummary
    where T : unmanaged, INumber<T>, IMinMaxValue<T>
{
    private readonly int[]?[] _planes = new int[256][];
    private readonly long[]?[] _firsts = new long[256][];
    private readonly bool[] _met = new bool[256];
    private readonly List<T> _classes = [];
    private int _cells;
    private int[] _best = [];
    private long[] _bestFirst = [];

    public override void Begin(int cells)
    {
        _cells = cells;
        _classes.Clear();
        Array.Clear(_met);
    }

    public override void Add(ReadOnlySpan<byte> source, ReadOnlySpan<int> targets, int first, long position)
    {
        ReadOnlySpan<T> values = MemoryMarshal.Cast<byte, T>(source);
        for (int i = 0; i < targets.Length; i++)
        {
            if (targets[i] < 0)
                continue;
            int code = source[i];
            if (!_met[code])
            {
                if (!validity.IsValid(values[i]))
                    continue;
                Meet(code, values[i]);
            }
            int cell = first + targets[i];
            _planes[code]![cell]++;
            long[] firsts = _firsts[code]!;
            firsts[cell] = Math.Min(firsts[cell], position + i);
        }
    }

    public override bool End(Span<byte> cells, Span<byte> found)
    {
        if (_best.Length < _cells)
            (_best, _bestFirst) = (new int[_cells], new long[_cells]);
        Span<int> best = _best.AsSpan(0, _cells);
        Span<long> bestFirst = _bestFirst.AsSpan(0, _cells);
        best.Clear();
        Span<T> modes = MemoryMarshal.Cast<byte, T>(cells);
        foreach (T value in _classes)
        {
            ReadOnlySpan<int> plane = _planes[byte.CreateTruncating(value)].AsSpan(0, _cells);
            ReadOnlySpan<long> firsts = _firsts[byte.CreateTruncating(value)].AsSpan(0, _cells);
            for (int i = 0; i < plane.Length; i++)
                if (plane[i] > best[i] || (plane[i] == best[i] && plane[i] > 0 && firsts[i] < bestFirst[i]))
                    (best[i], bestFirst[i], modes[i]) = (plane[i], firsts[i], value);
        }
        bool all = true;
        for (int i = 0; i < best.Length; i++)
        {
            found[i] = best[i] > 0 ? (byte)1 : (byte)0;
            all &= best[i] > 0;
        }
        return all;
    }

    private void Meet(int code, T value)
    {
        _met[code] = true;
        _classes.Add(value);
        int[]? plane = _planes[code];
        if (plane is null || plane.Length < _cells)
            (_planes[code], _firsts[code]) = (new int[_cells], new long[_cells]);
        else
            plane.AsSpan(0, _cells).Clear();
        _firsts[code].AsSpan(0, _cells).Fill(long.MaxValue);
    }
}

/// <summary>Modes of wider classes: counts of the pairs of cell and class that occur.</summary>
internal sealed class ModeSummary<T>(Validity<T> validity) : CellSummary
    where T : unmanaged, INumber<T>, IMinMaxValue<T>
{
    private readonly Dictionary<(int Cell, T Value), (int Count, long First)> _counts = [];
    private int[] _best = [];
    private long[] _bestFirst = [];

    public override void Begin(int cells)
    {
        _counts.Clear();
        if (_best.Length < cells)
            (_best, _bestFirst) = (new int[cells], new long[cells]);
    }

    public override void Add(ReadOnlySpan<byte> source, ReadOnlySpan<int> targets, int first, long position)
    {
        ReadOnlySpan<T> values = MemoryMarshal.Cast<byte, T>(source);
        for (int i = 0, end; i < targets.Length; i = end)
        {
            // Classes come in runs: one look-up a run.
            for (end = i + 1; end < targets.Length && targets[end] == targets[i] && values[end] == values[i];)
                end++;
            if (targets[i] >= 0 && validity.IsValid(values[i]))
            {
                ref (int Count, long First) met = ref CollectionsMarshal.GetValueRefOrAddDefault(
                    _counts, (first + targets[i], values[i]), out bool known);
                met = (met.Count + end - i, known ? Math.Min(met.First, position + i) : position + i);
            }
        }
    }

    public override bool End(Span<byte> cells, Span<byte> found)
    {
        Span<int> best = _best.AsSpan(0, found.Length);
        best.Clear();
        Span<T> modes = MemoryMarshal.Cast<byte, T>(cells);
        foreach (((int cell, T value), (int count, long first)) in _counts)
            if (count > best[cell] || (count == best[cell] && first < _bestFirst[cell]))
                (best[cell], _bestFirst[cell], modes[cell]) = (count, first, value);
        bool all = true;
        for (int i = 0; i < best.Length; i++)
        {
            found[i] = best[i] > 0 ? (byte)1 : (byte)0;
            all &= best[i] > 0;
        }
        return all;
    }
}
