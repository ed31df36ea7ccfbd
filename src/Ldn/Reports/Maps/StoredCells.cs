using Ldn.Rasters;

namespace Ldn.Reports.Maps;

/// <summary>A part of a raster as it is stored, row by row, for display.</summary>
internal static class StoredCells
{
    /// <summary>Reads a window block by block; cells of the window outside the raster are not part of it.</summary>
    public static (Window Window, byte[] Cells) Read(IRasterSource source, Window window)
    {
        window = window.Intersect(source.Grid.Extent);
        int size = source.CellType.Size(), width = source.BlockWidth, height = source.BlockHeight;
        var cells = new byte[window.IsEmpty ? 0 : window.Width * window.Height * size];
        var block = new byte[width * height * size];
        for (int blockRow = window.Row / height; !window.IsEmpty && blockRow * height < window.EndRow; blockRow++)
        {
            for (int blockColumn = window.Column / width; blockColumn * width < window.EndColumn; blockColumn++)
            {
                source.ReadBlock(blockColumn, blockRow, block);
                Window part = new Window(blockColumn * width, blockRow * height, width, height).Intersect(window);
                for (int row = part.Row; row < part.EndRow; row++)
                {
                    int from = ((row - (blockRow * height)) * width) + part.Column - (blockColumn * width);
                    int to = ((row - window.Row) * window.Width) + part.Column - window.Column;
                    block.AsSpan(from * size, part.Width * size).CopyTo(cells.AsSpan(to * size));
                }
            }
        }

        return (window, cells);
    }
}
