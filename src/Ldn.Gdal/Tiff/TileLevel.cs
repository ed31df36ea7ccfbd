using Ldn.Rasters;

namespace Ldn.Gdal.Tiff;

/// <summary>One resolution of a class raster: its tiles, row by row, and where the spool keeps what is known of each.</summary>
internal sealed class TileLevel
{
    /// <summary>Cells along the side of a tile.</summary>
    public const int Side = RasterTarget.BlockSize;

    /// <summary>Cells of a tile, which are bytes.</summary>
    public const int TileCells = Side * Side;

    private const long Nowhere = -1;

    private readonly long[] _packedAt;
    private readonly int[] _packedLength;
    private readonly long[] _halfAt;
    private long[] _partAt = [];

    private TileLevel(int width, int height)
    {
        (Width, Height) = (width, height);
        (Across, Down) = ((width + Side - 1) / Side, (height + Side - 1) / Side);
        _packedAt = new long[Count];
        _packedLength = new int[Count];
        _halfAt = new long[IsLast ? 0 : Count];
        Array.Fill(_halfAt, Nowhere);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Tiles in a row.</summary>
    public int Across { get; }

    /// <summary>Rows of tiles.</summary>
    public int Down { get; }

    public int Count => checked(Across * Down);

    /// <summary>Whether this is the smallest overview, or the raster itself where it needs none: one tile.</summary>
    public bool IsLast => Across == 1 && Down == 1;

    /// <summary>The full resolution and its overviews, each half the one before, until one fits a tile.</summary>
    public static TileLevel[] Pyramid(int width, int height)
    {
        var levels = new List<TileLevel> { new(width, height) };
        while (!levels[^1].IsLast)
            levels.Add(new TileLevel((levels[^1].Width + 1) / 2, (levels[^1].Height + 1) / 2));
        return [.. levels];
    }

    /// <summary>The cells of a tile that lie within the raster.</summary>
    public Window Cells(int tile) =>
        new Window(tile % Across * Side, tile / Across * Side, Side, Side).Intersect(new Window(0, 0, Width, Height));

    /// <summary>Compressed cells of a tile, in the spool; of length 0 where they are all no data.</summary>
    public (long At, int Length) Packed(int tile) => (_packedAt[tile], _packedLength[tile]);

    public void SetPacked(int tile, long at, int length) => (_packedAt[tile], _packedLength[tile]) = (at, length);

    /// <summary>Where the spool keeps a tile's cells at half resolution; null where they are all no data.</summary>
    public long? Half(int tile) => _halfAt[tile] == Nowhere ? null : _halfAt[tile];

    public void SetHalf(int tile, long at) => _halfAt[tile] = at;

    /// <summary>
    /// Where the spool keeps the cells of a tile that comes in parts, making room at the first. One thread at a time.
    /// </summary>
    public long Parts(int tile, TileSpool spool)
    {
        if (_partAt.Length == 0)
        {
            _partAt = new long[Count];
            Array.Fill(_partAt, Nowhere);
        }

        if (_partAt[tile] == Nowhere)
            _partAt[tile] = spool.Reserve(TileCells);
        return _partAt[tile];
    }

    /// <summary>The tiles that came in parts, and where the spool keeps them.</summary>
    public IEnumerable<(int Tile, long At)> InParts() => _partAt.Index().Where(part => part.Item != Nowhere);
}
