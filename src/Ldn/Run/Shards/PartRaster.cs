using Ldn.Pass;
using Ldn.Rasters;

namespace Ldn.Run.Shards;

/// <summary>
/// A raster of a shard: plain tiles over the smallest window that holds the shard's units. Names, colours and overviews belong to
/// the whole.
/// </summary>
internal static class PartRaster
{
    private const int Tile = IndicatorPass.UnitCells;

    /// <summary>Begins to write a shard's part of a raster; windows are given as for the whole raster.</summary>
    public static OpenOutput Create(Output raster, string path, Window extent, Window box, IGeodata geodata)
    {
        Window part = Within(extent, box);
        IRasterSink sink = geodata.CreateRaster(path, raster.Raster with
        {
            Grid = raster.Raster.Grid.Crop(part),
            Classes = [],
            Layout = RasterLayout.Tiled,
        });
        return new OpenOutput(raster, new ShiftedSink(sink, part.Column, part.Row));
    }

    /// <summary>A window of the run's grid as one of the raster, whose corner is the extent's.</summary>
    public static Window Within(Window extent, Window window) =>
        window with { Column = window.Column - extent.Column, Row = window.Row - extent.Row };

    /// <summary>Copies a shard's units from its part into the whole raster, tile by tile.</summary>
    public static void Copy(IRasterSource part, Window extent, Window box, IReadOnlyList<Window> units, IRasterSink whole)
    {
        int size = part.CellType.Size();
        var tile = new byte[part.BlockWidth * part.BlockHeight * size];
        foreach (Window unit in units)
        {
            for (int row = unit.Row; row < unit.EndRow; row += Tile)
            {
                for (int column = unit.Column; column < unit.EndColumn; column += Tile)
                {
                    Window cells = new Window(column, row, Tile, Tile).Intersect(unit);
                    part.ReadBlock((column - box.Column) / Tile, (row - box.Row) / Tile, tile);
                    int width = cells.Width * size;
                    for (int r = 1; r < cells.Height && cells.Width < part.BlockWidth; r++)
                        tile.AsSpan(r * part.BlockWidth * size, width).CopyTo(tile.AsSpan(r * width));
                    whole.Write(Within(extent, cells), tile.AsSpan(0, cells.Height * width));
                }
            }
        }
    }

    private sealed class ShiftedSink(IRasterSink sink, int column, int row) : IRasterSink
    {
        public void Write(Window window, ReadOnlySpan<byte> values) =>
            sink.Write(window with { Column = window.Column - column, Row = window.Row - row }, values);

        public void Complete() => sink.Complete();

        public void Dispose() => sink.Dispose();
    }
}
