using Ldn.Accuracy;
using Ldn.Counting;
using Ldn.Tables;

namespace Ldn.Run;

/// <summary>
/// The tables of <c>ldn accuracy</c>: accuracy of the map, and areas by what was seen, with their intervals of 95 % (firmness
/// U4).
/// </summary>
internal sealed class AccuracyResult
{
    private readonly ResultMap _map;
    private readonly IReadOnlyList<string> _classes;
    private readonly Func<int, int> _reduced;
    private readonly MappedAreas _mapped;
    private readonly IReadOnlyList<SeenStratum> _strata;

    internal AccuracyResult(
        ResultMap map, IReadOnlyList<string> classes, Func<int, int> reduced, MappedAreas mapped,
        IReadOnlyList<SeenStratum> strata)
    {
        (_map, _classes, _reduced, _mapped, _strata) = (map, classes, reduced, mapped, strata);
        Accuracy = new ResultTable("accuracy", "Accuracy of the map", [.. Keys(),
            new("measure", ColumnType.Text, "overall, users or producers"),
            new("class", ColumnType.Text, "class of the map; empty for overall"),
            new("value", ColumnType.Number, "share, 0 to 1"),
            new("se", ColumnType.Number, "standard error; empty where a stratum has a single point"),
            new("wald_low", ColumnType.Number, "Wald's interval of 95 %, lower end"),
            new("wald_high", ColumnType.Number, "its upper end"),
            new("low", ColumnType.Number, "interval of 95 % to report (Wilson), lower end"),
            new("high", ColumnType.Number, "its upper end")]);
        Areas = new ResultTable("adjusted_areas", "Areas by what was seen", [.. Keys(),
            new("class", ColumnType.Text, "class by what was seen"),
            new("mapped_km2", ColumnType.Number, "area on the map, km²"),
            new("area_km2", ColumnType.Number, "area by what was seen, km²"),
            new("se_km2", ColumnType.Number, "standard error, km²"),
            new("wald_low_km2", ColumnType.Number, "Wald's interval of 95 %, lower end"),
            new("wald_high_km2", ColumnType.Number, "its upper end"),
            new("low_km2", ColumnType.Number, "interval of 95 % to report (Wilson's by stratum, joined), lower end"),
            new("high_km2", ColumnType.Number, "its upper end")]);
        for (int zone = 0; zone < map.Zones.Count; zone++)
            Add(zone);
    }

    public ResultTable Accuracy { get; }

    public ResultTable Areas { get; }

    /// <summary>What the user should know: strata of a single point, members of a group without points.</summary>
    public List<string> Notes { get; } = [];

    private void Add(int zone)
    {
        SummaryZone line = _map.Zones[zone];
        int[] members = [
            .. _map.Zones.Index().Where(z => z.Item.Kind == "zone" && z.Item.Members.All(line.Members.Contains))
                .Select(z => z.Index)];
        SeenStratum[] strata = [.. _strata.Where(s => members.Contains(s.Zone))];
        if (strata.Length == 0)
            return;
        if (members.Except(strata.Select(s => s.Zone)).ToArray() is { Length: > 0 } unseen)
        {
            Notes.Add($"{line.Id} has no figures: {string.Join(", ", unseen.Select(m => _map.Zones[m].Id))} has no points");
            return;
        }

        if (strata.Any(s => s.Points.Count == 1))
            Notes.Add($"{line.Id}: a stratum with a single point has no variance, so standard errors are not told");

        // Within a zone the weights of its strata share out its classified area; a group's strata are those of its zones.
        double[] areas = [
            .. strata.Select(
                s => s.Weight / strata.Where(o => o.Zone == s.Zone).Sum(o => o.Weight) * (double)_mapped.Area(s.Zone))];
        var estimator = new StratifiedEstimator(
            areas, strata.SelectMany((s, h) => s.Points.Select(p => new SeenPoint(h, p.Map, p.Reference))));
        double km2 = areas.Sum() / Area.PerSquareKilometre;
        Row(line, "overall", null, estimator.Overall());
        for (int c = 0; c < _classes.Count; c++)
            Row(line, "users", _classes[c], estimator.Users(c));
        for (int c = 0; c < _classes.Count; c++)
            Row(line, "producers", _classes[c], estimator.Producers(c));
        for (int c = 0; c < _classes.Count; c++)
        {
            Estimate e = estimator.Area(c);
            double mapped = Enumerable.Range(0, _map.Classes.Count).Where(i => _reduced(i + 1) == c)
                .Sum(i => (double)_mapped.Area(zone, i)) / Area.PerSquareKilometre;
            Areas.Add(
                line.Id, line.Name, line.Kind, _map.Period, _classes[c], mapped, e.Value * km2, e.StandardError * km2,
                e.WaldLow * km2, e.WaldHigh * km2,
                e.Low * km2, e.High * km2);
        }
    }

    private void Row(SummaryZone zone, string measure, string? of, Estimate e) => Accuracy.Add(
        zone.Id, zone.Name, zone.Kind, _map.Period, measure, of, e.Value, e.StandardError, e.WaldLow, e.WaldHigh, e.Low, e.High);

    private static Column[] Keys() =>
    [
        new("zone_id", ColumnType.Text, "zone or group"), new("zone_name", ColumnType.Text, "its name"),
        new("zone_kind", ColumnType.Text, "zone or group"),
        new("period", ColumnType.Text, "period"),
    ];
}
