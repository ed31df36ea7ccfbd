using System.Runtime.InteropServices;
using Ldn.Gdal.Tiff;

namespace Ldn.Gdal.Interop;

/// <summary>A decompressor of libzstd's. Not thread-safe.</summary>
internal sealed unsafe class Zstandard : SafeHandle, IStrileDecoder
{
    private static readonly Lazy<Library?> s_library = new(Library.Load);

    private readonly Library _library;

    private Zstandard(Library library)
        : base(0, ownsHandle: true)
    {
        _library = library;
        SetHandle(library.Create());
    }

    public override bool IsInvalid => handle == 0;

    /// <summary>Null where libzstd is missing.</summary>
    public static Zstandard? TryCreate() => s_library.Value is { } library ? new Zstandard(library) : null;

    /// <summary>
    /// Decodes as a stream, as libtiff does, not in one go: the two differ in the frames they take, so that a damaged header could be read here and refused there.
    /// </summary>
    public bool TryDecode(ReadOnlySpan<byte> source, Span<byte> target)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        fixed (byte* from = source, to = target)
        {
            Part input = new(from, (nuint)source.Length), output = new(to, (nuint)target.Length);
            nuint left = IsInvalid ? 0 : _library.Begin(handle);
            while (left != 0 && !_library.IsError(left) && input.Done < input.Size && output.Done < output.Size)
                left = _library.Decompress(handle, &output, &input);
            GC.KeepAlive(this);
            return !_library.IsError(left) && output.Done == output.Size;
        }
    }

    protected override bool ReleaseHandle()
    {
        _library.Free(handle);
        return true;
    }

    /// <summary>ZSTD_inBuffer and ZSTD_outBuffer.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Part(byte* bytes, nuint size)
    {
        public byte* Bytes = bytes;
        public nuint Size = size;
        public nuint Done;
    }

    private sealed class Library
    {
        private readonly delegate* unmanaged<nint> _create;
        private readonly delegate* unmanaged<nint, nuint> _begin;
        private readonly delegate* unmanaged<nint, Part*, Part*, nuint> _decompress;
        private readonly delegate* unmanaged<nuint, uint> _isError;
        private readonly delegate* unmanaged<nint, nuint> _free;

        private Library(nint create, nint begin, nint decompress, nint isError, nint free)
        {
            _create = (delegate* unmanaged<nint>)create;
            _begin = (delegate* unmanaged<nint, nuint>)begin;
            _decompress = (delegate* unmanaged<nint, Part*, Part*, nuint>)decompress;
            _isError = (delegate* unmanaged<nuint, uint>)isError;
            _free = (delegate* unmanaged<nint, nuint>)free;
        }

        public static Library? Load()
        {
            if (CodecLibrary.Find("zstd", 1) is not (nint handle, _))
                return null;
            nint[] found = Array.ConvertAll(
                ["ZSTD_createDStream", "ZSTD_initDStream", "ZSTD_decompressStream", "ZSTD_isError", "ZSTD_freeDStream"], name => CodecLibrary.Function(handle, name));
            return found.Contains(0) ? null : new Library(found[0], found[1], found[2], found[3], found[4]);
        }

        public nint Create() => _create();

        public nuint Begin(nint stream) => _begin(stream);

        public nuint Decompress(nint stream, Part* output, Part* input) => _decompress(stream, output, input);

        public bool IsError(nuint result) => _isError(result) != 0;

        public void Free(nint stream) => _ = _free(stream);
    }
}
