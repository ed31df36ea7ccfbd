using Ldn.Reports.Page;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>Activities beside their surroundings, and where they are.</summary>
public sealed class ActivitiesSection : PageSection
{
    private const int Most = 12;

    /// <inheritdoc/>
    public override string Table => "activities";

    internal override SectionContent? Of(SectionPage page)
    {
        var all = page.Latest(Table).GroupBy(r => r[ActivityTables.ActivityId]!)
            .Select(a => (Name: Name(a.First()), Inside: Part(a, "inside"), Around: Part(a, "surroundings")))
            .Where(a => a.Inside is not null).ToList();
        if (all.Count == 0)
            return null;
        int better = all.Count(a => Improved(a.Inside) > Improved(a.Around));
        string sentence = page.Texts.Format("section.activities", better, all.Count);
        string marks = string.Concat(
            (page.Sheet?.Polygons("activities.gpkg") ?? []).Select(feature => page.Sheet!.Shape(feature, "activity")));
        return new SectionContent(
            sentence, marks.Length > 0 ? page.Sheet!.Map(page.Texts["section.activities.map"], marks) : null,
            new SmallTable(
                [
                    page.Name(ActivityTables.ActivityName),
                    .. new[] { ActivityTables.ImprovedOfLand, Columns.DegradedOfLand }.SelectMany(c => new[]
                    {
                        ($"{page.Texts.Caption(c)}: {page.Texts["word.inside"]}", true),
                        ($"{page.Texts["word.surroundings"]}", true),
                    }),
                ],
                [
                    .. all.Take(Most).Select(a => new object[]
                    {
                        a.Name, page.Numbers.Percent(Improved(a.Inside)), page.Numbers.Percent(Improved(a.Around)),
                        page.Numbers.Percent(Degraded(a.Inside)), page.Numbers.Percent(Degraded(a.Around)),
                    }),
                ]),
            page.Texts["section.activities.note"]);

        static Row? Part(IEnumerable<Row> rows, string part) => rows.FirstOrDefault(r => r[ActivityTables.Part] == part);
        static double? Improved(Row? row) => row?[ActivityTables.ImprovedOfLand]?.ToDouble();
        static double? Degraded(Row? row) => row?[Columns.DegradedOfLand]?.ToDouble();
        static string Name(Row row) =>
            row[ActivityTables.ActivityName] is { Length: > 0 } name ? name : row[ActivityTables.ActivityId]!;
    }
}
