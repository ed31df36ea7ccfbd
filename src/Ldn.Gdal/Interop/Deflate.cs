using System.Runtime.InteropServices;
using Ldn.Gdal.Tiff;

namespace Ldn.Gdal.Interop;

/// <summary>A decompressor of libdeflate's for zlib streams, as TIFF calls DEFLATE. Not thread-safe.</summary>
internal sealed unsafe class Deflate : SafeHandle, IStrileDecoder
{
    private static readonly Lazy<Library?> s_library = new(Library.Load);

    private readonly Library _library;

    private Deflate(Library library)
        : base(0, ownsHandle: true)
    {
        _library = library;
        SetHandle(library.Allocate());
    }

    /// <summary>The name libdeflate was found by; null where it is missing.</summary>
    public static string? FoundAs => s_library.Value?.Name;

    public override bool IsInvalid => handle == 0;

    /// <summary>Null where libdeflate is missing.</summary>
    public static Deflate? TryCreate() => s_library.Value is { } library ? new Deflate(library) : null;

    /// <summary>The stream must be whole with its checksum right, end with the source's last byte, and fill the target.</summary>
    public bool TryDecode(ReadOnlySpan<byte> source, Span<byte> target)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        nuint read = 0;
        int result;
        fixed (byte* from = source, to = target)
            // Without an address for the number of bytes written, fewer than asked for are a failure.
            result = IsInvalid
                ? -1
                : _library.Decompress(handle, from, (nuint)source.Length, to, (nuint)target.Length, &read, null);
        GC.KeepAlive(this);
        return result == 0 && read == (nuint)source.Length;
    }

    protected override bool ReleaseHandle()
    {
        _library.Free(handle);
        return true;
    }

    private sealed class Library
    {
        private readonly delegate* unmanaged<nint> _allocate;
        private readonly delegate* unmanaged<nint, byte*, nuint, byte*, nuint, nuint*, nuint*, int> _decompress;
        private readonly delegate* unmanaged<nint, void> _free;

        private Library(string name, nint allocate, nint decompress, nint free)
        {
            Name = name;
            _allocate = (delegate* unmanaged<nint>)allocate;
            _decompress = (delegate* unmanaged<nint, byte*, nuint, byte*, nuint, nuint*, nuint*, int>)decompress;
            _free = (delegate* unmanaged<nint, void>)free;
        }

        public string Name { get; }

        public static Library? Load()
        {
            if (CodecLibrary.Find("deflate", 0) is not (nint handle, string name))
                return null;
            nint allocate = CodecLibrary.Function(handle, "libdeflate_alloc_decompressor");
            nint decompress = CodecLibrary.Function(handle, "libdeflate_zlib_decompress_ex");
            nint free = CodecLibrary.Function(handle, "libdeflate_free_decompressor");
            return allocate == 0 || decompress == 0 || free == 0 ? null : new Library(name, allocate, decompress, free);
        }

        public nint Allocate() => _allocate();

        public int Decompress(
            nint decompressor, byte* source, nuint length, byte* target, nuint room, nuint* read, nuint* written) =>
            _decompress(decompressor, source, length, target, room, read, written);

        public void Free(nint decompressor) => _free(decompressor);
    }
}

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
