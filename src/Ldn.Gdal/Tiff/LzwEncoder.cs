using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ldn.Gdal.Tiff;

/// <summary>
/// Compresses cells of one byte as TIFF's LZW does: codes of 9 to 12 bits, highest bit first, widened one code early, the table
/// cleared when it is full. What it writes depends on the cells alone. Not thread-safe.
/// </summary>
/// <remarks>
/// The table is addressed directly, by the code of a string and the cell that follows it: class rasters hold few and small
/// values, so that it stays in the nearest cache. Runs of one value, of which they consist, are not followed cell by cell: the
/// longest run of each value that the table knows is kept aside.
/// </remarks>
internal sealed class LzwEncoder
{
    private const int Clear = 256, End = 257, First = 258, Full = 4094;

    private const int FewestBits = 9, MostCodes = 4096;

    /// <summary>Where a known code was entered into <see cref="_children"/>: what clearing has to take out again.</summary>
    private readonly int[] _slots = new int[MostCodes];

    /// <summary>Length of the longest run of each value that has a code.</summary>
    private readonly int[] _longest = new int[256];

    /// <summary>
    /// Code of the string that a cell makes of a code's string, at [code × 2^shift + cell]; 0 where there is none. All 0 between
    /// calls.
    /// </summary>
    private ushort[] _children = [];

    /// <summary>Code of a run, at [value × 4096 + length].</summary>
    private ushort[] _runs = [];

    private int _shift;

    /// <summary>Most bytes that some cells can become.</summary>
    public static int Bound(int cells) => cells + (cells / 2) + (cells / 1024) + 64;

    /// <summary>
    /// Compresses cells into <paramref name="target"/>, of at least <see cref="Bound"/> bytes, and returns how many bytes that
    /// took.
    /// </summary>
    public int Encode(ReadOnlySpan<byte> cells, Span<byte> target)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(target.Length, Bound(cells.Length));
        Prepare(Largest(cells));
        var bits = new BitWriter(target);
        int next = First, width = FewestBits, shift = _shift;
        bits.Put(Clear, width);
        ref ushort children = ref MemoryMarshal.GetArrayDataReference(_children);
        for (int i = 0; i < cells.Length;)
        {
            int start = i;
            byte value = cells[i];
            int run = Run(cells, i);
            int code = run == 1 ? value : _runs[(value * MostCodes) + run];
            i += run;

            // No index reaches beyond the table, whatever the cells: code and cell are both below its length, a power of two.
            int slot = 0;
            for (; i < cells.Length; i++)
            {
                slot = (code << shift) | cells[i];
                int child = Unsafe.Add(ref children, slot);
                if (child == 0)
                    break;
                code = child;
            }

            bits.Put(code, width);
            if (i < cells.Length)
            {
                _children[slot] = (ushort)next;
                _slots[next] = slot;
                if (cells[i] == value && i - start == run && run == _longest[value])
                    _runs[(value * MostCodes) + ++_longest[value]] = (ushort)next;
            }
            else
            {
                // Readers count a code for the last string, too, which nothing follows.
                _slots[next] = 0;
            }

            if (++next == Full)
            {
                bits.Put(Clear, width);
                Forget(next);
                (next, width) = (First, FewestBits);
            }
            else if (next == 1 << width)
            {
                width++;
            }
        }

        bits.Put(End, width);
        Forget(next);
        return bits.Finish();
    }

    /// <summary>Cells from a place on that are one value, at most as many as have a code.</summary>
    private int Run(ReadOnlySpan<byte> cells, int start)
    {
        byte value = cells[start];
        int most = Math.Min(_longest[value], cells.Length - start);
        if (most < 2 || cells[start + 1] != value)
            return 1;
        int other = cells.Slice(start, most).IndexOfAnyExcept(value);
        return other < 0 ? most : other;
    }

    /// <summary>Gives the tables room for values up to the largest.</summary>
    private void Prepare(byte largest)
    {
        _shift = BitOperations.Log2((uint)largest | 1) + 1;
        int values = 1 << _shift;
        if (_children.Length < MostCodes * values)
        {
            _children = new ushort[MostCodes * values];
            _runs = new ushort[MostCodes * values];
        }

        Array.Fill(_longest, 1);
    }

    private void Forget(int next)
    {
        for (int code = First; code < next; code++)
            _children[_slots[code]] = 0;
        Array.Fill(_longest, 1);
    }

    private static byte Largest(ReadOnlySpan<byte> cells)
    {
        Vector<byte> most = Vector<byte>.Zero;
        int i = 0;
        for (; i <= cells.Length - Vector<byte>.Count; i += Vector<byte>.Count)
            most = Vector.Max(most, new Vector<byte>(cells[i..]));
        byte largest = 0;
        for (int lane = 0; lane < Vector<byte>.Count; lane++)
            largest = Math.Max(largest, most[lane]);
        for (; i < cells.Length; i++)
            largest = Math.Max(largest, cells[i]);
        return largest;
    }

    /// <summary>Codes as a stream of bits, highest first.</summary>
    private ref struct BitWriter(Span<byte> target)
    {
        private readonly Span<byte> _target = target;
        private ulong _bits;
        private int _pending;
        private int _written;

        public void Put(int code, int width)
        {
            _bits = (_bits << width) | (uint)code;
            _pending += width;
            if (_pending < 32)
                return;
            _pending -= 32;
            BinaryPrimitives.WriteUInt32BigEndian(_target[_written..], (uint)(_bits >> _pending));
            _written += 4;
        }

        /// <summary>Fills the last byte up with zeros and returns how many bytes there are.</summary>
        public int Finish()
        {
            for (; _pending > 0; _pending -= 8)
                _target[_written++] = (byte)(_pending >= 8 ? _bits >> (_pending - 8) : _bits << (8 - _pending));
            return _written;
        }
    }
}
