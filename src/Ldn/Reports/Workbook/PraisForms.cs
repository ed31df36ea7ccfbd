using Ldn.Counting;
using Ldn.LandCover;
using Ldn.Tables;

namespace Ldn.Reports.Workbook;

/// <summary>
/// A form of the platform, or a part of one, laid out as it looks there: its heads are words, its rows in the form's order.
/// </summary>
internal sealed record PraisForm(string Name, string Title, ResultTable Table);

/// <summary>
/// Lays the tables of prais.json out as the platform shows them, for one country: years and classes across, words for codes.
/// </summary>
internal sealed class PraisForms
{
    private static readonly (string Id, string Head)[] s_covers =
    [
        ("tree_covered", "Tree-covered areas"), ("grassland", "Grasslands"), ("cropland", "Croplands"), ("wetland", "Wetlands"),
        ("artificial", "Artificial surfaces"),
        ("other_land", "Other Lands"), ("water_body", "Water bodies"), ("no_data", "No data"),
    ];

    private static readonly (string Id, string Head)[] s_conditions = [
        ("degraded", "Degraded"), ("stable", "Stable"), ("improved", "Improved"), ("no_data", "No data")];
    private readonly IReadOnlyList<ResultTable> _tables;
    private readonly string _zone;

    public PraisForms(IReadOnlyList<ResultTable> tables, string zone)
    {
        (_tables, _zone) = (tables, zone);
        All = [.. Forms()];
    }

    /// <summary>Every form that the run fills, in the platform's order.</summary>
    public IReadOnlyList<PraisForm> All { get; }

    /// <summary>The zones that report: those that the tables have rows of.</summary>
    public static IReadOnlyList<string> Zones(IReadOnlyList<ResultTable> tables) =>
        [.. tables.Where(t => t.Name == "SO1-4.T2").SelectMany(t => t.Rows.Select(r => (string)r.Values[Index(t, "zone_id")]!)).Distinct()];

    /// <summary>Years of a form for which another year's map stands, as "2022 (for 2023)".</summary>
    public string StandIns(string name)
    {
        if (Find(name) is not { } table)
            return "";
        int years = Index(table, "years"), year = Index(table, "year"), data = Index(table, "data_year");
        IEnumerable<string> told = years >= 0
            ? Rows(table).Select(r => r[years] as string ?? "").Where(y => y.Contains("(for", StringComparison.Ordinal))
            : data >= 0 ? Rows(table).Where(r => !Equals(r[year], r[data])).Select(r => $"{r[data]} (for {r[year]})") : [];
        return string.Join("; ", told.Distinct());
    }

    public bool Has(string name) => Find(name) is { } table && Rows(table).Any();

    private static int Index(ResultTable table, string column) => table.Columns.ToList().FindIndex(c => c.Name == column);

    private ResultTable? Find(string name) => _tables.FirstOrDefault(t => t.Name == name);

    /// <summary>
    /// Rows of the country, or all of a table that is nobody's; rows that the form does not ask for are left out.
    /// </summary>
    private IEnumerable<IReadOnlyList<object?>> Rows(ResultTable table)
    {
        int zone = Index(table, "zone_id"), asked = Index(table, "asked");
        return table.Rows.Select(r => r.Values)
            .Where(r => (zone < 0 || Equals(r[zone], _zone)) && (asked < 0 || !Equals(r[asked], false)));
    }

    private IEnumerable<PraisForm> Forms()
    {
        if (Find("CP-1.T1") is { } areas)
            yield return new("CP-1.T1", "Land area and water area", Picked(areas,
                ("year", "Year"), ("land_km2", "Total land area (km²)"), ("water_km2", "Water bodies (km²)"),
                ("total_km2", "Total country area (km²)"), ("data_year", "Year of the map")));
        if (Find("CP-1.T2") is { } people)
            yield return new("CP-1.T2", "Population, thousands", Picked(people,
                ("year", "Year"), ("total_thousands", "Total"), ("male_thousands", "Male"), ("female_thousands", "Female"),
                ("source", "Source")));
        if (Find("SO1-1.T2") is { } legend)
            yield return new(
                "SO1-1.T2", "Country's land cover legend",
                Picked(legend, ("code", "Code"), ("name", "Class"), ("unccd", "UNCCD class")));
        foreach (PraisForm matrix in Matrices())
            yield return matrix;
        if (Find("SO1-1.T4") is { } covers)
            yield return new(
                "SO1-1.T4", "Land cover, km²", Across(covers, "year", "Year", "land_cover", s_covers, " (km²)", "area_km2"));
        foreach (
            (string name, string title) in new[]
            {
                ("SO1-1.T5", "Land cover change in the baseline"), ("SO1-1.T6", "Land cover change in the reporting period")
            })
            if (Find(name) is { } change)
                yield return new(name, title + ", km²", Change(change));
        foreach ((string name, string words, string of) in new[]
        {
            ("SO1-1.T7", "land cover", "Percent of total country area (%)"),
            ("SO1-2.T3", "land productivity", "Percent of total land area (%)"),
            ("SO1-3.T2", "soil organic carbon (SOC)", "Percent of total land area (%)"),
        })
        {
            if (name == "SO1-2.T3")
                foreach (PraisForm form in Productivity())
                    yield return form;
            if (name == "SO1-3.T2" && Find("SO1-3.T1") is { } stocks)
                yield return new(
                    "SO1-3.T1", "Soil organic carbon stock in topsoil (t/ha)",
                    Across(stocks, "year", "Year", "land_cover", s_covers[..6], "", "soc_t_per_ha"));
            if (Find(name) is { } table)
                foreach (string period in Periods(table))
                    yield return new(
                        name, $"{char.ToUpperInvariant(words[0])}{words[1..]} degradation, {Years(table, period)}",
                        Degradation(table, period, words, of));
        }

        if (Find("SO1-4.T1") is { } status)
            foreach (string period in Periods(status))
                yield return new(
                    "SO1-4.T1", $"Condition in the baseline (rows) and change in {Years(status, period)} (columns), km²",
                    Matrix(status, period));
        if (Find("SO1-4.T2") is { } degraded)
            yield return new("SO1-4.T2", "SDG indicator 15.3.1", Picked(degraded, ("year", "Year"),
                ("degraded_km2", "Total area of degraded land (km²)"),
                ("degraded_pct", "Proportion of degraded land over the total land area (%)"),
                ("change_km2", "Change since the baseline (km²)"), ("change_pct", "Change (percentage points)")));
        foreach (
            ResultTable table in _tables.Where(
                t => t.Name is "SO1-4.T3" or "SO1-4.T4" or "SO1-4.T5" or "SO1-VT.T1" or "SO1.IA.T1"
                    || t.Name.EndsWith(".custom", StringComparison.Ordinal)))
            yield return new(
                table.Name, table.Title,
                Picked(
                    table,
                    [.. table.Columns.Where(c => c.Name is not ("zone_id" or "asked")).Select(c => (c.Name, Words(c.Name)))]));
        if (Find("SO2-3.T1") is { } exposed)
            yield return new("SO2-3.T1", "Population exposed to land degradation", Picked(exposed, ("years", "Period"),
                ("population_year", "Year of the population"),
                ("total_exposed_persons", "Population exposed (count)"),
                ("total_exposed_pct", "Percentage of total population exposed (%)"),
                ("female_exposed_persons", "Female population exposed (count)"),
                ("female_exposed_pct", "Percentage of total female population exposed (%)"),
                ("male_exposed_persons", "Male population exposed (count)"),
                ("male_exposed_pct", "Percentage of total male population exposed (%)")));
        if (Find("SO3-1.T1") is { } land)
            yield return new("SO3-1.T1", "Land area by drought intensity class", Picked(land, ("year", "Year"),
                ("mild_km2", "Mild drought (km²)"), ("moderate_km2", "Moderate drought (km²)"),
                ("severe_km2", "Severe drought (km²)"), ("extreme_km2", "Extreme drought (km²)"),
                ("none_km2", "Non-drought (km²)"), ("no_data_km2", "No data (km²)")));
        if (Find("SO3-1.T2") is { } dry)
            yield return new(
                "SO3-1.T2", "Land under drought",
                Picked(
                    dry, ("year", "Year"), ("drought_km2", "Total area under drought (km²)"),
                    ("drought_pct", "Proportion of land under drought (%)")));
        foreach (string name in new[] { "SO3-2.T1", "SO3-2.T2", "SO3-2.T3" })
            if (Find(name) is { } inDrought)
                yield return new(name, inDrought.Title, Picked(inDrought, [("year", "Year"), .. new[] { ("none", "Non-exposed"),
                    ("mild", "Mild drought"), ("moderate", "Moderate drought"), ("severe", "Severe drought"),
                    ("extreme", "Extreme drought") }.SelectMany(c => new[]
                    {
                        ($"{c.Item1}_persons", $"{c.Item2}: population count"), ($"{c.Item1}_pct", $"{c.Item2}: %")
                    }),
                    ("exposed_persons", "Exposed population: population count"), ("exposed_pct", "Exposed population: %")]));
        if (Find("sources") is { } sources)
            yield return new(
                "sources", "Sources of the data (Annex II)",
                Picked(
                    sources, ("form", "Form"), ("layer", "Layer"), ("title", "Title"), ("link", "Link or DOI"),
                    ("publisher", "Author or publisher"), ("citation", "Full citation")));
    }

    private ResultTable Picked(ResultTable table, params (string Column, string Head)[] columns)
    {
        int[] at = [.. columns.Select(c => Index(table, c.Column))];
        var picked = new ResultTable(table.Name, "", [.. columns.Where((_, i) => at[i] >= 0).Select(c => new Column(c.Head, table.Columns[Index(table, c.Column)].Type, ""))]);
        foreach (IReadOnlyList<object?> row in Rows(table))
            picked.Add([.. at.Where(i => i >= 0).Select(i => row[i] is string text ? Words(text) : row[i])]);
        return picked;
    }

    /// <summary>One row a year, the classes across.</summary>
    private ResultTable Across(
        ResultTable table, string key, string keyHead, string across, (string Id, string Head)[] classes, string unit,
        string value)
    {
        int k = Index(table, key), a = Index(table, across), v = Index(table, value);
        var form = new ResultTable(table.Name, "", [new Column(keyHead, table.Columns[k].Type, ""), .. classes.Select(c => new Column(c.Head + unit, table.Columns[v].Type, "")), new("Year of the map", ColumnType.Integer, "")]);
        foreach (IGrouping<object?, IReadOnlyList<object?>> rows in Rows(table).GroupBy(r => r[k]))
            form.Add([rows.Key, .. classes.Select(c => rows.FirstOrDefault(r => Equals(r[a], c.Id))?[v]), rows.First()[Index(table, "data_year")]]);
        return form;
    }

    private ResultTable Change(ResultTable table)
    {
        int from = Index(table, "from"), to = Index(table, "to"), area = Index(table, "area_km2");
        var form = new ResultTable(table.Name, "", [new("Original land cover", ColumnType.Text, ""), .. s_covers.Select(c => new Column(c.Head + " (km²)", ColumnType.Area, "")), new("Total (km²)", ColumnType.Area, "")]);
        List<IReadOnlyList<object?>> rows = [.. Rows(table)];
        Area Sum(Func<IReadOnlyList<object?>, bool> of) => Area.Sum(rows.Where(of).Select(r => (Area)r[area]!));
        foreach ((string id, string head) in s_covers)
            form.Add([head, .. s_covers.Select(c => (object?)Sum(r => Equals(r[from], id) && Equals(r[to], c.Id))), Sum(r => Equals(r[from], id))]);
        form.Add(["Total", .. s_covers.Select(c => (object?)Sum(r => Equals(r[to], c.Id))), Sum(_ => true)]);
        return form;
    }

    private ResultTable Degradation(ResultTable table, string period, string words, string of)
    {
        IReadOnlyList<object?> row = Rows(table).First(r => Equals(r[Index(table, "period")], period));
        var form = new ResultTable(
            table.Name, "",
            [new("", ColumnType.Text, ""), new("Area (km²)", ColumnType.Area, ""), new(of, ColumnType.Percent, "")]);
        foreach ((string id, string head) in new[]
            { ("improved", $"Land area with improved {words}"), ("stable", $"Land area with stable {words}"), ("degraded", $"Land area with degraded {words}"), ("no_data", $"Land area with no {words} data") })
            form.Add(head, row[Index(table, id + "_km2")], row[Index(table, id + "_pct")]);
        return form;
    }

    private ResultTable Matrix(ResultTable table, string period)
    {
        int of = Index(table, "period"), before = Index(table, "baseline_condition"), now = Index(table, "period_condition"),
        area = Index(table, "area_km2");
        var form = new ResultTable(table.Name, "", [new("Condition in the baseline", ColumnType.Text, ""), .. s_conditions.Select(c => new Column(c.Head + " (km²)", ColumnType.Area, ""))]);
        List<IReadOnlyList<object?>> rows = [.. Rows(table).Where(r => Equals(r[of], period))];
        foreach ((string id, string head) in s_conditions)
            form.Add([head, .. s_conditions.Select(c => rows.FirstOrDefault(r => Equals(r[before], id) && Equals(r[now], c.Id))?[area])]);
        return form;
    }

    private IEnumerable<PraisForm> Productivity()
    {
        foreach (
            (string name, string title) in new[]
            {
                ("SO1-2.T1", "Land productivity dynamics by land cover in the baseline"),
                ("SO1-2.T2", "Land productivity dynamics by land cover in the reporting period")
            })
            if (Find(name) is { } table)
                yield return new(name, title + ", km²", Picked(table, ("land_cover", "Land cover class"),
                    ("declining_km2", "Declining (km²)"), ("moderate_decline_km2", "Moderate Decline (km²)"),
                    ("stressed_km2", "Stressed (km²)"), ("stable_km2", "Stable (km²)"), ("increasing_km2", "Increasing (km²)"),
                    ("no_data_km2", "No Data (km²)")));
    }

    private IEnumerable<PraisForm> Matrices()
    {
        if (Find("SO1-1.T3") is not { } table)
            yield break;
        int region = Index(table, "region"), from = Index(table, "from"), to = Index(table, "to"),
        condition = Index(table, "condition"), fromName = Index(table, "from_name"), toName = Index(table, "to_name");
        foreach (IGrouping<object?, IReadOnlyList<object?>> rows in table.Rows.Select(r => r.Values).GroupBy(r => r[region]))
        {
            object?[] codes = [.. rows.Select(r => r[from]).Distinct()];
            var form = new ResultTable(table.Name, "", [new("Original class", ColumnType.Text, ""), .. codes.Select(c => new Column($"{rows.First(r => Equals(r[to], c))[toName]} ({c})", ColumnType.Text, ""))]);
            foreach (object? code in codes)
                form.Add([rows.First(r => Equals(r[from], code))[fromName], .. codes.Select(c => (object?)((string)rows.First(r => Equals(r[from], code) && Equals(r[to], c))[condition]! switch { "degraded" => "−", "improved" => "+", _ => "0" }))]);
            yield return new("SO1-1.T3", Equals(rows.Key, "all") ? "Transition matrix" : $"Transition matrix, {rows.Key}", form);
        }
    }

    private string[] Periods(ResultTable table) => [.. Rows(table).Select(r => (string)r[Index(table, "period")]!).Distinct()];

    private string Years(ResultTable table, string period) =>
        Rows(table).First(r => Equals(r[Index(table, "period")], period))[Index(table, "years")] as string ?? period;

    /// <summary>Class names in words: those of the UNCCD as its forms have them, others without underscores.</summary>
    private static string Words(string id) => s_covers.FirstOrDefault(c => c.Id == id).Head
        ?? UnccdClasses.All.Where(c => c.Id() == id).Select(c => c.DisplayName()).FirstOrDefault()
            ?? (id.Contains(' ') ? id : id.Replace('_', ' '));
}
