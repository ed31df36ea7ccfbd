using System.Text.Json;
using Ldn.Tables;

namespace Ldn.Jobs;

/// <summary>Checks what a job asks beyond the indicator and reads its tables; opens no raster.</summary>
internal sealed class StrataResolver(StrataConfig config, JobFiles files, List<string> notes)
{
    private const double SmallestCellKm = 1;
    private const double LargestCellKm = 2000;

    /// <exception cref="LdnException">Exit 2, one message for each thing that can be wrong.</exception>
    public Strata Resolve(bool hasTargets)
    {
        NoteUnsupported();
        StratumLayerInput[] landTypes = [.. (config.LandTypes ?? []).Select((layer, i) => Layer(layer, $"strata.landTypes[{i}]"))];
        CheckDistinct(landTypes);
        return new Strata
        {
            LandTypes = landTypes,
            Risk = config.Risk is { } risk ? files.Resolved(risk) : null,
            ResponseHierarchy = config.ResponseHierarchy ?? (landTypes.Length > 0 || hasTargets || config.Risk is not null),
            Hotspots = config.Hotspots is { } hotspots ? Hotspots(hotspots) : null,
            Climate = config.Climate ?? false,
            TargetYear = config.TargetYear ?? 2030,
        };
    }

    /// <summary>What this version does not compute never blocks a run, but every output says so.</summary>
    private void NoteUnsupported()
    {
        (string Name, bool Given)[] keys =
        [
            ("aridity", config.Aridity is { ValueKind: not JsonValueKind.Null }), ("population", config.Population is { Count: > 0 }), ("drivers", config.Drivers is { Count: > 0 }),
            ("categories", config.Categories is { Count: > 0 }), ("drought", config.Drought is { ValueKind: not JsonValueKind.Null }), ("statistics", config.Statistics is not null),
        ];
        notes.AddRange(keys.Where(k => k.Given).Select(k => $"strata.{k.Name}: given in the job, not computed by this version"));
    }

    private HotspotsInput Hotspots(HotspotsConfig hotspots)
    {
        if (hotspots.CellKm is null && hotspots.Polygons is null)
            throw Fault.Job.Error("strata.hotspots names neither cells nor polygons", "give cellKm, polygons, or both");
        if (hotspots.CellKm is { } km && !(km is >= SmallestCellKm and <= LargestCellKm))
            throw Fault.Job.Error($"strata.hotspots.cellKm is {km}", $"give the side of a cell in km, from {SmallestCellKm} to {LargestCellKm}");
        StratumLayerInput? polygons = hotspots.Polygons is { } layer ? Layer(layer, "strata.hotspots.polygons") : null;
        if (polygons is { IsPolygons: false })
            throw Fault.Job.Error("strata.hotspots.polygons names no attribute with the polygons' ids", "give its id");
        return new HotspotsInput(hotspots.CellKm, polygons);
    }

    /// <summary>A file name, or an object that says more.</summary>
    private StratumLayerInput Layer(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.String => Layer(new StratumLayerConfig { File = element.GetString() }, path),
        JsonValueKind.Object => Layer(JobReader.Part(element, JobJson.Default.StratumLayerConfig, path), path),
        _ => throw Fault.Job.Error($"{path} is no layer", "give a file name, or an object with file, layer, id, name, classes"),
    };

    private StratumLayerInput Layer(StratumLayerConfig layer, string path)
    {
        string file = layer.File is { Length: > 0 } given ? given : throw Fault.Job.Error($"{path} has no file");
        return new StratumLayerInput(
            files.Resolved(file), layer.Layer, layer.Id, layer.Name ?? Path.GetFileNameWithoutExtension(file.Split("#band=")[0]),
            layer.Classes is { } classes ? Names(CsvTable.Read(files.Resolved(classes), "code", "name")) : new Dictionary<string, string>());
    }

    private static Dictionary<string, string> Names(CsvTable table)
    {
        var names = new Dictionary<string, string>();
        foreach (CsvRow row in table.Rows)
            if (!names.TryAdd(table.Text(row, "code"), table.Text(row, "name")))
                throw table.Wrong(row, "code", "free: it has a row already");
        return names;
    }

    private static void CheckDistinct(IReadOnlyList<StratumLayerInput> layers)
    {
        if (layers.GroupBy(l => l.Name).FirstOrDefault(g => g.Count() > 1)?.Key is { } twice)
            throw Fault.Job.Error($"two layers of land types are called '{twice}'", "give each a name of its own");
    }
}
