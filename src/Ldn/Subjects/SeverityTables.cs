using System.Globalization;
using Ldn.Counting;
using Ldn.Csv;
using Ldn.Indicator;
using Ldn.Questions;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>
/// severity.csv and cost.csv: grades of degraded land and what it costs a year (method §10), of what the headline calls degraded.
/// </summary>
internal static class SeverityTables
{
    private const string Ungraded = "ungraded";

    public static Column<Ratio> ShareOfDegraded { get; } = Column.Percent("share_of_degraded_pct", "Of all such land.");

    public static Column<string> LandCover { get; } = Column.Text(
        "land_cover", "Legend code in the period's final year; no_data; all.");

    public static Column<double> UsdPerHectare { get; } = Column.Number(
        "usd_per_ha_year", "Cost by the user's table; empty where it has no row for such land, and for all.");

    public static Column<double> UsdPerYear { get; } = Column.Number(
        "usd_per_year", "Cost times area; of all, the sum over what has a cost.");

    public static ResultTable Severity(RunStatistics run, SeverityAsked? asked)
    {
        var table = Columns.Table("severity", "Severity of land degradation",
        [
            Columns.ZoneId, Columns.ZoneKind, Columns.Period,
            Columns.Grade.Meaning("Grade, the lightest first; ungraded where the table of grades has no row for such land."),
            Columns.Pixels,
            Columns.TrueArea.Meaning("Degraded land as reported, in this grade: by condition in the baseline, by status "
                + "afterwards."), ShareOfDegraded, Columns.Basis,
        ]);
        for (int p = 0; p < run.Job.Periods.Count; p++)
        {
            Dictionary<(int Zone, string Grade, int Cover), Amount> sums = Graded(run, asked, p);
            for (int z = 0; z < run.Zones.Count && asked is not null; z++)
            {
                Amount[] grades = [
                    .. Grades(asked)
                        .Select(
                            g => sums.Where(s => s.Key.Zone == z && s.Key.Grade == g)
                                .Aggregate(new Amount(), (sum, s) => sum + s.Value))];
                Amount all = grades.Aggregate(new Amount(), (sum, g) => sum + g);
                foreach ((string grade, Amount amount) in Grades(asked).Zip(grades))
                    if (grade != Ungraded || amount.Pixels > 0)
                    {
                        table.Add(
                        [
                            .. Columns.Of(run.Zones[z]), .. Columns.Of(run.Job, p), Columns.Grade.Is(grade),
                            .. Columns.Of(amount),
                            ShareOfDegraded.Is(amount.ShareOf(all)), Columns.AsReported(p),
                        ]);
                    }
            }
        }

        run.SortByZone(table);
        return table;
    }

    public static ResultTable Cost(RunStatistics run, SeverityAsked? asked)
    {
        var table = Columns.Table("cost", "Cost of land degradation",
        [
            Columns.ZoneId, Columns.ZoneKind, Columns.Period, LandCover, Columns.Grade,
            Columns.TrueArea.Meaning("Degraded land."),
            UsdPerHectare, UsdPerYear, Columns.LandCoverName, Columns.Basis,
        ]);
        for (int p = 0; p < run.Job.Periods.Count && asked?.Cost is not null; p++)
        {
            Dictionary<(int Zone, string Grade, int Cover), Amount> sums = Graded(run, asked, p);
            for (int z = 0; z < run.Zones.Count; z++)
                AddCosts(table, run, asked.Cost, p, z,
                    [.. sums.Where(s => s.Key.Zone == z).OrderBy(s => s.Key.Cover)
                    .ThenBy(s => Grades(asked).ToList().IndexOf(s.Key.Grade))
                    .Select(s => (s.Key.Grade, s.Key.Cover, s.Value))]);
        }

        run.SortByZone(table);
        return table;
    }

    private static void AddCosts(
        ResultTable table, RunStatistics run, CostTable costs, int p, int z, List<(string Grade, int Cover, Amount Amount)> rows)
    {
        SummaryZone zone = run.Zones[z];
        double sum = 0;
        var area = new Amount();
        foreach ((string grade, int cover, Amount amount) in rows)
        {
            int? code = cover == 0 || run.Legend is null ? null : run.Legend.ClassAt(cover).Code;
            double? perHectare = costs.UsdPerHectare(code, grade), cost = perHectare * amount.Area.Hectares;
            table.Add(
            [
                .. Columns.Of(zone), .. Columns.Of(run.Job, p),
                LandCover.Is(code?.ToString(CultureInfo.InvariantCulture) ?? (run.Legend is null ? "all" : "no_data")),
                Columns.Grade.Is(grade),
                Columns.TrueArea.Is(amount.Area), UsdPerHectare.Is(perHectare), UsdPerYear.Is(cost),
                Columns.LandCoverName.Is(run.Legend is null ? "all" : CrossTables.ClassName(run.Legend, cover)),
                Columns.AsReported(p),
            ]);
            sum += cost ?? 0;
            area += amount;
        }

        table.Add(
        [
            .. Columns.Of(zone), .. Columns.Of(run.Job, p), LandCover.Is("all"), Columns.Grade.Is("all"),
            Columns.TrueArea.Is(area.Area),
            UsdPerHectare.IsEmpty(), UsdPerYear.Is(sum), Columns.LandCoverName.Is("all"), Columns.AsReported(p),
        ]);
    }

    private static IEnumerable<string> Grades(SeverityAsked asked) => asked.Grades.Grades.Append(Ungraded);

    /// <summary>Degraded land of a period by zone, grade and final land cover (legend index, 0 where it is not known).</summary>
    private static Dictionary<(int Zone, string Grade, int Cover),
    Amount> Graded(RunStatistics run, SeverityAsked? asked, int period)
    {
        var sums = new Dictionary<(int Zone, string Grade, int Cover), Amount>();
        if (asked is null || run.Answer(SeverityInquiry.Question(run.Job.Periods[period].Id)) is not { } answer)
            return sums;
        foreach (TallyRow row in answer.Rows)
        {
            var pair = new ConditionPair((byte)answer.Code(row, 0));
            if (ReportedClasses.Of(answer.Code(row, 0), period, run.Job.Rules.Status) != (int)Condition.Degraded)
                continue;

            // Land that was degraded and has not changed since (status 3) has its evidence in the baseline.
            int evidence = period == 0 || pair.Period == Condition.Degraded ? 1 : 3;
            string grade = asked.Grades.Grade((int)answer.Code(row, evidence), (int)answer.Code(row, evidence + 1)) ?? Ungraded;
            int last = answer.Question.Planes.Count - 1;
            int cover = answer.Question.Planes[last] is CoverPlane ? (int)answer.Code(row, last) : 0;
            foreach (int zone in run.ZonesOf(row))
                CrossTables.Add(sums, (zone, grade, cover), RunStatistics.AmountOf(row));
        }

        return sums;
    }
}

/// <summary>
/// What degradation costs (method §10): USD per hectare and year by land-cover class and grade. Of the rows that fit, the first
/// counts.
/// </summary>
internal sealed class CostTable
{
    private readonly List<(int? Cover, string Grade, double Cost)> _rows = [];

    private CostTable()
    {
    }

    /// <summary>Reads a table of land_cover, grade, usd_per_ha_year; an empty class or grade fits any.</summary>
    /// <param name="path">The table.</param>
    /// <param name="classes">Codes of the legend that land covers are in; none where the run has no land cover.</param>
    /// <param name="grades">Grades there are.</param>
    /// <exception cref="LdnException">Exit 2: unreadable, a column missing, an unknown class or grade, a cost below
    /// zero.</exception>
    public static CostTable Load(string path, IReadOnlyCollection<int> classes, IReadOnlyList<string> grades) =>
        Parse(CsvTable.Read(path, "land_cover", "grade", "usd_per_ha_year"), classes, grades);

    /// <inheritdoc cref="Load"/>
    public static CostTable Parse(CsvTable table, IReadOnlyCollection<int> classes, IReadOnlyList<string> grades)
    {
        var costs = new CostTable();
        foreach (CsvRow row in table.Rows)
        {
            int? cover = table.Text(row, "land_cover").Length == 0 ? null : table.Integer(row, "land_cover");
            if (cover is { } code && !classes.Contains(code))
                throw table.Wrong(
                    row, "land_cover",
                    classes.Count == 0
                        ? "of use: the run has no land cover"
                        : $"a class of the legend ({string.Join(", ", classes)})");
            string grade = table.Text(row, "grade");
            if (grade.Length > 0 && !grades.Contains(grade))
                throw table.Wrong(row, "grade", $"a grade ({string.Join(", ", grades)}){NearestName.Hint(grade, grades)}");
            double cost = table.Number(row, "usd_per_ha_year");
            if (cost < 0)
                throw table.Wrong(row, "usd_per_ha_year", "a cost of zero or more");
            costs._rows.Add((cover, grade, cost));
        }

        return costs;
    }

    /// <summary>USD per hectare and year, or null where no row fits: such land is counted, and its cost is not known.</summary>
    /// <param name="cover">Code of the land cover, null where it is not known.</param>
    /// <param name="grade">Grade of degradation.</param>
    public double? UsdPerHectare(int? cover, string grade)
    {
        foreach ((int? rowCover, string rowGrade, double cost) in _rows)
            if ((rowCover is null || rowCover == cover) && (rowGrade.Length == 0 || rowGrade == grade))
                return cost;
        return null;
    }
}
