using System.Globalization;

namespace Ldn.Reports.Page;

/// <summary>The targets of one zone with the figures behind each verdict.</summary>
internal static class TargetsView
{
    public static View[] Of(Subject subject, Figures figures, Texts texts) => [.. figures.Targets(subject.Id).Select(t => new View
    {
        ["text"] = t.Text.Length > 0 ? t.Text : t.Id,
        ["aim"] = $"{t.Metric} {t.Comparator} {Number(t.Value)} ({t.Year})",
        ["baseline"] = Number(t.Baseline),
        ["baseline_year"] = t.Baseline is null ? null : t.BaselineYear?.ToString(CultureInfo.InvariantCulture),
        ["latest"] = Number(t.Latest),
        ["latest_year"] = t.Latest is null ? null : t.LatestYear?.ToString(CultureInfo.InvariantCulture),
        ["verdict"] = texts["target." + t.Verdict],
        ["kind"] = t.Verdict,
        ["reason"] = t.Reason.Length > 0 ? t.Reason : null,
    })];

    private static string Number(double? value) => value switch
    {
        null => "–",
        double number => number.ToString(Math.Abs(number) >= 1000 ? "N0" : "0.##", CultureInfo.InvariantCulture),
    };
}

/// <summary>One target as its table has it.</summary>
internal sealed record TargetRow(
    string Id, string Text, string Metric, string Comparator, double? Value, long? Year, long? BaselineYear, double? Baseline, long? LatestYear, double? Latest,
    string Verdict, string Reason);
