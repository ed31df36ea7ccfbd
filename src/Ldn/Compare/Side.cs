using System.Globalization;
using Ldn.Counting;
using Ldn.Csv;
using Ldn.Reports;
using Ldn.Run;
using Ldn.Subjects;
using Ldn.Tables;

namespace Ldn.Compare;

/// <summary>
/// One side of a comparison: a finished run, or the figures of an earlier submission as a table, of which no more is known.
/// </summary>
/// <param name="Name">What it calls itself.</param>
/// <param name="Program">Program and version that computed it; empty where that is not known.</param>
/// <param name="Periods">Its periods, baseline first.</param>
/// <param name="Tables">Its tables, headline among them.</param>
/// <param name="Rules">Rules in force.</param>
/// <param name="Run">The run; null for figures alone.</param>
/// <param name="File">Full path of the folder or table.</param>
internal sealed record Side(
    string Name, string Program, IReadOnlyList<DocumentPeriod> Periods, IReadOnlyList<ResultTable> Tables,
    IReadOnlyList<(string Name, string Value)> Rules, FinishedRun? Run, string File)
{
    private static readonly ResultTable s_headline = AllSubjects.Kinds().First(t => t.Name == "headline");

    private readonly Dictionary<(string Zone, string Period), Row> _rows = [];

    /// <summary>The reported figures.</summary>
    public ResultTable Headline => Tables.First(t => t.Name == "headline");

    /// <summary>A folder of a finished run, or a CSV file of figures.</summary>
    /// <exception cref="LdnException">Exit 3: no finished run; exit 2: a table without zones, periods or figures.</exception>
    public static Side Open(string name)
    {
        if (name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) && !Directory.Exists(name))
            return OfFigures(name);
        var run = FinishedRun.Open(name);
        RunDocument document = run.Document;
        if (document.Table("headline") is null)
            throw Fault.Run.Error($"{name} holds no headline figures", "give the folder of a run of the indicator");
        return new Side(document.Name, document.Program, document.Periods, document.Tables, document.Rules, run, run.Folder);
    }

    /// <summary>A row of the headline; null where the side has no such zone or period.</summary>
    public Row? Figures(string zone, string period)
    {
        if (_rows.Count == 0)
            foreach (Row row in Headline.Rows)
                _rows[(row[Columns.ZoneId]!, row[Columns.Period]!)] = row;
        return _rows.GetValueOrDefault((zone, period));
    }

    /// <summary>A figure of a row; null where its column is not there.</summary>
    public T? Figure<T>(string zone, string period, Column<T> column)
        where T : struct => Headline.Has(column) && Figures(zone, period) is { } row ? (T?)row[(Column)column] : null;

    private static Side OfFigures(string path)
    {
        CsvTable csv = CsvTable.Read(path, Columns.ZoneId.Name, Columns.Period.Name);
        Column[] columns =
            [.. s_headline.Columns.Where(c => csv.Columns.Contains(c.Name) && !(c.Type == ColumnType.Text && !IsKey(c)))];
        if (columns.Length == 2)
        {
            throw Fault.InputTable.Error(
                $"{path} has no figure: none of its columns ({string.Join(", ", csv.Columns)}) is one of headline.csv",
                "name its columns as headline.csv does, such as degraded_km2 or degraded_pct_of_land");
        }

        var table = new ResultTable(s_headline.Name, s_headline.Title, columns);
        var seen = new HashSet<(string, string)>();
        foreach (CsvRow row in csv.Rows)
        {
            if (!seen.Add((csv.Text(row, Columns.ZoneId.Name), csv.Text(row, Columns.Period.Name))))
                throw csv.Wrong(row, Columns.Period.Name, "free: the zone has a row of that period already");
            table.Add([.. columns.Select(c => Value(csv, row, c))]);
        }

        string[] periods = [.. table.Rows.Select(r => r[Columns.Period]!).Distinct().OrderBy(p => p == "baseline" ? 0 : 1)];
        return new Side(
            Path.GetFileNameWithoutExtension(path), "", [.. periods.Select(p => new DocumentPeriod(p, []))], [table], [], null,
            Path.GetFullPath(path));
    }

    private static bool IsKey(Column column) => column.Name is "zone_id" or "zone_name" or "period";

    private static object? Value(CsvTable csv, CsvRow row, Column column)
    {
        string text = csv.Text(row, column.Name).Trim();
        if (column.Type == ColumnType.Text)
            return text;
        if (text.Length == 0)
            return null;
        if (!decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out decimal number))
            throw csv.Wrong(row, column.Name, "a number, with a dot before its decimals");
        return column.Type switch
        {
            ColumnType.Area => Area.OfSquareKilometres(number),
            ColumnType.Percent => (Ratio)number,
            ColumnType.Integer => (long)number,
            _ => (double)number,
        };
    }
}
