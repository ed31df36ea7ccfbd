using Ldn.Csv;
using Ldn.Rasters;

namespace Ldn.Productivity;

/// <summary>A layer of a stack: what messages call it, the file with its band, and its date.</summary>
internal sealed record DatedLayer(string Name, string File, DateOnly Date)
{
    /// <summary>The layers of a stack in the order of files and bands: every band of every file, each with its date.</summary>
    /// <param name="files">A band a layer; one band is what its file is.</param>
    /// <param name="dates">A table of dates; null: they are in the names of bands or files.</param>
    /// <param name="geodata">Tells the bands.</param>
    /// <exception cref="LdnException">Exit 2: a layer without a date or two with the same.</exception>
    public static IReadOnlyList<DatedLayer> Of(IReadOnlyList<string> files, string? dates, IGeodata geodata)
    {
        var layers = new List<(string Name, string File)>();
        foreach (string file in files)
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
        DateOnly[] days = dates is { } table
            ? LayerDates.FromTable(CsvTable.Read(table, "layer", "date"), names)
            : LayerDates.FromNames(names);
        return [.. layers.Select((l, i) => new DatedLayer(l.Name, l.File, days[i]))];
    }
}
