using Ldn.Jobs;
using Ldn.LandCover;

namespace Ldn.Reports.Page;

/// <summary>Soil organic carbon of one zone by UNCCD class: the density in each year, the latest as a bar.</summary>
internal static class CarbonView
{
    public static View? Of(Subject subject, Figures figures, Texts texts)
    {
        (int Class, long Year, double Density)[] all = [.. figures.Carbon(subject.Id)];
        if (all.Length == 0)
            return null;
        long[] years = [.. all.Select(a => a.Year).Distinct().Order()];
        double most = all.Where(a => a.Year == years[^1]).Select(a => a.Density).DefaultIfEmpty().Max();
        return new View
        {
            ["years"] = years.Select(y => new View { ["year"] = YearSpan.Told(y) }).ToArray(),
            ["classes"] = all.GroupBy(a => a.Class).OrderBy(g => g.Key).Select(g => new View
            {
                ["class"] = texts[$"unccd.{g.Key}"],
                ["bar"] = Charts.Single(Last(g, years[^1]) ?? 0, most, Palette.Of(((UnccdClass)g.Key).Id()), strong: false),
                ["densities"] = years.Select(
                    y => new View
                    {
                        ["density"] = Last(g, y) is { } density ? texts.Numbers.Of(density, "F1") : "–",
                    }).ToArray(),
            }).ToArray(),
        };
    }

    private static double? Last(IEnumerable<(int Class, long Year, double Density)> all, long year)
    {
        foreach ((_, long of, double density) in all)
            if (of == year)
                return density;
        return null;
    }
}
