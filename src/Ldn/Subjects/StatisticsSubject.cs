using Ldn.Csv;
using Ldn.Indicator;
using Ldn.Jobs;
using Ldn.Reports.Page;
using Ldn.Tables;

namespace Ldn.Subjects;

/// <summary>
/// Figures from elsewhere beside the degradation of their time (method §11); beside, not because of. Job:
/// <c>strata.statistics</c>, a CSV of zone_id, year, variable, value, unit. Table: statistics.csv. Asks nothing of the pass.
/// </summary>
internal sealed class StatisticsSubject : Subject<StatisticsAsked>
{
    private static readonly SectionKey<string> s_file = new(
        "strata.statistics", SubjectJson.Default.String,
        "A CSV of zone_id,year,variable,value,unit: figures from elsewhere, set beside the results", "\"statistics.csv\"");

    /// <inheritdoc/>
    public override IReadOnlyList<SectionKey> Keys => [s_file];

    /// <inheritdoc/>
    public override IReadOnlyList<PageSection> Sections => [];

    /// <inheritdoc/>
    public override IEnumerable<ResultTable> Kinds(RunStatistics empty) => [StatisticsInquiry.Beside(empty, [])];

    /// <inheritdoc/>
    protected override StatisticsAsked? Read(JobSections sections)
    {
        if (sections.Get(s_file) is not { } name)
            return null;
        string file = sections.Files.Resolved(name);
        CsvTable table = CsvTable.Read(file, "zone_id", "year", "variable", "value", "unit");
        var seen = new HashSet<(string, int, string)>();
        return new StatisticsAsked(file, [.. table.Rows.Select(row =>
        {
            var figure = new Statistic(
                table.Text(row, "zone_id"), table.Integer(row, "year"), table.Text(row, "variable"), table.Number(row, "value"),
                table.Text(row, "unit"));
            return seen.Add((figure.ZoneId, figure.Year, figure.Variable))
                ? figure
                : throw table.Wrong(row, "variable", "free: the zone has it for that year already");
        })]);
    }

    private protected override Inquiry Open(StatisticsAsked asked, Opening opening) => new StatisticsInquiry(asked);
}

/// <summary>A figure from elsewhere that is set beside the results.</summary>
/// <param name="Value">In the unit beside it.</param>
internal sealed record Statistic(string ZoneId, int Year, string Variable, double Value, string Unit);

/// <summary>The figures of a table.</summary>
internal sealed record StatisticsAsked(string File, IReadOnlyList<Statistic> Figures) : IAsked
{
    /// <inheritdoc/>
    public IEnumerable<(string Layer, string File)> Files => [("statistics", File)];
}

/// <summary>statistics.csv.</summary>
internal sealed class StatisticsInquiry(StatisticsAsked asked) : Inquiry
{
    public static Column<string> Variable { get; } = Column.Text("variable", "What is told.");

    public static Column<double> Value { get; } = Column.Number("value", "As given.");

    public static Column<string> Unit { get; } = Column.Text("unit", "As given.");

    /// <exception cref="LdnException">Exit 2: a statistic of an unknown zone.</exception>
    public override void AddMembers(IMembers members)
    {
        string[] known = [.. members.Zones.Select(z => z.Id)];
        if (asked.Figures.FirstOrDefault(s => !known.Contains(s.ZoneId)) is { } stray)
            throw Fault.InputTable.Error(
                $"statistics {asked.File}: '{stray.ZoneId}' is no zone or group of the "
                    + $"run{NearestName.Hint(stray.ZoneId, known)}",
                "leave its rows out, or mend its id");
    }

    public override IEnumerable<ResultTable> Report(RunStatistics run) =>
        asked.Figures.Count > 0 ? [Beside(run, asked.Figures)] : [];

    public static ResultTable Beside(RunStatistics run, IReadOnlyList<Statistic> statistics)
    {
        var table = Columns.Table("statistics", "Statistics beside the results",
        [
            Columns.ZoneId, Columns.ZoneKind, Columns.Year, Variable, Value, Unit,
            Columns.Period.Meaning("First period that ends in the year or after it; the last one for later years."),
            Columns.Degraded.Meaning("Degraded land of that period as reported."),
            Columns.Improved.Meaning("Improved land of that period as reported."), Columns.DegradedOfLand, Columns.Basis,
        ]);
        PeriodFigures[][] figures = run.Figures();
        for (int z = 0; z < run.Zones.Count; z++)
        {
            SummaryZone zone = run.Zones[z];
            foreach (
                Statistic s in statistics.Where(s => s.ZoneId == zone.Id).OrderBy(s => s.Variable, StringComparer.Ordinal)
                    .ThenBy(s => s.Year))
            {
                int period = run.Job.Periods.ToList().FindIndex(p => p.FinalYear >= s.Year);
                period = period < 0 ? run.Job.Periods.Count - 1 : period;
                ReportedFigures reported = figures[period][z].Reported(period == 0);
                Amount degraded = reported.Of(Condition.Degraded);
                table.Add(
                [
                    .. Columns.Of(zone), Columns.Year.Is(s.Year), Variable.Is(s.Variable), Value.Is(s.Value), Unit.Is(s.Unit),
                    .. Columns.Of(run.Job, period), Columns.Degraded.Is(degraded.Area),
                    Columns.Improved.Is(reported.Of(Condition.Improved).Area),
                    Columns.DegradedOfLand.Is(degraded.ShareOf(reported.Land)), Columns.AsReported(period),
                ]);
            }
        }

        return table;
    }
}
