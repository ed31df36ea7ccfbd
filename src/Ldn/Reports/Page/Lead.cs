using System.Globalization;
using Ldn.Counting;
using Ldn.Tables;

namespace Ldn.Reports.Page;

/// <summary>What the first sentences of a zone are made of; shares in per cent of its land.</summary>
/// <param name="HasLand">Whether there is any land.</param>
/// <param name="Degraded">Null where nothing can be told.</param>
/// <param name="NoData">Null likewise.</param>
/// <param name="Change">Degraded share minus the baseline's, percentage points; null where the period is the baseline.</param>
/// <param name="When">The period, as a part of a sentence.</param>
/// <param name="Before">The baseline likewise; null where the period is the baseline.</param>
/// <param name="Parts">Degraded share by sub-indicator, the name as a reader knows it.</param>
/// <param name="Lost">Newly degraded since the baseline; null where the period is the baseline.</param>
/// <param name="Won">Newly improved likewise.</param>
internal sealed record LeadFigures(
    bool HasLand, double? Degraded, double? NoData, double? Change, string When, string? Before,
    IReadOnlyList<(string Name, double Share)> Parts, double? Lost, double? Won)
{
    /// <summary>Per cent of what is newly degraded, by the sub-indicator that is degraded there.</summary>
    public IReadOnlyList<(string Name, double Share)> Causes { get; init; } = [];
}

/// <summary>
/// The message of a zone in sentences made by rules from its figures. No name or number in them has to be inflected, so that
/// every language is right for every zone; no figure in them is another than in the tables.
/// </summary>
internal static class Lead
{
    /// <summary>What rounds to 0.0 %.</summary>
    private const double Least = 0.05;

    /// <summary>A fraction in words is at most this many percentage points away from the share.</summary>
    private const double NearFraction = 1.75;

    private static readonly (double Share, string Key)[] s_fractions =
    [
        (10, "10"), (20, "20"), (25, "25"), (100.0 / 3, "33"), (40, "40"), (50, "50"), (60, "60"), (200.0 / 3, "67"), (75, "75"),
        (80, "80"), (90, "90"),
    ];

    /// <summary>The sentences of a zone in the latest period.</summary>
    public static string Of(Subject subject, RunDocument document, Figures figures, Texts texts) =>
        Joined(Sentences(Read(subject, document, figures, texts), texts), texts);

    /// <summary>
    /// The first two of them, and the one of land without data where that is much: no share is told without it.
    /// </summary>
    public static string Brief(Subject subject, RunDocument document, Figures figures, Texts texts)
    {
        LeadFigures read = Read(subject, document, figures, texts);
        string[] all = [.. Sentences(read, texts)];
        return Joined(all.Take(2).Concat(read.NoData > LookAgain.NoData ? all.Skip(2).TakeLast(1) : []), texts);
    }

    /// <summary>How sure the figure is: what a table of verdicts says, or that nobody has asked.</summary>
    public static string Confidence(Subject subject, RunDocument document, Figures figures, Texts texts)
    {
        string period = document.Periods[^1].Id;
        ResultTable? table = document.Table("firmness");
        if (
            figures.Rows("firmness", subject.Id).FirstOrDefault(
                r => Text(r, "question") == "figure" && Text(r, "period") == period) is not { } row
                || texts.Find("confidence." + Text(row, "confidence")) is not { } level)
            return texts["confidence.none"];
        string line = texts.Format("confidence.line", level);
        if (Number(row, "low") is { } low && Number(row, "high") is { } high)
            line += " " + texts.Format("confidence.range", texts.Numbers.Percent(low), texts.Numbers.Percent(high));
        if (Text(row, "not_tried") is { Length: > 0 } untried)
            line += " " + texts.Format(
                "confidence.untried",
                string.Join(
                    texts["list.comma"],
                    untried.Split(';').Select(what => texts.Find("untried." + what.Trim()) ?? what)));
        return line;

        string? Text(Row of, string column) => Value(of, column) as string;
        double? Number(Row of, string column) => Value(of, column) switch
        {
            Ratio ratio => ratio.ToDouble(),
            double number => number,
            _ => null,
        };
        object? Value(Row of, string column) => table?.Column(column) is { } there ? of[there] : null;
    }

    /// <summary>
    /// How many zones have more degraded land than in the baseline, and which have the most and the least; empty where there are
    /// not two zones to tell apart.
    /// </summary>
    public static string OfZones(RunDocument document, Figures figures, Texts texts)
    {
        DocumentPeriod first = document.Periods[0], last = document.Periods[^1];
        (Subject Of, double Share, double? Before)[] zones =
        [
            .. from subject in figures.Subjects
               where !subject.IsGroup
               let share = figures.Share(subject.Id, last.Id, Columns.DegradedOfLand)
               where share is not null
               orderby share descending
               select (subject, share.Value, figures.Share(subject.Id, first.Id, Columns.DegradedOfLand)),
        ];
        var said = new List<string>();
        (Subject Of, double Share, double? Before)[] compared = [.. zones.Where(z => z.Before is not null)];
        if (compared.Length > 1 && first != last)
            said.Add(texts.Format(
                "lead.zones", compared.Length, When(first, texts), compared.Count(z => z.Share - z.Before >= Least)));
        if (zones.Length > 1 && texts.Numbers.Percent(zones[0].Share) != texts.Numbers.Percent(zones[^1].Share))
            said.Add(texts.Format("lead.range", zones[0].Of.Name, Told(zones[0]), zones[^1].Of.Name, Told(zones[^1])));
        return Joined(said, texts);

        // A zone of which little is known is neither the best nor the worst without its being said.
        string Told((Subject Of, double Share, double? Before) zone)
        {
            string share = texts.Numbers.Percent(zone.Share);
            return figures.Share(zone.Of.Id, last.Id, ConditionTables.NoDataShare) is { } gap and > LookAgain.NoData
                ? texts.Format("lead.with_gap", share, texts.Numbers.Percent(gap)) : share;
        }
    }

    private static string Joined(IEnumerable<string> sentences, Texts texts) =>
        string.Join(texts.Language is "zh" or "ja" ? "" : " ", sentences);

    internal static IEnumerable<string> Sentences(LeadFigures f, Texts texts)
    {
        if (!f.HasLand)
            return [texts["lead.no_land"]];
        if (f.Degraded is not { } degraded || f.NoData is not { } none || none >= 100)
            return [texts.Format("lead.unknown", f.When)];
        var said = new List<string> { Share(degraded, f.When, texts) };
        if (f is { Change: { } change, Before: { } before })
            said.Add(
                Math.Abs(change) < Least
                    ? texts.Format("lead.same", before)
                    : texts.Format(change > 0 ? "lead.more" : "lead.less", Points(change, texts), before));
        if (Parts(f.Parts, texts) is { } parts)
            said.Add(parts);
        if (f is { Lost: { } lost, Won: { } won } && Math.Max(lost, won) >= Least)
        {
            said.Add(texts.Format("lead.new", texts.Numbers.Percent(lost), texts.Numbers.Percent(won)));
            if (lost >= Least && f.Causes.Count > 0)
                said.Add(texts.Format("lead.causes", Told(f.Causes, texts)));
        }

        if (none >= Least)
            said.Add(texts.Format(
                "lead.missing", texts.Numbers.Percent(none), texts.Numbers.Percent(Math.Min(100, degraded + none))));
        return said.Select(Capital);
    }

    /// <summary>Percentage points without a sign.</summary>
    internal static string Points(double change, Texts texts) => texts.Numbers.Of(Math.Abs(change), "F1");

    /// <summary>The final year of a period as a part of a sentence; its name where it has no years.</summary>
    internal static string When(DocumentPeriod period, Texts texts) =>
        period.Label?.Split('–') is [.., var last] && int.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? texts.Format("lead.when_year", last)
            : texts.Format("lead.when_period", texts.Period(period.Id));

    private static string Share(double degraded, string when, Texts texts)
    {
        if (degraded <= 0)
            return texts.Format("lead.nothing", when);
        if (degraded < Least)
            return texts.Format("lead.tiny", when);
        if (degraded >= 100)
            return texts.Format("lead.everything", when);
        (double share, string key) = s_fractions.MinBy(f => Math.Abs(f.Share - degraded));
        return Math.Abs(share - degraded) <= NearFraction
            ? texts.Format("lead.about", texts["fraction." + key], texts.Numbers.Percent(degraded), when)
            : texts.Format("lead.share", texts.Numbers.Percent(degraded), when);
    }

    /// <summary>Which sub-indicator weighs most; only their figures where two weigh the same, nothing where none does.</summary>
    private static string? Parts(IReadOnlyList<(string Name, double Share)> parts, Texts texts)
    {
        (string Name, double Share)[] sorted = [.. parts.OrderByDescending(p => p.Share)];
        if (sorted.Length < 2 || sorted[0].Share < Least)
            return null;
        return texts.Numbers.Percent(sorted[0].Share) == texts.Numbers.Percent(sorted[1].Share)
            ? texts.Format("lead.each", Told(sorted, texts))
            : texts.Format("lead.most", sorted[0].Name, texts.Numbers.Percent(sorted[0].Share), Told(sorted.Skip(1), texts));
    }

    private static string Told(IEnumerable<(string Name, double Share)> some, Texts texts) => string.Join(
        texts["list.comma"], some.Select(p => $"{p.Name} {texts.Numbers.Percent(p.Share)}"));

    /// <summary>New losses by the one sub-indicator that is degraded there, several together as one; the largest first.</summary>
    private static IReadOnlyList<(string Name, double Share)> Causes(
        Subject subject, string period, Figures figures, Texts texts) =>
    [
        .. figures.Rows("new_losses", subject.Id).Where(r => r[Columns.Period] == period)
            .GroupBy(r => r[CrossTables.Cause]!.Contains(';') ? "several" : r[CrossTables.Cause]!)
            .Select(c => (Inside(texts.Word("cause", c.Key) ?? c.Key), c.Sum(r => r[CrossTables.ShareOfLosses]?.ToDouble() ?? 0)))
            .OrderByDescending(c => c.Item2),
    ];

    /// <summary>A name as it stands inside of a sentence.</summary>
    private static string Inside(string name) => char.ToLowerInvariant(name[0]) + name[1..];

    private static string Capital(string sentence) => char.ToUpperInvariant(sentence[0]) + sentence[1..];

    private static LeadFigures Read(Subject subject, RunDocument document, Figures figures, Texts texts)
    {
        DocumentPeriod first = document.Periods[0], last = document.Periods[^1];
        bool later = document.Periods.Count > 1;
        Row? row = figures.Headline(subject.Id, last.Id);
        double? Of(string indicator, string name) => figures.ShareOf(subject.Id, last.Id, indicator, name);
        return new LeadFigures(
            row?[Columns.Land] is { IsZero: false }, row?[Columns.DegradedOfLand]?.ToDouble(),
            row?[ConditionTables.NoDataShare]?.ToDouble(), later ? row?[ConditionTables.ChangeOfShare]?.ToDouble() : null,
            When(last, texts), later ? When(first, texts) : null,
            [
                .. document.SubIndicators
                    .Select(s => (Inside(texts.Indicator(s)), Share: Of(later ? "status_" + s : s, "degraded")))
                    .Where(s => s.Share is not null).Select(s => (s.Item1, s.Share!.Value)),
            ],
            later ? Of("status_expanded", "recent_degradation") : null,
            later ? Of("status_expanded", "recent_improvement") : null)
        {
            Causes = later ? Causes(subject, last.Id, figures, texts) : [],
        };
    }
}
