using Ldn.Counting;
using Ldn.Indicator;
using Ldn.LandCover;
using Ldn.Tables;
using static Ldn.Reports.Workbook.PraisRows;

namespace Ldn.Reports.Workbook;

/// <summary>
/// A form of the platform, or a part of one, laid out as it looks there: its heads are words, its rows in the form's order.
/// </summary>
/// <param name="Name">Number of the form.</param>
/// <param name="Title">What it holds, in words.</param>
/// <param name="Heads">A head for each column of the table.</param>
/// <param name="Table">Its rows; columns bear the names of the files, by which cells are formatted.</param>
internal sealed record PraisForm(string Name, string Title, IReadOnlyList<string> Heads, ResultTable Table);

/// <summary>
/// Lays the tables of prais.json out as the platform shows them, for one country: years and classes across, words for codes.
/// </summary>
internal sealed class PraisForms
{
    private static readonly string[] s_covers = [
        "tree_covered", "grassland", "cropland", "wetland", "artificial", "other_land", "water_body", "no_data"];
    private static readonly string[] s_peopleInDrought = ["SO3-2.T1", "SO3-2.T2", "SO3-2.T3"];
    private static readonly string[] s_sexes = ["total", "female", "male"];
    private static readonly string[] s_droughts = ["none", "mild", "moderate", "severe", "extreme", "exposed"];
    private static readonly string[] s_conditions = ["degraded", "stable", "improved", "no_data"];
    private static readonly string[] s_own =
        ["SO1.subnational", "SO1-4.T3", "SO1-4.T4", "SO1-4.T5", "SO1-VT.T1", "SO1.IA.T1"];

    /// <summary>Columns whose values are words of the forms.</summary>
    private static readonly HashSet<string> s_worded = [
        "land_cover", "unccd", "from", "to", "source", "level", "form_period", "type"];

    private readonly PraisRows _rows;
    private readonly Texts _texts;

    public PraisForms(PraisRows rows, Texts texts)
    {
        (_rows, _texts) = (rows, texts);
        All = [.. Forms()];
    }

    /// <summary>Every form that the run fills, in the platform's order.</summary>
    public IReadOnlyList<PraisForm> All { get; }

    /// <summary>Years of a form for which another year's map stands, as "2022 (for 2023)".</summary>
    public string StandIns(string name)
    {
        if (_rows.Find(name) is not { } table)
            return "";
        int years = Index(table, "years");
        IEnumerable<string> told = years >= 0
            ? _rows.Of(table).SelectMany(r => ((string?)r[years] ?? "").Split("; "))
                .Where(y => y.Contains("(for", StringComparison.Ordinal))
            : _rows.Of(table).Select(r => StandIn(table, r)).OfType<string>();
        return string.Join("; ", told.Distinct().Select(Told));
    }

    /// <summary>Years as a table tells them, of some or of all sub-indicators, in words of the language.</summary>
    private string Told(string years) => Enum.GetValues<SubIndicator>().Aggregate(
        _texts.Years(years),
        (told, sub) => told.Replace(sub.Name().Replace('_', ' '), _texts.Indicator(sub.Name()), StringComparison.Ordinal));

    private string Say(string key) => _texts["prais." + key];

    private string Title(string form) => Say("form." + form);

    private string Area(string what) => _texts.Format("prais.km2", what);

    private string Class(string id) => Say("class." + id);

    private IEnumerable<PraisForm> Forms() =>
    [
        .. LandArea(),
        .. Of("CP-1.T2", ("year", "year"), ("total_thousands", "total"), ("male_thousands", "male"),
            ("female_thousands", "female"), ("source", "source")),
        .. Of("SO1-1.T2", ("code", "code"), ("name", "class"), ("unccd", "unccd_class")),
        .. Matrices(),
        .. Across("SO1-1.T4", s_covers, Area, "area_km2"),
        .. Change("SO1-1.T5"), .. Change("SO1-1.T6"),
        .. Degradation("SO1-1.T7", "land_cover", "of_country"),
        .. Productivity("SO1-2.T1"), .. Productivity("SO1-2.T2"),
        .. Degradation("SO1-2.T3", "land_productivity", "of_land"),
        .. Across("SO1-3.T1", s_covers[..6], head => head, "soc_t_per_ha"),
        .. Degradation("SO1-3.T2", "soil_organic_carbon", "of_land"),
        .. Status(),
        .. Of("SO1-4.T2", ("year", "year"), ("degraded_km2", "degraded_land"), ("degraded_pct", "degraded_share"),
            ("change_km2", "change_km2"), ("change_pct", "change_pct")),
        .. _rows.Has("SO1-4.confidence")
            ? Of("SO1-4.confidence", ("period", "period"), ("level", "level"), ("reason", "reason"))
            : [],
        .. _rows.Tables.Where(t => s_own.Contains(t.Name)).Select(t => Own(t, Title(t.Name))),
        .. _rows.Tables.Where(t => t.Name.EndsWith(".custom", StringComparison.Ordinal))
            .Select(t => Own(t, Title(t.Name[..^".custom".Length]))),
        .. Exposed(),
        .. OfAreas("SO3-1.T1", ["mild", "moderate", "severe", "extreme", "none", "no_data"], "year", "year"),
        .. Of("SO3-1.T2", ("year", "year"), ("drought_km2", "drought_land"), ("drought_pct", "drought_share")),
        .. s_peopleInDrought.SelectMany(InDrought),
        .. Of("sources", ("form", "form"), ("layer", "layer"), ("title", "title_of_data"), ("link", "link"),
            ("publisher", "publisher"), ("citation", "citation")),
    ];

    /// <summary>Some columns of a table under heads of the form; columns that the table lacks are left out.</summary>
    private IEnumerable<PraisForm> Of(string name, params (string Column, string Head)[] columns) =>
        _rows.Find(name) is { } table
            ? [Picked(table, Title(name), [.. columns.Select(c => (c.Column, Say("head." + c.Head)))])]
            : [];

    private PraisForm Picked(ResultTable table, string title, (string Column, string Head)[] columns)
    {
        (Column Column, string Head, int At)[] picked = [
            .. columns.Select(c => (c.Head, At: Index(table, c.Column))).Where(c => c.At >= 0)
                .Select(c => (table.Columns[c.At], c.Head, c.At))];
        bool own = table.Name.EndsWith(".custom", StringComparison.Ordinal);
        var form = new ResultTable(table.Name, "", [.. picked.Select(c => c.Column)]);
        foreach (IReadOnlyList<object?> row in _rows.Of(table))
            form.Add([.. picked.Select(c => row[c.At] is string text ? Word(c.Column.Name, text, own) : row[c.At])]);
        return new PraisForm(table.Name, title, [.. picked.Select(c => c.Head)], form);
    }

    /// <summary>A table without a layout of its own: every column, under its caption.</summary>
    private PraisForm Own(ResultTable table, string title) => Picked(
        table, table.Name.EndsWith(".custom", StringComparison.Ordinal) ? $"{title}: {Title("SO1-1.T2")}" : title,
        [
            .. table.Columns.Where(c => c.Name is not ("zone_id" or "asked"))
                .Select(c => (c.Name, _texts.Find("column." + c.Name) ?? c.Name.Replace('_', ' '))),
        ]);

    /// <summary>A value in words where it is one of the forms'; what a user wrote stays as it is.</summary>
    private string Word(string column, string value, bool own)
    {
        if (column == "reason")
            return _texts.Reason(value);
        if (own && column is "land_cover" or "from" or "to" && value is not ("no_data" or "changed"))
            return value;
        return (s_worded.Contains(column) ? _texts.Find("prais.class." + value) ?? _texts.Find("prais.word." + value) : null)
            ?? _texts.Word(column, value) ?? value;
    }

    /// <summary>CP-1.T1, with the map that stands in among the comments.</summary>
    private IEnumerable<PraisForm> LandArea()
    {
        foreach (PraisForm form in Of("CP-1.T1", ("year", "year"), ("land_km2", "land"), ("water_km2", "water"),
            ("total_km2", "country")))
        {
            ResultTable table = _rows.Find("CP-1.T1")!, with = new(
                table.Name, "", [.. form.Table.Columns, new Column("comments", ColumnType.Text, "")]);
            foreach ((Row row, IReadOnlyList<object?> of) in form.Table.Rows.Zip(_rows.Of(table)))
                with.Add([.. row.Values, StandIn(table, of) is { } told ? _texts.Years(told) : null]);
            yield return form with { Heads = [.. form.Heads, Say("head.comments")], Table = with };
        }
    }

    /// <summary>One row a year, the classes across.</summary>
    private IEnumerable<PraisForm> Across(string name, string[] classes, Func<string, string> head, string value)
    {
        if (_rows.Find(name) is not { } table)
            yield break;
        int year = Index(table, "year"), cover = Index(table, "land_cover"),
        of = Index(table, value), data = Index(table, "data_year");
        var form = new ResultTable(
            name, "",
            [table.Columns[year], .. classes.Select(c => table.Columns[of] with { Name = c }), table.Columns[data]]);
        foreach (IGrouping<object?, IReadOnlyList<object?>> rows in _rows.Of(table).GroupBy(r => r[year]))
            form.Add([rows.Key, .. classes.Select(c => rows.FirstOrDefault(r => Equals(r[cover], c))?[of]), rows.First()[data]]);
        yield return new(
            name, Title(name), [Say("head.year"), .. classes.Select(c => head(Class(c))), Say("head.year_of_map")], form);
    }

    private IEnumerable<PraisForm> Change(string name)
    {
        if (_rows.Find(name) is not { } table)
            yield break;
        int from = Index(table, "from"), to = Index(table, "to"), area = Index(table, "area_km2");
        List<IReadOnlyList<object?>> rows = [.. _rows.Of(table)];
        Area Sum(Func<IReadOnlyList<object?>, bool> of) => Counting.Area.Sum(rows.Where(of).Select(r => (Area)r[area]!));
        ResultTable form = Square(name, "from", s_covers.Length + 1);
        foreach (string c in s_covers)
            form.Add([
                Class(c), .. s_covers.Select(t => (object?)Sum(r => Equals(r[from], c) && Equals(r[to], t))),
                Sum(r => Equals(r[from], c))]);
        form.Add([Say("head.total"), .. s_covers.Select(c => (object?)Sum(r => Equals(r[to], c))), Sum(_ => true)]);
        string years = string.Join("; ", _rows.Periods(table).Select(p => Years(table, p)));
        yield return new(
            name, $"{Title(name)}, {years}",
            [Say("head.original"), .. s_covers.Select(c => Area(Class(c))), Area(Say("head.total"))], form);
    }

    private IEnumerable<PraisForm> Degradation(string name, string what, string share)
    {
        foreach (string period in _rows.Find(name) is { } of ? _rows.Periods(of) : [])
        {
            ResultTable table = _rows.Find(name)!;
            IReadOnlyList<object?> row = _rows.Of(table).First(r => Equals(r[Index(table, "period")], period));
            var form = new ResultTable(
                name, "",
                [
                    new("condition", ColumnType.Text, ""), new("area_km2", ColumnType.Area, ""),
                    new("pct", ColumnType.Percent, ""),
                ]);
            foreach (string id in s_conditions.Reverse().Skip(1).Append("no_data"))
                form.Add(
                    _texts.Format("prais.area_" + id, Say("what." + what)), row[Index(table, id + "_km2")],
                    row[Index(table, id + "_pct")]);
            yield return new(
                name, $"{Title(name)}, {Years(table, period)}", ["", Area(Say("head.area")), Say("head." + share)], form);
        }
    }

    private IEnumerable<PraisForm> Status()
    {
        if (_rows.Find("SO1-4.T1") is not { } table)
            yield break;
        int of = Index(table, "period"), before = Index(table, "baseline_condition"), now = Index(table, "period_condition"),
        area = Index(table, "area_km2");
        foreach (string period in _rows.Periods(table))
        {
            ResultTable form = Square(table.Name, "baseline_condition", s_conditions.Length);
            List<IReadOnlyList<object?>> rows = [.. _rows.Of(table).Where(r => Equals(r[of], period))];
            foreach (string c in s_conditions)
                form.Add([
                    _texts.Class(c),
                    .. s_conditions.Select(t => rows.FirstOrDefault(r => Equals(r[before], c) && Equals(r[now], t))?[area])]);
            yield return new(
                table.Name, $"{Title(table.Name)}, {_texts.Period(period)}",
                [Say("head.baseline_condition"), .. s_conditions.Select(c => Area(_texts.Class(c)))], form);
        }
    }

    private IEnumerable<PraisForm> Productivity(string name) => OfAreas(
        name, ["declining", "moderate_decline", "stressed", "stable", "increasing", "no_data"], "land_cover", "cover_class");

    /// <summary>One row a year or class, areas of classes across.</summary>
    private IEnumerable<PraisForm> OfAreas(string name, string[] classes, string key, string head) =>
        _rows.Find(name) is { } table
            ? [
                Picked(
                    table, Title(name),
                    [
                        (key, Say("head." + head)),
                        .. classes.Select(c => (c + "_km2", Area(c == "none" ? Class(c) : _texts.Class(c)))),
                    ])]
            : [];

    /// <summary>People exposed; shares of the official ones of CP-1.T2 where they are given, as the platform has them.</summary>
    private IEnumerable<PraisForm> Exposed()
    {
        if (_rows.Find("SO2-3.T1") is not { } table)
            return [];
        return Of("SO2-3.T1", [
            ("years", "period"), ("population_year", "population_year"),
            .. s_sexes.SelectMany(
                s => new[] { ($"{s}_exposed_persons", $"exposed_{s}"), (Share(table, $"{s}_exposed"), $"exposed_{s}_pct") })]);
    }

    /// <summary>The column of a share: of the official people where some row has it.</summary>
    private string Share(ResultTable table, string of) =>
        Index(table, $"{of}_pct_of_official") is >= 0 and int at && _rows.Of(table).Any(r => r[at] is not null)
            ? $"{of}_pct_of_official"
            : $"{of}_pct";

    private IEnumerable<PraisForm> InDrought(string name) => _rows.Find(name) is { } table
        ? [
            Picked(
                table, Title(name),
                [
                    ("year", Say("head.year")),
                    .. s_droughts.SelectMany(c => new[]
                    {
                        ($"{c}_persons", $"{Drought(c)}: {Say("head.count")}"), (Share(table, c), $"{Drought(c)}: %"),
                    }),
                ])]
        : [];

    private string Drought(string id) => id is "none" or "exposed" ? Say("head.drought_" + id) : _texts.Class(id);

    private IEnumerable<PraisForm> Matrices()
    {
        if (_rows.Find("SO1-1.T3") is not { } table)
            yield break;
        int region = Index(table, "region"), from = Index(table, "from"), to = Index(table, "to"),
        condition = Index(table, "condition"), fromName = Index(table, "from_name"), toName = Index(table, "to_name");
        foreach (IGrouping<object?, IReadOnlyList<object?>> rows in table.Rows.Select(r => r.Values).GroupBy(r => r[region]))
        {
            object?[] codes = [.. rows.Select(r => r[from]).Distinct()];
            string Name(object? code)
            {
                string name = (string)rows.First(r => Equals(r[to], code))[toName]!;
                return UnccdClasses.All.FirstOrDefault(c => c.DisplayName() == name) is not 0 and var unccd
                    ? _texts.Class(unccd.Id())
                    : name;
            }

            var form = new ResultTable(
                table.Name, "",
                [table.Columns[fromName], .. codes.Select(c => table.Columns[condition] with { Name = $"to_{c}" })]);
            foreach (object? code in codes)
                form.Add([
                    Name(code),
                    .. codes.Select(c => (object?)Sign(rows.First(r => Equals(r[from], code) && Equals(r[to], c))[condition]))]);
            string title = Title(table.Name);
            yield return new(
                table.Name, Equals(rows.Key, "all") ? title : $"{title}, {rows.Key}",
                [Say("head.original_class"), .. codes.Select(c => $"{Name(c)} ({c})")], form);
        }
    }

    private static string Sign(object? condition) => condition is "degraded" ? "−" : condition is "improved" ? "+" : "0";

    /// <summary>A table of areas, a column of words before them.</summary>
    private static ResultTable Square(string name, string key, int columns) => new(
        name, "",
        [
            new(key, ColumnType.Text, ""),
            .. Enumerable.Range(1, columns).Select(c => new Column($"area_{c}", ColumnType.Area, "")),
        ]);

    private string Years(ResultTable table, string period) => _rows.Years(table, period) is { } years
        ? _texts.Years(years)
        : _texts.Period(period);
}
