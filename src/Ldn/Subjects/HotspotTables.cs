using System.Globalization;
using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Rasters;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>Polygons in which hot- and brightspots are looked for: members of places from <paramref name="FirstMember"/> on.</summary>
public sealed record HotspotPolygons(int FirstMember, IReadOnlyList<string> Ids, IReadOnlyDictionary<string, string> Names);

/// <summary>
/// hotspots.csv: where most of the land is degraded, and where most is improved (method §10), polygon by polygon and cell by cell within each zone, in the
/// latest period.
/// </summary>
public static class HotspotTables
{
    /// <summary>Cells with less land than this share of their size are listed and not ranked: a sliver of land is no spot.</summary>
    private const double LeastLand = 0.5;

    private const int SpotsOfPrais = 20;
    private static readonly Column s_zone = new("zone_id", ColumnType.Text, "Zone.");

    public static ResultTable Spots(RunStatistics run)
    {
        var table = new ResultTable("hotspots", "Hotspots and brightspots of land degradation",
        [
            s_zone,
            new("zone_kind", ColumnType.Text, "zone; groups have no rows."),
            new("period", ColumnType.Text, "The latest period; by status, in a run of the baseline alone by condition."),
            new("spot_kind", ColumnType.Text, "polygon, or cell: of nearly one area and nearly square at every latitude."),
            new("spot_id", ColumnType.Text, "Id of the polygon; row of the cell from 90° N, and its column in that row from 180° W."),
            new("spot_name", ColumnType.Text, "Name of the polygon, where one is given."),
            new("longitude", ColumnType.Number, "Centre of the cell."),
            new("latitude", ColumnType.Number, "Centre of the cell."),
            new("land_km2", ColumnType.Area, "Land of the zone in it."),
            new("degraded_km2", ColumnType.Area, "Of which degraded."),
            new("improved_km2", ColumnType.Area, "Of which improved."),
            new("degraded_pct", ColumnType.Percent, "Degraded share of land."),
            new("improved_pct", ColumnType.Percent, "Improved share of land."),
            new("hotspot_rank", ColumnType.Integer, "Rank by degraded share in the zone among spots of its kind; empty where nothing is degraded, or a cell is land by less than half."),
            new("brightspot_rank", ColumnType.Integer, "Likewise by improved share."),
        ]);
        int latest = run.Job.Periods.Count - 1;
        Dictionary<(int Zone, Spot Spot), Extent> sums = Sums(run, latest);
        foreach (var group in sums.GroupBy(s => (s.Key.Zone, s.Key.Spot.IsCell)).OrderBy(g => g.Key))
        {
            List<(Spot Spot, Extent Extent)> spots = [.. group.Select(s => (s.Key.Spot, s.Value)).OrderBy(s => s.Spot)];
            Dictionary<Spot, long> hot = Ranks(run, spots, e => e.Degraded), bright = Ranks(run, spots, e => e.Improved);
            foreach ((Spot spot, Extent extent) in spots.OrderBy(s => hot.GetValueOrDefault(s.Spot, long.MaxValue)).ThenBy(s => s.Spot))
            {
                (string id, string name, double? longitude, double? latitude) = Describe(run, spot);
                table.Add(
                    run.Zones[group.Key.Zone].Id, run.Zones[group.Key.Zone].Kind, run.Job.Periods[latest].Id, spot.IsCell ? "cell" : "polygon", id, name, longitude, latitude,
                    extent.Land, extent.Degraded, extent.Improved, Amount.Share(extent.Degraded, extent.Land), Amount.Share(extent.Improved, extent.Land),
                    hot.TryGetValue(spot, out long h) ? h : null, bright.TryGetValue(spot, out long b) ? b : null);
            }
        }

        return table;
    }

    /// <summary>PRAIS SO1-4.T4 and T5: the first hotspots and brightspots of each zone.</summary>
    public static IEnumerable<ResultTable> Prais(RunStatistics run)
    {
        ResultTable spots = Spots(run);
        int Column(string name) => spots.Columns.ToList().FindIndex(c => c.Name == name);
        foreach ((string name, string title, string area, string share, string rank) in new[]
            { ("SO1-4.T4", "Hotspots", "degraded_km2", "degraded_pct", "hotspot_rank"), ("SO1-4.T5", "Brightspots", "improved_km2", "improved_pct", "brightspot_rank") })
        {
            int[] columns = [.. new[] { "zone_id", "period", rank, "spot_kind", "spot_id", "spot_name", "longitude", "latitude", "land_km2", area, share }.Select(Column)];
            var table = new ResultTable(name, title, [.. columns.Select(c => spots.Columns[c])]);
            foreach (object?[] row in spots.Rows.Where(r => r[Column(rank)] is long place && place <= SpotsOfPrais).OrderBy(r => run.Zones.ToList().FindIndex(z => z.Id == (string)r[0]!))
                .ThenByDescending(r => (string)r[Column("spot_kind")]!, StringComparer.Ordinal).ThenBy(r => (long)r[Column(rank)]!))
                table.Add([.. columns.Select(c => row[c])]);
            yield return table;
        }
    }

    private static Dictionary<(int Zone, Spot Spot), Extent> Sums(RunStatistics run, int latest)
    {
        var sums = new Dictionary<(int Zone, Spot Spot), Extent>();
        if (run.Strata is not { } frame || run.Answer(Questions.Hotspots(run.Job.Periods[latest].Id)) is not { } answer)
            return sums;
        foreach (TallyRow row in answer.Rows)
        {
            var pair = new ConditionPair((byte)answer.Code(row, 0));
            if (pair.StatusWater)
                continue;
            Condition condition = latest == 0 ? pair.Baseline : pair.Status(run.Job.Rules.Status).ThreeClass();
            var extent = new Extent((Int128)row.Area, condition == Condition.Degraded ? (Int128)row.Area : 0, condition == Condition.Improved ? (Int128)row.Area : 0);
            foreach (Spot spot in SpotsOf(run, frame, answer, row))
                foreach (int zone in run.ZonesOf(row))
                    if (run.Zones[zone].Kind == "zone")
                        sums[(zone, spot)] = sums.GetValueOrDefault((zone, spot)) + extent;
        }

        return sums;
    }

    private static IEnumerable<Spot> SpotsOf(RunStatistics run, StrataFrame frame, StratumAnswer answer, TallyRow row)
    {
        if (frame.HotspotCells is not null)
            yield return new Spot(true, (uint)answer.Code(row, 1));
        if (frame.HotspotPolygons is { } polygons)
            foreach (int member in run.Places.Members(row.Place).ToArray())
                if (member >= polygons.FirstMember && member < polygons.FirstMember + polygons.Ids.Count)
                    yield return new Spot(false, (uint)(member - polygons.FirstMember));
    }

    /// <summary>Ranks by share, the larger land first among equals, then the order of spots.</summary>
    private static Dictionary<Spot, long> Ranks(RunStatistics run, List<(Spot Spot, Extent Extent)> spots, Func<Extent, Int128> of)
    {
        EqualAreaGrid? cells = run.Strata!.HotspotCells;
        long rank = 0;
        return spots.Where(s => of(s.Extent) > 0 && (!s.Spot.IsCell || (double)s.Extent.Land >= cells!.AreaKm2(s.Spot.Number) * 1e12 * LeastLand))
            .OrderByDescending(s => Amount.Share(of(s.Extent), s.Extent.Land)).ThenByDescending(s => s.Extent.Land).ThenBy(s => s.Spot)
            .ToDictionary(s => s.Spot, _ => ++rank);
    }

    private static (string Id, string Name, double? Longitude, double? Latitude) Describe(RunStatistics run, Spot spot)
    {
        if (!spot.IsCell)
        {
            HotspotPolygons polygons = run.Strata!.HotspotPolygons!;
            string id = polygons.Ids[(int)spot.Number];
            return (id, polygons.Names.GetValueOrDefault(id) ?? "", null, null);
        }

        EqualAreaGrid cells = run.Strata!.HotspotCells!;
        (double longitude, double latitude) = cells.Centre(spot.Number);
        (int row, int column) = cells.Place(spot.Number);
        return (string.Create(CultureInfo.InvariantCulture, $"r{row}c{column}"), "", longitude, latitude);
    }

    private readonly record struct Spot(bool IsCell, uint Number) : IComparable<Spot>
    {
        public int CompareTo(Spot other) => IsCell == other.IsCell ? Number.CompareTo(other.Number) : IsCell.CompareTo(other.IsCell);
    }

    private readonly record struct Extent(Int128 Land, Int128 Degraded, Int128 Improved)
    {
        public static Extent operator +(Extent left, Extent right) => new(left.Land + right.Land, left.Degraded + right.Degraded, left.Improved + right.Improved);
    }
}
