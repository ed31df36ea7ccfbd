using System.Numerics;
using System.Runtime.InteropServices;
using Ldn.Rasters;

namespace Ldn.Pass;

/// <summary>Reading stored cells as numbers.</summary>
internal static class Cells
{
    /// <summary>One stored cell as double (64-bit integers beyond 2⁵³ are rounded).</summary>
    public static double Value(ReadOnlySpan<byte> cells, CellType type, int index) => type switch
    {
        CellType.Byte => cells[index],
        CellType.SByte => (sbyte)cells[index],
        CellType.UInt16 => MemoryMarshal.Cast<byte, ushort>(cells)[index],
        CellType.Int16 => MemoryMarshal.Cast<byte, short>(cells)[index],
        CellType.UInt32 => MemoryMarshal.Cast<byte, uint>(cells)[index],
        CellType.Int32 => MemoryMarshal.Cast<byte, int>(cells)[index],
        CellType.UInt64 => MemoryMarshal.Cast<byte, ulong>(cells)[index],
        CellType.Int64 => MemoryMarshal.Cast<byte, long>(cells)[index],
        CellType.Float32 => MemoryMarshal.Cast<byte, float>(cells)[index],
        _ => MemoryMarshal.Cast<byte, double>(cells)[index],
    };

    /// <summary>
    /// A value as the type holds it: single precision has its own −3.4e38 and 0.1, which a declared fill means.
    /// </summary>
    public static double AsStored(this CellType type, double value) => type == CellType.Float32 ? (float)value : value;

    /// <summary>
    /// Physical values of a span of cells: NaN for no data (any value of <paramref name="noData"/>, NaN, or a cell flagged
    /// <paramref name="outside"/>), stored × scale + offset otherwise.
    /// </summary>
    public static void ToPhysical<TValue>(
        ReadOnlySpan<byte> cells, CellType type, ReadOnlySpan<double> noData, double scale, double offset,
        ReadOnlySpan<byte> outside,
        Span<TValue> values)
        where TValue : unmanaged, IBinaryFloatingPointIeee754<TValue>
    {
        switch (type)
        {
            case CellType.Byte: Convert<byte, TValue>(cells, noData, values); break;
            case CellType.SByte: Convert<sbyte, TValue>(cells, noData, values); break;
            case CellType.UInt16: Convert<ushort, TValue>(cells, noData, values); break;
            case CellType.Int16: Convert<short, TValue>(cells, noData, values); break;
            case CellType.UInt32: Convert<uint, TValue>(cells, noData, values); break;
            case CellType.Int32: Convert<int, TValue>(cells, noData, values); break;
            case CellType.UInt64: Convert<ulong, TValue>(cells, noData, values); break;
            case CellType.Int64: Convert<long, TValue>(cells, noData, values); break;
            case CellType.Float32: Convert<float, TValue>(cells, noData, values); break;
            default: Convert<double, TValue>(cells, noData, values); break;
        }

        if (scale != 1 || offset != 0)
        {
            TValue s = TValue.CreateChecked(scale), o = TValue.CreateChecked(offset);
            for (int i = 0; i < values.Length; i++)
                values[i] = (values[i] * s) + o;
        }

        for (int i = 0; i < outside.Length; i++)
            if (outside[i] != 0)
                values[i] = TValue.NaN;
    }

    private static void Convert<TCell, TValue>(ReadOnlySpan<byte> bytes, ReadOnlySpan<double> noData, Span<TValue> values)
        where TCell : unmanaged, INumber<TCell>
        where TValue : unmanaged, IBinaryFloatingPointIeee754<TValue>
    {
        ReadOnlySpan<TCell> cells = MemoryMarshal.Cast<byte, TCell>(bytes)[..values.Length];
        for (int i = 0; i < values.Length; i++)
            values[i] = TValue.CreateTruncating(cells[i]);

        // In the stored type, so that a fill such as −3.4e38 in single precision is met exactly.
        foreach (double fill in noData)
        {
            if (double.IsNaN(fill))
                continue;
            TCell stored = TCell.CreateSaturating(fill);
            if (default(TCell) is not (float or double) && double.CreateChecked(stored) != fill)
                continue;
            for (int i = 0; i < values.Length; i++)
                if (cells[i] == stored)
                    values[i] = TValue.NaN;
        }
    }
}
