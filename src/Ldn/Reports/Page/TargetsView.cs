using System.Globalization;
using Ldn.Subjects;
using Ldn.Tables;

namespace Ldn.Reports.Page;

/// <summary>The targets of one zone with the figures behind each verdict.</summary>
internal static class TargetsView
{
    public static View[] Of(Subject subject, Figures figures, Texts texts) =>
        [.. figures.Targets(subject.Id).Select(row => Of(row, texts))];

    private static View Of(Row row, Texts texts)
    {
        double? baseline = row[TargetTables.Baseline]?.ToDouble(), latest = row[TargetTables.Latest]?.ToDouble();
        return new View
        {
            ["text"] = row[TargetTables.Text] is { Length: > 0 } text ? text : row[TargetTables.Id]!,
            ["aim"] = $"{row[TargetTables.Metric]} {row[TargetTables.Comparator]} {Number(row[TargetTables.Value])} "
                + $"({row[Columns.Year]})",
            ["baseline"] = Number(baseline),
            ["baseline_year"] = baseline is null ? null : row[Columns.BaselineYear]?.ToString(CultureInfo.InvariantCulture),
            ["latest"] = Number(latest),
            ["latest_year"] = latest is null ? null : row[Columns.LatestYear]?.ToString(CultureInfo.InvariantCulture),
            ["verdict"] = texts["target." + row[TargetTables.Verdict]],
            ["kind"] = row[TargetTables.Verdict]!,
            ["reason"] = row[TargetTables.Reason] is { Length: > 0 } reason ? reason : null,
        };
    }

    private static string Number(double? value) => value switch
    {
        null => "–",
        double number => number.ToString(Math.Abs(number) >= 1000 ? "N0" : "0.##", CultureInfo.InvariantCulture),
    };
}
