using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ldn.Gdal.Tiff;

/// <summary>
/// TIFF's predictor 3 undone: a row of floats is stored as the highest bytes of all cells, then the next ones, down to the
/// lowest, each byte as its difference from the one before.
/// </summary>
internal static class FloatingPredictor
{
    private const int Lanes = 16;

    /// <summary>Undoes one row in place.</summary>
    /// <param name="row">Cells of <paramref name="cellSize"/> bytes; little-endian afterwards.</param>
    /// <param name="cellSize">4 or 8 bytes.</param>
    /// <param name="planes">Scratch of the row's size.</param>
    public static void Undo(Span<byte> row, int cellSize, Span<byte> planes)
    {
        HorizontalPredictor.Accumulate(row);
        row.CopyTo(planes);
        int done = !Vector128.IsHardwareAccelerated ? 0 : cellSize == 4 ? JoinFour(planes, row) : JoinEight(planes, row);
        JoinFrom(planes, row, cellSize, done);
    }

    /// <summary>The law: the bytes of each cell fetched from the planes, for the cells from a place on.</summary>
    internal static void JoinFrom(ReadOnlySpan<byte> planes, Span<byte> row, int cellSize, int from)
    {
        int cells = row.Length / cellSize;
        for (int cell = from; cell < cells; cell++)
            for (int place = 0; place < cellSize; place++)
                row[(cell * cellSize) + place] = planes[((cellSize - 1 - place) * cells) + cell];
    }

    /// <summary>Cells of four bytes, sixteen at a time; returns how many were done.</summary>
    private static int JoinFour(ReadOnlySpan<byte> planes, Span<byte> row)
    {
        int cells = row.Length / sizeof(float), cell = 0;
        ref byte source = ref MemoryMarshal.GetReference(planes), target = ref MemoryMarshal.GetReference(row);
        for (; cell <= cells - Lanes; cell += Lanes)
            StoreFour(
                ref target, cell * sizeof(float), Pairs(ref source, (3 * cells) + cell, (2 * cells) + cell),
                Pairs(ref source, cells + cell, cell));
        return cell;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreFour(
        ref byte target, int at, (Vector128<ushort> First, Vector128<ushort> Last) low,
        (Vector128<ushort> First, Vector128<ushort> Last) high)
    {
        (Vector128<uint> a, Vector128<uint> b) = Pairs(low.First, high.First);
        (Vector128<uint> c, Vector128<uint> d) = Pairs(low.Last, high.Last);
        a.AsByte().StoreUnsafe(ref target, (nuint)at);
        b.AsByte().StoreUnsafe(ref target, (nuint)at + 16);
        c.AsByte().StoreUnsafe(ref target, (nuint)at + 32);
        d.AsByte().StoreUnsafe(ref target, (nuint)at + 48);
    }

    /// <summary>Cells of eight bytes, sixteen at a time; returns how many were done.</summary>
    private static int JoinEight(ReadOnlySpan<byte> planes, Span<byte> row)
    {
        int cells = row.Length / sizeof(double), cell = 0;
        ref byte source = ref MemoryMarshal.GetReference(planes), target = ref MemoryMarshal.GetReference(row);
        for (; cell <= cells - Lanes; cell += Lanes)
        {
            var bytes01 = Pairs(ref source, (7 * cells) + cell, (6 * cells) + cell);
            var bytes23 = Pairs(ref source, (5 * cells) + cell, (4 * cells) + cell);
            var bytes45 = Pairs(ref source, (3 * cells) + cell, (2 * cells) + cell);
            var bytes67 = Pairs(ref source, cells + cell, cell);
            StoreEight(
                ref target, cell * sizeof(double), Pairs(bytes01.First, bytes23.First), Pairs(bytes45.First, bytes67.First));
            StoreEight(
                ref target, (cell * sizeof(double)) + 64, Pairs(bytes01.Last, bytes23.Last), Pairs(bytes45.Last, bytes67.Last));
        }

        return cell;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreEight(
        ref byte target, int at, (Vector128<uint> First, Vector128<uint> Last) low,
        (Vector128<uint> First, Vector128<uint> Last) high)
    {
        (Vector128<ulong> a, Vector128<ulong> b) = Pairs(low.First, high.First);
        (Vector128<ulong> c, Vector128<ulong> d) = Pairs(low.Last, high.Last);
        a.AsByte().StoreUnsafe(ref target, (nuint)at);
        b.AsByte().StoreUnsafe(ref target, (nuint)at + 16);
        c.AsByte().StoreUnsafe(ref target, (nuint)at + 32);
        d.AsByte().StoreUnsafe(ref target, (nuint)at + 48);
    }

    /// <summary>Lane by lane the low part and the high part side by side: the first half of the lanes, and the last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<ushort> First, Vector128<ushort> Last) Pairs(ref byte source, int low, int high)
    {
        Vector128<byte> lows = Vector128.LoadUnsafe(ref source, (nuint)low),
        highs = Vector128.LoadUnsafe(ref source, (nuint)high);
        return (
            Vector128.WidenLower(lows) | (Vector128.WidenLower(highs) << 8),
            Vector128.WidenUpper(lows) | (Vector128.WidenUpper(highs) << 8));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<uint> First, Vector128<uint> Last) Pairs(Vector128<ushort> low, Vector128<ushort> high) =>
        (
            Vector128.WidenLower(low) | (Vector128.WidenLower(high) << 16),
            Vector128.WidenUpper(low) | (Vector128.WidenUpper(high) << 16));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<ulong> First, Vector128<ulong> Last) Pairs(Vector128<uint> low, Vector128<uint> high) =>
        (
            Vector128.WidenLower(low) | (Vector128.WidenLower(high) << 32),
            Vector128.WidenUpper(low) | (Vector128.WidenUpper(high) << 32));
}
