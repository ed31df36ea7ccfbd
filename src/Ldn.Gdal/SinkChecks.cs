using Ldn.Rasters;

namespace Ldn.Gdal;

/// <summary>What every raster that is being written asks of its caller.</summary>
internal static class SinkChecks
{
    /// <exception cref="ArgumentOutOfRangeException">The window is empty or not within the raster.</exception>
    /// <exception cref="ArgumentException">The values are not those of the window.</exception>
    public static void Window(Window window, ReadOnlySpan<byte> values, RasterDescription description)
    {
        if (window.IsEmpty || window.Intersect(description.Grid.Extent) != window)
            throw new ArgumentOutOfRangeException(nameof(window), window, "not within the raster");
        if (values.Length != (long)window.Width * window.Height * description.CellType.Size())
            throw new ArgumentException($"{values.Length} bytes for {window} of {description.CellType}", nameof(values));
    }
}
