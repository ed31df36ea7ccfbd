using Ldn.Reports.Page;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>Soil carbon lost and gained, in t of carbon and of carbon dioxide.</summary>
public sealed class ClimateSection : PageSection
{
    private static readonly string[] s_classes = ["degraded", "stable", "improved", "all"];

    /// <inheritdoc/>
    public override string Table => "climate";

    internal override SectionContent? Of(SectionPage page)
    {
        Row[] rows = [
            .. page.Latest(Table).Where(r => s_classes.Contains(r[Columns.Class]) && r[Columns.SoilArea] is { IsZero: false })];
        if (Array.Find(rows, r => r[Columns.Class] == "all") is not { } all)
            return null;
        double most = rows.Max(r => Math.Abs(r[Columns.SoilChange]!.Value)), change = all[Columns.SoilChange]!.Value;
        return new SectionContent(
            page.Texts.Format(
                change < 0 ? "section.climate.lost" : "section.climate.gained", Tonnes(page, Math.Abs(change)),
                Tonnes(page, Math.Abs(all[Columns.SoilChangeCo2]!.Value)), all[ClimateInquiry.FirstYear] ?? 0,
                all[ClimateInquiry.LastYear] ?? 0),
            null,
            new SmallTable(
                [
                    page.Name(Columns.Class), (page.Texts["report.losses_gains"], false), (page.Texts["unit.t_c"], true),
                    (page.Texts["unit.t_co2e"], true), (page.Texts["unit.t_c_ha"], true),
                ],
                [
                    .. rows.OrderBy(r => Array.IndexOf(s_classes, r[Columns.Class])).Select(r => new object[]
                    {
                        page.Texts.Word("class", r[Columns.Class]!) ?? "", Bar(page, r, most),
                        Signed(page, r[Columns.SoilChange]!.Value),
                        Signed(page, r[Columns.SoilChangeCo2]!.Value),
                        r[Columns.SoilChangePerHectare] is { } each ? page.Numbers.Of(each, "+0.00;−0.00;0") : "–",
                    }),
                ]));
    }

    private static Html Bar(SectionPage page, Row row, double most)
    {
        double change = row[Columns.SoilChange]!.Value;
        return Charts.Diverging(
            Math.Max(0, -change), Palette.Of("degraded"), Math.Max(0, change), Palette.Of("improved"), most,
            $"{Signed(page, change)} {page.Texts["unit.t_c"]}");
    }

    private static string Signed(SectionPage page, double tonnes) =>
        tonnes < 0 ? "−" + Tonnes(page, -tonnes) : tonnes > 0 ? "+" + Tonnes(page, tonnes) : "0";

    private static string Tonnes(SectionPage page, double tonnes) => page.Numbers.Whole(tonnes);
}
