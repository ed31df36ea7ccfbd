using Ldn.Csv;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Rasters;
using Ldn.Run;
using Ldn.Zones;

namespace Ldn.Subjects;

/// <summary>Reads correction polygons and lays them over the places.</summary>
internal static class Corrections
{
    private static readonly string[] ToFields = ["degraded_to", "stable_to", "improved_to"];

    /// <summary>Corrections in file order; their members are added to the zone set.</summary>
    /// <exception cref="LdnException">Exit 2: an attribute missing, a justification empty, an unknown period, condition or layer.</exception>
    public static IReadOnlyList<Correction> Read(Job job, ZoneSet zones, Grid grid, IGeodata geodata)
    {
        if (job.Corrections is not { } file)
            return [];
        VectorLayer layer = geodata.ReadPolygons(file, job.CorrectionsLayer);
        ZoneLayer polygons = ZoneLayer.From(layer, "id", null, dissolve: false);
        int member = zones.Add(polygons.Spans(grid, geodata));
        return [.. layer.Features.Select((feature, i) => Read(job, file, layer, feature, polygons.Zones[i].Id, member + i))];
    }

    /// <summary>The recode of each place: its corrections in file order, so that later polygons win.</summary>
    public static IReadOnlyList<PlaceRecode?> Recodes(IReadOnlyList<Correction> corrections, PlaceIndex places)
    {
        if (corrections.Count == 0)
            return [];
        var recodes = new PlaceRecode?[places.Count];
        for (int place = 0; place < recodes.Length; place++)
        {
            foreach (Correction correction in corrections)
            {
                if (!places.Contains(place, correction.Member))
                    continue;
                PlaceRecode recode = recodes[place] ??= new PlaceRecode();
                foreach (int period in correction.Periods)
                    recode.Add(period, correction.Layer, [.. correction.To]);
            }
        }

        return recodes;
    }

    private static Correction Read(Job job, string file, VectorLayer layer, VectorFeature feature, string id, int member)
    {
        string Text(string field)
        {
            int index = layer.Fields.ToList().IndexOf(field);
            return index < 0
                ? throw Fault.InputTable.Error(
                    $"corrections {file}: no attribute '{field}'{NearestName.Hint(field, layer.Fields)}", $"they need id, periods, {string.Join(", ", ToFields)}, justification")
                : feature.Attributes[index]?.Trim() ?? "";
        }

        string Optional(string field) => layer.Fields.Contains(field) ? Text(field) : "";
        LdnException Wrong(string field, string expected) =>
            Fault.InputTable.Error($"corrections {file}: polygon {id}, {field}: '{Text(field)}' is not {expected}");

        if (Text("justification").Length == 0)
            throw Fault.InputTable.Error($"corrections {file}: polygon {id} has no justification", "every correction must say why");
        string[] names = Text("periods").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        int[] periods = [.. names.Select(name => job.Periods.ToList().FindIndex(p => p.Id == name))];
        if (periods.Length == 0 || periods.Contains(-1))
            throw Wrong("periods", $"a list of periods of this run ({string.Join(";", job.Periods.Select(p => p.Id))})");
        SubIndicator? sub = Optional("layer") switch
        {
            "" or "indicator" => null,
            string name => job.SubIndicators.Any(s => s.Name() == name)
                ? job.SubIndicators.First(s => s.Name() == name)
                : throw Wrong("layer", "indicator or a sub-indicator of this run"),
        };
        Condition?[] to = [.. ToFields.Select(field => Text(field) switch
        {
            "" => (Condition?)null,
            "degraded" => Condition.Degraded,
            "stable" => Condition.Stable,
            "improved" => Condition.Improved,
            "no_data" => Condition.NoData,
            _ => throw Wrong(field, "degraded, stable, improved, no_data or empty"),
        })];
        return new Correction(id, periods, sub, to, Text("justification"), Optional("process"), Optional("basis"), member);
    }
}
