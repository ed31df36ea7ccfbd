using System.Globalization;
using Ldn.Rasters;

namespace Ldn.Reports.Maps;

/// <summary>A raster that the run wrote.</summary>
/// <param name="Name">File name without extension.</param>
/// <param name="Path">Where it lies.</param>
/// <param name="Period">The period it is of; empty for the stock of a year.</param>
/// <param name="Layer">What it holds, as <see cref="RasterLook"/> knows it.</param>
/// <param name="Grid">Its cells.</param>
/// <param name="Signed">Whether conditions are stored in the signed encoding.</param>
public sealed record RunRaster(string Name, string Path, string Period, string Layer, Grid Grid, bool Signed)
{
    private const string Stock = "soc";

    /// <summary>What a period's rasters may hold, in their order, and how their names are made of the period's.</summary>
    private static readonly (string Layer, string Format)[] s_ofPeriod =
    [
        ("status", "status_{0}"), ("sdg_15_3_1", "{0}_indicator"), ("land_cover", "{0}_land_cover"), ("productivity", "{0}_productivity"),
        ("soil_organic_carbon", "{0}_soil_organic_carbon"), ("lpd", "{0}_lpd"), ("trend", "{0}_trend"), ("trend_slope", "{0}_trend_slope"), ("trend_s", "{0}_trend_s"),
        ("trend_z", "{0}_trend_z"), ("trend_p", "{0}_trend_p"), ("state", "{0}_state"), ("performance", "{0}_performance"), ("soc_change", "soc_change_{0}"),
        ("gains_losses", "gains_losses_{0}"), ("neutrality", "neutrality_{0}"), ("response", "response_{0}"),
    ];

    public bool IsStatus => Layer == "status";

    /// <summary>Whether the page draws it: the indicator, its sub-indicators and the status.</summary>
    public bool IsOnPage => Layer is "sdg_15_3_1" or "status" or "land_cover" or "productivity" or "soil_organic_carbon";

    public RasterLook Look => RasterLook.Of(Layer, Signed);

    /// <summary>Stored value, code of the tables and colour of each class, in the order of the codes 1, 2, …; empty for values.</summary>
    public IReadOnlyList<RasterClass> Classes => Look.Classes;

    /// <summary>The rasters among the files that a run wrote, as far as they are still there: period by period, then the stocks year by year.</summary>
    /// <param name="document">The run.</param>
    /// <param name="files">Names of its files.</param>
    /// <param name="path">Where a file of that name lies.</param>
    /// <param name="geodata">Opens them.</param>
    public static IReadOnlyList<RunRaster> Of(RunDocument document, IReadOnlyCollection<string> files, Func<string, string> path, IGeodata geodata)
    {
        HashSet<string> written = [.. files];
        var rasters = new List<RunRaster>();
        foreach (string period in document.Periods.Select(p => p.Id))
            foreach ((string layer, string format) in s_ofPeriod)
                Add(string.Format(CultureInfo.InvariantCulture, format, period), period, layer);
        foreach (int year in files.Select(StockYear).OfType<int>().Distinct().Order())
            Add(StockName(year), "", Stock);
        return rasters;

        void Add(string name, string period, string layer)
        {
            // The merge of a run in shards may leave a virtual raster over their parts.
            if (new[] { name + ".tif", name + ".vrt" }.FirstOrDefault(f => written.Contains(f) && File.Exists(path(f))) is not { } file)
                return;
            using IRasterSource source = geodata.OpenRaster(path(file));
            rasters.Add(new RunRaster(name, path(file), period, layer, source.Grid, source.CellType == CellType.Int16));
        }
    }

    private static string StockName(int year) => string.Create(CultureInfo.InvariantCulture, $"{Stock}_{year}");

    private static int? StockYear(string file) =>
        file.Split('_', '.') is [Stock, string year, "tif" or "vrt"] && int.TryParse(year, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;
}
