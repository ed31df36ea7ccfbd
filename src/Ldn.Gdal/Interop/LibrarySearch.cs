using System.Globalization;
using System.Runtime.InteropServices;

namespace Ldn.Gdal.Interop;

/// <summary>
/// A place where GDAL may be. <paramref name="GdalData"/> and <paramref name="ProjData"/> are folders to be set where the library
/// comes with its own; null leaves the library's built-in search alone. <paramref name="Required"/>: no other place counts.
/// </summary>
internal sealed record LibraryCandidate(string Path, string? GdalData, string? ProjData, bool Required);

/// <summary>
/// The places to look for GDAL's native library, in order. A pure function of its arguments and the files under the folder.
/// </summary>
internal static class LibrarySearch
{
    public const string Variable = "LDN_GDAL_LIBRARY";

    /// <summary>The newest and the oldest number of libgdal.so to ask for: 32 is GDAL 3.6.</summary>
    private const int NewestSoName = 40;
    private const int OldestSoName = 32;

    /// <summary>The folder name .NET gives this platform's native files, such as linux-x64.</summary>
    public static string CurrentRid =>
        (OperatingSystem.IsWindows() ? "win-" : OperatingSystem.IsMacOS() ? "osx-" : "linux-")
        + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <param name="variable">Value of LDN_GDAL_LIBRARY, or null: a file, which then is the only candidate.</param>
    /// <param name="baseDirectory">The application's folder.</param>
    /// <param name="rid">Runtime identifier, such as linux-x64, osx-arm64, win-x64.</param>
    public static IEnumerable<LibraryCandidate> Candidates(string? variable, string baseDirectory, string rid)
    {
        if (!string.IsNullOrEmpty(variable))
        {
            yield return new LibraryCandidate(variable, null, null, Required: true);
            yield break;
        }

        // Published for one platform, native files lie beside the application; otherwise under runtimes.
        string native = Path.Combine(baseDirectory, "runtimes", rid, "native");
        foreach (string folder in new[] { native, baseDirectory })
            foreach (string file in Bundled(folder, rid))
                yield return new LibraryCandidate(
                    file, GdalData(baseDirectory, rid), ProjData(baseDirectory, rid), Required: false);
        foreach (string name in SystemNames(rid))
            yield return new LibraryCandidate(name, null, null, Required: false);
    }

    private static IEnumerable<string> Bundled(string folder, string rid)
    {
        if (!Directory.Exists(folder))
            return [];
        string[] patterns = rid.StartsWith("win", StringComparison.Ordinal) ? ["gdal.dll", "gdal*.dll", "libgdal*.dll"]
            : rid.StartsWith("osx", StringComparison.Ordinal) ? ["libgdal.dylib", "libgdal*.dylib"]
            : ["libgdal.so", "libgdal.so.*"];
        // The bundle also holds wrappers such as gdal_wrap.dll, which match but are not GDAL; highest version first.
        return patterns
            .SelectMany(pattern => Directory.EnumerateFiles(folder, pattern)
                .Where(file => !Path.GetFileName(file).Contains("_wrap", StringComparison.Ordinal)
                    && !Path.GetFileName(file).Contains("const", StringComparison.Ordinal)
                    && !Path.GetFileName(file).Contains("csharp", StringComparison.Ordinal))
                .OrderByDescending(SoNumber).ThenBy(file => file, StringComparer.Ordinal))
            .Distinct(StringComparer.Ordinal);
    }

    private static int SoNumber(string file)
    {
        string name = Path.GetFileName(file);
        int at = name.IndexOf(".so.", StringComparison.Ordinal);
        string number = at < 0 ? "" : name[(at + 4)..].Split('.')[0];
        return int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : 0;
    }

    private static IEnumerable<string> SystemNames(string rid)
    {
        if (rid.StartsWith("win", StringComparison.Ordinal))
            return ["gdal.dll"];
        // Homebrew's folders are not on the loader's default path.
        return rid.StartsWith("osx", StringComparison.Ordinal)
            ? ["libgdal.dylib", "/opt/homebrew/lib/libgdal.dylib", "/usr/local/lib/libgdal.dylib"]
            : [
                "libgdal.so",
                .. Enumerable.Range(0, NewestSoName - OldestSoName + 1).Select(i => $"libgdal.so.{NewestSoName - i}")];
    }

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
