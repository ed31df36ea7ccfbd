using System.Text.RegularExpressions;
using Ldn.Gdal.Interop;

namespace Ldn.Gdal;

/// <summary>
/// What <c>--no-remote</c> leaves of GDAL. Formats that read what a file names, not what it holds (virtual rasters, web services, databases), are taken
/// out of the library, so that no name, archive member, side-car or overview leads to them, and its network file systems answer nothing.
/// </summary>
internal static unsafe partial class LocalFiles
{
    /// <summary>Formats that hold their data themselves, and COG and MEM, with which results are written.</summary>
    private static readonly string[] s_formats =
    [
        "GTiff", "COG", "MEM", "GPKG", "netCDF", "HDF5", "HDF5Image", "HDF4", "HDF4Image", "HFA", "AAIGrid", "ENVI", "EHdr", "SRTMHGT", "SAGA", "RST", "BT",
        "GRIB", "PNG", "JPEG", "JP2OpenJPEG", "GeoJSON", "GeoJSONSeq", "TopoJSON", "ESRI Shapefile", "FlatGeobuf", "MapInfo File", "OpenFileGDB", "Parquet", "Arrow",
    ];

    private static bool s_enforced;

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

        // The one name that the network file systems may open; no file has it.
        GdalApi.CPLSetConfigOption("CPL_VSIL_CURL_ALLOWED_FILENAME", "none");
        GdalApi.OSRSetPROJEnableNetwork(0);
    }

    /// <exception cref="LdnException">Exit 2: the name itself leads elsewhere.</exception>
    public static void Check(string name)
    {
        if (s_enforced && (GdalFailure.IsRemote(name) || Elsewhere().IsMatch(name)))
            throw Fault.Remote.Error($"{name}: leads beyond the files of this machine, which --no-remote refuses", "copy the data to a local file, or drop --no-remote");
    }

    /// <summary>The error for a file of no allowed format; null where that is not what kept it from being opened.</summary>
    public static LdnException? Refusal(string name, uint flags) =>
        !s_enforced || GdalApi.GDALIdentifyDriverEx(name, flags, null, null) != 0 ? null
            : Fault.Remote.Error($"{name}: is of no format that --no-remote allows", "convert it to a plain file, such as GeoTIFF or GeoPackage, or drop --no-remote");

    [GeneratedRegex(
        @"\b(https?|ftps?|s3|gs|gcs|azure?|abfss?|wasbs?|swift|oss|hdfs|webhdfs)://|^(MEM|vrt|PG|MYSQL|MSSQL|ODBC|WMS|WCS|WFS|WMTS|OAPIF|OGCAPI|STACTA|STACIT):",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Elsewhere();
}
