using System.Globalization;
using Ldn.Reports.Page;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>Land in drought by year; land and people by the worst drought of blocks of four years.</summary>
public sealed class DroughtSection : PageSection
{
    private static readonly (string Class, string Color)[] s_classes =
        [("extreme", "#6b1a06"), ("severe", "#c8501e"), ("moderate", "#f0a35e"), ("mild", "#fbe3bd")];

    /// <inheritdoc/>
    public override string Table => "drought";

    internal override SectionContent? Of(SectionPage page)
    {
        var years = page.Rows(Table).GroupBy(r => r[Columns.Year]!.Value).OrderBy(y => y.Key)
            .Select(y => (Year: y.Key, Rows: (IReadOnlyList<Row>)[.. y])).ToList();
        if (years.Count == 0 || years.All(y => Share(y.Rows, "none") is null))
            return null;
        (long driest, IReadOnlyList<Row> worst) = years.MaxBy(y => Bad(y.Rows));
        string sentence = Bad(worst) > 0
            ? page.Texts.Format("section.drought", driest, page.Numbers.Percent(Bad(worst)))
            : page.Texts["section.drought.none"];
        var blocks = page.Rows("drought_blocks").GroupBy(r => (r[DroughtTables.FirstYear], r[DroughtTables.LastYear])).ToList();
        bool people = blocks.Exists(b => b.Any(r => r[DroughtTables.Persons] is not null));
        return new SectionContent(
            sentence,
            Charts.Columns(
                page.Numbers, sentence,
                [
                    .. years.Select(y => (
                        y.Year.ToString(CultureInfo.InvariantCulture),
                        (IReadOnlyList<Segment>)[
                            .. s_classes.Select(c => new Segment(
                                page.Texts.Class(c.Class), Share(y.Rows, c.Class) ?? 0, c.Color, ""))])),
                ]),
            new SmallTable(
                [
                    (page.Texts["section.drought.block"], false), (page.Texts["section.drought.bad"], true),
                    .. people ? new[] { (page.Texts["section.drought.people"], true) } : [],
                ],
                [
                    .. blocks.Select(b => new object[]
                    {
                        $"{b.Key.Item1}–{b.Key.Item2}", page.Numbers.Percent(Bad([.. b])),
                        page.Numbers.Whole(
                            b.Where(r => r[DroughtTables.Drought] is "severe" or "extreme")
                                .Sum(r => r[DroughtTables.Persons] ?? 0)),
                    }[..(people ? 3 : 2)]),
                ]));
    }

    /// <summary>Land in severe or extreme drought, per cent.</summary>
    private static double Bad(IReadOnlyList<Row> rows) => (Share(rows, "severe") ?? 0) + (Share(rows, "extreme") ?? 0);

    private static double? Share(IReadOnlyList<Row> rows, string name) =>
        rows.FirstOrDefault(r => r[DroughtTables.Drought] == name)?[Columns.ShareOfLand]?.ToDouble();
}
