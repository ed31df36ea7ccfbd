using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Ldn.Gdal.Interop;

/// <summary>Finds, loads and prepares GDAL's native library, once a process and only when it is first needed.</summary>
internal static partial class GdalLibrary
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
        KeepAlgebraQuiet();
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
        GdalSettings.Pin();
        LocalFiles.Apply();
        return loaded;
    }

    /// <summary>
    /// A linear algebra that many GDALs bring along starts a thread a processor when it is loaded, each of which spins for a
    /// tenth of a second. Nothing here asks it for anything; what the user has set for it holds.
    /// </summary>
    private static void KeepAlgebraQuiet()
    {
        if (!OperatingSystem.IsWindows())
            _ = SetNativeVariable("OPENBLAS_NUM_THREADS", "1", overwrite: 0);
    }

    [LibraryImport("libc", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int SetNativeVariable(string name, string value, int overwrite);

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

/// <summary>
/// A place where GDAL may be. <paramref name="GdalData"/> and <paramref name="ProjData"/> are folders to be set where the library
/// comes with its own; null leaves the library's built-in search alone. <paramref name="Required"/>: no other place counts.
/// </summary>
internal sealed record LibraryCandidate(string Path, string? GdalData, string? ProjData, bool Required);

/// <summary>What decides where GDAL may be: the platform, the root of its file system and the environment.</summary>
/// <param name="Rid">Runtime identifier, such as linux-x64, osx-arm64, win-x64.</param>
/// <param name="Root">Where absolute places begin: / or the system's drive.</param>
/// <param name="Variable">Value of an environment variable, or null.</param>
internal sealed record Machine(string Rid, string Root, Func<string, string?> Variable)
{
    /// <summary>The machine the program runs on; its identifier is the folder name .NET gives its native files.</summary>
    public static Machine This { get; } = new(
        (OperatingSystem.IsWindows() ? "win-" : OperatingSystem.IsMacOS() ? "osx-" : "linux-")
            + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant(),
        Path.GetPathRoot(Environment.SystemDirectory) is { Length: > 0 } drive ? drive : "/",
        Environment.GetEnvironmentVariable);

    public bool IsWindows => Rid.StartsWith("win", StringComparison.Ordinal);

    public bool IsMac => Rid.StartsWith("osx", StringComparison.Ordinal);

    /// <summary>An absolute folder of this machine.</summary>
    public string At(params ReadOnlySpan<string> parts) => Path.Combine([Root, .. parts]);

    /// <summary>A folder under the one that a variable names; none where it is not set.</summary>
    public IEnumerable<string> Under(string variable, params IEnumerable<string> parts) =>
        Variable(variable) is { Length: > 0 } folder ? [Path.Combine([folder, .. parts])] : [];
}

/// <summary>
/// The places to look for GDAL's native library, in order. A pure function of the machine and the files in these places;
/// docs/install.md has them as a table.
/// </summary>
internal static class LibrarySearch
{
    public const string Variable = "LDN_GDAL_LIBRARY";

    /// <summary>The newest and the oldest number of libgdal.so to ask for: 32 is GDAL 3.6.</summary>
    private const int NewestSoName = 44;
    private const int OldestSoName = 32;

    /// <summary>
    /// LDN_GDAL_LIBRARY alone where it is set; else the application's own, the active conda environment's, the system's.
    /// </summary>
    /// <param name="baseDirectory">The application's folder.</param>
    /// <param name="machine">The machine it runs on.</param>
    public static IEnumerable<LibraryCandidate> Candidates(string baseDirectory, Machine machine)
    {
        if (machine.Variable(Variable) is { Length: > 0 } file)
            return [new LibraryCandidate(file, null, null, Required: true)];
        // Published for one platform, native files lie beside the application; otherwise under runtimes.
        return new[] { Path.Combine(baseDirectory, "runtimes", machine.Rid, "native"), baseDirectory }
            .SelectMany(folder => Libraries(folder, machine))
            .Select(path => new LibraryCandidate(
                path, GdalData(baseDirectory, machine.Rid), ProjData(baseDirectory, machine.Rid), Required: false))
            .Concat(machine.IsWindows ? OfWindows(machine) : OfUnix(machine))
            .DistinctBy(candidate => candidate.Path);
    }

    /// <summary>
    /// An activated environment is asked for; the loader knows the system's folders, but not those of Homebrew and MacPorts.
    /// </summary>
    private static IEnumerable<LibraryCandidate> OfUnix(Machine machine)
    {
        IEnumerable<string> loader = machine.IsMac
            ? ["libgdal.dylib"]
            : [
                "libgdal.so",
                .. Enumerable.Range(0, NewestSoName - OldestSoName + 1).Select(i => $"libgdal.so.{NewestSoName - i}")];
        string[] folders = machine.IsMac
            ? [machine.At("opt", "homebrew", "lib"), machine.At("usr", "local", "lib"), machine.At("opt", "local", "lib")]
            : [machine.At("usr", "local", "lib"), machine.At("home", "linuxbrew", ".linuxbrew", "lib")];
        return machine.Under("CONDA_PREFIX", "lib").SelectMany(folder => Libraries(folder, machine))
            .Concat(loader)
            .Concat(folders.SelectMany(folder => Libraries(folder, machine)))
            .Select(path => new LibraryCandidate(path, null, null, Required: false));
    }

    /// <summary>
    /// Folders of libraries of conda, of PATH (an OSGeo4W shell's too), OSGeo4W and QGIS, whose libraries carry the version in
    /// their name and whose data lie in share beside.
    /// </summary>
    private static IEnumerable<LibraryCandidate> OfWindows(Machine machine)
    {
        IEnumerable<string> onPath = (machine.Variable("PATH") ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries);
        IEnumerable<string> qgis = machine.Under("ProgramFiles").Where(Directory.Exists)
            .SelectMany(programs => Directory.EnumerateDirectories(programs, "QGIS*"))
            .OrderDescending(StringComparer.OrdinalIgnoreCase).Select(folder => Path.Combine(folder, "bin"));
        return machine.Under("CONDA_PREFIX", "Library", "bin")
            .Concat(onPath)
            .Concat(machine.Under("OSGEO4W_ROOT", "bin"))
            .Concat([machine.At("OSGeo4W", "bin"), machine.At("OSGeo4W64", "bin")])
            .Concat(qgis)
            .SelectMany(folder => Libraries(folder, machine).Select(path => new LibraryCandidate(
                path, Beside(folder, "gdal", "gdalvrt.xsd"), Beside(folder, "proj", "proj.db"), Required: false)));
    }

    private static string? Beside(string bin, string name, string holds) =>
        Path.Combine(Path.GetDirectoryName(Path.TrimEndingDirectorySeparator(bin)) ?? bin, "share", name) is var folder
        && File.Exists(Path.Combine(folder, holds)) ? folder : null;

    /// <summary>Libraries of GDAL in a folder: the one without a number first, then the highest version.</summary>
    private static IEnumerable<string> Libraries(string folder, Machine machine)
    {
        if (!Directory.Exists(folder))
            return [];
        string[] patterns = machine.IsWindows ? ["gdal.dll", "gdal*.dll", "libgdal*.dll"]
            : machine.IsMac ? ["libgdal.dylib", "libgdal*.dylib"]
            : ["libgdal.so", "libgdal.so.*"];
        // Wrappers such as gdal_wrap.dll match but are not GDAL.
        return patterns
            .SelectMany(pattern => Directory.EnumerateFiles(folder, pattern)
                .Where(file => !s_wrappers.Any(word => Path.GetFileName(file).Contains(word, StringComparison.Ordinal)))
                .OrderByDescending(Number).ThenBy(file => file, StringComparer.Ordinal))
            .Distinct(StringComparer.Ordinal);
    }

    private static readonly string[] s_wrappers = ["_wrap", "const", "csharp"];

    /// <summary>The first number in a name: 38 of libgdal.so.38.3.9, 310 of gdal310.dll.</summary>
    private static int Number(string file)
    {
        string name = Path.GetFileName(file);
        string digits = string.Concat(name.SkipWhile(c => !char.IsAsciiDigit(c)).TakeWhile(char.IsAsciiDigit));
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : 0;
    }

    /// <summary>How GDAL is had on this machine, for who lacks it or has one that is too old.</summary>
    public static string Remedy(Machine machine)
    {
        string command =
            machine.IsWindows ? "install GDAL 3.6 or newer with OSGeo4W, QGIS or conda-forge ('conda install libgdal')"
            : machine.IsMac ? "install it with 'brew install gdal' or 'sudo port install gdal'"
            : Distribution(machine) switch
            {
                "debian" or "ubuntu" =>
                    "install the package libgdal32 or newer (Debian 12: 'apt-get install libgdal32'; an older "
                    + "release offers 3.6 or newer from conda-forge)",
                "fedora" or "rhel" or "centos" => "run 'sudo dnf install gdal-libs' (EPEL on RHEL and its kin)",
                "alpine" => "run 'apk add gdal'",
                "arch" => "run 'sudo pacman -S gdal'",
                "suse" or "opensuse" => "run 'sudo zypper install gdal'",
                _ => "install GDAL 3.6 or newer with the system's packages or from conda-forge ('conda install libgdal')",
            };
        return $"{command}, or let {Variable} name the library";
    }

    /// <summary>
    /// The family of a Linux distribution by its own word, /etc/os-release: its ID where known, else what it is like.
    /// </summary>
    private static string Distribution(Machine machine)
    {
        string file = machine.At("etc", "os-release");
        if (!File.Exists(file))
            return "";
        ILookup<string, string> lines = File.ReadLines(file).Select(line => line.Split('=', 2)).Where(pair => pair.Length == 2)
            .ToLookup(pair => pair[0], pair => pair[1].Trim('"', '\''));
        return lines["ID"].Concat(lines["ID_LIKE"].SelectMany(like => like.Split(' ')))
            .Select(word => word.StartsWith("opensuse", StringComparison.Ordinal) ? "opensuse" : word)
            .FirstOrDefault(word => s_known.Contains(word), "");
    }

    private static readonly string[] s_known =
        ["debian", "ubuntu", "fedora", "rhel", "centos", "alpine", "arch", "suse", "opensuse"];

    private static string? GdalData(string baseDirectory, string rid) =>
        FirstFolder(baseDirectory, rid, "gdal-data", folder => Directory.Exists(folder));

    private static string? ProjData(string baseDirectory, string rid) =>
        FirstFolder(baseDirectory, rid, "maxrev.gdal.core.libshared", folder => File.Exists(Path.Combine(folder, "proj.db")));

    private static string? FirstFolder(string baseDirectory, string rid, string name, Func<string, bool> holds) =>
        new[]
        {
            Path.Combine(baseDirectory, "runtimes", rid, "native", name),
            Path.Combine(baseDirectory, "runtimes", "any", "native", name),
            Path.Combine(baseDirectory, name),
        }.FirstOrDefault(holds);
}
