using System.Runtime.InteropServices;
using Ldn.Rasters;

namespace Ldn.Tests.Samples;

/// <summary>Keeps written rasters in memory. Counts cells written twice and fails on windows outside the grid.</summary>
internal sealed class MemoryGeodata : IGeodata
{
    public Dictionary<string, MemoryRaster> Rasters { get; } = [];

    public IRasterSink CreateRaster(string path, RasterDescription description)
    {
        var raster = new MemoryRaster(description);
        Rasters.Add(Path.GetFileName(path), raster);
        return raster;
    }

    public IRasterSource OpenRaster(string name) => throw new NotSupportedException();

    public IReadOnlyList<string> BandNames(string name) => throw new NotSupportedException();

    public VectorLayer ReadPolygons(string name, string? layer) => throw new NotSupportedException();

    public bool SameCrs(Crs left, Crs right) => left == right;

    public Crs GeographicOf(Crs crs) => crs;

    public ICoordinateTransform CreateTransform(Crs from, Crs to) => throw new NotSupportedException();
}

internal sealed class MemoryRaster : IRasterSink
{
    private readonly int _size;

    public MemoryRaster(RasterDescription description)
    {
        Description = description;
        _size = description.CellType.Size();
        Cells = new byte[description.Grid.Width * description.Grid.Height * _size];
        switch (description.CellType)
        {
            case CellType.Int16:
                MemoryMarshal.Cast<byte, short>(Cells.AsSpan()).Fill((short)description.NoData);
                break;
            case CellType.Float32:
                MemoryMarshal.Cast<byte, float>(Cells.AsSpan()).Fill((float)description.NoData);
                break;
        }
    }

    public RasterDescription Description { get; }

    public byte[] Cells { get; }

    public List<Window> Windows { get; } = [];

    public bool Completed { get; private set; }

    public bool Disposed { get; private set; }

    public Action<Window>? OnWrite { get; set; }

    public double[] Values() => Description.CellType switch
    {
        CellType.Int16 => [.. MemoryMarshal.Cast<byte, short>(Cells.AsSpan()).ToArray().Select(v => (double)v)],
        CellType.Float32 => [.. MemoryMarshal.Cast<byte, float>(Cells.AsSpan()).ToArray().Select(v => (double)v)],
        _ => [.. Cells.Select(v => (double)v)],
    };

    public void Write(Window window, ReadOnlySpan<byte> values)
    {
        OnWrite?.Invoke(window);
        Grid grid = Description.Grid;
        Assert.That(window.Intersect(grid.Extent), Is.EqualTo(window));
        Assert.That(values.Length, Is.EqualTo(window.Width * window.Height * _size));
        lock (Windows)
            Windows.Add(window);
        for (int y = 0; y < window.Height; y++)
            values.Slice(y * window.Width * _size, window.Width * _size)
                .CopyTo(Cells.AsSpan((((window.Row + y) * grid.Width) + window.Column) * _size));
    }

    public void Complete() => Completed = true;

    public void Dispose() => Disposed = true;
}
