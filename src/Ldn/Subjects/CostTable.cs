using Ldn.Csv;

namespace Ldn.Subjects;

/// <summary>
/// What degradation costs (method §10): USD per hectare and year by land-cover class and grade. Of the rows that fit, the first
/// counts.
/// </summary>
public sealed class CostTable
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
