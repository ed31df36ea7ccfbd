using Ldn.Gdal.Interop;

namespace Ldn.Gdal;

/// <summary>
/// Settings of GDAL's that change what is read or written, and that an environment variable or a configuration file of the user's
/// may hold from other work: they are set to GDAL's own defaults, so that the same inputs give the same bytes everywhere.
/// </summary>
internal static class GdalSettings
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

    /// <summary>Called once, when GDAL is prepared.</summary>
    public static void Pin()
    {
        ListRemoteFolders = GdalApi.Text(GdalApi.CPLGetConfigOption(ListFolders, null));
        foreach ((string option, string value) in s_pinned)
            GdalApi.CPLSetConfigOption(option, value);
    }
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
