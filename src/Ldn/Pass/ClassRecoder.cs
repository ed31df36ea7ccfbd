using System.Numerics;
using System.Runtime.InteropServices;
using Ldn.Lanes;
using Ldn.Rasters;

namespace Ldn.Pass;

/// <summary>
/// Turns stored cells of a categorical raster into byte codes by table. A value that is neither mapped nor no data becomes code 0
/// and is reported: whether that is an error depends on whether it lies inside a zone (method §2). NaN is no data. Immutable,
/// shared by workers.
/// </summary>
internal sealed class ClassRecoder
{
    private readonly CellType _type;
    private readonly Dictionary<double, byte> _codes;
    private readonly byte[] _table;
    private readonly byte[] _unmapped;

    /// <param name="type">Stored type of the raster.</param>
    /// <param name="codes">Code of each known value; no data values map to 0.</param>
    public ClassRecoder(CellType type, IReadOnlyDictionary<double, byte> codes)
    {
        _type = type;
        _codes = new Dictionary<double, byte>(codes);
        int size = type.Size() == 1 ? 256 : type.Size() == 2 ? 65536 : 0;
        _table = new byte[size];
        _unmapped = new byte[size];
        for (int bits = 0; bits < size; bits++)
        {
            double value = type switch
            {
                CellType.SByte => (sbyte)bits,
                CellType.Int16 => (short)bits,
                _ => bits,
            };
            _unmapped[bits] = _codes.TryGetValue(value, out _table[bits]) ? (byte)0 : (byte)1;
        }
    }

    /// <summary>
    /// codes[i] for each cell; cells flagged in <paramref name="outside"/> (empty when there are none) get 0.
    /// Returns whether any cell that is not outside has an unmapped value.
    /// </summary>
    public bool Recode(ReadOnlySpan<byte> cells, ReadOnlySpan<byte> outside, Span<byte> codes)
    {
        bool unmapped = _type switch
        {
            CellType.Byte or CellType.SByte => ByteTable.Lookup(cells, _table, _unmapped, codes),
            CellType.UInt16 or CellType.Int16 => Table(MemoryMarshal.Cast<byte, ushort>(cells), codes),
            CellType.UInt32 => Search<uint>(cells, codes),
            CellType.Int32 => Search<int>(cells, codes),
            CellType.UInt64 => Search<ulong>(cells, codes),
            CellType.Int64 => Search<long>(cells, codes),
            CellType.Float32 => Search<float>(cells, codes),
            _ => Search<double>(cells, codes),
        };
        if (outside.IsEmpty)
            return unmapped;
        unmapped = false;
        for (int i = 0; i < codes.Length; i++)
        {
            if (outside[i] != 0)
                codes[i] = 0;
            else
                unmapped |= IsUnmapped(Cells.Value(cells, _type, i));
        }

        return unmapped;
    }

    /// <summary>Whether a stored value is neither mapped nor no data.</summary>
    public bool IsUnmapped(double value) => !double.IsNaN(value) && !_codes.ContainsKey(value);

    private bool Table(ReadOnlySpan<ushort> cells, Span<byte> codes)
    {
        int any = 0;
        for (int i = 0; i < codes.Length; i++)
        {
            codes[i] = _table[cells[i]];
            any |= _unmapped[cells[i]];
        }

        return any != 0;
    }

    private bool Search<T>(ReadOnlySpan<byte> bytes, Span<byte> codes)
        where T : unmanaged, INumber<T>
    {
        ReadOnlySpan<T> cells = MemoryMarshal.Cast<byte, T>(bytes);
        bool any = false;
        T last = T.Zero;
        bool lastUnmapped = !_codes.TryGetValue(0, out byte lastCode);
        for (int i = 0; i < codes.Length; i++)
        {
            if (cells[i] != last)
            {
                last = cells[i];
                lastCode = 0;
                lastUnmapped = !T.IsNaN(last) && !_codes.TryGetValue(double.CreateChecked(last), out lastCode);
            }

            codes[i] = lastCode;
            any |= lastUnmapped;
        }

        return any;
    }
}
