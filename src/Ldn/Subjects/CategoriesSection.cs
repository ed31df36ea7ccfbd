using Ldn.Counting;
using Ldn.Reports.Page;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>Condition of the land of each category; the largest of them.</summary>
public sealed class CategoriesSection : PageSection
{
    private const int Most = 10;
    private static readonly string[] s_classes = ["degraded", "stable", "improved", "no_data"];

    /// <inheritdoc/>
    public override string Table => "categories";

    internal override SectionContent? Of(SectionPage page)
    {
        var all = page.Latest(Table).GroupBy(r => (Layer: r[CategoriesInquiry.Layer]!, Id: r[CategoriesInquiry.Category]!))
            .Select(c => (Name: Name(c.First()), Areas: s_classes.Select(s => (s, Of(c, s))).ToArray()))
            .Select(c => (c.Name, c.Areas, Land: Area.Sum(c.Areas.Select(a => a.Item2 ?? Area.Zero))))
            .Where(c => !c.Land.IsZero).OrderByDescending(c => c.Land).ToList();
        if (all.Count == 0)
            return null;
        var shown = all.Take(Most).ToList();
        (string Name, (string, Area?)[] Areas, Area Land) worst = shown.MaxBy(c => Share(c.Areas, c.Land));
        return new SectionContent(
            page.Texts.Format("section.categories", worst.Name, page.Numbers.Percent(Share(worst.Areas, worst.Land))),
            Charts.Bars(page.Numbers, [.. shown.Select(c => (c.Name, page.Parts(c.Areas)))]),
            new SmallTable(
                [page.Name(CategoriesInquiry.CategoryName), page.Number(Columns.Land), page.Number(Columns.DegradedOfLand)],
                [
                    .. shown.Select(c => new object[]
                    {
                        c.Name, page.Numbers.Area(c.Land), page.Numbers.Percent(Share(c.Areas, c.Land)),
                    }),
                ]),
            all.Count > shown.Count ? page.Texts.Format("section.categories.cut", shown.Count, all.Count) : null);

        static Area? Of(IEnumerable<Row> rows, string name) =>
            rows.FirstOrDefault(r => r[Columns.Class] == name)?[Columns.TrueArea];
        static double Share((string, Area? Area)[] areas, Area land) => areas[0].Area?.PercentOf(land)?.ToDouble() ?? 0;
        static string Name(Row row) => row[CategoriesInquiry.CategoryName] is { Length: > 0 } name
            ? name
            : $"{row[CategoriesInquiry.Layer]} {row[CategoriesInquiry.Category]}";
    }
}
