using System.Globalization;
using Ldn.Reports.Page;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>Degraded land on a straight line to the target year, beside the baseline that it may not exceed.</summary>
public sealed class ProjectionSection : PageSection
{
    /// <inheritdoc/>
    public override string Table => "projection";

    internal override SectionContent? Of(SectionPage page)
    {
        if (
            page.Rows(Table).FirstOrDefault(r => r[Columns.LandType] == "all") is not { } row
                || row[Columns.BaselineYear] is not { } first || row[NeutralityTables.BaselineDegraded] is not { } from
                || row[Columns.LatestYear] is not { } last || row[NeutralityTables.LatestDegraded] is not { } to
                || row[NeutralityTables.TargetYear] is not { } target || row[NeutralityTables.Projected] is not { } projected)
            return null;
        List<(long Year, double Value)> known = [(first, from.SquareKilometres), (last, to.SquareKilometres)];
        if (row[NeutralityTables.PreviousYear] is { } between && row[NeutralityTables.PreviousDegraded] is { } then)
            known.Insert(1, (between, then.SquareKilometres));
        string sentence = page.Texts.Format(
            projected.ToDouble() > from.SquareKilometres ? "section.projection.over" : "section.projection.within", target,
            Number(projected.ToDouble()), page.Numbers.Area(from), first);
        return new SectionContent(
            sentence,
            Charts.Line(
                page.Numbers, sentence, known, (target, projected.ToDouble()), from.SquareKilometres,
                page.Texts["section.projection.aim"]),
            new SmallTable(
                [page.Name(Columns.Year), page.Number(Columns.Degraded)],
                [
                    .. known.Select(k => new object[] { k.Year.ToString(CultureInfo.InvariantCulture), Number(k.Value) }),
                    [
                        page.Texts.Format("section.projection.to", target), Number(projected.ToDouble()),
                    ],
                ]),
            row[NeutralityTables.OutOfRange] is { Length: > 0 } ? page.Texts["section.projection.beyond"] : null);

        string Number(double value) => page.Numbers.Whole(value);
    }
}
