using System.Runtime.InteropServices;
using Ldn.Productivity;
using Ldn.Rasters;

namespace Ldn.Pass;

/// <summary>
/// One year of a series as the kernel takes it: stored cells, those beyond the raster's extent holding a value that is no data.
/// Where the stored type has no such value, cells are widened to double precision, which has. One a worker.
/// </summary>
internal sealed class SeriesLayer
{
    private readonly CellType _stored;
    private readonly byte[] _fill;
    private readonly bool _widens;
    private readonly byte[] _cells;

    /// <param name="input">The year's raster.</param>
    /// <param name="capacity">Cells of the largest slice.</param>
    public SeriesLayer(RasterInput input, int capacity)
    {
        _stored = input.Raster.OutputType;
        var encoding = new LayerEncoding(_stored, input.Scale, input.Offset, input.NoData);
        byte[]? fill = encoding.Missing();
        Encoding = fill is null ? encoding with { Type = CellType.Float64 } : encoding;
        _widens = fill is null;
        _fill = fill ?? BitConverter.GetBytes(double.NaN);
        _cells = new byte[capacity * _fill.Length];
    }

    public LayerEncoding Encoding { get; }

    /// <summary>The cells of a slice; valid until the next call.</summary>
    public ReadOnlyMemory<byte> Cells(SliceCells slice, int count)
    {
        if (_widens)
        {
            Pass.Cells.ToPhysical(
                slice.Cells, _stored, [], 1, 0, slice.Outside, MemoryMarshal.Cast<byte, double>(_cells.AsSpan())[..count]);
            return _cells.AsMemory(0, count * sizeof(double));
        }

        if (slice.Outside.IsEmpty)
            return slice.Memory;
        Span<byte> cells = _cells.AsSpan(0, count * _fill.Length);
        slice.Cells.CopyTo(cells);
        for (int i = 0; i < count; i++)
            if (slice.Outside[i] != 0)
                _fill.CopyTo(cells[(i * _fill.Length)..]);
        return _cells.AsMemory(0, cells.Length);
    }
}
