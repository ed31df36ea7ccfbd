using System.Globalization;
using Ldn.Csv;
using Ldn.LandCover;

namespace Ldn.Subjects;

/// <summary>What a target is measured by.</summary>
internal enum TargetMetricKind
{
    DegradedPercent,
    DegradedArea,
    ImprovedArea,
    NetArea,
    SoilCarbon,
    LandCoverArea,
    LandCoverPercent,
    LpdPercent,
    CategoryArea,
    Mean,
    ActivityArea,
}

/// <summary>
/// A metric as a table of targets names it (interface contract §2). <paramref name="Layer"/> is a layer or a type of activity,
/// <paramref name="Code"/> a code of the legend, an LPD class or a value of the layer. With <paramref name="Nested"/> the code is
/// a UNCCD class, 1…7, and means every class of the legend that is nested in it: <c>land_cover_pct:unccd-1</c> is tree cover
/// under any legend.
/// </summary>
internal sealed record TargetMetric(TargetMetricKind Kind, string? Layer = null, int? Code = null, bool Nested = false)
{
    private const string NestedPrefix = "unccd-";

    private static readonly (string Name, TargetMetricKind Kind, string Arguments)[] s_all =
    [
        ("degraded_pct", TargetMetricKind.DegradedPercent, ""), ("degraded_km2", TargetMetricKind.DegradedArea, ""),
        ("improved_km2", TargetMetricKind.ImprovedArea, ""), ("net_km2", TargetMetricKind.NetArea, ""),
        ("soc_t", TargetMetricKind.SoilCarbon, ""),
        ("land_cover_km2", TargetMetricKind.LandCoverArea, ":CODE"),
        ("land_cover_pct", TargetMetricKind.LandCoverPercent, ":CODE"),
        ("lpd_pct", TargetMetricKind.LpdPercent, ":CLASS"), ("category_km2", TargetMetricKind.CategoryArea, ":LAYER:VALUE"),
        ("mean", TargetMetricKind.Mean, ":LAYER[:CODE]"), ("activity_km2", TargetMetricKind.ActivityArea, ":TYPE"),
    ];

    /// <summary>Every metric with what must follow its name.</summary>
    public static IReadOnlyList<string> Known { get; } = [.. s_all.Select(m => m.Name + m.Arguments)];

    /// <summary>Reads a metric; null and what is wrong where it is none.</summary>
    public static (TargetMetric? Metric, string? Wrong) Parse(string text)
    {
        string[] parts = text.Split(':');
        int index = Array.FindIndex(s_all, m => m.Name == parts[0]);
        if (index < 0)
            return (null, $"a metric{NearestName.Hint(parts[0], s_all.Select(m => m.Name))} (known: {string.Join(", ", Known)})");
        (string name, TargetMetricKind kind, string arguments) = s_all[index];
        string wrong = $"of the form {name}{arguments}";
        switch (kind)
        {
            case TargetMetricKind.LandCoverArea or TargetMetricKind.LandCoverPercent:
                return parts.Length == 2
                    && Cover(parts[1]) is var (cover, nested)
                        ? (new TargetMetric(kind, null, cover, nested), null)
                        : (null, wrong);
            case TargetMetricKind.LpdPercent:
                return parts.Length == 2
                    && Number(parts[1]) is { } code ? (new TargetMetric(kind, null, code), null) : (null, wrong);
            case TargetMetricKind.CategoryArea:
                return parts.Length == 3 && parts[1].Length > 0
                    && Number(parts[2]) is { } value ? (new TargetMetric(kind, parts[1], value), null) : (null, wrong);
            case TargetMetricKind.Mean:
                if (parts.Length == 2 && parts[1].Length > 0)
                    return (new TargetMetric(kind, parts[1]), null);
                return parts.Length == 3 && parts[1].Length > 0
                    && Cover(parts[2]) is var (over, isNested)
                        ? (new TargetMetric(kind, parts[1], over, isNested), null)
                        : (null, wrong);
            case TargetMetricKind.ActivityArea:
                return parts.Length == 2 && parts[1].Length > 0 ? (new TargetMetric(kind, parts[1]), null) : (null, wrong);
            default:
                return parts.Length == 1 ? (new TargetMetric(kind), null) : (null, wrong);
        }
    }

    /// <summary>Whether its code is that of a class of the legend.</summary>
    public bool Means(LegendClass cover) => (Nested ? (int)cover.Unccd : cover.Code) == Code;

    /// <summary>As a table of targets writes it.</summary>
    public override string ToString() => string.Join(
        ':',
        new[]
        {
            s_all.First(m => m.Kind == Kind).Name, Layer,
            Nested ? NestedPrefix + Code : Code?.ToString(CultureInfo.InvariantCulture)
        }.Where(part => part is not null));

    private static (int Code, bool Nested)? Cover(string text)
    {
        bool nested = text.StartsWith(NestedPrefix, StringComparison.Ordinal);
        return Number(nested ? text[NestedPrefix.Length..] : text) is { } code
            && (!nested || code is >= 1 and <= 7) ? (code, nested) : null;
    }

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number : null;
}
