using System.Globalization;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Questions;
using Ldn.Reports.Page;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Subjects.Uncertainty;

/// <summary>
/// What the figure would be with coarser cells (firmness U6). Job: <c>uncertainty.resolution</c>. Table: resolution.csv.
/// </summary>
internal sealed class ResolutionSubject : Subject<ResolutionAsked>
{
    private static readonly SectionKey<List<int>> s_factors = new(
        "uncertainty.resolution", SubjectJson.Default.ListInt32,
        "How many times coarser cells are tried: 2, 4 and 8", "[2, 4, 8]");

    /// <inheritdoc/>
    public override IReadOnlyList<SectionKey> Keys => [s_factors];

    /// <inheritdoc/>
    public override IReadOnlyList<PageSection> Sections => [];

    /// <inheritdoc/>
    public override IEnumerable<ResultTable> Kinds(RunStatistics empty) => [ResolutionInquiry.Table(empty, [])];

    /// <inheritdoc/>
    protected override ResolutionAsked? Read(JobSections sections)
    {
        if (sections.Get(s_factors) is not { Count: > 0 } factors)
            return null;
        if (factors.Except(CoarsePlane.Factors).ToArray() is [var other, ..])
            throw Fault.Job.Error(
                $"uncertainty.resolution {other.ToString(CultureInfo.InvariantCulture)} cannot be tried",
                $"there are {string.Join(", ", CoarsePlane.Factors)}");
        return new ResolutionAsked([.. CoarsePlane.Factors.Where(factors.Contains)]);
    }

    private protected override Inquiry Open(ResolutionAsked asked, Opening opening) => new ResolutionInquiry(asked.Factors);
}

/// <summary>Factors, ascending.</summary>
internal sealed record ResolutionAsked(IReadOnlyList<int> Factors) : IAsked;

/// <summary>A question a factor and way, which holds all periods.</summary>
internal sealed class ResolutionInquiry(IReadOnlyList<int> factors) : Inquiry
{
    public static Column<long> Factor { get; } = Column.Integer(
        "factor", "How many times as wide and high cells are; 1 is the run itself.");

    public static Column<string> Way { get; } = Column.Text(
        "way", "What is brought to coarser cells, the most frequent value of each block: inputs, before any rule; condition, of "
            + "the run.");

    public override IEnumerable<Question> Ask(IReadOnlyList<PeriodPlan> periods, PlaceIndex places) =>
        from factor in factors
        from way in Enum.GetValues<CoarseWay>()
        select new Question(Question(factor, way), [new CoarsePlane(factor, way, periods.Count)]);

    public override IEnumerable<ResultTable> Report(RunStatistics run) => [Table(run, factors)];

    public static ResultTable Table(RunStatistics run, IReadOnlyList<int> factors)
    {
        var table = Columns.Table("resolution", "The figure with coarser cells",
        [
            Columns.ZoneId, Columns.ZoneName, Columns.ZoneKind, Columns.Period, Factor, Way,
            Columns.DegradedOfLand.Meaning("Degraded share of total land with such cells."),
        ]);
        for (int p = 0; p < (factors.Count > 0 ? run.Job.Periods.Count : 0); p++)
        {
            PeriodFigures[] own = run.Figures(p, run.Tables);
            Dictionary<(int, CoarseWay), PeriodFigures[]> coarse = factors
                .SelectMany(f => Enum.GetValues<CoarseWay>().Select(w => (Factor: f, Way: w)))
                .ToDictionary(k => k, k => ReworkedFigures.Of(
                    run, run.Answer(Question(k.Factor, k.Way))!.Rows, row => (row.Plane(0), row.Plane(p)), p).Period);
            for (int z = 0; z < run.Zones.Count; z++)
                foreach (CoarseWay way in Enum.GetValues<CoarseWay>())
                    foreach (int factor in factors.Prepend(1))
                    {
                        ReportedFigures figures = (factor == 1 ? own : coarse[(factor, way)])[z].Reported(p == 0);
                        table.Add(
                        [
                            .. Columns.Of(run.Zones[z]), .. Columns.Of(run.Job, p), Factor.Is(factor),
                            Way.Is(way == CoarseWay.Inputs ? "inputs" : "condition"),
                            Columns.DegradedOfLand.Is(
                                figures.Of(Indicator.Condition.Degraded).Area.PercentOf(figures.Land.Area)),
                        ]);
                    }
        }

        run.SortByZone(table);
        return table;
    }

    private static string Question(int factor, CoarseWay way) =>
        $"resolution_{factor.ToString(CultureInfo.InvariantCulture)}_{way}";
}
