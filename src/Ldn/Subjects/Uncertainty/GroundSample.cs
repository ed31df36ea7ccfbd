using System.Globalization;
using Ldn.Accuracy;
using Ldn.Counting;
using Ldn.Csv;
using Ldn.Indicator;
using Ldn.Rasters;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Subjects.Uncertainty;

/// <summary>A sampled place and what was seen there.</summary>
/// <param name="Stratum">Its stratum.</param>
/// <param name="Weight">The stratum's share of its zone.</param>
/// <param name="Seen">In three classes; no data is no class and never seen.</param>
/// <param name="Longitude">Degrees east.</param>
/// <param name="Latitude">Degrees north.</param>
internal sealed record GroundPoint(
    double Longitude, double Latitude, string Stratum, double Weight, Condition Seen, CsvTable Table,
    CsvRow Row)
{
    private static readonly string[] s_classes = [
        .. Enum.GetValues<Condition>().Where(c => c != Condition.NoData).Select(c => c.Name()),
        .. Enum.GetValues<Status>().Where(s => s != Status.NoData).Select(s => s.Name())];

    /// <summary>Reads a table of points as <c>ldn sample-points</c> draws them and somebody filled them in.</summary>
    /// <exception cref="LdnException">Exit 2: unreadable, no class, no weight, no point at all.</exception>
    public static IReadOnlyList<GroundPoint> Load(string path)
    {
        CsvTable table = CsvTable.Read(path, SeenPoints.Columns);
        if (table.Rows.Count == 0)
            throw Fault.InputTable.Error($"{table.Name} has no point", "draw some with 'ldn sample-points'");
        return [.. table.Rows.Select(row => Read(table, row))];
    }

    /// <summary>Adds each point as a member of the cell that holds it; returns the number of the first.</summary>
    /// <exception cref="LdnException">Exit 3: a point lies outside the zones.</exception>
    internal static int Add(IReadOnlyList<GroundPoint> points, IMembers members, IGeodata geodata)
    {
        if (points.Count == 0)
            return 0;
        using var places = new GridPlaces(members.Grid, geodata);
        int first = members.Add([.. points.Select(p => places.CellAt(p.Longitude, p.Latitude) is var (column, row)
            ? new[] { new RowSpan(row, column, column + 1) } : [])]);
        for (int i = 0; i < points.Count; i++)
        {
            if (members.CellCount(first + i) == 0)
            {
                throw Fault.Coverage.Error(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{points[i].Table.Name}, line {points[i].Row.Line}: {points[i].Longitude}, {points[i].Latitude} ")
                        + "lies outside the zones",
                    "draw the points with 'ldn sample-points' from a result of the same zones");
            }
        }

        return first;
    }

    private static GroundPoint Read(CsvTable table, CsvRow row)
    {
        string seen = table.Text(row, "reference").Trim();
        int at = Array.IndexOf(s_classes, seen);
        if (at < 0)
            throw table.Wrong(row, "reference", $"a class ({string.Join(", ", s_classes)}){NearestName.Hint(seen, s_classes)}");
        return new GroundPoint(
            table.Number(row, "longitude"), table.Number(row, "latitude"), table.Text(row, "stratum"),
            SeenPoints.Weight(table, row),
            at < 3 ? (Condition)(at + 1) : ((Status)(at - 2)).ThreeClass(), table, row);
    }
}

/// <summary>
/// What the points say of the degraded share in the latest period: an area by what was seen, with its interval of 95 % (firmness
/// U4), for each zone all of whose members have points.
/// </summary>
internal sealed class GroundSample
{
    private readonly RunStatistics _run;
    private readonly IReadOnlyList<SeenStratum> _strata;

    /// <param name="run">The run, counted.</param>
    /// <param name="points">The points, at least one.</param>
    /// <param name="firstPoint">Member number of the first.</param>
    /// <exception cref="LdnException">Exit 3: the map has no class at a point; exit 2: strata that do not fit.</exception>
    public GroundSample(RunStatistics run, IReadOnlyList<GroundPoint> points, int firstPoint)
    {
        _run = run;
        var places = new int[points.Count];
        for (int place = 0; place < run.Places.Count; place++)
            foreach (int member in run.Places.Members(place))
                if (member >= firstPoint && member < firstPoint + points.Count)
                    places[member - firstPoint] = place;
        int latest = run.Job.Periods.Count - 1;
        var map = new Dictionary<int, Condition>();
        HashSet<int> wanted = [.. places];
        foreach ((Outcome before, Outcome now, TallyRow row) in run.Outcomes(latest, run.Tables))
        {
            if (wanted.Contains(row.Place))
                map[row.Place] = latest == 0 ? now.Indicator : before.Water || now.Water ? Condition.NoData
                    : StatusLaw.Of(before.Indicator, now.Indicator, run.Job.Rules.Status).ThreeClass();
        }

        _strata = SeenPoints.Strata(
            points[0].Table,
            [.. points.Select((p, i) => new PointRow(
                p.Stratum, p.Weight, (int)Class(p, map.GetValueOrDefault(places[i])) - 1, (int)p.Seen - 1,
                run.ZonesOf(places[i]).ToArray(), p.Row))],
            run.Zones);
    }

    /// <summary>
    /// The interval of the degraded share of land of a zone in per cent, of the classified land alone and with land without data
    /// at its extremes; null in other periods than the latest and where points are lacking.
    /// </summary>
    public (Range Interval, Range WithNoData)? Of(int zone, int period, PairAreas areas)
    {
        if (period != _run.Job.Periods.Count - 1)
            return null;
        SummaryZone line = _run.Zones[zone];
        if (line.Kind == "zone" && !_strata.Any(s => s.Zone == zone))
            return null;
        int[] members = [.. _run.Zones.Index()
            .Where(z => z.Item.Kind == "zone" && z.Item.Members.All(line.Members.Contains)).Select(z => z.Index)];
        SeenStratum[] strata = [.. _strata.Where(s => members.Contains(s.Zone))];
        if (strata.Length == 0 || members.Except(strata.Select(s => s.Zone)).Any())
            return null;

        // Within a zone the weights of its strata share out its classified area; a group's strata are those of its zones.
        double Classified(int z) => Classes(_run.Combinations.Of(z, period)[_run.Combinations.InForce]).SquareKilometres;
        Dictionary<int, double> classified = strata.Select(s => s.Zone).Distinct().ToDictionary(z => z, Classified);
        double[] weights = [.. strata.Select(
            s => s.Weight / strata.Where(o => o.Zone == s.Zone).Sum(o => o.Weight) * classified[s.Zone])];
        Estimate estimate = new StratifiedEstimator(
            weights, strata.SelectMany((s, h) => s.Points.Select(p => new SeenPoint(h, p.Map, p.Reference))))
            .Area((int)Condition.Degraded - 1);
        Area land = areas.Land(period == 0), known = Classes(areas);
        if (land.IsZero || estimate is not { Low: { } low, High: { } high })
            return null;
        double share = known.SquareKilometres / land.SquareKilometres;
        Ratio Percent(double value) => Ratio.AsWritten(Math.Round(100 * value, 9));
        return (
            new Range(Percent(low * share), Percent(high * share)),
            new Range(Percent(low * share), Percent((high * share) + 1 - share)));

        Area Classes(PairAreas of) => of.Land(period == 0) - of.Reported(period == 0, Condition.NoData);
    }

    private static Condition Class(GroundPoint point, Condition map) =>
        map != Condition.NoData ? map : throw Fault.Coverage.Error(
        string.Create(
            CultureInfo.InvariantCulture,
            $"{point.Table.Name}, line {point.Row.Line}: the map has no class at {point.Longitude}, {point.Latitude}"),
        "points must lie on classified land: draw them with 'ldn sample-points' from a result of these inputs");
}
