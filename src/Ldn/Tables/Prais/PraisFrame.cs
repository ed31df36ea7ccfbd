using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.LandCover;

namespace Ldn.Tables.Prais;

/// <summary>
/// What the tables of PRAIS share: who reports, which map stands for which year, what the forms of the cycle ask (prais-forms.md
/// §1, §2), and the land that shares are of. Groups of zones do not report.
/// </summary>
internal sealed class PraisFrame(RunStatistics run, int mostZones = int.MaxValue)
{
    /// <summary>Beside the latest report, the year of which the forms still take the status.</summary>
    private const int InterimYear = 2019;

    private readonly Dictionary<int, PeriodFigures[]> _figures = [];

    public RunStatistics Run => run;

    public IReadOnlyList<Period> Periods => run.Job.Periods;

    /// <summary>Figures of a zone by period.</summary>
    public PeriodFigures[] Figures(int zone) =>
        _figures.TryGetValue(zone, out PeriodFigures[]? known) ? known : _figures[zone] = run.FiguresOf(zone);

    /// <summary>Whether a zone is of the first layer: members count up from its zones.</summary>
    public bool IsFirstLayer(int zone) =>
        run.Zones[zone] is { Kind: "zone" } of && (run.FirstLayerCount is not { } count || of.Members[0] < count);

    /// <summary>The zones that report, with their index among all.</summary>
    public IEnumerable<(int Index, SummaryZone Zone)> Zones =>
        run.Zones.Select((zone, index) => (index, zone)).Where(z => z.zone.Kind == "zone").Take(mostZones);

    public static Column ZoneColumn { get; } = new("zone_id", ColumnType.Text, "Reporting country or zone.");

    public static Column PeriodColumn { get; } = new("period", ColumnType.Text, "baseline, report_1, …");

    /// <summary>The year of a row of the form, and behind a table's own columns the year of the map that fills it.</summary>
    public static Column DataYearColumn { get; } = new(
        "data_year", ColumnType.Integer, "Year of the map: another than the form's where one stands in.");

    public static Column YearsColumn { get; } = new(
        "years", ColumnType.Text, "First and last year; a stand-in is told as what it is: 2022 (for 2023).");

    public static Column AskedColumn { get; } = new(
        "asked", ColumnType.Flag, "Whether the form of the 2026 cycle has such a row.");

    /// <summary>
    /// Whether the forms of land cover, productivity and soil carbon ask for a period: the baseline and the whole reporting
    /// period.
    /// </summary>
    public bool Asks(int period) => period == 0 || period == Periods.Count - 1;

    /// <summary>Whether the status of a period is asked: of 2019 too.</summary>
    public bool AsksStatus(int period) => Asks(period) || Periods[period].FinalYear == InterimYear;

    /// <summary>
    /// Whether a year of a sub-indicator is asked where the form wants the beginning and what each report ends in, and no
    /// report's first year.
    /// </summary>
    public bool AsksYear(SubIndicator sub, int year) => Enumerable.Range(0, Periods.Count).Any(
        p => Periods[p].Of(sub) is { } years && ((p == 0 && years.First == year) || (AsksStatus(p) && years.Last == year)));

    /// <summary>The year of the map that stands for a year of a sub-indicator.</summary>
    public int Serving(SubIndicator sub, int year) => PeriodYears.Serving(run.Job, sub, year);

    /// <summary>The years of a period, stand-ins told; null where they are not known.</summary>
    public string? Years(SubIndicator sub, int period) => PeriodYears.Of(run.Job, period, sub);

    /// <summary>
    /// Every dated land cover that a period uses: form's year, period and plane of its transitions; each year once.
    /// </summary>
    public IEnumerable<(int Year, int Period, int Plane)> CoverYears() =>
        Periods.SelectMany((p, i) => new[] { (p.LandCover!.First, i, 0), (p.LandCover.Last, i, 1) }).DistinctBy(y => y.Item1)
            .OrderBy(y => y.Item1);

    /// <summary>
    /// The land of CP-1.T1 in the final year of a period, by which the platform divides; without land cover the run's own land.
    /// </summary>
    public Area FinalLand(int period, int zone)
    {
        PeriodFigures figures = Figures(zone)[period];
        return run.Legend is null ? figures.Land.Area : figures.Land.Area + figures.Water.Area - figures.FinalWater.Area;
    }

    /// <summary>A table by zone, and within it in the order in which rows were added.</summary>
    public ResultTable Sorted(ResultTable table)
    {
        run.SortByZone(table);
        return table;
    }
}

/// <summary>
/// The classes by which a form lists land cover: the UNCCD's seven, or those of the country's own legend (the tables
/// <c>….custom</c>). Index 0 is no data.
/// </summary>
internal sealed class CoverClasses
{
    private readonly byte[] _classOf;
    private readonly Legend? _own;

    private CoverClasses(byte[] classOf, Legend? own) => (_classOf, _own) = (classOf, own);

    /// <summary>Classes without no data.</summary>
    public int Count => _own?.Count ?? UnccdClasses.Count;

    /// <summary>What is added to a table's name.</summary>
    public string Suffix => _own is null ? "" : ".custom";

    public bool IsOwn => _own is not null;

    /// <summary>The seven classes and, where the legend is the country's own, its classes too.</summary>
    public static IEnumerable<CoverClasses> Of(Legend legend)
    {
        yield return new CoverClasses(legend.UnccdTable(), null);
        if (!legend.IsBuiltIn)
            yield return new CoverClasses([.. Enumerable.Range(0, legend.Count + 1).Select(i => (byte)i)], legend);
    }

    /// <summary>Class of a dense index of the legend.</summary>
    public int this[byte index] => _classOf[index];

    public string Name(int index) => index == 0 ? "no_data" : _own?.ClassAt(index).Name ?? ((UnccdClass)index).Id();

    public bool IsWater(int index) => index > 0 && (_own?.ClassAt(index).Unccd ?? (UnccdClass)index) == UnccdClass.WaterBody;

    /// <summary>The code of a class of the own legend; null for no data.</summary>
    public object? Code(int index) => index == 0 || _own is null ? null : (long)_own.ClassAt(index).Code;

    /// <summary>Area of each class per zone, from one plane of a period's transitions.</summary>
    public Area[,] Areas(RunStatistics run, int period, int plane)
    {
        var sums = new Area[run.Zones.Count, Count + 1];
        foreach (TallyRow row in run.Result.Transitions[period].Rows())
            foreach (int zone in run.ZonesOf(row))
                sums[zone, _classOf[row.Plane(plane)]] += row.Area;
        return sums;
    }
}
