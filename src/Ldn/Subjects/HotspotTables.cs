using System.Globalization;
using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Pass;
using Ldn.Questions;
using Ldn.Rasters;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>
/// hotspots.csv: where most of the land is degraded, and where most is improved (method §10), polygon by polygon and cell by cell
/// within each zone, in the latest period.
/// </summary>
internal sealed class HotspotTables(EqualAreaGrid? cells, HotspotPolygons? polygons)
{
    /// <summary>
    /// Cells with less land than this share of their size are listed and not ranked: a sliver of land is no spot.
    /// </summary>
    private const double LeastLand = 0.5;

    private const int SpotsOfPrais = 20;
    private static readonly Column<Area> s_spotArea = Column.Area("area_km2", "Area of the spot in the zone, water too.");

    public static Column<string> SpotKind { get; } = Column.Text(
        "spot_kind", "polygon, or cell: of nearly one area and nearly square at every latitude.");

    public static Column<string> SpotId { get; } = Column.Text(
        "spot_id", "Id of the polygon; row of the cell from 90° N, and its column in that row from 180° W.");

    public static Column<string> SpotName { get; } = Column.Text("spot_name", "Name of the polygon, where one is given.");

    public static Column<double> Longitude { get; } = Column.Number("longitude", "Centre of the cell.");

    public static Column<double> Latitude { get; } = Column.Number("latitude", "Centre of the cell.");

    public static Column<Ratio> DegradedShare { get; } = Column.Percent("degraded_pct", "Degraded share of land.");

    public static Column<Ratio> ImprovedShare { get; } = Column.Percent("improved_pct", "Improved share of land.");

    public static Column<long> HotspotRank { get; } = Column.Integer(
        "hotspot_rank",
        "Rank by degraded share in the zone among spots of its kind; empty where nothing is degraded, or a cell is land by less "
            + "than half.");

    public static Column<long> BrightspotRank { get; } = Column.Integer("brightspot_rank", "Likewise by improved share.");

    public ResultTable Spots(RunStatistics run)
    {
        var table = Columns.Table("hotspots", "Hotspots and brightspots of land degradation",
        [
            Columns.ZoneId.Meaning("Zone."), Columns.ZoneKind.Meaning("zone; groups have no rows."),
            Columns.Period.Meaning("The latest period; by status, in a run of the baseline alone by condition."), SpotKind,
            SpotId, SpotName,
            Longitude, Latitude, Columns.Land.Meaning("Land of the zone in it."), Columns.Degraded.Meaning("Of which degraded."),
            Columns.Improved.Meaning("Of which improved."), DegradedShare, ImprovedShare, HotspotRank, BrightspotRank,
            Columns.Basis,
        ]);
        int latest = run.Job.Periods.Count - 1;
        Dictionary<(int Zone, Spot Spot), Extent> sums = Sums(run, latest);
        foreach (var group in sums.GroupBy(s => (s.Key.Zone, s.Key.Spot.IsCell)).OrderBy(g => g.Key))
        {
            List<(Spot Spot, Extent Extent)> spots = [.. group.Select(s => (s.Key.Spot, s.Value)).OrderBy(s => s.Spot)];
            Dictionary<Spot, long> hot = Ranks(spots, e => e.Degraded), bright = Ranks(spots, e => e.Improved);
            foreach (
                (Spot spot, Extent extent) in spots.OrderBy(s => hot.GetValueOrDefault(s.Spot, long.MaxValue))
                    .ThenBy(s => s.Spot))
            {
                (string id, string name, double? longitude, double? latitude) = Describe(spot);
                table.Add(
                [
                    .. Columns.Of(run.Zones[group.Key.Zone]), .. Columns.Of(run.Job, latest),
                    SpotKind.Is(spot.IsCell ? "cell" : "polygon"),
                    SpotId.Is(id), SpotName.Is(name), Longitude.Is(longitude), Latitude.Is(latitude),
                    Columns.Land.Is(extent.Land),
                    Columns.Degraded.Is(extent.Degraded), Columns.Improved.Is(extent.Improved),
                    DegradedShare.Is(extent.Degraded.PercentOf(extent.Land)),
                    ImprovedShare.Is(extent.Improved.PercentOf(extent.Land)),
                    Columns.AsReported(latest), HotspotRank.Is(hot.TryGetValue(spot, out long h) ? h : null),
                    BrightspotRank.Is(bright.TryGetValue(spot, out long b) ? b : null),
                ]);
            }
        }

        return table;
    }

    /// <summary>PRAIS SO1-4.T4 and T5: the first hotspots and brightspots of each zone.</summary>
    public IEnumerable<ResultTable> Prais(RunStatistics run)
    {
        ResultTable spots = Spots(run);
        Dictionary<(string Zone, string Kind, string Id), Area> areas = Areas(run);
        foreach ((string name, string title, Column<Area> area, Column<Ratio> share, Column<long> rank) in new[]
        {
            ("SO1-4.T4", "Hotspots", Columns.Degraded, DegradedShare, HotspotRank),
            ("SO1-4.T5", "Brightspots", Columns.Improved, ImprovedShare, BrightspotRank),
        })
        {
            Column[] columns =
            [
                Columns.ZoneId, Columns.Period, rank, SpotKind, SpotId, SpotName, Longitude, Latitude, Columns.Land, area, share,
            ];
            var table = new ResultTable(name, title, [.. columns.Select(c => spots.Column(c.Name)!), s_spotArea]);
            foreach (Row row in spots.Rows.Where(r => r[rank] <= SpotsOfPrais)
                .OrderByDescending(r => r[SpotKind], StringComparer.Ordinal)
                .ThenBy(r => r[rank]))
                table.Add([.. columns.Select(c => row[c]), areas[(row[Columns.ZoneId]!, row[SpotKind]!, row[SpotId]!)]]);
            run.SortByZone(table);
            yield return table;
        }
    }

    /// <summary>Area of each spot within its zone.</summary>
    private Dictionary<(string Zone, string Kind, string Id), Area> Areas(RunStatistics run)
    {
        var areas = new Dictionary<(string Zone, string Kind, string Id), Area>();
        if (run.Answer(HotspotsInquiry.Question(run.Job.Periods[^1].Id)) is not { } answer)
            return areas;
        foreach (TallyRow row in answer.Rows)
        {
            foreach (Spot spot in SpotsOf(run, answer, row))
            {
                foreach (int zone in run.ZonesOf(row))
                {
                    var key = (run.Zones[zone].Id, spot.IsCell ? "cell" : "polygon", Describe(spot).Id);
                    areas[key] = areas.GetValueOrDefault(key) + row.Area;
                }
            }
        }

        return areas;
    }

    private Dictionary<(int Zone, Spot Spot), Extent> Sums(RunStatistics run, int latest)
    {
        var sums = new Dictionary<(int Zone, Spot Spot), Extent>();
        if (run.Answer(HotspotsInquiry.Question(run.Job.Periods[latest].Id)) is not { } answer)
            return sums;
        foreach (TallyRow row in answer.Rows)
        {
            var pair = new ConditionPair((byte)answer.Code(row, 0));
            if (pair.StatusWater)
                continue;
            Condition condition = latest == 0 ? pair.Baseline : pair.Status(run.Job.Rules.Status).ThreeClass();
            var extent = new Extent(
                row.Area, condition == Condition.Degraded ? row.Area : default,
                condition == Condition.Improved ? row.Area : default);
            foreach (Spot spot in SpotsOf(run, answer, row))
                foreach (int zone in run.ZonesOf(row))
                    if (run.Zones[zone].Kind == "zone")
                        sums[(zone, spot)] = sums.GetValueOrDefault((zone, spot)) + extent;
        }

        return sums;
    }

    private IEnumerable<Spot> SpotsOf(RunStatistics run, Answer answer, TallyRow row)
    {
        if (cells is not null)
            yield return new Spot(true, (uint)answer.Code(row, 1));
        if (polygons is not null)
            foreach (int member in run.Places.Members(row.Place).ToArray())
                if (member >= polygons.FirstMember && member < polygons.FirstMember + polygons.Ids.Count)
                    yield return new Spot(false, (uint)(member - polygons.FirstMember));
    }

    /// <summary>Ranks by share, the larger land first among equals, then the order of spots.</summary>
    private Dictionary<Spot, long> Ranks(List<(Spot Spot, Extent Extent)> spots, Func<Extent, Area> of)
    {
        bool IsLarge(Spot spot, Area land) => !spot.IsCell || land.SquareKilometres >= cells!.AreaKm2(spot.Number) * LeastLand;
        long rank = 0;
        return spots.Where(s => of(s.Extent) > Area.Zero && IsLarge(s.Spot, s.Extent.Land))
            .OrderByDescending(s => of(s.Extent).PercentOf(s.Extent.Land)).ThenByDescending(s => s.Extent.Land)
                .ThenBy(s => s.Spot)
            .ToDictionary(s => s.Spot, _ => ++rank);
    }

    private (string Id, string Name, double? Longitude, double? Latitude) Describe(Spot spot)
    {
        if (!spot.IsCell)
        {
            string id = polygons!.Ids[(int)spot.Number];
            return (id, polygons.Names.GetValueOrDefault(id) ?? "", null, null);
        }

        (double longitude, double latitude) = cells!.Centre(spot.Number);
        (int row, int column) = cells.Place(spot.Number);
        return (string.Create(CultureInfo.InvariantCulture, $"r{row}c{column}"), "", longitude, latitude);
    }

    private readonly record struct Spot(bool IsCell, uint Number) : IComparable<Spot>
    {
        public int CompareTo(Spot other) =>
            IsCell == other.IsCell ? Number.CompareTo(other.Number) : IsCell.CompareTo(other.IsCell);
    }

    private readonly record struct Extent(Area Land, Area Degraded, Area Improved)
    {
        public static Extent operator +(Extent left, Extent right) =>
            new(left.Land + right.Land, left.Degraded + right.Degraded, left.Improved + right.Improved);
    }
}
