using Ldn.Rasters;

namespace Ldn.Gdal;

/// <summary>
/// A raster behind a network: a block that came in part is asked for again through a new handle, for the old one may keep half a
/// directory. What never comes whole is an error, never a value.
/// </summary>
internal sealed class RemoteRaster(IRasterSource raster) : IRasterSource
{
    private IRasterSource _raster = raster;

    public string Name => _raster.Name;

    public Grid Grid => _raster.Grid;

    public IReadOnlyList<string> Remarks => _raster.Remarks;

    public string Reader => $"{_raster.Reader}, remote";

    public CellType CellType => _raster.CellType;

    public double? NoData => _raster.NoData;

    public double Scale => _raster.Scale;

    public double Offset => _raster.Offset;

    public string? Mask => _raster.Mask;

    public int BlockWidth => _raster.BlockWidth;

    public int BlockHeight => _raster.BlockHeight;

    public static IRasterSource Open(string name) =>
        new RemoteRaster(RemoteFiles.Insist(name, () => MaskedRaster.Over(RasterFile.Open(name, RasterReader.Gdal))));

    public unsafe void ReadBlock(int blockColumn, int blockRow, Span<byte> destination)
    {
        int length = destination.Length;
        fixed (byte* to = destination)
        {
            nint target = (nint)to;
            RemoteFiles.Insist(Name, Read, Renew);

            bool Read()
            {
                _raster.ReadBlock(blockColumn, blockRow, new Span<byte>((void*)target, length));
                return true;
            }
        }
    }

    public IRasterSource Reopen() => Open(Name);

    public IBlockFetcher? OpenFetcher() => RemoteBlocks.Of(Name);

    public void Dispose() => _raster.Dispose();

    private void Renew()
    {
        string name = Name;
        _raster.Dispose();
        _raster = RemoteFiles.Insist(name, () => MaskedRaster.Over(RasterFile.Open(name, RasterReader.Gdal)));
    }
}
