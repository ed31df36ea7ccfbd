using Ldn.Rasters;

namespace Ldn.Reports.Maps;

/// <summary>
/// A part of a class raster held as codes for display: 0 no data, then the classes in order, whichever encoding the file has.
/// </summary>
internal sealed class ClassView
{
    private readonly byte[] _codes;

    private ClassView(Window window, byte[] codes)
    {
        Window = window;
        _codes = codes;
    }

    public Window Window { get; }

    public ReadOnlySpan<byte> Codes => _codes;

    /// <summary>Reads a window block by block.</summary>
    public static ClassView Read(IRasterSource source, Window window)
    {
        (window, byte[] cells) = StoredCells.Read(source, window);
        if (source.CellType.Size() == 1)
            return new ClassView(window, cells);
        var codes = new byte[cells.Length / source.CellType.Size()];
        Unsign(cells, codes);
        return new ClassView(window, codes);
    }

    /// <summary>
    /// The most frequent class of each square of cells, no data only where nothing else is; ties go to the smaller code.
    /// </summary>
    public (byte[] Codes, int Width, int Height) Reduce(int factor)
    {
        int width = (Window.Width + factor - 1) / factor, height = (Window.Height + factor - 1) / factor;
        if (factor == 1)
            return (_codes, width, height);
        var reduced = new byte[width * height];
        byte highest = 0;
        foreach (byte code in _codes)
            highest = Math.Max(highest, code);
        Span<int> counts = stackalloc int[highest + 1];
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                counts.Clear();
                for (int row = y * factor; row < Math.Min(Window.Height, (y + 1) * factor); row++)
                    foreach (
                        byte code in _codes.AsSpan(
                            (row * Window.Width) + (x * factor), Math.Min(factor, Window.Width - (x * factor))))
                        counts[code]++;
                int best = 0;
                for (int code = 1; code < counts.Length; code++)
                    if (counts[code] > (best == 0 ? 0 : counts[best]))
                        best = code;
                reduced[(y * width) + x] = (byte)best;
            }
        }

        return (reduced, width, height);
    }

    /// <summary>−1, 0, 1 of the signed encoding as 1, 2, 3; its no data as 0.</summary>
    private static void Unsign(ReadOnlySpan<byte> stored, Span<byte> codes)
    {
        ReadOnlySpan<short> values = System.Runtime.InteropServices.MemoryMarshal.Cast<byte, short>(stored);
        for (int i = 0; i < codes.Length; i++)
            codes[i] = values[i] is >= -1 and <= 1 ? (byte)(values[i] + 2) : (byte)0;
    }
}

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
