using Ldn.Jobs;
using Ldn.Tables;

namespace Ldn.Reports.Page;

/// <summary>
/// What a careful reader looks at again before a figure is passed on: a share that jumps, land without data, windows too short
/// for a trend, sub-indicators that look filled, and what the run itself doubted.
/// </summary>
internal static class LookAgain
{
    /// <summary>Percentage points between one period and the next.</summary>
    public const double Jump = 5;

    /// <summary>Per cent of land.</summary>
    public const double NoData = 5;

    /// <summary>Years of a window of productivity.</summary>
    public const int LeastYears = 8;

    /// <summary>Lines shown; how many more there are is said.</summary>
    private const int Most = 12;

    public static View[] Of(RunDocument document, Figures figures, Texts texts)
    {
        List<string> all =
        [
            .. Windows(document, texts),
            .. figures.Subjects.SelectMany(s => Jumps(s, document, figures)).OrderByDescending(j => Math.Abs(j.Points)).Select(
                j => texts.Format(
                    "look.jump", j.Of.Name, Lead.Points(j.Points, texts), figures.PeriodLabel(j.From, texts),
                    figures.PeriodLabel(j.To, texts))),
            .. figures.Subjects.SelectMany(s => Gaps(s, document, figures, texts)),
            .. figures.Subjects.SelectMany(s => Fills(s, document, figures, texts)),
        ];
        IEnumerable<string> shown = all.Take(Most);
        if (all.Count > Most)
            shown = shown.Append(texts.Format("look.more", all.Count - Most));
        return
        [
            .. shown.Select(line => new View { ["line"] = line, ["english"] = false }),
            .. document.Notes.Where(n => n.Contains($"[{Fault.Doubt.Code}]", StringComparison.Ordinal))
                .Select(n => new View { ["line"] = texts.Note(n), ["english"] = texts.IsForeign(n) }),
        ];
    }

    private static IEnumerable<(Subject Of, double Points, DocumentPeriod From, DocumentPeriod To)> Jumps(
        Subject subject, RunDocument document, Figures figures)
    {
        foreach ((DocumentPeriod before, DocumentPeriod after) in document.Periods.Zip(document.Periods.Skip(1)))
            if (
                figures.Share(subject.Id, before.Id, Columns.DegradedOfLand) is { } from
                    && figures.Share(subject.Id, after.Id, Columns.DegradedOfLand) is { } to && Math.Abs(to - from) > Jump)
                yield return (subject, to - from, before, after);
    }

    private static IEnumerable<string> Gaps(Subject subject, RunDocument document, Figures figures, Texts texts) =>
        from period in document.Periods
        let share = figures.Share(subject.Id, period.Id, ConditionTables.NoDataShare)
        where share > NoData
        select texts.Format("look.no_data", subject.Name, figures.PeriodLabel(period, texts), texts.Numbers.Percent(share));

    private static IEnumerable<string> Windows(RunDocument document, Texts texts)
    {
        foreach (DocumentPeriod period in document.Periods)
        {
            string? years = period.Years.FirstOrDefault(y => y.SubIndicator == "productivity").Years;
            if (YearSpan.Parse(years ?? "") is { IsNamed: true, First: var first, Last: var last } && first < last
                && last - first + 1 < LeastYears)
                yield return texts.Format(
                    "look.window", texts.Period(period.Id), texts.Indicator("productivity"), $"{first}–{last}");
        }
    }

    /// <summary>
    /// All land with data in one class. Of land cover and soil carbon, which change on little land, only degraded or improved
    /// alone is strange.
    /// </summary>
    private static IEnumerable<string> Fills(Subject subject, RunDocument document, Figures figures, Texts texts)
    {
        foreach (DocumentPeriod period in document.Periods)
        {
            foreach (string sub in document.SubIndicators)
            {
                string[] there = [
                    .. figures.Classes(subject.Id, period.Id, sub).Where(c => c.Class != "no_data" && c.Share > 0)
                        .Select(c => c.Class)];
                if (there is [var only] && (sub == "productivity" || only != "stable"))
                    yield return texts.Format(
                        "look.fill", subject.Name, figures.PeriodLabel(period, texts), texts.Indicator(sub), texts.Class(only));
            }
        }
    }
}
