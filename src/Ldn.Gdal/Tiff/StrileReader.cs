using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using Ldn.Gdal.Interop;
using Ldn.Rasters;
using Microsoft.Win32.SafeHandles;

namespace Ldn.Gdal.Tiff;

/// <summary>
/// Reads blocks of local GeoTIFF files past GDAL's own decoding, where that takes twice the time it need: predictors and LZW.
/// GDAL opens the file, says where each strile lies and reads every block that is refused here, so that a doubtful one gives
/// GDAL's cells or GDAL's error. Not thread-safe.
/// </summary>
internal sealed unsafe class StrileReader : IDisposable
{
    /// <summary>
    /// Bytes by which a stored strile may be longer than half as much again as its cells; longer ones are refused.
    /// </summary>
    private const int Slack = 64 << 10;

    /// <summary>Longer than any name of a metadata item below.</summary>
    private const int NameLength = 48;

    private readonly string _name;
    private readonly nint _band;
    private readonly BandShape _shape;
    private readonly StrileLayout _layout;
    private readonly IStrileDecoder _decoder;
    private readonly int _rowBytes;
    private readonly byte[] _planes;
    private byte[] _stored = [];

    /// <summary>Opened for the first block: whoever only asks what a raster is holds no handle more than GDAL's.</summary>
    private SafeFileHandle? _file;

    private StrileReader(string name, nint band, BandShape shape, StrileLayout layout, IStrileDecoder decoder)
    {
        (_name, _band, _shape, _layout, _decoder) = (name, band, shape, layout, decoder);
        _rowBytes = shape.BlockWidth * shape.CellType.Size();
        _planes = layout.Predictor == 3 ? new byte[_rowBytes] : [];
    }

    /// <summary>Blocks read here so far.</summary>
    public long BlocksRead { get; private set; }

    /// <summary>A reader of the band's blocks; null where its file, layout or compression is not one for it.</summary>
    /// <param name="name">The data set's name.</param>
    /// <param name="dataset">The open data set, which must outlive the reader.</param>
    /// <param name="band">Its band.</param>
    public static StrileReader? TryOpen(string name, DatasetHandle dataset, nint band, BandShape shape)
    {
        if (Datasets.DriverOf(dataset) != "GTiff" || !File.Exists(name)
            || Number(GdalApi.GDALGetMetadataItem(band, "IFD_OFFSET"u8, "TIFF"u8)) is not { } directory)
            return null;
        try
        {
            using SafeFileHandle file = Open(name);
            return TiffDirectory.Read(file, directory) is { } read && StrileLayout.Of(read, shape) is { } layout
                && layout.CreateDecoder() is { } decoder
                ? new StrileReader(name, band, shape, layout, decoder)
                : null;
        }
        catch (Exception e) when (IsOfFile(e))
        {
            // GDAL has opened it and will say what is wrong, if anything is.
            return null;
        }
    }

    /// <summary>
    /// Reads a block as <see cref="IRasterSource.ReadBlock"/> does; false, with the destination in any state, where GDAL is to
    /// read it.
    /// </summary>
    public bool TryRead(int blockColumn, int blockRow, Span<byte> destination)
    {
        if (Place(_band, blockColumn, blockRow) is not (var offset, var size))
            return false;
        int rows = (int)Math.Min(_shape.BlockHeight, _shape.Height - ((long)blockRow * _shape.BlockHeight));
        Span<byte> cells = destination[..((_layout.Tiled ? _shape.BlockHeight : rows) * _rowBytes)];
        if (!TryDecode(offset, size, cells))
            return false;
        for (int row = 0; row < rows && _layout.Predictor != 1; row++)
        {
            Span<byte> line = cells.Slice(row * _rowBytes, _rowBytes);
            if (_layout.Predictor == 2)
                HorizontalPredictor.Undo(line, _shape.CellType.Size());
            else
                FloatingPredictor.Undo(line, _shape.CellType.Size(), _planes);
        }

        // Below the raster GDAL leaves zeros, whatever the tile holds there.
        destination[(rows * _rowBytes)..].Clear();
        BlocksRead++;
        return true;
    }

    public void Dispose()
    {
        _decoder.Dispose();
        _file?.Dispose();
    }

    /// <summary>
    /// Where in its file the stored bytes of a block of a GeoTIFF's band lie; null where nothing was ever written, or GDAL does
    /// not tell.
    /// </summary>
    internal static (ulong Offset, ulong Size)? Place(nint band, int blockColumn, int blockRow)
    {
        Span<byte> name = stackalloc byte[NameLength];
        _ = Utf8.TryWrite(name, $"BLOCK_OFFSET_{blockColumn}_{blockRow}\0", out _);
        if (Number(GdalApi.GDALGetMetadataItem(band, name, "TIFF"u8)) is not { } offset)
            return null;
        _ = Utf8.TryWrite(name, $"BLOCK_SIZE_{blockColumn}_{blockRow}\0", out _);
        return Number(GdalApi.GDALGetMetadataItem(band, name, "TIFF"u8)) is { } size ? (offset, size) : null;
    }

    private bool TryDecode(ulong offset, ulong size, Span<byte> cells)
    {
        try
        {
            _file ??= Open(_name);
            // Beyond this a damaged directory speaks, and memory is not spent on it.
            long most = Math.Min(cells.Length + (cells.Length / 2L) + Slack, Array.MaxLength);
            if (size == 0 || size > (ulong)most)
                return false;
            if (_stored.Length < (int)size)
                _stored = GC.AllocateUninitializedArray<byte>((int)Math.Min(most, Math.Max((long)size, 2L * _stored.Length)));
            Span<byte> stored = _stored.AsSpan(0, (int)size);
            return TiffDirectory.TryRead(_file, offset, stored) && _decoder.TryDecode(stored, cells);
        }
        catch (Exception e) when (IsOfFile(e))
        {
            return false;
        }
    }

    private static SafeFileHandle Open(string name) =>
        File.OpenHandle(name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    private static bool IsOfFile(Exception e) => e is IOException or UnauthorizedAccessException or NotSupportedException;

    /// <summary>A whole number that GDAL tells as text; null where it tells none.</summary>
    private static ulong? Number(nint text) =>
        text != 0
            && Utf8Parser.TryParse(MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)text), out ulong value, out _)
                ? value
                : null;
}
