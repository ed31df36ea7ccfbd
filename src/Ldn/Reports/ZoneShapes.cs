using System.Text.Json;
using Ldn.Jobs;
using Ldn.Rasters;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Reports;

/// <summary>
/// A zone as polygons in longitude and latitude: each polygon a list of closed rings, outer first, x and y alternating.
/// </summary>
/// <param name="Groups">Ids of the groups it belongs to.</param>
/// <param name="Polygons">In degrees, WGS 84.</param>
internal sealed record ZoneShape(
    string Id, string Name, IReadOnlyList<string> Groups, IReadOnlyList<IReadOnlyList<double[]>> Polygons);

/// <summary>The zones of a run in WGS 84, for maps and vector files.</summary>
internal static class ZoneShapes
{
    /// <summary>WGS 84, longitude first, as <see cref="IGeodata"/> understands it.</summary>
    public static Crs Wgs84 { get; } = new(
        """GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563]],PRIMEM["Greenwich",0],UNIT["degree",0.0174532925199433],AUTHORITY["EPSG","4326"]]""",
        "WGS 84", true, 6378137, 6356752.314245179);

    /// <summary>
    /// The polygons of a job's zone layers; zones of rasters have none. Ids are unique over the layers, as the run has checked.
    /// </summary>
    public static IReadOnlyList<ZoneShape> Collect(Job job, IReadOnlyList<SummaryZone> zones, IGeodata geodata)
    {
        var shapes = new List<ZoneShape>();
        Dictionary<string, int> members = zones.Where(z => z.Kind == "zone").ToDictionary(z => z.Id, z => z.Members[0]);
        ILookup<int, string> groups = zones.Where(z => z.Kind == "group")
            .SelectMany(z => z.Members.Distinct().Select(m => (Member: m, z.Id))).ToLookup(g => g.Member, g => g.Id);
        foreach (ZoneLayerInput input in job.Zones.Where(z => z.Id is not null))
        {
            VectorLayer vector = geodata.ReadPolygons(input.File, input.Layer);
            ZoneLayer layer = ZoneLayer.From(vector, input.Id!, input.Name, input.Dissolve);
            using ICoordinateTransform? transform = geodata.SameCrs(vector.Crs, Wgs84)
                ? null
                : geodata.CreateTransform(vector.Crs, Wgs84);
            for (int z = 0; z < layer.Zones.Count; z++)
            {
                Zone zone = layer.Zones[z];
                shapes.Add(new ZoneShape(
                    zone.Id, zone.Name, [.. groups[members[zone.Id]]],
                    [.. layer.Features(z).SelectMany(f => vector.Features[f].Polygons).Select(p => Transformed(p, transform))]));
            }
        }

        return shapes;
    }

    /// <summary>The polygons of each feature of a layer in WGS 84.</summary>
    public static IReadOnlyList<IReadOnlyList<IReadOnlyList<double[]>>> InWgs84(VectorLayer layer, IGeodata geodata)
    {
        using ICoordinateTransform? transform = geodata.SameCrs(layer.Crs, Wgs84)
            ? null
            : geodata.CreateTransform(layer.Crs, Wgs84);
        return [
            .. layer.Features.Select(
                f => (IReadOnlyList<IReadOnlyList<double[]>>)[.. f.Polygons.Select(p => Transformed(p, transform))])];
    }

    /// <summary>Reads back what <see cref="GeoJsonReport"/> wrote; nothing when the file is not there.</summary>
    /// <exception cref="LdnException">Exit 3: not such a file.</exception>
    public static IReadOnlyList<ZoneShape> Read(string path)
    {
        if (!File.Exists(path))
            return [];
        try
        {
            using JsonDocument json = JsonDocument.Parse(PlainFile.ReadBytes(path, path, Fault.Run));
            return [.. json.RootElement.GetProperty("features").EnumerateArray().Select(Shape)];
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw Fault.Run.Error(
                $"{Path.GetFileName(path)} does not hold the zones of a run: {e.Message}", "compute the run again", e);
        }
    }

    private static ZoneShape Shape(JsonElement feature)
    {
        JsonElement properties = feature.GetProperty("properties");
        return new ZoneShape(
            properties.GetProperty("zone_id").GetString()!,
            properties.GetProperty("zone_name").GetString()!,
            properties.GetProperty("groups").GetString()!.Split(';', StringSplitOptions.RemoveEmptyEntries),
            [.. feature.GetProperty("geometry").GetProperty("coordinates").EnumerateArray().Select(
                polygon => (IReadOnlyList<double[]>)[.. polygon.EnumerateArray().Select(
                    ring => ring.EnumerateArray().SelectMany(point => new[] { point[0].GetDouble(), point[1].GetDouble() })
                        .ToArray())])]);
    }

    private static IReadOnlyList<double[]> Transformed(IReadOnlyList<double[]> polygon, ICoordinateTransform? transform)
    {
        if (transform is null)
            return polygon;
        return [.. polygon.Select(ring =>
        {
            double[] x = [.. ring.Where((_, i) => i % 2 == 0)], y = [.. ring.Where((_, i) => i % 2 == 1)];
            transform.Transform(x, y);
            return x.Zip(y).Where(p => double.IsFinite(p.First)).SelectMany(p => new[] { p.First, p.Second }).ToArray();
        }).Where(ring => ring.Length >= 8)];
    }
}
