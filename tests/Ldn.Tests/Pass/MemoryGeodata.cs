using System.Collections.Concurrent;
using Ldn.Rasters;
using Ldn.Tests.Rasters;

namespace Ldn.Tests.Pass;

/// <summary>A raster in memory that counts how often each of its blocks is decoded and how many handles are open.</summary>
internal sealed class MemoryRaster
{
    private readonly byte[] _cells;
    private int _open;

    public MemoryRaster(Grid grid, CellType type, Array values)
    {
        (Grid, Type) = (grid, type);
        _cells = new byte[System.Buffer.ByteLength(values)];
        System.Buffer.BlockCopy(values, 0, _cells, 0, _cells.Length);
        Assert.That(_cells, Has.Length.EqualTo(grid.Width * grid.Height * type.Size()));
        (BlockWidth, BlockHeight) = (512, 512);
    }

    public Grid Grid { get; }

    public CellType Type { get; }

    public double? NoData { get; init; }

    public double Scale { get; init; } = 1;

    public double Offset { get; init; }

    public int BlockWidth { get; init; }

    public int BlockHeight { get; init; }

    /// <summary>Times each block (column, row) was decoded.</summary>
    public ConcurrentDictionary<(int Column, int Row), int> Decoded { get; } = new();

    public int OpenHandles => _open;

    /// <summary>What lies between the raster and who reads it; null: nothing.</summary>
    public MemoryNetwork? Network { get; set; }

    public IRasterSource Open(string name) => new Handle(this, name);

    private sealed class Handle : IRasterSource
    {
        private readonly MemoryRaster _raster;
        private bool _disposed;

        public Handle(MemoryRaster raster, string name)
        {
            (_raster, Name) = (raster, name);
            Interlocked.Increment(ref raster._open);
        }

        public string Name { get; }

        public Grid Grid => _raster.Grid;

        public CellType CellType => _raster.Type;

        public double? NoData => _raster.NoData;

        public double Scale => _raster.Scale;

        public double Offset => _raster.Offset;

        public int BlockWidth => _raster.BlockWidth;

        public int BlockHeight => _raster.BlockHeight;

        public IRasterSource Reopen() => new Handle(_raster, Name);

        public IBlockFetcher? OpenFetcher() => _raster.Network?.Open(Name, Across);

        private int Across => ((Grid.Width - 1) / BlockWidth) + 1;

        public void ReadBlock(int blockColumn, int blockRow, Span<byte> destination)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _raster.Network?.Read(Name, blockColumn, blockRow, Across);
            _raster.Decoded.AddOrUpdate((blockColumn, blockRow), 1, (_, times) => times + 1);
            int size = CellType.Size();
            destination.Fill(0xCD);
            Window window = new Window(blockColumn * BlockWidth, blockRow * BlockHeight, BlockWidth, BlockHeight)
                .Intersect(Grid.Extent);
            for (int row = 0; row < window.Height; row++)
            {
                int from = (((window.Row + row) * Grid.Width) + window.Column) * size;
                _raster._cells.AsSpan(from, window.Width * size).CopyTo(destination[(row * BlockWidth * size)..]);
            }
        }

        public void Dispose()
        {
            if (!_disposed)
                Interlocked.Decrement(ref _raster._open);
            _disposed = true;
        }
    }
}

/// <summary>A raster being written in memory; windows that overlap or lie outside are a defect.</summary>
internal sealed class MemorySink(RasterDescription description) : IRasterSink
{
    private readonly bool[] _written = new bool[description.Grid.Width * description.Grid.Height];

    public RasterDescription Description => description;

    public byte[] Cells { get; } = new byte[description.Grid.Width * description.Grid.Height * description.CellType.Size()];

    public bool Completed { get; private set; }

    public void Write(Window window, ReadOnlySpan<byte> values)
    {
        int size = description.CellType.Size(), width = description.Grid.Width;
        ArgumentOutOfRangeException.ThrowIfNotEqual(window.Intersect(description.Grid.Extent), window);
        ArgumentOutOfRangeException.ThrowIfNotEqual(values.Length, window.Width * window.Height * size);
        for (int row = 0; row < window.Height; row++)
        {
            int at = ((window.Row + row) * width) + window.Column;
            if (_written.AsSpan(at, window.Width).Contains(true))
                throw new InvalidOperationException("written twice");
            _written.AsSpan(at, window.Width).Fill(true);
            values.Slice(row * window.Width * size, window.Width * size).CopyTo(Cells.AsSpan(at * size));
        }
    }

    public void Complete() => Completed = true;

    public void Dispose()
    {
    }
}

/// <summary>Rasters, polygons and written rasters in memory; coordinates as in <see cref="FakeGeodata"/>.</summary>
internal sealed class MemoryGeodata(params Projection[] projections) : IGeodata
{
    private readonly FakeGeodata _coordinates = new(projections);

    public Dictionary<string, MemoryRaster> Rasters { get; } = [];

    public Dictionary<string, VectorLayer> Layers { get; } = [];

    public ConcurrentDictionary<string, MemorySink> Written { get; } = new();

    public IRasterSource OpenRaster(string name) =>
        Rasters.TryGetValue(name, out MemoryRaster? raster) ? raster.Open(name) : throw LdnException.Input($"no raster {name}");

    public VectorLayer ReadPolygons(string name, string? layer) =>
        Layers.TryGetValue(name, out VectorLayer? found) ? found : throw LdnException.Input($"no polygons {name}");

    public IRasterSink CreateRaster(string path, RasterDescription description) =>
        Written[Path.GetFileNameWithoutExtension(path)] = new MemorySink(description);

    public IReadOnlyList<string> BandNames(string name) => [];

    public bool SameCrs(Crs left, Crs right) => _coordinates.SameCrs(left, right);

    public Crs GeographicOf(Crs crs) => _coordinates.GeographicOf(crs);

    public ICoordinateTransform CreateTransform(Crs from, Crs to) => _coordinates.CreateTransform(from, to);
}
