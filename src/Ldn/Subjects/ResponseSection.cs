using Ldn.Reports.Page;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>
/// The response hierarchy: what to avoid, to reduce, to reverse. Its map is among the layers of the zone's map.
/// </summary>
public sealed class ResponseSection : PageSection
{
    private static readonly Response[] s_responses = [Response.Reverse, Response.Reduce, Response.Avoid];

    /// <inheritdoc/>
    public override string Table => "response_hierarchy";

    internal override SectionContent? Of(SectionPage page)
    {
        IReadOnlyList<Row> latest = page.Latest(Table);
        if (latest.All(r => r[Columns.TrueArea] is null or { IsZero: true }))
            return null;
        return new SectionContent(
            page.Texts.Format(
                "section.response_hierarchy",
                [.. s_responses.Reverse().Select(r => (object)page.Numbers.Percent(Share(latest, r.Name())))]),
            Charts.Bars(page.Numbers, [.. page.Periods(Table).Select(p => (page.Label(p.Period), Segments(p.Rows)))]),
            new SmallTable(
                [page.Name(ResponseInquiry.ResponseName), page.Number(Columns.TrueArea), page.Number(Columns.ShareOfLand)],
                [
                    .. latest.Where(r => r[Columns.TrueArea] is not null).Select(r => new object[]
                    {
                        page.Texts.Class(r[ResponseInquiry.ResponseName]!), page.Numbers.Area(r[Columns.TrueArea]!.Value),
                        page.Numbers.Percent(r[Columns.ShareOfLand]?.ToDouble()),
                    }),
                ]));

        IReadOnlyList<Segment> Segments(IReadOnlyList<Row> rows) =>
        [
            .. s_responses.Select(r => (Name: r.Name(), Color: r.Color())).Append(("no_data", Palette.NoData))
                .Select(c => new Segment(page.Texts.Class(c.Item1), Share(rows, c.Item1) ?? 0, c.Item2, "")),
        ];
    }

    private static double? Share(IReadOnlyList<Row> rows, string name) =>
        rows.FirstOrDefault(r => r[ResponseInquiry.ResponseName] == name)?[Columns.ShareOfLand]?.ToDouble();
}
