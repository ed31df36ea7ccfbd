using Ldn.Csv;
using Ldn.Zones;

namespace Ldn.Tests.Zones;

internal sealed class ZoneGroupsTests
{
    private static readonly Zone[] Six = [.. new[] { "KOR", "RUS", "PRK", "MNG", "JPN", "CHN" }.Select(id => new Zone(id, id))];

    [Test]
    public void NorthEastAsiaKeepsWhoIsThereAndListsWhoIsNot()
    {
        ZoneGroup whole = ZoneGroups.BuiltIn("north-east-asia", Six).Single(),
        part = ZoneGroups.BuiltIn("north-east-asia", Six[..2]).Single();
        Assert.That((whole.Id, whole.Name), Is.EqualTo(("north-east-asia", "North-East Asia")));
        Assert.That((whole.Members, whole.Absent), Is.EqualTo((Six.Select(z => z.Id), Array.Empty<string>())));
        Assert.That((part.Members, part.Absent), Is.EqualTo((new[] { "KOR", "RUS" }, new[] { "CHN", "PRK", "JPN", "MNG" })));
        Assert.That(ZoneGroups.BuiltIn("north-east-asia", [new Zone("ESP", "Spain")]), Is.Empty);
    }

    [Test]
    public void M49HasTheWorldAndEveryRegionWithAMember()
    {
        Assert.That(ZoneGroups.BuiltIn("m49", Six).Select(g => (g.Id, g.Name, g.Members.Count)), Is.EqualTo(new[]
        {
            ("m49:001", "World", 6), ("m49:142", "Asia", 5), ("m49:030", "Eastern Asia", 5), ("m49:150", "Europe", 1),
            ("m49:151", "Eastern Europe", 1),
        }));
        IReadOnlyList<ZoneGroup> all = ZoneGroups.BuiltIn("m49", [.. M49.Areas.Select(a => new Zone(a.Iso3, a.Name))]);

        // 5 regions, 17 sub-regions, 8 intermediate regions (Channel Islands among them) and the world.
        Assert.That(all.Select(g => g.Id).Distinct().Count(), Is.EqualTo(all.Count));
        Assert.That(
            (M49.Areas.Count, all.Count, all[0].Members.Count),
            Is.EqualTo(
                (
                    248,
                    1 + M49.Areas.SelectMany(a => new[] { a.Region, a.Subregion, a.Intermediate }).OfType<M49Region>().Distinct()
                        .Count(),
                    248)));
        Assert.That(
            all.Where(g => g.Id is "m49:002" or "m49:009" or "m49:019" or "m49:142" or "m49:150").Sum(g => g.Members.Count),
            Is.EqualTo(247), "all but Antarctica");
        Assert.That(all.Select(g => g.Name), Does.Contain("Latin America and the Caribbean").And.Contain("Middle Africa"));
        Assert.That(all.Select(g => g.Absent.Count), Is.All.EqualTo(0));
    }

    [Test]
    public void TheEmbeddedTableIsTheSharedOne() => Assert.That(
        M49.Areas.Select(
            a => string.Join(
                '|', a.Iso3, a.Code, a.Name, a.Region?.Code, a.Region?.Name, a.Subregion?.Code, a.Subregion?.Name,
                a.Intermediate?.Code, a.Intermediate?.Name)),
        Is.EqualTo(
            CsvTable.Read(TestData.Real("boundaries/m49_countries.csv")).Rows.Select(row => string.Join('|', row.Fields))));

    [Test]
    public void UsersGroupsAreUnionsInTheirOwnOrder()
    {
        IReadOnlyList<ZoneGroup> groups = Read("b,Second,CHN\nb,Second,KOR\na,,RUS\nb,Second,CHN\n");
        Assert.That(
            groups.Select(g => (g.Id, g.Name, string.Join(' ', g.Members))),
            Is.EqualTo(new[] { ("b", "Second", "KOR CHN"), ("a", "a", "RUS") }));
    }

    [TestCase("g,G,CHX\n", "table groups.csv, row 2, column zone_id: 'CHX' is not a zone of this run; did you mean 'CHN'?")]
    [TestCase("g,G,chn\n", "did you mean 'CHN'?")]
    [TestCase("g,G,CHN\nCHN,G,KOR\n", "row 3, column group_id: 'CHN' is not free")]
    [TestCase("g,G,CHN\ng,H,KOR\n", "row 3, column group_name: 'H' is not the name that group 'g' has above ('G')")]
    [TestCase(",G,CHN\n", "row 2, column group_id")]
    public void WrongGroupsAreNamed(string rows, string expected)
    {
        LdnException error = Assert.Throws<LdnException>(() => Read(rows))!;
        Assert.That(error.ExitCode, Is.EqualTo(ExitCode.Usage));
        Assert.That(error.Message, Does.Contain(expected));
    }

    [Test]
    public void BuiltInGroupsNeedIsoCodesAndFreeIds()
    {
        Assert.That(
            Message(() => ZoneGroups.BuiltIn("m49", [new Zone("643", "Russia")])), Does.Contain("'643'").And.Contain("alpha-3"));
        Assert.That(Message(() => ZoneGroups.BuiltIn("m94", Six)), Does.Contain("did you mean 'm49'?"));
        Assert.That(
            Message(() => ZoneGroups.BuiltIn("north-east-asia", [.. Six, new Zone("north-east-asia", "")])),
            Does.Contain("of a zone and of a group"));
        ZoneGroup group = ZoneGroups.BuiltIn("north-east-asia", Six).Single();
        Assert.That(Message(() => ZoneGroups.CheckNamespace(Six, [group, group])), Does.Contain("two groups have the id"));
    }

    [TestCase("landCovr", "landCover")]
    [TestCase("LANDCOVER", "landCover")]
    [TestCase("zoens", "zones")]
    [TestCase("xyzzy", null)]
    [TestCase("", null)]
    public void TheNearestNameIsFound(string name, string? expected) =>
        Assert.That(NearestName.Of(name, ["name", "landCover", "zones", "soilCarbon"]), Is.EqualTo(expected));

    private static IReadOnlyList<ZoneGroup> Read(string rows) =>
        ZoneGroups.Read(
            CsvTable.Parse("group_id,group_name,zone_id\n" + rows, "groups.csv", "group_id", "group_name", "zone_id"), Six);

    private static string Message(Action act) => Assert.Throws<LdnException>(() => act())!.Message;
}
