using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Ldn.Gdal.Interop;

namespace Ldn.Gdal;

/// <summary>
/// What <c>--no-remote</c> leaves of GDAL. Formats that read what a file names, not what it holds (virtual rasters, web services,
/// databases), are taken out of the library, so that no name, archive member, side-car or overview leads to them, and its network
/// file systems answer nothing.
/// </summary>
internal static unsafe partial class LocalFiles
{
    /// <summary>
    /// Formats that hold their data themselves, and COG and MEM, with which results are written. Not HDF4 and HDF5: cells of
    /// theirs may lie in any file that they name, and so may those of a netCDF file in HDF5's form.
    /// </summary>
    private static readonly string[] s_formats =
    [
        "GTiff", "COG", "MEM", "GPKG", "netCDF", "HFA", "AAIGrid", "ENVI", "EHdr", "SRTMHGT", "SAGA", "RST", "BT",
        "GRIB", "PNG", "JPEG", "JP2OpenJPEG", "GeoJSON", "GeoJSONSeq", "TopoJSON", "ESRI Shapefile", "FlatGeobuf",
            "MapInfo File", "OpenFileGDB", "Parquet", "Arrow",
    ];

    /// <summary>What GDAL's own names may lead through.</summary>
    private static readonly string[] s_archives = ["zip", "tar", "gzip", "7z", "rar"];

    private static bool s_enforced;

    /// <summary>Whether GDAL is restricted.</summary>
    public static bool IsEnforced => s_enforced;

    /// <summary>What a format tried to fetch on this thread since it was last asked.</summary>
    [ThreadStatic]
    private static string? t_fetched;

    /// <summary>Restricts GDAL, for good and for the whole process.</summary>
    /// <exception cref="InvalidOperationException">GDAL is in use already.</exception>
    public static void Enforce()
    {
        if (GdalLibrary.IsLoaded && !s_enforced)
            throw new InvalidOperationException("GDAL is in use already");
        s_enforced = true;
    }

    /// <summary>Takes out what is not allowed; called once, when GDAL is prepared.</summary>
    public static void Apply()
    {
        if (!s_enforced)
            return;
        for (int i = GdalApi.GDALGetDriverCount() - 1; i >= 0; i--)
        {
            nint driver = GdalApi.GDALGetDriver(i);
            if (!s_formats.Contains(GdalApi.Text(GdalApi.GDALGetDescription(driver))))
                GdalApi.GDALDeregisterDriver(driver);
        }

        // GeoJSON asks for systems of reference, GML for schemas, by a way of their own.
        GdalApi.CPLHTTPSetFetchCallback(&Refuse, 0);
        GdalApi.CPLSetConfigOption("OGR_SQLITE_LOAD_EXTENSIONS", "");
        GdalApi.CPLSetConfigOption("OGR_SQLITE_ALLOW_EXTERNAL_ACCESS", "NO");
        // The one name that the network file systems may open; no file has it.
        GdalApi.CPLSetConfigOption("CPL_VSIL_CURL_ALLOWED_FILENAME", "none");
        GdalApi.OSRSetPROJEnableNetwork(0);
    }

    /// <exception cref="LdnException">Exit 2: the name itself leads elsewhere.</exception>
    public static void Check(string name)
    {
        t_fetched = null;
        if (s_enforced && (GdalFailure.IsRemote(name) || Elsewhere().IsMatch(name)
            || FileSystem().Matches(name).Any(m => !s_archives.Contains(m.Groups[1].Value))))
            throw Refused(name, "leads beyond the files of this machine");
    }

    /// <summary>
    /// An open data set must hold its data itself: names inside it may lead to any file that the user can read.
    /// </summary>
    /// <exception cref="LdnException">Exit 2: it names other files, or tried to fetch something.</exception>
    public static void CheckContent(string name, DatasetHandle dataset)
    {
        if (!s_enforced)
            return;
        CheckFetched(name);
        byte** list = GdalApi.GDALGetFileList(dataset);
        List<string> files = StringList.Copy(list);
        GdalApi.CSLDestroy(list);
        if (files.Find(file => !BelongsTo(file, name)) is { } other)
            throw Refused(name, $"is read together with {other}");
        switch (Datasets.DriverOf(dataset))
        {
            case "netCDF" when !files.Exists(file => File.Exists(file) && ClassicNetcdf.Is(file)):
                throw Refused(name, "is HDF5, whose cells may lie in any other file");
            case "MapInfo File" when files.Exists(IsView):
                throw Refused(name, "is a view of other tables");
            case "GPKG" when Foreign(dataset) is { } view:
                throw Refused(name, $"holds the view or virtual table '{view}', which may read any file");
            default:
                break;
        }
    }

    /// <exception cref="LdnException">Exit 2: something in a file was an address on the network, and was asked for.</exception>
    public static void CheckFetched(string name)
    {
        if (t_fetched is { } address)
            throw Refused(name, $"names {address}");
    }

    private static LdnException Refused(string name, string why) =>
        Fault.Remote.Error($"{name}: {why}, which --no-remote refuses",
            "copy the data to a plain local file, such as GeoTIFF or GeoPackage, or drop --no-remote");

    /// <summary>Side files begin with the name of what they belong to; a data set that is a folder owns what is in it.</summary>
    private static bool BelongsTo(string file, string name)
    {
        string own = name.Split('"') is [_, var quoted, _] ? quoted : name, stem = Path.ChangeExtension(own, null);
        if (name.Contains(file, StringComparison.Ordinal) || file.StartsWith(own.TrimEnd('/') + "/", StringComparison.Ordinal))
            return true;
        return Path.GetDirectoryName(file) == Path.GetDirectoryName(own)
            && file.StartsWith(stem, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A table of MapInfo's that has no rows of its own.</summary>
    private static bool IsView(string file) => Path.GetExtension(file).Equals(".tab", StringComparison.OrdinalIgnoreCase)
        && File.Exists(file)
        && TableOfTables().IsMatch(PlainFile.ReadText(file, file, Fault.Unreadable));

    /// <summary>
    /// Something in a GeoPackage that is neither a table of its own nor the index of one; null where there is none. SQLite goes
    /// by the statement alone, whatever kind and name the schema gives it.
    /// </summary>
    private static string? Foreign(DatasetHandle dataset)
    {
        nint layer = GdalApi.GDALDatasetExecuteSQL(dataset, "SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL", 0, null);
        if (layer == 0)
            return "sqlite_master";
        try
        {
            while (true)
            {
                using FeatureHandle feature = GdalApi.OGR_L_GetNextFeature(layer);
                if (feature.IsInvalid)
                    return null;
                if (!OwnStatement().IsMatch(GdalApi.Text(GdalApi.OGR_F_GetFieldAsString(feature, 1)) ?? ""))
                    return GdalApi.Text(GdalApi.OGR_F_GetFieldAsString(feature, 0)) ?? "";
            }
        }
        finally
        {
            GdalApi.GDALDatasetReleaseResultSet(dataset, layer);
        }
    }

    [UnmanagedCallersOnly]
    private static nint Refuse(
        byte* address, byte** options, nint progress, nint progressData, nint write, nint writeData, nint data)
    {
        t_fetched = Marshal.PtrToStringUTF8((nint)address) ?? "";
        // GDAL would ask by its own way where it got no answer: it gets one that has failed, which it frees itself.
        var answer = (HttpAnswer*)GdalApi.VSICalloc(1, (nuint)sizeof(HttpAnswer));
        answer->Status = 1;
        answer->Error = GdalApi.VSIStrdup("refused by --no-remote");
        return (nint)answer;
    }

    /// <summary>The error for a file of no allowed format; null where that is not what kept it from being opened.</summary>
    public static LdnException? Refusal(string name, uint flags) =>
        !s_enforced || GdalApi.GDALIdentifyDriverEx(name, flags, null, null) != 0 ? null
            : Fault.Remote.Error(
                $"{name}: is of no format that --no-remote allows",
                "convert it to a plain file, such as GeoTIFF or GeoPackage, or drop --no-remote");

    [GeneratedRegex(
        @"\b(https?|ftps?|s3|gs|gcs|azure?|abfss?|wasbs?|swift|oss|hdfs|webhdfs)://|^(MEM|vrt|PG|MYSQL|MSSQL|ODBC|WMS|WCS|WFS|WMTS|OAPIF|OGCAPI|STACTA|STACIT):",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Elsewhere();

    [GeneratedRegex(@"(?:^|[/{""'=:?&])/vsi([a-z0-9_]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FileSystem();

    [GeneratedRegex(@"^\s*create\s+view|\\IsSeamless|^\s*open\s+table",
        RegexOptions.IgnoreCase | RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex TableOfTables();

    [GeneratedRegex(
        @"^create\s+(table|index|unique\s+index|trigger)\s"
        + @"|^create\s+virtual\s+table\s+(""[^""]+""|\w+)\s+using\s+""?(rtree|fts[345])""?\s*\(",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OwnStatement();

    /// <summary>CPLHTTPResult.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct HttpAnswer
    {
        public int Status;
        public nint ContentType;
        public nint Error;
        public int DataLength;
        public int DataAllocated;
        public nint Data;
        public nint Headers;
        public int MimePartCount;
        public nint MimeParts;
    }
}
