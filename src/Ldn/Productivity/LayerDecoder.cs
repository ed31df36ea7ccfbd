using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Ldn.Rasters;

namespace Ldn.Productivity;

/// <summary>
/// Turns stored cells of one layer into physical values, missing ones into NaN (see <see cref="LayerEncoding"/>). Cells that fit
/// single precision are first widened to it, which is exact; those planes are kept, because order can be compared in them twice
/// as fast.
/// </summary>
internal sealed class LayerDecoder
{
    private readonly LayerEncoding _encoding;
    private readonly double[] _noData;
    private readonly float[] _singleNoData;
    private readonly int _size;

    public LayerDecoder(LayerEncoding encoding)
    {
        _encoding = encoding;
        _size = encoding.Type.Size();
        _noData = [.. encoding.NoData.Where(v => FitsType(v, encoding.Type))];
        _singleNoData = [.. _noData.Select(v => (float)v).Where(float.IsFinite)];
    }

    public bool FitsSingle => _encoding.FitsSingle;

    /// <summary>No-data values as the cells of a type that fits single precision can hold them.</summary>
    public ReadOnlySpan<float> SingleNoData => _singleNoData;

    public double Scale => _encoding.Scale;

    public double Offset => _encoding.Offset;

    /// <summary>The stored cells themselves where they are of single precision, else none.</summary>
    public ReadOnlySpan<float> AsSingle(ReadOnlySpan<byte> stored, int first, int count) =>
        _encoding.Type == CellType.Float32 ? MemoryMarshal.Cast<byte, float>(stored).Slice(first, count) : default;

    /// <summary>
    /// Widens stored cells to single precision, no-data values still among them. Only where <see cref="FitsSingle"/>.
    /// </summary>
    public void WidenToSingle(ReadOnlySpan<byte> stored, int first, Span<float> cells)
    {
        stored = stored.Slice(first * _size, cells.Length * _size);
        switch (_encoding.Type)
        {
            case CellType.Byte:
                Widen(stored, cells);
                break;
            case CellType.SByte:
                Widen(MemoryMarshal.Cast<byte, sbyte>(stored), cells);
                break;
            case CellType.Int16:
                Widen(MemoryMarshal.Cast<byte, short>(stored), cells);
                break;
            case CellType.UInt16:
                Widen(MemoryMarshal.Cast<byte, ushort>(stored), cells);
                break;
            case CellType.Float32:
                MemoryMarshal.Cast<byte, float>(stored).CopyTo(cells);
                break;
            default:
                throw new InvalidOperationException($"{_encoding.Type} does not fit single precision");
        }
    }

    /// <summary>
    /// Decodes cells of any type to physical values, NaN where missing: the law, and the way of the types that do not fit single
    /// precision.
    /// </summary>
    public void Decode(ReadOnlySpan<byte> stored, int first, Span<double> physical)
    {
        stored = stored.Slice(first * _size, physical.Length * _size);
        switch (_encoding.Type)
        {
            case CellType.Byte:
                Decode(stored, physical);
                break;
            case CellType.SByte:
                Decode(MemoryMarshal.Cast<byte, sbyte>(stored), physical);
                break;
            case CellType.UInt16:
                Decode(MemoryMarshal.Cast<byte, ushort>(stored), physical);
                break;
            case CellType.Int16:
                Decode(MemoryMarshal.Cast<byte, short>(stored), physical);
                break;
            case CellType.UInt32:
                Decode(MemoryMarshal.Cast<byte, uint>(stored), physical);
                break;
            case CellType.Int32:
                Decode(MemoryMarshal.Cast<byte, int>(stored), physical);
                break;
            case CellType.UInt64:
                Decode(MemoryMarshal.Cast<byte, ulong>(stored), physical);
                break;
            case CellType.Int64:
                Decode(MemoryMarshal.Cast<byte, long>(stored), physical);
                break;
            case CellType.Float32:
                Decode(MemoryMarshal.Cast<byte, float>(stored), physical);
                break;
            default:
                Decode(MemoryMarshal.Cast<byte, double>(stored), physical);
                break;
        }
    }

    private void Decode<T>(ReadOnlySpan<T> stored, Span<double> physical)
        where T : unmanaged, INumber<T>
    {
        Span<T> noData = stackalloc T[_noData.Length];
        for (int i = 0; i < noData.Length; i++)
            noData[i] = T.CreateSaturating(_noData[i]);
        for (int i = 0; i < stored.Length; i++)
        {
            double value = (double.CreateTruncating(stored[i]) * _encoding.Scale) + _encoding.Offset;
            physical[i] = noData.Contains(stored[i]) || !double.IsFinite(value) ? double.NaN : value;
        }
    }

    /// <summary>Whether a no-data value can occur among integer cells of a type; any can among floating ones.</summary>
    internal static bool FitsType(double value, CellType type) => type.IsFloatingPoint() || (Math.Floor(value) == value && type switch
    {
        CellType.Byte => value is >= byte.MinValue and <= byte.MaxValue,
        CellType.SByte => value is >= sbyte.MinValue and <= sbyte.MaxValue,
        CellType.UInt16 => value is >= ushort.MinValue and <= ushort.MaxValue,
        CellType.Int16 => value is >= short.MinValue and <= short.MaxValue,
        CellType.UInt32 => value is >= uint.MinValue and <= uint.MaxValue,
        CellType.Int32 => value is >= int.MinValue and <= int.MaxValue,
        CellType.UInt64 => value is >= 0 and <= 18446744073709551616.0,
        _ => value is >= -9223372036854775808.0 and <= 9223372036854775808.0,
    });

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Widen(ReadOnlySpan<byte> stored, Span<float> cells)
    {
        int i = 0;
        for (; Vector128.IsHardwareAccelerated && i <= stored.Length - Vector128<byte>.Count; i += Vector128<byte>.Count)
        {
            (Vector128<ushort> low, Vector128<ushort> high) = Vector128.Widen(Vector128.Create(stored[i..]));
            Widen(low, cells[i..]);
            Widen(high, cells[(i + 8)..]);
        }

        for (; i < stored.Length; i++)
            cells[i] = stored[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Widen(ReadOnlySpan<sbyte> stored, Span<float> cells)
    {
        for (int i = 0; i < stored.Length; i++)
            cells[i] = stored[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Widen(ReadOnlySpan<short> stored, Span<float> cells)
    {
        int i = 0;
        for (; Vector128.IsHardwareAccelerated && i <= stored.Length - Vector128<short>.Count; i += Vector128<short>.Count)
        {
            (Vector128<int> low, Vector128<int> high) = Vector128.Widen(Vector128.Create(stored[i..]));
            Vector128.ConvertToSingle(low).CopyTo(cells[i..]);
            Vector128.ConvertToSingle(high).CopyTo(cells[(i + 4)..]);
        }

        for (; i < stored.Length; i++)
            cells[i] = stored[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Widen(ReadOnlySpan<ushort> stored, Span<float> cells)
    {
        int i = 0;
        for (; Vector128.IsHardwareAccelerated && i <= stored.Length - Vector128<ushort>.Count; i += Vector128<ushort>.Count)
        {
            Widen(Vector128.Create(stored[i..]), cells[i..]);
        }

        for (; i < stored.Length; i++)
            cells[i] = stored[i];
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Widen(Vector128<ushort> stored, Span<float> cells)
    {
        (Vector128<uint> low, Vector128<uint> high) = Vector128.Widen(stored);
        Vector128.ConvertToSingle(low.AsInt32()).CopyTo(cells);
        Vector128.ConvertToSingle(high.AsInt32()).CopyTo(cells[4..]);
    }
}
