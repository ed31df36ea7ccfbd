using Ldn.Csv;

namespace Ldn.Subjects;

/// <summary>
/// Grades of degradation (method §10): from the number of degraded sub-indicators and the LPD class of a cell to a grade. Of the
/// rows that fit, the first counts.
/// </summary>
public sealed class SeverityTable
{
    private const int MostSubIndicators = 3;
    private const int MostClasses = 5;
    private readonly IReadOnlyList<(int? Degraded, int? Lpd, string Grade)> _rows;

    private SeverityTable(IReadOnlyList<(int? Degraded, int? Lpd, string Grade)> rows, IReadOnlyList<string> grades) =>
        (_rows, Grades) = (rows, grades);

    /// <summary>
    /// One degraded sub-indicator is weak, two medium, three strong; one grade up where productivity is declining (LPD 1).
    /// </summary>
    public static SeverityTable Default { get; } = new(
        [(1, 1, "medium"), (2, 1, "strong"), (3, 1, "very_strong"), (1, null, "weak"), (2, null, "medium"), (3, null, "strong")],
        ["weak", "medium", "strong", "very_strong"]);

    /// <summary>All grades, the lightest first; of a user's table in the order in which it names them.</summary>
    public IReadOnlyList<string> Grades { get; }

    /// <summary>Reads a table of degraded_sub_indicators, lpd, grade; an empty field fits any.</summary>
    /// <exception cref="LdnException">Exit 2: unreadable, a column missing, a number out of range, no grade.</exception>
    public static SeverityTable Load(string path) => Parse(CsvTable.Read(path, "degraded_sub_indicators", "lpd", "grade"));

    /// <inheritdoc cref="Load"/>
    public static SeverityTable Parse(CsvTable table)
    {
        var rows = new List<(int? Degraded, int? Lpd, string Grade)>();
        foreach (CsvRow row in table.Rows)
        {
            string grade = table.Text(row, "grade");
            if (grade.Length == 0)
                throw table.Wrong(row, "grade", "the name of a grade");
            rows.Add(
                (
                    Number(table, row, "degraded_sub_indicators", MostSubIndicators), Number(table, row, "lpd", MostClasses),
                    grade));
        }

        return new SeverityTable(rows, [.. rows.Select(r => r.Grade).Distinct()]);
    }

    /// <summary>The grade of degraded land, or null where no row fits.</summary>
    /// <param name="degraded">Degraded sub-indicators, 0…3.</param>
    /// <param name="lpd">LPD class 1…5, 0 where it is not known.</param>
    public string? Grade(int degraded, int lpd)
    {
        foreach ((int? rowDegraded, int? rowLpd, string grade) in _rows)
            if ((rowDegraded is null || rowDegraded == degraded) && (rowLpd is null || rowLpd == lpd))
                return grade;
        return null;
    }

    private static int? Number(CsvTable table, CsvRow row, string column, int most)
    {
        if (table.Text(row, column).Length == 0)
            return null;
        int number = table.Integer(row, column);
        return number >= 0 && number <= most ? number : throw table.Wrong(row, column, $"a number from 0 to {most}");
    }
}
