using Ldn.Counting;
using Ldn.Csv;
using Ldn.Discovery;
using Ldn.Jobs;
using Ldn.Rasters;
using Ldn.Subjects;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Run;

/// <summary>
/// All polygons and zone rasters of a run as one set of members over the grid: zones first, then whatever else divides the land
/// (regions, corrections). Members beyond the zones are clipped to them, so that every place of the run lies in some zone.
/// </summary>
internal sealed class ZoneSet : IMembers
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

    public Grid Grid => _grid;

    /// <summary>Zones and groups as lines of the tables.</summary>
    public IReadOnlyList<SummaryZone> Zones { get; private set; } = [];

    /// <summary>What the user should know: empty zones, members a built-in group lacks.</summary>
    public List<string> Warnings { get; } = [];

    /// <summary>Members 0 … FirstLayerCount − 1 are the zones of the first layer.</summary>
    public int FirstLayerCount => ZonesOfLayers[0];

    /// <summary>Zones of each layer: the first members of all.</summary>
    public IReadOnlyList<int> ZonesOfLayers { get; private set; } = [];

    public int MemberCount => _members.Count;

    /// <param name="inputs">The zone layers; none for all land of the grid.</param>
    /// <param name="grid">The run's grid.</param>
    /// <param name="geodata">Reads them.</param>
    /// <param name="total">A group of all zones of the first layer.</param>
    /// <param name="left">What a finished run left of the same layers, in place of reading them.</param>
    /// <exception cref="LdnException">As the zone layers and groups say; exit 3 where two layers share a zone id.</exception>
    public static ZoneSet Create(
        IReadOnlyList<ZoneLayerInput> inputs, Grid grid, IGeodata geodata, Zone? total = null, ZoneRows? left = null) =>
        MemoryLimit.Within(
            () => (inputs.Count == 0 ? "land" : $"the zones of {string.Join(", ", inputs.Select(i => i.File))}")
                + $" on a grid of {grid.Width} x {grid.Height} cells",
            "take larger or fewer zones, such as districts in several jobs", () => OfLayers(inputs, grid, geodata, total, left));

    private static ZoneSet OfLayers(
        IReadOnlyList<ZoneLayerInput> inputs, Grid grid, IGeodata geodata, Zone? total, ZoneRows? left)
    {
        var set = new ZoneSet(geodata, grid);
        IReadOnlyList<(IReadOnlyList<Zone> Zones, IReadOnlyList<RowSpan[]> Spans)>? known = left?.Of(grid, inputs.Count);
        var layers = new List<(ZoneLayerInput Input, IReadOnlyList<Zone> Zones)>();
        foreach (ZoneLayerInput input in inputs)
        {
            (IReadOnlyList<Zone> zones, IReadOnlyList<RowSpan[]> spans) = known?[layers.Count] ?? set.Read(input, areZones: true);
            foreach (RowSpan[] rows in spans)
                set._members.Add((set._members.Count, rows));
            layers.Add((input, zones));
        }

        if (inputs.Count == 0)
        {
            set._members.Add((0, [.. Enumerable.Range(0, grid.Height).Select(row => new RowSpan(row, 0, grid.Width))]));
            layers.Add((new ZoneLayerInput("", null, null, null, null, null, false), [new Zone("all", "All land of the grid")]));
        }

        set.ZonesOfLayers = [.. layers.Select(l => l.Zones.Count)];
        set.NameZones(layers, total);
        set._land = RowSpans.Union([.. set._members.SelectMany(m => m.Spans)]);
        return set;
    }

    /// <summary>
    /// Adds the land of other zones, which counts for none: to be called before layers that divide the land further.
    /// </summary>
    public void Extend(IReadOnlyList<ZoneLayerInput> inputs)
    {
        RowSpan[] more = Create(inputs, _grid, _geodata)._land;
        _land = RowSpans.Union([.. _land, .. more]);
        _members.Add((_members.Count, more));
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
    public (IReadOnlyList<Zone> Zones, IReadOnlyList<RowSpan[]> Spans) Read(ZoneLayerInput input) => Read(input, areZones: false);

    private (IReadOnlyList<Zone> Zones, IReadOnlyList<RowSpan[]> Spans) Read(ZoneLayerInput input, bool areZones)
    {
        if (_geodata.IsRaster(input.File) || !File.Exists(input.File))
        {
            if (input.Id is not null && _geodata.IsRaster(input.File))
                Warnings.Add(Fault.Doubt.Say($"zones {Path.GetFileName(input.File)} are a raster, whose values are the ids: "
                    + $"attribute {input.Id} is not used"));
            if (input.Id is null || _geodata.IsRaster(input.File))
                return RasterZones.Read(_geodata.OpenRaster(input.File), _grid, _geodata);
        }

        VectorLayer polygons = _geodata.ReadPolygons(input.File, input.Layer);
        ZoneLayer layer = ZoneLayer.From(polygons, input.Id ?? OnlyId(input.File, polygons), input.Name, input.Dissolve);
        Warnings.AddRange(layer.Warnings);
        IReadOnlyList<RowSpan[]> spans = layer.Spans(_grid, _geodata);
        if (areZones)
            Warnings.AddRange(layer.WithoutCells(spans, _grid, _geodata));
        return (layer.Zones, spans);
    }

    /// <summary>The error of zones that touch no cell of the run's grid, with where both lie.</summary>
    public static LdnException NoOverlap(Job job, Grid grid, IGeodata geodata)
    {
        double west = grid.OriginX, east = west + (grid.Width * grid.CellWidth), north = grid.OriginY,
            south = north + (grid.Height * grid.CellHeight);
        VectorLayer? layer = job.Zones.FirstOrDefault(z => !geodata.IsRaster(z.File)) is { } vector
            ? geodata.ReadPolygons(vector.File, vector.Layer) : null;
        if (layer?.Features.All(f => f.Polygons.Count == 0) == true)
            return Fault.Polygons.Error(
                $"{layer.Title}: {(layer.Features.Count == 0 ? "it has no features" : layer.Bare())}, so there are no zones",
                "give a layer of polygons; geometries that a table lost stand in the file that it was made of");
        string of = layer is not null && layer.Features.SelectMany(f => f.Polygons).SelectMany(p => p).SelectMany(r => r)
                .ToArray() is { Length: > 0 } points
            ? $"the zones of {Path.GetFileName(layer.Name)} lie in {Extent(layer.Crs, points, geodata)}"
            : "the zones lie elsewhere";
        return Fault.Coverage.Error(
            $"no zone touches the grid of the run: {of}; the grid lies in "
                + $"{Extent(grid.Crs, [west, north, east, north, east, south, west, south], geodata)}",
            "give rasters of the zones' land, or declare the right coordinate system of whichever is wrong ('ldn info' tells "
                + "both)");
    }

    /// <summary>From where to where points reach, in degrees; in their own units where they have no such place.</summary>
    private static string Extent(Crs crs, double[] points, IGeodata geodata)
    {
        double[] x = [.. points.Where((_, i) => i % 2 == 0)], y = [.. points.Where((_, i) => i % 2 == 1)];
        if (!crs.IsGeographic)
        {
            using ICoordinateTransform transform = geodata.CreateTransform(crs, geodata.GeographicOf(crs));
            (double[] lon, double[] lat) = ([.. x], [.. y]);
            transform.Transform(lon, lat);
            if (Array.TrueForAll(lon, double.IsFinite) && Array.TrueForAll(lat, double.IsFinite))
                (x, y) = (lon, lat);
        }

        return FormattableString.Invariant($"{x.Min():0.##} to {x.Max():0.##}, {y.Min():0.##} to {y.Max():0.##} ({crs.Name})");
    }

    /// <summary>The one attribute that can be the id of zones whose job names none.</summary>
    private string OnlyId(string file, VectorLayer layer)
    {
        ZoneFields fields = VectorFinder.Fields(layer);
        if (fields.Id is { } id && fields.OtherIds.Count == 0)
        {
            Warnings.Add($"zones {Path.GetFileName(file)}: {id} is taken as the id, the only attribute with a value of its own "
                + $"in every polygon");
            return id;
        }

        throw Fault.ZoneChoice.Error(
            $"zones {file} name no attribute with their ids",
            fields.Id is null ? $"no attribute has a value of its own in every polygon; its attributes are "
                + $"{string.Join(", ", layer.Fields)}"
                : $"name one with --zone-id {fields.Id}, in a job with \"id\": \"{fields.Id}\" ({fields.Example})"
                    + (fields.OtherIds.Count == 0 ? "" : $"; {string.Join(", ", fields.OtherIds)} would do too"));
    }

    private void NameZones(List<(ZoneLayerInput Input, IReadOnlyList<Zone> Zones)> layers, Zone? total)
    {
        var zones = new List<SummaryZone>();
        var members = new Dictionary<string, int>();
        foreach ((ZoneLayerInput input, IReadOnlyList<Zone> layer) in layers)
        {
            Dictionary<string, Area> official = OfficialLand(input, layer);
            foreach (Zone zone in layer)
            {
                if (!members.TryAdd(zone.Id, members.Count))
                {
                    throw Fault.Polygons.Error(
                        $"two zone layers have a zone with id '{zone.Id}'", "ids must be unique over all layers");
                }

                Area? land = official.TryGetValue(zone.Id, out Area told) ? told : null;
                zones.Add(new SummaryZone(zone.Id, zone.Name, "zone", [members[zone.Id]], land));
            }
        }

        Zone[] all = [.. zones.Select(z => new Zone(z.Id, z.Name))];
        ZoneGroup[] groups = [.. layers.SelectMany(l => l.Input.Groups is { } name
            ? MemoryLimit.Within(
                () => $"the groups of {name}", "take fewer groups", () => ZoneGroups.Load(
                    name, name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? all : l.Zones)) : [])];
        ZoneGroups.CheckNamespace(all, groups);
        foreach (ZoneGroup group in groups)
        {
            if (group.Absent.Count > 0 && group.Absent.Count <= 12)
                Warnings.Add(
                    Fault.AbsentMembers.Say($"group {group.Id}: not among the zones: {string.Join(", ", group.Absent)}"));
            zones.Add(new SummaryZone(group.Id, group.Name, "group", [.. group.Members.Select(m => members[m])], null));
        }

        if (total is not null)
        {
            int first = layers[0].Zones.Count;
            if (zones.Exists(z => z.Id == total.Id))
                throw Fault.Job.Error($"total has the id '{total.Id}' of a zone or group",
                    "give it another, such as \"total\": { \"id\": \"total\", \"name\": \"All zones\" }");
            zones.Add(new SummaryZone(total.Id, total.Name, "group", [.. Enumerable.Range(0, first)], null));
        }

        Zones = zones;
    }

    private static Dictionary<string, Area> OfficialLand(ZoneLayerInput input, IReadOnlyList<Zone> zones)
    {
        const double most = 1e9;
        var areas = new Dictionary<string, Area>();
        if (input.LandArea is null)
            return areas;
        HashSet<string> known = [.. zones.Select(z => z.Id)];
        CsvTable table = CsvTable.Read(input.LandArea, "zone_id", "land_km2");
        foreach (CsvRow row in table.Rows)
        {
            string id = table.Text(row, "zone_id");
            if (!known.Contains(id))
                throw table.Wrong(row, "zone_id", "a zone of the layer" + NearestName.HintOrExamples(id,
                    [.. zones.Select(z => z.Id)]));
            double km2 = table.Number(row, "land_km2");
            if (km2 is not (> 0 and <= most))
                throw table.Wrong(row, "land_km2", "an area above zero, and no larger than the Earth");
            if (!areas.TryAdd(id, Area.OfSquareKilometres((decimal)km2)))
                throw table.Wrong(row, "zone_id", "free: it has a row already");
        }

        return areas;
    }
}
