using System.Runtime.CompilerServices;
using Ldn.Counting;
using Ldn.Indicator;
using Ldn.Jobs;

namespace Ldn.Tables;

/// <summary>The columns that several tables have, and the cells that go together.</summary>
public static class Columns
{
    // Rows of many zones repeat them.
    private static readonly ConditionalWeakTable<Job, Cell[][]> s_periods = [];

    /// <summary><c>zone_id</c>: id of the zone or group.</summary>
    public static Column<string> ZoneId { get; } = Column.Text("zone_id", "Zone or group.");

    /// <summary><c>zone_name</c>: name of the zone or group.</summary>
    public static Column<string> ZoneName { get; } = Column.Text("zone_name", "Its name.");

    /// <summary><c>zone_kind</c>: zone or group.</summary>
    public static Column<string> ZoneKind { get; } = Column.Text("zone_kind", "zone or group.");

    /// <summary><c>period</c>: baseline, report_1, …</summary>
    public static Column<string> Period { get; } = Column.Text("period", "baseline, report_1, …");

    /// <summary><c>years</c>: first and last year of the period, a stand-in told: 2016–2022 (for 2023).</summary>
    public static Column<string> Years { get; } = Column.Text(
        "years", "First and last year of the period, a stand-in told: 2016–2022 (for 2023).");

    /// <summary>By what a row counts.</summary>
    public static Column<string> Basis { get; } = Column.Text(
        "basis", "What the row counts by: condition, of the period itself; or status, against the baseline.");

    /// <summary><c>from_class_name</c>: name of the class before.</summary>
    public static Column<string> FromClassName { get; } = Column.Text("from_class_name", "Name of the class before.");

    /// <summary><c>to_class_name</c>: name of the class after.</summary>
    public static Column<string> ToClassName { get; } = Column.Text("to_class_name", "Name of the class after.");

    /// <summary><c>land_cover_name</c>: name of the land-cover class.</summary>
    public static Column<string> LandCoverName { get; } = Column.Text("land_cover_name", "Name of the land-cover class.");

    /// <summary><c>land_type_name</c>: name of the land type, where one is given.</summary>
    public static Column<string> LandTypeName { get; } = Column.Text("land_type_name", "Its name, where one is given.");

    /// <summary>
    /// <c>indicator</c>: sdg_15_3_1 and the sub-indicators: the period's own condition; status (3 classes), status_expanded
    /// (7) and status_… of a sub-indicator: against the baseline.
    /// </summary>
    public static Column<string> Indicator { get; } = Column.Text(
        "indicator",
        "sdg_15_3_1 and the sub-indicators: the period's own condition; status (3 classes), status_expanded (7) and status_… of "
            + "a sub-indicator: against the baseline.");

    /// <summary><c>class</c>: condition or status class, no_data, or water.</summary>
    public static Column<string> Class { get; } = Column.Text("class", "Condition or status class, no_data, or water.");

    /// <summary>Classes of <see cref="ReportedClasses"/>.</summary>
    public static Column<string> ReportedClass { get; } = Class.Meaning(
        "Condition in the baseline, status afterwards; no_data, or water.");

    /// <summary><c>land_type</c>: code of the land type; untyped; all.</summary>
    public static Column<string> LandType { get; } = Column.Text("land_type", "Code of the land type; untyped; all.");

    /// <summary><c>from_class</c>: code in the initial year, or no_data.</summary>
    public static Column<string> FromClass { get; } = Column.Text("from_class", "Code in the initial year, or no_data.");

    /// <summary><c>to_class</c>: code in the final year, or no_data.</summary>
    public static Column<string> ToClass { get; } = Column.Text("to_class", "Code in the final year, or no_data.");

    /// <summary><c>grade</c>: grade of degradation; all.</summary>
    public static Column<string> Grade { get; } = Column.Text("grade", "Grade of degradation; all.");

    /// <summary><c>aridity</c>: class of aridity, or no_data.</summary>
    public static Column<string> Aridity { get; } = Column.Text("aridity", "Class, or no_data.");

    /// <summary><c>year</c>: year of the figure.</summary>
    public static Column<long> Year { get; } = Column.Integer("year", "Year of the figure.");

    /// <summary><c>from_year</c>: earlier date.</summary>
    public static Column<long> FromYear { get; } = Column.Integer("from_year", "Earlier date.");

    /// <summary><c>to_year</c>: later date.</summary>
    public static Column<long> ToYear { get; } = Column.Integer("to_year", "Later date.");

    /// <summary><c>baseline_year</c>: final year of the baseline.</summary>
    public static Column<long> BaselineYear { get; } = Column.Integer("baseline_year", "Final year of the baseline.");

    /// <summary><c>latest_year</c>: final year of the latest reporting period.</summary>
    public static Column<long> LatestYear { get; } = Column.Integer("latest_year", "Final year of the latest reporting period.");

    /// <summary>
    /// <c>population_year</c>: year of the population: the closest to the period's final year, the earlier of two.
    /// </summary>
    public static Column<long> PopulationYear { get; } = Column.Integer(
        "population_year", "Year of the population: the closest to the period's final year, the earlier of two.");

    /// <summary><c>pixels</c>: cells of the run's grid.</summary>
    public static Column<long> Pixels { get; } = Column.Integer("pixels", "Cells of the run's grid.");

    /// <summary><c>area_km2</c>: area on the ellipsoid (method §9).</summary>
    public static Column<Area> TrueArea { get; } = Column.Area("area_km2", "True area.");

    /// <summary><c>land_km2</c>: land without water, no data included.</summary>
    public static Column<Area> Land { get; } = Column.Area("land_km2", "Land without water, no data included.");

    /// <summary><c>degraded_km2</c>: degraded land, by condition in the baseline, by status afterwards.</summary>
    public static Column<Area> Degraded { get; } = Column.Area(
        "degraded_km2", "By condition in the baseline, by status afterwards.");

    /// <summary><c>stable_km2</c>: stable land, by condition in the baseline, by status afterwards.</summary>
    public static Column<Area> Stable { get; } = Column.Area("stable_km2", "Likewise.");

    /// <summary><c>improved_km2</c>: improved land, by condition in the baseline, by status afterwards.</summary>
    public static Column<Area> Improved { get; } = Column.Area("improved_km2", "Likewise.");

    /// <summary><c>no_data_km2</c>: land without data, by condition in the baseline, by status afterwards.</summary>
    public static Column<Area> NoData { get; } = Column.Area("no_data_km2", "Likewise.");

    /// <summary><c>gains_km2</c>: recent and persistent improvement.</summary>
    public static Column<Area> Gains { get; } = Column.Area("gains_km2", "Recent and persistent improvement.");

    /// <summary><c>losses_km2</c>: recent and persistent degradation.</summary>
    public static Column<Area> Losses { get; } = Column.Area("losses_km2", "Recent and persistent degradation.");

    /// <summary>
    /// <c>delta_km2</c>: gains minus losses; of all, the net sum over the zone, untyped land included, which is no verdict.
    /// </summary>
    public static Column<Area> Delta { get; } = Column.Area(
        "delta_km2", "Gains minus losses; of all, the net sum over the zone, untyped land included, which is no verdict.");

    /// <summary><c>degraded_pct_of_land</c>: degraded share of total land.</summary>
    public static Column<Ratio> DegradedOfLand { get; } = Column.Percent("degraded_pct_of_land", "Degraded share of total land.");

    /// <summary><c>share_of_land_pct</c>: share of total land.</summary>
    public static Column<Ratio> ShareOfLand { get; } = Column.Percent("share_of_land_pct", "Of total land.");

    /// <summary>Area where a stock of soil carbon is known.</summary>
    public static Column<Area> SoilArea { get; } = Column.Area("soc_area_km2", "Land where both stocks are known.");

    /// <summary><c>soc_change_t</c>: final less initial stock, t C.</summary>
    public static Column<double> SoilChange { get; } = Column.Number("soc_change_t", "The difference.");

    /// <summary><c>soc_change_t_co2e</c>: the same change in t of carbon dioxide (× 44/12); above 0 is carbon taken up.</summary>
    public static Column<double> SoilChangeCo2 { get; } = Column.Number(
        "soc_change_t_co2e", "The same in t of carbon dioxide (× 44/12); above 0 is carbon taken up.");

    /// <summary><c>soc_change_t_per_ha</c>: change of the density, t C/ha.</summary>
    public static Column<double> SoilChangePerHectare { get; } = Column.Number(
        "soc_change_t_per_ha", "Change of the density, t C/ha.");

    /// <summary>The cells that say which zone or group a row is of.</summary>
    internal static Cell[] Of(SummaryZone zone) => [ZoneId.Is(zone.Id), ZoneName.Is(zone.Name), ZoneKind.Is(zone.Kind)];

    /// <summary>The cells that say which period a row is of.</summary>
    internal static ReadOnlySpan<Cell> Of(Job job, int period) => s_periods.GetValue(
        job, j => [.. j.Periods.Select((p, i) => new[] { Period.Is(p.Id), Years.Is(PeriodYears.Of(j, i)) })])[period];

    /// <summary>That a row counts by the period's own condition.</summary>
    internal static Cell ByCondition => Basis.Is("condition");

    /// <summary>That a row counts by status.</summary>
    internal static Cell ByStatus => Basis.Is("status");

    /// <summary>What is reported: condition in the baseline, status afterwards (method §7).</summary>
    internal static Cell AsReported(int period) => period == 0 ? ByCondition : ByStatus;

    /// <summary>
    /// A table of a run. Behind the columns named stand those that every table has (interface §4): with a zone its name and kind,
    /// with a period its years.
    /// </summary>
    internal static ResultTable Table(string name, string title, IReadOnlyList<Column> columns)
    {
        bool Has(Column column) => columns.Any(c => c.Name == column.Name);
        return new ResultTable(name, title,
        [
            .. columns, .. Has(ZoneId) ? new Column[] { ZoneName, ZoneKind }.Where(c => !Has(c)) : [],
            .. Has(Period) ? new Column[] { Years } : [],
        ]);
    }

    /// <summary>Cells and area.</summary>
    internal static Cell[] Of(Amount amount) => [Pixels.Is(amount.Pixels), TrueArea.Is(amount.Area)];

    /// <summary>Areas by condition or three-class status.</summary>
    internal static Cell[] Of(Func<Condition, Area> areas) =>
    [
        Degraded.Is(areas(Condition.Degraded)), Stable.Is(areas(Condition.Stable)), Improved.Is(areas(Condition.Improved)),
        NoData.Is(areas(Condition.NoData)),
    ];
}
