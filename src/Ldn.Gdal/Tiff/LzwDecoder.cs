using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Ldn.Gdal.Tiff;

/// <summary>
/// LZW as TIFF 6.0 has it: codes of 9 to 12 bits, highest bit first, widened one code early. A code's string is kept as the place
/// in the output where it was first written, and copied from there 16 bytes at a time.
/// </summary>
internal sealed class LzwDecoder : IStrileDecoder
{
    private const int Clear = 256;
    private const int FirstString = 258;
    private const int Codes = 4096;
    private const int Chunk = 16;

    /// <summary>Where strings begin in the output, and their bytes; codes below <see cref="FirstString"/> are unused.</summary>
    private readonly (int Start, int Length)[] _strings = new (int, int)[Codes];

    public bool TryDecode(ReadOnlySpan<byte> source, Span<byte> target)
    {
        // Other writers than the specification's begin with something else, or hold the lowest bit first.
        if (source.Length < 2 || source[0] != 0x80 || (source[1] & 0x80) != 0)
            return false;
        ulong bits = 0;                     // unread bits, highest first
        int held = 0, read = 0, written = 0;
        int width = 9, free = FirstString;
        int start = 0, length = 0;          // the last code's string in the output; of no length after Clear
        while (written < target.Length)
        {
            if (held < width && !Refill(source, ref read, ref bits, ref held, width))
                return false;
            int code = (int)(bits >> (64 - width));
            bits <<= width;
            held -= width;

            if (code == Clear)
            {
                (width, free, length) = (9, FirstString, 0);
                continue;
            }

            if (length > 0)
            {
                // The last string and the first byte of this one: side by side in the output as soon as this one is written.
                if (free == Codes)
                    return false;
                _strings[free++] = (start, length + 1);
                if (free > (1 << width) - 2 && width < 12)
                    width++;
            }

            if (code < Clear)
            {
                target[written] = (byte)code;
                (start, length) = (written++, 1);
                continue;
            }

            // The end mark before the end, or a code that stands for nothing yet.
            if (code < FirstString || code >= free)
                return false;
            (int from, int count) = _strings[code];
            if (count > target.Length - written)
                return false;
            Copy(target, from, written, count);
            if (code == free - 1)
                target[written + count - 1] = target[from];
            (start, length) = (written, count);
            written += count;
        }

        return true;
    }

    public void Dispose()
    {
        // No more than managed memory.
    }

    /// <summary>Takes up whole bytes until a code of this width is there; false at the end of the source.</summary>
    private static bool Refill(ReadOnlySpan<byte> source, ref int read, ref ulong bits, ref int held, int width)
    {
        if (source.Length - read >= sizeof(ulong))
        {
            // Bits of the byte after the last one counted come along and are the same when they come again.
            bits |= BinaryPrimitives.ReadUInt64BigEndian(source[read..]) >> held;
            int bytes = (64 - held) >> 3;
            read += bytes;
            held += bytes << 3;
            return true;
        }

        while (held <= 56 && read < source.Length)
        {
            bits |= (ulong)source[read++] << (56 - held);
            held += 8;
        }

        return held >= width;
    }

    /// <summary>
    /// Copies a string that was written before, but for its last byte where that is the first of the copy. May write up to a
    /// chunk beyond it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Copy(Span<byte> target, int from, int to, int count)
    {
        if (target.Length - to - count < Chunk)
        {
            target.Slice(from, count).CopyTo(target[to..]);
            return;
        }

        ref byte first = ref MemoryMarshal.GetReference(target);
        for (int i = 0; i < count; i += Chunk)
            Vector128.LoadUnsafe(ref first, (nuint)(from + i)).StoreUnsafe(ref first, (nuint)(to + i));
    }
}
