using System.Collections.Concurrent;
using Ldn.Lanes;

namespace Ldn.Gdal.Tiff;

/// <summary>
/// What one worker needs to make a tile of a class raster: room for its cells, for half their resolution and for what they
/// compress to; less than a megabyte.
/// </summary>
internal sealed class TileWork
{
    private const int Side = TileLevel.Side, HalfSide = Side / 2;

    // Many rasters are written by few workers.
    private static readonly ConcurrentBag<TileWork> s_idle = [];

    private readonly LzwEncoder _encoder = new();
    private readonly byte[] _packed = new byte[LzwEncoder.Bound(TileLevel.TileCells)];

    /// <summary>512 × 512 cells.</summary>
    public byte[] Cells { get; } = new byte[TileLevel.TileCells];

    /// <summary>256 × 256 cells.</summary>
    public byte[] Half { get; } = new byte[HalfSide * HalfSide];

    public static TileWork Rent() => s_idle.TryTake(out TileWork? work) ? work : new TileWork();

    public static void Return(TileWork work) => s_idle.Add(work);

    /// <summary>Compresses a tile's cells; the result holds until the next call.</summary>
    public ReadOnlySpan<byte> Pack(ReadOnlySpan<byte> cells) => _packed.AsSpan(0, _encoder.Encode(cells, _packed));

    /// <summary>
    /// Halves a tile's cells into <see cref="Half"/>. Cells beyond the raster's edge are 0 and do not count, as the law has it
    /// for cells without a partner.
    /// </summary>
    public void Reduce(ReadOnlySpan<byte> cells)
    {
        for (int row = 0; row < HalfSide; row++)
            ModeReduction.Row(
                cells.Slice(2 * row * Side, Side), cells.Slice(((2 * row) + 1) * Side, Side),
                Half.AsSpan(row * HalfSide, HalfSide));
    }

    /// <summary>
    /// Copies rows of a wider window to the upper left corner of <see cref="Cells"/>; all cells beside and below them become no
    /// data.
    /// </summary>
    public void Gather(ReadOnlySpan<byte> source, int stride, int width, int height)
    {
        for (int row = 0; row < height; row++)
        {
            source.Slice(row * stride, width).CopyTo(Cells.AsSpan(row * Side));
            Cells.AsSpan((row * Side) + width, Side - width).Clear();
        }

        Cells.AsSpan(height * Side).Clear();
    }

    /// <summary>Copies <see cref="Half"/> into one quarter of <see cref="Cells"/>.</summary>
    public void PlaceHalf(int across, int down)
    {
        for (int row = 0; row < HalfSide; row++)
            Half.AsSpan(row * HalfSide, HalfSide).CopyTo(Cells.AsSpan((((down * HalfSide) + row) * Side) + (across * HalfSide)));
    }
}
