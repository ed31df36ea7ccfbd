using System.Numerics;
using System.Runtime.InteropServices;
using Ldn.Rasters;

namespace Ldn.Productivity;

/// <summary>
/// How the layer of one year is stored. Physical value = stored × scale + offset, in double precision. Missing are: not-a-number,
/// infinities, and the no-data values, which are compared in the stored type (a tag of −3.4e38 is that of a single-precision cell
/// even though the two differ as doubles).
/// </summary>
/// <param name="Type">Type of the cells.</param>
/// <param name="Scale">Not 0.</param>
/// <param name="Offset">Finite.</param>
/// <param name="NoData">Stored values that are no data: the file's tag and those the user declares.</param>
internal sealed record LayerEncoding(CellType Type, double Scale, double Offset, IReadOnlyList<double> NoData)
{
    // Keeps every product of a single-precision cell finite and normal, so that order and ties are those of the stored values.
    private const double LargestFactor = 1e100;

    /// <summary>Whether every cell is exactly a single-precision number.</summary>
    internal bool FitsSingle => Type is CellType.Byte or CellType.SByte or CellType.UInt16 or CellType.Int16 or CellType.Float32;

    /// <exception cref="LdnException">Exit 2: scale 0, not finite or beyond 1e±100; offset not finite or beyond
    /// 1e100.</exception>
    public void Validate(string what)
    {
        if (!(Math.Abs(Scale) is >= 1 / LargestFactor and <= LargestFactor))
            throw Fault.Series.Error($"{what}: scale {Scale} cannot be used", "give --scale as a number other than 0");
        if (!(Math.Abs(Offset) <= LargestFactor))
            throw Fault.Series.Error($"{what}: offset {Offset} cannot be used", "give --offset as a finite number");
    }

    /// <summary>
    /// Bytes of a stored cell that is missing, or null where the type is of integers and no no-data value is among them.
    /// </summary>
    internal byte[]? Missing()
    {
        double[] fills = [.. NoData.Where(v => LayerDecoder.FitsType(v, Type))];
        return Type switch
        {
            CellType.Float32 => BitConverter.GetBytes(float.NaN),
            CellType.Float64 => BitConverter.GetBytes(double.NaN),
            _ when fills.Length == 0 => null,
            CellType.Byte => [(byte)fills[0]],
            CellType.SByte => [(byte)(sbyte)fills[0]],
            CellType.UInt16 => BitConverter.GetBytes((ushort)fills[0]),
            CellType.Int16 => BitConverter.GetBytes((short)fills[0]),
            CellType.UInt32 => BitConverter.GetBytes((uint)fills[0]),
            CellType.Int32 => BitConverter.GetBytes((int)fills[0]),
            CellType.UInt64 => BitConverter.GetBytes(ulong.CreateSaturating(fills[0])),
            _ => BitConverter.GetBytes(long.CreateSaturating(fills[0])),
        };
    }

    /// <summary>
    /// Whether the stored values of all layers compare as the physical ones do, ties included. A positive scale keeps order and
    /// distance; an offset could round small differences away, unless the cells are integers and it is not huge.
    /// </summary>
    internal static bool StoredOrderIsPhysical(IReadOnlyList<LayerEncoding> layers)
    {
        LayerEncoding first = layers[0];
        return layers.All(l => l.FitsSingle && l.Scale == first.Scale && l.Offset == first.Offset && l.Scale > 0
            && (l.Offset == 0 || (l.Type != CellType.Float32 && Math.Abs(l.Offset) <= l.Scale * (1 << 30))));
    }
}

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

    /// <summary>Type of the stored cells.</summary>
    public CellType Type => _encoding.Type;

    public bool FitsSingle => _encoding.FitsSingle;

    /// <summary>No-data values as the cells of a type that fits single precision can hold them.</summary>
    public ReadOnlySpan<float> SingleNoData => _singleNoData;

    public double Scale => _encoding.Scale;

    public double Offset => _encoding.Offset;

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
    internal static bool FitsType(double value, CellType type) =>
        type.IsFloatingPoint() || (Math.Floor(value) == value && type switch
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
}
