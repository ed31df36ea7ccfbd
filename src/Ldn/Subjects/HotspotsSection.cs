using System.Globalization;
using Ldn.Reports.Page;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>Where most of the land is degraded, and where most of it has improved.</summary>
public sealed class HotspotsSection : PageSection
{
    private const int Most = 5;

    /// <inheritdoc/>
    public override string Table => "hotspots";

    internal override SectionContent? Of(SectionPage page)
    {
        IReadOnlyList<Row> rows = page.Latest(Table);
        Row[] hot = First(rows, HotspotTables.HotspotRank), bright = First(rows, HotspotTables.BrightspotRank);
        if (hot.Length + bright.Length == 0)
            return null;
        string sentence = hot is [var first, ..]
            ? page.Texts.Format(
                "section.hotspots", Place(page, first), page.Numbers.Percent(first[HotspotTables.DegradedShare]?.ToDouble()))
            : page.Texts["section.hotspots.none"];
        string marks = page.Sheet is null
            ? ""
            : string.Concat(
                bright.Select((r, i) => Dot(page, r, "bright", i + 1))
                    .Concat(hot.Select((r, i) => Dot(page, r, "hot", i + 1))));
        return new SectionContent(
            sentence, marks.Length > 0 ? page.Sheet!.Map(sentence, marks) : null,
            new SmallTable(
                [
                    ("", true), (page.Texts["section.hotspots.hot"], false), page.Number(HotspotTables.DegradedShare),
                    (page.Texts["section.hotspots.bright"], false), page.Number(HotspotTables.ImprovedShare),
                ],
                [
                    .. Enumerable.Range(0, Math.Max(hot.Length, bright.Length)).Select(i => new object[]
                    {
                        (i + 1).ToString(CultureInfo.InvariantCulture), Name(hot, i),
                        Share(hot, i, HotspotTables.DegradedShare), Name(bright, i),
                        Share(bright, i, HotspotTables.ImprovedShare),
                    }),
                ]));

        string Name(Row[] spots, int i) => i < spots.Length ? Place(page, spots[i]) : "";
        string Share(Row[] spots, int i, Column<Counting.Ratio> column) =>
            i < spots.Length ? page.Numbers.Percent(spots[i][column]?.ToDouble()) : "";
    }

    /// <summary>The first by rank; of polygons, where there are both kinds.</summary>
    private static Row[] First(IReadOnlyList<Row> rows, Column<long> rank) =>
    [
        .. rows.Where(r => r[rank] is not null).OrderBy(r => r[HotspotTables.SpotKind] == "polygon" ? 0 : 1)
            .ThenBy(r => r[rank]).Take(Most),
    ];

    private static string Dot(SectionPage page, Row row, string kind, int number) =>
        row[HotspotTables.Longitude] is { } longitude && row[HotspotTables.Latitude] is { } latitude
            ? page.Sheet!.Dot(longitude, latitude, kind, number.ToString(CultureInfo.InvariantCulture), Place(page, row))
            : "";

    private static string Place(SectionPage page, Row row)
    {
        if (row[HotspotTables.SpotName] is { Length: > 0 } name)
            return name;
        return row[HotspotTables.Longitude] is { } east && row[HotspotTables.Latitude] is { } north
            ? $"{page.Numbers.Of(Math.Abs(north), "F1")}° {(north < 0 ? "S" : "N")}, "
                + $"{page.Numbers.Of(Math.Abs(east), "F1")}° {(east < 0 ? "W" : "E")}"
            : row[HotspotTables.SpotId]!;
    }
}
