using Ldn.Lanes;

namespace Ldn.Tests.Lanes;

[Category("Slow")]
internal sealed class RunsTests
{
    private static IEnumerable<SimdLevel> Levels => SimdTests.Available;

    [TestCaseSource(nameof(Levels))]
    public void EndsAreWhereAnyPlaneChanges(SimdLevel level)
    {
        var random = new Random(11);
        for (int planes = 1; planes <= 5; planes++)
        {
            // From constant to noise: run lengths from one cell to longer than any vector.
            foreach (double change in new[] { 0, 0.01, 0.2, 1 })
            {
                for (int length = 0; length <= 257; length++)
                {
                    int start = random.Next(70);
                    byte[][] data = [.. Enumerable.Range(0, planes).Select(_ => Plane(random, start + length, change))];
                    var ends = new int[length + 3];
                    Array.Fill(ends, -7);
                    int count = Runs.Find(data, start, start + length, ends.AsSpan(0, length), level);
                    Assert.That(
                        ends.Take(count), Is.EqualTo(PlainEnds(data, start, start + length)),
                        $"{planes} planes, {start} + {length}, change {change}");
                    Assert.That(ends.Skip(count), Is.All.EqualTo(-7), "entries beyond the runs are untouched");
                }
            }
        }
    }

    [TestCaseSource(nameof(Levels))]
    public void EveryPlaceOfASingleBreakIsFound(SimdLevel level)
    {
        var ends = new int[257];
        for (int at = 1; at < 257; at++)
        {
            byte[] constant = new byte[257], broken = new byte[257];
            broken.AsSpan(at).Fill(1);
            Assert.That(Runs.Find([constant, broken], 0, 257, ends, level), Is.EqualTo(2));
            Assert.That(ends[..2], Is.EqualTo(new[] { at, 257 }));
        }
    }

    [TestCaseSource(nameof(Levels))]
    public void WhatLiesBeforeTheStartIsNoBreak(SimdLevel level)
    {
        byte[] plane = [1, 1, 9, 9, 9, 9];
        var ends = new int[4];
        Assert.That(Runs.Find([plane], 2, 6, ends, level), Is.EqualTo(1));
        Assert.That(ends[0], Is.EqualTo(6));
        Assert.That(Runs.Find([plane], 3, 3, ends, level), Is.Zero);
    }

    [Test]
    public void TooFewEntriesOrCellsAreRefused()
    {
        Assert.That(() => Runs.Find([new byte[9]], 0, 9, new int[8]), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(
            () => Runs.Find([new byte[9], new byte[8]], 0, 9, new int[9]), Throws.InstanceOf<ArgumentOutOfRangeException>());
        Assert.That(() => Runs.Find([new byte[9]], -1, 9, new int[10]), Throws.InstanceOf<ArgumentOutOfRangeException>());
    }

    [TestCaseSource(nameof(Levels))]
    public void ClassCountsAddUpAtEveryLengthAndAlignment(SimdLevel level)
    {
        var random = new Random(12);
        var values = new byte[400];
        for (int i = 0; i < values.Length; i++)
            values[i] = (byte)(random.Next(8) == 0 ? random.Next(256) : random.Next(5));
        for (int length = 0; length <= 257; length++)
        {
            for (int alignment = 0; alignment < 64; alignment++)
            {
                Span<long> counts = [100, 1000, 2000, 3000];
                ClassCount.Add(values.AsSpan(alignment, length), counts, level);
                byte[] part = values[alignment..(alignment + length)];
                for (int c = 1; c <= 3; c++)
                    if (counts[c] != (1000 * c) + part.Count(v => v == c))
                        Assert.Fail($"length {length}, alignment {alignment}: class {c} counted {counts[c]}");
                if (counts[0] != 100)
                    Assert.Fail("other values are not counted");
            }
        }
    }

    [TestCaseSource(nameof(Levels))]
    public void ClassCountReadsNothingBeyondItsSpan(SimdLevel level)
    {
        GuardedMemory.Require();
        using var memory = new GuardedMemory(300);
        Span<long> counts = stackalloc long[4];
        for (int length = 0; length <= 257; length++)
        {
            Span<byte> last = memory.Last<byte>(length);
            last.Fill(3);
            counts.Clear();
            ClassCount.Add(last, counts, level);
            ClassCount.Add(memory.First<byte>(0), counts, level);
            if (counts[3] != length || counts[1] + counts[2] != 0)
                Assert.Fail($"length {length}: {counts[3]}");
        }
    }

    private static byte[] Plane(Random random, int length, double change)
    {
        var plane = new byte[length];
        byte value = (byte)random.Next(256);
        for (int i = 0; i < length; i++)
            plane[i] = random.NextDouble() < change ? value = (byte)random.Next(256) : value;
        return plane;
    }

    private static List<int> PlainEnds(byte[][] planes, int start, int end)
    {
        var ends = new List<int>();
        for (int i = start + 1; i <= end; i++)
            if (i == end || !planes.All(plane => plane[i] == plane[i - 1]))
                ends.Add(i);
        return ends;
    }
}
