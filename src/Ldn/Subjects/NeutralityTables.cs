using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Subjects;

/// <summary>
/// neutrality.csv and projection.csv: counterbalancing like for like, and where degradation is heading (method §10).
/// </summary>
internal static class NeutralityTables
{
    public const string Neutral = "yes";
    public const string NotNeutral = "no";
    public const string Open = "open";
    public const string NotAssessable = "not_assessable";

    /// <summary>In the column of land types: the zone as a whole, and its land without a type.</summary>
    public const string All = "all", Untyped = "untyped";

    public static Column<string> Verdict { get; } = Column.Text(
        "neutral",
        "yes where delta is zero or more; of all, where every land type is neutral; open where more land is without data than "
            + "delta; not_assessable"
        + " without reporting period, land type or valid land; empty for untyped land and for groups of several countries.");

    public static Column<Area> BaselineDegraded { get; } = Column.Area(
        "baseline_degraded_km2", "Degraded by condition in the baseline.");

    public static Column<Area> LatestDegraded { get; } = Column.Area("latest_degraded_km2", "Degraded by status in that period.");

    public static Column<long> TargetYear { get; } = Column.Integer("target_year", "Year of the projection.");

    public static Column<Ratio> Projected { get; } = Column.Exact(
        "projected_degraded_km2", "On the straight line through the two; not bent where the line leaves what is possible.");

    public static Column<Ratio> Shortfall { get; } = Column.Exact(
        "shortfall_km2", "Projected minus baseline where that is above zero: what is to be restored until then.");

    public static Column<string> OutOfRange { get; } = Column.Text(
        "out_of_range", "below_zero or above_land where the line leaves what is possible; empty where it does not.");

    public static Column<long> PreviousYear { get; } = Column.Integer(
        "previous_year", "Final year of the report before the latest.");

    public static Column<Area> PreviousDegraded { get; } = Column.Area(
        "previous_degraded_km2", "Degraded by status in that report.");

    public static Column<Ratio> ProjectedFromPrevious { get; } = Column.Exact(
        "projected_from_previous_km2", "In the target year on the line from that report to the latest.");

    /// <summary>
    /// Per zone and reporting period a row a land type, then land without a type, then the verdict over all types with the net
    /// sum.
    /// </summary>
    public static ResultTable Neutrality(RunStatistics run, LandTypes? types)
    {
        var table = Columns.Table("neutrality", "Land degradation neutrality by land type",
        [
            Columns.ZoneId, Columns.ZoneKind,
            Columns.Period.Meaning("report_1, …; baseline where the run has no reporting period."),
            Columns.LandType.Meaning("Code of the land type, of several layers joined by /; untyped; all."), Columns.Gains,
            Columns.Losses, Columns.Delta,
            Verdict, Columns.Land.Meaning("Its land, water of either initial year left out."),
            Columns.NoData.Meaning("Of which without a status."), Columns.LandTypeName, Columns.Basis,
        ]);
        for (int z = 0; z < run.Zones.Count; z++)
        {
            if (run.Job.Periods.Count > 1)
                continue;
            table.Add(
            [
                .. Columns.Of(run.Zones[z]), .. Columns.Of(run.Job, 0), Columns.LandType.Is(All), Columns.Gains.IsEmpty(),
                Columns.Losses.IsEmpty(), Columns.Delta.IsEmpty(), Verdict.Is(NotAssessable), Columns.Land.IsEmpty(),
                Columns.NoData.IsEmpty(),
                Columns.LandTypeName.Is(""), Columns.Basis.IsEmpty(),
            ]);
        }

        for (int p = 1; p < run.Job.Periods.Count; p++)
            if (LandTypeBalances.Of(run, types, p) is { } balances)
                for (int z = 0; z < run.Zones.Count; z++)
                    AddZone(
                        table, [.. Columns.Of(run.Zones[z]), .. Columns.Of(run.Job, p)], balances, z,
                        IsOfSeveralCountries(run, run.Zones[z]));
        run.SortByZone(table);
        return table;
    }

    /// <summary>
    /// Degraded area of each land type in the target year, if it goes on as from the baseline to the latest period.
    /// </summary>
    public static ResultTable Projection(RunStatistics run, LandTypes? types, int? targetYear)
    {
        var table = Columns.Table("projection", "Degraded land projected to the target year",
        [
            Columns.ZoneId, Columns.ZoneKind, Columns.LandType, Columns.BaselineYear, BaselineDegraded, Columns.LatestYear,
            LatestDegraded,
            TargetYear, Projected, Shortfall, Columns.LandTypeName, OutOfRange, PreviousYear, PreviousDegraded,
            ProjectedFromPrevious,
        ]);
        int latest = run.Job.Periods.Count - 1;
        if (
            latest < 1 || targetYear is not { } target || run.Job.Periods[0].FinalYear is not { } from
                || run.Job.Periods[latest].FinalYear is not { } to)
            return table;
        LandTypeBalances? balances = LandTypeBalances.Of(run, types, latest);
        int? previousYear = latest > 1 ? run.Job.Periods[latest - 1].FinalYear : null;
        LandTypeBalances? previous = previousYear is null ? null : LandTypeBalances.Of(run, types, latest - 1);
        for (int z = 0; z < run.Zones.Count; z++)
        {
            SummaryZone zone = run.Zones[z];
            PeriodFigures[] figures = run.FiguresOf(z);
            void Add(string type, string name, Area before, Area now, Area land, Area? last)
            {
                Ratio? projected = Subjects.Projection.At(new DatedFigure(from, before), new DatedFigure(to, now), target);
                table.Add(
                [
                    .. Columns.Of(zone), Columns.LandType.Is(type), Columns.BaselineYear.Is(from), BaselineDegraded.Is(before),
                    Columns.LatestYear.Is(to), LatestDegraded.Is(now), TargetYear.Is(target), Projected.Is(projected),
                    Shortfall.Is(projected is { } value ? Subjects.Projection.Shortfall(value, before) : null),
                    Columns.LandTypeName.Is(name),
                    OutOfRange.Is(
                        projected is not { } figure ? "" : figure < 0 ? "below_zero" : figure > land ? "above_land" : ""),
                    PreviousYear.Is(last is null ? null : previousYear), PreviousDegraded.Is(last), ProjectedFromPrevious.Is(
                        last is { } report
                            && previousYear is { } year ? Subjects.Projection.At(new(year, report), new(to, now), target) : null),
                ]);
            }

            foreach ((LandType type, LandTypeFigures f) in balances?.Types(z) ?? [])
            {
                Add(
                    type.Id, type.Name == type.Id ? "" : type.Name, f.BaselineDegraded, f.Degraded, f.Balance.Land,
                    previous?.Figures(z, type)?.Degraded);
            }

            if (balances?.Untyped(z) is { } untyped && untyped.Balance.Land > Area.Zero)
                Add(Untyped, "", untyped.BaselineDegraded, untyped.Degraded, untyped.Balance.Land, previous?.Untyped(z).Degraded);
            Area? reported = previousYear is null ? null : figures[latest - 1].StatusCondition(0, Condition.Degraded).Area;
            Add(
                All, "", figures[0].Condition(0, Condition.Degraded).Area,
                figures[latest].StatusCondition(0, Condition.Degraded).Area, figures[latest].StatusLand.Area, reported);
        }

        return table;
    }

    private static void AddZone(ResultTable table, Cell[] keys, LandTypeBalances balances, int z, bool silent)
    {
        void Add(string type, Balance b, NeutralityVerdict? verdict, string name) => table.Add(
        [
            .. keys, Columns.LandType.Is(type), Columns.Gains.Is(b.Gains), Columns.Losses.Is(b.Losses), Columns.Delta.Is(b.Delta),
            Verdict.Is(silent || verdict is not { } v ? "" : Name(v)), Columns.Land.Is(b.Land), Columns.NoData.Is(b.NoData),
            Columns.LandTypeName.Is(name), Columns.ByStatus,
        ]);
        foreach ((LandType type, LandTypeFigures figures) in balances.Types(z))
            Add(type.Id, figures.Balance, figures.Balance.Verdict, type.Name == type.Id ? "" : type.Name);
        if (balances.Untyped(z).Balance.Land > Area.Zero)
            Add(Untyped, balances.Untyped(z).Balance, null, "");
        Add(All, balances.All(z).Balance, balances.Verdict(z), "");
    }

    /// <summary>One country's loss is not paid for by another's gain: such a group has sums and no verdict.</summary>
    internal static bool IsOfSeveralCountries(RunStatistics run, SummaryZone group) => group.Kind == "group" && run.Zones
        .Where(z => z.Kind == "zone" && M49.IsCountry(z.Id) && z.Members.All(group.Members.Contains)).Skip(1).Any();

    internal static string Name(NeutralityVerdict verdict) => verdict switch
    {
        NeutralityVerdict.Neutral => Neutral,
        NeutralityVerdict.NotNeutral => NotNeutral,
        NeutralityVerdict.Open => Open,
        _ => NotAssessable,
    };
}
