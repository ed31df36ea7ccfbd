using System.Runtime.InteropServices;

namespace Ldn.Tests.Lanes;

/// <summary>
/// Memory between two pages that cannot be touched: a load or store one byte before or behind it ends the process.
/// </summary>
internal sealed unsafe partial class GuardedMemory : IDisposable
{
    private const int ReadWrite = 1 | 2, PrivateAnonymous = 0x22, NoAccess = 0;
    private readonly byte* _map;
    private readonly nuint _mapped;
    private readonly byte* _first;
    private readonly int _bytes;

    public GuardedMemory(int atLeast)
    {
        int page = Environment.SystemPageSize;
        _bytes = (atLeast + page - 1) / page * page;
        _mapped = (nuint)(_bytes + (2 * page));
        _map = (byte*)Map(null, _mapped, ReadWrite, PrivateAnonymous, -1, 0);
        Assert.That((nint)_map, Is.Not.EqualTo((nint)(-1)), "mmap");
        _first = _map + page;
        Assert.That(Protect(_map, (nuint)page, NoAccess), Is.Zero, "mprotect");
        Assert.That(Protect(_first + _bytes, (nuint)page, NoAccess), Is.Zero, "mprotect");
    }

    /// <summary>Skips the test, saying so, where pages cannot be protected by these calls.</summary>
    public static void Require()
    {
        if (!OperatingSystem.IsLinux())
            Assert.Ignore("pages without access behind the buffers are made on Linux only");
    }

    /// <summary>Bytes directly before the page that cannot be touched.</summary>
    public Span<T> Last<T>(int count)
        where T : unmanaged => new(_first + _bytes - (count * sizeof(T)), count);

    /// <summary>Bytes directly behind the page that cannot be touched.</summary>
    public Span<T> First<T>(int count)
        where T : unmanaged => new(_first, count);

    public void Dispose() => _ = Unmap(_map, _mapped);

    [LibraryImport("libc", EntryPoint = "mmap")]
    private static partial void* Map(void* address, nuint length, int protection, int flags, int file, nint offset);

    [LibraryImport("libc", EntryPoint = "mprotect")]
    private static partial int Protect(void* address, nuint length, int protection);

    [LibraryImport("libc", EntryPoint = "munmap")]
    private static partial int Unmap(void* address, nuint length);
}
