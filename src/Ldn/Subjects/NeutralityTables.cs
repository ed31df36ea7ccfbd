using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>neutrality.csv and projection.csv: counterbalancing like for like, and where degradation is heading (method §10).</summary>
public static class NeutralityTables
{
    public const string Neutral = "yes";
    public const string NotNeutral = "no";
    public const string NotAssessable = "not_assessable";

    /// <summary>In the column of land types: the zone as a whole, and its land without a type.</summary>
    public const string All = "all", Untyped = "untyped";

    public static Column<Area> Delta { get; } = Column.Area(
        "delta_km2", "Gains minus losses; of all, the net sum over the zone, untyped land included, which is no verdict.");

    public static Column<string> Verdict { get; } = Column.Text(
        "neutral",
        "yes where delta is zero or more; of all, where every land type is neutral; not_assessable without reporting period or land type; empty for untyped land.");

    public static Column<string> LandTypeName { get; } = Column.Text("land_type_name", "Its name, where one is given.");

    public static Column<Area> BaselineDegraded { get; } = Column.Area("baseline_degraded_km2", "Degraded by condition in the baseline.");

    public static Column<Area> LatestDegraded { get; } = Column.Area("latest_degraded_km2", "Degraded by status in that period.");

    public static Column<long> TargetYear { get; } = Column.Integer("target_year", "Year of the projection.");

    public static Column<Ratio> Projected { get; } = Column.Exact(
        "projected_degraded_km2", "On the straight line through the two; not bent where the line leaves what is possible.");

    public static Column<Ratio> Shortfall { get; } = Column.Exact(
        "shortfall_km2", "Projected minus baseline where that is above zero: what is to be restored until then.");

    /// <summary>Per zone and reporting period a row a land type, then land without a type, then the verdict over all types with the net sum.</summary>
    public static ResultTable Neutrality(RunStatistics run)
    {
        var table = new ResultTable("neutrality", "Land degradation neutrality by land type",
        [
            Columns.ZoneId, Columns.ZoneKind,
            Columns.Period.Meaning("report_1, …; baseline where the run has no reporting period."),
            Columns.LandType.Meaning("Code of the land type, of several layers joined by /; untyped; all."), Columns.Gains, Columns.Losses, Delta,
            Verdict, Columns.Land.Meaning("Its land, water of either initial year left out."),
            Columns.NoData.Meaning("Of which without a status."), LandTypeName,
        ]);
        for (int z = 0; z < run.Zones.Count; z++)
        {
            if (run.Job.Periods.Count > 1)
                continue;
            table.Add(
            [
                .. Columns.Of(run.Zones[z]), .. Columns.Of(run.Job, 0), Columns.LandType.Is(All), Columns.Gains.IsEmpty(),
                Columns.Losses.IsEmpty(), Delta.IsEmpty(), Verdict.Is(NotAssessable), Columns.Land.IsEmpty(), Columns.NoData.IsEmpty(),
                LandTypeName.Is(""),
            ]);
        }

        for (int p = 1; p < run.Job.Periods.Count; p++)
            if (LandTypeBalances.Of(run, p) is { } balances)
                for (int z = 0; z < run.Zones.Count; z++)
                    AddZone(table, [.. Columns.Of(run.Zones[z]), .. Columns.Of(run.Job, p)], balances, z);
        run.SortByZone(table);
        return table;
    }

    /// <summary>Degraded area of each land type in the target year, if it goes on as from the baseline to the latest period.</summary>
    public static ResultTable Projection(RunStatistics run)
    {
        var table = new ResultTable("projection", "Degraded land projected to the target year",
        [
            Columns.ZoneId, Columns.ZoneKind, Columns.LandType, Columns.BaselineYear, BaselineDegraded, Columns.LatestYear, LatestDegraded,
            TargetYear, Projected, Shortfall,
        ]);
        int latest = run.Job.Periods.Count - 1;
        if (latest < 1 || run.Job.Strata?.TargetYear is not { } target || run.Job.Periods[0].FinalYear is not { } from || run.Job.Periods[latest].FinalYear is not { } to)
            return table;
        LandTypeBalances? balances = LandTypeBalances.Of(run, latest);
        PeriodFigures[][] figures = run.Figures();
        for (int z = 0; z < run.Zones.Count; z++)
        {
            SummaryZone zone = run.Zones[z];
            void Add(string type, Area before, Area now)
            {
                Ratio? projected = Subjects.Projection.At(new DatedFigure(from, before), new DatedFigure(to, now), target);
                table.Add(
                [
                    .. Columns.Of(zone), Columns.LandType.Is(type), Columns.BaselineYear.Is(from), BaselineDegraded.Is(before),
                    Columns.LatestYear.Is(to), LatestDegraded.Is(now), TargetYear.Is(target), Projected.Is(projected),
                    Shortfall.Is(projected is { } value ? Subjects.Projection.Shortfall(value, before) : null),
                ]);
            }

            foreach ((LandType type, LandTypeFigures f) in balances?.Types(z) ?? [])
                Add(type.Id, f.BaselineDegraded, f.Degraded);
            if (balances?.Untyped(z) is { } untyped && untyped.Balance.Land > Area.Zero)
                Add(Untyped, untyped.BaselineDegraded, untyped.Degraded);
            Add(All, figures[0][z].Condition(0, Condition.Degraded).Area, figures[latest][z].StatusCondition(0, Condition.Degraded).Area);
        }

        return table;
    }

    private static void AddZone(ResultTable table, Cell[] keys, LandTypeBalances balances, int z)
    {
        void Add(string type, Balance b, string neutral, string name) => table.Add(
        [
            .. keys, Columns.LandType.Is(type), Columns.Gains.Is(b.Gains), Columns.Losses.Is(b.Losses), Delta.Is(b.Delta), Verdict.Is(neutral),
            Columns.Land.Is(b.Land), Columns.NoData.Is(b.NoData), LandTypeName.Is(name),
        ]);
        foreach ((LandType type, LandTypeFigures figures) in balances.Types(z))
            Add(type.Id, figures.Balance, figures.Balance.IsNeutral ? Neutral : NotNeutral, type.Name == type.Id ? "" : type.Name);
        if (balances.Untyped(z).Balance.Land > Area.Zero)
            Add(Untyped, balances.Untyped(z).Balance, "", "");
        string verdict = balances.IsNeutral(z) switch { true => Neutral, false => NotNeutral, null => NotAssessable };
        Add(All, balances.All(z).Balance, verdict, "");
    }
}
