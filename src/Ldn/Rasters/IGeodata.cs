namespace Ldn.Rasters;

/// <summary>
/// The only seam between the library and the outside: rasters, vectors and coordinate transforms. Ldn.Gdal implements it.
/// </summary>
public interface IGeodata
{
    /// <summary>
    /// Opens one band of a raster. <paramref name="name"/> is a path or any GDAL name; a suffix <c>#band=N</c> chooses the band,
    /// which a file of several needs. Cells that the file masks out (a mask, a band of opacity) hold the source's no-data value,
    /// NaN in floating-point types; a type without a spare value is widened.
    /// </summary>
    /// <exception cref="LdnException">Exit 3: missing, unreadable, no such band, several and none named, rotated, no georeference
    /// or CRS, complex values.</exception>
    IRasterSource OpenRaster(string name);

    /// <summary>Name and version of each library behind this seam, for the record.</summary>
    IReadOnlyList<(string Name, string Version)> Versions => [];

    /// <summary>
    /// What the file says of one band in words: its description and unit, and the items of its metadata and of the file's, such
    /// as <c>TIFFTAG_IMAGEDESCRIPTION</c>; keys in lower case.
    /// </summary>
    IReadOnlyList<(string Key, string Value)> About(string name) => [];

    /// <summary>Whether the name opens as a raster; false for vectors and for what cannot be opened at all.</summary>
    bool IsRaster(string name)
    {
        try
        {
            OpenRaster(name).Dispose();
            return true;
        }
        catch (LdnException)
        {
            return false;
        }
    }

    /// <summary>Number of bands and their descriptions (empty where there are none), for inputs with a band a year.</summary>
    IReadOnlyList<string> BandNames(string name);

    /// <summary>
    /// What a file that is no raster or layer by itself is made of: names of the data sets of a container (netCDF, HDF), which
    /// open as rasters, or of the layers of a vector file. Empty where the file is what it holds.
    /// </summary>
    IReadOnlyList<string> Parts(string name) => [];

    /// <summary>
    /// Reads every feature of a polygon layer (the only one when <paramref name="layer"/> is null), in file order.
    /// </summary>
    /// <exception cref="LdnException">Exit 3: missing, unreadable, no CRS; exit 2: several layers and none named, no such
    /// layer.</exception>
    VectorLayer ReadPolygons(string name, string? layer);

    /// <summary>
    /// Reads every feature of a file of points with one layer, in file order; a feature's polygons are one ring of the one x and
    /// y.
    /// </summary>
    /// <exception cref="LdnException">Exit 3: missing, unreadable, no CRS, a feature that is no point; exit 2: several
    /// layers.</exception>
    VectorLayer ReadPoints(string name) => throw new NotSupportedException();

    /// <summary>
    /// Whether two systems give the same coordinates to the same place (name and axis order of the definition ignored).
    /// </summary>
    bool SameCrs(Crs left, Crs right);

    /// <summary>The geographic system (longitude, latitude in degrees) on the given system's own datum and ellipsoid.</summary>
    Crs GeographicOf(Crs crs);

    /// <summary>
    /// A transform of its own for one worker; x is easting or longitude, y northing or latitude, always in that order.
    /// </summary>
    ICoordinateTransform CreateTransform(Crs from, Crs to);

    /// <summary>
    /// Creates a raster to be filled window by window and laid out as a Cloud-Optimized GeoTIFF by
    /// <see cref="IRasterSink.Complete()"/>.
    /// </summary>
    IRasterSink CreateRaster(string path, RasterDescription description);

    /// <summary>
    /// Creates a plain GeoTIFF of several 16-bit bands, to be filled band after band, tile after tile of 512 cells.
    /// </summary>
    IBandSink CreateBands(string path, Grid grid, IReadOnlyList<string> bands, short noData) => throw new NotSupportedException();

    /// <summary>
    /// Opens the coarsest stored overview of a raster whose cells are at most <paramref name="factor"/> times as large as the
    /// raster's own; the raster itself where there is none. For display: rows and columns of the overview cover the same extent.
    /// </summary>
    IRasterSource OpenOverview(string name, double factor) => OpenRaster(name);

    /// <summary>
    /// The polygons of a feature widened by so many metres on the ground, in a system made for them. <paramref name="name"/> is
    /// how messages call the feature.
    /// </summary>
    /// <exception cref="LdnException">Exit 3: geometry that cannot be widened.</exception>
    (Crs Crs, VectorFeature Feature) Widen(
        Crs crs, VectorFeature feature, double metres, string name) => throw new NotSupportedException();

    /// <summary>
    /// Writes a raster that reads its cells from others, with the header that <see cref="CreateRaster"/> would give it and
    /// overviews and style beside it. What no tile covers holds no data.
    /// </summary>
    void WriteVirtualRaster(
        string path, RasterDescription description, IReadOnlyList<RasterTile> tiles) => throw new NotSupportedException();

    /// <summary>
    /// What its server says of the remote file behind a name, null for a file of this machine: said before the file was opened
    /// where it was expected (<see cref="Expect"/>), asked anew every further time.
    /// </summary>
    /// <exception cref="LdnException">Exit 75: the server does not answer for the moment; exit 3: it refuses.</exception>
    RemoteFile? Remote(string name) => null;

    /// <summary>The bytes of the remote file behind a name, from the first to the last.</summary>
    /// <exception cref="LdnException">Exit 75, also while reading: the server fails for the moment; exit 3: it
    /// refuses.</exception>
    Stream OpenRemote(string name) => throw new NotSupportedException();

    /// <summary>
    /// Told which files are going to be opened, so that those behind a network can be asked for together; what fails here fails
    /// again, and is told, when it is opened.
    /// </summary>
    void Expect(IEnumerable<string> names)
    {
    }

    /// <summary>Whether a name leads over the network.</summary>
    bool IsRemote(string name) => false;

    /// <summary>
    /// The names of all files that a raster or vector consists of or reads from, as far as its format tells; the name itself
    /// otherwise.
    /// </summary>
    IReadOnlyList<string> FilesOf(string name) => [name];

    /// <summary>Writes a GeoPackage of layers and tables; the same ones give the same bytes at any time in any folder.</summary>
    void WriteGeoPackage(string path, params IReadOnlyList<VectorTable> layers) => throw new NotSupportedException();
}

/// <summary>
/// A remote file as its server describes it.
/// </summary>
/// <param name="Version">Whatever tells one state of the file from another, empty where the server says nothing.</param>
/// <param name="Bytes">Its size; null where the server does not say.</param>
/// <param name="Modified">Time of change in UTC, ISO 8601; null where the server does not say.</param>
public sealed record RemoteFile(string Version, long? Bytes, string? Modified);

/// <summary>
/// Transforms points exactly, one by one: the result for a point never depends on its neighbours. Not thread-safe.
/// </summary>
public interface ICoordinateTransform : IDisposable
{
    /// <summary>Transforms in place; a point that cannot be transformed becomes NaN in both coordinates.</summary>
    void Transform(Span<double> x, Span<double> y);
}

/// <summary>Cell types as stored. Sizes in bytes are given by <see cref="CellTypes.Size"/>.</summary>
public enum CellType
{
    /// <summary>8 bits, 0…255.</summary>
    Byte,

    /// <summary>8 bits, signed.</summary>
    SByte,

    /// <summary>16 bits.</summary>
    UInt16,

    /// <summary>16 bits, signed.</summary>
    Int16,

    /// <summary>32 bits.</summary>
    UInt32,

    /// <summary>32 bits, signed.</summary>
    Int32,

    /// <summary>64 bits.</summary>
    UInt64,

    /// <summary>64 bits, signed.</summary>
    Int64,

    /// <summary>32 bits, floating point.</summary>
    Float32,

    /// <summary>64 bits, floating point.</summary>
    Float64,
}

/// <summary>What cell types are.</summary>
public static class CellTypes
{
    /// <summary>Bytes a cell.</summary>
    public static int Size(this CellType type) => type switch
    {
        CellType.Byte or CellType.SByte => 1,
        CellType.UInt16 or CellType.Int16 => 2,
        CellType.UInt32 or CellType.Int32 or CellType.Float32 => 4,
        _ => 8,
    };

    /// <summary>Whether cells are floating-point numbers, of which NaN can be no data.</summary>
    public static bool IsFloatingPoint(this CellType type) => type is CellType.Float32 or CellType.Float64;

    /// <summary>Whether cells can be below 0.</summary>
    public static bool IsSigned(this CellType type) =>
        type is CellType.SByte or CellType.Int16 or CellType.Int32 or CellType.Int64 or CellType.Float32 or CellType.Float64;
}

/// <summary>
/// One open band of one raster, for one worker at a time: not thread-safe, <see cref="Reopen"/> gives another worker its own.
/// </summary>
public interface IRasterSource : IDisposable
{
    /// <summary>The name it was opened by, for messages.</summary>
    string Name { get; }

    /// <summary>Where its cells lie.</summary>
    Grid Grid { get; }

    /// <summary>The type that <see cref="ReadBlock"/> gives.</summary>
    CellType CellType { get; }

    /// <summary>The band's declared no-data value (NaN possible), or null.</summary>
    double? NoData { get; }

    /// <summary>Physical value = stored × scale + offset (1 and 0 where the file says nothing).</summary>
    double Scale { get; }

    /// <inheritdoc cref="Scale"/>
    double Offset { get; }

    /// <summary>
    /// Where the file keeps which cells are valid, beside no-data values, in words; null where it does not. Such cells hold
    /// <see cref="NoData"/>.
    /// </summary>
    string? Mask => null;

    /// <summary>Who decodes its blocks, in words.</summary>
    string Reader => "GDAL";

    /// <summary>
    /// What of the file was taken otherwise than it says, or for want of what it says; whole sentences for the user.
    /// </summary>
    IReadOnlyList<string> Remarks => [];

    /// <summary>Size of the natural blocks (tiles or strips) in cells.</summary>
    int BlockWidth { get; }

    /// <inheritdoc cref="BlockWidth"/>
    int BlockHeight { get; }

    /// <summary>
    /// Decodes one natural block, in the stored type, row by row, <see cref="BlockWidth"/> × <see cref="BlockHeight"/> cells
    /// (<paramref name="destination"/> holds exactly that many); cells of an edge block beyond the raster have no meaning.
    /// </summary>
    /// <exception cref="LdnException">Exit 3 for damaged data, 75 for a transient failure of remote storage.</exception>
    void ReadBlock(int blockColumn, int blockRow, Span<byte> destination);

    /// <summary>The same band through a handle of its own.</summary>
    IRasterSource Reopen();

    /// <summary>
    /// What brings blocks near before they are read, where the source lies behind a network; null where it does not, or where
    /// nobody can tell which of its bytes a block is.
    /// </summary>
    IBlockFetcher? OpenFetcher() => null;
}

/// <summary>Bytes of one file.</summary>
/// <param name="File">Its name.</param>
/// <param name="Start">Where they begin, from 0.</param>
/// <param name="Count">How many.</param>
public readonly record struct ByteRange(string File, long Start, long Count)
{
    /// <summary>The byte behind the last one.</summary>
    public long End => Start + Count;
}

/// <summary>
/// Brings blocks of a source near, so that reading them soon asks no server. It is never needed: whatever it does not bring is
/// fetched by who reads it, and what fails here fails for nobody.
/// </summary>
public interface IBlockFetcher : IDisposable
{
    /// <summary>Bytes that stay near, of all sources together; those that were brought or read longest ago go first.</summary>
    long Holds { get; }

    /// <summary>Adds where a block lies, nothing where nobody can tell. For one thread.</summary>
    void AddRanges(int blockColumn, int blockRow, ICollection<ByteRange> ranges);

    /// <summary>Brings bytes near; false where they did not come. For several threads at once.</summary>
    bool Fetch(ByteRange range);
}

/// <summary>
/// A raster being written. <see cref="Write"/> may be called from several threads, on windows that do not overlap.
/// </summary>
public interface IRasterSink : IDisposable
{
    /// <summary>
    /// Writes one window of the raster: <paramref name="values"/> in the raster's cell type, row by row. Windows never written
    /// hold no data.
    /// </summary>
    void Write(Window window, ReadOnlySpan<byte> values);

    /// <summary>
    /// Finishes the file and its companions. Without it, <see cref="IDisposable.Dispose"/> removes everything that was written.
    /// </summary>
    void Complete();

    /// <summary>The same, telling the share done (0 to 1) now and then, and stopping within a second when cancelled.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled; the raster is not complete.</exception>
    void Complete(Action<double>? progress, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Complete();
    }
}

/// <summary>
/// A raster of several bands being written, by one thread. Without <see cref="Complete"/> what was written is removed.
/// </summary>
public interface IBandSink : IDisposable
{
    /// <summary>Writes a whole tile (cut at the edges) of a band, row by row; bands and tiles in ascending order.</summary>
    void Write(int band, Window window, ReadOnlySpan<short> cells);

    /// <summary>Finishes the file.</summary>
    void Complete();
}

/// <summary>One class of a categorical raster.</summary>
/// <param name="Value">As it is stored.</param>
/// <param name="Name">For category lists and legends.</param>
/// <param name="Color">As <c>#rrggbb</c>.</param>
public sealed record RasterClass(int Value, string Name, string Color);

/// <summary>A value of a continuous raster and its colour as #rrggbb; colours between two stops are mixed of theirs.</summary>
/// <param name="Value">In the physical unit of the raster.</param>
/// <param name="Color">As <c>#rrggbb</c>.</param>
public sealed record RampStop(double Value, string Color);

/// <summary>How the cells of a written GeoTIFF are packed.</summary>
public enum RasterCompression
{
    /// <summary>Stored as it is.</summary>
    None,

    /// <summary>LZW.</summary>
    Lzw,

    /// <summary>Deflate, read by every program.</summary>
    Deflate,

    /// <summary>Zstandard: smaller and faster, where GDAL has it.</summary>
    Zstd,
}

/// <summary>How the cells of a written GeoTIFF lie. Results are COGs; the plain layouts are for sample inputs.</summary>
public enum RasterLayout
{
    /// <summary>Cloud-Optimized GeoTIFF: tiles of 512 × 512 with overviews in front.</summary>
    Cog,

    /// <summary>Tiles of 512 × 512 without overviews.</summary>
    Tiled,

    /// <summary>Strips of one row.</summary>
    Striped,
}

/// <summary>
/// What a written raster is. <paramref name="Classes"/> empty: continuous values. Overviews are by mode for classes, by average
/// otherwise.
/// </summary>
/// <param name="Grid">Where its cells lie.</param>
/// <param name="CellType">The type its cells are stored in.</param>
/// <param name="NoData">The stored value that is no data; NaN for floats.</param>
/// <param name="Description">What it shows, in one sentence; kept in the file.</param>
/// <param name="Classes">Its classes, or none.</param>
/// <param name="Compression">How its cells are packed.</param>
/// <param name="Threads">Workers that may pack at once, at least 1.</param>
/// <param name="Layout">How its cells lie in the file.</param>
public sealed record RasterDescription(
    Grid Grid,
    CellType CellType,
    double NoData,
    string Description,
    IReadOnlyList<RasterClass> Classes,
    RasterCompression Compression,
    int Threads,
    RasterLayout Layout = RasterLayout.Cog)
{
    /// <summary>The colours of continuous values, ascending; beyond the ends those of the ends. Empty: none are told.</summary>
    public IReadOnlyList<RampStop> Ramp { get; init; } = [];
}

/// <summary>
/// A part of a virtual raster: which cells of a file lie where in the whole.
/// </summary>
/// <param name="Path">The file, beside the virtual one.</param>
/// <param name="File">All its cells.</param>
/// <param name="From">Those that are taken.</param>
/// <param name="To">Where they lie in the whole.</param>
public sealed record RasterTile(string Path, Window File, Window From, Window To);
