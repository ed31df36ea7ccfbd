using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Questions;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Subjects;

/// <summary>
/// Activities by themselves, by stakeholder and by type (method §10). Overlapping activities are each counted on their own; a
/// stakeholder or a type is the union of its activities, so that no land is counted twice.
/// </summary>
internal static class ActivityTables
{
    /// <summary>The word for what the layer does not tell.</summary>
    public const string Unspecified = "unspecified";

    public static Column<string> ActivityId { get; } = Column.Text("activity_id", "Activity.");

    public static Column<string> ActivityName { get; } = Column.Text("activity_name", "Its name.");

    public static Column<string> Stakeholder { get; } = Column.Text("stakeholder", "Who carries it out.");

    public static Column<string> Type { get; } = Column.Text("type", "What kind it is.");

    public static Column<long> StartYear { get; } = Column.Integer("start_year", "When it began.");

    public static Column<long> Number { get; } = Column.Integer("activities", "How many there are.");

    public static Column<string> Part { get; } = Column.Text(
        "part", "inside; or surroundings: the rest of the zone, or the ring, without any activity.");

    public static Column<Ratio> ImprovedOfLand { get; } = Column.Percent("improved_pct_of_land", "Improved share of the land.");

    /// <summary>The columns of <see cref="Cells"/>.</summary>
    public static IReadOnlyList<Column> FigureColumns { get; } =
    [
        Columns.Land, Columns.Degraded, Columns.Stable, Columns.Improved, Columns.NoData, Columns.Gains, Columns.Losses,
        Columns.DegradedOfLand.Meaning("Degraded share of the land."), ImprovedOfLand,
        Columns.SoilArea.Meaning("Land where the soil carbon stocks of both ends of the period are known."),
        Columns.SoilChange.Meaning("Change of the stock there over the period, t C."), Columns.SoilChangeCo2,
        Columns.SoilChangePerHectare,
    ];

    private static readonly Column[] s_figures =
    [
        Columns.ZoneId.Meaning("Zone or group that holds land of the activities."), Columns.ZoneKind, Columns.Period, Part,
        .. FigureColumns,
        Columns.Basis,
    ];

    public static IEnumerable<ResultTable> All(RunStatistics run, IReadOnlyList<Activity> activities)
    {
        var places = new ActivityPlaces(run.Places, activities);
        yield return Table(
            run, places, activities, "activities", "Activities",
            [ActivityId, ActivityName, Stakeholder, Type, StartYear],
            [.. activities.Select((a, i) => (Keys(a), (int[])[i]))]);
        yield return Union(run, places, activities, Stakeholder, "Activities by stakeholder", a => Word(a.Stakeholder));
        yield return Union(run, places, activities, Type, "Activities by type", a => Word(a.Type));
    }

    /// <summary>
    /// Area of the union of the activities of a type per zone, water included; null where no activity is of that type. For
    /// targets.
    /// </summary>
    public static Area[]? AreaOfType(RunStatistics run, IReadOnlyList<Activity> activities, string type)
    {
        HashSet<int> members = [.. activities.Where(a => Word(a.Type) == type).Select(a => a.Member)];
        if (members.Count == 0)
            return null;
        var areas = new Area[run.Zones.Count];
        bool[] inside = [
            .. Enumerable.Range(0, run.Places.Count).Select(place => run.Places.Members(place).ToArray().Any(members.Contains))];
        foreach ((_, _, TallyRow row) in run.Outcomes(0, run.Tables))
            if (inside[row.Place])
                foreach (int zone in run.ZonesOf(row))
                    areas[zone] += row.Area;
        return areas;
    }

    /// <summary>
    /// Cells of <see cref="FigureColumns"/> by period and activity, inside or around it, over all zones together.
    /// </summary>
    public static Cell[][][] Whole(RunStatistics run, IReadOnlyList<Activity> activities, bool around)
    {
        var places = new ActivityPlaces(run.Places, activities);
        var cells = new Cell[run.Job.Periods.Count][][];
        for (int p = 0; p < cells.Length; p++)
        {
            ActivityFigures[] figures = [.. activities.Select(_ => new ActivityFigures())];
            Visit(run, p, (row, add) =>
            {
                foreach (int activity in around ? places.Around(row.Place) : places.Inside(row.Place))
                    add(figures[activity]);
            });
            cells[p] = [.. figures.Select(f => Cells(run, p, f))];
        }

        return cells;
    }

    private static Cell[] Keys(Activity a) =>
    [
        ActivityId.Is(a.Id), ActivityName.Is(a.Name), Stakeholder.Is(Word(a.Stakeholder)), Type.Is(Word(a.Type)),
        StartYear.Is(a.StartYear),
    ];

    private static string Word(string text) => text.Length == 0 ? Unspecified : text;

    private static ResultTable Union(
        RunStatistics run, ActivityPlaces places, IReadOnlyList<Activity> activities, Column<string> what, string title,
        Func<Activity, string> key) => Table(
        run, places, activities, $"activities_by_{what.Name}", title, [what.Meaning("Of the activities."), Number],
        [
            .. activities.Select((a, i) => (Key: key(a), Index: i)).GroupBy(a => a.Key).OrderBy(
                g => g.Key, StringComparer.Ordinal)
                .Select(g => (new[] { what.Is(g.Key), Number.Is(g.Count()) }, g.Select(a => a.Index).ToArray())),
        ]);

    private static ResultTable Table(
        RunStatistics run, ActivityPlaces places, IReadOnlyList<Activity> all, string name, string title, Column[] keys,
        IReadOnlyList<(Cell[] Cells, int[] Activities)> unions)
    {
        var table = Columns.Table(name, title, [.. keys, .. s_figures]);
        int[] unionOf = new int[all.Count];
        for (int u = 0; u < unions.Count; u++)
            foreach (int activity in unions[u].Activities)
                unionOf[activity] = u;
        int[][] Unions(Func<int, int[]> activities) => [
            .. Enumerable.Range(0, run.Places.Count)
                .Select(place => activities(place).Select(a => unionOf[a]).Distinct().ToArray())];
        int[][] inside = Unions(places.Inside), around = Unions(places.Around);
        var lands = new SortedDictionary<(int Union, int Zone, int Period), (ActivityFigures Inside, ActivityFigures Around)>();
        for (int p = 0; p < run.Job.Periods.Count; p++)
        {
            ActivityFigures[] rest = [.. run.Zones.Select(_ => new ActivityFigures())];
            (
                ActivityFigures Inside,
                ActivityFigures Around) Land(int union, int zone) => lands.TryGetValue((union, zone, p), out var land) ? land
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
        if (run.Answer(ClimateInquiry.Question(run.Job.Periods[period].Id)) is not { } carbon)
            return;
        foreach (TallyRow row in carbon.Rows)
            if (!new ConditionPair((byte)carbon.Code(row, 0)).PeriodWater)
                visit(row, figures => figures.AddCarbon(row));
    }

    private static void AddRow(
        ResultTable table, RunStatistics run, Cell[] keys, int zone, int period, string part,
        ActivityFigures figures) => table.Add(
        [.. keys, .. Columns.Of(run.Zones[zone]), .. Columns.Of(run.Job, period), Part.Is(part), .. Cells(run, period, figures),
            Columns.AsReported(period)]);

    /// <summary>The figures as cells of the table; soil carbon is empty where no stocks are compared.</summary>
    private static Cell[] Cells(RunStatistics run, int period, ActivityFigures figures)
    {
        bool carbon = run.Answer(ClimateInquiry.Question(run.Job.Periods[period].Id)) is not null;
        double change = (double)figures.CarbonChange * CarbonTables.TonnesPerUnit;
        return
        [
            Columns.Land.Is(figures.Land.Area), .. Columns.Of(c => figures.Of(c).Area),
            Columns.Gains.Is(period == 0 ? null : figures.Gains.Area),
            Columns.Losses.Is(period == 0 ? null : figures.Losses.Area),
            Columns.DegradedOfLand.Is(figures.Of(Condition.Degraded).ShareOf(figures.Land)),
            ImprovedOfLand.Is(figures.Of(Condition.Improved).ShareOf(figures.Land)),
            Columns.SoilArea.Is(carbon ? figures.CarbonArea : null), Columns.SoilChange.Is(carbon ? change : null),
            Columns.SoilChangeCo2.Is(carbon ? change * CarbonTables.CarbonDioxide : null),
            Columns.SoilChangePerHectare.Is(carbon && !figures.CarbonArea.IsZero ? change / figures.CarbonArea.Hectares : null),
        ];
    }
}

/// <summary>
/// Figures of one piece of land in one period: areas by condition (in the baseline) or status (after it) without water, gains and
/// losses, soil carbon.
/// </summary>
internal sealed class ActivityFigures
{
    private readonly Amount[] _areas = new Amount[4];

    public Amount Gains { get; private set; }

    public Amount Losses { get; private set; }

    /// <summary>Where the stocks of both ends of the period are known.</summary>
    public Area CarbonArea { get; private set; }

    /// <summary>Change of the stock there, in fixed point (<see cref="CarbonTables.TonnesPerUnit"/>).</summary>
    public Int128 CarbonChange { get; private set; }

    public Amount Of(Condition condition) => _areas[(int)condition];

    public Amount Land => _areas.Aggregate(Amount.Add);

    /// <summary>Adds a row of the conditions; water of the baseline or the period is no land.</summary>
    public void Add(Outcome baseline, Outcome outcome, bool isBaseline, StatusRule rule, Amount amount)
    {
        if (baseline.Water || outcome.Water)
            return;
        if (isBaseline)
        {
            _areas[(int)outcome.Indicator] += amount;
            return;
        }

        Status status = StatusLaw.Of(baseline.Indicator, outcome.Indicator, rule);
        _areas[(int)status.ThreeClass()] += amount;
        if (Counterbalance.IsGain(status))
            Gains += amount;
        else if (Counterbalance.IsLoss(status))
            Losses += amount;
    }

    /// <summary>Adds a row of <see cref="StockChangeSum"/>.</summary>
    public void AddCarbon(TallyRow row)
    {
        ReadOnlySpan<Int128> sums = row.Sums.Span;
        CarbonChange += sums[1] - sums[0];
        CarbonArea += new Area(sums[2]);
    }
}

/// <summary>
/// Which activities hold each place, and which rings. Land of any activity is in nobody's surroundings (method §10).
/// </summary>
internal sealed class ActivityPlaces
{
    private readonly int[][] _inside;
    private readonly int[][] _around;

    public ActivityPlaces(PlaceIndex places, IReadOnlyList<Activity> activities)
    {
        Dictionary<int, int> ofMember = activities.Select((a, i) => (a.Member, i)).ToDictionary(a => a.Member, a => a.i);
        Dictionary<int,
        int> ofRing = activities.Select((a, i) => (a.RingMember, i)).Where(a => a.RingMember >= 0)
            .ToDictionary(a => a.RingMember, a => a.i);
        HasRings = ofRing.Count > 0;
        (_inside, _around) = (new int[places.Count][], new int[places.Count][]);
        for (int place = 0; place < places.Count; place++)
        {
            int[] members = places.Members(place).ToArray();
            _inside[place] = Among(members, ofMember);
            _around[place] = _inside[place].Length > 0 ? [] : Among(members, ofRing);
        }
    }

    /// <summary>Whether surroundings are rings; otherwise they are the rest of the zone.</summary>
    public bool HasRings { get; }

    /// <summary>Indices of the activities that hold a place.</summary>
    public int[] Inside(int place) => _inside[place];

    /// <summary>Indices of the activities whose rings hold a place that no activity does.</summary>
    public int[] Around(int place) => _around[place];

    private static int[] Among(int[] members, Dictionary<int, int> known) =>
        members.Length == 0 || known.Count == 0 ? [] : [.. members.Where(known.ContainsKey).Select(m => known[m])];
}
