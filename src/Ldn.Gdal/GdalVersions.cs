using Ldn.Gdal.Interop;

namespace Ldn.Gdal;

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
