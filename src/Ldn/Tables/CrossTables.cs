using System.Globalization;
using Ldn.Counting;
using Ldn.Indicator;
using Ldn.LandCover;
using Ldn.Subjects;

namespace Ldn.Tables;

/// <summary>crosstab_subindicators.csv, crosstab_status.csv and the land-cover transitions.</summary>
public static class CrossTables
{
    /// <summary>Every combination of sub-indicators that occurs, before the water mask and before corrections.</summary>
    public static ResultTable SubIndicators(RunStatistics run)
    {
        var table = new ResultTable("crosstab_subindicators", "Combinations of sub-indicators",
        [
            new("zone_id", ColumnType.Text, "Zone or group."),
            new("zone_kind", ColumnType.Text, "zone or group."),
            new("period", ColumnType.Text, "baseline, report_1, …"),
            new("water", ColumnType.Integer, "1 where the period's initial year is water."),
            new("land_cover", ColumnType.Text, "Condition before the water mask; empty when left out."),
            new("productivity", ColumnType.Text, "Likewise."),
            new("soil_organic_carbon", ColumnType.Text, "Likewise."),
            new("indicator", ColumnType.Text, "One-out-all-out under the rules in force, or water."),
            new("pixels", ColumnType.Integer, "Cells of the run's grid."),
            new("area_km2", ColumnType.Area, "True area."),
        ]);
        bool[] used = [.. Enum.GetValues<SubIndicator>().Select(s => run.Job.SubIndicators.Contains(s))];
        for (int p = 0; p < run.Job.Periods.Count; p++)
        {
            var sums = new Dictionary<(int Zone, Outcome Outcome), Amount>();
            foreach ((_, Outcome outcome, TallyRow row) in run.Outcomes(p, run.Tables, corrected: false))
                foreach (int zone in run.ZonesOf(row))
                    Add(sums, (zone, outcome), RunStatistics.AmountOf(row));
            foreach (((int zone, Outcome o), Amount amount) in sums.OrderBy(s => s.Key.Zone).ThenBy(s => s.Key.Outcome.Water)
                .ThenBy(s => s.Key.Outcome.LandCover).ThenBy(s => s.Key.Outcome.Productivity).ThenBy(s => s.Key.Outcome.SoilCarbon))
            {
                SummaryZone z = run.Zones[zone];
                table.Add(
                    z.Id, z.Kind, run.Job.Periods[p].Id, o.Water ? 1L : 0L,
                    used[0] ? o.LandCover.Name() : null, used[1] ? o.Productivity.Name() : null, used[2] ? o.SoilCarbon.Name() : null,
                    o.Water ? "water" : o.Indicator.Name(), amount.Pixels, amount.Area);
            }
        }

        SortByZone(table, run);
        return table;
    }

    /// <summary>Baseline condition × period condition → status, for the indicator and each sub-indicator; water of either left out.</summary>
    public static ResultTable Status(RunStatistics run)
    {
        var table = new ResultTable("crosstab_status", "Status matrix: baseline against period",
        [
            new("zone_id", ColumnType.Text, "Zone or group."),
            new("zone_kind", ColumnType.Text, "zone or group."),
            new("period", ColumnType.Text, "Reporting period."),
            new("indicator", ColumnType.Text, "Indicator or sub-indicator."),
            new("baseline_condition", ColumnType.Text, "Condition in the baseline."),
            new("period_condition", ColumnType.Text, "Condition in the period."),
            new("status", ColumnType.Text, "Status class."),
            new("pixels", ColumnType.Integer, "Cells of the run's grid."),
            new("area_km2", ColumnType.Area, "True area."),
        ]);
        for (int p = 1; p < run.Job.Periods.Count; p++)
        {
            var sums = new Dictionary<(int Zone, int Layer, Condition Before, Condition Now), Amount>();
            foreach ((Outcome baseline, Outcome now, TallyRow row) in run.Outcomes(p, run.Tables))
            {
                if (baseline.Water || now.Water)
                    continue;
                foreach (int zone in run.ZonesOf(row))
                    foreach (int layer in ConditionTables.LayersOf(run.Job))
                        Add(sums, (zone, layer, Of(baseline, layer), Of(now, layer)), RunStatistics.AmountOf(row));
            }

            foreach (((int zone, int layer, Condition before, Condition now), Amount amount) in sums.OrderBy(s => s.Key))
            {
                SummaryZone z = run.Zones[zone];
                table.Add(
                    z.Id, z.Kind, run.Job.Periods[p].Id, ConditionTables.LayerName(layer), before.Name(), now.Name(),
                    StatusLaw.Of(before, now, run.Job.Rules.Status).Name(), amount.Pixels, amount.Area);
            }
        }

        SortByZone(table, run);
        return table;
    }

    /// <summary>Land-cover transitions in legend codes, or nested in the 7 classes of the UNCCD.</summary>
    public static ResultTable Transitions(RunStatistics run, bool unccd7)
    {
        var table = new ResultTable(
            unccd7 ? "land_cover_transitions_unccd7" : "land_cover_transitions",
            unccd7 ? "Land-cover transitions, UNCCD classes" : "Land-cover transitions",
        [
            new("zone_id", ColumnType.Text, "Zone or group."),
            new("period", ColumnType.Text, "baseline, report_1, …"),
            new("from_class", ColumnType.Text, "Code in the initial year, or no_data."),
            new("to_class", ColumnType.Text, "Code in the final year, or no_data."),
            new("pixels", ColumnType.Integer, "Cells of the run's grid, initial water included."),
            new("area_km2", ColumnType.Area, "True area."),
            new("condition", ColumnType.Text, "What the transition matrix of the place makes of it."),
        ]);
        Legend legend = run.Legend ?? throw new InvalidOperationException("no land cover in this run");
        byte[] nesting = legend.UnccdTable();
        int Class(byte index) => unccd7 ? nesting[index] : index;
        string Code(int index) => index == 0 ? "no_data" : (unccd7 ? index : legend.ClassAt(index).Code).ToString(CultureInfo.InvariantCulture);
        for (int p = 0; p < run.Job.Periods.Count; p++)
        {
            var sums = new Dictionary<(int Zone, int From, int To, Condition Condition), Amount>();
            foreach (TallyRow row in run.Result.Transitions[p].Rows())
                foreach (int zone in run.ZonesOf(row))
                    Add(sums, (zone, Class(row.Plane(0)), Class(row.Plane(1)), Evidence.LandCover(row.Plane(2))), RunStatistics.AmountOf(row));
            foreach (((int zone, int from, int to, Condition condition), Amount amount) in sums.OrderBy(s => s.Key))
                table.Add(run.Zones[zone].Id, run.Job.Periods[p].Id, Code(from), Code(to), amount.Pixels, amount.Area, condition.Name());
        }

        SortByZone(table, run);
        return table;
    }

    /// <summary>Land-cover change between the baseline's last year and a period's first, which no period counts (method §7).</summary>
    public static ResultTable Gaps(RunStatistics run)
    {
        var table = new ResultTable("land_cover_between_periods", "Land-cover change between periods, counted in none",
        [
            new("zone_id", ColumnType.Text, "Zone or group."),
            new("from_year", ColumnType.Integer, "Last year of the baseline."),
            new("to_year", ColumnType.Integer, "First year of the reporting period."),
            new("from_class", ColumnType.Text, "Legend code before, or no_data."),
            new("to_class", ColumnType.Text, "Legend code after, or no_data."),
            new("pixels", ColumnType.Integer, "Cells of the run's grid that changed."),
            new("area_km2", ColumnType.Area, "True area."),
        ]);
        string Code(byte index) => index == 0 ? "no_data" : run.Legend!.ClassAt(index).Code.ToString(CultureInfo.InvariantCulture);
        for (int g = 0; g < run.Gaps.Count; g++)
        {
            var sums = new Dictionary<(int Zone, byte From, byte To), Amount>();
            foreach (TallyRow row in run.Result.Gaps[g].Rows().Where(r => r.Plane(0) != r.Plane(1)))
                foreach (int zone in run.ZonesOf(row))
                    Add(sums, (zone, row.Plane(0), row.Plane(1)), RunStatistics.AmountOf(row));
            foreach (((int zone, byte from, byte to), Amount amount) in sums.OrderBy(s => s.Key))
                table.Add(run.Zones[zone].Id, (long)run.Gaps[g].From, (long)run.Gaps[g].To, Code(from), Code(to), amount.Pixels, amount.Area);
        }

        SortByZone(table, run);
        return table;
    }

    /// <summary>LPD classes by land-cover transition in UNCCD classes; initial water left out.</summary>
    public static ResultTable LpdByTransition(RunStatistics run, byte[] lpdClasses)
    {
        var table = new ResultTable("lpd_by_transition", "Land productivity dynamics by land-cover transition",
        [
            new("zone_id", ColumnType.Text, "Zone or group."),
            new("zone_kind", ColumnType.Text, "zone or group."),
            new("period", ColumnType.Text, "baseline, report_1, …"),
            new("from_class", ColumnType.Text, "UNCCD class in the initial year, or no_data."),
            new("to_class", ColumnType.Text, "UNCCD class in the final year, or no_data."),
            new("lpd", ColumnType.Integer, "1 declining, 2 moderate decline, 3 stressed, 4 stable, 5 increasing, 0 no data."),
            new("pixels", ColumnType.Integer, "Cells of the run's grid."),
            new("area_km2", ColumnType.Area, "True area."),
        ]);
        byte[] nesting = run.Legend!.UnccdTable();
        string Code(int c) => c == 0 ? "no_data" : c.ToString(CultureInfo.InvariantCulture);
        for (int p = 0; p < run.Job.Periods.Count; p++)
        {
            var sums = new Dictionary<(int Zone, int From, int To, int Lpd), Amount>();
            foreach (TallyRow row in run.Result.Transitions[p].Rows().Where(r => !Evidence.Water(r.Plane(2))))
                foreach (int zone in run.ZonesOf(row))
                    Add(sums, (zone, nesting[row.Plane(0)], nesting[row.Plane(1)], lpdClasses[Evidence.Productivity(row.Plane(2))]), RunStatistics.AmountOf(row));
            foreach (((int zone, int from, int to, int lpd), Amount amount) in sums.OrderBy(s => s.Key))
                table.Add(run.Zones[zone].Id, run.Zones[zone].Kind, run.Job.Periods[p].Id, Code(from), Code(to), (long)lpd, amount.Pixels, amount.Area);
        }

        SortByZone(table, run);
        return table;
    }

    internal static void Add<TKey>(Dictionary<TKey, Amount> sums, TKey key, Amount amount)
        where TKey : notnull =>
        sums[key] = sums.GetValueOrDefault(key) + amount;

    /// <summary>Rows were added period by period; the files go zone by zone. The sort is stable.</summary>
    internal static void SortByZone(ResultTable table, RunStatistics run)
    {
        Dictionary<string, int> order = run.Zones.Select((zone, index) => (zone.Id, index)).ToDictionary(z => z.Id, z => z.index);
        object?[][] sorted = [.. table.Rows.OrderBy(row => order[(string)row[0]!])];
        table.Rows.Clear();
        table.Rows.AddRange(sorted);
    }

    private static Condition Of(Outcome outcome, int layer) => Layers.Sub(layer) is { } sub ? outcome.Of(sub) : outcome.Indicator;
}
