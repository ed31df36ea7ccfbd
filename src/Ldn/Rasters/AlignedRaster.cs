using System.Globalization;
using System.Runtime.InteropServices;

namespace Ldn.Rasters;

/// <summary>What a cell of the run's grid takes from an input on another grid (method §9).</summary>
internal enum Resampling
{
    /// <summary>The cell that holds the centre.</summary>
    Nearest,

    /// <summary>
    /// The most frequent class among the valid source cells whose centres lie in the cell; on a tie the smallest code. None
    /// valid: as <see cref="Nearest"/>.
    /// </summary>
    Mode,

    /// <summary>
    /// The mean of the valid source cells whose centres lie in the cell, in stored units. None valid: as <see cref="Nearest"/>.
    /// </summary>
    Average,

    /// <summary>
    /// Counts in each source cell, such as people: a cell goes whole to the run cell that holds its centre or, where it holds
    /// centres of run cells, is shared among these by area, so that the sum over the grid is kept. Fixed point, see
    /// <see cref="CountSharing"/>.
    /// </summary>
    Share,
}

/// <summary>
/// One input brought onto the run's grid, window by window (method §9). Results depend on the cell alone, never on the window it
/// is read in. Not thread-safe: one instance a worker, see <see cref="Fork"/>. Owns its source.
/// </summary>
internal sealed class AlignedRaster : IDisposable
{
    /// <summary>Bytes of decoded blocks kept by default: a row of 512-tiles over 32,000 cells of one byte.</summary>
    public const long DefaultCacheBytes = 16L << 20;

    private const int WideStrip = 1024;

    private readonly IRasterSource _source;
    private readonly Grid _runGrid;
    private readonly IGeodata _geodata;
    private readonly Resampling _method;
    private readonly IReadOnlyList<double> _noData;
    private readonly long _cacheBytes;
    private readonly BlockCache _cache;
    private readonly SharedMaps? _maps;
    private readonly SeparableGather? _separable;
    private readonly TransformedGather? _transformed;
    private readonly CellCollector? _collector;
    private readonly CountSharing? _sharing;
    private readonly SharingWeights? _weights;
    private readonly SeparableSharing? _separableSharing;
    private readonly TiledSharing? _tiledSharing;

    /// <param name="source">The input; disposed with this object.</param>
    /// <param name="runGrid">The grid of the run.</param>
    /// <param name="geodata">Compares and transforms coordinates.</param>
    /// <param name="method">What a cell takes.</param>
    /// <param name="noData">Further stored values without data, beside the declared one; they matter to
    /// <see cref="Resampling.Mode"/> and <see cref="Resampling.Average"/> only.</param>
    /// <param name="cacheBytes">Decoded blocks kept between windows; at least one block always is.</param>
    /// <param name="sharing">What <see cref="Resampling.Share"/> needs; null for every other method.</param>
    /// <exception cref="LdnException">Exit 3: a block of the source is larger than a buffer can be.</exception>
    public AlignedRaster(
        IRasterSource source, Grid runGrid, IGeodata geodata, Resampling method = Resampling.Nearest,
        IReadOnlyList<double>? noData = null, long cacheBytes = DefaultCacheBytes, CountSharing? sharing = null)
        : this(source, runGrid, geodata, method, noData ?? [], cacheBytes, sharing, null, null)
    {
        if (method == Resampling.Share && sharing is null)
            throw new ArgumentNullException(nameof(sharing), "counts are shared by area");
    }

    private AlignedRaster(
        IRasterSource source, Grid runGrid, IGeodata geodata, Resampling method,
        IReadOnlyList<double> noData, long cacheBytes, CountSharing? sharing, SharedMaps? maps, SharingWeights? weights)
    {
        (
            _source, _runGrid, _geodata, _method, _noData, _cacheBytes,
            _sharing) = (source, runGrid, geodata, method, noData, cacheBytes, sharing);
        _cache = new BlockCache(source, cacheBytes);
        if (maps is not null || geodata.SameCrs(source.Grid.Crs, runGrid.Crs))
        {
            _maps = maps ?? new SharedMaps(source.Grid, runGrid, method != Resampling.Nearest);
            _separable = new SeparableGather(source, _cache, _maps);
        }
        else
            _transformed = new TransformedGather(source, _cache, runGrid, geodata);
        if (sharing is not null)
        {
            var decoder = CountDecoder.Create(source, noData);
            if (_separable is not null && sharing.Areas.ConstantAlongRows)
            {
                _weights = weights ?? new SharingWeights(source.Grid, runGrid, _maps!, sharing.Areas);
                _separableSharing = new SeparableSharing(source, _cache, _separable, _maps!, _weights, sharing.Areas, decoder);
            }
            else
                _tiledSharing = new TiledSharing(source, _cache, runGrid, geodata, sharing.Areas, decoder);
        }
        else if (method != Resampling.Nearest)
            _collector = new CellCollector(source, _cache, runGrid, geodata, _maps, method, noData);
    }

    /// <summary>The input's grid.</summary>
    public Grid SourceGrid => _source.Grid;

    /// <summary>What a cell takes.</summary>
    public Resampling Method => _method;

    /// <summary>
    /// The type of the cells <see cref="Read"/> gives: the stored one, <see cref="CellType.Float64"/> for
    /// <see cref="Resampling.Average"/>, or <see cref="CellType.Int64"/>, fixed point of <see cref="CountSharing"/>, for
    /// <see cref="Resampling.Share"/>.
    /// </summary>
    public CellType OutputType =>
        _method switch { Resampling.Average => CellType.Float64, Resampling.Share => CellType.Int64, _ => _source.CellType };

    /// <summary>How its cells come onto the run's grid, in words.</summary>
    public string Described
    {
        get
        {
            string method = _method switch
            {
                Resampling.Mode => "the most frequent of the source cells within each",
                Resampling.Average => "the mean of the source cells within each",
                Resampling.Share => "counts shared by area, their sum kept",
                _ => "the source cell that holds each centre",
            };
            if (_transformed is not null)
                return $"from another CRS, every centre transformed: {method}";
            double columns = _runGrid.CellWidth / SourceGrid.CellWidth, rows = _runGrid.CellHeight / SourceGrid.CellHeight;
            return _runGrid == SourceGrid ? "on the run's grid"
                : columns == 1 && rows == 1 ? $"same size of cells, shifted or cut: {method}"
                : string.Create(
                    CultureInfo.InvariantCulture, $"{columns:0.###} x {rows:0.###} source cells a cell of the run: {method}");
        }
    }

    /// <summary>
    /// Whether the blocks are strips over the whole width of a wide source: bands of rows then read each strip once.
    /// </summary>
    public bool IsStriped =>
        _source.BlockWidth >= _source.Grid.Width && _source.BlockHeight < _source.Grid.Height && _source.Grid.Width > WideStrip;

    /// <summary>
    /// Cells of the longer side of a tile whose cells are as large as the run's; 0 for strips and other grids, whose blocks fit
    /// no unit anyway.
    /// </summary>
    public int TileSide =>
        _separable is null || _source.BlockWidth >= _source.Grid.Width
            || Math.Abs((_source.Grid.CellWidth / _runGrid.CellWidth) - 1) > 0.01
            ? 0 : Math.Max(_source.BlockWidth, _source.BlockHeight);

    /// <summary>Bytes of decoded blocks it may keep.</summary>
    public long CacheBytes => _cacheBytes;

    /// <summary>Blocks decoded so far by this instance.</summary>
    public long BlocksDecoded => _cache.Decoded;

    /// <summary>Another instance for another worker: its own handle, transforms and cache, the same immutable maps.</summary>
    public AlignedRaster Fork() =>
        new(_source.Reopen(), _runGrid, _geodata, _method, _noData, _cacheBytes, _sharing, _maps, _weights);

    /// <summary>
    /// Another instance over a source like this one's that knows no cells: reading tells which blocks this one would ask for.
    /// </summary>
    internal AlignedRaster Over(IRasterSource source) =>
        new(source, _runGrid, _geodata, _method, _noData, 1, _sharing, _maps, _weights);

    /// <inheritdoc cref="IRasterSource.OpenFetcher"/>
    internal IBlockFetcher? OpenFetcher() => _source.OpenFetcher();

    /// <summary>The source looked at without cells; see <see cref="Over"/>.</summary>
    internal BlockRecorder Recorder() => new(_source);

    /// <summary>
    /// Reads a window of the run's grid, row by row. Values are stored ones: scale, offset and no-data are the caller's to apply
    /// (a mean is in stored units, so they apply to it alike). <paramref name="cells"/> holds width × height cells of
    /// <see cref="OutputType"/>, <paramref name="outside"/> width × height bytes.
    /// </summary>
    /// <param name="window">What to read.</param>
    /// <param name="cells">Filled with the values.</param>
    /// <param name="outside">Filled where the source does not cover all.</param>
    /// <param name="wanted">Whether anything of a part of the window is wanted; blocks that serve no such part need not be
    /// decoded, and the cells of the part have no meaning. Null: all is wanted.</param>
    /// <returns>True where every cell has a value; <paramref name="outside"/> is then without meaning. Otherwise it holds 1 for
    /// each cell outside the source's extent, whose bytes are zero, and 0 for the others.</returns>
    /// <exception cref="LdnException">As <see cref="IRasterSource.ReadBlock"/>.</exception>
    public bool Read(Window window, Span<byte> cells, Span<byte> outside, Func<Window, bool>? wanted = null)
    {
        int count = checked(window.Width * window.Height);
        if (window.IsEmpty || window.Intersect(_runGrid.Extent) != window)
            throw new ArgumentOutOfRangeException(nameof(window), window, "not inside the run's grid");
        ArgumentOutOfRangeException.ThrowIfLessThan(cells.Length, count * OutputType.Size(), nameof(cells));
        ArgumentOutOfRangeException.ThrowIfLessThan(outside.Length, count, nameof(outside));
        cells = cells[..(count * OutputType.Size())];
        outside = outside[..count];
        return _separableSharing is not null ? _separableSharing.Read(window, MemoryMarshal.Cast<byte, long>(cells), outside)
            : _tiledSharing is not null ? _tiledSharing.Read(window, MemoryMarshal.Cast<byte, long>(cells), outside, Nearest)
            : _collector is null ? Nearest(window, cells, outside, wanted)
            : _collector.Read(window, cells, outside, Nearest, wanted);
    }

    /// <summary>
    /// The cell of the input that holds the centre of a cell of the run's grid; null outside the input's extent.
    /// </summary>
    public (int Column, int Row)? Holding(int column, int row)
    {
        (int Column, int Row) cell =
            _maps is { } maps ? (maps.Columns[column], maps.Rows[row]) : _transformed!.Holding(column, row);
        return cell.Column < 0 || cell.Row < 0 ? null : cell;
    }

    public void Dispose()
    {
        _transformed?.Dispose();
        _collector?.Dispose();
        _tiledSharing?.Dispose();
        _source.Dispose();
    }

    private bool Nearest(Window window, Span<byte> cells, Span<byte> outside, Func<Window, bool>? wanted) =>
        _separable is not null ? _separable.Read(window, cells, outside, wanted) : _transformed!.Read(window, cells, outside);
}

/// <summary>Reads the window by the plain law.</summary>
internal delegate bool ReadWindow(Window window, Span<byte> cells, Span<byte> outside, Func<Window, bool>? wanted);
