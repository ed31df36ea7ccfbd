using Ldn.Rasters;
using Ldn.Zones;

namespace Ldn.Tests.Zones;

internal sealed class ZoneLayerTests
{
    private static readonly Grid Grid = new(10, 10, 0, 10, 1, -1, FakeGeodata.LonLat);

    [Test]
    public void FeaturesBecomeZonesInTheirOrder()
    {
        var zones = ZoneLayer.From(
            Layer("a.gpkg", ("B", " Bee ", 0), ("A", null, 3), ("C", "Sea", -1)), "id", "name", dissolve: false);
        Assert.That(zones.Zones, Is.EqualTo(new[] { new Zone("B", "Bee"), new Zone("A", "A"), new Zone("C", "Sea") }));
        Assert.That(zones.Warnings, Is.EqualTo(new[] { "a.gpkg (zones): zone 'C' has no polygon and so no cells [LDN902]" }));
        Assert.That(zones.Spans(Grid, new FakeGeodata()).Select(s => RowSpans.CellCount(s)), Is.EqualTo(new[] { 4, 4, 0 }));
        Assert.That(
            zones.Spans(Grid, new FakeGeodata(), new Window(0, 8, 4, 1)).Select(s => RowSpans.CellCount(s)),
            Is.EqualTo(new[] { 2, 1, 0 }));
    }

    [Test]
    public void SharedIdsAreOneZoneOnlyWhenDissolved()
    {
        VectorLayer layer = Layer("a.gpkg", ("A", "", 0), ("B", "Bee", 5), ("A", "Late", 1));
        LdnException error = Assert.Throws<LdnException>(() => ZoneLayer.From(layer, "id", "name", dissolve: false))!;
        Assert.That(
            (error.ExitCode, error.Message),
            Is.EqualTo((ExitCode.Input, "a.gpkg (zones): features 1 and 3 have the same id 'A'")));
        var zones = ZoneLayer.From(layer, "id", "name", dissolve: true);
        Assert.That(zones.Zones, Is.EqualTo(new[] { new Zone("A", "Late"), new Zone("B", "Bee") }));
        Assert.That(zones.Spans(Grid, new FakeGeodata())[0], Is.EqualTo(new[] { new RowSpan(8, 0, 3), new RowSpan(9, 0, 3) }));
        Assert.That(zones.Features(0).ToArray(), Is.EqualTo(new[] { 0, 2 }));
    }

    [Test]
    public void WhatIsWrongIsNamed()
    {
        VectorLayer layer = Layer("a.gpkg", ("A", "", 0), ("", "Bee", 5));
        LdnException field = Assert.Throws<LdnException>(() => ZoneLayer.From(layer, "iid", null, false))!;
        Assert.That(
            (field.ExitCode, field.Message, field.Remedy),
            Is.EqualTo(
                (ExitCode.Usage, "a.gpkg (zones) has no attribute 'iid'; did you mean 'id'?", "its attributes are id, name")));
        Assert.That(Message(() => ZoneLayer.From(layer, "id", null, false)), Is.EqualTo("a.gpkg (zones): feature 2 has no id"));
        Assert.That(Message(() => ZoneLayer.From(Layer("a.gpkg"), "id", null, false)), Does.Contain("no features"));
        var first = ZoneLayer.From(Layer("a.gpkg", ("A", "", 0)), "id", null, false);
        var second = ZoneLayer.From(Layer("b.gpkg", ("A", "", 0)), "id", null, false);
        Assert.That(
            Message(() => ZoneLayer.CheckDistinct([first, second])),
            Is.EqualTo("zone id 'A' is in a.gpkg (zones) and in b.gpkg (zones)"));
        VectorLayer broken = Layer(
            "a.gpkg", ("A", "", 0)) with
        { Features = [new VectorFeature(["A", ""], [[[0, 0, 5, 95, 5, 0]]])] };
        Assert.That(
            Message(() => ZoneLayer.From(broken, "id", null, false).Spans(Grid, new FakeGeodata())),
            Does.StartWith("a.gpkg (zones), feature 1 (A): "));
    }

    [Test]
    public void EdgesThatMayGoEitherWayRoundAreMentioned()
    {
        VectorLayer layer = Layer(
            "a.gpkg",
            ("A", "", 0)) with
        { Features = [new VectorFeature(["A", ""], [[[-120, 0, 100, 0, 100, 9, -120, 9, -120, 0]]])] };
        Assert.That(
            ZoneLayer.From(layer, "id", null, false).Warnings.Single(), Does.Contain("feature 1 has an edge of more than 180°"));
    }

    /// <summary>Squares of 2 × 2 degrees in the grid's lower left, moved right; no polygon where the place is negative.</summary>
    private static VectorLayer Layer(string file, params (string Id, string? Name, int X)[] features) => new(
        file, "zones", FakeGeodata.LonLat, ["id", "name"],
        [.. features.Select(f =>
            new VectorFeature([f.Id, f.Name], f.X < 0 ? [] : [[[f.X, 0, f.X + 2, 0, f.X + 2, 2, f.X, 2, f.X, 0]]]))]);

    private static string Message(Action act) => Assert.Throws<LdnException>(() => act())!.Message;
}
