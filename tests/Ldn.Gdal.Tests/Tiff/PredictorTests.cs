using Ldn.Gdal.Tiff;

namespace Ldn.Gdal.Tests.Tiff;

/// <summary>
/// Predictors applied here by their definition, then undone: at every length and size of cell, at an odd address, with guards on
/// both sides.
/// </summary>
[Parallelizable(ParallelScope.All)]
internal sealed class PredictorTests
{
    private const int Guard = 37, Longest = 257;

    [Test]
    public void DifferencesAreUndone([Values(1, 2, 4, 8)] int size)
    {
        for (int cells = 0; cells <= Longest; cells++)
        {
            byte[] expected = Noise(cells * size, cells + size), stored = new byte[expected.Length];
            for (int i = 0; i < cells; i++)
                Put(stored, i, size, Get(expected, i, size) - (i == 0 ? 0 : Get(expected, i - 1, size)));
            Undone(stored, expected, row => HorizontalPredictor.Undo(row, size), $"{cells} cells of {size}");
        }
    }

    [Test]
    public void FloatingPointIsUndone([Values(4, 8)] int size)
    {
        for (int cells = 0; cells <= Longest; cells++)
        {
            byte[] expected = Noise(cells * size, cells + size), stored = new byte[expected.Length];
            for (int i = 0; i < cells; i++)
                for (int place = 0; place < size; place++)
                    stored[(place * cells) + i] = expected[(i * size) + (size - 1 - place)];
            for (int i = stored.Length - 1; i > 0; i--)
                stored[i] -= stored[i - 1];
            Undone(stored, expected, row => FloatingPredictor.Undo(row, size, new byte[row.Length]), $"{cells} cells of {size}");
        }
    }

    /// <summary>The plain loops alone, which machines without vectors run.</summary>
    [Test]
    public void ThePlainLoopsSayTheSame()
    {
        byte[] bytes = Noise(Longest * 8, 1);
        for (int from = 0; from < 3; from++)
        {
            ushort[] cells = [1, 65535, 3, 9], sums = [1, 0, 3, 12];
            HorizontalPredictor.AccumulateFrom<ushort>(cells, 0);
            Assert.That(cells, Is.EqualTo(sums));
        }

        foreach (int size in new[] { 4, 8 })
        {
            byte[] row = [.. bytes], planes = new byte[row.Length], plain = new byte[row.Length];
            FloatingPredictor.Undo(row, size, planes);
            FloatingPredictor.JoinFrom(planes, plain, size, 0);
            Assert.That(plain, Is.EqualTo(row));
        }
    }

    private static void Undone(byte[] stored, byte[] expected, Predictor undo, string what)
    {
        byte[] memory = new byte[stored.Length + (2 * Guard)];
        memory.AsSpan().Fill(0xEE);
        stored.CopyTo(memory, Guard);
        undo(memory.AsSpan(Guard, stored.Length));
        Assert.That(memory.AsSpan(Guard, stored.Length).SequenceEqual(expected), what);
        Assert.That(
            memory.AsSpan(0, Guard).ContainsAnyExcept((byte)0xEE)
                || memory.AsSpan(Guard + stored.Length).ContainsAnyExcept((byte)0xEE),
            Is.False, what);
    }

    private delegate void Predictor(Span<byte> row);

    private static byte[] Noise(int length, int seed)
    {
        byte[] bytes = new byte[length];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    private static UInt128 Get(byte[] bytes, int cell, int size)
    {
        UInt128 value = 0;
        for (int i = size - 1; i >= 0; i--)
            value = (value << 8) | bytes[(cell * size) + i];
        return value;
    }

    private static void Put(byte[] bytes, int cell, int size, UInt128 value)
    {
        for (int i = 0; i < size; i++)
            bytes[(cell * size) + i] = (byte)(value >> (8 * i));
    }
}
