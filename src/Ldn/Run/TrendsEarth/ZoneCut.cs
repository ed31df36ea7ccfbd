using Ldn.Indicator;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Zones;

namespace Ldn.Run.TrendsEarth;

/// <summary>The part of the run's grid that holds a zone, in whole tiles, and which of its cells are the zone's.</summary>
internal sealed class ZoneCut
{
    private const int Tile = IndicatorPass.UnitCells;
    private readonly PassPlan _plan;
    private readonly Func<int, bool> _holds;

    private ZoneCut(PassPlan plan, Func<int, bool> holds, Window window) => (_plan, _holds, Window) = (plan, holds, window);

    /// <summary>Window of the run's grid; its corner lies on a tile of the run's rasters.</summary>
    public Window Window { get; }

    public static ZoneCut Of(PassPlan plan, Func<int, bool> holds)
    {
        int left = int.MaxValue, top = int.MaxValue, right = 0, bottom = 0;
        for (int row = plan.Extent.Row; row < plan.Extent.EndRow; row++)
        {
            foreach (PlaceSpan span in plan.Places.Row(row))
            {
                if (!holds(span.Place))
                    continue;
                (left, right) = (Math.Min(left, span.Start), Math.Max(right, span.End));
                (top, bottom) = (Math.Min(top, row), row + 1);
            }
        }

        if (bottom == 0)
            (left, top, right, bottom) = (plan.Extent.Column, plan.Extent.Row, plan.Extent.Column + 1, plan.Extent.Row + 1);
        int column = plan.Extent.Column + ((left - plan.Extent.Column) / Tile * Tile),
        first = plan.Extent.Row + ((top - plan.Extent.Row) / Tile * Tile);
        int width = (right - column + Tile - 1) / Tile * Tile, height = (bottom - first + Tile - 1) / Tile * Tile;
        return new ZoneCut(plan, holds, new Window(column, first, width, height).Intersect(plan.Extent));
    }

    /// <summary>
    /// The cells of a raster of the run tile by tile, as 16-bit numbers, no data outside the zone; windows are counted from the
    /// corner of the cut.
    /// </summary>
    public void ForEach(Func<IRasterSource> open, TileOfCells write, CancellationToken cancellation)
    {
        short[] cells = new short[Tile * Tile];
        Read(open, (window, values) =>
        {
            for (int i = 0; i < values.Length; i++)
                cells[i] = float.IsNaN(values[i])
                    ? (short)ConditionEncoding.SignedNoData
                    : (short)Math.Clamp(values[i], -short.MaxValue, short.MaxValue);
            write(
                window with { Column = window.Column - Window.Column, Row = window.Row - Window.Row },
                cells.AsSpan(0, values.Length));
        }, cancellation);
    }

    /// <summary>The largest magnitude in the zone; 0 where no cell has a value.</summary>
    public double Largest(Func<IRasterSource> open, CancellationToken cancellation)
    {
        double largest = 0;
        Read(open, (_, values) =>
        {
            foreach (float value in values)
                largest = Math.Max(largest, float.IsNaN(value) ? 0 : Math.Abs(value));
        }, cancellation);
        return largest;
    }

    private void Read(Func<IRasterSource> open, TileOfValues take, CancellationToken cancellation)
    {
        using IRasterSource source = open();
        var aligned = new BlockWindow(source);
        float[] values = new float[Tile * Tile], masked = new float[Tile * Tile];
        for (int row = Window.Row; row < Window.EndRow; row += Tile)
        {
            for (int column = Window.Column; column < Window.EndColumn; column += Tile)
            {
                cancellation.ThrowIfCancellationRequested();
                Window window = new Window(column, row, Tile, Tile).Intersect(Window);
                int count = window.Width * window.Height;
                masked.AsSpan(0, count).Fill(float.NaN);
                if (_plan.Places.Touches(window))
                {
                    aligned.Read(
                        window with { Column = column - _plan.Extent.Column, Row = row - _plan.Extent.Row },
                        values.AsSpan(0, count));
                    foreach (PlaceRun run in _plan.Places.Inside(window))
                        if (_holds(run.Place))
                            values.AsSpan(run.Start, run.Length).CopyTo(masked.AsSpan(run.Start));
                }

                take(window, masked.AsSpan(0, count));
            }
        }
    }

    private delegate void TileOfValues(Window window, ReadOnlySpan<float> values);
}

/// <summary>Takes the cells of a window.</summary>
internal delegate void TileOfCells(Window window, ReadOnlySpan<short> cells);

/// <summary>Reads windows of a raster of 32-bit floats out of its blocks; keeps the block read last.</summary>
internal sealed class BlockWindow(IRasterSource source)
{
    private readonly byte[] _block = new byte[source.BlockWidth * source.BlockHeight * sizeof(float)];
    private (int Column, int Row) _at = (-1, -1);

    public void Read(Window window, Span<float> values)
    {
        for (int blockRow = window.Row / source.BlockHeight; blockRow * source.BlockHeight < window.EndRow; blockRow++)
        {
            for (
                int blockColumn =
                    window.Column / source.BlockWidth; blockColumn * source.BlockWidth < window.EndColumn; blockColumn++)
            {
                var block = new Window(
                    blockColumn * source.BlockWidth, blockRow * source.BlockHeight, source.BlockWidth, source.BlockHeight);
                if (_at != (blockColumn, blockRow))
                    source.ReadBlock(blockColumn, blockRow, _block);
                _at = (blockColumn, blockRow);
                Window part = block.Intersect(window);
                ReadOnlySpan<float> cells = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(_block.AsSpan());
                for (int row = part.Row; row < part.EndRow; row++)
                {
                    cells.Slice(((row - block.Row) * block.Width) + part.Column - block.Column, part.Width)
                        .CopyTo(values[(((row - window.Row) * window.Width) + part.Column - window.Column)..]);
                }
            }
        }
    }
}
