using System.Globalization;
using Ldn.Productivity;
using Ldn.Rasters;

namespace Ldn.Discovery;

/// <summary>
/// Several files of one layer and year: dated ones are the layers of a series that has several a year; of others, such as tiles
/// or versions, a job can take one only, and that is told instead of passing it over in silence.
/// </summary>
internal static class SameYear
{
    private static readonly LayerKind[] s_kinds =
        [LayerKind.LandCover, LayerKind.SoilStock, LayerKind.Series, LayerKind.Rain, LayerKind.Population];

    public static IReadOnlyList<Finding> Told(IReadOnlyList<Finding> findings)
    {
        Finding[] told = [.. findings];
        foreach (var layer in told.Select((f, i) => (Of: f, At: i))
            .Where(f => s_kinds.Contains(f.Of.Kind) && (f.Of.Years.Count <= 1 || f.Of.BandYears.Count > 0))
            .GroupBy(f => (f.Of.Kind, f.Of.Detail, f.Of.Scale)).ToList())
        {
            var years = layer.GroupBy(f => Span(f.Of.Years)).Where(y => y.Count() > 1).ToList();
            if (years.Count == 0)
                continue;
            if (layer.Key.Kind is LayerKind.Series or LayerKind.Rain && AreDated(layer.Select(f => f.Of.File)))
            {
                foreach ((Finding of, int at) in layer)
                    told[at] = of.Kind == LayerKind.Series ? of with { Kind = LayerKind.Stack }
                        : of with { Detail = Finding.Monthly };
                continue;
            }

            foreach (var year in years)
                foreach ((Finding of, int at) in year.Skip(1))
                    told[at] = of with { Doubt = Rival(of, year.First().Of.File, year.Key) };
        }

        // Two products of productivity would give two figures.
        foreach (int at in Enumerable.Range(0, told.Length).Where(i => told[i] is { Kind: LayerKind.Lpd, Product: not null }))
            if (told.First(f => f.Kind == LayerKind.Lpd) is var lpd && lpd.Product != told[at].Product)
                told[at] = told[at] with
                {
                    Doubt = $"another product than {lpd.File}: a job takes one, and which is yours to decide",
                };
        return told;
    }

    private static string Span(IReadOnlyList<int> years) => string.Create(CultureInfo.InvariantCulture,
        $"{(years.Count == 0 ? "" : years.Count == 1 ? $"of {years[0]} " : $"of {years[0]} to {years[^1]} ")}");

    private static bool AreDated(IEnumerable<string> files)
    {
        DateOnly?[] dates = [.. files.Select(f => LayerDates.Find(Path.GetFileName(RasterName.Parse(f).Dataset)))];
        return !dates.Contains(null) && dates.Distinct().Count() == dates.Length;
    }

    private static string Rival(Finding of, string first, string years) =>
        $"the same layer {years}as {first}, and a job takes one file: put tiles together first (gdalbuildvrt), or name the "
            + "file that is meant"
            + (of.Doubt is { } doubt ? $"; {doubt}" : "");
}
