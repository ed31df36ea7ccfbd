using System.Globalization;
using Ldn.Rasters;

namespace Ldn.Zones;

/// <summary>
/// The zones of one polygon layer: which features make up which zone. Also serves regions, corrections and activities, which are
/// layers of the same kind.
/// </summary>
internal sealed class ZoneLayer
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
    public string Name => _layer.Title;

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
        int Index(string field) => layer.Find(field) is >= 0 and int index ? index : throw layer.Lacks(field);
        int idIndex = Index(idField), nameIndex = nameField is null ? idIndex : Index(nameField);
        if (layer.Features.Count == 0)
            throw Fault.Polygons.Error($"{layer.Title} has no features");
        var ids = new List<string>();
        var names = new List<string>();
        var features = new List<List<int>>();
        var places = new Dictionary<string, int>();
        for (int i = 0; i < layer.Features.Count; i++)
        {
            VectorFeature feature = layer.Features[i];
            string id = layer.Text(feature, idIndex), name = layer.Text(feature, nameIndex);
            if (id.Length == 0)
                throw Fault.Polygons.Error(
                    $"{layer.Title}: feature {Number(layer, i)} has no {idField}", "every zone needs an id");
            if (Math.Max(id.Length, name.Length) > LongestName)
                throw Fault.Polygons.Error(
                    $"{layer.Title}: feature {Number(layer, i)} has an id or a name of {Math.Max(id.Length, name.Length)} "
                        + "characters",
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
                    $"{layer.Title}: features {Number(layer, features[zone][0])} and {Number(layer, i)} have the same {idField} "
                        + $"'{id}'",
                    "give --dissolve to make one zone of them, or choose another id field");
            }

            features[zone].Add(i);
            names[zone] = names[zone].Length > 0 ? names[zone] : name;
        }

        List<Zone> zones = [.. ids.Select((id, i) => new Zone(id, names[i].Length > 0 ? names[i] : id))];
        List<string> warnings = [
            .. layer.Remarks,
            .. layer.Renamed(nameField is null ? [idField] : [idField, nameField]) is { } renamed ? [renamed]
                : Array.Empty<string>(),
            .. ids
            .Where((_, zone) => features[zone].TrueForAll(feature => layer.Features[feature].Polygons.Count == 0))
            .Select(id => Fault.EmptyZone.Say($"{layer.Title}: zone '{id}' has no polygon and so no cells"))];
        for (int i = 0; layer.Crs.IsGeographic && i < layer.Features.Count; i++)
        {
            if (layer.Features[i].Polygons.Any(polygon => polygon.Any(LonLatRing.HasDoubtfulEdge)))
                warnings.Add(Fault.LongEdge.Say(
                    $"{layer.Title}: feature {Number(layer, i)} has an edge of more than 180°, read the "
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
                    projector.Spans(_layer.Features[feature], $"{Name}, feature {Number(_layer, feature)} ({Zones[zone].Id})",
                        window));
            result.Add(_features[zone].Length > 1 ? RowSpans.Union([.. spans]) : [.. spans]);
        }

        return result;
    }

    /// <summary>Why zones that have polygons hold no cell of a grid: too small, or elsewhere. Whole sentences for the
    /// user.</summary>
    /// <param name="spans">What <see cref="Spans"/> gave.</param>
    /// <param name="grid">The run's grid.</param>
    /// <param name="geodata">Transforms where the systems differ.</param>
    public IEnumerable<string> WithoutCells(IReadOnlyList<RowSpan[]> spans, Grid grid, IGeodata geodata)
    {
        const int listed = 5;
        var elsewhere = new List<string>();
        using var projector = new PolygonProjector(_layer.Crs, grid, geodata);
        for (int zone = 0; zone < Zones.Count; zone++)
        {
            if (spans[zone].Length > 0 || _features[zone].All(f => _layer.Features[f].Polygons.Count == 0))
                continue;
            double cells = 0;
            bool meets = false;
            foreach (IReadOnlyList<double[]> polygon in _features[zone].SelectMany(
                f => projector.Project(_layer.Features[f].Polygons, $"{Name}, feature {Number(_layer, f)}")))
            {
                cells += Math.Abs(polygon.Select((ring, i) => (i == 0 ? 1 : -1) * Math.Abs(Area(ring))).Sum());
                meets |= polygon.Count > 0 && Meets(polygon[0], grid);
            }

            if (!meets)
                elsewhere.Add(Zones[zone].Id);
            else
                yield return Fault.EmptyZone.Say(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Name}: zone '{Zones[zone].Id}' is {(cells < 1 ? "smaller than a cell of" : "too narrow for")} the grid: "
                        + $"it is {cells:0.###} cells large and holds the centre of none, so it has no figures"));
        }

        if (elsewhere.Count > 0)
            yield return Fault.EmptyZone.Say(
                $"{Name}: {elsewhere.Count} {(elsewhere.Count == 1 ? "zone lies" : "zones lie")} outside the grid: "
                + $"{string.Join(", ", elsewhere.Take(listed))}{(elsewhere.Count > listed ? ", …" : "")}");
    }

    /// <summary>Signed area of a ring, in cells.</summary>
    private static double Area(double[] ring)
    {
        double sum = 0;
        for (int i = 0; i < ring.Length; i += 2)
        {
            int next = (i + 2) % ring.Length;
            sum += ((ring[i] - ring[0]) * (ring[next + 1] - ring[1])) - ((ring[next] - ring[0]) * (ring[i + 1] - ring[1]));
        }

        return sum / 2;
    }

    private static bool Meets(double[] ring, Grid grid)
    {
        double[] x = [.. ring.Where((_, i) => i % 2 == 0)], y = [.. ring.Where((_, i) => i % 2 == 1)];
        return x.Max() > 0 && x.Min() < grid.Width && y.Max() > 0 && y.Min() < grid.Height;
    }

    /// <summary>A feature's number in its file, where some may have been left out.</summary>
    private static int Number(VectorLayer layer, int feature) =>
        layer.Features[feature].Number is > 0 and int number ? number : feature + 1;
}
