using System.Runtime.InteropServices;

namespace Ldn.Gdal.Interop;

/// <summary>Finds a compression library that is used where the system has it and done without where not.</summary>
internal static class CodecLibrary
{
    /// <summary>Loads the library under the first of its usual names.</summary>
    /// <param name="stem">Its name without what systems put before and after, such as deflate.</param>
    /// <param name="soNumber">Number of the binary interface that is used here, as Linux writes it into the name.</param>
    /// <returns>The library and the name it was found by; null where it is missing.</returns>
    public static (nint Handle, string Name)? Find(string stem, int soNumber)
    {
        string[] names = OperatingSystem.IsWindows() ? [$"{stem}.dll", $"lib{stem}.dll"]
            : OperatingSystem.IsMacOS() ? [
                $"lib{stem}.dylib", $"/opt/homebrew/lib/lib{stem}.dylib", $"/usr/local/lib/lib{stem}.dylib"]
            : [$"lib{stem}.so.{soNumber}"];
        foreach (string name in names)
            if (NativeLibrary.TryLoad(name, out nint handle))
                return (handle, name);
        return null;
    }

    /// <summary>Address of a function; 0 where the library lacks it.</summary>
    public static nint Function(nint library, string name) =>
        NativeLibrary.TryGetExport(library, name, out nint function) ? function : 0;
}
