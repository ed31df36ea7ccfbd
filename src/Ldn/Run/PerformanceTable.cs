using System.Globalization;
using Ldn.Csv;
using Ldn.Pass;
using Ldn.Productivity;
using Ldn.Tables;

namespace Ldn.Run;

/// <summary>
/// performance_limits.csv: the 90th percentile of each ecological unit that performance was judged by (method §4.2). No figure of
/// the result, but what a single cell cannot be told without: <c>ldn explain</c> reads it back.
/// </summary>
internal static class PerformanceTable
{
    public const string FileName = "performance_limits.csv";

    private static readonly Column<string> s_unit = Column.Text(
        "unit", "Ecological unit: values of the rasters of units, side by side.");

    private static readonly Column<double> s_p90 = Column.Number(
        "p90", "90th percentile of the means of its pixels, in units of the series.");

    private static readonly Column<long> s_tenths = Column.Integer(
        "p90_tenths", "The same in tenths of the quantum, exactly.");

    private static readonly Column<string> s_region = Column.Text("region_id", "Region that its pixels lie in.");

    /// <summary>Regions that are judged apart; null without.</summary>
    private static RegionPlaces? Regions(RunPlan plan) => plan.Regions is { JudgesApart: true } regions ? regions : null;

    /// <summary>The limits of every period; null for a run without performance.</summary>
    public static ResultTable? Of(RunPlan plan, IReadOnlyList<PerformanceLimits> limits)
    {
        if (!plan.Pass.Series.Any(s => s.HasPerformance) || limits.Count == 0)
            return null;
        var table = Columns.Table(
            "performance_limits", "Percentiles of ecological units",
            [Columns.ZoneId, Columns.Period, s_unit, s_p90, s_tenths, .. Regions(plan) is null ? [] : new Column[] { s_region }]);
        for (int p = 0; p < limits.Count; p++)
        {
            foreach ((int zone, long unit, long tenths) in limits[p].Rows())
            {
                (int ofZone, int region) = plan.JudgedWith(zone);
                SeriesPlan series = SeriesOf(plan, region);
                Cell[] of = series.Options.PerformanceScope == PerformanceScope.Zone ? Columns.Of(plan.Zones[ofZone])
                    : [Columns.ZoneId.IsEmpty(), Columns.ZoneName.IsEmpty(), Columns.ZoneKind.Is("run")];
                table.Add(
                [
                    .. of, .. Columns.Of(plan.Job, p), s_unit.Is(UnitText(unit, series.Units.Count)),
                    s_p90.Is(tenths * series.Options.Quantum / 10),
                    s_tenths.Is(tenths), .. Regions(plan) is { } regions ? new[] { s_region.Is(regions.Id(region)) } : [],
                ]);
            }
        }

        return table;
    }

    /// <summary>The series that a region's performance is judged of; 0 that of land in none.</summary>
    private static SeriesPlan SeriesOf(RunPlan plan, int region) =>
        plan.Pass.Series[plan.Pass.Regions.Count == 0 ? 0 : plan.Pass.Regions[region].Series];

    /// <summary>An ecological unit as the values of its rasters, the first first: <c>3/12</c>.</summary>
    public static string UnitText(long unit, int rasters) =>
        string.Join('/', EcologicalUnit.Values(unit, rasters).Select(v => v.ToString(CultureInfo.InvariantCulture)));

    /// <summary>What a run left of its limits; null where it left none.</summary>
    /// <exception cref="LdnException">Exit 2: the table is not as the program wrote it.</exception>
    public static IReadOnlyList<PerformanceLimits>? Read(string folder, RunPlan plan)
    {
        string path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
            return null;
        RegionPlaces? regions = Regions(plan);
        CsvTable table = CsvTable.Read(
            path, ["zone_id", "period", "unit", "p90_tenths", .. Enumerable.Repeat("region_id", regions is null ? 0 : 1)]);
        Dictionary<string, int> zones = plan.Zones.Select((z, i) => (z, i)).Where(z => z.z.Kind == "zone")
            .ToDictionary(z => z.z.Id, z => z.i);
        zones[""] = 0;
        Dictionary<string, int> numbers = regions is null ? []
            : Enumerable.Range(0, regions.Set.All.Count + 1).ToDictionary(regions.Id, r => r);
        ILookup<string, (int, long, long)> rows = table.Rows.Where(row => zones.ContainsKey(table.Text(row, "zone_id"))).ToLookup(
            row => table.Text(row, "period"),
            row => (Number(row), Unit(row), (long)table.Number(row, "p90_tenths")));
        return [.. plan.Job.Periods.Select(p => PerformanceLimits.From(rows[p.Id]))];

        int Number(CsvRow row) => plan.JudgedAs(zones[table.Text(row, "zone_id")], Region(row));

        int Region(CsvRow row) => regions is null ? 0
            : numbers.TryGetValue(table.Text(row, "region_id"), out int region) ? region
            : throw table.Wrong(row, "region_id", "a region of the run");

        long Unit(CsvRow row)
        {
            int rasters = SeriesOf(plan, Region(row)).Units.Count;
            long[] values = [.. table.Text(row, "unit").Split('/').Select(v => long.TryParse(v, out long value) ? value : -1)];
            return values.Length == rasters && !values.Contains(-1)
                ? EcologicalUnit.Combine(values)
                : throw table.Wrong(row, "unit", $"the values of {rasters} rasters of ecological units");
        }
    }
}
