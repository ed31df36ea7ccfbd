using Ldn.Csv;
using Ldn.Tables;

namespace Ldn.Accuracy;

/// <summary>
/// A row of the table of points: stratum and weight, its class on the map and as seen, numbered from 0, and its zones.
/// </summary>
/// <param name="Weight">Share of the stratum in its zone, 0 to 1.</param>
public sealed record PointRow(string Stratum, double Weight, int Map, int Reference, int[] Zones, CsvRow Row);

/// <summary>
/// A stratum that was looked at: its zone, its weight among those of the zone, and map's and reference class of each point.
/// </summary>
/// <param name="Weight">Share of the stratum in its zone, 0 to 1.</param>
public sealed record SeenStratum(int Zone, double Weight, IReadOnlyList<(int Map, int Reference)> Points);

/// <summary>The table of points that a person filled in, and the strata they make (firmness U4).</summary>
public static class SeenPoints
{
    /// <summary>Columns of the table of points.</summary>
    public static string[] Columns { get; } = ["id", "longitude", "latitude", "stratum", "weight", "reference"];

    /// <summary>The weight of a point.</summary>
    /// <exception cref="LdnException">Exit 2: it is no number above 0.</exception>
    public static double Weight(CsvTable points, CsvRow row) => points.Number(row, "weight") is > 0 and var weight
        ? weight : throw points.Wrong(row, "weight", "the area of the point's stratum or its share, above 0");

    /// <summary>The strata, each with one weight and in the zone that holds all of its points.</summary>
    public static IReadOnlyList<SeenStratum> Strata(CsvTable points, PointRow[] all, IReadOnlyList<SummaryZone> zones)
    {
        var strata = new List<SeenStratum>();
        foreach (IGrouping<string, PointRow> stratum in all.GroupBy(p => p.Stratum).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            if (stratum.FirstOrDefault(p => p.Weight != stratum.First().Weight) is { } other)
                throw points.Wrong(other.Row, "weight", $"that of all points of stratum {stratum.Key}");
            int[] common = [
                .. stratum.Select(p => p.Zones.Where(z => zones[z].Kind == "zone")).Aggregate((a, b) => a.Intersect(b))];
            int zone = common.Length < 2 ? common.FirstOrDefault(-1)
                : common.FirstOrDefault(z => stratum.Key.StartsWith(zones[z].Id + "-", StringComparison.Ordinal), common[0]);
            if (zone < 0)
            {
                throw points.Wrong(
                    stratum.First().Row, "stratum",
                    $"a stratum of one zone: the points of {stratum.Key} lie in several, so its weight is no zone's");
            }

            strata.Add(new SeenStratum(zone, stratum.First().Weight, [.. stratum.Select(p => (p.Map, p.Reference))]));
        }

        return strata;
    }
}
