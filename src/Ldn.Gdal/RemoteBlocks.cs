using System.Buffers;
using System.Globalization;
using Ldn.Gdal.Interop;
using Ldn.Rasters;

namespace Ldn.Gdal;

/// <summary>
/// Brings blocks of remote GeoTIFF files near by reading their bytes through GDAL's own network file systems, which keep what
/// came last for every handle of the process, so that GDAL finds it there when it reads the block. All of the user's settings
/// hold: headers, credentials, tries.
/// </summary>
internal sealed unsafe class RemoteBlocks : IBlockFetcher
{
    /// <summary>How many bytes GDAL's network file systems keep where the user sets nothing: twice what they would.</summary>
    private const long DefaultHolds = 32 << 20;

    private const string CacheOption = "CPL_VSIL_CURL_CACHE_SIZE", NotKept = "CPL_VSIL_CURL_NON_CACHED";

    private const int SeekFromStart = 0;

    /// <summary>Network file systems that keep what was read.</summary>
    private static readonly string[] s_systems =
        ["/vsicurl/", "/vsicurl?", "/vsis3/", "/vsigs/", "/vsiaz/", "/vsiadls/", "/vsioss/", "/vsiswift/"];

    private readonly string _name;
    private RasterFile? _raster;
    private bool _failed;

    private RemoteBlocks(string name) => _name = name;

    /// <inheritdoc/>
    public long Holds { get; } = Environment.GetEnvironmentVariable(CacheOption) is { } set
        ? Whole(set) ?? 0
        : Math.Min(DefaultHolds, Whole(GdalApi.Text(GdalApi.CPLGetConfigOption(CacheOption, null))) ?? DefaultHolds);

    /// <summary>
    /// To be called before GDAL is asked for anything: it looks for the size when it makes its file systems, which is before it
    /// has read a configuration file, and never again.
    /// </summary>
    public static void SetCache()
    {
        if (Environment.GetEnvironmentVariable(CacheOption) is null)
            GdalApi.CPLSetConfigOption(CacheOption, DefaultHolds.ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>Of a raster by its name; null where GDAL keeps nothing of such a file. Asks nobody.</summary>
    public static RemoteBlocks? Of(string name) =>
        IsKept(RasterName.Parse(name).Dataset) && string.IsNullOrEmpty(GdalApi.Text(GdalApi.CPLGetConfigOption(NotKept, null)))
            ? new RemoteBlocks(name)
            : null;

    /// <summary>Whether a name is that of a file itself of which GDAL keeps what it reads.</summary>
    public static bool IsKept(string file) => Array.Exists(s_systems, s => file.StartsWith(s, StringComparison.Ordinal));

    /// <inheritdoc/>
    public void AddRanges(int blockColumn, int blockRow, ICollection<ByteRange> ranges)
    {
        if (_failed)
            return;
        try
        {
            using ErrorScope errors = ErrorScope.Open();
            (_raster ??= RasterFile.Open(_name, RasterReader.Gdal)).AddRanges(blockColumn, blockRow, ranges);
        }
        catch (LdnException)
        {
            _failed = true;
        }
    }

    /// <inheritdoc/>
    public bool Fetch(ByteRange range)
    {
        if (range.Count > Array.MaxLength)
            return false;
        using ErrorScope errors = ErrorScope.Open();
        // A handle that goes on where it ended takes more than it is asked for.
        nint file = Datasets.Unlisted(range.File, () => GdalApi.VSIFOpenL(range.File, "rb"));
        if (file == 0)
            return false;
        byte[] bytes = ArrayPool<byte>.Shared.Rent((int)range.Count);
        try
        {
            _ = GdalApi.VSIFSeekL(file, (ulong)range.Start, SeekFromStart);
            fixed (byte* to = bytes)
                return (long)GdalApi.VSIFReadL((nint)to, 1, (nuint)range.Count, file) == range.Count;
        }
        finally
        {
            _ = GdalApi.VSIFCloseL(file);
            ArrayPool<byte>.Shared.Return(bytes);
        }
    }

    public void Dispose() => _raster?.Dispose();

    private static long? Whole(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long bytes) ? bytes : null;
}

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
