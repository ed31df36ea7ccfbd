using Ldn.Counting;
using Ldn.Csv;
using Ldn.Jobs;
using Ldn.Rasters;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Run;

/// <summary>
/// All polygons and zone rasters of a run as one set of members over the grid: zones first, then whatever else divides the land (regions,
/// corrections). Members beyond the zones are clipped to them, so that every place of the run lies in some zone.
/// </summary>
internal sealed class ZoneSet
{
    private readonly IGeodata _geodata;
    private readonly Grid _grid;
    private readonly List<(int Member, RowSpan[] Spans)> _members = [];
    private RowSpan[] _land = [];

    private ZoneSet(IGeodata geodata, Grid grid)
    {
        _geodata = geodata;
        _grid = grid;
    }

    /// <summary>Zones and groups as lines of the tables.</summary>
    public IReadOnlyList<SummaryZone> Zones { get; private set; } = [];

    /// <summary>What the user should know: empty zones, members a built-in group lacks.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>Members 0 … FirstLayerCount − 1 are the zones of the first layer.</summary>
    public int FirstLayerCount { get; private set; }

    public int MemberCount => _members.Count;

    /// <exception cref="LdnException">As the zone layers and groups say; exit 3 where two layers share a zone id.</exception>
    public static ZoneSet Create(IReadOnlyList<ZoneLayerInput> inputs, Grid grid, IGeodata geodata)
    {
        var set = new ZoneSet(geodata, grid);
        var layers = new List<(ZoneLayerInput Input, IReadOnlyList<Zone> Zones)>();
        foreach (ZoneLayerInput input in inputs)
        {
            (IReadOnlyList<Zone> zones, IReadOnlyList<RowSpan[]> spans) = set.Read(input);
            foreach (RowSpan[] rows in spans)
                set._members.Add((set._members.Count, rows));
            layers.Add((input, zones));
        }

        if (inputs.Count == 0)
        {
            set._members.Add((0, [.. Enumerable.Range(0, grid.Height).Select(row => new RowSpan(row, 0, grid.Width))]));
            layers.Add((new ZoneLayerInput("", null, null, null, null, null, false), [new Zone("all", "All land of the grid")]));
        }

        set.FirstLayerCount = layers[0].Zones.Count;
        set.NameZones(layers);
        set._land = RowSpans.Union([.. set._members.SelectMany(m => m.Spans)]);
        return set;
    }

    /// <summary>Adds a layer that divides the land further; returns the member number of its first zone.</summary>
    public int Add(IReadOnlyList<RowSpan[]> spans)
    {
        int first = _members.Count;
        foreach (RowSpan[] rows in spans)
            _members.Add((_members.Count, RowSpans.Intersect(RowSpans.Union(rows), _land)));
        return first;
    }

    /// <summary>Cells of a member inside the zones.</summary>
    public long CellCount(int member) => RowSpans.CellCount(_members[member].Spans);

    /// <summary>Builds the places of the whole grid.</summary>
    public PlaceSpans Build(PlaceIndex index) => PlaceSpans.Build(_grid.Extent, _members, index);

    /// <summary>Zones of a polygon layer or, when the layer names no id attribute, of an integer raster.</summary>
    public (IReadOnlyList<Zone> Zones, IReadOnlyList<RowSpan[]> Spans) Read(ZoneLayerInput input)
    {
        if (input.Id is null)
        {
            if (!_geodata.IsRaster(input.File) && File.Exists(input.File))
                throw Fault.ZoneChoice.Error($"zones {input.File} are no raster, and no attribute with their ids is named", "name it with --zone-id FIELD");
            return RasterZones.Read(_geodata.OpenRaster(input.File), _grid, _geodata);
        }

        ZoneLayer layer = ZoneLayer.From(_geodata.ReadPolygons(input.File, input.Layer), input.Id, input.Name, input.Dissolve);
        Warnings.AddRange(layer.Warnings);
        return (layer.Zones, layer.Spans(_grid, _geodata));
    }

    private void NameZones(List<(ZoneLayerInput Input, IReadOnlyList<Zone> Zones)> layers)
    {
        var zones = new List<SummaryZone>();
        var members = new Dictionary<string, int>();
        foreach ((ZoneLayerInput input, IReadOnlyList<Zone> layer) in layers)
        {
            Dictionary<string, Area> official = OfficialLand(input, layer);
            foreach (Zone zone in layer)
            {
                if (!members.TryAdd(zone.Id, members.Count))
                    throw Fault.Polygons.Error($"two zone layers have a zone with id '{zone.Id}'", "ids must be unique over all layers");
                Area? land = official.TryGetValue(zone.Id, out Area told) ? told : null;
                zones.Add(new SummaryZone(zone.Id, zone.Name, "zone", [members[zone.Id]], land));
            }
        }

        Zone[] all = [.. zones.Select(z => new Zone(z.Id, z.Name))];
        ZoneGroup[] groups = [.. layers.SelectMany(l => l.Input.Groups is { } name ? ZoneGroups.Load(name, name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? all : l.Zones) : [])];
        ZoneGroups.CheckNamespace(all, groups);
        foreach (ZoneGroup group in groups)
        {
            if (group.Absent.Count > 0 && group.Absent.Count <= 12)
                Warnings.Add(Fault.AbsentMembers.Say($"group {group.Id}: not among the zones: {string.Join(", ", group.Absent)}"));
            zones.Add(new SummaryZone(group.Id, group.Name, "group", [.. group.Members.Select(m => members[m])], null));
        }

        Zones = zones;
    }

    private static Dictionary<string, Area> OfficialLand(ZoneLayerInput input, IReadOnlyList<Zone> zones)
    {
        const double most = 1e9;
        var areas = new Dictionary<string, Area>();
        if (input.LandArea is null)
            return areas;
        CsvTable table = CsvTable.Read(input.LandArea, "zone_id", "land_km2");
        foreach (CsvRow row in table.Rows)
        {
            string id = table.Text(row, "zone_id");
            if (!zones.Any(z => z.Id == id))
                throw table.Wrong(row, "zone_id", "a zone of the layer" + NearestName.Hint(id, zones.Select(z => z.Id)));
            double km2 = table.Number(row, "land_km2");
            if (km2 is not (> 0 and <= most))
                throw table.Wrong(row, "land_km2", "an area above zero, and no larger than the Earth");
            if (!areas.TryAdd(id, Area.OfSquareKilometres((decimal)km2)))
                throw table.Wrong(row, "zone_id", "free: it has a row already");
        }

        return areas;
    }
}
