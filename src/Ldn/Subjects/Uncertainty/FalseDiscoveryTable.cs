using Ldn.Counting;
using Ldn.Productivity.Laws;
using Ldn.Questions;
using Ldn.Tables;

namespace Ldn.Subjects.Uncertainty;

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
