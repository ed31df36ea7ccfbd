using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ldn.Gdal.Tiff;

/// <summary>
/// TIFF's predictor 2 undone: each cell is stored as its difference from the one to its left, modulo its size; the first as it
/// is.
/// </summary>
internal static class HorizontalPredictor
{
    /// <summary>Undoes one row in place.</summary>
    /// <param name="row">Little-endian cells.</param>
    /// <param name="cellSize">1, 2, 4 or 8 bytes.</param>
    public static void Undo(Span<byte> row, int cellSize)
    {
        switch (cellSize)
        {
            case 1:
                Accumulate(row);
                break;
            case 2:
                Accumulate(MemoryMarshal.Cast<byte, ushort>(row));
                break;
            case 4:
                Accumulate(MemoryMarshal.Cast<byte, uint>(row));
                break;
            default:
                Accumulate(MemoryMarshal.Cast<byte, ulong>(row));
                break;
        }
    }

    /// <summary>Running sums in place.</summary>
    internal static void Accumulate<T>(Span<T> cells)
        where T : unmanaged, INumberBase<T>
    {
        int done = Vector128.IsHardwareAccelerated ? AccumulateVectors(cells) : 0;
        AccumulateFrom(cells, done);
    }

    /// <summary>The law: running sums where all before a place are done.</summary>
    internal static void AccumulateFrom<T>(Span<T> cells, int from)
        where T : unmanaged, INumberBase<T>
    {
        for (int i = Math.Max(from, 1); i < cells.Length; i++)
            cells[i] += cells[i - 1];
    }

    /// <summary>
    /// Running sums of as many cells as fill whole vectors; returns how many. Within a vector: shifted by 1, 2, 4 … cells and
    /// added.
    /// </summary>
    private static unsafe int AccumulateVectors<T>(Span<T> cells)
        where T : unmanaged, INumberBase<T>
    {
        ref T first = ref MemoryMarshal.GetReference(cells);
        Vector128<T> before = Vector128<T>.Zero;
        int i = 0;
        for (; i <= cells.Length - Vector128<T>.Count; i += Vector128<T>.Count)
        {
            Vector128<T> sums = Vector128.LoadUnsafe(ref first, (nuint)i);
            if (sizeof(T) == 1)
                sums += Vector128.Shuffle(
                    sums.AsByte(), Vector128.Create((byte)255, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14)).As<byte, T>();
            if (sizeof(T) <= 2)
                sums += Vector128.Shuffle(
                    sums.AsByte(), Vector128.Create(255, 255, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, (byte)13)).As<byte, T>();
            if (sizeof(T) <= 4)
                sums += Vector128.Shuffle(sums.AsUInt32(), Vector128.Create(uint.MaxValue, 0, 1, 2)).As<uint, T>();
            sums += Vector128.Shuffle(sums.AsUInt64(), Vector128.Create(ulong.MaxValue, 0)).As<ulong, T>();
            sums += before;
            sums.StoreUnsafe(ref first, (nuint)i);
            before = LastEverywhere(sums);
        }

        return i;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe Vector128<T> LastEverywhere<T>(Vector128<T> cells)
        where T : unmanaged => sizeof(T) switch
        {
            1 => Vector128.Shuffle(cells.AsByte(), Vector128.Create((byte)15)).As<byte, T>(),
            2 => Vector128.Shuffle(cells.AsByte(), Vector128.Create((ushort)0x0F0E).AsByte()).As<byte, T>(),
            4 => Vector128.Shuffle(cells.AsUInt32(), Vector128.Create(3u)).As<uint, T>(),
            _ => Vector128.Shuffle(cells.AsUInt64(), Vector128.Create(1ul)).As<ulong, T>(),
        };
}
