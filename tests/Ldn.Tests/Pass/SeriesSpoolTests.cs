using Ldn.Pass;
using Ldn.Rasters;

namespace Ldn.Tests.Pass;

/// <summary>
/// Slices of units of 512 × 512 cells and of the narrower and lower ones at the edges, whatever their order, none over another.
/// </summary>
internal sealed class SeriesSpoolTests
{
    private const int CellBytes = 11, Periods = 2;
    private static readonly Window s_extent = new(512, 1024, 1300, 700);

    [TestCase(1)]
    [TestCase(32)]
    [TestCase(200)]
    public void WhatWasWrittenIsRead(int sliceRows)
    {
        string path = Path.Combine(TestContext.CurrentContext.WorkDirectory, $"spool-{sliceRows}");
        (int Period, Window Slice)[] records = [
            .. Slices(sliceRows).SelectMany(slice => Enumerable.Range(0, Periods).Select(p => (p, slice)))];
        using (var spool = new SeriesSpool(path, s_extent, 3, CellBytes))
        {
            new Random(1).Shuffle(records);
            Parallel.For(0, records.Length, i => spool.Write(records[i].Period, records[i].Slice, Record(i, records[i].Slice)));
            for (int i = 0; i < records.Length; i++)
            {
                byte[] record = new byte[Record(i, records[i].Slice).Length];
                spool.Read(records[i].Period, records[i].Slice, record);
                Assert.That(record.AsSpan().SequenceEqual(Record(i, records[i].Slice)), $"{records[i]}");
            }

            Assert.That(
                new FileInfo(path).Length, Is.EqualTo((long)s_extent.Width * s_extent.Height * Periods * CellBytes),
                "no cell twice, none left out");
        }

        Assert.That(File.Exists(path), Is.False);
    }

    [Test]
    public void WhatIsNotThereIsAnError()
    {
        using var spool = new SeriesSpool(
            Path.Combine(TestContext.CurrentContext.WorkDirectory, "spool-short"), s_extent, 3, CellBytes);
        Window first = Slices(32).First(), last = Slices(32).Last();
        spool.Write(0, first, Record(0, first));
        Assert.That(() => spool.Read(0, last, new byte[Record(0, last).Length]), Throws.InstanceOf<IOException>());
    }

    private static IEnumerable<Window> Slices(int rows)
    {
        for (int row = s_extent.Row; row < s_extent.EndRow; row += 512)
            for (int column = s_extent.Column; column < s_extent.EndColumn; column += 512)
                for (int first = row; first < Math.Min(row + 512, s_extent.EndRow); first += rows)
                    yield return new Window(column, first, 512, Math.Min(rows, row + 512 - first)).Intersect(s_extent);
    }

    private static byte[] Record(int seed, Window slice)
    {
        byte[] record = new byte[slice.Width * slice.Height * CellBytes];
        new Random(seed).NextBytes(record);
        return record;
    }
}
