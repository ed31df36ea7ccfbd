using Ldn.Counting;
using Ldn.Csv;
using Ldn.Jobs;
using Ldn.Pass;
using Ldn.Productivity;
using Ldn.Productivity.Laws;
using Ldn.Questions;
using Ldn.Reports.Page;
using Ldn.Tables;
using Ldn.Zones;

namespace Ldn.Subjects.Uncertainty;

/// <summary>
/// How the trends of a series stand under other tests (firmness U2). Job: <c>uncertainty.falseDiscovery</c>, the rate q that is
/// controlled; <c>uncertainty.autocorrelation</c>, corrections by name. Table: false_discovery.csv; rule <c>significance</c> of
/// sensitivity.csv.
/// </summary>
internal sealed class TrendTestSubject : Subject<TrendTestAsked>
{
    private static readonly SectionKey<double?> s_rate = new(
        "uncertainty.falseDiscovery", SubjectJson.Default.NullableDouble,
        "Rate of false discoveries among significant trends that is controlled, between 0 and 1", "0.05");

    private static readonly SectionKey<List<string>> s_corrections = new(
        "uncertainty.autocorrelation", SubjectJson.Default.ListString,
        "Corrections of the trend's test for autocorrelation that are told in sensitivity.csv: hamed-rao, yue-wang, "
            + "pre-whitening",
        "[\"hamed-rao\", \"yue-wang\"]");

    private static Dictionary<string, Autocorrelation> Names { get; } =
        Enum.GetValues<Autocorrelation>().Skip(1).ToDictionary(ProductivityOptions.NameOf);

    /// <inheritdoc/>
    public override IReadOnlyList<SectionKey> Keys => [s_rate, s_corrections];

    /// <inheritdoc/>
    public override IReadOnlyList<PageSection> Sections => [];

    /// <inheritdoc/>
    public override IEnumerable<ResultTable> Kinds(RunStatistics empty) => [FalseDiscoveryTable.Of(empty, null)];

    /// <inheritdoc/>
    protected override TrendTestAsked? Read(JobSections sections)
    {
        double? rate = sections.Get(s_rate);
        List<string> corrections = sections.Get(s_corrections) ?? [];
        if (rate is null && corrections.Count == 0)
            return null;
        if (rate is { } q && !(q is > 0 and < 1))
            throw Fault.Job.Error($"uncertainty.falseDiscovery {q} is not between 0 and 1", "0.05 is usual");
        if (corrections.FirstOrDefault(c => !Names.ContainsKey(c)) is { } unknown)
            throw Fault.Job.Error(
                $"uncertainty.autocorrelation: no correction '{unknown}'{NearestName.Hint(unknown, Names.Keys)}",
                $"there are {string.Join(", ", Names.Keys)}");
        if (sections.Job.OneSeries is null)
            throw Fault.Job.Error(
                $"{(rate is null ? s_corrections : (SectionKey)s_rate).Path}: "
                    + (sections.Job.HasSeries ? "trends are tested on one series, and regions have productivity of their own"
                        : "trends cannot be tested on a product without its series"),
                "give productivity as an annual series (kind series) that is the same in all regions, or leave the key out");
        return new TrendTestAsked(rate, [.. Names.Where(n => corrections.Contains(n.Key)).Select(n => n.Value)]);
    }

    private protected override Inquiry Open(TrendTestAsked asked, Opening opening) => new TrendTestInquiry(asked);
}

/// <summary>What is asked of the trends: a rate of false discovery, corrections for autocorrelation.</summary>
/// <param name="Rate">Rate of false discovery, above 0 and below 1; null where none is controlled.</param>
internal sealed record TrendTestAsked(double? Rate, IReadOnlyList<Autocorrelation> Corrections) : IAsked;

/// <summary>The tests of each period's trends, and each correction as an alternative of the run.</summary>
internal sealed class TrendTestInquiry(TrendTestAsked asked) : Inquiry
{
    public static string Question(string period) => "trend_tests_" + period;

    public override IEnumerable<Question> Ask(IReadOnlyList<PeriodPlan> periods, PlaceIndex places) =>
    [
        .. asked.Rate is null ? [] : periods.Select((p, i) => new Question(Question(p.Period.Id), [new TrendTestPlane(i)])),
        .. asked.Corrections.SelectMany(c => ReworkedFigures.Ask(
            ReworkedFigures.NameOf(c), periods, p => new ReworkedPlane(p, -1, null, c))),
    ];

    public override IEnumerable<ResultTable> Report(RunStatistics run) =>
        asked.Rate is null ? [] : [FalseDiscoveryTable.Of(run, asked.Rate)];
}

/// <summary>
/// false_discovery.csv: which trends are significant when as many tests as there are cells are taken into account (firmness U2).
/// </summary>
internal static class FalseDiscoveryTable
{
    private const double Euler = 0.57721566490153286;

    public static Column<string> Method { get; } = Column.Text(
        "method", "benjamini-hochberg; benjamini-yekutieli, which holds however the cells depend on each other.");

    public static Column<double> Rate { get; } = Column.Number(
        "q", "Share of false ones among the significant trends that is controlled.");

    public static Column<double> Threshold { get; } = Column.Number(
        "p_threshold", "Trends up to this two-sided probability of S are significant; 0 where none is.");

    public static Column<Area> Tested { get; } = Column.Area("tested_km2", "Land whose trend can be tested.");

    public static Column<Area> Falling { get; } = Column.Area("falling_km2", "Of it, with a significant falling trend.");

    public static Column<Area> Rising { get; } = Column.Area("rising_km2", "With a significant rising one.");

    public static ResultTable Of(RunStatistics run, double? rate)
    {
        var table = Columns.Table("false_discovery", "Trends with false discoveries controlled",
        [
            Columns.ZoneId, Columns.ZoneName, Columns.ZoneKind, Columns.Period, Method, Rate, Threshold, Tested, Falling, Rising,
        ]);
        if (rate is not { } q)
            return table;
        var exact = new Dictionary<int, double[]>();
        for (int p = 0; p < run.Job.Periods.Count; p++)
        {
            List<TrendTest>[] tests = [.. run.Zones.Select(_ => new List<TrendTest>())];
            foreach (TallyRow row in run.Answer(TrendTestInquiry.Question(run.Job.Periods[p].Id))!.Rows)
            {
                (int years, int s, int ties) = TrendTestPlane.Read(row.Key);
                if (years == 0)
                    continue;
                if (ties == 0 && !exact.ContainsKey(years))
                    exact[years] = KendallDistribution.TwoSided(years);
                var test = new TrendTest(
                    ties == 0 ? exact[years][Math.Abs(s)] : MannKendall.P(MannKendall.Z(s, MannKendall.Variance(years, ties))),
                    Math.Sign(s), row.Pixels, row.Area);
                foreach (int zone in run.ZonesOf(row))
                    tests[zone].Add(test);
            }

            for (int z = 0; z < run.Zones.Count; z++)
                foreach ((string method, double least) in Methods(q, tests[z].Sum(t => t.Cells)))
                {
                    double threshold = ThresholdOf(tests[z], least);
                    Area Found(int sign) =>
                        Area.Sum(tests[z].Where(t => t.P <= threshold && t.Sign == sign).Select(t => t.Area));
                    table.Add(
                    [
                        .. Columns.Of(run.Zones[z]), .. Columns.Of(run.Job, p), Method.Is(method), Rate.Is(q),
                        Threshold.Is(threshold), Tested.Is(Area.Sum(tests[z].Select(t => t.Area))), Falling.Is(Found(-1)),
                        Rising.Is(Found(1)),
                    ]);
                }
        }

        run.SortByZone(table);
        return table;
    }

    /// <summary>
    /// The largest p with p ≤ q·A(≤ p)/A, areas as weights (Benjamini and Hochberg 1995); 0 where there is none.
    /// </summary>
    public static double ThresholdOf(IEnumerable<TrendTest> tests, double q)
    {
        (double P, Area Area)[] sorted = [
            .. tests.GroupBy(t => t.P).Select(g => (g.Key, Area.Sum(g.Select(t => t.Area)))).OrderBy(t => t.Key)];
        double all = (double)Area.Sum(sorted.Select(t => t.Area)).SquareMillimetres, threshold = 0;
        Area upTo = Area.Zero;
        foreach ((double p, Area area) in sorted)
        {
            upTo += area;
            if (p <= q * ((double)upTo.SquareMillimetres / all))
                threshold = p;
        }

        return threshold;
    }

    /// <summary>Each method with the rate it takes; Yekutieli's divides by Σ 1/i over the tests, one a cell.</summary>
    private static (string Method, double Rate)[] Methods(double q, long cells) =>
        [("benjamini-hochberg", q), ("benjamini-yekutieli", q / Harmonic(cells))];

    /// <summary>Σ 1/i up to n; 1 for none.</summary>
    public static double Harmonic(long n)
    {
        if (n > 1000)
            return Math.Log(n) + Euler + (0.5 / n) - (1.0 / (12.0 * n * n));
        double sum = 0;
        for (int i = 1; i <= Math.Max(1, n); i++)
            sum += 1.0 / i;
        return sum;
    }
}

/// <summary>The tests of one result: two-sided probability, which way S goes, cells and their area.</summary>
internal readonly record struct TrendTest(double P, int Sign, long Cells, Area Area);
