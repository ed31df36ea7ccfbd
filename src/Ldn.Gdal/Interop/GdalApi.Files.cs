using System.Runtime.InteropServices;

namespace Ldn.Gdal.Interop;

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
