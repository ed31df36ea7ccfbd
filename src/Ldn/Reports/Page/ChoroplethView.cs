using System.Globalization;
using Ldn.Reports.Maps;
using Ldn.Tables;

namespace Ldn.Reports.Page;

/// <summary>All zones on one map, coloured by a share of their land, and their ranking.</summary>
internal static class ChoroplethView
{
    private const int Width = 640;

    /// <summary>Lower bounds of the classes, per cent of land: the same for every run, so that maps can be compared.</summary>
    private static readonly double[] s_bounds = [0, 5, 10, 20, 30];

    /// <summary>Null where there are not two zones with polygons.</summary>
    public static View? Of(
        RunDocument document, Figures figures, IReadOnlyList<ZoneShape> shapes, MapViews maps, Texts texts)
    {
        string last = document.Periods[^1].Id;
        var zones = (from shape in shapes
                     join subject in figures.Subjects.Where(s => !s.IsGroup) on shape.Id equals subject.Id
                     select (shape, subject)).ToList();
        if (zones.Count < 2 || MapFrame.Around(zones.SelectMany(z => z.shape.Polygons), Width, Width) is not { } frame)
            return null;
        (string graticule, _) = Graticule.Of(frame, texts);
        return new View
        {
            ["map_width"] = frame.Width.ToString(CultureInfo.InvariantCulture),
            ["map_height"] = frame.Height.ToString(CultureInfo.InvariantCulture),
            ["map_label"] = texts.Format("map.choropleth", figures.PeriodLabel(document.Periods[^1], texts)),
            ["grat"] = graticule,
            ["areas"] = zones.Select(z => new View
            {
                ["to"] = figures.AnchorOf(z.subject),
                ["says"] = maps.Says(z.subject),
                ["shape"] = Graticule.Land(frame, z.shape.Polygons),
                ["of"] = Class(Degraded(z.subject)),
                ["every"] = string.Join(",", Class(Degraded(z.subject)), Class(Improved(z.subject)), Class(NoData(z.subject))),
            }).ToArray(),
            ["steps"] = s_bounds.Select((b, i) => new View
            {
                ["of"] = i.ToString(CultureInfo.InvariantCulture),
                ["step"] = i + 1 < s_bounds.Length ? $"{b}–{s_bounds[i + 1]} %" : $"≥ {b} %",
            }).ToArray(),
            ["ranking"] = zones.OrderByDescending(z => Degraded(z.subject) ?? -1).Select(z => new View
            {
                ["to"] = figures.AnchorOf(z.subject),
                ["zone"] = z.subject.Name,
                ["rank_gap"] = NoData(z.subject) is { } gap and > LookAgain.NoData
                    ? $"{texts["map.no_data"]} {texts.Numbers.Percent(gap)}" : null,
                ["rank_share"] = texts.Numbers.Percent(Degraded(z.subject)),
                ["rank_bar"] = Charts.Single(
                    Degraded(z.subject) ?? 0, zones.Max(o => Degraded(o.subject) ?? 0), Palette.Of("degraded"), strong: true),
            }).ToArray(),
        };

        double? Degraded(Subject subject) => figures.Share(subject.Id, last, Columns.DegradedOfLand);
        double? NoData(Subject subject) => figures.Share(subject.Id, last, ConditionTables.NoDataShare);
        double? Improved(Subject subject) => figures.Headline(subject.Id, last) is { } row && row[Columns.Land] is { } land
            ? row[Columns.Improved]?.PercentOf(land)?.ToDouble()
            : null;
    }

    /// <summary>The number of a share's class; n where there is none.</summary>
    private static string Class(double? share) => share is { } value
        ? Array.FindLastIndex(s_bounds, b => value >= b).ToString(CultureInfo.InvariantCulture)
        : "n";
}
