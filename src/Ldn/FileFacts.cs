using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Ldn;

/// <summary>
/// What lies under a name. <see cref="Other"/> is a pipe, a device, a socket: nothing that has an end or a content of its own.
/// </summary>
internal enum FileKind
{
    Missing,
    Regular,
    Folder,
    Link,
    Other,
}

/// <summary>
/// What the system knows of a file. Two of these are equal where nothing has happened to the file between them: the time of
/// change (of content or name, in nanoseconds since 1970) is the system's own and cannot be set back, as that of writing can.
/// </summary>
/// <param name="Device">With <paramref name="Inode"/> what tells one file from another under whatever names; 0 where the system
/// does not tell.</param>
internal readonly partial record struct FileFacts(
    FileKind Kind, long Bytes, long Written, long Changed, ulong Inode, ulong Device)
{
    private const int CurrentFolder = -100, NotThroughLinks = 0x100, BasicFacts = 0x7ff, NoSuchFile = 2, NotAFolder = 20;
    private const int KindMask = 0xf000, RegularKind = 0x8000, FolderKind = 0x4000, LinkKind = 0xa000;

    /// <summary>Asks the system, and never opens the file; a name that no file can have is that of a missing one.</summary>
    /// <param name="path">The name.</param>
    /// <param name="throughLinks">Whether a link stands for what it leads to, or for itself.</param>
    public static FileFacts Of(string path, bool throughLinks = true)
    {
        if (path.Length == 0 || path.Contains('\0'))
            return default;
        return OperatingSystem.IsLinux() && AskLinux(path, throughLinks) is { } facts ? facts : AskRuntime(path, throughLinks);
    }

    /// <summary>When it was written last.</summary>
    public DateTime WrittenUtc => DateTime.UnixEpoch.AddTicks(Written / TimeSpan.NanosecondsPerTick);

    /// <summary>When what a name leads to was written last, or the name itself, a link, was made, if that was later.</summary>
    public static DateTime LastWriteUtc(string path)
    {
        FileFacts own = Of(path, throughLinks: false);
        if (own.Kind != FileKind.Link)
            return own.WrittenUtc;
        DateTime led = Of(path).WrittenUtc;
        return own.WrittenUtc > led ? own.WrittenUtc : led;
    }

    /// <summary>Whether both are the same file, under whatever names.</summary>
    public bool IsSameFile(FileFacts other) => Inode != 0 && (Inode, Device) == (other.Inode, other.Device);

    /// <summary>By statx, which has one form on every processor; null where the system does not know it or fails.</summary>
    private static FileFacts? AskLinux(string path, bool throughLinks)
    {
        Span<byte> facts = stackalloc byte[256];
        try
        {
            if (Statx(CurrentFolder, path, throughLinks ? 0 : NotThroughLinks, BasicFacts, facts) != 0)
                return Marshal.GetLastPInvokeError() is NoSuchFile or NotAFolder ? default(FileFacts) : null;
        }
        catch (EntryPointNotFoundException)
        {
            return null;
        }

        static long Time(ReadOnlySpan<byte> at) => (BinaryPrimitives.ReadInt64LittleEndian(at) * 1_000_000_000)
            + BinaryPrimitives.ReadUInt32LittleEndian(at[8..]);
        FileKind kind = (BinaryPrimitives.ReadUInt16LittleEndian(facts[28..]) & KindMask) switch
        {
            RegularKind => FileKind.Regular,
            FolderKind => FileKind.Folder,
            LinkKind => FileKind.Link,
            _ => FileKind.Other,
        };
        ulong device = ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(
            facts[136..]) << 32) | BinaryPrimitives.ReadUInt32LittleEndian(facts[140..]);
        return new FileFacts(
            kind, BinaryPrimitives.ReadInt64LittleEndian(facts[40..]), Time(facts[112..]), Time(facts[96..]),
                BinaryPrimitives.ReadUInt64LittleEndian(facts[32..]), device);
    }

    private static FileFacts AskRuntime(string path, bool throughLinks)
    {
        try
        {
            var file = new FileInfo(path);
            if (file.LinkTarget is not null && !throughLinks)
                return new FileFacts(FileKind.Link, 0, 0, 0, 0, 0);
            if (Directory.Exists(path))
                return new FileFacts(FileKind.Folder, 0, Nanoseconds(Directory.GetLastWriteTimeUtc(path)), 0, 0, 0);
            return file.Exists ? new FileFacts(FileKind.Regular, file.Length, Nanoseconds(file.LastWriteTimeUtc), 0, 0, 0)
                : default;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return default;
        }
    }

    private static long Nanoseconds(DateTime time) => (time - DateTime.UnixEpoch).Ticks * 100;

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int Statx(int folder, string path, int flags, uint mask, Span<byte> facts);
}
