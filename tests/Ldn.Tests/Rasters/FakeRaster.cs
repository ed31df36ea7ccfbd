using System.Runtime.InteropServices;
using Ldn.Rasters;

namespace Ldn.Tests.Rasters;

/// <summary>
/// A raster in memory that counts what is read of it. Values are whole numbers, kept as doubles and given out in the stored type.
/// </summary>
internal sealed class FakeRaster(
    Grid grid, CellType type, int blockWidth, int blockHeight, Func<int, int, double> value,
    double? noData = null) : IRasterSource
{
    public Dictionary<(int Column, int Row), int> Reads { get; } = [];

    public string Name => "fake";

    public Grid Grid => grid;

    public CellType CellType => type;

    public double? NoData => noData;

    public double Scale => 1;

    public double Offset => 0;

    public int BlockWidth => blockWidth;

    public int BlockHeight => blockHeight;

    public bool Disposed { get; private set; }

    public double Value(int column, int row) => value(column, row);

    public void ReadBlock(int blockColumn, int blockRow, Span<byte> destination)
    {
        Assert.That(destination.Length, Is.EqualTo(blockWidth * blockHeight * type.Size()));
        Assert.That(blockColumn * blockWidth, Is.InRange(0, grid.Width - 1));
        Assert.That(blockRow * blockHeight, Is.InRange(0, grid.Height - 1));
        Reads[(blockColumn, blockRow)] = Reads.GetValueOrDefault((blockColumn, blockRow)) + 1;
        // Cells beyond the raster have no meaning: fill them with something that shows.
        destination.Fill(0xA5);
        for (int y = 0; y < blockHeight && (blockRow * blockHeight) + y < grid.Height; y++)
            for (int x = 0; x < blockWidth && (blockColumn * blockWidth) + x < grid.Width; x++)
                Write(
                    value((blockColumn * blockWidth) + x, (blockRow * blockHeight) + y), type,
                    destination.Slice(((y * blockWidth) + x) * type.Size(), type.Size()));
    }

    public IRasterSource Reopen() => new FakeRaster(grid, type, blockWidth, blockHeight, value, noData);

    public void Dispose() => Disposed = true;

    public static void Write(double value, CellType type, Span<byte> to)
    {
        switch (type)
        {
            case CellType.Byte: to[0] = (byte)value; break;
            case CellType.SByte: to[0] = (byte)(sbyte)value; break;
            case CellType.UInt16: MemoryMarshal.Write(to, (ushort)value); break;
            case CellType.Int16: MemoryMarshal.Write(to, (short)value); break;
            case CellType.UInt32: MemoryMarshal.Write(to, (uint)value); break;
            case CellType.Int32: MemoryMarshal.Write(to, (int)value); break;
            case CellType.UInt64: MemoryMarshal.Write(to, (ulong)value); break;
            case CellType.Int64: MemoryMarshal.Write(to, (long)value); break;
            case CellType.Float32: MemoryMarshal.Write(to, (float)value); break;
            default: MemoryMarshal.Write(to, value); break;
        }
    }
}

/// <summary>Method §9's law, cell by cell, written for the tests: what a window must hold.</summary>
internal sealed class Reference(FakeRaster source, Grid run, FakeGeodata geodata, Resampling method, params double[] noData)
{
    private readonly ICoordinateTransform _toSource = geodata.CreateTransform(run.Crs, source.Grid.Crs);
    private readonly ICoordinateTransform _toRun = geodata.CreateTransform(source.Grid.Crs, run.Crs);
    private Dictionary<(int, int), List<double>>? _members;

    /// <summary>The value of a run cell, or null outside.</summary>
    public double? At(int column, int row)
    {
        if (method != Resampling.Nearest && Members().TryGetValue((column, row), out List<double>? values))
            return method == Resampling.Average ? values.Sum() / values.Count
                : values.GroupBy(v => v).OrderByDescending(g => g.Count()).First().Key;
        (double x, double y) = Move(
            _toSource, run.OriginX + ((column + 0.5) * run.CellWidth), run.OriginY + ((row + 0.5) * run.CellHeight));
        int[] columns = Cells(x, source.Grid.OriginX, source.Grid.CellWidth, source.Grid.Width, source.Grid.Crs.IsGeographic);
        int[] rows = Cells(y, source.Grid.OriginY, source.Grid.CellHeight, source.Grid.Height, false);
        return columns.Length > 0 && rows.Length > 0 ? source.Value(columns[0], rows[0]) : null;
    }

    private Dictionary<(int, int), List<double>> Members()
    {
        if (_members is not null)
            return _members;
        _members = [];
        for (int r = 0; r < source.Grid.Height; r++)
            for (int c = 0; c < source.Grid.Width; c++)
            {
                double value = source.Value(c, r);
                if (double.IsNaN(value) || value == source.NoData || noData.Contains(value))
                    continue;
                (double x, double y) = Move(
                    _toRun, source.Grid.OriginX + ((c + 0.5) * source.Grid.CellWidth),
                    source.Grid.OriginY + ((r + 0.5) * source.Grid.CellHeight));
                (double backX, double backY) = Move(_toSource, x, y);
                double dx = Math.Abs(backX - source.Grid.OriginX - ((c + 0.5) * source.Grid.CellWidth)),
                dy = backY - source.Grid.OriginY - ((r + 0.5) * source.Grid.CellHeight);
                if (source.Grid.Crs.IsGeographic && dx > 180)
                    dx = Math.Abs(dx - 360);
                if (
                    source.Grid.Crs.Wkt != run.Crs.Wkt
                        && !(dx < 0.01 * source.Grid.CellWidth && Math.Abs(dy) < Math.Abs(0.01 * source.Grid.CellHeight)))
                    continue;
                foreach (int row in Cells(y, run.OriginY, run.CellHeight, run.Height, false))
                    foreach (int column in Cells(x, run.OriginX, run.CellWidth, run.Width, run.Crs.IsGeographic))
                    {
                        if (!_members.TryGetValue((column, row), out List<double>? list))
                            _members.Add((column, row), list = []);
                        list.Add(value);
                    }
            }
        return _members;
    }

    private (double X, double Y) Move(ICoordinateTransform transform, double x, double y)
    {
        if (source.Grid.Crs.Wkt == run.Crs.Wkt)
            return (x, y);
        Span<double> u = [x], v = [y];
        transform.Transform(u, v);
        return (u[0], v[0]);
    }

    /// <summary>The cells that hold a position, the unshifted one first.</summary>
    private static int[] Cells(double position, double origin, double step, int count, bool periodic)
    {
        double[] turns = periodic ? [0, -360, 360, -720, 720] : [0];
        return [
            .. turns.Select(turn => Cell((position + turn - origin) / step)).Where(c => c >= 0 && c < count).Select(c => (int)c)
                .Distinct()];
    }

    /// <summary>An edge belongs to the cell that begins there; what rounding leaves beside it lies on it.</summary>
    private static double Cell(double cells) =>
        Math.Abs(cells - Math.Round(cells)) < 1e-7 ? Math.Round(cells) : Math.Floor(cells);
}
