using Ldn.Conditions;
using Ldn.Grids;

namespace Ldn.Reports.Maps;

/// <summary>A class raster that the run wrote.</summary>
/// <param name="Name">File name without extension.</param>
/// <param name="Layer">sdg_15_3_1, a sub-indicator, or status.</param>
public sealed record RunRaster(string Name, string Path, string Period, string Layer, Grid Grid, bool Signed)
{
    public bool IsStatus => Layer == "status";

    /// <summary>Stored value, code of the tables and colour of each class, in the order of the codes 1, 2, ….</summary>
    public IReadOnlyList<RasterClass> Classes => IsStatus
        ? [.. Enum.GetValues<Status>().Where(s => s != Status.NoData).Select(s => new RasterClass((int)s, s.Name(), s.Color()))]
        : [.. new[] { Condition.Degraded, Condition.Stable, Condition.Improved }.Select(
            c => new RasterClass(Signed ? ConditionEncoding.Signed(c) : (int)c, c.Name(), c.Color()))];

    /// <summary>The rasters of a run that are in its folder, period by period: indicator or status first, then the sub-indicators.</summary>
    public static IReadOnlyList<RunRaster> Of(RunDocument document, Func<string, string> path, IGeodata geodata)
    {
        var rasters = new List<RunRaster>();
        foreach (DocumentPeriod period in document.Periods)
        {
            Add($"status_{period.Id}", period.Id, "status");
            Add($"{period.Id}_indicator", period.Id, "sdg_15_3_1");
            foreach (string sub in document.SubIndicators)
                Add($"{period.Id}_{sub}", period.Id, sub);
        }

        return rasters;

        void Add(string name, string period, string layer)
        {
            // The merge of a run in shards may leave a virtual raster over their parts.
            if (new[] { path(name + ".tif"), path(name + ".vrt") }.FirstOrDefault(File.Exists) is not { } file)
                return;
            using IRasterSource source = geodata.OpenRaster(file);
            rasters.Add(new RunRaster(name, file, period, layer, source.Grid, source.CellType == CellType.Int16));
        }
    }
}
