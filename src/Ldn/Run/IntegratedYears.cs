using Ldn.Jobs;
using Ldn.Productivity;
using Ldn.Rasters;

namespace Ldn.Run;

/// <summary>The years of an intra-annual stack: which bands of which files make each.</summary>
internal static class IntegratedYears
{
    /// <summary>By year, the layers in order of date as name for messages and file with band.</summary>
    /// <exception cref="LdnException">Exit 2: a layer without a date or two with the same, no such month or count.</exception>
    public static SortedDictionary<int, IReadOnlyList<(string Layer, string File)>> Of(StackInput stack, IGeodata geodata)
    {
        IReadOnlyList<DatedLayer> layers = DatedLayer.Of(stack.Files, stack.Dates, geodata);
        var years = new SortedDictionary<int, IReadOnlyList<(string, string)>>();
        foreach (YearLayers year in stack.Integration.Plan([.. layers.Select(l => l.Date)]))
            years[year.Year] = [.. year.Layers.Select(i => ($"productivity {layers[i].Date:yyyy-MM-dd}", layers[i].File))];
        return years;
    }
}
