using System.Globalization;
using Ldn.Counting;
using Ldn.Indicator;
using Ldn.LandCover;

namespace Ldn.Tables;

/// <summary>crosstab_subindicators.csv, crosstab_status.csv, new_losses.csv and the land-cover transitions.</summary>
internal static class CrossTables
{
    public static Column<string> LpdName { get; } = Column.Text("lpd_name", "The same in words.");

    private static readonly Legend s_unccd = Legend.BuiltIn("unccd-7");
    private static readonly string[] s_lpd =
        ["no_data", "declining", "moderate_decline", "stressed", "stable", "increasing", "unclassified"];

    public static Column<long> Water { get; } = Column.Integer("water", "1 where the period's initial year is water.");

    public static Column<string> LandCover { get; } = Column.Text(
        "land_cover", "Condition before the water mask; empty when left out.");

    public static Column<string> Productivity { get; } = Column.Text("productivity", "Likewise.");

    public static Column<string> SoilCarbon { get; } = Column.Text("soil_organic_carbon", "Likewise.");

    public static Column<string> BaselineCondition { get; } = Column.Text("baseline_condition", "Condition in the baseline.");

    public static Column<string> PeriodCondition { get; } = Column.Text("period_condition", "Condition in the period.");

    public static Column<string> StatusClass { get; } = Column.Text("status", "Status class.");

    public static Column<string> Cause { get; } = Column.Text(
        "cause", "Sub-indicators degraded there in the period, separated by ;, or correction where none is.");

    public static Column<Ratio> ShareOfLosses { get; } = Column.Percent(
        "share_of_new_losses_pct", "Per cent of the land newly degraded since the baseline.");

    public static Column<string> TransitionCondition { get; } = Column.Text(
        "condition", "What the transition matrix of the place makes of it.");

    public static Column<long> Lpd { get; } = Column.Integer(
        "lpd", "1 declining, 2 moderate decline, 3 stressed, 4 stable, 5 increasing, 0 no data.");

    /// <summary>Every combination of sub-indicators that occurs, before the water mask and before corrections.</summary>
    public static ResultTable SubIndicators(RunStatistics run)
    {
        var table = Columns.Table("crosstab_subindicators", "Combinations of sub-indicators",
        [
            Columns.ZoneId, Columns.ZoneKind, Columns.Period, Water, LandCover, Productivity, SoilCarbon,
            Columns.Indicator.Meaning("One-out-all-out under the rules in force, or water."), Columns.Pixels, Columns.TrueArea,
            Columns.Basis,
        ]);
        bool[] used = [.. Enum.GetValues<SubIndicator>().Select(s => run.Job.SubIndicators.Contains(s))];
        return ByZoneAndPeriod(run, table, 0, (rows, zone, p) =>
        {
            var sums = new Dictionary<Outcome, Amount>();
            foreach ((_, Outcome outcome, TallyRow row) in run.OutcomesOf(zone, p, run.Tables, corrected: false))
                Add(sums, outcome, RunStatistics.AmountOf(row));
            foreach ((Outcome o, Amount amount) in sums.OrderBy(s => s.Key.Water)
                .ThenBy(s => s.Key.LandCover).ThenBy(s => s.Key.Productivity).ThenBy(s => s.Key.SoilCarbon))
            {
                rows.Add(
                [
                    .. Columns.Of(run.Zones[zone]), .. Columns.Of(run.Job, p), Water.Is(o.Water ? 1 : 0),
                    LandCover.Is(used[0] ? o.LandCover.Name() : null), Productivity.Is(used[1] ? o.Productivity.Name() : null),
                    SoilCarbon.Is(used[2] ? o.SoilCarbon.Name() : null),
                    Columns.Indicator.Is(o.Water ? "water" : o.Indicator.Name()),
                    .. Columns.Of(amount), Columns.ByCondition,
                ]);
            }
        });
    }

    /// <summary>
    /// Baseline condition × period condition → status, for the indicator and each sub-indicator; water of either left out.
    /// </summary>
    public static ResultTable Status(RunStatistics run)
    {
        var table = Columns.Table("crosstab_status", "Status matrix: baseline against period",
        [
            Columns.ZoneId, Columns.ZoneKind, Columns.Period.Meaning("Reporting period."),
            Columns.Indicator.Meaning("Indicator or sub-indicator."), BaselineCondition, PeriodCondition, StatusClass,
            Columns.Pixels,
            Columns.TrueArea, Columns.Basis,
        ]);
        return ByZoneAndPeriod(run, table, 1, (rows, zone, p) =>
        {
            var sums = new Dictionary<(int Layer, Condition Before, Condition Now), Amount>();
            foreach ((Outcome baseline, Outcome now, TallyRow row) in run.OutcomesOf(zone, p, run.Tables))
            {
                if (baseline.Water || now.Water)
                    continue;
                foreach (int layer in ConditionTables.LayersOf(run.Job))
                    Add(sums, (layer, Of(baseline, layer), Of(now, layer)), RunStatistics.AmountOf(row));
            }

            foreach (((int layer, Condition before, Condition now), Amount amount) in sums.OrderBy(s => s.Key))
            {
                rows.Add(
                [
                    .. Columns.Of(run.Zones[zone]), .. Columns.Of(run.Job, p),
                    Columns.Indicator.Is(ConditionTables.LayerName(layer)),
                    BaselineCondition.Is(before.Name()), PeriodCondition.Is(now.Name()),
                    StatusClass.Is(StatusLaw.Of(before, now, run.Job.Rules.Status).Name()), .. Columns.Of(amount),
                    Columns.ByStatus,
                ]);
            }
        });
    }

    /// <summary>
    /// Land newly degraded since the baseline (status 2) by the sub-indicators that are degraded there in the period: which of
    /// them weighs in the new losses. Where several are, none of them is the cause alone.
    /// </summary>
    public static ResultTable NewLosses(RunStatistics run)
    {
        var table = Columns.Table("new_losses", "Land newly degraded, by sub-indicator",
        [
            Columns.ZoneId, Columns.ZoneKind, Columns.Period.Meaning("Reporting period."), Cause, Columns.Pixels,
            Columns.TrueArea, ShareOfLosses, Columns.Basis,
        ]);
        return ByZoneAndPeriod(run, table, 1, (rows, zone, p) =>
        {
            var sums = new Dictionary<int, Amount>();
            foreach ((Outcome baseline, Outcome now, TallyRow row) in run.OutcomesOf(zone, p, run.Tables))
            {
                if (!baseline.Water && !now.Water && StatusLaw.Of(baseline.Indicator, now.Indicator, run.Job.Rules.Status)
                    == Indicator.Status.RecentDegradation)
                {
                    int causes = run.Job.SubIndicators.Where(s => now.Of(s) == Condition.Degraded).Sum(s => 1 << (int)s);
                    Add(sums, causes, RunStatistics.AmountOf(row));
                }
            }

            Area all = Area.Sum(sums.Values.Select(a => a.Area));
            foreach ((int causes, Amount amount) in sums.OrderBy(s => s.Key))
                rows.Add(
                [
                    .. Columns.Of(run.Zones[zone]), .. Columns.Of(run.Job, p),
                    Cause.Is(causes == 0 ? "correction" : string.Join(
                        ';', run.Job.SubIndicators.Where(s => (causes >> (int)s & 1) != 0).Select(s => s.Name()))),
                    .. Columns.Of(amount), ShareOfLosses.Is(amount.Area.PercentOf(all)), Columns.ByStatus,
                ]);
        });
    }

    /// <summary>Land-cover transitions in legend codes, or nested in the 7 classes of the UNCCD.</summary>
    public static ResultTable Transitions(RunStatistics run, bool unccd7)
    {
        var table = Columns.Table(
            unccd7 ? "land_cover_transitions_unccd7" : "land_cover_transitions",
            unccd7 ? "Land-cover transitions, UNCCD classes" : "Land-cover transitions",
        [
            Columns.ZoneId, Columns.Period, Columns.FromClass, Columns.ToClass,
            Columns.Pixels.Meaning("Cells of the run's grid, initial water included."), Columns.TrueArea, TransitionCondition,
            Columns.FromClassName, Columns.ToClassName, Columns.Basis,
        ]);
        Legend legend = run.Legend ?? throw new InvalidOperationException("no land cover in this run");
        byte[] nesting = legend.UnccdTable();
        int Class(byte index) => unccd7 ? nesting[index] : index;
        string Code(int index) => index == 0
            ? "no_data"
            : (unccd7 ? index : legend.ClassAt(index).Code).ToString(CultureInfo.InvariantCulture);
        string Name(int index) => ClassName(unccd7 ? s_unccd : legend, index);
        return ByZoneAndPeriod(run, table, 0, (rows, zone, p) =>
        {
            var sums = new Dictionary<(int From, int To, Condition Condition), Amount>();
            foreach (TallyRow row in run.RowsOf(zone, run.Result.Transitions[p]))
                Add(
                    sums, (Class(row.Plane(0)), Class(row.Plane(1)), Evidence.LandCover(row.Plane(2))),
                    RunStatistics.AmountOf(row));
            foreach (((int from, int to, Condition condition), Amount amount) in sums.OrderBy(s => s.Key))
            {
                rows.Add(
                [
                    .. Columns.Of(run.Zones[zone]), .. Columns.Of(run.Job, p), Columns.FromClass.Is(Code(from)),
                    Columns.ToClass.Is(Code(to)),
                    .. Columns.Of(amount), TransitionCondition.Is(condition.Name()), Columns.FromClassName.Is(Name(from)),
                    Columns.ToClassName.Is(Name(to)), Columns.ByCondition,
                ]);
            }
        });
    }

    /// <summary>
    /// Land-cover change between the baseline's last year and a period's first, which no period counts (method §7).
    /// </summary>
    public static ResultTable Gaps(RunStatistics run)
    {
        var table = Columns.Table("land_cover_between_periods", "Land-cover change between periods, counted in none",
        [
            Columns.ZoneId, Columns.FromYear.Meaning("Last year of the baseline."),
            Columns.ToYear.Meaning("First year of the reporting period."),
            Columns.FromClass.Meaning("Legend code before, or no_data."),
            Columns.ToClass.Meaning("Legend code after, or no_data."),
            Columns.Pixels.Meaning("Cells of the run's grid that changed."),
            Columns.TrueArea, Columns.FromClassName, Columns.ToClassName,
        ]);
        string Code(byte index) => index == 0
            ? "no_data"
            : run.Legend!.ClassAt(index).Code.ToString(CultureInfo.InvariantCulture);
        return ByZone(run, table, 0, run.Gaps.Count, (rows, zone, g) =>
        {
            var sums = new Dictionary<(byte From, byte To), Amount>();
            foreach (TallyRow row in run.RowsOf(zone, run.Result.Gaps[g]).Where(r => r.Plane(0) != r.Plane(1)))
                Add(sums, (row.Plane(0), row.Plane(1)), RunStatistics.AmountOf(row));
            foreach (((byte from, byte to), Amount amount) in sums.OrderBy(s => s.Key))
            {
                rows.Add(
                [
                    .. Columns.Of(run.Zones[zone]), Columns.FromYear.Is(run.Gaps[g].From), Columns.ToYear.Is(run.Gaps[g].To),
                    Columns.FromClass.Is(Code(from)), Columns.ToClass.Is(Code(to)), .. Columns.Of(amount),
                    Columns.FromClassName.Is(ClassName(run.Legend!, from)), Columns.ToClassName.Is(ClassName(run.Legend!, to)),
                ]);
            }
        });
    }

    /// <summary>LPD classes by land-cover transition in UNCCD classes; initial water left out.</summary>
    public static ResultTable LpdByTransition(RunStatistics run, byte[] lpdClasses)
    {
        var table = Columns.Table("lpd_by_transition", "Land productivity dynamics by land-cover transition",
        [
            Columns.ZoneId, Columns.ZoneKind, Columns.Period,
            Columns.FromClass.Meaning("UNCCD class in the initial year, or no_data."),
            Columns.ToClass.Meaning("UNCCD class in the final year, or no_data."), Lpd, Columns.Pixels, Columns.TrueArea,
            Columns.FromClassName, Columns.ToClassName, LpdName,
        ]);
        byte[] nesting = run.Legend!.UnccdTable();
        string Code(int c) => c == 0 ? "no_data" : c.ToString(CultureInfo.InvariantCulture);
        return ByZoneAndPeriod(run, table, 0, (rows, zone, p) =>
        {
            var sums = new Dictionary<(int From, int To, int Lpd), Amount>();
            foreach (TallyRow row in run.RowsOf(zone, run.Result.Transitions[p]).Where(r => !Evidence.Water(r.Plane(2))))
                Add(
                    sums, (nesting[row.Plane(0)], nesting[row.Plane(1)], lpdClasses[Evidence.Productivity(row.Plane(2))]),
                    RunStatistics.AmountOf(row));
            foreach (((int from, int to, int lpd), Amount amount) in sums.OrderBy(s => s.Key))
            {
                rows.Add(
                [
                    .. Columns.Of(run.Zones[zone]), .. Columns.Of(run.Job, p), Columns.FromClass.Is(Code(from)),
                    Columns.ToClass.Is(Code(to)),
                    Lpd.Is(lpd), .. Columns.Of(amount), Columns.FromClassName.Is(ClassName(s_unccd, from)),
                    Columns.ToClassName.Is(ClassName(s_unccd, to)), LpdName.Is(s_lpd[lpd]),
                ]);
            }
        });
    }

    /// <summary>The name of a class by its place in a legend, 0 for no data.</summary>
    internal static string ClassName(Legend legend, int index) => index == 0 ? "no_data" : legend.ClassAt(index).Name;

    internal static void Add<TKey>(Dictionary<TKey, Amount> sums, TKey key, Amount amount)
        where TKey : notnull =>
        sums[key] = sums.GetValueOrDefault(key) + amount;

    /// <summary>Leaves a table to be made zone by zone, and of each zone period by period from the first that has rows.</summary>
    private static ResultTable ByZoneAndPeriod(
        RunStatistics run, ResultTable table, int first, Action<ResultTable, int, int> add) =>
        ByZone(run, table, first, run.Job.Periods.Count, add);

    private static ResultTable ByZone(
        RunStatistics run, ResultTable table, int first, int end, Action<ResultTable, int, int> add) =>
        table.MadeBy(run.Zones.Count, (rows, zone) =>
        {
            for (int i = first; i < end; i++)
                add(rows, zone, i);
        });

    private static Condition Of(Outcome outcome, int layer) => Layers.Sub(layer) is { } sub ? outcome.Of(sub) : outcome.Indicator;
}
