using Ldn.Gdal.Interop;
using Ldn.Rasters;

namespace Ldn.Gdal;

/// <summary>
/// Rasters, vectors and coordinate systems through GDAL. GDAL is found and loaded at the first use of any method, not before;
/// where it is missing or older than 3.6 that use fails with exit 2. Every method may be called from several threads at once.
/// </summary>
public sealed class GdalGeodata : IGeodata
{
    /// <summary>The reader of every instance that is not told another. To be set before anything else.</summary>
    public static RasterReader DefaultReader { get; set; }

    /// <summary>Who decodes the blocks of rasters opened from now on.</summary>
    public RasterReader Reader { get; init; } = DefaultReader;

    /// <inheritdoc/>
    public IReadOnlyList<(string Name, string Version)> Versions
    {
        get
        {
            GdalVersions versions = GdalVersions.Read();
            return [("GDAL", versions.Gdal), ("PROJ", versions.Proj)];
        }
    }

    /// <inheritdoc/>
    public IRasterSource OpenRaster(string name) =>
        GdalFailure.IsRemote(name) ? RemoteRaster.Open(name) : MaskedRaster.Over(RasterFile.Open(name, Reader));

    /// <inheritdoc/>
    public bool IsRaster(string name)
    {
        try
        {
            return RemoteFiles.Insist(name, () => OpensAsRaster(name));
        }
        catch (LdnException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public IRasterSource OpenOverview(string name, double factor) =>
        RemoteFiles.Insist(name, () => Datasets.Twice(name, () => OverviewFile.Open(name, factor, Reader)));

    /// <inheritdoc/>
    public void WriteGeoPackage(string path, params IReadOnlyList<VectorTable> layers) => VectorWriter.Write(path, layers);

    /// <inheritdoc/>
    public (Crs Crs, VectorFeature Feature) Widen(Crs crs, VectorFeature feature, double metres, string name) =>
        PolygonBuffer.Widen(crs, feature, metres, name);

    /// <inheritdoc/>
    public IReadOnlyList<string> BandNames(string name) =>
        RemoteFiles.Insist(name, () => Datasets.Twice(name, () => ReadBandNames(name)));

    /// <inheritdoc/>
    public VectorLayer ReadPolygons(string name, string? layer) => RemoteFiles.Insist(name, () => VectorFile.Read(name, layer));

    /// <inheritdoc/>
    public VectorLayer ReadPoints(string name) => RemoteFiles.Insist(name, () => VectorFile.Read(name, null, points: true));

    /// <inheritdoc/>
    public bool SameCrs(Crs left, Crs right)
    {
        GdalLibrary.EnsureReady();
        return CrsComparison.Same(left, right);
    }

    /// <inheritdoc/>
    public Crs GeographicOf(Crs crs)
    {
        GdalLibrary.EnsureReady();
        return SpatialReferences.GeographicOf(crs);
    }

    /// <inheritdoc/>
    public ICoordinateTransform CreateTransform(Crs from, Crs to)
    {
        GdalLibrary.EnsureReady();
        return new CoordinateTransform(from, to);
    }

    /// <inheritdoc/>
    public IRasterSink CreateRaster(string path, RasterDescription description) =>
        ClassRasterWriter.Takes(description) ? new ClassRasterWriter(path, description) : new RasterWriter(path, description);

    /// <inheritdoc/>
    public IBandSink CreateBands(string path, Grid grid, IReadOnlyList<string> bands, short noData) =>
        new BandWriter(path, grid, bands, noData);

    /// <summary>
    /// From now on, in this process, only plain files of this machine are read: no network, no databases, no virtual rasters. To
    /// be called before anything else.
    /// </summary>
    /// <exception cref="InvalidOperationException">GDAL is in use already.</exception>
    public static void RefuseRemote() => LocalFiles.Enforce();

    /// <inheritdoc/>
    public void WriteVirtualRaster(string path, RasterDescription description, IReadOnlyList<RasterTile> tiles) =>
        VirtualRaster.Write(path, description, tiles);

    /// <inheritdoc/>
    public RemoteFile? Remote(string name) => RemoteFiles.Describe(RasterName.Parse(name).Dataset);

    /// <inheritdoc/>
    public Stream OpenRemote(string name) => RemoteFiles.Open(RasterName.Parse(name).Dataset);

    /// <inheritdoc/>
    public void Expect(IEnumerable<string> names) => RemoteFiles.Expect(
        names.Where(RemoteBlocks.IsKept).Select(n => RasterName.Parse(n).Dataset));

    /// <inheritdoc/>
    public bool IsRemote(string name) => GdalFailure.IsRemote(name);

    /// <inheritdoc/>
    public IReadOnlyList<string> FilesOf(string name) => RemoteFiles.Insist(
        name, () => Datasets.Twice(name, () => Datasets.FilesOf(RasterName.Parse(name).Dataset)));

    /// <summary>The system of a definition: an EPSG code such as EPSG:4326, WKT or a PROJ string.</summary>
    /// <exception cref="LdnException">Exit 2: not understood; exit 3: not usable for grids.</exception>
    public static Crs ParseCrs(string definition)
    {
        GdalLibrary.EnsureReady();
        return SpatialReferences.FromDefinition(definition);
    }

    /// <summary>What came of a remote file may look like no raster because it came in part, or because it is a vector.</summary>
    private static bool OpensAsRaster(string name)
    {
        try
        {
            RasterFile.Open(name, RasterReader.Gdal).Dispose();
            return true;
        }
        catch (LdnException e) when (e.Fault == Fault.SeveralParts)
        {
            return true;
        }
        catch (LdnException e) when (GdalFailure.IsBrokenOff(e))
        {
            Datasets.Open(name, GdalApi.OpenVector, "vector").Dispose();
            return false;
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<(string Key, string Value)> About(string name) =>
        RemoteFiles.Insist(name, () => Datasets.Twice(name, () => RasterHeader.About(RasterName.Parse(name))));

    /// <inheritdoc/>
    public IReadOnlyList<string> Parts(string name) =>
        RemoteFiles.Insist(name, () => Datasets.Twice(name, () => FileParts.Of(RasterName.Parse(name).Dataset)));

    private static string[] ReadBandNames(string name)
    {
        RasterName address = RasterName.Parse(name);
        using DatasetHandle dataset = Datasets.Open(address.Dataset, GdalApi.OpenRaster, "raster");
        RasterHeader.Band(address.OfBand(address.Band ?? 1), dataset);
        return RasterHeader.BandNames(address.Dataset, dataset);
    }
}

/// <summary>
/// A stored overview of a raster's band, read in its own blocks; its grid covers the raster's extent in larger cells.
/// </summary>
internal sealed class OverviewFile : IRasterSource
{
    private readonly RasterName _address;
    private readonly DatasetHandle _dataset;
    private readonly nint _band;
    private readonly double _factor;

    private OverviewFile(RasterName address, DatasetHandle dataset, nint band, double factor)
    {
        (_address, _dataset, _band, _factor) = (address, dataset, band, factor);
        (CellType, int gdalType) = RasterHeader.CellTypeOf(address, band);
        Grid whole = RasterHeader.GridOf(address, dataset, []);
        int width = GdalApi.GDALGetRasterBandXSize(band), height = GdalApi.GDALGetRasterBandYSize(band);
        Grid = whole with
        {
            Width = width,
            Height = height,
            CellWidth = whole.CellWidth * whole.Width / width,
            CellHeight = whole.CellHeight * whole.Height / height,
        };
        NoData = RasterHeader.NoDataOf(band, gdalType);
        GdalApi.GDALGetBlockSize(band, out int blockWidth, out int blockHeight);
        (BlockWidth, BlockHeight) = (blockWidth, blockHeight);
    }

    public string Name => _address.ToString();

    public Grid Grid { get; }

    public CellType CellType { get; }

    public double? NoData { get; }

    public double Scale => 1;

    public double Offset => 0;

    public int BlockWidth { get; }

    public int BlockHeight { get; }

    /// <summary>See <see cref="IGeodata.OpenOverview"/>.</summary>
    public static IRasterSource Open(string name, double factor, RasterReader reader)
    {
        RasterName address = RasterName.Parse(name);
        using ErrorScope errors = ErrorScope.Open();
        DatasetHandle dataset = Datasets.Open(address.Dataset, GdalApi.OpenRaster, "raster");
        try
        {
            nint band = RasterHeader.Band(address, dataset), best = 0;
            int width = GdalApi.GDALGetRasterBandXSize(band), least = width;
            for (int i = 0; i < GdalApi.GDALGetOverviewCount(band); i++)
            {
                nint overview = GdalApi.GDALGetOverview(band, i);
                int columns = GdalApi.GDALGetRasterBandXSize(overview);
                if (columns >= least || (double)width / columns > factor)
                    continue;
                (best, least) = (overview, columns);
            }

            if (best != 0)
                return new OverviewFile(address, dataset, best, factor);
        }
        catch
        {
            dataset.Dispose();
            throw;
        }

        dataset.Dispose();
        return RasterFile.Open(name, reader);
    }

    public void ReadBlock(int blockColumn, int blockRow, Span<byte> destination)
    {
        ObjectDisposedException.ThrowIf(_dataset.IsClosed, this);
        if (destination.Length != BlockWidth * BlockHeight * CellType.Size())
            throw new ArgumentException(
                $"{destination.Length} bytes for a block of {BlockWidth} × {BlockHeight} {CellType}", nameof(destination));
        using ErrorScope errors = ErrorScope.Open();
        int result = GdalApi.GDALReadBlock(_band, blockColumn, blockRow, destination);
        if (result >= GdalApi.CeFailure || errors.Failed || GdalFailure.IsReadFailure(out _))
            throw GdalFailure.Reading(
                Name, $"overview block at column {blockColumn}, row {blockRow} cannot be read", errors,
                "the file is damaged or incomplete");
        GC.KeepAlive(_dataset);
    }

    public IRasterSource Reopen() => Open(Name, _factor, RasterReader.Gdal);

    public void Dispose() => _dataset.Dispose();
}
