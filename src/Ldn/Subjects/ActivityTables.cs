using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>
/// Activities by themselves, by stakeholder and by type (method §10). Overlapping activities are each counted on their own; a stakeholder or a type is the
/// union of its activities, so that no land is counted twice.
/// </summary>
public static class ActivityTables
{
    /// <summary>The word for what the layer does not tell.</summary>
    public const string Unspecified = "unspecified";

    private static readonly Column[] s_figures =
    [
        new("zone_id", ColumnType.Text, "Zone or group that holds land of the activities."),
        new("zone_kind", ColumnType.Text, "zone or group."),
        new("period", ColumnType.Text, "baseline, report_1, …"),
        new("part", ColumnType.Text, "inside; or surroundings: the rest of the zone, or the ring, without any activity."),
        new("land_km2", ColumnType.Area, "Land without water, no data included."),
        new("degraded_km2", ColumnType.Area, "By condition in the baseline, by status afterwards."),
        new("stable_km2", ColumnType.Area, "Likewise."),
        new("improved_km2", ColumnType.Area, "Likewise."),
        new("no_data_km2", ColumnType.Area, "Likewise."),
        new("gains_km2", ColumnType.Area, "Recent and persistent improvement."),
        new("losses_km2", ColumnType.Area, "Recent and persistent degradation."),
        new("degraded_pct_of_land", ColumnType.Percent, "Degraded share of the land."),
        new("improved_pct_of_land", ColumnType.Percent, "Improved share of the land."),
        new("soc_area_km2", ColumnType.Area, "Land where the soil carbon stocks of both ends of the period are known."),
        new("soc_change_t", ColumnType.Number, "Change of the stock there over the period, t C."),
        new("soc_change_t_co2e", ColumnType.Number, "The same in t of carbon dioxide (× 44/12); above 0 is carbon taken up."),
        new("soc_change_t_per_ha", ColumnType.Number, "Change of the density, t C/ha."),
    ];

    public static IEnumerable<ResultTable> All(RunStatistics run)
    {
        IReadOnlyList<Activity> activities = run.Activities;
        var places = new ActivityPlaces(run.Places, activities);
        yield return Table(
            run, places, "activities", "Activities",
            [
                new("activity_id", ColumnType.Text, "Activity."), new("activity_name", ColumnType.Text, "Its name."), new("stakeholder", ColumnType.Text, "Who carries it out."),
                new("type", ColumnType.Text, "What kind it is."), new("start_year", ColumnType.Integer, "When it began."),
            ],
            [.. activities.Select((a, i) => (new object?[] { a.Id, a.Name, Word(a.Stakeholder), Word(a.Type), (long?)a.StartYear }, (int[])[i]))]);
        yield return Union(run, places, "stakeholder", "Activities by stakeholder", a => Word(a.Stakeholder));
        yield return Union(run, places, "type", "Activities by type", a => Word(a.Type));
    }

    /// <summary>
    /// Area of the union of the activities of a type per zone, water included; null where no activity is of that type. For targets.
    /// </summary>
    public static Int128[]? AreaOfType(RunStatistics run, string type)
    {
        HashSet<int> members = [.. run.Activities.Where(a => Word(a.Type) == type).Select(a => a.Member)];
        if (members.Count == 0)
            return null;
        var areas = new Int128[run.Zones.Count];
        bool[] inside = [.. Enumerable.Range(0, run.Places.Count).Select(place => run.Places.Members(place).ToArray().Any(members.Contains))];
        foreach ((_, _, TallyRow row) in run.Outcomes(0, run.Tables))
            if (inside[row.Place])
                foreach (int zone in run.ZonesOf(row))
                    areas[zone] += (Int128)row.Area;
        return areas;
    }

    /// <summary>Cells of <see cref="FigureColumns"/> by period and activity, inside or around it, over all zones together.</summary>
    public static object?[][][] Whole(RunStatistics run, bool around)
    {
        var places = new ActivityPlaces(run.Places, run.Activities);
        var cells = new object?[run.Job.Periods.Count][][];
        for (int p = 0; p < cells.Length; p++)
        {
            ActivityFigures[] figures = [.. run.Activities.Select(_ => new ActivityFigures())];
            Visit(run, p, (row, add) =>
            {
                foreach (int activity in around ? places.Around(row.Place) : places.Inside(row.Place))
                    add(figures[activity]);
            });
            cells[p] = [.. figures.Select(f => Cells(run, p, f))];
        }

        return cells;
    }

    private static string Word(string text) => text.Length == 0 ? Unspecified : text;

    private static ResultTable Union(RunStatistics run, ActivityPlaces places, string what, string title, Func<Activity, string> key) => Table(
        run, places, $"activities_by_{what}", title,
        [new(what, ColumnType.Text, "Of the activities."), new("activities", ColumnType.Integer, "How many there are.")],
        [
            .. run.Activities.Select((a, i) => (Key: key(a), Index: i)).GroupBy(a => a.Key).OrderBy(g => g.Key, StringComparer.Ordinal)
                .Select(g => (new object?[] { g.Key, (long)g.Count() }, g.Select(a => a.Index).ToArray())),
        ]);

    private static ResultTable Table(
        RunStatistics run, ActivityPlaces places, string name, string title, Column[] keys, IReadOnlyList<(object?[] Cells, int[] Activities)> unions)
    {
        var table = new ResultTable(name, title, [.. keys, .. s_figures]);
        int[] unionOf = new int[run.Activities.Count];
        for (int u = 0; u < unions.Count; u++)
            foreach (int activity in unions[u].Activities)
                unionOf[activity] = u;
        int[][] Unions(Func<int, int[]> activities) => [.. Enumerable.Range(0, run.Places.Count).Select(place => activities(place).Select(a => unionOf[a]).Distinct().ToArray())];
        int[][] inside = Unions(places.Inside), around = Unions(places.Around);
        var lands = new SortedDictionary<(int Union, int Zone, int Period), (ActivityFigures Inside, ActivityFigures Around)>();
        for (int p = 0; p < run.Job.Periods.Count; p++)
        {
            ActivityFigures[] rest = [.. run.Zones.Select(_ => new ActivityFigures())];
            (ActivityFigures Inside, ActivityFigures Around) Land(int union, int zone) => lands.TryGetValue((union, zone, p), out var land) ? land
                : lands[(union, zone, p)] = (new ActivityFigures(), places.HasRings ? new ActivityFigures() : rest[zone]);
            Visit(run, p, (row, add) =>
            {
                foreach (int zone in run.ZonesOf(row))
                {
                    foreach (int union in inside[row.Place])
                        add(Land(union, zone).Inside);
                    foreach (int union in around[row.Place])
                        add(Land(union, zone).Around);
                    if (places.Inside(row.Place).Length == 0)
                        add(rest[zone]);
                }
            });
        }

        var touched = new HashSet<(int Union, int Zone)>();
        for (int place = 0; place < inside.Length; place++)
            foreach (int union in inside[place])
                foreach (int zone in run.ZonesOf(place))
                    touched.Add((union, zone));
        foreach (((int union, int zone, int period), (ActivityFigures within, ActivityFigures beside)) in lands)
        {
            // A ring may reach into a zone that the activity itself does not touch.
            if (!touched.Contains((union, zone)))
                continue;
            AddRow(table, run, unions[union].Cells, zone, period, "inside", within);
            AddRow(table, run, unions[union].Cells, zone, period, "surroundings", beside);
        }

        return table;
    }

    /// <summary>Goes through the rows of a period: those of the conditions, then those of soil carbon.</summary>
    private static void Visit(RunStatistics run, int period, Action<TallyRow, Action<ActivityFigures>> visit)
    {
        foreach ((Outcome baseline, Outcome outcome, TallyRow row) in run.Outcomes(period, run.Tables))
            visit(row, figures => figures.Add(baseline, outcome, period == 0, run.Job.Rules.Status, RunStatistics.AmountOf(row)));
        if (run.Answer(Questions.CarbonChange(run.Job.Periods[period].Id)) is not { } carbon)
            return;
        foreach (TallyRow row in carbon.Rows)
            if (!new ConditionPair((byte)carbon.Code(row, 0)).PeriodWater)
                visit(row, figures => figures.AddCarbon(row));
    }

    private static void AddRow(ResultTable table, RunStatistics run, object?[] keys, int zone, int period, string part, ActivityFigures figures) => table.Add(
        [.. keys, run.Zones[zone].Id, run.Zones[zone].Kind, run.Job.Periods[period].Id, part, .. Cells(run, period, figures)]);

    /// <summary>The figures as cells of the table; soil carbon is empty where no stocks are compared.</summary>
    private static object?[] Cells(RunStatistics run, int period, ActivityFigures figures)
    {
        bool carbon = run.Answer(Questions.CarbonChange(run.Job.Periods[period].Id)) is not null;
        double change = (double)figures.CarbonChange * CarbonTables.TonnesPerUnit;
        return
        [
            figures.Land.Area, figures.Of(Condition.Degraded).Area, figures.Of(Condition.Stable).Area, figures.Of(Condition.Improved).Area, figures.Of(Condition.NoData).Area,
            period == 0 ? null : figures.Gains.Area, period == 0 ? null : figures.Losses.Area,
            figures.Of(Condition.Degraded).ShareOf(figures.Land), figures.Of(Condition.Improved).ShareOf(figures.Land),
            carbon ? figures.CarbonArea : null, carbon ? change : null, carbon ? change * CarbonTables.CarbonDioxide : null,
            carbon && figures.CarbonArea > 0 ? change / ((double)figures.CarbonArea / 1e10) : null,
        ];
    }

    /// <summary>The columns of <see cref="Cells"/>.</summary>
    public static IReadOnlyList<Column> FigureColumns => s_figures[4..];
}
