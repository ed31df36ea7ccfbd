using Ldn.Counting;
using Ldn.Lanes;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Tests.Rasters;

namespace Ldn.Tests.Pass;

/// <summary>
/// Questions counted together, and carbon by class: cell by cell in dictionaries is the law they are held against.
/// </summary>
internal sealed class JointTallyTests
{
    private const int Width = 300, Rows = 200;

    /// <summary>A grid whose rows have one area a cell, and one where every cell has its own.</summary>
    private static CellArea Areas(bool constant)
    {
        if (constant)
            return CellArea.Create(new Grid(Width, Rows, 0, 60, 0.25, -0.25, FakeGeodata.Wgs84), new FakeGeodata());
        Projection polar = Projections.PolarStereographic;
        return CellArea.Create(new Grid(Width, Rows, -1e6, 2e6, 10000, -10000, polar.Crs), new FakeGeodata(polar));
    }

    [Test]
    public void EachQuestionGetsWhatItWouldCountByItself([Values] bool constant, [Values(2, 200)] int values)
    {
        using CellArea areas = Areas(constant);
        var random = new Random(31);
        byte[][] planes = [.. Enumerable.Range(0, 4).Select(_ => new byte[Width * Rows])];
        foreach (byte[] plane in planes)
            for (int i = 0; i < plane.Length; i++)
                plane[i] = i > 0 && random.Next(4) > 0 ? plane[i - 1] : (byte)random.Next(values);
        byte[][] first = [planes[0], planes[3]], second = [planes[2], planes[1], planes[0]];
        Tally firstTally = new(), secondTally = new();
        var joint = new JointTally(Width, (firstTally, first), (secondTally, second));
        var expected = new Dictionary<(int Question, int Place, ulong Key), (long Pixels, Area Area)>();
        Each(areas, (place, rowStart, start, end, rowAreas) =>
        {
            joint.Add(place, rowStart, start, end, rowAreas);
            for (int column = start; column < end; column++)
            {
                foreach ((int question, byte[][] of) in new[] { (1, first), (2, second) })
                {
                    ulong key = of.Reverse().Aggregate(0UL, (code, plane) => (code * 256) + plane[rowStart + column]);
                    (long pixels, Area area) = expected.GetValueOrDefault((question, place, key));
                    expected[(question, place, key)] = (pixels + 1, area + rowAreas.Of(column, column + 1));
                }
            }
        });
        joint.Flush();
        joint.Flush();

        var counted = new[] { (1, firstTally), (2, secondTally) }
            .SelectMany(t => t.Item2.Rows().Select(r => ((t.Item1, r.Place, r.Key), (r.Pixels, r.Area))))
                .ToDictionary(r => r.Item1, r => r.Item2);
        Assert.That(
            expected, Has.Count.GreaterThan(values == 2 ? 10 : 20_000),
            "with many values the joint table is emptied several times");
        Assert.That(counted.Count, Is.EqualTo(expected.Count));
        Assert.That(expected.Where(e => counted.GetValueOrDefault(e.Key) != e.Value), Is.Empty);
    }

    [Test]
    public void CarbonIsSummedByClass([Values] bool constant)
    {
        using CellArea areas = Areas(constant);
        var random = new Random(32);
        byte[] cover = new byte[Width * Rows];
        int[] stocks = new int[cover.Length];
        for (int i = 0; i < cover.Length; i++)
        {
            cover[i] = i > 0 && random.Next(8) > 0 ? cover[i - 1] : (byte)(random.Next(7) * 42);
            stocks[i] = random.Next(5) == 0 ? FixedPoint.None : random.Next(500_000);
        }

        var tally = new Tally(2);
        var carbon = new CarbonTally(tally, cover, stocks, Width);
        var expected = new Dictionary<(int Place, ulong Key), (long Pixels, Area Area, Int128 Stock, Int128 Known)>();
        Each(areas, (place, rowStart, start, end, rowAreas) =>
        {
            carbon.Add(place, rowStart, start, end, rowAreas);
            for (int column = start; column < end; column++)
            {
                Area area = rowAreas.Of(column, column + 1);
                int stock = stocks[rowStart + column];
                Int128 known = stock < 0 ? 0 : area.SquareMillimetres;
                (
                    long pixels, Area all, Int128 stockSum,
                    Int128 knownSum) = expected.GetValueOrDefault((place, cover[rowStart + column]));
                expected[(place, cover[rowStart + column])] = (
                    pixels + 1, all + area, stockSum + (known == 0 ? 0 : stock * known), knownSum + known);
            }
        });
        Assert.That(
            tally.Rows().ToDictionary(r => (r.Place, r.Key), r => (r.Pixels, r.Area, r.Sums.Span[0], r.Sums.Span[1])),
            Is.EquivalentTo(expected));
    }

    /// <summary>Goes through the grid as the pass does: spans of a row, each in one of a few places.</summary>
    private static void Each(CellArea areas, Action<int, int, int, int, RowAreas> span)
    {
        var rowAreas = new RowAreas(areas, Width);
        for (int row = 0; row < Rows; row++)
        {
            rowAreas.Move(row, 0, Width);
            span(row % 3, row * Width, 0, 7, rowAreas);
            span(5, row * Width, 7, 150 + (row % 100), rowAreas);
            span(0, row * Width, 250, Width, rowAreas);
        }
    }
}
