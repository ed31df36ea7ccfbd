using System.Runtime.InteropServices;

namespace Ldn.Rasters;

/// <summary>Moves cells of 1, 2, 4 or 8 bytes.</summary>
internal static class CellCopy
{
    /// <summary>destination[i] = source[index[i] − origin], in cells.</summary>
    public static void Gather(ReadOnlySpan<byte> source, ReadOnlySpan<int> index, int origin, Span<byte> destination, int size)
    {
        switch (size)
        {
            case 1:
                Gather<byte>(source, index, origin, destination);
                break;
            case 2:
                Gather<ushort>(source, index, origin, destination);
                break;
            case 4:
                Gather<uint>(source, index, origin, destination);
                break;
            default:
                Gather<ulong>(source, index, origin, destination);
                break;
        }
    }

    /// <summary>Follows a chain of cells: destination[i] = source[offset[i]] for i = first, next[first], … until −1.</summary>
    public static void Scatter(
        ReadOnlySpan<byte> source, int first, ReadOnlySpan<int> next, ReadOnlySpan<int> offset, Span<byte> destination, int size)
    {
        switch (size)
        {
            case 1:
                Scatter<byte>(source, first, next, offset, destination);
                break;
            case 2:
                Scatter<ushort>(source, first, next, offset, destination);
                break;
            case 4:
                Scatter<uint>(source, first, next, offset, destination);
                break;
            default:
                Scatter<ulong>(source, first, next, offset, destination);
                break;
        }
    }

    private static void Gather<T>(ReadOnlySpan<byte> source, ReadOnlySpan<int> index, int origin, Span<byte> destination)
        where T : unmanaged
    {
        ReadOnlySpan<T> from = MemoryMarshal.Cast<byte, T>(source);
        Span<T> to = MemoryMarshal.Cast<byte, T>(destination)[..index.Length];
        for (int i = 0; i < to.Length; i++)
            to[i] = from[index[i] - origin];
    }

    private static void Scatter<T>(
        ReadOnlySpan<byte> source, int first, ReadOnlySpan<int> next, ReadOnlySpan<int> offset, Span<byte> destination)
        where T : unmanaged
    {
        ReadOnlySpan<T> from = MemoryMarshal.Cast<byte, T>(source);
        Span<T> to = MemoryMarshal.Cast<byte, T>(destination);
        for (int i = first; i >= 0; i = next[i])
            to[i] = from[offset[i]];
    }
}
