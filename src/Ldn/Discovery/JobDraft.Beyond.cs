using System.Globalization;
using Ldn.Zones;

namespace Ldn.Discovery;

/// <summary>Zones and what lies beyond the indicator: subjects, corrections, activities, targets, fills, sources.</summary>
internal sealed partial class JobDraft
{
    private const int FewestOfGroup = 2, ManyCountries = 20;

    private void Zones()
    {
        if (_choices.Zones is not { } zones)
        {
            _json.Comment("No polygons of zones were found: the whole grid is one zone. With zones:");
            _json.Comment("\"zones\": [ { \"file\": \"zones.geojson\", \"id\": \"iso3\", \"name\": \"name\" } ],");
            return;
        }

        if (zones.Zones is not { } fields)
        {
            _json.Key("zones", $"[ {{ \"file\": {File(zones.File)} }} ]");
            return;
        }

        string? groups = _choices.First(LayerKind.Groups) is { } table ? File(table)
            : fields.IsIso3 && fields.Ids.Intersect(s_northEastAsia).Count() >= FewestOfGroup
                ? CommentedJson.Quoted(ZoneGroups.NorthEastAsia)
            : fields.IsIso3 && fields.Count > ManyCountries ? CommentedJson.Quoted(ZoneGroups.M49Regions) : null;
        if (fields.OtherIds.Count > 0)
            _json.Comment($"Other attributes with a value of its own in each polygon: {string.Join(", ", fields.OtherIds)}");
        string? area = _choices.First(LayerKind.LandArea) is { } land ? $"\"landArea\": {File(land)}" : null;
        _json.Key("zones", $"[ {{ {string.Join(", ", new[]
        {
            Named(zones), groups is null ? null : $"\"groups\": {groups}", area,
        }.OfType<string>())} }} ]");
        _used.UnionWith(_choices.OtherZones.Append(zones).Select(z => z.Name));
        foreach (Finding other in _choices.OtherZones)
            _json.Beside($"another layer of zones, beside or in place of it: {{ {Named(other)} }}   "
                + $"({other.Zones!.Count} polygons)");
        if (fields.IsIso3 && groups is null)
            _json.Beside("\"groups\": \"m49\" in the zones adds the regions of the UN's M49; \"north-east-asia\" its six "
                + "countries");
        if (fields.Count > 1)
        {
            (string id, string title) = fields.Whole ?? ("total", "All zones");
            string total = $"{{ \"id\": {CommentedJson.Quoted(id)}, \"name\": {CommentedJson.Quoted(title)} }}";
            if (fields.Whole is not null && !fields.Ids.Contains(id))
                _json.Key("total", total);
            else
                _json.Beside($"the sum of all zones: \"total\": {total},");
        }
    }

    /// <summary>File, layer, id and name of zones, as a job has them.</summary>
    private string Named(Finding zones) => string.Join(", ", new[]
    {
        $"\"file\": {File(zones.File)}", zones.Layer is { } layer ? $"\"layer\": {CommentedJson.Quoted(layer)}" : null,
        $"\"id\": {CommentedJson.Quoted(zones.Zones!.Id!)}",
        zones.Zones.Name is { } name ? $"\"name\": {CommentedJson.Quoted(name)}" : null,
    }.OfType<string>());

    private static readonly string[] s_northEastAsia = ["CHN", "PRK", "JPN", "MNG", "KOR", "RUS"];

    /// <summary>Population, aridity, drivers and the other subjects.</summary>
    private void Beyond()
    {
        var parts = new List<(string Key, string Value)>();
        var people = _choices.Of(LayerKind.Population).Where(f => f.Years is [_]).GroupBy(f => f.Years[0]).OrderBy(g => g.Key)
            .Select(g => $"\"{g.Key}\": {{ {string.Join(", ", g.DistinctBy(f => f.Detail).Where(f => !(f.Detail == "total" && g.Any(o => o.Detail == "female") && g.Any(o => o.Detail == "male")))
                .Select(f => $"\"{f.Detail}\": {File(f.File)}"))} }}").ToList();
        if (people.Count > 0)
            parts.Add(("population", $"{{ {string.Join(", ", people)} }}"));
        if (_choices.First(LayerKind.Aridity) is { } aridity)
            parts.Add(("aridity", File(aridity)));
        Finding[] drought = [.. _choices.Of(LayerKind.Drought).Where(f => f.Years is [_]).DistinctBy(f => f.Years[0])];
        if (drought.Length == 0 && DroughtOfMonths() is { } computed)
            parts.Add(("drought", computed));
        if (drought.Length > 0)
            parts.Add(("drought", $"{{ {string.Join(", ", drought.Select(f => $"\"{f.Years[0]}\": {File(f.File)}"))} }}"));
        if (_choices.Of(LayerKind.Driver) is { Count: > 0 } drivers)
            parts.Add(("drivers", $"[{string.Join(", ", drivers.Select(f => $"{{ \"file\": {File(f.File)} }}"))}]"));
        if (_choices.Of(LayerKind.Category).Where(f => !_used.Contains(f.File)).ToList() is { Count: > 0 } categories)
            parts.Add(("categories", $"[{string.Join(", ", categories.Select(f => File(f.File)))}]"));
        if (_choices.First(LayerKind.Statistics) is { } statistics && _choices.Zones is not null)
            parts.Add(("statistics", File(statistics)));
        MonthsBeside(isTaken: parts.Exists(p => p.Key == "drought"));
        if (parts.Count > 0)
        {
            _json.Comment("Beside the indicator; see docs/jobs.md.");
            _json.Open("strata");
            foreach ((string key, string value) in parts)
                _json.Key(key, value, 2);
            _json.Close();
        }

        if (_choices.First(LayerKind.Corrections) is { } corrections)
            _json.Key("corrections", $"{{ \"file\": {File(corrections)} }}");
        if (_choices.First(LayerKind.Activities) is { } activities)
            _json.Key("activities", $"{{ \"file\": {File(activities)} }}");
        if (_choices.First(LayerKind.Targets) is { } targets && _choices.Zones is not null)
            _json.Key("targets", File(targets));
    }

    private void Fills()
    {
        var fills = new SortedDictionary<string, SortedSet<double>>(StringComparer.Ordinal);
        void Add(string layer, IEnumerable<Finding> findings)
        {
            foreach (double fill in findings.Where(f => _used.Contains(f.File)).SelectMany(f => f.Fills))
                (fills.TryGetValue(layer, out SortedSet<double>? known) ? known : fills[layer] = []).Add(fill);
        }

        Add("land-cover", _choices.Of(LayerKind.LandCover));
        Add("productivity", [.. _choices.Of(LayerKind.Series), .. _choices.Of(LayerKind.Stack)]);
        Add("soc", [.. _choices.Of(LayerKind.SoilStock), .. _choices.Of(LayerKind.SoilChange)]);
        Add("aridity", _choices.Of(LayerKind.Aridity));
        Add("population", _choices.Of(LayerKind.Population));
        Add("precipitation", _choices.MonthlyRain);
        Add("temperature", _choices.Of(LayerKind.Temperature));
        if (fills.Count == 0)
            return;
        _json.Comment("Values that no file declares as no data but that look like fills: one value over more than 1 % of the "
            + "cells. Check them.");
        _json.Key("noData", $"{{ {string.Join(", ", fills.Select(f => $"\"{f.Key}\": [{string.Join(", ", f.Value.Select(v => v.ToString("R", CultureInfo.InvariantCulture)))}]"))} }}");
    }

    /// <summary>What reports cite, of products known by name; the rest is for a person to fill in.</summary>
    private void Sources()
    {
        var known = new List<string>();
        var unknown = new List<string>();
        foreach ((string layer, LayerKind[] kinds) in new[]
        {
            ("landCover", new[] { LayerKind.LandCover }), ("productivity", [LayerKind.Lpd, LayerKind.Series, LayerKind.Stack]),
                ("soilCarbon", [LayerKind.SoilStock, LayerKind.SoilChange]),
        })
        {
            Finding? of = kinds.SelectMany(_choices.Of).FirstOrDefault(f => _used.Contains(f.File));
            if (of?.Product is { } product)
                known.Add(
                    $"\"{layer}\": {{ \"title\": {CommentedJson.Quoted(product.Title)}, \"publisher\": "
                        + $"{CommentedJson.Quoted(product.Publisher)}, \"link\": {CommentedJson.Quoted(product.Link ?? "")} }}");
            else if (of is not null)
                unknown.Add(layer);
        }

        _json.Comment("Where the data come from, for the reports. Other keys of a source: doi, citation, licence, date.");
        if (known.Count > 0)
            _json.Key("sources", $"{{ {string.Join(", ", known)} }}");
        if (unknown.Count > 0)
            _json.Beside($"{(known.Count > 0 ? "also " : "\"sources\": ")}{{ {string.Join(", ", unknown.Select(l => $"\"{l}\": {{ \"title\": \"\", \"publisher\": \"\", \"link\": \"\" }}"))} }}");
    }
}
