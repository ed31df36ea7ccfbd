using System.Globalization;
using System.Text.RegularExpressions;
using Ldn.Rasters;
using Ldn.Zones;

namespace Ldn.Discovery;

/// <summary>Recognises layers of polygons by their attributes and what these hold.</summary>
internal static class VectorFinder
{
    private const int MostShown = 3;

    private static readonly HashSet<string> s_iso3 = [.. M49.Areas.Select(a => a.Iso3), "TWN", "XKX"];

    private static readonly string[] s_corrections = ["id", "periods", "degraded_to", "stable_to", "improved_to",
        "justification"];

    public static Finding Of(string file, VectorLayer layer)
    {
        bool Has(string field) => layer.Find(field) >= 0;
        if (Has("degraded_to") || Has("stable_to") || (Has("periods") && Has("justification")))
        {
            string[] lacking = [.. s_corrections.Where(f => !Has(f))];
            return lacking.Length == 0 ? new Finding(file, LayerKind.Corrections, "polygons with the attributes of corrections")
                : new Finding(file, LayerKind.Unknown, $"{layer.Features.Count} polygons")
                { Doubt = $"like corrections, but without {string.Join(", ", lacking)}" };
        }

        if (Has("stakeholder") || Has("start_year")
            || (Has("type") && Has("id") && Products.Words(file).Contains(" activit", StringComparison.Ordinal)))
            return new Finding(file, LayerKind.Activities, "polygons with the attributes of activities");
        ZoneFields fields = Fields(layer);
        // Zones may tell the region they lie in too; regions are those that have nothing else to be called by, or say so.
        if (Has("region") && (fields.Id is null || string.Equals(fields.Id, "region", StringComparison.OrdinalIgnoreCase)
            || Products.Words(file).Contains(" regions ", StringComparison.Ordinal)))
            return new Finding(file, LayerKind.Regions, $"{layer.Features.Count} polygons with an attribute region")
            {
                Zones = new ZoneFields(layer.Features.Count, layer.Fields[layer.Find("region")], null, [], false, "")
                {
                    Ids = [.. layer.Features.Select(f => f.Attributes[layer.Find("region")]?.Trim()).OfType<string>().Distinct()],
                },
            };
        if (fields.Id is null)
        {
            return new Finding(file, LayerKind.Zones, $"{layer.Features.Count} polygons")
            {
                Zones = fields,
                Doubt = "no attribute has a value of its own in every polygon: zones need an id (or \"dissolve\": true with one "
                    + "of the attributes)",
            };
        }

        string why = $"{layer.Features.Count} polygon{(layer.Features.Count == 1 ? "" : "s")}; id {fields.Id} ({fields.Example})"
            + (fields.IsIso3 ? ", ISO 3166 alpha-3 codes" : ", one value each")
            + (fields.Name is null ? "" : $"; name {fields.Name}");
        return new Finding(file, LayerKind.Zones, why) { Zones = fields, Product = Products.Of(file) };
    }

    /// <summary>Attributes that can be the id of zones, best first: country codes, codes, anything else that is unique.</summary>
    public static ZoneFields Fields(VectorLayer layer)
    {
        string?[][] columns =
            [.. layer.Fields.Select((_, f) => layer.Features.Select(feature => feature.Attributes[f]?.Trim()).ToArray())];
        bool IsUnique(int f) => columns[f].Length > 0 && columns[f].All(v => v is { Length: > 0 })
            && columns[f].Distinct().Count() == columns[f].Length;
        int[] unique = [.. Enumerable.Range(0, columns.Length).Where(IsUnique)
            .Select(f => (Field: f, Rank: IdRank(layer.Fields[f], columns[f]!))).Where(f => f.Rank > 0)
                .OrderByDescending(f => f.Rank).Select(f => f.Field)];
        int id = unique is [int best, ..] ? best : -1;
        int name = Enumerable.Range(0, columns.Length).Where(f => f != id && NameRank(layer.Fields[f], columns[f]) > 0)
            .OrderByDescending(f => NameRank(layer.Fields[f], columns[f])).ThenByDescending(f => columns[f].Distinct().Count())
                .Cast<int?>().FirstOrDefault() ?? -1;
        string Shown(int f) => string.Join(", ", columns[f].Take(MostShown)) + (columns[f].Length > MostShown ? ", …" : "");
        return new ZoneFields(
            layer.Features.Count, id < 0 ? null : layer.Fields[id], name < 0 ? null : layer.Fields[name],
                [.. unique.Where(f => f != id).Select(f => layer.Fields[f])],
            id >= 0 && IsIso3(columns[id]!), id < 0 ? "" : Shown(id))
        {
            Ids = id < 0 ? [] : [.. columns[id].OfType<string>()],
            Whole = Whole(layer.Fields, columns),
        };
    }

    private static bool IsIso3(string[] values) => values.Length > 0 && values.All(s_iso3.Contains);

    /// <summary>0: never an id, such as a measure; higher: a better one.</summary>
    private static int IdRank(string field, string[] values)
    {
        string words = Products.Words(field);
        bool number = values.All(v => double.TryParse(v, NumberStyles.Float, CultureInfo.InvariantCulture, out _));
        bool whole = number && values.All(v => !v.Contains('.', StringComparison.Ordinal)
            && !v.Contains('e', StringComparison.OrdinalIgnoreCase));
        if ((number && !whole)
            || Regex.IsMatch(words, " (area|leng|length|perimeter|shape area|sqkm|km|ha|date|lon|lat|population) "))
            return 0;
        if (IsIso3(values))
            return 100;
        int rank = number ? 10 : values.All(v => !v.Contains(' ', StringComparison.Ordinal) && v.Length <= 32) ? 50 : 20;
        if (Regex.IsMatch(words, " (fid|ogc fid|objectid|gml id|oid|rowid) ")
            || words.StartsWith(" fid ", StringComparison.Ordinal))
            return 5;
        return Regex.IsMatch(words, " (id|code|pcode|gid|hasc|iso|m 49) ") ? rank + 20 : rank;
    }

    private static int NameRank(string field, string?[] values)
    {
        string words = Products.Words(field);
        if (values.Count(v => v is { Length: > 1 } && v.Any(char.IsLetter)) < Math.Max(1, values.Length / 2)
            || Regex.IsMatch(words, " (date|valid|code|pcode|ref|type|engtype|varname|nl name) "))
            return 0;
        int distinct = values.Distinct().Count() == values.Length ? 20 : 0;
        return Regex.IsMatch(words, " (name|nam|en|label|nom|title|shape name) ") ? 10 + distinct : distinct == 20
            && values.Any(v => v!.Any(char.IsLower)) ? 5 : 0;
    }

    /// <summary>The country all polygons are parts of, from the attributes of GADM, geoBoundaries and OCHA.</summary>
    private static (string Id, string Name)? Whole(IReadOnlyList<string> fields, string?[][] columns)
    {
        string? One(string pattern)
        {
            for (int f = 0; f < fields.Count; f++)
                if (Regex.IsMatch(fields[f], pattern, RegexOptions.IgnoreCase) && columns[f].Length > 1
                    && columns[f].Distinct().Count() == 1 && columns[f][0] is { Length: > 0 } value)
                    return value;
            return null;
        }

        return One("^(GID_0|shapeGroup|ADM0_PCODE|ISO3?|iso_a3|ADM1_PCODE|GID_1)$") is { } id
            ? (id, One("^(COUNTRY|NAME_0|ADM0_EN|shapeGroupName|ADM1_EN|NAME_1)$") ?? id) : null;
    }
}
