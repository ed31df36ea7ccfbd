using System.Numerics;
using System.Runtime.InteropServices;
using Ldn.Pass;
using Ldn.Rasters;

namespace Ldn.Questions;

/// <summary>
/// Dense codes of the whole numbers a raster may hold, known from its cell type alone: 0 for no data, then the values in
/// ascending order. Nothing has to be read beforehand, and the codes are the same in every worker and shard. Types of more than
/// 16 bits take values of a range of 2²⁴. Immutable.
/// </summary>
internal sealed class WholeNumberCodes
{
    /// <summary>The code of a cell that holds no whole number, or one beyond the range.</summary>
    public const uint Invalid = uint.MaxValue;

    private const int WideValues = (1 << 24) - 1;
    private readonly CellType _type;
    private readonly uint[] _table;
    private readonly long[] _values;
    private readonly HashSet<double> _noData;

    /// <param name="type">Stored type of the raster.</param>
    /// <param name="noData">Stored values without data.</param>
    public WholeNumberCodes(CellType type, IEnumerable<double> noData)
    {
        _type = type;
        _noData = [.. noData];
        int size = type.Size() == 1 ? 256 : type.Size() == 2 ? 65536 : 0;
        Lowest = type.IsSigned() ? -(1 << (type.Size() == 1 ? 7 : type.Size() == 2 ? 15 : 23)) : 0;
        _table = new uint[size];
        var values = new List<long> { 0 };
        for (int i = 0; i < size; i++)
        {
            long value = Lowest + i;
            if (_noData.Contains(value))
                continue;
            _table[size == 256 ? (byte)value : (ushort)value] = (uint)values.Count;
            values.Add(value);
        }

        _values = [.. values];
        States = size == 0 ? WideValues + 1 : (ulong)_values.Length;
    }

    /// <summary>Number of codes, no data included.</summary>
    public ulong States { get; }

    /// <summary>Smallest value that has a code.</summary>
    public long Lowest { get; }

    /// <summary>Largest value that has a code.</summary>
    public long Highest => _table.Length > 0 ? Lowest + _table.Length - 1 : Lowest + WideValues - 1;

    /// <summary>The value of a code above 0.</summary>
    public long Value(ulong code) => _table.Length > 0 ? _values[(int)code] : Lowest + (long)code - 1;

    /// <summary>Codes of stored cells; returns whether any is <see cref="Invalid"/>.</summary>
    internal bool Encode(SliceCells slice, Span<uint> codes)
    {
        bool invalid = _type switch
        {
            CellType.Byte or CellType.SByte => Lookup(slice.Cells, codes),
            CellType.UInt16 or CellType.Int16 => Lookup(MemoryMarshal.Cast<byte, ushort>(slice.Cells), codes),
            CellType.UInt32 => Compute<uint>(slice.Cells, codes),
            CellType.Int32 => Compute<int>(slice.Cells, codes),
            CellType.UInt64 => Compute<ulong>(slice.Cells, codes),
            CellType.Int64 => Compute<long>(slice.Cells, codes),
            CellType.Float32 => Compute<float>(slice.Cells, codes),
            _ => Compute<double>(slice.Cells, codes),
        };
        for (int i = 0; i < slice.Outside.Length; i++)
            if (slice.Outside[i] != 0)
                codes[i] = 0;
        return invalid;
    }

    private bool Lookup<T>(ReadOnlySpan<T> cells, Span<uint> codes)
        where T : unmanaged, IBinaryInteger<T>
    {
        for (int i = 0; i < codes.Length; i++)
            codes[i] = _table[int.CreateTruncating(cells[i])];
        return false;
    }

    private bool Compute<T>(ReadOnlySpan<byte> bytes, Span<uint> codes)
        where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<T> cells = MemoryMarshal.Cast<byte, T>(bytes);
        bool any = false;
        T last = T.Zero;
        uint code = Code(0);
        for (int i = 0; i < codes.Length; i++)
        {
            // Land types come in patches: most cells hold what their neighbour holds.
            if (cells[i] != last)
            {
                last = cells[i];
                code = Code(double.CreateTruncating(last));
            }

            codes[i] = code;
            any |= code == Invalid;
        }

        return any;
    }

    private uint Code(double value) =>
        double.IsNaN(value) || _noData.Contains(value) ? 0
        : value == Math.Floor(value) && value >= Lowest && value <= Highest ? (uint)(value - Lowest) + 1
        : Invalid;
}
