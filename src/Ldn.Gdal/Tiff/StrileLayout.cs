using Ldn.Gdal.Interop;
using Ldn.Rasters;

namespace Ldn.Gdal.Tiff;

/// <summary>
/// Schemes of TIFF's Compression tag that are read here. Not ZSTD: GDAL writes it without a checksum, so that damage could be
/// taken for cells other than GDAL's.
/// </summary>
internal enum TiffCompression
{
    Lzw = 5,
    Deflate = 8,
    OldDeflate = 32946,
}

/// <summary>What GDAL says of an open band.</summary>
internal readonly record struct BandShape(int Width, int Height, int BlockWidth, int BlockHeight, CellType CellType, int Bands);

/// <summary>How a band's striles (strips or tiles) hold its blocks: one strile a block, of one band alone.</summary>
/// <param name="Predictor">1 none, 2 horizontal, 3 floating point.</param>
/// <param name="Tiled">Tiles are stored whole; the last strip ends with the raster.</param>
internal sealed record StrileLayout(TiffCompression Compression, int Predictor, bool Tiled)
{
    /// <summary>Bytes of a block from which on asking GDAL for its place costs less than decoding it.</summary>
    private const long LargeBlock = 64 << 10;

    /// <summary>
    /// The layout that a directory tells; null where it is none of those read here, or none for which that pays, or not what GDAL
    /// makes of the file.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static StrileLayout? Of(TiffDirectory directory, BandShape shape)
    {
        ulong samples = directory.Value(TiffTag.SamplesPerPixel, 1);
        bool plain = BitConverter.IsLittleEndian
            && directory.Value(TiffTag.ImageWidth) == (ulong)shape.Width
            && directory.Value(TiffTag.ImageLength) == (ulong)shape.Height
            && directory.Value(TiffTag.BitsPerSample, 1) == (ulong)shape.CellType.Size() * 8
            && directory.Value(TiffTag.FillOrder, 1) == 1
            // White is 0, black is 0, red-green-blue, palette: cells as they are. Of other colour spaces GDAL makes red, green
            // and blue.
            && directory.Value(TiffTag.PhotometricInterpretation) <= 3
            && samples == (ulong)shape.Bands
            && (samples == 1 || directory.Value(TiffTag.PlanarConfiguration, 1) == 2);
        if (!plain)
            return null;

        bool tiled = directory.Has(TiffTag.TileWidth);
        bool sameBlocks = tiled
            ? directory.Value(TiffTag.TileWidth) == (ulong)shape.BlockWidth
                && directory.Value(TiffTag.TileLength) == (ulong)shape.BlockHeight
            : shape.BlockWidth == shape.Width
                && Math.Min(directory.Value(TiffTag.RowsPerStrip), (ulong)shape.Height) == (ulong)shape.BlockHeight;
        var compression = (TiffCompression)Math.Min(directory.Value(TiffTag.Compression, 1), int.MaxValue);
        ulong predictor = directory.Value(TiffTag.Predictor, 1);
        // Without a predictor GDAL is as fast, but for LZW and where it was built without libdeflate.
        bool pays = Enum.IsDefined(compression) && predictor switch
        {
            1 => compression == TiffCompression.Lzw
                || (long)shape.BlockWidth * shape.BlockHeight * shape.CellType.Size() >= LargeBlock,
            2 => true,
            3 => shape.CellType.IsFloatingPoint(),
            _ => false,
        };
        return sameBlocks && pays ? new StrileLayout(compression, (int)predictor, tiled) : null;
    }

    /// <summary>What decodes such striles; null where the system lacks the library.</summary>
    public IStrileDecoder? CreateDecoder() => Compression switch
    {
        TiffCompression.Lzw => new LzwDecoder(),
        _ => Deflate.TryCreate(),
    };
}

/// <summary>
/// Undoes one compression scheme of TIFF. Keeps scratch memory between calls: one for each source. Not thread-safe.
/// </summary>
internal interface IStrileDecoder : IDisposable
{
    /// <summary>
    /// Decodes a strile whose size is known. False where anything is amiss, with the target in any state: what a doubtful stream
    /// means is GDAL's to say.
    /// </summary>
    /// <param name="source">The stored bytes, perhaps damaged or hostile.</param>
    /// <param name="target">Filled to its last byte.</param>
    bool TryDecode(ReadOnlySpan<byte> source, Span<byte> target);
}
