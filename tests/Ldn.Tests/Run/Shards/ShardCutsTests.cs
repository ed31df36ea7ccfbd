using Ldn.Rasters;
using Ldn.Run.Shards;
using Ldn.Zones;

namespace Ldn.Tests.Run.Shards;

internal sealed class ShardCutsTests
{
    private const int Side = 16, Columns = 12, Rows = 9;

    /// <summary>Every unit is in exactly one shard; no shard holds more than its share and one unit.</summary>
    [Test]
    public void SharesLandAsEvenlyAsUnitsAllow([Range(1, 20)] int seed)
    {
        var random = new Random(seed);
        var spans = new List<RowSpan>();
        for (int row = 0; row < Rows * Side; row++)
        {
            int start = random.Next(Columns * Side / (1 + (row % 3)));
            spans.Add(new RowSpan(row, start, start + random.Next(1, (Columns * Side) - start + 1)));
        }

        PlaceSpans places = PlaceSpans.Build(new Window(0, 0, Columns * Side, Rows * Side), [(0, [.. spans])], new PlaceIndex());
        Window[] units = [.. from row in Enumerable.Range(0, Rows)
                             from column in Enumerable.Range(0, Columns)
                             select new Window(column * Side, row * Side, Side, Side) into unit
                             where places.Touches(unit)
                             select unit];
        long all = units.Sum(places.CellCount), most = units.Max(places.CellCount);
        foreach (int shards in new[] { 1, 2, 3, 7, 20, units.Length })
        {
            IReadOnlyList<ShardUnits> cuts = ShardCuts.Cut(units, places, shards);
            Assert.That(cuts, Has.Count.EqualTo(shards));
            int next = 0;
            foreach (ShardUnits cut in cuts)
            {
                Assert.That((cut.First, cut.Count > 0), Is.EqualTo((next, true)));
                Assert.That(cut.LandCells, Is.EqualTo(units.Skip(cut.First).Take(cut.Count).Sum(places.CellCount)));
                if (shards < units.Length / 2)
                    Assert.That(cut.LandCells, Is.LessThanOrEqualTo((all / shards) + most));
                next += cut.Count;
            }

            Assert.That(next, Is.EqualTo(units.Length));
        }

        LdnException error = Assert.Throws<LdnException>(() => ShardCuts.Cut(units, places, units.Length + 1))!;
        Assert.That((error.ExitCode, error.Remedy), Is.EqualTo((ExitCode.Usage, $"give --shards {units.Length} or fewer")));
    }
}
