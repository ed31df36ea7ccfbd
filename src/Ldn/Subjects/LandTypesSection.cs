using Ldn.Counting;
using Ldn.Reports;
using Ldn.Reports.Page;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>Counterbalancing: gains, losses and Δ of each land type, and the overall verdict (method §10).</summary>
public sealed class LandTypesSection : PageSection
{
    /// <summary>Types drawn, those with the largest changes; the table has all.</summary>
    private const int Most = 20;

    private const string All = "all";

    /// <inheritdoc/>
    public override string Table => "neutrality";

    internal override SectionContent? Of(SectionPage page)
    {
        Texts texts = page.Texts;
        Row[] all = [.. page.Latest(Table).Where(r => r[Columns.Delta] is not null)];
        if (Array.Find(all, r => r[Columns.LandType] == All) is not { } whole || all.Length == 1)
            return null;
        Row[] types = [.. all.Where(r => r[Columns.LandType] != All)];
        Row[] shown = [.. types.OrderByDescending(r => Gains(r) + Losses(r)).Take(Most)];
        double most = shown.Select(r => Area.Max(Gains(r), Losses(r)).SquareKilometres).DefaultIfEmpty().Max();
        string verdict = Verdict(whole) ?? "none";
        // Of a group no type has a verdict.
        bool judged = shown.Any(r => Verdict(r) is not null);
        string note = texts["report.land_types_text"] + " "
            + texts.Format("report.land_types_net", page.Numbers.Change(whole[Columns.Delta]!.Value));
        if (shown.Length < types.Length)
            note += " " + texts.Format("report.land_types_cut", shown.Length, types.Length, "neutrality.csv");
        return new SectionContent(
            texts.Format(
                "section.neutrality", texts["neutral." + verdict], types.Count(r => r[Columns.Delta]!.Value.IsNegative),
                types.Length),
            null,
            new SmallTable(
                [
                    (texts["report.land_type"], false), (texts["report.losses_gains"], false), ("Δ " + texts["unit.km2"], true),
                    .. (judged ? [(texts["report.neutral"], false)] : Array.Empty<(string, bool)>()),
                ],
                [
                    .. shown.Select(r => (object[])
                    [
                        Name(r), Bar(r), page.Numbers.Change(r[Columns.Delta]!.Value),
                        .. (judged ? [texts["neutral." + (Verdict(r) ?? "none")]] : Array.Empty<object>()),
                    ]),
                ]),
            note);

        static string? Verdict(Row row) => row[NeutralityTables.Verdict] is { Length: > 0 } told ? told : null;
        static Area Gains(Row row) => row[Columns.Gains]!.Value;
        static Area Losses(Row row) => row[Columns.Losses]!.Value;
        string Name(Row row) => row[Columns.LandTypeName] is { Length: > 0 } name
            ? name
            : texts.Find("land_type." + row[Columns.LandType]) ?? row[Columns.LandType]!;
        Html Bar(Row row) => Charts.Diverging(
            Losses(row).SquareKilometres, Palette.Of("degraded"), Gains(row).SquareKilometres, Palette.Of("improved"), most,
            texts.Format("report.gains_losses", page.Numbers.Area(Gains(row)), page.Numbers.Area(Losses(row))));
    }
}
