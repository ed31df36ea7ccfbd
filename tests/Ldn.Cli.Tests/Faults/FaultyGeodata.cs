using Ldn.Gdal;
using Ldn.Rasters;

namespace Ldn.Cli.Tests.Faults;

/// <summary>
/// GDAL with something happening just before a block is read: <paramref name="before"/> is given the block's number, from 1.
/// </summary>
internal sealed class FaultyGeodata(Action<int> before) : IGeodata
{
    private readonly GdalGeodata _geodata = new();
    private int _blocks;

    public int Blocks => _blocks;

    public IReadOnlyList<(string Name, string Version)> Versions => _geodata.Versions;

    public IRasterSource OpenRaster(string name) => new FaultySource(this, _geodata.OpenRaster(name));

    public IRasterSource OpenOverview(string name, double factor) => _geodata.OpenOverview(name, factor);

    public IReadOnlyList<string> BandNames(string name) => _geodata.BandNames(name);

    public VectorLayer ReadPolygons(string name, string? layer) => _geodata.ReadPolygons(name, layer);

    public bool SameCrs(Crs left, Crs right) => _geodata.SameCrs(left, right);

    public Crs GeographicOf(Crs crs) => _geodata.GeographicOf(crs);

    public ICoordinateTransform CreateTransform(Crs from, Crs to) => _geodata.CreateTransform(from, to);

    public IRasterSink CreateRaster(string path, RasterDescription description) => _geodata.CreateRaster(path, description);

    public void WriteGeoPackage(string path, params IReadOnlyList<VectorTable> layers) => _geodata.WriteGeoPackage(path, layers);

    private sealed class FaultySource(FaultyGeodata owner, IRasterSource source) : IRasterSource
    {
        public string Name => source.Name;

        public Grid Grid => source.Grid;

        public CellType CellType => source.CellType;

        public double? NoData => source.NoData;

        public double Scale => source.Scale;

        public double Offset => source.Offset;

        public int BlockWidth => source.BlockWidth;

        public int BlockHeight => source.BlockHeight;

        public void ReadBlock(int blockColumn, int blockRow, Span<byte> destination)
        {
            owner.Before(Interlocked.Increment(ref owner._blocks));
            source.ReadBlock(blockColumn, blockRow, destination);
        }

        public IRasterSource Reopen() => new FaultySource(owner, source.Reopen());

        public void Dispose() => source.Dispose();
    }

    private Action<int> Before { get; } = before;
}
