using System.Runtime.InteropServices;
using Ldn.Indicator;
using Ldn.Pass;
using Ldn.Rasters;

namespace Ldn.Run;

/// <summary>A raster of a finished run, read by single cells; the block at hand is kept.</summary>
internal sealed class ResultRaster : IDisposable
{
    private readonly IRasterSource _source;
    private readonly byte[] _block;
    private (int Column, int Row) _read = (-1, -1);

    private ResultRaster(IRasterSource source)
    {
        _source = source;
        _block = new byte[source.BlockWidth * source.BlockHeight * source.CellType.Size()];
    }

    public Grid Grid => _source.Grid;

    /// <summary>Cells that are read at once.</summary>
    public (int Width, int Height) Block => (_source.BlockWidth, _source.BlockHeight);

    /// <summary>The file of a raster of a period; null where the folder has none.</summary>
    public static string? File(string folder, RasterKind kind, string period) =>
        kind.FileNames(period).Select(name => Path.Combine(folder, name)).FirstOrDefault(System.IO.File.Exists);

    /// <summary>The same where it must be there.</summary>
    /// <param name="wish">The value of <c>--rasters</c> that makes it.</param>
    /// <exception cref="LdnException">Exit 3: it is not there.</exception>
    public static string File(string folder, RasterKind kind, string period, string wish) =>
        File(folder, kind, period) ?? throw Fault.Run.Error(
            $"{Path.Combine(folder, kind.Name(period))}.tif is not there", $"compute the run with --rasters {wish}");

    /// <exception cref="LdnException">It cannot be read.</exception>
    public static ResultRaster Open(string file, IGeodata geodata) => new(geodata.OpenRaster(file));

    /// <summary>The class of a cell in either encoding, from 1; 0 no data and beyond the raster.</summary>
    public int Class(int column, int row)
    {
        if (column < 0 || row < 0 || column >= Grid.Width || row >= Grid.Height)
            return 0;
        int at = At(column, row);
        if (_source.CellType == CellType.Byte)
            return _block[at];
        short signed = MemoryMarshal.Cast<byte, short>(_block)[at];
        return signed == ConditionEncoding.SignedNoData ? 0 : signed + 2;
    }

    /// <summary>The stored value of a cell of the raster.</summary>
    public double Value(int column, int row) => Cells.Value(_block, _source.CellType, At(column, row));

    public void Dispose() => _source.Dispose();

    private int At(int column, int row)
    {
        (int blockColumn, int blockRow) = (column / _source.BlockWidth, row / _source.BlockHeight);
        if (_read != (blockColumn, blockRow))
            _source.ReadBlock(blockColumn, blockRow, _block);
        _read = (blockColumn, blockRow);
        return (row % _source.BlockHeight * _source.BlockWidth) + (column % _source.BlockWidth);
    }
}
