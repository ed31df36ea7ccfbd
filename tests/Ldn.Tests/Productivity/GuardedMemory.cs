using System.Buffers;
using System.Runtime.InteropServices;

namespace Ldn.Tests.Productivity;

/// <summary>
/// A copy of some bytes whose end touches a page without access: reading one byte too far ends the test run. Linux only.
/// </summary>
internal sealed unsafe partial class GuardedMemory : MemoryManager<byte>
{
    private const int ReadWrite = 3, PrivateAnonymous = 0x22;

    private readonly nint _address;
    private readonly nuint _size;
    private readonly byte* _start;
    private readonly int _length;

    public GuardedMemory(ReadOnlySpan<byte> bytes)
    {
        int page = Environment.SystemPageSize, pages = ((bytes.Length + page - 1) / page) + 1;
        _size = (nuint)(pages * page);
        _address = Map(0, _size, ReadWrite, PrivateAnonymous, -1, 0);
        if (_address == -1 || Protect(_address + ((pages - 1) * page), (nuint)page, 0) != 0)
            throw new InvalidOperationException("no guarded memory");
        _length = bytes.Length;
        _start = (byte*)_address + ((pages - 1) * page) - _length;
        bytes.CopyTo(GetSpan());
    }

    public override Span<byte> GetSpan() => new(_start, _length);

    public override MemoryHandle Pin(int elementIndex = 0) => new(_start + elementIndex);

    public override void Unpin()
    {
    }

    protected override void Dispose(bool disposing) => _ = Unmap(_address, _size);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial nint Map(nint address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(nint address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(nint address, nuint length);
}
