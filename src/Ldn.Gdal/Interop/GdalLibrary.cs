using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Ldn.Gdal.Interop;

/// <summary>Finds, loads and prepares GDAL's native library, once a process and only when it is first needed.</summary>
internal static class GdalLibrary
{
    /// <summary>Oldest version that has everything used here, as GDAL numbers it.</summary>
    private const int OldestVersion = 3_06_00_00;

    /// <summary>
    /// Block cache of the process in bytes. Blocks are read past it, so it serves only writing and windows over many blocks;
    /// a cache beyond the processor's own makes reading slower.
    /// </summary>
    private const long CacheBytes = 64L << 20;

    private static readonly Lazy<Loaded> Instance = new(Prepare);

    private sealed record Loaded(nint Handle, string Path);

    /// <summary>Where the library was found: a path or the system's name of it. Loads it where it is not.</summary>
    public static string LoadedFrom => Instance.Value.Path;

    public static bool IsLoaded => Instance.IsValueCreated;

    /// <summary>Loads and prepares GDAL where that has not happened yet. Thread-safe.</summary>
    /// <exception cref="LdnException">Exit 2: not found, or too old.</exception>
    public static void EnsureReady() => _ = Instance.Value;

    private static unsafe Loaded Prepare()
    {
        (Loaded loaded, LibraryCandidate found) = Load(
            LibrarySearch.Candidates(AppContext.BaseDirectory, Machine.This));
        NativeLibrary.SetDllImportResolver(
            Assembly.GetExecutingAssembly(),
            (name, _, _) => name == GdalApi.Library ? loaded.Handle : 0);

        RemoteBlocks.SetCache();
        ErrorScope.Install();
        // .NET's own environment does not reach native code on Unix: options are set through GDAL.
        if (found.GdalData is { } gdalData && GdalApi.CPLGetConfigOption("GDAL_DATA", null) == 0)
            GdalApi.CPLSetConfigOption("GDAL_DATA", gdalData);
        if (found.ProjData is { } projData)
        {
            using StringList paths = new(projData);
            GdalApi.OSRSetPROJSearchPaths(paths.Pointer);
        }

        if (GdalApi.CPLGetConfigOption("GDAL_CACHEMAX", null) == 0)
            GdalApi.GDALSetCacheMax64(CacheBytes);
        RemoteFiles.SetDefaults();
        GdalSettings.Pin();
        GdalApi.GDALAllRegister();
        LocalFiles.Apply();
        return loaded;
    }

    private static (Loaded Loaded, LibraryCandidate Found) Load(IEnumerable<LibraryCandidate> candidates)
    {
        string? rejected = null;
        foreach (LibraryCandidate candidate in candidates)
        {
            if (!NativeLibrary.TryLoad(candidate.Path, out nint handle))
            {
                if (candidate.Required)
                    throw Fault.Library.Error(
                        $"{LibrarySearch.Variable}={candidate.Path}: cannot be loaded",
                        "let it name GDAL's native library (libgdal.so.*, libgdal.dylib or gdal.dll), or unset it");
                if (Path.IsPathRooted(candidate.Path))
                    rejected ??= $"{candidate.Path} is there but cannot be loaded";
                continue;
            }

            if (Version(handle) is { } version && version >= OldestVersion)
                return (new Loaded(handle, candidate.Path), candidate);
            rejected ??= Version(handle) is { } old ? $"{candidate.Path} is GDAL {Spell(old)}" : $"{candidate.Path} is not GDAL";
            NativeLibrary.Free(handle);
            if (candidate.Required)
                break;
        }

        throw Fault.Library.Error(
            rejected is null ? "GDAL's native library was not found" : $"no usable GDAL: {rejected}; 3.6 or newer is needed",
            LibrarySearch.Remedy(Machine.This));
    }

    private static unsafe int? Version(nint library)
    {
        if (!NativeLibrary.TryGetExport(library, "GDALVersionInfo", out nint function))
            return null;
        fixed (byte* request = "VERSION_NUM\0"u8)
        {
            nint text = ((delegate* unmanaged<byte*, nint>)function)(request);
            return int.TryParse(Marshal.PtrToStringUTF8(text), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? number
                : null;
        }
    }

    private static string Spell(int version) => $"{version / 1_000_000}.{version / 10_000 % 100}.{version / 100 % 100}";
}
