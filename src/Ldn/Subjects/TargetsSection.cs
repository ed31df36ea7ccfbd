using System.Globalization;
using Ldn.Reports;
using Ldn.Reports.Page;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>The targets of a zone with the figures behind each verdict.</summary>
public sealed class TargetsSection : PageSection
{
    /// <inheritdoc/>
    public override string Table => "targets";

    internal override SectionContent? Of(SectionPage page)
    {
        IReadOnlyList<Row> rows = page.Rows(Table);
        if (rows.Count == 0)
            return null;
        int Count(params string[] verdicts) => rows.Count(r => verdicts.Contains(r[TargetTables.Verdict]));
        return new SectionContent(
            page.Texts.Format(
                "section.targets", rows.Count, Count("met", "met_now_at_risk"), Count("on_track"), Count("off_track"),
                Count("not_assessable")),
            null,
            new SmallTable(
                [
                    (page.Texts["report.target"], false), (page.Texts["report.verdict"], false),
                    (page.Texts["period.baseline"], true), (page.Texts["report.latest"], true),
                ],
                [.. rows.Select(r => Line(r, page.Texts))]));
    }

    private static object[] Line(Row row, Texts texts)
    {
        string text = row[TargetTables.Text] is { Length: > 0 } told ? told : row[TargetTables.Id]!;
        string aim = $"{row[TargetTables.Metric]} {row[TargetTables.Comparator]} {Number(row[TargetTables.Value], texts)} "
            + $"({row[Columns.Year]})";
        string verdict = row[TargetTables.Verdict]!;
        return
        [
            Two(text, aim, "aim"),
            new Html($"<span class=\"verdict {Html.Escape(verdict)}\">{Html.Escape(texts["target." + verdict])}</span>"
                + (row[TargetTables.Reason] is { Length: > 0 } reason ? Small(texts.Note(reason), "") : "")),
            Figure(row[TargetTables.Baseline]?.ToDouble(), row[Columns.BaselineYear], texts),
            Figure(row[TargetTables.Latest]?.ToDouble(), row[Columns.LatestYear], texts),
        ];
    }

    private static Html Figure(double? value, long? year, Texts texts) => value is null
        ? Html.Of("–")
        : Two(Number(value, texts), year?.ToString(CultureInfo.InvariantCulture) ?? "", "");

    private static Html Two(string text, string below, string kind) =>
        new(Html.Escape(text) + (below.Length > 0 ? Small(below, kind) : ""));

    private static string Small(string text, string kind) =>
        $"<br><span class=\"small{(kind.Length > 0 ? " " + kind : "")}\">{Html.Escape(text)}</span>";

    private static string Number(double? value, Texts texts) => value switch
    {
        null => "–",
        double number => texts.Numbers.Of(number, Math.Abs(number) >= 1000 ? "N0" : "0.##"),
    };
}
