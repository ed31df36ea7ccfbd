using System.Numerics;
using System.Runtime.InteropServices;
using Ldn.Rasters;

namespace Ldn.Gdal;

/// <summary>
/// A raster whose validity is kept beside its cells: in a mask inside the file or beside it, or in a band of opacity (method §1).
/// Cells that are masked out hold the no-data value, so that nobody else need know of masks: the declared one, NaN in
/// floating-point types; integers without one are widened to a type with a value to spare. Blocks are decoded as ever, by whoever
/// decodes them.
/// </summary>
internal sealed class MaskedRaster : IRasterSource
{
    private readonly RasterFile _raster;
    private readonly byte[] _fill;
    private readonly byte[] _valid;
    private readonly byte[] _narrow;

    private MaskedRaster(RasterFile raster)
    {
        _raster = raster;
        (CellType, NoData, _fill) = Target(raster);
        _valid = new byte[BlockWidth * BlockHeight];
        _narrow = new byte[CellType == raster.CellType ? 0 : _valid.Length * raster.CellType.Size()];
    }

    public string Name => _raster.Name;

    public Grid Grid => _raster.Grid;

    public IReadOnlyList<string> Remarks => _raster.Remarks;

    public string Reader => _raster.Reader;

    public CellType CellType { get; }

    public double? NoData { get; }

    public double Scale => _raster.Scale;

    public double Offset => _raster.Offset;

    public string Mask => _raster.MaskBand!.Value.Place;

    public int BlockWidth => _raster.BlockWidth;

    public int BlockHeight => _raster.BlockHeight;

    /// <summary>The raster as it is where no mask goes with it.</summary>
    public static IRasterSource Over(RasterFile raster) => raster.MaskBand is null ? raster : new MaskedRaster(raster);

    public void ReadBlock(int blockColumn, int blockRow, Span<byte> destination)
    {
        if (_narrow.Length == 0)
            _raster.ReadBlock(blockColumn, blockRow, destination);
        else
        {
            _raster.ReadBlock(blockColumn, blockRow, _narrow);
            Widen(_narrow, destination);
        }

        _raster.ReadMask(blockColumn, blockRow, _valid);
        int size = _fill.Length;
        for (int i = 0; i < _valid.Length; i++)
            if (_valid[i] == 0)
                _fill.CopyTo(destination[(i * size)..]);
    }

    public IRasterSource Reopen() => Over((RasterFile)_raster.Reopen());

    public void Dispose() => _raster.Dispose();

    /// <summary>The type of the cells, their no-data value, and the bytes of a cell that is masked out.</summary>
    private static (CellType Type, double? NoData, byte[] Fill) Target(RasterFile raster)
    {
        double? declared = raster.NoData;
        return raster.CellType switch
        {
            CellType.Float32 => (CellType.Float32, declared ?? double.NaN, BitConverter.GetBytes(float.NaN)),
            CellType.Float64 => (CellType.Float64, declared ?? double.NaN, BitConverter.GetBytes(double.NaN)),
            CellType.Byte => Integer<byte>(CellType.Byte) ?? Wider<short>(CellType.Int16),
            CellType.SByte => Integer<sbyte>(CellType.SByte) ?? Wider<short>(CellType.Int16),
            CellType.UInt16 => Integer<ushort>(CellType.UInt16) ?? Wider<int>(CellType.Int32),
            CellType.Int16 => Integer<short>(CellType.Int16) ?? Wider<int>(CellType.Int32),
            CellType.UInt32 => Integer<uint>(CellType.UInt32) ?? Wider<long>(CellType.Int64),
            CellType.Int32 => Integer<int>(CellType.Int32) ?? Wider<long>(CellType.Int64),
            // Nothing is wider; no data set of this field counts so far.
            CellType.UInt64 => Integer<ulong>(CellType.UInt64)
                ?? (CellType.UInt64, ulong.MaxValue, BitConverter.GetBytes(ulong.MaxValue)),
            _ => Integer<long>(CellType.Int64) ?? Wider<long>(CellType.Int64),
        };

        (CellType, double?, byte[])? Integer<T>(CellType type)
            where T : unmanaged, IBinaryInteger<T> =>
            declared is { } value
                && double.CreateChecked(T.CreateSaturating(value)) == value
                    ? (type, value, Bytes(T.CreateSaturating(value)))
                    : null;

        (CellType, double?, byte[]) Wider<T>(CellType type)
            where T : unmanaged, IBinaryInteger<T>,
            IMinMaxValue<T> => (type, double.CreateChecked(T.MinValue), Bytes(T.MinValue));
    }

    private static byte[] Bytes<T>(T value)
        where T : unmanaged => MemoryMarshal.AsBytes(new ReadOnlySpan<T>(in value)).ToArray();

    private void Widen(ReadOnlySpan<byte> narrow, Span<byte> wide)
    {
        switch (_raster.CellType)
        {
            case CellType.Byte: Copy<byte, short>(narrow, wide); break;
            case CellType.SByte: Copy<sbyte, short>(narrow, wide); break;
            case CellType.UInt16: Copy<ushort, int>(narrow, wide); break;
            case CellType.Int16: Copy<short, int>(narrow, wide); break;
            case CellType.UInt32: Copy<uint, long>(narrow, wide); break;
            default: Copy<int, long>(narrow, wide); break;
        }
    }

    private static void Copy<TFrom, TTo>(ReadOnlySpan<byte> from, Span<byte> to)
        where TFrom : unmanaged, INumber<TFrom>
        where TTo : unmanaged, INumber<TTo>
    {
        ReadOnlySpan<TFrom> source = MemoryMarshal.Cast<byte, TFrom>(from);
        Span<TTo> target = MemoryMarshal.Cast<byte, TTo>(to);
        for (int i = 0; i < source.Length; i++)
            target[i] = TTo.CreateTruncating(source[i]);
    }
}
