using System.Globalization;
using Ldn.Questions;
using Ldn.Zones;

namespace Ldn.Subjects;

/// <summary>One land type: its id in tables, its name, and its place in their order.</summary>
internal sealed record LandType(string Id, string Name, IReadOnlyList<long> Order);

/// <summary>
/// A layer of land types: a raster (<paramref name="Raster"/> its number in the combination), or polygons, whose classes are
/// members of places from
/// <paramref name="FirstMember"/> on.
/// </summary>
internal sealed record LandTypeLayer(
    string Name, int Raster, int FirstMember, IReadOnlyList<string> PolygonIds, IReadOnlyDictionary<string, string> Names)
{
    public bool IsPolygons => Raster < 0;
}

/// <summary>
/// Which land type a cell has, told by its place and its code; a cell that lies in no class of some layer has none (method §10).
/// </summary>
internal sealed class LandTypes(IReadOnlyList<LandTypeLayer> layers, CombinationPlane? rasters, PlaceIndex places)
{
    private const char Between = '/';
    private readonly Dictionary<(int Place, ulong Code), LandType?> _known = [];
    private readonly Dictionary<string, LandType> _types = [];

    public IReadOnlyList<LandTypeLayer> Layers => layers;

    /// <summary>The plane of the combined rasters, or null where polygons alone tell the types.</summary>
    public CombinationPlane? Rasters => rasters;

    /// <summary>
    /// The type of a place and a code of <see cref="Rasters"/> (anything where there are none); null for land without a type.
    /// </summary>
    public LandType? Of(int place, ulong code)
    {
        if (rasters is null)
            code = 0;
        if (!_known.TryGetValue((place, code), out LandType? type))
            _known[(place, code)] = type = Find(place, code);
        return type;
    }

    private LandType? Find(int place, ulong code)
    {
        if (rasters is not null && code == 0)
            return null;
        long[] values = rasters?.Values(code) ?? [];
        var parts = new string[layers.Count];
        var order = new long[layers.Count];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!layers[i].IsPolygons)
            {
                order[i] = values[layers[i].Raster];
                parts[i] = order[i].ToString(CultureInfo.InvariantCulture);
            }
            else if (Polygon(places.Members(place), layers[i]) is >= 0 and int polygon)
            {
                order[i] = polygon;
                parts[i] = layers[i].PolygonIds[polygon];
            }
            else
                return null;
        }

        string id = string.Join(Between, parts);
        if (!_types.TryGetValue(id, out LandType? type))
        {
            string?[] names = [.. parts.Select((part, i) => layers[i].Names.GetValueOrDefault(part))];
            string name = names.All(n => n is null) ? id : string.Join(" / ", names.Zip(parts, (n, part) => n ?? part));
            _types[id] = type = new LandType(id, name, order);
        }

        return type;
    }

    private static int Polygon(ReadOnlySpan<int> members, LandTypeLayer layer)
    {
        foreach (int member in members)
            if (member >= layer.FirstMember && member < layer.FirstMember + layer.PolygonIds.Count)
                return member - layer.FirstMember;
        return -1;
    }
}
