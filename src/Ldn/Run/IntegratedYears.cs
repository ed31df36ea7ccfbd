using Ldn.Csv;
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
        var layers = new List<(string Name, string File)>();
        foreach (string file in stack.Files)
        {
            string name = Path.GetFileName(file);
            IReadOnlyList<string> bands = RasterName.Parse(file).Band is not null ? [""] : geodata.BandNames(file);

            // One band is what its file is; of several, each must tell its own date.
            layers.AddRange(bands.Count == 1
                ? [(LayerDates.Find(bands[0]) is null ? name : bands[0], file)]
                : bands.Select(
                    (band, i) => (band.Length > 0 ? band : $"{new RasterName(name, i + 1)}", $"{new RasterName(file, i + 1)}")));
        }

        string[] names = [.. layers.Select(l => l.Name)];
        DateOnly[] dates = stack.Dates is { } table
            ? LayerDates.FromTable(CsvTable.Read(table, "layer", "date"), names)
            : LayerDates.FromNames(names);
        var years = new SortedDictionary<int, IReadOnlyList<(string, string)>>();
        foreach (YearLayers year in stack.Integration.Plan(dates))
            years[year.Year] = [.. year.Layers.Select(i => ($"productivity {dates[i]:yyyy-MM-dd}", layers[i].File))];
        return years;
    }
}
