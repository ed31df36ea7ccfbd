using Ldn.Gdal.Tiff;
using Ldn.Tests;

namespace Ldn.Gdal.Tests.Tiff;

/// <summary>
/// The LZW decoder against a plain one with a table of strings, on streams of codes that hold together and on such that do not.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class LzwDecoderTests
{
    private const int Clear = 256, End = 257;

    [Test]
    public void StreamsOfCodesDecodeAsBySpecification([Range(0, 19)] int seed)
    {
        var random = new Random(seed);
        int decoded = 0, refused = 0;
        for (int trial = 0; trial < (FullRun.Asked ? 5000 : 200); trial++)
        {
            byte[] stream = Codes(random, random.Next(1, trial % 10 == 0 ? 6000 : 300));
            byte[]? expected = Plain(stream, int.MaxValue);
            int length = (expected?.Length ?? 0) + random.Next(-2, 3);
            if (length <= 0)
                continue;
            bool done = Decode(stream, length, out byte[] cells);
            // Of a stream that holds more only the part that ends with a string is taken: the rest is GDAL's to judge.
            byte[]? law = Plain(stream, length);
            if (done)
                Assert.That(cells.AsSpan().SequenceEqual(law), $"seed {seed}, trial {trial}");
            else
                Assert.That(law, Is.Null.Or.Length.Not.EqualTo(length), $"seed {seed}, trial {trial}: refused");
            _ = done ? decoded++ : refused++;
        }

        Assert.That(decoded, Is.GreaterThan(20));
        Assert.That(refused, Is.GreaterThan(20));
    }

    [Test]
    public void NoiseIsRefusedOrDecodedWithinBounds([Range(0, 9)] int seed)
    {
        var random = new Random(seed);
        for (int trial = 0; trial < (FullRun.Asked ? 50_000 : 2000); trial++)
        {
            byte[] stream = new byte[random.Next(0, 200)];
            random.NextBytes(stream);
            // The mark of a beginning lets half of the noise in.
            if (stream.Length > 1 && trial % 2 == 0)
                (stream[0], stream[1]) = (0x80, (byte)(stream[1] & 0x7F));
            int length = random.Next(1, 3000);
            if (Decode(stream, length, out byte[] cells))
                Assert.That(Plain(stream, length), Is.EqualTo(cells));
        }
    }

    /// <summary>A full table takes no more strings; the encoder has to clear it before.</summary>
    [Test]
    public void AFullTableThatIsNotClearedIsRefused()
    {
        var writer = new CodeWriter();
        writer.Write(Clear);
        for (int i = 0; i < 5000; i++)
            writer.Write(i % 256);
        Assert.That(Decode(writer.Bytes(), 3800, out _));
        Assert.That(Decode(writer.Bytes(), 3900, out _), Is.False);
    }

    /// <summary>Decodes between guards, which nothing may touch.</summary>
    private static bool Decode(byte[] stream, int length, out byte[] cells)
    {
        const int guard = 64;
        using var decoder = new LzwDecoder();
        byte[] memory = new byte[length + (2 * guard)];
        memory.AsSpan().Fill(0xEE);
        bool done = decoder.TryDecode(stream, memory.AsSpan(guard, length));
        Assert.That(
            memory.AsSpan(0, guard).ContainsAnyExcept((byte)0xEE) || memory.AsSpan(guard + length).ContainsAnyExcept((byte)0xEE),
            Is.False, "bytes beside the target");
        cells = memory[guard..(guard + length)];
        return done;
    }

    /// <summary>
    /// Codes that mostly stand for something: bytes, strings of the table, the one that is just being made, now and then a clear
    /// or nonsense.
    /// </summary>
    private static byte[] Codes(Random random, int count)
    {
        var writer = new CodeWriter();
        writer.Write(Clear);
        bool nonsense = random.Next(3) == 0;
        for (int i = 0; i < count; i++)
        {
            int code = random.Next(400) switch
            {
                0 => Clear,
                1 when nonsense => random.Next(1 << writer.Width),
                2 when nonsense => End,
                < 200 => random.Next(4),
                < 250 => random.Next(256),
                < 290 => writer.Free,
                _ => writer.Free > 258 ? random.Next(258, writer.Free) : random.Next(256),
            };
            // Right after a clear, and with a table about to be full, only bytes and clears hold together.
            writer.Write(
                writer.IsFresh && code >= 258 && !nonsense ? code % 256 : writer.Free >= 4094 && !nonsense ? Clear : code);
        }

        if (random.Next(2) == 0)
            writer.Write(End);
        return writer.Bytes();
    }

    /// <summary>
    /// The specification's decoder, at most to a length: the strings so far where the stream ends, null where it breaks off or
    /// breaks a rule before.
    /// </summary>
    private static byte[]? Plain(byte[] stream, int most)
    {
        var output = new List<byte>();
        var table = new List<byte[]>();
        byte[]? last = null;
        int width = 9, at = 0;
        bool begun = false;
        while (output.Count < most)
        {
            if (at + width > stream.Length * 8)
                return most == int.MaxValue ? [.. output] : null;
            int code = 0;
            for (int i = 0; i < width; i++, at++)
                code = (code << 1) | ((stream[at / 8] >> (7 - (at % 8))) & 1);
            if (!begun && code != Clear)
                return null;
            if (code == Clear)
            {
                table = [.. Enumerable.Range(0, 256).Select(b => new[] { (byte)b }), [], []];
                (last, width, begun) = (null, 9, true);
                continue;
            }

            if (code == End)
                return most == int.MaxValue ? [.. output] : null;
            byte[]? text = code < table.Count ? table[code] : code == table.Count && last is not null ? [.. last, last[0]] : null;
            if (text is null || (last is not null && table.Count == 4096))
                return most == int.MaxValue ? [.. output] : null;
            if (last is not null)
                table.Add([.. last, text[0]]);
            output.AddRange(text);
            last = text;
            width = table.Count switch { > 2046 => 12, > 1022 => 11, > 510 => 10, _ => 9 };
        }

        return [.. output];
    }

    /// <summary>Writes codes at the width that a decoder expects them to have.</summary>
    private sealed class CodeWriter
    {
        private readonly List<bool> _bits = [];

        public int Width { get; private set; } = 9;

        /// <summary>The code that the next one makes.</summary>
        public int Free { get; private set; } = 258;

        public bool IsFresh { get; private set; } = true;

        public void Write(int code)
        {
            for (int i = Width - 1; i >= 0; i--)
                _bits.Add(((code >> i) & 1) != 0);
            if (code == Clear)
                (Width, Free, IsFresh) = (9, 258, true);
            else
            {
                Free += IsFresh ? 0 : 1;
                IsFresh = false;
                Width = Free switch { > 2046 => 12, > 1022 => 11, > 510 => 10, _ => 9 };
            }
        }

        public byte[] Bytes()
        {
            byte[] bytes = new byte[(_bits.Count + 7) / 8];
            for (int i = 0; i < _bits.Count; i++)
                if (_bits[i])
                    bytes[i / 8] |= (byte)(0x80 >> (i % 8));
            return bytes;
        }
    }
}
