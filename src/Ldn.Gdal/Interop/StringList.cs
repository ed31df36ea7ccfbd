using System.Runtime.InteropServices;

namespace Ldn.Gdal.Interop;

/// <summary>A null-terminated array of UTF-8 strings in native memory (GDAL's char**), freed by <see cref="Dispose"/>.</summary>
internal sealed unsafe class StringList : IDisposable
{
    private readonly int _count;

    public StringList(params IReadOnlyList<string> items)
    {
        _count = items.Count;
        Pointer = (byte**)NativeMemory.AllocZeroed((nuint)_count + 1, (nuint)sizeof(byte*));
        for (int i = 0; i < _count; i++)
            Pointer[i] = (byte*)Marshal.StringToCoTaskMemUTF8(items[i]);
    }

    public byte** Pointer { get; private set; }

    /// <summary>Copies of the strings of a list that GDAL keeps; empty for a null pointer.</summary>
    public static List<string> Copy(byte** list)
    {
        List<string> copies = [];
        for (byte** item = list; item is not null && *item is not null; item++)
            copies.Add(Marshal.PtrToStringUTF8((nint)(*item)) ?? "");
        return copies;
    }

    public void Dispose()
    {
        if (Pointer is null)
            return;
        for (int i = 0; i < _count; i++)
            Marshal.FreeCoTaskMem((nint)Pointer[i]);
        NativeMemory.Free(Pointer);
        Pointer = null;
    }
}
