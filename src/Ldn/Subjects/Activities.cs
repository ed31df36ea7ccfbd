using System.Globalization;
using Ldn.Jobs;
using Ldn.Rasters;
using Ldn.Run;
using Ldn.Zones;

namespace Ldn.Subjects;

/// <summary>Reads activity polygons and lays them, and the rings round them, over the places.</summary>
internal static class Activities
{
    /// <summary>Activities in file order; their members are added to the zone set, which warns of those without a cell.</summary>
    /// <exception cref="LdnException">Exit 2: no attribute <c>id</c>, a start year that is none. Exit 3: two activities with one id, no features.</exception>
    public static IReadOnlyList<Activity> Read(Job job, ZoneSet zones, Grid grid, IGeodata geodata)
    {
        if (job.Activities is not { } input)
            return [];
        VectorLayer layer = geodata.ReadPolygons(input.File, input.Layer);
        ZoneLayer polygons = ZoneLayer.From(layer, "id", layer.Fields.Contains("name") ? "name" : null, dissolve: false);
        zones.Warnings.AddRange(polygons.Warnings);
        IReadOnlyList<RowSpan[]> spans = polygons.Spans(grid, geodata);
        int member = zones.Add(spans), ring = -1;
        for (int i = 0; i < spans.Count; i++)
            if (zones.CellCount(member + i) == 0)
                zones.Warnings.Add(Fault.EmptyZone.Say($"activity {polygons.Zones[i].Id}: no cell of the zones has its centre inside, so it has no figures"));
        if (input.RingKm is { } km)
            ring = zones.Add([.. layer.Features.Select((feature, i) => Ring(layer, feature, $"{polygons.Name}, activity {polygons.Zones[i].Id}", km, grid, geodata))]);
        return [.. layer.Features.Select((feature, i) => Read(
            input.File, layer, feature, polygons.Zones[i], member + i, ring < 0 ? -1 : ring + i))];
    }

    /// <summary>The cells within the widened polygons; the activities among them are left out when figures are made.</summary>
    private static RowSpan[] Ring(VectorLayer layer, VectorFeature feature, string name, double km, Grid grid, IGeodata geodata)
    {
        if (feature.Polygons.Count == 0)
            return [];
        (Crs crs, VectorFeature widened) = geodata.Widen(layer.Crs, feature, km * 1000, name);
        using var projector = new PolygonProjector(crs, grid, geodata);
        return projector.Spans(widened, name);
    }

    private static Activity Read(string file, VectorLayer layer, VectorFeature feature, Zone zone, int member, int ring)
    {
        string Text(string field) => layer.Fields.ToList().IndexOf(field) is >= 0 and int index ? feature.Attributes[index]?.Trim() ?? "" : "";
        string start = Text("start_year");
        int? year = start.Length == 0 ? null
            : int.TryParse(start, NumberStyles.None, CultureInfo.InvariantCulture, out int given) && given is >= 1000 and <= 9999 ? given
            : throw Fault.InputTable.Error($"activities {file}: activity {zone.Id}, start_year: '{start}' is not a year", "write four digits, or leave it empty");
        return new Activity(zone.Id, zone.Name, Text("stakeholder"), Text("type"), year, member, ring) { Funding = Text("funding") };
    }
}
