using Ldn.Counting;
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
    private readonly Dictionary<(string Zone, string Period), Row> _headline = [];
    private readonly ILookup<(string Zone, string Period, string Indicator), Row> _summary;
    private readonly ILookup<(string, string), Row> _transitions;
    private readonly ILookup<(string, string), Row> _sensitivity;
    private readonly Dictionary<string, ILookup<string, Row>> _byZone = [];
    private readonly RunDocument _document;
    private Dictionary<Subject, int>? _places;

    public Figures(RunDocument document)
    {
        _document = document;
        IReadOnlyList<Row> headline = document.Table("headline")?.Rows ?? [];
        foreach (Row row in headline)
            _headline[(row[Columns.ZoneId]!, row[Columns.Period]!)] = row;
        _summary = (document.Table("summary")?.Rows ?? []).ToLookup(
            row => (row[Columns.ZoneId]!, row[Columns.Period]!, row[Columns.Indicator]!));
        _transitions = Lookup("land_cover_transitions_unccd7");
        _sensitivity = Lookup("sensitivity");
        Subject[] all = [
            .. headline.Select(r => new Subject(r[Columns.ZoneId]!, r[Columns.ZoneName]!, r[Columns.ZoneKind]!)).Distinct()];
        Subjects = [.. all.Where(s => s.IsGroup), .. all.Where(s => !s.IsGroup)];
    }

    /// <summary>Groups first, then zones, each in the order of the run.</summary>
    public IReadOnlyList<Subject> Subjects { get; }

    /// <summary>The id of a subject's section on the page.</summary>
    public string AnchorOf(Subject subject) =>
        $"subject-{(_places ??= Enumerable.Index(Subjects).ToDictionary(s => s.Item, s => s.Index + 1))[subject]}";

    /// <summary>The reported figures of a zone and period.</summary>
    public Row? Headline(string zone, string period) => _headline.GetValueOrDefault((zone, period));

    /// <summary>A share of the headline in per cent, for reading and drawing.</summary>
    public double? Share(string zone, string period, Column<Ratio> column) => Headline(zone, period)?[column]?.ToDouble();

    /// <summary>
    /// Classes of an indicator with area and share of land, in the order of the table; water has no share and is left out.
    /// </summary>
    public IReadOnlyList<(string Class, Area Area, double Share)> Classes(string zone, string period, string indicator) =>
    [
        .. from row in _summary[(zone, period, indicator)]
           where row[Columns.ShareOfLand] is not null
           select (row[Columns.Class]!, row[Columns.TrueArea]!.Value, row[Columns.ShareOfLand]!.Value.ToDouble()),
    ];

    /// <summary>Share of land of a class of an indicator in per cent; null where there is no such row.</summary>
    public double? ShareOf(string zone, string period, string indicator, string name) =>
        _summary[(zone, period, indicator)].FirstOrDefault(r => r[Columns.Class] == name)?[Columns.ShareOfLand]?.ToDouble();

    /// <summary>
    /// The years a reader calls a period by, a stand-in told as what it is; null where the run was told none.
    /// </summary>
    public string? Years(DocumentPeriod period, Texts texts)
    {
        string? told = _headline.Values.FirstOrDefault(r => r[Columns.Period] == period.Id)?[Columns.Years] ?? period.Label;
        return told is null ? null : texts.Years(told);
    }

    /// <summary>The period's name with its years where they are told.</summary>
    public string PeriodLabel(DocumentPeriod period, Texts texts) =>
        Years(period, texts) is { } years ? $"{texts.Period(period.Id)} {years}" : texts.Period(period.Id);

    /// <summary>Transitions between UNCCD classes: codes or no_data, area, and condition.</summary>
    public IEnumerable<(string From, string To, Area Area, string Condition)> Transitions(string zone, string period) =>
        from row in _transitions[(zone, period)]
        select (
            row[Columns.FromClass]!, row[Columns.ToClass]!, row[Columns.TrueArea]!.Value,
            row[CrossTables.TransitionCondition] ?? "");

    /// <summary>Degraded share of land under each alternative rule.</summary>
    public IEnumerable<(string Rule, string Option, double Share, Area Degraded)> Sensitivity(string zone, string period)
    {
        foreach (Row row in _sensitivity[(zone, period)])
        {
            Area degraded = row[Columns.Degraded] ?? Area.Zero;
            Area land = degraded + (row[Columns.Stable] ?? Area.Zero) + (
                row[Columns.Improved] ?? Area.Zero) + (row[Columns.NoData] ?? Area.Zero);
            yield return (
                row[Tables.Sensitivity.Rule]!, row[Tables.Sensitivity.Option]!, degraded.PercentOf(land)?.ToDouble() ?? 0,
                degraded);
        }
    }

    /// <summary>Density of soil carbon (t C/ha) by UNCCD class and year, of legend classes that share one together.</summary>
    public IEnumerable<(int Class, long Year, double Density)> Carbon(string zone) =>
        from row in Rows("soc_by_land_cover", zone)
        where row[CarbonTables.Unccd] is not null && row[Columns.SoilArea] is not null
        group row by (Class: row[CarbonTables.Unccd]!.Value, Year: row[Columns.Year]!.Value) into rows
        let area = Area.Sum(rows.Select(row => row[Columns.SoilArea]!.Value))
        where area > Area.Zero
        orderby rows.Key
        select ((int)rows.Key.Class, rows.Key.Year, rows.Sum(row => row[CarbonTables.Stock]!.Value) / area.Hectares);

    /// <summary>The rows of a zone in a table; none where there is no such table.</summary>
    public IEnumerable<Row> Rows(string name, string zone)
    {
        if (!_byZone.TryGetValue(name, out ILookup<string, Row>? rows))
        {
            // A table of another program may have no zones.
            ResultTable? table = _document.Table(name);
            rows = (table?.Has(Columns.ZoneId) == true ? table.Rows : []).ToLookup(r => r[Columns.ZoneId]!);
            _byZone[name] = rows;
        }

        return rows[zone];
    }

    private ILookup<(string, string), Row> Lookup(string name) =>
        (_document.Table(name)?.Rows ?? []).ToLookup(row => (row[Columns.ZoneId]!, row[Columns.Period]!));
}
