using Ldn.Csv;
using Ldn.Rasters;

namespace Ldn.Zones;

/// <summary>
/// The zones of one polygon layer: which features make up which zone. Also serves regions, corrections and activities, which are
/// layers of the same kind.
/// </summary>
public sealed class ZoneLayer
{
    /// <summary>
    /// Characters of an id or a name; workbooks hold no more than 32,767 in a cell, and no page or table is made for a novel.
    /// </summary>
    private const int LongestName = 1000;

    private readonly VectorLayer _layer;
    private readonly List<int[]> _features;

    private ZoneLayer(VectorLayer layer, List<Zone> zones, List<int[]> features, List<string> warnings)
    {
        _layer = layer;
        _features = features;
        Zones = zones;
        Warnings = warnings;
    }

    /// <summary>File name and layer, for messages.</summary>
    public string Name => Describe(_layer);

    /// <summary>Zones in the order in which they first appear in the file.</summary>
    public IReadOnlyList<Zone> Zones { get; }

    /// <summary>
    /// What the user should know and the run can live with: zones without polygons, which have no cells; doubtful edges.
    /// </summary>
    public IReadOnlyList<string> Warnings { get; }

    /// <summary>The features of a zone, as indices into the layer (several only where they were dissolved).</summary>
    public IReadOnlyList<int> Features(int zone) => _features[zone];

    /// <summary>Makes zones of features.</summary>
    /// <param name="layer">The layer.</param>
    /// <param name="idField">Attribute with the zone's id.</param>
    /// <param name="nameField">Attribute with its name; the id serves where it is null, or the attribute is empty.</param>
    /// <param name="dissolve">Whether features that share an id are one zone (it takes the first name given).</param>
    /// <exception cref="LdnException">Exit 2: no such attribute. Exit 3: no features, an empty id, or two features with one id
    /// and no dissolving.</exception>
    public static ZoneLayer From(VectorLayer layer, string idField, string? nameField, bool dissolve)
    {
        int idIndex = FieldIndex(layer, idField), nameIndex = nameField is null ? idIndex : FieldIndex(layer, nameField);
        if (layer.Features.Count == 0)
            throw Fault.Polygons.Error($"{Describe(layer)} has no features");
        var ids = new List<string>();
        var names = new List<string>();
        var features = new List<List<int>>();
        var places = new Dictionary<string, int>();
        for (int i = 0; i < layer.Features.Count; i++)
        {
            string id = layer.Features[i].Attributes[idIndex]?.Trim()
                ?? "", name = layer.Features[i].Attributes[nameIndex]?.Trim() ?? "";
            if (id.Length == 0)
                throw Fault.Polygons.Error($"{Describe(layer)}: feature {i + 1} has no {idField}", "every zone needs an id");
            if (Math.Max(id.Length, name.Length) > LongestName)
                throw Fault.Polygons.Error(
                    $"{Describe(layer)}: feature {i + 1} has an id or a name of {Math.Max(id.Length, name.Length)} characters",
                    $"names have at most {LongestName}: choose another field, or shorten it");
            if (!places.TryGetValue(id, out int zone))
            {
                places[id] = ids.Count;
                ids.Add(id);
                names.Add(name);
                features.Add([i]);
                continue;
            }

            if (!dissolve)
            {
                throw Fault.Polygons.Error(
                    $"{Describe(layer)}: features {features[zone][0] + 1} and {i + 1} have the same {idField} '{id}'",
                    "give --dissolve to make one zone of them, or choose another id field");
            }

            features[zone].Add(i);
            names[zone] = names[zone].Length > 0 ? names[zone] : name;
        }

        List<Zone> zones = [.. ids.Select((id, i) => new Zone(id, names[i].Length > 0 ? names[i] : id))];
        List<string> warnings = [.. ids
            .Where((_, zone) => features[zone].TrueForAll(feature => layer.Features[feature].Polygons.Count == 0))
            .Select(id => Fault.EmptyZone.Say($"{Describe(layer)}: zone '{id}' has no polygon and so no cells"))];
        for (int i = 0; layer.Crs.IsGeographic && i < layer.Features.Count; i++)
        {
            if (layer.Features[i].Polygons.Any(polygon => polygon.Any(LonLatRing.HasDoubtfulEdge)))
                warnings.Add(Fault.LongEdge.Say($"{Describe(layer)}: feature {i + 1} has an edge of more than 180°, read the "
                    + "short way across the antimeridian; "
                    + "if the long way is meant, add a vertex to it"));
        }

        return new ZoneLayer(layer, zones, [.. features.Select(list => list.ToArray())], warnings);
    }

    /// <summary>Checks that no id is used in two layers.</summary>
    /// <exception cref="LdnException">Exit 3, naming the layers.</exception>
    public static void CheckDistinct(IEnumerable<ZoneLayer> layers)
    {
        var seen = new Dictionary<string, string>();
        foreach (ZoneLayer layer in layers)
            foreach (Zone zone in layer.Zones)
                if (!seen.TryAdd(zone.Id, layer.Name))
                    throw Fault.Polygons.Error(
                        $"zone id '{zone.Id}' is in {seen[zone.Id]} and in {layer.Name}",
                        "all zone layers share one namespace of ids");
    }

    /// <summary>The cells of each zone on a grid, in the order of <see cref="Zones"/>.</summary>
    /// <param name="grid">The run's grid.</param>
    /// <param name="geodata">Transforms where the systems differ.</param>
    /// <param name="window">Cells to consider; the whole grid when null.</param>
    /// <exception cref="LdnException">Exit 3, naming the feature: geometry that cannot be brought to the grid
    /// (<see cref="PolygonProjector.Project"/>).</exception>
    public IReadOnlyList<RowSpan[]> Spans(Grid grid, IGeodata geodata, Window? window = null)
    {
        using var projector = new PolygonProjector(_layer.Crs, grid, geodata);
        var result = new List<RowSpan[]>(Zones.Count);
        for (int zone = 0; zone < Zones.Count; zone++)
        {
            var spans = new List<RowSpan>();
            foreach (int feature in _features[zone])
                spans.AddRange(
                    projector.Spans(_layer.Features[feature], $"{Name}, feature {feature + 1} ({Zones[zone].Id})", window));
            result.Add(_features[zone].Length > 1 ? RowSpans.Union([.. spans]) : [.. spans]);
        }

        return result;
    }

    private static int FieldIndex(VectorLayer layer, string field)
    {
        for (int i = 0; i < layer.Fields.Count; i++)
            if (layer.Fields[i] == field)
                return i;
        throw Fault.ZoneChoice.Error(
            $"{Describe(layer)} has no attribute '{field}'{NearestName.Hint(field, layer.Fields)}",
            layer.Fields.Count == 0 ? "it has no attributes at all" : $"its attributes are {string.Join(", ", layer.Fields)}");
    }

    private static string Describe(VectorLayer layer) =>
        layer.LayerName.Length == 0 || layer.LayerName == Path.GetFileNameWithoutExtension(layer.Name)
        ? layer.Name
        : $"{layer.Name} ({layer.LayerName})";
}
