using Ldn.Reports.Page;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>Degraded land by aridity class: in drylands, desertification.</summary>
public sealed class DrylandsSection : PageSection
{
    /// <inheritdoc/>
    public override string Table => "drylands";

    internal override SectionContent? Of(SectionPage page)
    {
        Row[] rows = [.. page.Latest(Table).Where(r => r[Columns.Land] is { IsZero: false })];
        if (rows.FirstOrDefault(r => r[Columns.Aridity] == "all") is not { } all)
            return null;
        string whole = page.Numbers.Percent(all[Columns.DegradedOfLand]?.ToDouble());
        string sentence = rows.FirstOrDefault(r => r[Columns.Aridity] == "drylands") is { } drylands
            ? page.Texts.Format("section.drylands", page.Numbers.Percent(drylands[Columns.DegradedOfLand]?.ToDouble()), whole)
            : page.Texts["section.drylands.none"];
        return new SectionContent(
            sentence, Charts.Bars(page.Numbers, [.. rows.Select(r => (Name(r), page.Conditions(r)))]),
            new SmallTable(
                [
                    page.Name(Columns.Aridity), page.Number(Columns.Land), page.Number(Columns.Degraded),
                    page.Number(Columns.DegradedOfLand),
                ],
                [
                    .. rows.Select(r => new object[]
                    {
                        Name(r), page.Numbers.Area(r[Columns.Land]!.Value), page.Numbers.Area(r[Columns.Degraded]!.Value),
                        page.Numbers.Percent(r[Columns.DegradedOfLand]?.ToDouble()),
                    }),
                ]));

        string Name(Row row) => page.Texts.Word("aridity", row[Columns.Aridity]!) ?? row[Columns.Aridity]!;
    }
}
