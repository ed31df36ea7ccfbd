using Ldn.Rasters;
using Ldn.Zones;

namespace Ldn.Tests.Zones;

internal sealed class PlaceTests
{
    [Test]
    public void PlacesAreSets()
    {
        var index = new PlaceIndex();
        Assert.That((index.Count, index.Intern([]), index.Members(0).Length), Is.EqualTo((1, 0, 0)));
        int place = index.Intern([3, 7]);
        Assert.That(index.With(index.With(0, 7), 3), Is.EqualTo(place));
        Assert.That(index.With(place, 7), Is.EqualTo(place));
        Assert.That(index.Members(index.With(place, 5)).ToArray(), Is.EqualTo(new[] { 3, 5, 7 }));
        Assert.That((index.Contains(place, 3), index.Contains(place, 5), index.Count), Is.EqualTo((true, false, 4)));
        Assert.Throws<ArgumentException>(() => index.Intern([7, 3]));
        Assert.Throws<ArgumentException>(() => index.Intern([7, 7]));
        Assert.Throws<ArgumentOutOfRangeException>(() => index.With(0, -1));
    }

    [Test]
    public void ManyWorkersGetOneNumberForOneSet()
    {
        var index = new PlaceIndex();
        int[][] seen = new int[8][];
        Parallel.For(0, seen.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, worker =>
        {
            var random = new Random(worker);
            seen[worker] = new int[1024];
            foreach (int set in Enumerable.Range(0, 1024).OrderBy(_ => random.Next()))
            {
                int place = 0;
                foreach (int member in Enumerable.Range(0, 10).Where(bit => ((set >> bit) & 1) != 0).OrderBy(_ => random.Next()))
                    place = index.With(place, member);
                seen[worker][set] = place;
                if (!index.Members(place).SequenceEqual([.. Enumerable.Range(0, 10).Where(bit => ((set >> bit) & 1) != 0)]))
                    throw new InvalidOperationException("a number was seen before its members");
            }
        });
        Assert.That(seen, Is.All.EqualTo(seen[0]));
        Assert.That(seen[0].Distinct().Count(), Is.EqualTo(1024));
        Assert.That(index.Count, Is.EqualTo(1024));
    }

    [Test]
    public void SpansOfManyOverlappingMembersAgreeWithCountingCells([Range(1, 40)] int seed)
    {
        var random = new Random(seed);
        var window = new Window(random.Next(0, 4), random.Next(0, 4), 40, 12);
        var members = RandomMembers(random);
        var index = new PlaceIndex();
        var places = PlaceSpans.Build(window, members, index);
        int left = int.MaxValue, right = 0, top = int.MaxValue, bottom = 0;
        for (int row = -1; row < 20; row++)
        {
            AssertMaximal(places.Row(row).ToArray());
            for (int column = 0; column < 50; column++)
            {
                bool kept = column >= window.Column && column < window.EndColumn && row >= window.Row && row < window.EndRow;
                int[] expected = kept ? MembersAt(members, column, row) : [];
                Assert.That(index.Members(PlaceAt(places.Row(row), column)).ToArray(), Is.EqualTo(expected));
                if (expected.Length > 0)
                    (left, right, top, bottom) = (
                        Math.Min(left, column), Math.Max(right, column + 1), Math.Min(top, row), Math.Max(bottom, row + 1));
            }
        }

        Assert.That(places.Bounds, Is.EqualTo(new Window(left, top, right - left, bottom - top)));
        for (int i = 0; i < 50; i++)
        {
            var part = new Window(random.Next(-5, 45), random.Next(-5, 15), random.Next(0, 9), random.Next(0, 5));
            long cells = 0;
            for (int row = part.Row; row < part.EndRow; row++)
                for (int column = part.Column; column < part.EndColumn; column++)
                    cells += PlaceAt(places.Row(row), column) != 0 ? 1 : 0;
            Assert.That(places.CellCount(part), Is.EqualTo(cells));
            Assert.That(places.Touches(part), Is.EqualTo(cells > 0));
        }
    }

    [Test]
    public void NothingIsNowhere()
    {
        var places = PlaceSpans.Build(new Window(0, 0, 10, 10), [(0, [])], new PlaceIndex());
        Assert.That(
            (
                places.Bounds, places.SpanCount, places.Touches(new Window(0, 0, 10, 10)),
                places.CellCount(new Window(0, 0, 10, 10))),
            Is.EqualTo(((Window?)null, 0, false, 0L)));
        Assert.That(PlaceSpans.Build(new Window(0, 0, 0, 0), [(0, [new RowSpan(0, 0, 5)])], new PlaceIndex()).Bounds, Is.Null);
        Assert.Throws<ArgumentException>(
            () => PlaceSpans.Build(new Window(0, 0, 9, 9), [(0, [new(0, 0, 5)]), (0, [new(0, 2, 7)])], new PlaceIndex()));
    }

    private static List<(int Member, RowSpan[] Spans)> RandomMembers(Random random) =>
        [.. Enumerable.Range(0, 6).Select(member => (member, RowSpans.Union(
        [.. Enumerable.Range(0, 25)
            .Select(_ => random.Next(0, 45) is var start ? new RowSpan(random.Next(0, 14), start, start + random.Next(0, 9))
            : default)])))];

    private static int[] MembersAt(List<(int Member, RowSpan[] Spans)> members, int column, int row) =>
        [.. members.Where(m => m.Spans.Any(s => s.Row == row && s.Start <= column && column < s.End)).Select(m => m.Member)];

    private static int PlaceAt(ReadOnlySpan<PlaceSpan> row, int column)
    {
        foreach (PlaceSpan span in row)
            if (span.Start <= column && column < span.End)
                return span.Place;
        return 0;
    }

    private static void AssertMaximal(PlaceSpan[] row)
    {
        Assert.That(row, Is.All.Matches<PlaceSpan>(span => span.Start < span.End && span.Place != 0));
        for (int i = 1; i < row.Length; i++)
            Assert.That(
                row[i].Start > row[i - 1].End || (row[i].Start == row[i - 1].End && row[i].Place != row[i - 1].Place), Is.True);
    }
}
