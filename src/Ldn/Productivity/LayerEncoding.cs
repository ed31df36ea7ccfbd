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
public sealed record LayerEncoding(CellType Type, double Scale, double Offset, IReadOnlyList<double> NoData)
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

    /// <summary>Bytes of a stored cell that is missing, or null where the type is of integers and no no-data value is among them.</summary>
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
