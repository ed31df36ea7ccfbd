using System.Text.Json;
using Ldn.Counting;
using Ldn.Pass;
using Ldn.Run.Shards;
using Ldn.Tests.Pass;
using Ldn.Zones;

namespace Ldn.Tests.Run.Shards;

internal sealed class PassResultJsonTests
{
    /// <summary>
    /// A part read by a process that numbers its places in another order says of each set of members what it said before; and
    /// written again it has the same bytes.
    /// </summary>
    [Test]
    public void KeepsEveryIntegerUnderOtherPlaceNumbers([Values(1, 2, 3)] int seed)
    {
        using var world = new WorldRun(new WorldOptions(seed) { Corrections = true, Regions = true });
        PassResult result = world.Run(world.Units, [], 2);
        result.Unmapped.Add(1, -3.4028234663852886e38, 7, new Area(Int128.MaxValue / 3));
        result.Unmapped.Add(1, double.NaN, long.MaxValue / 5, new Area(1));
        PlaceIndex here = world.Plan.PlaceIndex, there = new();
        for (int place = here.Count - 1; place > 0; place--)
            there.Intern(here.Members(place));
        Assert.That(here.Count, Is.GreaterThan(3));

        using JsonDocument part = Written(result, here);
        PassResult read = PassResultJson.Read(part.RootElement, world.Plan.Pass, there);
        Assert.That(Content(read, there), Is.EqualTo(Content(result, here)));
        using JsonDocument again = Written(read, there);
        Assert.That(again.RootElement.GetRawText(), Is.EqualTo(part.RootElement.GetRawText()));
    }

    [Test]
    public void RefusesAPartOfAnotherRun()
    {
        using var world = new WorldRun(new WorldOptions(5) { Periods = 2 });
        using var other = new WorldRun(new WorldOptions(5) { Periods = 3 });
        using JsonDocument part = Written(world.Run(world.Units, [], 1), world.Plan.PlaceIndex);
        Assert.That(
            () => PassResultJson.Read(part.RootElement, other.Plan.Pass, other.Plan.PlaceIndex),
            Throws.InstanceOf<InvalidDataException>());
        Assert.That(
            () => PassResultJson.Read(part.RootElement, world.Plan.Pass, new PlaceIndex()),
            Throws.InstanceOf<InvalidDataException>(), "places that are in no plan");
    }

    private static JsonDocument Written(PassResult result, PlaceIndex index) =>
        JsonDocument.Parse(SealedJson.Make(json => PassResultJson.Write(json, result, index)).Text);

    private static string Content(PassResult result, PlaceIndex index)
    {
        IEnumerable<string> rows = result.Tallies.SelectMany(t => t.Tally.Rows().Select(
            r =>
                $"{t.Question} {string.Join(',', index.Members(r.Place).ToArray())} {r.Key:x} {r.Pixels} {r.Area} "
                    + $"{string.Join(' ', r.Sums.ToArray())}"));
        return string.Join('\n', rows.Order(StringComparer.Ordinal)
            .Concat(result.RasterAreas.Select(a => string.Join(' ', a)))
            .Append(string.Join(' ', result.Covered))
            .Concat(
                result.Unmapped.Rows.Select(r => $"{r.Input} {BitConverter.DoubleToUInt64Bits(r.Value):x} {r.Pixels} {r.Area}")));
    }
}
