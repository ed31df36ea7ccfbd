using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Ldn.Gdal.Interop;

namespace Ldn.Gdal;

/// <summary>
/// Settings of GDAL's that change what is read or written, and that an environment variable or a configuration file of the user's
/// may hold from other work: they are set to GDAL's own defaults, or taken away where its default is that nothing is said, so
/// that the same inputs give the same bytes everywhere.
/// </summary>
internal static unsafe partial class GdalSettings
{
    /// <summary>
    /// Whether the folder of a file is listed for what belongs to it; off, no mask and no <c>.aux.xml</c> is found.
    /// </summary>
    public const string ListFolders = "GDAL_DISABLE_READDIR_ON_OPEN";

    private static readonly (string Option, string Value)[] s_pinned =
    [
        (ListFolders, "FALSE"), ("GDAL_PAM_ENABLED", "YES"), ("GDAL_PAM_PROXY_DIR", ""), ("GDAL_TIFF_INTERNAL_MASK", "YES"),
        ("GDAL_TIFF_ENDIANNESS", "NATIVE"), ("TIFF_USE_OVR", "NO"), ("GTIFF_POINT_GEO_IGNORE", "NO"),
            ("GTIFF_IGNORE_READ_ERRORS", "NO"),
        ("GTIFF_DIRECT_IO", "NO"), ("GTIFF_VIRTUAL_MEM_IO", "NO"), ("OGR_SQLITE_PRAGMA", ""), ("OGR_SQLITE_SYNCHRONOUS", "FULL"),
        ("OGR_ORGANIZE_POLYGONS", "DEFAULT"), ("OGR_GEOMETRY_ACCEPT_UNCLOSED_RING", "YES"), ("OGR_ARC_STEPSIZE", "4"),
            ("OGR_ARC_MAX_GAP", "0"),
    ];

    /// <summary>What the user set <see cref="ListFolders"/> to, for files behind a network; null where nothing.</summary>
    public static string? ListRemoteFolders { get; private set; }

    /// <summary>
    /// Called when GDAL is prepared, before its formats are known and again after: then it reads the user's configuration file.
    /// </summary>
    public static void Pin()
    {
        ListRemoteFolders ??= GdalApi.Text(GdalApi.CPLGetConfigOption(ListFolders, null));
        foreach (string name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(IsForeign))
        {
            if (OperatingSystem.IsWindows())
                Environment.SetEnvironmentVariable(name, null);
            else
                _ = Unset(name);
        }

        byte** set = GdalApi.CPLGetConfigOptions();
        foreach (string name in StringList.Copy(set).Select(option => option.Split('=')[0]).Where(IsForeign))
            GdalApi.CPLSetConfigOption(name, null);
        GdalApi.CSLDestroy(set);
        foreach ((string option, string value) in s_pinned)
            GdalApi.CPLSetConfigOption(option, value);
    }

    /// <summary>Whether an option may change cells, places or texts, and is no matter of access, memory or paths.</summary>
    private static bool IsForeign(string option) => Reading().IsMatch(option) && !Access().IsMatch(option);

    /// <summary>.NET keeps variables of its own, which native code does not see.</summary>
    [LibraryImport("libc", EntryPoint = "unsetenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Unset(string name);

    [GeneratedRegex(
        "^(?:(?:GDAL|OGR|GTIFF|TIFF|GML|KML|LIBKML|SHAPE|DBF|OSR|NETCDF|GRIB|HFA|VRT|GPKG|MITAB|JP2[A-Z]*|JPEG|PNG|HDF[45]?|"
            + "RAW|ENVI|IDRISI|SAGA|CSV|FLATGEOBUF|GEOJSON|GEOTIFF)_.*|USE_RRD|CENTER_LONG|CONVERT_YCBCR_TO_RGB|ESRI_XML_PAM)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Reading();

    [GeneratedRegex(
        "^(?:GDAL_(?:DATA|DRIVER_PATH|CONFIG_FILE|CACHEMAX|SKIP|MAX_.*|HTTP_.*|PROXY_.*|CURL_.*|INGESTED_BYTES_AT_OPEN|"
            + "DISABLE_READDIR_ON_OPEN)|OGR_SKIP)$",
        RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex Access();
}

/// <summary>
/// Versions of the native libraries in use, and where GDAL was found: a path, or the name the system knows it by.
/// </summary>
public sealed record GdalVersions(string Gdal, string Proj, string Library)
{
    /// <summary>
    /// The name by which libdeflate was found, with which DEFLATE is read past GDAL; null where it was not, and GDAL reads it.
    /// </summary>
    public static string? Deflate => Interop.Deflate.FoundAs;

    /// <summary>Loads GDAL where it is not yet.</summary>
    /// <exception cref="LdnException">Exit 2: GDAL is missing or too old.</exception>
    public static GdalVersions Read()
    {
        GdalLibrary.EnsureReady();
        GdalApi.OSRGetPROJVersion(out int major, out int minor, out int patch);
        return new GdalVersions(
            GdalApi.Text(GdalApi.GDALVersionInfo("RELEASE_NAME")) ?? "", $"{major}.{minor}.{patch}", GdalLibrary.LoadedFrom);
    }
}
