using Ldn.Reports.Page;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>How severe the degradation is, by grade.</summary>
public sealed class SeveritySection : PageSection
{
    /// <summary>From the lightest to the heaviest, readable without colour.</summary>
    private static readonly string[] s_colors = ["#e5d0e0", "#c38ab4", "#8f3a74", "#4a0d38"];

    /// <inheritdoc/>
    public override string Table => "severity";

    internal override SectionContent? Of(SectionPage page)
    {
        Row[] latest = [.. page.Latest(Table)];
        string[] grades = [.. latest.Select(r => r[Columns.Grade]!).Where(g => g != "ungraded")];
        if (grades.Length == 0 || Array.TrueForAll(latest, r => r[Columns.TrueArea] is null or { IsZero: true }))
            return null;
        return new SectionContent(
            page.Texts.Format("section.severity", Name(grades[^1]), page.Numbers.Percent(Share(latest, grades[^1]))),
            Charts.Bars(page.Numbers, [.. page.Periods(Table).Select(p => (page.Label(p.Period), Segments(p.Rows)))]),
            new SmallTable(
                [page.Name(Columns.Grade), page.Number(Columns.TrueArea), page.Number(SeverityTables.ShareOfDegraded)],
                [
                    .. latest.Select(r => new object[]
                    {
                        Name(r[Columns.Grade]!), page.Numbers.Area(r[Columns.TrueArea] ?? Counting.Area.Zero),
                        page.Numbers.Percent(r[SeverityTables.ShareOfDegraded]?.ToDouble()),
                    }),
                ]));

        string Name(string grade) => page.Texts.Word("grade", grade) ?? grade;
        IReadOnlyList<Segment> Segments(IReadOnlyList<Row> rows) =>
        [
            .. rows.Select(r => (Grade: r[Columns.Grade]!, Share: r[SeverityTables.ShareOfDegraded]?.ToDouble() ?? 0))
                .Select(g => new Segment(Name(g.Grade), g.Share, Color(Array.IndexOf(grades, g.Grade), grades.Length), "")),
        ];
    }

    private static double? Share(IEnumerable<Row> rows, string grade) =>
        rows.FirstOrDefault(r => r[Columns.Grade] == grade)?[SeverityTables.ShareOfDegraded]?.ToDouble();

    /// <summary>Spread over the colours, however many grades there are.</summary>
    private static string Color(int grade, int grades) =>
        grade < 0 ? Palette.NoData : s_colors[grades < 2 ? ^1 : grade * (s_colors.Length - 1) / (grades - 1)];
}

/// <summary>What the degradation costs a year, by land cover.</summary>
public sealed class CostSection : PageSection
{
    private const int Most = 8;
    private const string All = "all";

    /// <inheritdoc/>
    public override string Table => "cost";

    internal override SectionContent? Of(SectionPage page)
    {
        IReadOnlyList<Row> latest = page.Latest(Table);
        if (
            latest.FirstOrDefault(r => r[SeverityTables.LandCover] == All && r[Columns.Grade] == All)
                is not { } all || all[SeverityTables.UsdPerYear] is not { } total)
            return null;
        var covers = latest.Where(r => r[SeverityTables.LandCover] != All && r[SeverityTables.UsdPerYear] is > 0)
            .GroupBy(r => r[SeverityTables.LandCover]!)
            .Select(c => (Name: Name(c.First()), Usd: c.Sum(r => r[SeverityTables.UsdPerYear]!.Value)))
            .OrderByDescending(c => c.Usd).Take(Most).ToList();
        double most = covers.Select(c => c.Usd).DefaultIfEmpty().Max();
        return new SectionContent(
            page.Texts.Format("section.cost", Usd(total)), null,
            new SmallTable(
                [page.Name(SeverityTables.LandCover), ("", false), page.Number(SeverityTables.UsdPerYear)],
                [
                    .. covers.Select(c => new object[]
                    {
                        c.Name, Charts.Single(c.Usd, most, Palette.Of("degraded"), strong: true), Usd(c.Usd),
                    }),
                ]));

        static string Name(Row row) =>
            row[Columns.LandCoverName] is { Length: > 0 } name ? name : row[SeverityTables.LandCover]!;
        string Usd(double usd) => page.Numbers.Whole(usd);
    }
}
