using System.Runtime.InteropServices;

namespace Ldn.Gdal.Interop;

/// <summary>
/// GDAL's C API as far as it is used, spans in and out. Nothing here checks anything: callers hold an <see cref="ErrorScope"/>
/// and call <see cref="GdalLibrary.EnsureReady"/> first. Pointers that GDAL keeps ownership of are <see cref="nint"/>; those that
/// we own are safe handles.
/// </summary>
internal static unsafe partial class GdalApi
{
    /// <summary>Logical name; <see cref="GdalLibrary"/> resolves it.</summary>
    public const string Library = "ldn-gdal";

    public const int CeWarning = 2;
    public const int CeFailure = 3;

    public const uint OpenRaster = 0x02;
    public const uint OpenVector = 0x04;
    public const uint OpenVerboseError = 0x40;

    [LibraryImport(Library)]
    public static partial void GDALAllRegister();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint GDALVersionInfo(string request);

    [LibraryImport(Library)]
    public static partial void GDALSetCacheMax64(long bytes);

    [LibraryImport(Library)]
    public static partial nint CPLSetErrorHandler(delegate* unmanaged<int, int, byte*, void> handler);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void CPLSetConfigOption(string key, string? value);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint CPLGetConfigOption(string key, string? fallback);

    /// <summary>What is set, as NAME=VALUE; the caller frees the list with <see cref="CSLDestroy"/>.</summary>
    [LibraryImport(Library)]
    public static partial byte** CPLGetConfigOptions();

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void CPLSetThreadLocalConfigOption(string key, string? value);

    [LibraryImport(Library)]
    public static partial void VSIFree(nint memory);

    [LibraryImport(Library)]
    public static partial nint VSICalloc(nuint count, nuint size);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint VSIStrdup(string text);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint GDALGetDriverByName(string name);

    /// <summary>
    /// What fetches web addresses for GDAL's formats, in place of its own way; a null result is a failure. GDAL 3.2.
    /// </summary>
    [LibraryImport(Library)]
    public static partial void CPLHTTPSetFetchCallback(
        delegate* unmanaged<byte*, byte**, nint, nint, nint, nint, nint, nint> callback, nint data);

    [LibraryImport(Library)]
    public static partial int GDALGetDriverCount();

    [LibraryImport(Library)]
    public static partial nint GDALGetDriver(int index);

    [LibraryImport(Library)]
    public static partial void GDALDeregisterDriver(nint driver);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint GDALIdentifyDriverEx(string name, uint flags, byte** drivers, byte** siblings);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint GDALGetMetadataItem(nint owner, string name, string? domain);

    /// <summary>
    /// For names that are made for each block: both end with a zero byte, which that of a literal is behind its span.
    /// </summary>
    [LibraryImport(Library)]
    public static partial nint GDALGetMetadataItem(nint owner, ReadOnlySpan<byte> name, ReadOnlySpan<byte> domain);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int GDALSetMetadataItem(nint owner, string name, string? value, string? domain);

    /// <summary>The caller frees the list with <see cref="CSLDestroy"/>.</summary>
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial byte** VSIGetFileMetadata(string name, string domain, byte** options);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void VSICurlPartialClearCache(string prefix);

    [LibraryImport(Library)]
    public static partial void CSLDestroy(byte** list);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial byte** GDALGetMetadata(nint owner, string? domain);

    [LibraryImport(Library)]
    public static partial nint GDALGetDescription(nint owner);

    [LibraryImport(Library)]
    public static partial nint GDALGetRasterUnitType(nint band);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial void GDALSetDescription(nint owner, string description);

    /// <summary>
    /// A string GDAL keeps, copied; null for a null pointer. Bytes that are not UTF-8, as headers of rasters may hold, are
    /// written as \xNN: they tell more than a replacement character.
    /// </summary>
    public static string? Text(nint pointer)
    {
        string? text = Marshal.PtrToStringUTF8(pointer);
        if (text?.Contains('\uFFFD') != true)
            return text;
        ReadOnlySpan<byte> bytes = MemoryMarshal.CreateReadOnlySpanFromNullTerminated((byte*)pointer);
        return TextEncoding.TryDecode(bytes, TextEncoding.Utf8) ?? string.Concat(
            bytes.ToArray().Select(b => b < 128 ? ((char)b).ToString() : $"\\x{b:X2}"));
    }
}

/// <summary>Files in memory (<c>/vsimem/</c>).</summary>
internal static unsafe partial class GdalApi
{
    /// <summary>Removes a file; −1 where there is none.</summary>
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int VSIUnlink(string name);

    /// <summary>Content of a file in memory, or null where there is none.</summary>
    public static byte[]? FileInMemory(string name)
    {
        byte* content = VSIGetMemFileBuffer(name, out ulong length, 0);
        return content is null ? null : new ReadOnlySpan<byte>(content, checked((int)length)).ToArray();
    }

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    private static partial byte* VSIGetMemFileBuffer(string name, out ulong length, int take);
}

/// <summary>Files as GDAL sees them, wherever they lie.</summary>
internal static unsafe partial class GdalApi
{
    /// <summary>0 where it cannot be opened.</summary>
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint VSIFOpenL(string name, string mode);

    /// <summary>0 where it is there. The buffer holds the system's stat structure.</summary>
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int VSIStatExL(string name, Span<byte> stat, int flags);

    [LibraryImport(Library)]
    public static partial int VSIFSeekL(nint file, ulong offset, int origin);

    [LibraryImport(Library)]
    public static partial ulong VSIFTellL(nint file);

    /// <summary>Items read, fewer at the end of the file or after an error.</summary>
    [LibraryImport(Library)]
    public static partial nuint VSIFReadL(nint target, nuint size, nuint count, nint file);

    [LibraryImport(Library)]
    public static partial int VSIFCloseL(nint file);
}
