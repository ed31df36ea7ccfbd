using System.Globalization;
using Ldn.Csv;
using Ldn.Tables;

namespace Ldn.Accuracy;

/// <summary>
/// A row of the table of points: stratum and weight, its class on the map and as seen, numbered from 0, and its zones.
/// </summary>
/// <param name="Weight">Share of the stratum in its zone, 0 to 1.</param>
internal sealed record PointRow(string Stratum, double Weight, int Map, int Reference, int[] Zones, CsvRow Row);

/// <summary>
/// A stratum that was looked at: its zone, its weight among those of the zone, and map's and reference class of each point.
/// </summary>
/// <param name="Weight">Share of the stratum in its zone, 0 to 1.</param>
internal sealed record SeenStratum(int Zone, double Weight, IReadOnlyList<(int Map, int Reference)> Points);

/// <summary>The table of points that a person filled in, and the strata they make (firmness U4).</summary>
internal static class SeenPoints
{
    /// <summary>Columns of the table of points.</summary>
    public static string[] Columns { get; } = ["id", "longitude", "latitude", "stratum", "weight", "reference"];

    /// <summary>The weight of a point.</summary>
    /// <exception cref="LdnException">Exit 2: it is no number above 0.</exception>
    public static double Weight(CsvTable points, CsvRow row) => points.Number(row, "weight") is > 0 and var weight
        ? weight : throw points.Wrong(row, "weight", "the area of the point's stratum or its share, above 0");

    /// <summary>Weights that are shares add up to 1 up to this much, in whatever way they were written.</summary>
    private const double Rounding = 0.001;

    /// <summary>
    /// The strata, each with one weight and in the zone that holds all of its points. A place that stands twice would be counted
    /// as two, and a stratum without points is land that nobody looked at: neither has an interval.
    /// </summary>
    /// <exception cref="LdnException">Exit 2: a point twice, weights or zones that differ within a stratum, a stratum without
    /// points.</exception>
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

        CheckOnce(points, all);
        foreach (IGrouping<int, SeenStratum> zone in strata.GroupBy(s => s.Zone))
        {
            double sum = zone.Sum(s => s.Weight);
            if (sum < 1 - Rounding)
            {
                throw Fault.InputTable.Error(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{points.Name}: the strata of {zones[zone.Key].Id} that have points weigh {sum:0.###} together, and ")
                        + "all strata of a zone weigh 1: a stratum without points was not looked at",
                    "keep the points of every stratum that 'ldn sample-points' drew, with their weights");
            }
        }

        return strata;
    }

    /// <summary>Refuses a point that stands twice: one id, or one place in a stratum.</summary>
    private static void CheckOnce(CsvTable points, PointRow[] all)
    {
        var ids = new HashSet<string>();
        var places = new HashSet<(string, double, double)>();
        foreach (PointRow point in all)
        {
            string id = points.Text(point.Row, "id");
            if (id.Length > 0 && !ids.Add(id))
                throw points.Wrong(point.Row, "id", "that of a single point: one that stands twice would count as two");
            if (!places.Add((point.Stratum, points.Number(point.Row, "longitude"), points.Number(point.Row, "latitude"))))
                throw points.Wrong(
                    point.Row, "longitude", $"a place of its own: stratum {point.Stratum} has the same place twice, and one that "
                        + "stands twice would count as two");
        }
    }
}
