using System.Runtime.InteropServices;

namespace Ldn.Gdal.Interop;

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
