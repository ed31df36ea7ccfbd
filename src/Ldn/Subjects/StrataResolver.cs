using System.Text.Json;
using Ldn.Csv;
using Ldn.Jobs;
using Ldn.Rasters;

namespace Ldn.Subjects;

/// <summary>Checks what a job asks beyond the indicator and reads its tables; opens no raster.</summary>
internal sealed class StrataResolver(StrataConfig config, JobFiles files)
{
    private const double SmallestCellKm = 1;
    private const double LargestCellKm = 2000;
    private const int DefaultTargetYear = 2030;

    /// <summary>What a job asks beyond the indicator; null where that is nothing.</summary>
    /// <param name="config">The job as written.</param>
    /// <param name="job">The job so far.</param>
    /// <param name="files">Resolves names of files.</param>
    /// <exception cref="LdnException">Exit 2, one message for each thing that can be wrong.</exception>
    public static Strata? Resolve(JobConfig config, Job job, JobFiles files) => config.Strata is null && config.Targets is null
        ? null
        : new StrataResolver(config.Strata ?? new StrataConfig(), files).Resolve(job, config.Targets);

    private Strata Resolve(Job job, string? targetsFile)
    {
        IReadOnlyList<Target> targets = targetsFile is null ? [] : TargetTable.Load(files.Resolved(targetsFile));
        StratumLayerInput[] landTypes = [.. (config.LandTypes ?? []).Select((layer, i) => Layer(layer, $"strata.landTypes[{i}]"))];
        CheckDistinct(landTypes);
        bool neutrality = landTypes.Length > 0 || targets.Count > 0;
        int[] classes = [.. job.LandCover?.Legend.Classes.Select(c => c.Code) ?? []];
        CheckCodes(targets, classes);
        SeverityTable? severity = config.Severity switch
        {
            null => config.Cost is null ? null : SeverityTable.Default,
            "default" => SeverityTable.Default,
            string file => SeverityTable.Load(files.Resolved(file)),
        };
        HotspotsInput? hotspots = config.Hotspots is { } given ? Hotspots(given) : null;
        (string Layer, string? File)[] tables = [("targets", targetsFile), ("severity", config.Severity == "default" ? null : config.Severity), ("cost", config.Cost)];
        DriverInputs drivers = new DriverResolver(config, files, Layer).Resolve();
        return new Strata
        {
            Files =
            [
                .. drivers.Categories.Where(c => c.IsPolygons).Select(c => ($"category {c.Name}", c.File)),
                .. drivers.StatisticsFile is { } statistics ? [("statistics", statistics)] : Array.Empty<(string, string)>(),
                .. landTypes.Where(l => l.IsPolygons).Select(l => ($"land types {l.Name}", l.File)),
                .. hotspots?.Polygons is { } polygons ? [("hotspots", polygons.File)] : Array.Empty<(string, string)>(),
                .. tables.Where(t => t.File is not null).Select(t => (t.Layer, files.Resolved(t.File!))),
            ],
            LandTypes = landTypes,
            Risk = config.Risk is { } risk ? files.Resolved(risk) : null,
            ResponseHierarchy = config.ResponseHierarchy ?? (neutrality || config.Risk is not null),
            Hotspots = hotspots,
            Drivers = drivers,
            Severity = severity,
            Cost = config.Cost is { } cost ? CostTable.Load(files.Resolved(cost), classes, severity!.Grades) : null,
            Targets = targets,
            TargetYear = config.TargetYear ?? (neutrality ? DefaultTargetYear : null),
        };
    }

    private static void CheckCodes(IEnumerable<Target> targets, int[] classes)
    {
        foreach (Target target in targets)
        {
            bool cover = target.Metric.Kind is TargetMetricKind.LandCoverArea or TargetMetricKind.LandCoverPercent or TargetMetricKind.Mean;
            if (cover && !target.Metric.Nested && classes.Length > 0 && target.Metric.Code is { } code && !classes.Contains(code))
                throw Fault.Job.Error($"target {target.Id}: {target.Metric} names {code}, which is no class of the legend", $"classes are {string.Join(", ", classes)}");
            if (target.Metric is { Kind: TargetMetricKind.LpdPercent, Code: < 1 or > 5 })
                throw Fault.Job.Error($"target {target.Id}: {target.Metric} names no class of land productivity dynamics", "classes are 1 to 5");
        }
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
            files.Resolved(file), layer.Layer, layer.Id, layer.Name ?? RasterName.Parse(file).Title,
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
