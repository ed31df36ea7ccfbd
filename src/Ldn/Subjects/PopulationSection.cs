using System.Globalization;
using Ldn.Reports.Page;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>People on degraded land, by sex.</summary>
public sealed class PopulationSection : PageSection
{
    private static readonly string[] s_classes = ["degraded", "stable", "improved", "no_data", "water"];

    /// <inheritdoc/>
    public override string Table => "population";

    internal override SectionContent? Of(SectionPage page)
    {
        IReadOnlyList<Row> rows = page.Latest(Table);
        string[] sexes = [.. rows.Select(r => r[PopulationTables.Sex]!).Distinct()];
        if (Find(sexes.Contains("total") ? "total" : sexes.FirstOrDefault() ?? "", "degraded") is not { } all)
            return null;
        string people = Count(all), share = page.Numbers.Percent(all[PopulationTables.Share]?.ToDouble());
        string sentence = Find("female", "degraded") is { } women && Find("male", "degraded") is { } men
            ? page.Texts.Format("section.population.sexes", people, share, Count(women), Count(men))
            : page.Texts.Format("section.population", people, share);
        return new SectionContent(
            sentence,
            Charts.Bars(page.Numbers, [.. sexes.Select(sex => (page.Texts.Word("sex", sex) ?? sex, Segments(sex)))]),
            new SmallTable(
                [page.Name(PopulationTables.Sex), (page.Texts["section.population.on_degraded"], true), ("%", true)],
                [
                    .. sexes.Select(sex => (Name: page.Texts.Word("sex", sex) ?? sex, Row: Find(sex, "degraded")!)).Select(s =>
                        new object[] { s.Name, Count(s.Row), page.Numbers.Percent(s.Row[PopulationTables.Share]?.ToDouble()) }),
                ]),
            page.Texts.Format(
                "section.population.year", all[Columns.PopulationYear]?.ToString(CultureInfo.InvariantCulture) ?? "–"));

        Row? Find(string sex, string name) =>
            rows.FirstOrDefault(r => r[PopulationTables.Sex] == sex && r[Columns.Class] == name);
        string Count(Row row) => page.Numbers.Whole(row[PopulationTables.People] ?? 0);
        IReadOnlyList<Segment> Segments(string sex) =>
        [
            .. s_classes.Select(name => (Name: name, Row: Find(sex, name))).Where(c => c.Row?[PopulationTables.Share] is not null)
                .Select(c => new Segment(
                    page.Texts.Class(c.Name), c.Row![PopulationTables.Share]!.Value.ToDouble(), Palette.Of(c.Name),
                    $" ({Count(c.Row)})")),
        ];
    }
}
