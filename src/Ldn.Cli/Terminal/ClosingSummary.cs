using System.Globalization;
using Ldn.Cli.Verbs;
using Ldn.Counting;
using Ldn.Csv;
using Ldn.Run;
using Ldn.Subjects;
using Ldn.Subjects.Uncertainty;
using Ldn.Tables;
using Spectre.Console;
using Column = Ldn.Tables.Column;
using Columns = Ldn.Tables.Columns;

namespace Ldn.Cli.Terminal;

/// <summary>
/// The table that closes a run on the terminal: the reported figure of every zone and period, as many columns as there is room
/// for.
/// </summary>
internal static class ClosingSummary
{
    private const int MostRows = 60;

    private static readonly (Column Column, string Head)[] s_columns =
    [
        (Columns.ZoneName, "zone\n"), (Columns.Period, "period\n"), (Columns.Land, "land\nkm2"),
        (Columns.Degraded, "degraded\nkm2"),
        (Columns.DegradedOfLand, "degraded\n%"), (Columns.Improved, "improved\nkm2"), (ConditionTables.NoDataShare, "no data\n%"),
    ];

    private static readonly string[] s_droughts = ["mild", "moderate", "severe", "extreme", "no_data"];

    /// <summary>What a narrow terminal does without, the first to go first.</summary>
    private static readonly string[] s_dispensable =
    [
        Columns.Improved.Name, FirmnessTable.Verdict.Name, ConditionTables.NoDataShare.Name, Columns.Land.Name,
        Columns.Degraded.Name,
    ];

    /// <param name="result">The finished run.</param>
    /// <param name="files">Whether its files are listed too.</param>
    public static void Write(ComputeResult result, bool files)
    {
        if (result.Job.WithoutIndicator)
        {
            foreach (string line in DroughtLines(result.Table("drought"), Screen.Width, Screen.Colours))
                Screen.Write(line);
        }
        else
        {
            ResultTable headline = result.Table("headline");
            WriteHeadline(
                headline, headline.Count(result.Job.Periods.Count), result.Tables.FirstOrDefault(t => t.Name == "firmness"));
            if (Basis(result.Job.Periods.Select(p => p.Id)) is { } basis)
                foreach (string line in ConsoleProgress.Wrapped(basis, Screen.Width))
                    Console.Error.WriteLine(line);
        }

        foreach (string note in result.Job.Notes.Except(result.Warnings))
            Console.Error.WriteLine($"  note: {note}");
        foreach (string warning in result.Warnings)
            Screen.Say("  ", Tone.Warning, "warning:", " " + warning);
        if (files)
            foreach (
                FileInfo file in new DirectoryInfo(result.Folder).EnumerateFiles().OrderBy(f => f.Name, StringComparer.Ordinal))
                Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {file.Length,13:N0} bytes  {file.Name}"));
        Console.Error.WriteLine($"  written: {result.Folder}");
    }

    private static void WriteHeadline(ResultTable headline, int rows, ResultTable? firmness)
    {
        foreach (string line in Lines(headline, Screen.Width, Screen.Colours, firmness))
            Screen.Write(line);
        if (rows > MostRows)
            Console.Error.WriteLine($"  and {rows - MostRows} more rows in headline.csv");
    }

    /// <summary>Of each zone the land in each class of drought in the latest year, per cent.</summary>
    private static IReadOnlyList<string> DroughtLines(ResultTable drought, int width, bool colours)
    {
        long last = drought.Rows.Max(r => r[Columns.Year]) ?? 0;
        var zones = drought.Rows.Where(r => r[Columns.Year] == last).GroupBy(r => r[Columns.ZoneId]!).Take(MostRows).ToList();
        return Lines(
            [
                new Shown("zone", "zone\n", true, [.. zones.Select(z => z.First()[Columns.ZoneName] ?? z.Key)]),
                new Shown("year", "year\n", true, [.. zones.Select(_ => $"{last}")]),
                .. s_droughts.Select(c => new Shown(
                    c, c.Replace('_', ' ') + "\n%", false,
                    [.. zones.Select(z => Cell(z.First(r => r[DroughtTables.Drought] == c)[Columns.ShareOfLand]))])),
            ],
            ["year"], width, colours);
    }

    /// <summary>
    /// One line for each of several jobs: how it ended and, where it has one zone or a total, its latest figure.
    /// </summary>
    public static void Write(IReadOnlyList<BatchRow> jobs, string folder)
    {
        foreach (string line in Lines(jobs, Screen.Width, Screen.Colours))
            Screen.Write(line);
        if (jobs.Any(j => j.HasResult))
            foreach (string line in ConsoleProgress.Wrapped(
                ["degraded %: of the last period", "a report by status against the baseline", "a baseline by its own condition"],
                Screen.Width))
                Console.Error.WriteLine(line);
        int failed = jobs.Count(j => !j.HasResult);
        Console.Error.WriteLine($"  {jobs.Count} jobs, {failed} failed; written: {folder}");
    }

    /// <summary>
    /// Two lines of heads, then one a row; columns are left out while a line is longer than <paramref name="width"/>, at last
    /// names are broken.
    /// </summary>
    internal static IReadOnlyList<string> Lines(
        ResultTable headline, int width, bool colours = false, ResultTable? firmness = null)
    {
        Row[] first = [.. headline.Walk().Take(MostRows)];
        List<Shown> shown = [.. s_columns.Select(c => new Shown(
            c.Column.Name, c.Head, c.Column.Type == ColumnType.Text, [.. first.Select(row => Cell(row[c.Column]))]))];
        if (firmness is not null)
        {
            Dictionary<(string?, string?), string?> verdicts = firmness.Walk(MostRows)
                .Where(r => r[FirmnessTable.Question] == "figure")
                .ToDictionary(r => (r[Columns.ZoneId], r[Columns.Period]), r => r[FirmnessTable.Verdict]);
            shown.Add(new Shown(
                FirmnessTable.Verdict.Name, "to 1 point\n", true,
                [.. first
                    .Select(row => verdicts.GetValueOrDefault((row[Columns.ZoneId], row[Columns.Period])) ?? "")]));
        }

        return Lines(shown, s_dispensable, width, colours);
    }

    internal static IReadOnlyList<string> Lines(IReadOnlyList<BatchRow> jobs, int width, bool colours = false)
    {
        (string Zones, string Zone, string Period, string Share)[] figures = [.. jobs.Select(Figures)];
        return Lines(
            [
                new Shown("job", "job", true, [.. jobs.Select(j => j.Job)]),
                new Shown("state", "state", true, [.. jobs.Select(j => j.State)]),
                new Shown("seconds", "s", false, [.. jobs.Select(j => Number(j.Seconds, "F1"))]),
                new Shown("zones", "zones", false, [.. figures.Select(f => f.Zones)]),
                new Shown("zone", "of", true, [.. figures.Select(f => f.Zone)]),
                new Shown("period", "in", true, [.. figures.Select(f => f.Period)]),
                new Shown("share", "degraded %", false, [.. figures.Select(f => f.Share)]),
            ],
            ["seconds", "zones", "zone", "period"], width, colours);
    }

    private static IReadOnlyList<string> Lines(List<Shown> columns, IEnumerable<string> dispensable, int width, bool colours)
    {
        foreach (string name in dispensable.TakeWhile(_ => columns.Sum(c => c.Width + 2) > width))
            columns.RemoveAll(c => c.Name == name);
        Grid table = Screen.Table([.. columns.Select(c => (c.Head, c.IsText))]);
        for (int row = 0; row < columns[0].Cells.Length; row++)
            table.AddRow([.. columns.Select(c => c.At(row))]);
        return Screen.Lines(table, width, colours);
    }

    /// <summary>
    /// What the figures of a baseline and of reporting periods count by, which is not the same; null where there is one period.
    /// </summary>
    private static string[]? Basis(IEnumerable<string> periods) => periods.Count() < 2 ? null
        : ["degraded, improved: baseline by its own condition", "reports by status against the baseline"];

    /// <summary>The latest figure of the one zone, or of the last group: totals come last.</summary>
    private static (string Zones, string Zone, string Period, string Share) Figures(BatchRow job)
    {
        if (!job.HasResult)
            return ("", "", "", "");
        CsvTable headline = job.Headline;
        int zones = headline.Rows.Where(r => headline.Text(r, "zone_kind") == "zone").Select(r => headline.Text(r, "zone_id"))
            .Distinct().Count();
        CsvRow last = headline.Rows[^1];
        bool one = zones == 1 || headline.Text(last, "zone_kind") == "group";
        string Of(string column) => one ? headline.Text(last, column) : "";
        string share = Of("degraded_pct_of_land");
        return (zones.ToString(CultureInfo.InvariantCulture), Of("zone_name"), Of("period"),
            double.TryParse(share, CultureInfo.InvariantCulture, out double percent)
                ? percent.ToString("F2", CultureInfo.InvariantCulture)
                : "");
    }

    private static string Number(double number, string format) =>
        number > 0 ? number.ToString(format, CultureInfo.InvariantCulture) : "";

    private static string Cell(object? cell) => cell switch
    {
        null => "",
        Area area => area.SquareKilometres.ToString("N0", CultureInfo.InvariantCulture),
        Ratio share => share.ToDouble().ToString("F2", CultureInfo.InvariantCulture),
        _ => Ldn.Tables.Cell.Format(cell),
    };

    /// <summary>A column as text that steers no terminal.</summary>
    private sealed record Shown(string Name, string Head, bool IsText, string[] Given)
    {
        public string[] Cells { get; } = [.. Given.Select(Printable.Of)];

        public int Width { get; } = Given.Select(Printable.Of).Append(Head).Max(Screen.WidthOf);

        public Markup At(int row)
        {
            string text = Markup.Escape(Cells[row]);
            return new Markup(Name == "state" && text.StartsWith("failed", StringComparison.Ordinal) ? $"[red]{text}[/]" : text);
        }
    }
}
