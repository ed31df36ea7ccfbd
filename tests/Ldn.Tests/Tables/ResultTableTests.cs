using System.Text;
using Ldn.Counting;
using Ldn.Tables;

namespace Ldn.Tests.Tables;

internal sealed class ResultTableTests
{
    [Test]
    public void CellsAreFormattedByTheirType()
    {
        Assert.That(Cell.Format(null), Is.Empty);
        Assert.That(Cell.Format(-5L), Is.EqualTo("-5"));
        Assert.That(Cell.Format(-0.0000001), Is.EqualTo("0.000000"));
        Assert.That(Cell.Format(100.0 / 3), Is.EqualTo("33.333333"));
        Assert.That(() => Cell.Format(5), Throws.ArgumentException, "an int is no cell");
        Assert.That(Cell.Format(new Ratio(100, 3)), Is.EqualTo("33.333333"));
        Assert.That(Cell.Format(new Area(1_500_000)), Is.EqualTo("0.000002"));
        Assert.That(Cell.Format(true), Is.EqualTo("true"));
    }

    [Test]
    public void NumbersAreTheSameTextInBytes()
    {
        var random = new Random(5);
        Span<byte> text = stackalloc byte[Cell.LongestNumber];
        for (int i = 0; i < 20_000; i++)
        {
            Int128 Number() => (Int128)(UInt128)random.NextInt64() << random.Next(0, 64) >> random.Next(0, 110);
            Int128 a = random.Next(2) == 0 ? Number() : -Number(), b = Number() + 1;
            object[] cells = [
                new Area(a), new Ratio(a, b), (long)random.NextInt64() - random.NextInt64(), random.NextDouble() * 1e9 - 5e8,
                random.Next(2) == 0, new Area(a % 2_000_000), new Ratio(a % 1000, 2_000_000)];
            foreach (object cell in cells)
                if (Encoding.UTF8.GetString(text[..Cell.Format(cell, text)]) is var told && told != Cell.Format(cell))
                    Assert.Fail($"{cell.GetType().Name}: {told}, not {Cell.Format(cell)}");
        }

        object[] extremes = [new Area(Int128.MinValue + 1), new Area(0), -1e300, new Ratio(Int128.MaxValue, 1)];
        foreach (object cell in extremes)
            Assert.That(Encoding.UTF8.GetString(text[..Cell.Format(cell, text)]), Is.EqualTo(Cell.Format(cell)));
    }

    /// <summary>A table of many parts is made anew whenever it is walked, and holds one part at a time.</summary>
    [TestCase(3, 1)]
    [TestCase(5000, 2)]
    public void RowsAreMadeWhenTheyAreRead(int parts, int times)
    {
        int made = 0;
        bool walked = true;
        ResultTable table = new ResultTable("t", "T", [s_name, s_count]).MadeBy(parts, (rows, part) =>
        {
            made++;
            for (int i = 0; i < part % 3; i++)
                rows.Add(s_name.Is($"zone {part}"), s_count.Is(i));
            if (walked)
                Assert.That(rows.Rows, Has.Count.LessThanOrEqualTo(parts <= 1000 ? parts : 2));
        });
        Assert.That(made, Is.Zero, "nobody has asked yet");
        string[] Told(IEnumerable<Row> rows) => [.. rows.Select(r => $"{r[s_name]} {r[s_count]}")];
        string[] expected = [
            .. Enumerable.Range(0, parts).SelectMany(p => Enumerable.Range(0, p % 3).Select(i => $"zone {p} {i}"))];
        Assert.That(Told(table.Walk()), Is.EqualTo(expected));
        Assert.That(Told(table.Walk()), Is.EqualTo(expected));
        Assert.That(made, Is.EqualTo(times * parts));
        if (parts > 1000)
            Assert.That(Told(table.Walk(5)), Is.EqualTo(expected.Take(4)), "the first five parts alone");
        walked = false;
        Assert.That(Told(table.Rows), Is.EqualTo(expected));
    }

    private static readonly Column<string> s_name = Column.Text("name", "");
    private static readonly Column<long> s_count = Column.Integer("count", "");
    private static readonly Column<Area> s_area = Column.Area("area_km2", "");

    [Test]
    public void CellsFindTheirColumnWhateverTheirOrder()
    {
        var table = new ResultTable("t", "T", [s_name, s_count, s_area]);
        table.Add(s_area.Is(new Area(7)), s_name.Is("x"), s_count.Is(3));
        table.Add(s_name.Is("y"), s_count.IsEmpty(), s_area.Is((Area?)null));
        Assert.That(table.Rows[0].Values, Is.EqualTo(new object[] { "x", 3L, new Area(7) }));
        Assert.That((table.Rows[0][s_name], table.Rows[0][s_count], table.Rows[0][s_area]), Is.EqualTo(("x", 3L, new Area(7))));
        Assert.That((table.Rows[1][s_count], table.Rows[1][s_area]), Is.EqualTo(((long?)null, (Area?)null)));
        Assert.That(table.Rows[0][s_name.Meaning("the same column, told otherwise")], Is.EqualTo("x"));
    }

    [Test]
    public void ARowThatDoesNotFitIsAMistakeOfItsMaker()
    {
        var table = new ResultTable("t", "T", [s_name, s_count]);
        Assert.Multiple(() =>
        {
            Assert.That(() => table.Add(s_name.Is("x")), Throws.ArgumentException.With.Message.Contains("lacks count"));
            Assert.That(
                () => table.Add(s_name.Is("x"), s_count.Is(1), s_area.Is(default(Area))),
                Throws.ArgumentException.With.Message.Contains("no column area_km2"));
            Assert.That(
                () => table.Add(s_name.Is("x"), s_name.Is("y"), s_count.Is(1)),
                Throws.ArgumentException.With.Message.Contains("given twice"));
            Assert.That(
                () => table.Add(s_name.Is("x"), new Cell(s_count, 1.5)),
                Throws.ArgumentException.With.Message.Contains("holds Integer"));
            Assert.That(() => table.Add("x"), Throws.ArgumentException, "a value too few");
            Assert.That(() => table.Add("x", "y"), Throws.ArgumentException, "a value of another type");
            Assert.That(() => new ResultTable("u", "U", [s_count]).Rows.Count, Is.Zero);
        });
        table.Add("x", 2L);
        Assert.That(() => table.Rows[0][s_area], Throws.InvalidOperationException.With.Message.Contains("no column area_km2"));
    }

    [Test]
    public void SortingKeepsTheOrderOfEquals()
    {
        var table = new ResultTable("t", "T", [s_name, s_count]);
        foreach ((string name, long count) in new[] { ("b", 1L), ("a", 2L), ("b", 0L), ("a", 1L) })
            table.Add(s_name.Is(name), s_count.Is(count));
        table.SortBy(r => r[s_name]);
        Assert.That(table.Rows.Select(r => $"{r[s_name]}{r[s_count]}"), Is.EqualTo(new[] { "a2", "a1", "b1", "b0" }));
    }

    [Test]
    public void SharesAreUndefinedWhereTheWholeIsNothing()
    {
        Assert.That(new Amount(1, new Area(5)).ShareOf(default), Is.Null);
        Assert.That(new Amount(1, new Area(1)).ShareOf(new Amount(1, new Area(8))), Is.EqualTo((Ratio)12.5m));
        Assert.That(new Amount(1, new Area(2)) + new Amount(3, new Area(4)), Is.EqualTo(new Amount(4, new Area(6))));
    }
}
