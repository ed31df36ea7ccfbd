using Ldn.Tables;

namespace Ldn.Reports.Page;

/// <summary>A zone or group of the page: id, name, kind.</summary>
internal sealed record Subject(string Id, string Name, string Kind)
{
    public bool IsGroup => Kind == "group";
}

/// <summary>The figures of a document, found by zone, period and class instead of by row.</summary>
internal sealed class Figures
{
    /// <summary>What land consists of in the sensitivity table; the degraded part first.</summary>
    private static readonly string[] s_landColumns = ["degraded_km2", "stable_km2", "improved_km2", "no_data_km2"];

    private readonly Dictionary<(string Zone, string Period), object?[]> _headline = [];
    private readonly Dictionary<(string Zone, string Period, string Indicator), List<object?[]>> _summary = [];
    private readonly ILookup<(string, string), object?[]> _transitions;
    private readonly ILookup<(string, string), object?[]> _sensitivity;
    private readonly ResultTable? _headlineTable;
    private readonly ResultTable? _transitionTable;
    private readonly ResultTable? _sensitivityTable;
    private readonly RunDocument _document;

    public Figures(RunDocument document)
    {
        _document = document;
        _headlineTable = document.Table("headline");
        foreach (object?[] row in _headlineTable?.Rows ?? [])
            _headline[((string)row[0]!, (string)row[3]!)] = row;
        foreach (object?[] row in document.Table("summary")?.Rows ?? [])
        {
            var key = ((string)row[0]!, (string)row[3]!, (string)row[4]!);
            if (!_summary.TryGetValue(key, out List<object?[]>? rows))
                _summary[key] = rows = [];
            rows.Add(row);
        }

        _transitionTable = document.Table("land_cover_transitions_unccd7");
        _transitions = Lookup(_transitionTable);
        _sensitivityTable = document.Table("sensitivity");
        _sensitivity = Lookup(_sensitivityTable);
        Subject[] all = [.. (_headlineTable?.Rows ?? []).Select(r => new Subject((string)r[0]!, (string)r[1]!, (string)r[2]!)).Distinct()];
        Subjects = [.. all.Where(s => s.IsGroup), .. all.Where(s => !s.IsGroup)];
    }

    /// <summary>Groups first, then zones, each in the order of the run.</summary>
    public IReadOnlyList<Subject> Subjects { get; }

    public Int128? HeadlineArea(string zone, string period, string column) => Headline(zone, period, column) as Int128?;

    public double? HeadlineShare(string zone, string period, string column) => Headline(zone, period, column) as double?;

    /// <summary>Classes of an indicator with area and share of land, in the order of the table; water has no share and is left out.</summary>
    public IReadOnlyList<(string Class, Int128 Area, double Share)> Classes(string zone, string period, string indicator) =>
        [.. (_summary.GetValueOrDefault((zone, period, indicator)) ?? [])
            .Where(row => row[8] is double)
            .Select(row => ((string)row[5]!, (Int128)row[7]!, (double)row[8]!))];

    /// <summary>Transitions between UNCCD classes: codes or no_data, area, and condition.</summary>
    public IEnumerable<(string From, string To, Int128 Area, string Condition)> Transitions(string zone, string period)
    {
        if (_transitionTable is not { } table)
            yield break;
        int from = Index(table, "from_class"), to = Index(table, "to_class"), area = Index(table, "area_km2"), condition = Index(table, "condition");
        foreach (object?[] row in _transitions[(zone, period)])
            yield return ((string)row[from]!, (string)row[to]!, (Int128)row[area]!, (string?)row[condition] ?? "");
    }

    /// <summary>Degraded share of land under each alternative rule.</summary>
    public IEnumerable<(string Rule, string Option, double Share, Int128 Degraded)> Sensitivity(string zone, string period)
    {
        if (_sensitivityTable is not { } table)
            yield break;
        int rule = Index(table, "rule"), option = Index(table, "option");
        int[] areas = [.. s_landColumns.Select(c => Index(table, c))];
        foreach (object?[] row in _sensitivity[(zone, period)])
        {
            Int128 land = areas.Aggregate((Int128)0, (sum, c) => sum + (row[c] as Int128? ?? 0));
            Int128 degraded = row[areas[0]] as Int128? ?? 0;
            yield return ((string)row[rule]!, (string)row[option]!, Amount.Share(degraded, land) ?? 0, degraded);
        }
    }

    /// <summary>Density of soil carbon (t C/ha) by UNCCD class and year, of legend classes that share one together.</summary>
    public IEnumerable<(int Class, long Year, double Density)> Carbon(string zone) =>
        from row in Rows("soc_by_land_cover", "zone_id", zone)
        where row("unccd") is long && row("soc_area_km2") is Int128
        group row by (Class: (long)row("unccd")!, Year: (long)row("year")!) into rows
        let area = rows.Aggregate((Int128)0, (sum, row) => sum + (Int128)row("soc_area_km2")!)
        where area > 0
        orderby rows.Key
        select ((int)rows.Key.Class, rows.Key.Year, rows.Sum(row => (double)row("soc_t")!) / ((double)area / 1e10));

    /// <summary>Gains and losses of each land type; none where the run has no land types.</summary>
    public IEnumerable<Balance> Balances(string zone, string period) =>
        from row in Rows("neutrality", "zone_id", zone)
        where (string?)row("period") == period && row("delta_km2") is Int128
        select new Balance(
            (string)row("land_type")!, (string?)row("land_type_name") ?? "", (Int128)row("gains_km2")!, (Int128)row("losses_km2")!, (Int128)row("delta_km2")!,
            (string?)row("neutral") ?? "");

    /// <summary>Targets of a zone, in their order.</summary>
    public IEnumerable<TargetRow> Targets(string zone) =>
        from row in Rows("targets", "zone_id", zone)
        select new TargetRow(
            (string)row("id")!, (string?)row("text") ?? "", (string)row("metric")!, (string)row("comparator")!, row("value") as double?, row("year") as long?,
            row("baseline_year") as long?, row("baseline") as double?, row("latest_year") as long?, row("latest") as double?, (string)row("verdict")!, (string?)row("reason") ?? "");

    /// <summary>The rows of a table whose column has a value, each as a function from column name to cell; none where there is no such table.</summary>
    private IEnumerable<Func<string, object?>> Rows(string name, string column, string value)
    {
        if (_document.Table(name) is not { } table)
            yield break;
        int key = Index(table, column);
        foreach (object?[] row in table.Rows.Where(r => (string?)r[key] == value))
            yield return wanted => Index(table, wanted) is >= 0 and int index ? row[index] : null;
    }

    private object? Headline(string zone, string period, string column) =>
        _headline.TryGetValue((zone, period), out object?[]? row) && Index(_headlineTable!, column) is >= 0 and int index ? row[index] : null;

    private static ILookup<(string, string), object?[]> Lookup(ResultTable? table)
    {
        int zone = table is null ? -1 : Index(table, "zone_id"), period = table is null ? -1 : Index(table, "period");
        return (zone < 0 || period < 0 ? [] : table!.Rows).ToLookup(row => ((string)row[zone]!, (string)row[period]!));
    }

    private static int Index(ResultTable table, string column)
    {
        for (int c = 0; c < table.Columns.Count; c++)
            if (table.Columns[c].Name == column)
                return c;
        return -1;
    }
}
