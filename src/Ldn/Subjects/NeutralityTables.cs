using Ldn.Indicator;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>neutrality.csv and projection.csv: counterbalancing like for like, and where degradation is heading (method §10).</summary>
public static class NeutralityTables
{
    public const string Neutral = "yes";
    public const string NotNeutral = "no";

    /// <summary>Per zone and reporting period a row a land type, then land without a type, then the verdict over all types with the net sum.</summary>
    public static ResultTable Neutrality(RunStatistics run)
    {
        var table = new ResultTable("neutrality", "Land degradation neutrality by land type",
        [
            new("zone_id", ColumnType.Text, "Zone or group."),
            new("zone_kind", ColumnType.Text, "zone or group."),
            new("period", ColumnType.Text, "report_1, …; baseline where the run has no reporting period."),
            new("land_type", ColumnType.Text, "Code of the land type, of several layers joined by /; untyped; all."),
            new("gains_km2", ColumnType.Area, "Recent and persistent improvement."),
            new("losses_km2", ColumnType.Area, "Recent and persistent degradation."),
            new("delta_km2", ColumnType.Area, "Gains minus losses; of all, the net sum over the zone, untyped land included, which is no verdict."),
            new("neutral", ColumnType.Text, "yes where delta is zero or more; of all, where every land type is neutral; not_assessable without reporting period or land type; empty for untyped land."),
            new("land_km2", ColumnType.Area, "Its land, water of either initial year left out."),
            new("no_data_km2", ColumnType.Area, "Of which without a status."),
            new("land_type_name", ColumnType.Text, "Its name, where one is given."),
        ]);
        for (int z = 0; z < run.Zones.Count; z++)
        {
            SummaryZone zone = run.Zones[z];
            if (run.Job.Periods.Count == 1)
                table.Add(zone.Id, zone.Kind, run.Job.Periods[0].Id, "all", null, null, null, "not_assessable", null, null, "");
        }

        for (int p = 1; p < run.Job.Periods.Count; p++)
            if (LandTypeBalances.Of(run, p) is { } balances)
                for (int z = 0; z < run.Zones.Count; z++)
                    AddZone(table, run.Zones[z], run.Job.Periods[p].Id, balances, z);
        CrossTables.SortByZone(table, run);
        return table;
    }

    /// <summary>Degraded area of each land type in the target year, if it goes on as from the baseline to the latest period.</summary>
    public static ResultTable Projection(RunStatistics run)
    {
        var table = new ResultTable("projection", "Degraded land projected to the target year",
        [
            new("zone_id", ColumnType.Text, "Zone or group."),
            new("zone_kind", ColumnType.Text, "zone or group."),
            new("land_type", ColumnType.Text, "Code of the land type; untyped; all."),
            new("baseline_year", ColumnType.Integer, "Final year of the baseline."),
            new("baseline_degraded_km2", ColumnType.Area, "Degraded by condition in the baseline."),
            new("latest_year", ColumnType.Integer, "Final year of the latest reporting period."),
            new("latest_degraded_km2", ColumnType.Area, "Degraded by status in that period."),
            new("target_year", ColumnType.Integer, "Year of the projection."),
            new("projected_degraded_km2", ColumnType.Number, "On the straight line through the two; not bent where the line leaves what is possible."),
            new("shortfall_km2", ColumnType.Number, "Projected minus baseline where that is above zero: what is to be restored until then."),
        ]);
        int latest = run.Job.Periods.Count - 1;
        if (latest < 1 || run.Job.Strata?.TargetYear is not { } target || run.Job.Periods[0].FinalYear is not { } from || run.Job.Periods[latest].FinalYear is not { } to)
            return table;
        LandTypeBalances? balances = LandTypeBalances.Of(run, latest);
        PeriodFigures[][] figures = run.Figures();
        for (int z = 0; z < run.Zones.Count; z++)
        {
            SummaryZone zone = run.Zones[z];
            void Add(string type, Int128 before, Int128 now)
            {
                double first = (double)before / 1e12;
                double? projected = Subjects.Projection.At(new DatedFigure(from, first), new DatedFigure(to, (double)now / 1e12), target);
                table.Add(
                    zone.Id, zone.Kind, type, (long)from, before, (long)to, now, (long)target, projected,
                    projected is { } value ? Subjects.Projection.Shortfall(value, first) : null);
            }

            foreach ((LandType type, LandTypeFigures f) in balances?.Types(z) ?? [])
                Add(type.Id, f.BaselineDegraded, f.Degraded);
            if (balances?.Untyped(z) is { } untyped && untyped.Balance.Land > 0)
                Add("untyped", untyped.BaselineDegraded, untyped.Degraded);
            Add("all", figures[0][z].Condition(0, Condition.Degraded).Area, figures[latest][z].StatusCondition(0, Condition.Degraded).Area);
        }

        return table;
    }

    private static void AddZone(ResultTable table, SummaryZone zone, string period, LandTypeBalances balances, int z)
    {
        void Add(string type, Balance b, string neutral, string name) =>
            table.Add(zone.Id, zone.Kind, period, type, b.Gains, b.Losses, b.Delta, neutral, b.Land, b.NoData, name);
        foreach ((LandType type, LandTypeFigures figures) in balances.Types(z))
            Add(type.Id, figures.Balance, figures.Balance.IsNeutral ? Neutral : NotNeutral, type.Name == type.Id ? "" : type.Name);
        if (balances.Untyped(z).Balance.Land > 0)
            Add("untyped", balances.Untyped(z).Balance, "", "");
        Add("all", balances.All(z).Balance, balances.IsNeutral(z) switch { true => Neutral, false => NotNeutral, null => "not_assessable" }, "");
    }
}
