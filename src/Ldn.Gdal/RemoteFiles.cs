using Ldn.Gdal.Interop;

namespace Ldn.Gdal;

/// <summary>Files behind a network: how long they are waited for, and what their server says of them.</summary>
internal static unsafe class RemoteFiles
{
    /// <summary>
    /// What holds where the user has set nothing: failures for the moment are tried again after 1, 2, 4 and 8 seconds, and a server that sends nothing for a minute has
    /// failed. GDAL's own defaults are no second try and no end of waiting.
    /// </summary>
    private static readonly (string Option, string Value)[] s_defaults =
    [
        ("GDAL_HTTP_MAX_RETRY", "4"), ("GDAL_HTTP_RETRY_DELAY", "1"), ("GDAL_HTTP_CONNECTTIMEOUT", "30"), ("GDAL_HTTP_LOW_SPEED_TIME", "60"), ("GDAL_HTTP_LOW_SPEED_LIMIT", "1"),
    ];

    private static readonly string[] s_versionHeaders = ["Content-Length", "ETag", "Last-Modified"];

    public static void SetDefaults()
    {
        foreach ((string option, string value) in s_defaults)
            if (GdalApi.CPLGetConfigOption(option, null) == 0)
                GdalApi.CPLSetConfigOption(option, value);
    }

    /// <summary>See <see cref="Grids.IGeodata.RemoteVersion"/>.</summary>
    public static string? Version(string name)
    {
        if (!name.StartsWith("/vsi", StringComparison.Ordinal) || !GdalFailure.IsRemote(name))
            return null;
        GdalLibrary.EnsureReady();
        using ErrorScope errors = ErrorScope.Open();
        // What is remembered of the file would be no news.
        GdalApi.VSICurlPartialClearCache(name);
        byte** list = GdalApi.VSIGetFileMetadata(name, "HEADERS", null);
        List<string> headers = StringList.Copy(list);
        GdalApi.CSLDestroy(list);
        string version = string.Join("; ", s_versionHeaders.Select(
            wanted => headers.Find(h => h.StartsWith(wanted + "=", StringComparison.OrdinalIgnoreCase) || h.StartsWith(wanted + ":", StringComparison.OrdinalIgnoreCase))).OfType<string>());
        return errors.Failed ? throw GdalFailure.Reading(name, "the server does not tell its version", errors) : version;
    }
}
