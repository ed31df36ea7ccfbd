using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ldn.Gdal.Interop;
using Ldn.Rasters;

namespace Ldn.Gdal;

/// <summary>The files behind <see cref="RasterWriter"/>: the spool, its header, and the final layout.</summary>
internal static unsafe class RasterTarget
{
    /// <summary>Cells along the side of a tile.</summary>
    public const int BlockSize = 512;

    /// <summary>
    /// Level of DEFLATE and ZSTD. On class rasters higher levels cost many times more and gain less than choosing LZW does.
    /// </summary>
    private const string CompressionLevel = "3";

    /// <summary>Longest list of category names: beyond it only the style file names the classes.</summary>
    private const int MostCategories = 65_536;

    private static readonly Lazy<bool> HasInt8 = new(() => GdalApi.Text(GdalApi.GDALGetDataTypeName(GdalApi.GdtInt8)) == "Int8");

    public static int GdalTypeOf(CellType type) => GdalTypes.ToGdal(type, HasInt8.Value);

    /// <exception cref="ArgumentException">A description that no file can have.</exception>
    /// <exception cref="LdnException">Exit 2: this GDAL cannot compress so.</exception>
    public static void Check(RasterDescription description)
    {
        if (description.Grid is not { Width: > 0, Height: > 0 })
            throw new ArgumentException("a raster has at least one cell", nameof(description));
        foreach (RasterClass item in description.Classes)
            RasterStyle.Parse(item.Color);
        string? options = GdalApi.Text(
            GdalApi.GDALGetMetadataItem(GdalApi.GDALGetDriverByName("GTiff"), "DMD_CREATIONOPTIONLIST", null));
        if (options?.Contains($"<Value>{Spell(description.Compression)}</Value>", StringComparison.Ordinal) != true)
            throw Fault.Library.Error(
                $"this GDAL cannot write GeoTIFFs with {Spell(description.Compression)}",
                "choose another compression, such as lzw");
    }

    /// <summary>The spool: tiles never written take no room and hold no data.</summary>
    public static DatasetHandle CreateSpool(string path, RasterDescription description, in ErrorScope errors)
    {
        List<string> options =
        [
            "TILED=YES", $"BLOCKXSIZE={BlockSize}", $"BLOCKYSIZE={BlockSize}", "SPARSE_OK=TRUE", "BIGTIFF=YES",
        ];
        if (description.CellType == CellType.SByte && !HasInt8.Value)
            options.Add("PIXELTYPE=SIGNEDBYTE");
        using StringList list = new(options);
        DatasetHandle spool = GdalApi.GDALCreate(
            GdalApi.GDALGetDriverByName("GTiff"), path, description.Grid.Width, description.Grid.Height, 1,
            GdalTypeOf(description.CellType), list.Pointer);
        if (!spool.IsInvalid)
            return spool;
        spool.Dispose();
        throw GdalFailure.Writing(path, "cannot be created", errors);
    }

    /// <summary>
    /// Gives the spool the header that the target takes over. Before the first cell is written: a palette cannot be added later.
    /// </summary>
    public static void Describe(DatasetHandle spool, nint band, RasterDescription description)
    {
        Grid grid = description.Grid;
        GdalApi.GDALSetGeoTransform(spool, [grid.OriginX, grid.CellWidth, 0, grid.OriginY, 0, grid.CellHeight]);
        using (SpatialReferenceHandle reference = SpatialReferences.Open(grid.Crs))
            GdalApi.GDALSetSpatialRef(spool, reference);
        _ = description.CellType switch
        {
            CellType.Int64 => GdalApi.GDALSetRasterNoDataValueAsInt64(band, (long)description.NoData),
            CellType.UInt64 => GdalApi.GDALSetRasterNoDataValueAsUInt64(band, (ulong)description.NoData),
            _ => GdalApi.GDALSetRasterNoDataValue(band, description.NoData),
        };
        if (description.Description.Length > 0)
            GdalApi.GDALSetDescription(band, description.Description);
        SetClasses(band, description);
    }

    /// <summary>Copies the spool into its final layout, in a fixed order whatever the number of threads.</summary>
    /// <exception cref="LdnException">Exit 75: disk full or failing; exit 2: not allowed there.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void LayOut(
        string path, DatasetHandle spool, RasterDescription description, in ErrorScope errors, Action<double>? progress,
        CancellationToken cancellation)
    {
        using StringList options = new(LayoutOptions(description));
        nint driver = GdalApi.GDALGetDriverByName(description.Layout == RasterLayout.Cog ? "COG" : "GTiff");
        // Closing writes what is left, so its errors count too.
        bool made;
        using (var watch = new LayoutWatch(progress, cancellation))
        using (
            DatasetHandle target = GdalApi.GDALCreateCopy(
                driver, path, spool, 0, options.Pointer, LayoutWatch.Function, watch.Data))
            made = !target.IsInvalid;
        cancellation.ThrowIfCancellationRequested();
        if (!made || errors.Failed)
            throw GdalFailure.Writing(path, "cannot be written", errors);
    }

    private static List<string> LayoutOptions(RasterDescription description)
    {
        bool cog = description.Layout == RasterLayout.Cog, continuous = description.Classes.Count == 0;
        RasterCompression compression = description.Compression;
        List<string> options = [$"COMPRESS={Spell(compression)}", "BIGTIFF=IF_SAFER"];
        if (compression is RasterCompression.Deflate)
            options.Add(cog ? $"LEVEL={CompressionLevel}" : $"ZLEVEL={CompressionLevel}");
        if (compression is RasterCompression.Zstd)
            options.Add(cog ? $"LEVEL={CompressionLevel}" : $"ZSTD_LEVEL={CompressionLevel}");
        if (Predictor(description.CellType) is { } predictor && compression != RasterCompression.None && (continuous || !cog))
            options.Add(cog ? "PREDICTOR=YES" : $"PREDICTOR={predictor}");
        if (description.Threads > 1)
            options.Add($"NUM_THREADS={description.Threads}");
        if (description.CellType == CellType.SByte && !HasInt8.Value && !cog)
            options.Add("PIXELTYPE=SIGNEDBYTE");
        switch (description.Layout)
        {
            case RasterLayout.Cog:
                options.Add($"BLOCKSIZE={BlockSize}");
                options.Add(continuous ? "OVERVIEW_RESAMPLING=AVERAGE" : "OVERVIEW_RESAMPLING=MODE");
                break;
            case RasterLayout.Tiled:
                options.AddRange(["TILED=YES", $"BLOCKXSIZE={BlockSize}", $"BLOCKYSIZE={BlockSize}"]);
                break;
            default:
                options.Add("BLOCKYSIZE=1");
                break;
        }

        return options;
    }

    /// <summary>
    /// TIFF's differencing: 2 for integers of several bytes, 3 for floating point; none for bytes, where it gains nothing.
    /// </summary>
    private static string? Predictor(CellType type) => type switch
    {
        CellType.UInt16 or CellType.Int16 or CellType.UInt32 or CellType.Int32 => "2",
        CellType.Float32 or CellType.Float64 => "3",
        _ => null,
    };

    private static void SetClasses(nint band, RasterDescription description)
    {
        IReadOnlyList<RasterClass> classes = description.Classes;
        // Both lists are indexed by value, from 0.
        if (classes.Count == 0 || classes.Any(item => item.Value is < 0 or >= MostCategories))
            return;
        string[] names = new string[classes.Max(item => item.Value) + 1];
        Array.Fill(names, "");
        foreach (RasterClass item in classes)
            names[item.Value] = item.Name;
        using (StringList list = new(names))
            _ = GdalApi.GDALSetRasterCategoryNames(band, list.Pointer);
        // A palette of 16-bit cells would put 65,536 colours into every directory of the file.
        if (description.CellType == CellType.Byte)
            SetPalette(band, description);
    }

    private static void SetPalette(nint band, RasterDescription description)
    {
        const int rgb = 1;
        nint table = GdalApi.GDALCreateColorTable(rgb);
        try
        {
            for (int value = 0; value <= byte.MaxValue; value++)
                GdalApi.GDALSetColorEntry(
                    table, value, new GdalApi.ColorEntry(255, 255, 255, (short)(value == description.NoData ? 0 : 255)));
            foreach (RasterClass item in description.Classes.Where(item => item.Value <= byte.MaxValue))
            {
                (byte red, byte green, byte blue) = RasterStyle.Parse(item.Color);
                GdalApi.GDALSetColorEntry(table, item.Value, new GdalApi.ColorEntry(red, green, blue, 255));
            }

            _ = GdalApi.GDALSetRasterColorTable(band, table);
        }
        finally
        {
            GdalApi.GDALDestroyColorTable(table);
        }
    }

    private static string Spell(RasterCompression compression) => compression.ToString().ToUpper(CultureInfo.InvariantCulture);
}

/// <summary>What every raster that is being written asks of its caller.</summary>
internal static class SinkChecks
{
    /// <exception cref="ArgumentOutOfRangeException">The window is empty or not within the raster.</exception>
    /// <exception cref="ArgumentException">The values are not those of the window.</exception>
    public static void Window(Window window, ReadOnlySpan<byte> values, RasterDescription description)
    {
        if (window.IsEmpty || window.Intersect(description.Grid.Extent) != window)
            throw new ArgumentOutOfRangeException(nameof(window), window, "not within the raster");
        if (values.Length != (long)window.Width * window.Height * description.CellType.Size())
            throw new ArgumentException($"{values.Length} bytes for {window} of {description.CellType}", nameof(values));
    }
}

/// <summary>What a writer leaves when it gives up, or needs no longer.</summary>
internal static class LeftFiles
{
    /// <summary>Removing is best effort: the error that led here matters more than a file left behind.</summary>
    public static void Remove(params ReadOnlySpan<string> paths)
    {
        foreach (string path in paths)
        {
            try
            {
                File.Delete(path);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
            }
        }
    }
}

/// <summary>
/// What GDAL asks now and then while it lays a file out: whether to go on. Lives as long as the call it is given to.
/// </summary>
internal sealed unsafe class LayoutWatch : IDisposable
{
    private readonly Action<double>? _progress;
    private readonly CancellationToken _cancellation;
    private GCHandle _self;

    public LayoutWatch(Action<double>? progress, CancellationToken cancellation)
    {
        _progress = progress;
        _cancellation = cancellation;
        _self = GCHandle.Alloc(this);
    }

    /// <summary>GDALProgressFunc.</summary>
    public static nint Function => (nint)(delegate* unmanaged[Cdecl]<double, byte*, nint, int>)&GoOn;

    public nint Data => GCHandle.ToIntPtr(_self);

    public void Dispose() => _self.Free();

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int GoOn(double share, byte* message, nint data)
    {
        var watch = (LayoutWatch)GCHandle.FromIntPtr(data).Target!;
        if (watch._cancellation.IsCancellationRequested)
            return 0;
        watch._progress?.Invoke(share);
        return 1;
    }
}

/// <summary>
/// Least, greatest and mean value of a raster's cells with data and their standard deviation, as GDAL keeps them with a band.
/// </summary>
internal sealed record CellStatistics(double Minimum, double Maximum, double Mean, double Deviation)
{
    /// <summary>
    /// Of cells of one byte, from how many there are of each value; null where there is none but 0, which is no data.
    /// </summary>
    public static CellStatistics? Of(ReadOnlySpan<long> counts)
    {
        long cells = 0, sum = 0;
        (int least, int greatest) = (0, 0);
        for (int value = 1; value < counts.Length; value++)
        {
            if (counts[value] == 0)
                continue;
            least = least == 0 ? value : least;
            greatest = value;
            cells += counts[value];
            sum += value * counts[value];
        }

        if (cells == 0)
            return null;
        double mean = (double)sum / cells, squares = 0;
        for (int value = least; value <= greatest; value++)
            squares += counts[value] * (value - mean) * (value - mean);
        return new CellStatistics(least, greatest, mean, Math.Sqrt(squares / cells));
    }

    /// <summary>
    /// Goes through a band, cell by cell, and keeps with it what comes of that; nothing where no cell has data.
    /// </summary>
    public static void Compute(nint band, CancellationToken cancellation)
    {
        using var watch = new LayoutWatch(null, cancellation);

        // No data at all is no failure here.
        using ErrorScope errors = ErrorScope.Open();
        _ = GdalApi.GDALComputeRasterStatistics(band, 0, out _, out _, out _, out _, LayoutWatch.Function, watch.Data);
        _ = GdalApi.GDALSetMetadataItem(band, "STATISTICS_VALID_PERCENT", null, null);
    }

    /// <summary>Keeps the statistics with a band.</summary>
    public void Set(nint band) => _ = GdalApi.GDALSetRasterStatistics(band, Minimum, Maximum, Mean, Deviation);
}
